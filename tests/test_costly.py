import ast

from costly import LIST, named

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


def _tests(tree: ast.AST, within: tuple[str, ...]):
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield from _tests(node, (*within, node.name))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield (*within, node.name)
