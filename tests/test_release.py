import re
import tomllib
from datetime import date
from pathlib import Path

from command import run

from monitor.config import VERSION

ROOT = Path(__file__).parent.parent
SECTIONS = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)


def table(file: str) -> dict:
    return tomllib.loads((ROOT / file).read_text())


def test_the_version_is_said_once_and_all_else_follows():
    (locked,) = [
        package["version"]
        for package in table("uv.lock")["package"]
        if package["name"] == "regulatory-monitor"
    ]

    assert table("pyproject.toml")["project"]["version"] == locked == VERSION
    assert run("--version").stdout == f"monitor {VERSION}\n"


def test_the_changelog_has_a_dated_section_for_every_version_the_newest_first():
    unreleased, *released = SECTIONS
    versions = [section.partition(" - ")[0] for section in released]
    days = [date.fromisoformat(section.partition(" - ")[2]) for section in released]

    assert (unreleased, versions[0]) == ("Unreleased", VERSION)
    assert versions == sorted(
        versions, key=lambda text: [int(part) for part in text.split(".")], reverse=True
    )
    assert days == sorted(days, reverse=True)
