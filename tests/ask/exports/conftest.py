from collections.abc import Iterator
from pathlib import Path

import pytest
from kept import kept

from monitor.store import History


@pytest.fixture(scope="session")
def kept_store(tmp_path_factory) -> Path:
    """A store that nobody may change."""
    return kept(tmp_path_factory.mktemp("exports"))


@pytest.fixture
def history(kept_store: Path) -> Iterator[History]:
    with History(kept_store, read_only=True) as opened:
        yield opened
