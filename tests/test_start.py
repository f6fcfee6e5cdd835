import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

MONITOR = Path(__file__).resolve().parent.parent / "monitor"
HEAVY = {
    "apprise",
    "apscheduler",
    "babel",
    "bs4",
    "feedparser",
    "httpx",
    "lxml",
    "rich",
    "slack_sdk",
    "sqlalchemy",
}
MOST_LATE_IMPORTS = 30  # outside the command line


def loaded_by(program: str) -> set[str]:
    """The modules that a process of its own has loaded after some lines."""
    shown = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport sys\nprint(*sys.modules)"],
        check=True,
        capture_output=True,
        text=True,
    )
    return set(shown.stdout.split())


@cache
def trees() -> tuple[tuple[Path, ast.Module], ...]:
    """Those modules in which an import is indented: the others have none but at their top."""
    texts = {path: path.read_text() for path in sorted(MONITOR.rglob("*.py"))}
    return tuple(
        (path.relative_to(MONITOR), ast.parse(text))
        for path, text in texts.items()
        if re.search(r"^[ \t]+(?:from|import) |[:;] *(?:from|import) ", text, re.MULTILINE)
    )


def late_imports(tree: ast.Module) -> int:
    functions = [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    late = {
        id(node)
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    return len(late)


def test_help_loads_no_library_that_a_command_needs():
    loaded = loaded_by("import monitor.cli.app")

    assert "typer" in loaded
    assert not loaded & HEAVY
    assert not loaded & {
        "monitor.store",
        "monitor.fetch",
        "monitor.extract",
        "monitor.document.html",
    }


def test_a_question_loads_nothing_that_fetches_sends_draws_a_calendar_or_reads_an_act():
    loaded = loaded_by(
        "from monitor.cli import ask, screen\n"
        "import scrapers\n"
        "from importlib import import_module\n"
        "from pkgutil import walk_packages\n"
        "for module in walk_packages(scrapers.__path__, 'scrapers.'): import_module(module.name)"
    )

    assert {"monitor.store", "scrapers.by_hand"} <= loaded
    assert not loaded & {"cn2an", "httpx", "icalendar", "jsonpath_rfc9535", "pebble", "slack_sdk"}
    assert not loaded & {"bs4", "soupsieve"}
    assert not loaded & {"monitor.extract.languages", "monitor.extract.words"}


def test_a_poll_and_a_daemon_load_no_library_of_an_extra():
    loaded = loaded_by("import monitor.cli.once, monitor.run.hand_in, monitor.run.daemon")

    assert "httpx" in loaded
    assert not loaded & {
        "apprise",
        "icalendar",
        "pgqueuer",
        "playwright",
        "psycopg",
        "rfc3161_client",
        "slack_bolt",
        "starlette",
    }


def test_modules_import_at_their_top_but_for_the_commands_and_a_few():
    late = {str(path): late_imports(tree) for path, tree in trees() if path.parts[0] != "cli"}

    assert sum(late.values()) <= MOST_LATE_IMPORTS, {
        path: count for path, count in late.items() if count
    }


def test_no_module_has_a_second_way_to_import_beside_the_one_for_types():
    pairs = [
        str(path)
        for path, tree in trees()
        for node in tree.body
        if isinstance(node, ast.If)
        and isinstance(node.test, ast.Name)
        and node.test.id == "TYPE_CHECKING"
        and node.orelse
    ]

    assert not pairs
