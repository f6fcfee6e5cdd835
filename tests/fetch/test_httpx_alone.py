import runpy
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from monitor.fetch import httpx_alone

LIBRARY = """try:
    from httpx._main import main
except ImportError:
    main = None
"""


def loaded() -> list[str]:
    return [name for name in sys.modules if name.partition(".")[0] == "httpx"]


@pytest.fixture
def not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A library of this name which begins as the real one does, and which nobody has loaded yet."""
    for name in loaded():
        monkeypatch.delitem(sys.modules, name)
    (tmp_path / "httpx").mkdir()
    (tmp_path / "httpx" / "__init__.py").write_text(LIBRARY)
    (tmp_path / "httpx" / "_main.py").write_text("main = print\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield
    for name in loaded():
        del sys.modules[name]


@pytest.mark.usefixtures("not_loaded")
def test_the_library_is_loaded_without_its_command_line_which_others_can_still_load():
    runpy.run_path(str(httpx_alone.__file__))

    assert sys.modules["httpx"].main is None
    assert import_module("httpx._main").main is print


def test_where_it_is_loaded_already_it_stays_as_it_is(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "httpx._main", command := object())  # type: ignore[arg-type]

    runpy.run_path(str(httpx_alone.__file__))

    assert sys.modules["httpx._main"] is command
