from collections.abc import Iterator
from pathlib import Path

import pytest
from acts import control, listing, suspension
from arrivals import arrive

from monitor.store import History


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """A control, a listing and the suspension of the control and of an act that nobody has seen,
    as a reader sees them."""
    with History(tmp_path) as written:
        arrive(
            written,
            control(57, "1C909.a", "1C910.a"),
            listing(10, "Dedrone by Axon", "TechInsights Inc."),
        )
        arrive(written, suspension(70, "mofcom-2025-57", "mofcom-2024-9"))
    with History(tmp_path, read_only=True) as opened:
        yield opened
