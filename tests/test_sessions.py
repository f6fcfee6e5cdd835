"""A session is the history's own: who is handed one hands it on, and a function that takes one
only asks and writes by it.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HISTORY = ROOT / "monitor/store"
OUTSIDE = sorted(
    {*ROOT.glob("monitor/**/*.py"), *ROOT.glob("scrapers/**/*.py")} - {*HISTORY.rglob("*.py")}
)
MACHINERY = {"postgres.py", "transactions.py"}  # where a transaction begins and ends
ENDS = {"commit", "rollback", "close", "begin"}
FILES = {
    "open",
    "read_bytes",
    "read_text",
    "write_bytes",
    "write_text",
    "unlink",
    "mkdir",
    "fsync",
    "sleep",
}
SESSION = re.compile(r"'?(?:\w+\.)*Session(?: \| None)?'?")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def sessions_of(tree: ast.AST) -> Iterator[str]:
    """The names that hold a session: of a transaction, or handed in."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.withitem)
            and isinstance(node.optional_vars, ast.Name)
            and is_transaction(node.context_expr)
        ):
            yield node.optional_vars.id
        elif (
            isinstance(node, ast.arg)
            and node.annotation is not None
            and SESSION.fullmatch(ast.unparse(node.annotation))
        ):
            yield node.arg
        elif isinstance(node, ast.Lambda):
            yield from ("session" for arg in node.args.args if arg.arg == "session")


def is_transaction(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "transaction"
    )


def asked_of_a_session(text: str) -> list[int]:
    """The lines on which something is asked of a session itself, or one is taken out of its
    block.
    """
    if not re.search("session|transaction", text, re.IGNORECASE):
        return []
    tree = ast.parse(text)
    names = set(sessions_of(tree))
    blocks = {
        id(item.context_expr)
        for node in ast.walk(tree)
        if isinstance(node, ast.With)
        for item in node.items
    }
    asked = (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    )
    taken = (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.expr) and is_transaction(node) and id(node) not in blocks
    )
    return sorted(
        {node.lineno for node in asked if node.value.id in names} | {node.lineno for node in taken}
    )


def does_more(text: str) -> list[str]:
    """What functions that take a session do beside asking and writing by it: wait, end its
    transaction, or look at files.
    """
    found = []
    for function in ast.walk(ast.parse(text)):
        if isinstance(function, FUNCTIONS) and "session" in {arg.arg for arg in function.args.args}:
            calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
            named = {
                (ast.unparse(call.value), call.attr)
                for call in calls
                if isinstance(call, ast.Attribute)
            }
            found += [f"{function.name}: waits"] * isinstance(function, ast.AsyncFunctionDef)
            found += [
                f"{function.name}: {owner}.{name}"
                for owner, name in named
                if owner == "session" and name in ENDS
            ]
            found += [f"{function.name}: {name}" for _, name in named if name in FILES]
            found += [
                f"{function.name}: {call.id}"
                for call in calls
                if isinstance(call, ast.Name) and call.id in FILES
            ]
    return found


@pytest.mark.parametrize(
    "text",
    [
        "with history.transaction() as session:\n    session.get(Row, 1)",
        "with self._history.transaction() as one:\n    outbox.waiting(one, 'ops'); one.commit()",
        "def known(session: Session) -> int:\n    return session.exec(1)",
        "def known(asked: 'histories.Session'):\n    return asked.info",
        "count(history, lambda session: session.flush())",
        "opened = history.transaction()",
    ],
)
def test_what_is_asked_of_a_session_itself_is_found(text):
    assert asked_of_a_session(text) == [text.count("\n") + 1]


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("async def waiting(session): ...", "waiting: waits"),
        (
            "def keep(session: Session):\n    session.add(1); session.commit()",
            "keep: session.commit",
        ),
        ("def read(session, path):\n    return path.read_bytes()", "read: read_bytes"),
        ("def read(session, path):\n    return open(path)", "read: open"),
    ],
)
def test_what_a_function_does_beside_asking_is_found(text, more):
    assert does_more(text) == [more]


def test_outside_the_history_a_session_is_handed_on_and_asked_nothing():
    found = {str(file.relative_to(ROOT)): asked_of_a_session(file.read_text()) for file in OUTSIDE}

    assert {file: lines for file, lines in found.items() if lines} == {}


def test_a_function_that_takes_a_session_does_not_wait_ends_no_transaction_and_looks_at_no_file():
    files = [file for file in sorted(HISTORY.glob("*.py")) if file.name not in MACHINERY]
    found = {file.name: does_more(file.read_text()) for file in files}

    assert {name: more for name, more in found.items() if more} == {}
