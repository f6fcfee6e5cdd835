"""The documents for people, and the commands they name."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "scrapers/README.md")),
    *sorted(ROOT.glob("docs/*.md")),
]
FENCED = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
PROGRAM = re.compile(r"(?:sudo -u \w+ )?(?:[\w./]*/)?monitor ")


@dataclass(frozen=True)
class Named:
    """A command line that a document names: `whole` where it can be run as it stands, else a
    mention, or a synopsis.
    """

    document: str
    words: tuple[str, ...]
    whole: bool

    def __str__(self) -> str:
        return f"{self.document}: monitor {shlex.join(self.words)}"


def text(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def name(document: Path) -> str:
    return str(document.relative_to(ROOT))


def fenced(document: Path, language: str = "") -> list[str]:
    """The blocks in that language, without their indentation."""
    blocks = [body for said, body in FENCED.findall(text(document)) if said == language]
    return [
        "".join(line.strip(" ") for line in block.splitlines(keepends=True)) for block in blocks
    ]


def shell_lines(document: Path) -> list[str]:
    """What the fenced blocks would have one type."""
    return [
        line.partition("  #")[0].strip()
        for block in fenced(document)
        for line in block.splitlines()
        if line.strip()
    ]


def inline(document: Path) -> list[str]:
    """What stands between single backticks, also in tables."""
    return INLINE.findall(FENCED.sub("", text(document)))


def commands(document: Path) -> Iterator[Named]:
    """Every `monitor …` of a document; alternatives of a synopsis one by one."""
    for line in shell_lines(document):
        if begun := PROGRAM.match(line.rpartition(" && ")[2]):
            yield Named(
                name(document),
                tuple(shlex.split(line.rpartition(" && ")[2][begun.end() :])),
                whole=True,
            )
    for code in inline(document):
        if begun := PROGRAM.match(code):
            yield from (
                Named(name(document), words, whole=False)
                for words in _synopsis(code[begun.end() :])
            )


def _synopsis(said: str) -> Iterator[tuple[str, ...]]:
    """`poll [SOURCE…]` as `poll SOURCE`, `screen NAME|FILE…` as `screen NAME` and `screen FILE`."""
    plain = said.replace("\\|", "|").replace("[", "").replace("]", "").replace("…", "")
    yield from product(*(word.split("|") for word in shlex.split(plain)))
