"""The tests lie where what they test lies, and none leans on another."""

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parent
ROOT = TESTS.parent
FILES = sorted(TESTS.rglob("test_*.py"))
SUPPORT = sorted({*TESTS.rglob("*.py")} - {*FILES})

# What is tested across modules, and not named after one: the folder, and the files in it.
THEMES = {
    ".": {"alert_pictures", "architecture", "ci", "contracts", "costly", "deploy", "docs", "hostile", "hostile_words"}
    | {"licences", "pages", "reach", "release", "stores", "strength", "tree"},
    "slack": {"exactly_once", "injection", "outage", "outbox", "packages", "peer", "power_loss", "restored", "secrets", "storm"}
    | {"clicks", "thousand_clicks", "trouble_message", "unopened"},
    "cli": {"answer_tables", "capture_days", "desk_questions", "inputs"},
    "cli/doctor": {"first_contact"},
    "config": {"schema"},
    "console": {"in_a_browser"},
    "cli/new": {"kinds"},
    "deliver": {"fallback", "late", "shared"},
    "extract": {"laws", "linear", "no_silent_act"},
    "fetch": {"reset_and_redirect"},
    "history": {"copies", "cost", "disk", "migrations"},
    "pipeline": {
        "alternating",
        "clocks",
        "bad_answers",
        "unread_pages",
        "daemon_signals",
        "desk_day",
        "load",
        "log_lines",
        "long_lists",
        "moving_pages",
        "poll_routes",
        "private_scraper",
        "reading_again",
        "reminders",
        "silence",
        "troubles",
        "year",
    },
    "pipeline/life": {"seen_from_outside"},
    "render": {"reading"},
    "scrapers": {"as_served", "registers_in_tables", "registers_of_europe"},
    "timeline": {"laws"},
    "vocabulary": {"once"},
    "watch": {"ownership", "scripts", "spreadsheets"},
}


def relative(path: Path) -> str:
    return str(path.relative_to(TESTS))


def modules_named(file: Path) -> Iterator[Path]:
    """What a test file may be called after: a module, or the folder that it is in."""
    folder, name = file.relative_to(TESTS).parent, file.stem.removeprefix("test_")
    for room in (ROOT / folder, ROOT / "monitor" / folder):
        yield room / f"{name}.py"
        if room.name == name:
            yield room / "__init__.py"


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_a_test_file_is_named_after_a_module_or_a_theme_that_is_declared():
    unmodelled = {relative(file) for file in FILES if not any(path.exists() for path in modules_named(file))}

    assert unmodelled == {str(Path(folder) / f"test_{theme}.py") for folder, themes in THEMES.items() for theme in themes}


def test_nobody_imports_a_test():
    tests = {path.stem for path in FILES}
    importing = {relative(file): {part for name in imported(file) for part in name.split(".")} for file in (*FILES, *SUPPORT)}

    assert [file for file, names in importing.items() if names & tests] == []


def test_what_tests_share_holds_no_test():
    defined = {
        relative(file): [node.name for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.FunctionDef)]
        for file in SUPPORT
    }

    assert [file for file, names in defined.items() if any(name.startswith("test_") for name in names)] == []
