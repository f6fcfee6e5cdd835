"""How sources were looked at, and of which of them the word of the day says that they brought nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from acts import listing
from happenings import record

from monitor.history import OPS, History, PollEnds

NOW = datetime(2025, 10, 20, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    with History(tmp_path) as history:
        yield history


def looked(history: History, source: str, *hours_ago: int) -> None:
    """It was read well at these times, and is to be read at least every ten hours."""
    for ago in hours_ago:
        history.polls_end([PollEnds(source, None, NOW - ago * HOUR, HOUR, gap=lambda *_: 10 * HOUR)])


def quiet(history: History) -> list[str]:
    history.daily("2025-10-20", OPS, NOW)
    (owed,) = history.waiting(OPS)
    return [each.source for each in history.notice(owed).sources if each.quiet]


def test_only_who_was_looked_at_all_day_without_a_gap_and_moved_nothing_is_said_to_have_brought_nothing(history: History):
    looked(history, "toy.quiet", 32, 24, 16, 8, 0)
    looked(history, "toy.new", 16, 8, 0)
    looked(history, "toy.gap", 32, 24, 8, 0)
    looked(history, "toy.notices", 32, 24, 16)
    record(history, listing(10, "Dedrone"), NOW - 9 * HOUR)
    looked(history, "toy.notices", 8, 0)

    assert quiet(history) == ["toy.quiet"]
