"""What `make check` says of an import that goes the wrong way: each is planted in a copy of the
source and must be refused.
"""

import itertools
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command import ROOT, environment
from made_once import made_once

import monitor

REFUSED = {  # the module in which it is planted: the line, and what it must not import
    "scrapers/of_diff.py": ("from monitor.diff import rows", "monitor.diff.rows"),
    "scrapers/of_history.py": ("from monitor.store import History", "monitor.store"),
    "scrapers/of_alert.py": ("import monitor.alert.event", "monitor.alert.event"),
    "scrapers/of_fetch.py": ("from monitor import fetch", "monitor.fetch"),
    "scrapers/of_registry.py": ("from monitor.source import registry", "monitor.source.registry"),
    "scrapers/of_model.py": ("from monitor.model import Entity", "monitor.model"),
    "scrapers/_platforms/of_clock.py": ("import time", "time"),
    "scrapers/of_files.py": ("from pathlib import Path", "pathlib"),
    "scrapers/of_net.py": ("def late():\n    import httpx", "httpx"),
    "monitor/ask/of_sql.py": ("from sqlalchemy import select", "sqlalchemy"),
    "monitor/cli/of_sqlite.py": ("import sqlite3", "sqlite3"),
    "monitor/ask/of_tables.py": ("from monitor.store.tables import ActRow", "monitor.store.tables"),
    "monitor/deliver/of_facts.py": ("from monitor.store import facts", "monitor.store.facts"),
    "monitor/console/of_owing.py": ("from monitor.store import owing", "monitor.store.owing"),
    "monitor/ask/of_engine.py": ("from monitor.store import engine", "monitor.store.engine"),
    "monitor/store/of_render.py": ("from monitor.render import text", "monitor.render.text"),
    "monitor/extract/of_source.py": ("from monitor.source import page", "monitor.source.page"),
    "monitor/source/of_httpx.py": ("import httpx", "httpx"),
    "monitor/ask/of_slack.py": ("from slack_sdk import WebClient", "slack_sdk"),
    "monitor/deliver/slack/of_apprise.py": ("import apprise", "apprise"),
    "monitor/fetch/of_pdf.py": ("import pdfplumber", "pdfplumber"),
    "monitor/ask/of_typer.py": ("import typer", "typer"),
    "monitor/ask/of_console.py": ("from monitor.console import desk", "monitor.console.desk"),
    "monitor/cli/of_starlette.py": ("import starlette", "starlette"),
    "monitor/source/of_scrapers.py": ("from scrapers import cn_mfa", "scrapers.cn_mfa"),
}
IN_NO_LAYER = "monitor/lounge.py"
ALLOWED = {
    "scrapers/of_names.py": "from monitor import Document, Page, Unreadable, source",
    "scrapers/of_walks.py": (
        "from monitor.source.formats import key, table\nfrom monitor.source.formats.xml import"
        " Leaves"
    ),
    "scrapers/of_words.py": (
        "from bs4 import Tag\nfrom monitor.extract import zh\nfrom monitor.extract.en import dates"
    ),
    "monitor/poll/of_doors.py": (
        "from monitor.store import History, facts\nfrom monitor.store.archive import Archive"
    ),
    "monitor/console/of_questions.py": "from monitor.store import outbox, sightings",
}
IMPORTS = {  # three ways to the same package
    "decorator": "from monitor import source; declare = source",
    "package": "import monitor.source.page; assert monitor.source.page.Page",
    "alias": "import monitor.source.scraper as scraper; assert scraper.source",
}
DECLARES = """
@declare(name="x", authority="cn-mofcom", url="https://x.example/", every="5 minutes")
def read(page): return []
print("declared" if isinstance(read, scraper.Source) and monitor.source is declare else read)
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What the contracts say, line by line, of a copy in which all of it is planted."""
    return made_once(tmp_path_factory, "copy", _checked)[1]


def _checked(copy: Path) -> list[str]:
    for package in ("monitor", "scrapers"):
        shutil.copytree(
            ROOT / package,
            copy / package,
            ignore=shutil.ignore_patterns("__pycache__", "scenarios/*"),
        )
    for file, line in (
        {file: line for file, (line, _) in REFUSED.items()} | ALLOWED | {IN_NO_LAYER: ""}
    ).items():
        (copy / file).write_text(f"{line}\n")
    command = [
        Path(sys.executable).with_name("lint-imports"),
        "--no-cache",
        "--no-logo",
        ROOT / "pyproject.toml",
    ]
    found = environment() | {"PYTHONPATH": str(copy)}
    result = subprocess.run(
        command, cwd=copy, capture_output=True, text=True, check=False, env=found
    )
    assert result.returncode == 1, result.stderr
    return result.stdout.splitlines()


@pytest.mark.parametrize(
    ("file", "imported"), [(file, imported) for file, (_, imported) in REFUSED.items()]
)
def test_an_import_that_goes_the_wrong_way_is_refused(said, file, imported):
    importer = file.removesuffix(".py").replace("/", ".")

    assert any(re.fullmatch(rf"- {importer} -> {imported} \(l\.\d+\)", line) for line in said)


def test_a_module_that_stands_in_no_layer_is_refused(said):
    assert (
        said[said.index("The following modules are not listed as layers:") :][2]
        == "- monitor.lounge"
    )


@pytest.mark.parametrize("file", ALLOWED)
def test_what_a_scraper_or_a_room_may_import_is_not_refused(said, file):
    assert not any(Path(file).stem in line for line in said)


def test_the_names_that_scrapers_are_promised_are_there_and_written_down():
    written = (
        (ROOT / "scrapers/README.md")
        .read_text()
        .partition("## What a scraper may import")[2]
        .partition("\n## ")[0]
    )

    assert {name for name in monitor.__all__ if not hasattr(monitor, name)} == set()
    assert {name for name in monitor.__all__ if f"`{name}`" not in written} == set()
    with pytest.raises(AttributeError, match="no attribute 'History'"):
        monitor.History  # noqa: B018


@pytest.mark.parametrize("order", list(itertools.permutations(IMPORTS)), ids=" ".join)
def test_source_is_the_decorator_and_the_package_in_whatever_order_they_are_imported(order):
    assert answer("\n".join([*(IMPORTS[name] for name in order), DECLARES])) == "declared\n"


def test_the_vocabulary_loads_neither_a_client_nor_a_database():
    loaded = (
        "import sys; from monitor import Page, Register, source; print({'httpx', 'sqlalchemy'} &"
        " set(sys.modules))"
    )

    assert answer(loaded) == "set()\n"


def answer(code: str) -> str:
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment()
    )
    return result.stdout + result.stderr
