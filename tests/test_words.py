"""The names that docstrings quote are names of the code."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
QUOTED = re.compile(r"(?<!`)`([^`]+)`(?!`)")
DOTTED = re.compile(r"(?<![\w./])([a-z_]\w*)\.([a-z_]\w*)(?![\w/]|\.\w)")
QUESTION = re.compile(r"(?:What|Whether|Who|Whose|Whom|Whoever|Of|By|That|Why|The same)\b")
FEW = 16  # summaries in the OpenAPI document, which stay, and a dozen that may slip in
LONE = re.compile(r"([a-z]+_\w+)(?:\(.*\))?")
NO_NAMES = {"csv", "json", "py", "sqlite", "toml"}  # endings of files
DATA = {"business_days", "in_any_case", "text_out"}  # words of tables, and of facts


@cache
def parsed() -> dict[Path, ast.Module]:
    """Each file of the program. Only these tests wait for it, and not whoever collects them."""
    files = (*ROOT.glob("monitor/**/*.py"), *ROOT.glob("scrapers/**/*.py"))
    return {path.relative_to(ROOT): ast.parse(path.read_text()) for path in files}


@cache
def walked() -> dict[Path, list[ast.AST]]:
    """All nodes of each file."""
    return {file: [*ast.walk(tree)] for file, tree in parsed().items()}


def list_names(nodes: Iterable[ast.AST]) -> set[str]:
    fields = ("name", "id", "arg", "attr")
    return {name for node in nodes for field in fields if (name := getattr(node, field, None))}


def list_definitions(parent: ast.Module | ast.ClassDef) -> Iterator[ast.AST]:
    """A module's or class's functions, classes and other names, without those within functions."""
    for node in parent.body:
        yield from [node] if isinstance(node, DOCUMENTED) else ast.walk(node)
        yield from list_definitions(node) if isinstance(node, ast.ClassDef) else ()


def list_defined() -> dict[str, set[str]]:
    """What each module defines, and the modules of each room."""
    defined: dict[str, set[str]] = {}
    for file, tree in parsed().items():
        *rooms, module = [part for part in file.with_suffix("").parts if part != "__init__"]
        defined.setdefault("".join(rooms[-1:]), set()).add(module)
        defined.setdefault(module, set()).update(list_names(list_definitions(tree)))
    return defined


def is_known(quoted: str, defined: dict[str, set[str]], known: set[str]) -> bool:
    lone = LONE.fullmatch(quoted)
    return (lone is None or lone[1] in known) and all(
        name in NO_NAMES | defined["settings"] | defined.get(module, {name})
        for module, name in DOTTED.findall(quoted)
    )


def test_a_name_that_a_docstring_quotes_is_in_the_code():
    defined = list_defined()
    used = list_names(chain.from_iterable(walked().values()))
    known = used | DATA | defined.keys()
    gone = [
        f"{file}: {quoted}"
        for file, nodes in walked().items()
        for node in nodes
        if isinstance(node, DOCUMENTED)
        for quoted in QUOTED.findall(ast.get_docstring(node) or "")
        if not is_known(quoted, defined, known)
    ]

    assert gone == []


def test_the_docstring_of_a_function_begins_with_what_it_does():
    riddles = [
        f"{file}: {node.name}"
        for file, nodes in walked().items()
        for node in nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and file.parts[0] == "monitor"
        if QUESTION.match(ast.get_docstring(node) or "")
    ]

    assert "monitor/console/api.py: answer_as_of" in riddles
    assert len(riddles) <= FEW, riddles
