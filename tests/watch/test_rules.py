"""Whatever reads names is part of the rules: whoever edits it has what was made by them made
again.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from monitor.watch import rules
from monitor.watch.rules import PACKAGE, hash_rules, list_rule_modules


def reached(first: str) -> set[Path]:
    """The modules of ours that one imports, and those that these import, but for whoever only
    needs them to be typed.
    """
    waiting, seen = [PACKAGE.parent / first], set[Path]()
    while waiting:
        if (path := waiting.pop()) not in seen:
            seen.add(path)
            waiting += imported(path)
    return seen


def imported(path: Path) -> Iterator[Path]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("monitor"):
            home = PACKAGE.parent.joinpath(*node.module.split("."))
            own = [
                home / f"{alias.name}.py"
                for alias in node.names
                if (home / f"{alias.name}.py").exists()
            ]
            yield from own or [
                home.with_suffix(".py")
                if home.with_suffix(".py").exists()
                else home / "__init__.py"
            ]


def test_rules_are_told_from_others_by_every_module_that_reads_names():
    """Whoever edits one of them has the tables made again."""
    hashed = {path.resolve() for path in list_rule_modules()}

    assert {
        path for path in reached("monitor/watch/match.py") if "__init__" not in path.name
    } <= hashed | {
        PACKAGE / "errors.py",
    }


def test_words_that_such_modules_read_are_rules_too():
    words = {path for name in ("names", "watch") for path in (PACKAGE / name).rglob("*.toml")}

    assert words
    assert words <= {*list_rule_modules()}


def test_other_bytes_of_a_module_are_other_rules(tmp_path: Path):
    module = tmp_path / "module.py"
    module.write_text("one = 1\n")
    before = hash_rules.__wrapped__(module)
    module.write_text("one = 2\n")
    assert hash_rules.__wrapped__(module) != before


def test_the_rules_are_others_when_a_library_that_reads_names_is(monkeypatch):
    today = hash_rules.__wrapped__()
    monkeypatch.setattr(rules, "version", lambda library: "0")

    assert hash_rules.__wrapped__() != today
