"""The words of all languages are data: what a grammar asks for is there, and what is there is
asked for.
"""

import ast
import importlib
import pkgutil
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from each import for_each

from monitor import extract
from monitor.extract.words import Language, Words

HOME = Path(extract.__file__).parent
MODULES = [
    importlib.import_module(each.name)
    for each in pkgutil.walk_packages(extract.__path__, "monitor.extract.")
]
READERS = (HOME, HOME.parent / "second")  # rooms that ask for words
SOURCES = "\n".join(path.read_text() for room in READERS for path in room.rglob("*.py"))
FILES = sorted(HOME.rglob("words.toml"))


def asked(module: ModuleType) -> list[tuple[Words, str]]:
    """The entries that a module asks its own tables for."""
    tree = ast.parse(Path(str(module.__file__)).read_text())
    tables = {name: value for name, value in vars(module).items() if isinstance(value, Words)}
    return [
        (tables[each.value.id], each.attr)
        for each in ast.walk(tree)
        if isinstance(each, ast.Attribute)
        and isinstance(each.value, ast.Name)
        and each.value.id in tables
    ]


@for_each("module", MODULES, ids=lambda module: module.__name__)
def test_what_a_module_asks_for_is_written(module: ModuleType) -> None:
    assert [name for table, name in asked(module) if not hasattr(table, name)] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(HOME)))
def test_what_is_written_is_asked_for(file: Path) -> None:
    text = file.read_text()
    read = tomllib.loads(text)
    tables = (
        table for name, table in read.items() if isinstance(table, dict) and name != "deeds"
    )  # these bear the names of actions
    names = {name for table in tables for name in table if re.fullmatch("[a-z_]+", name)}
    spoken = f"{SOURCES}\n{''.join(re.findall(r'{{[^}]*}}', text))}"

    assert sorted(names - {*re.findall(r"\w+", spoken)}) == []


def made(folder: Path, text: str, **given: object) -> Language:
    language = Language("xx", given)  # type: ignore[arg-type]
    language._file = folder / "words.toml"
    language._file.write_text(text)
    return language


def test_a_name_stands_for_an_entry_of_its_own_table_then_of_the_parts_then_for_what_is_given(
    tmp_path: Path,
) -> None:
    language = made(
        tmp_path,
        "[parts]\nb = 'part'\nc = 'part'\n[own]\nb = 'own'\nwords = '{{b}} {{c}} {{d}}"
        " {{other.e}}'\n[other]\ne = ['x', 'y']\n",
        d="given",
    )

    assert language.table("own").words.pattern == "own part given x|y"


def test_what_hangs_on_the_vocabulary_is_asked_for_each_time(tmp_path: Path) -> None:
    known = ["alpha"]
    words = made(
        tmp_path, "[own]\nwords = '(?:{{names}})$'\n", names=lambda: "|".join(known)
    ).table("own")

    assert words.words.match("alpha")


def test_a_table_in_any_case_matches_in_any(tmp_path: Path) -> None:
    words = made(
        tmp_path,
        "[own]\nin_any_case = true\nwords = 'alpha'\n[own.rows]\none = 'beta'\n[other]\nwords ="
        " 'alpha'\n",
    )

    assert words.table("own").words.match("ALPHA")
    assert words.table("own").table_of("rows")["one"].match("BETA")
    assert not words.table("other").words.match("ALPHA")


def test_an_entry_that_is_not_written_is_named() -> None:
    with pytest.raises(AttributeError, match="the table 'names' has no 'alpha'"):
        Language("en").table("names").alpha.search("")
