"""The tests lie where what they test lies, and none leans on another."""

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parent
ROOT = TESTS.parent
FILES = sorted(TESTS.rglob("test_*.py"))
SUPPORT = sorted({*TESTS.rglob("*.py")} - {*FILES})


def relative(path: Path) -> str:
    return str(path.relative_to(TESTS))


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


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
