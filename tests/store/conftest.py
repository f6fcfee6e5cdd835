"""Both engines: what a history does is asked of SQLite and of PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.store import History

THEIR_OWN = {"archive", "copying", "postgres"}  # these say themselves of which they ask
QUICK = {"polls"}  # the others are asked of PostgreSQL in the long run


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """An empty history, open to be written."""
    with History(tmp_path) as history:
        yield history


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Twice what is not about the files of a store."""
    module = metafunc.module.__name__.rpartition("test_")[2]
    if module in THEIR_OWN or any(metafunc.definition.iter_markers("files")):
        return
    marks = [] if module in QUICK else [pytest.mark.long]
    metafunc.fixturenames.insert(0, "_engine")
    metafunc.parametrize(
        "_engine", ["sqlite", pytest.param("postgres", marks=marks)], indirect=True
    )
