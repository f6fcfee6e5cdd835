from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.store import History


@pytest.fixture
def history(kept_store: Path) -> Iterator[History]:
    with History(kept_store, read_only=True) as opened:
        yield opened
