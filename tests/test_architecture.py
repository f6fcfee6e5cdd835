"""docs/architecture.md against the files: layers, rooms and walks are those that are there."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text()
LAYERS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][
    0
]["layers"]
WALKS = dict(
    re.findall(r"^### (\(\w\)) .*?\n(.*?)(?=^#|\Z)", ARCHITECTURE, re.MULTILINE | re.DOTALL)
)
LONGEST = 700  # lines of a module: one that has more is two
STEP = re.compile(r"^\d+\. `([\w./]+)`((?:,? `\w+`)*):", re.MULTILINE)
TOP = "|".join(
    re.escape(path.name)
    for path in ROOT.iterdir()
    if path.is_dir() and path.name not in {".venv", ".replay"}
)


def test_the_layers_are_those_that_are_held():
    assert "```\n" + "\n".join(LAYERS) + "\n```" in ARCHITECTURE


def test_every_room_is_in_the_architecture():
    rooms = {path.parent.name for path in ROOT.glob("monitor/*/__init__.py")}

    assert rooms == set(re.findall(r"^\| `monitor/(\w+)/` \|", ARCHITECTURE, re.MULTILINE))


def test_no_module_has_more_lines_than_people_read():
    counts = {file: file.read_text().count("\n") for file in ROOT.glob("monitor/**/*.py")}

    assert counts
    assert [file.name for file, count in counts.items() if count > LONGEST] == []


@pytest.mark.parametrize("walk", WALKS)
def test_what_a_walk_names_in_a_file_is_defined_there(walk):
    steps = STEP.findall(WALKS[walk])

    assert len(steps) == len(re.findall(r"^\d+\. ", WALKS[walk], re.MULTILINE))
    for file, names in steps:
        for name in re.findall(r"\w+", names):
            assert re.search(rf"\b(?:def|class) {name}\b", (ROOT / file).read_text()), (
                f"{file}: {name}"
            )
