import ast

import pytest
from costly import LEFT, LIST, may_be_long, named

ROOT = LIST.parent.parent.parent


def test_each_test_that_is_left_out_for_what_it_costs_is_there():
    """One that was renamed would come back, and cost what it did."""
    files = {name.partition("::")[0] for name in named()}
    there = {
        f"{file}::{'::'.join(path)}"
        for file in files
        for path in _tests(ast.parse((ROOT / file).read_text()), ())
    }

    assert named()
    assert sorted(named() - there) == []


def test_what_is_left_to_a_longer_run_is_in_a_file_that_it_loads(request: pytest.FixtureRequest):
    """Asked of all tests that this run has found."""
    left = request.config.stash[LEFT]

    assert sorted(file.as_posix() for file in left if not may_be_long(file)) == []


def _tests(tree: ast.AST, within: tuple[str, ...]):
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield from _tests(node, (*within, node.name))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield (*within, node.name)
