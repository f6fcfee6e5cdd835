from collections.abc import Iterator
from pathlib import Path

import pytest
from acts import control, listing, suspension
from arrivals import arrive

from monitor.store import History


@pytest.fixture(scope="session")
def three_acts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A control, a listing and the suspension of the control and of an act that nobody has seen."""
    folder = tmp_path_factory.mktemp("three-acts")
    with History(folder) as written:
        arrive(
            written,
            control(57, "1C909.a", "1C910.a"),
            listing(10, "Dedrone by Axon", "TechInsights Inc."),
        )
        arrive(written, suspension(70, "mofcom-2025-57", "mofcom-2024-9"))
    return folder


@pytest.fixture
def history(three_acts: Path) -> Iterator[History]:
    """Those, as a reader sees them."""
    with History(three_acts, read_only=True) as opened:
        yield opened
