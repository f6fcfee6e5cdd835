import re
import shlex
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import typer
from command import run

from monitor.cli.app import app
from monitor.config import Config, load
from monitor.source.registry import Registry

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "scrapers/README.md"])
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text()
LAYERS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]["layers"]
WALKS = dict(re.findall(r"^### (\(\w\)) .*?\n(.*?)(?=^#|\Z)", ARCHITECTURE, re.MULTILINE | re.DOTALL))
STEP = re.compile(r"^\d+\. `([\w./]+)`((?:,? `\w+`)*):", re.MULTILINE)
TOP = "|".join(re.escape(path.name) for path in ROOT.iterdir() if path.is_dir() and path.name not in {".venv", ".replay"})


def test_the_readme_lists_every_source_and_no_other():
    named = set(re.findall(r"^\| `(\w+\.\w+)` \|", README, re.MULTILINE))

    assert named == {source.id for source in Registry(Config()).sources}


def test_the_readme_explains_every_command_and_no_other():
    explained = set(re.findall(r"^\| `monitor (\w+)", README, re.MULTILINE))
    offered = set(re.findall(r"^  (\w+)  ", run("--help").stdout.partition("Commands:")[2], re.MULTILINE))

    assert explained == offered


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_that_a_document_points_to_is_there(document):
    for target in re.findall(r"\]\(([^)#:]+)(?:#[\w-]+)?\)", document.read_text()):
        assert (document.parent / target).exists(), target


@pytest.mark.parametrize("document", sorted(ROOT.glob("docs/*.md")), ids=lambda path: path.name)
def test_every_file_that_a_document_names_is_there(document):
    for named in re.findall(rf"`((?:{TOP})/[\w./*-]*)`", document.read_text()):
        assert list(ROOT.glob(named.rstrip("/"))), named


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_line_of_a_document_is_one(document):
    for line in command_lines(document.read_text()):
        assert not unknown(line), line


def command_lines(text: str) -> Iterator[str]:
    """What follows `monitor` in code, be it within a sentence or on a line of its own."""
    blocks = re.findall(r"^ *```\w*\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
    spans = re.findall(r"`(?:[\w./]+/)?monitor ([^`]+)`", re.sub(r"^ *```.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL))
    yield from spans
    for block in blocks:
        yield from re.findall(r"^ *(?:\$ |ExecStart=)?(?:[\w./]+/)?monitor ([^#\n]+)", block, re.MULTILINE)


def unknown(line: str) -> list[str]:
    """The words of a command line that name neither a command nor an option of it."""
    wrong: list[str] = []
    command: Any = typer.main.get_command(app)
    for word in shlex.split(line.replace("\\|", "|").replace("'", "")):
        commands = getattr(command, "commands", {})
        options = {name for each in command.params for name in each.opts} | {"--help"}
        if word.startswith("-"):
            wrong += [] if word.partition("=")[0].strip("[]…") in options else [word]
        elif commands and re.fullmatch(r"[a-z|]+", word):
            wrong += [name for name in word.split("|") if name not in commands]
            command = commands.get(word.split("|")[0], command)
    return wrong


def test_a_command_line_that_is_none_is_found_out():
    assert [unknown(line) for line in ("pull", "watch ad\\|list", "poll --al", "--config x.toml run")] == [
        ["pull"],
        ["ad"],
        ["--al"],
        [],
    ]


def test_the_layers_are_those_that_are_held():
    assert "```\n" + "\n".join(LAYERS) + "\n```" in ARCHITECTURE


def test_every_room_is_in_the_architecture():
    rooms = {path.parent.name for path in ROOT.glob("monitor/*/__init__.py")}

    assert rooms == set(re.findall(r"^\| `monitor/(\w+)/` \|", ARCHITECTURE, re.MULTILINE))


@pytest.mark.parametrize("walk", WALKS)
def test_what_a_walk_names_in_a_file_is_defined_there(walk):
    steps = STEP.findall(WALKS[walk])

    assert len(steps) == len(re.findall(r"^\d+\. ", WALKS[walk], re.MULTILINE))
    for file, names in steps:
        for name in re.findall(r"\w+", names):
            assert re.search(rf"\b(?:def|class) {name}\b", (ROOT / file).read_text()), f"{file}: {name}"


@pytest.mark.parametrize("walk", WALKS)
def test_no_walk_goes_down_the_layers_more_than_twice(walk):
    """The pipeline is left out where it is not the beginning: it calls each room, and takes a value back."""
    files = [file for number, (file, _) in enumerate(STEP.findall(WALKS[walk])) if number == 0 or "/pipeline/" not in file]
    heights = [height for file in files if (height := height_of(file)) is not None]

    assert turns(heights).count(-1) <= 2


def height_of(file: str) -> int | None:
    """How many layers stand below; a scraper stands where `source` does, which calls it."""
    room = "source" if file.startswith("scrapers/") else file.removeprefix("monitor/").partition("/")[0].removesuffix(".py")
    return next((len(LAYERS) - number for number, layer in enumerate(LAYERS) if room in layer.split(" | ")), None)


def turns(heights: list[int]) -> list[int]:
    """The directions that a walk takes, each once as long as it lasts: -1 is down."""
    ways = [1 if after > before else -1 for before, after in pairwise(heights) if after != before]
    return [way for number, way in enumerate(ways) if number == 0 or way != ways[number - 1]]


def test_the_two_commands_of_the_readme_are_in_the_makefile():
    verbs = set(re.findall(r"^make (\w+)$", README, re.MULTILINE))

    assert verbs == {"demo", "test"}
    assert all(re.search(rf"^{verb}:", (ROOT / "Makefile").read_text(), re.MULTILINE) for verb in verbs)


def test_the_rules_of_the_readme_are_rules(tmp_path):
    examples = re.findall(r"^```toml\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    (tmp_path / "config.toml").write_text("\n".join(examples))
    config = load(tmp_path / "config.toml")

    assert config.routes[0].to == ("alerts", "rare-earth-desk")
    assert config.daily.at
    assert config.watch.suppliers
