"""Scrapers are read from disk again, and those that can't be leave the ones that were loaded."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.source.registry import read_again, unload


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    name = f"offices_{tmp_path.name.replace('-', '_')}"
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").touch()
    (tmp_path / name / "one.py").write_text("PACE = 5\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield name
    unload([name])


def write(package: str, words: str) -> None:
    """What its author changed, in a file of another length, so that no cache takes it for the old one."""
    (Path(importlib.import_module(package).__file__ or "").parent / "one.py").write_text(words)


def pace(package: str) -> int:
    return importlib.import_module(f"{package}.one").PACE


def test_a_package_is_read_again_with_all_below_it_and_who_holds_it_goes_on_with_it(package: str):
    held = importlib.import_module(f"{package}.one")
    write(package, "PACE = 60\n")
    assert pace(package) == 5
    loaded = unload([f"{package}.one"])

    assert loaded.keys() == {package, f"{package}.one"}
    assert pace(package) == 60
    assert (held.PACE, loaded[f"{package}.one"]) == (5, held)


def test_where_the_new_ones_fail_those_that_were_loaded_stay(package: str):
    assert pace(package) == 5
    write(package, "PACE = a mistake\n")
    with pytest.raises(SyntaxError), read_again([package]):
        pace(package)
    assert pace(package) == 5

    write(package, "PACE = 60\n")
    with read_again([package]):
        assert pace(package) == 60
    assert pace(package) == 60


def test_what_is_ours_is_never_read_again_nor_what_nobody_named(package: str):
    pace(package)
    before = {name: module for name, module in sys.modules.copy().items() if not name.startswith(package)}

    assert unload(["monitor.source.registry", package]).keys() == {package, f"{package}.one"}
    assert {name: module for name, module in sys.modules.copy().items() if not name.startswith(package)} == before
