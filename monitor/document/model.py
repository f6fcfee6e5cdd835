"""A page's words in reading order, and a child process's result for a file."""

import re
from collections.abc import Iterable
from enum import StrEnum

import msgspec

from monitor.model import frozen

Rows = tuple[tuple[str, ...], ...]  # of a table, cell by cell


class BlockKind(StrEnum):
    """The type of a block on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"


@frozen
class Block:
    """One line of thought: a heading, a paragraph, a list item, or a table with its `rows` of
    cell texts.
    """

    kind: BlockKind
    text: str
    rows: Rows = ()

    @classmethod
    def table(cls, rows: Iterable[Iterable[str]]) -> "Block":
        """A table of these cells."""
        cells = tuple(map(tuple, rows))
        return cls(BlockKind.TABLE, "\n".join(map("\t".join, cells)), cells)


@frozen
class Document:
    """A page's words in reading order. `title` and `published` (ISO date) are the page's own and
    may be missing; links are (title, absolute URL).
    """

    title: str
    blocks: tuple[Block, ...]
    links: tuple[tuple[str, str], ...] = ()
    published: str | None = None

    @property
    def text(self) -> str:
        """All words, a line a block."""
        return "\n".join(block.text for block in self.blocks)

    @property
    def lines(self) -> list[str]:
        """All lines that are not empty, without the spaces around them."""
        return [line for line in map(str.strip, self.text.splitlines()) if line]


class Outcome(msgspec.Struct, frozen=True):
    """The document, or why there is none."""

    document: Document | None = None
    failure: str = ""


MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
DAY = (
    rf"(?:[a-z]{{3,6}}day,? )?(?:{MONTH} \d{{1,2}}, \d{{4}}|\d{{1,2}} {MONTH},?"
    r" \d{4})|\d{4}年\d{1,2}月\d{1,2}日"
)
KIND = "(?:for )?immediate release|(?:press|news|media) release|新闻稿|即时发布"
FILE = r"[\w-]{1,60}(?:\.[\w-]{1,40}){0,4}\.(?:xml|html?|pdf|docx?|aspx?|jsp|txt)"
OF_ANY = re.compile(rf"\W*(?:{KIND}|{DAY}|{FILE})\W*", re.IGNORECASE)


def is_page_name(words: str) -> bool:
    """Return whether words name a page, rather than its type, day or file
    (`FOR IMMEDIATE RELEASE`).
    """
    return bool(words) and OF_ANY.fullmatch(words) is None
