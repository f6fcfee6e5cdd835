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


def looked(history: History, hours_ago: int, *sources: str) -> None:
    """They were read well at that time, and are to be read at least every twenty hours."""
    history.polls_end([PollEnds(source, None, NOW - hours_ago * HOUR, HOUR, gap=lambda *_: 20 * HOUR) for source in sources])


def quiet(history: History) -> list[str]:
    history.daily("2025-10-20", OPS, NOW)
    (owed,) = history.waiting(OPS)
    return [each.source for each in history.notice(owed).sources if each.quiet]


def test_only_who_was_looked_at_all_day_without_a_gap_and_moved_nothing_is_said_to_have_brought_nothing(history: History):
    looked(history, 26, "toy.quiet", "toy.notices", "toy.gap")
    looked(history, 13, "toy.quiet", "toy.notices", "toy.new")
    record(history, listing(10, "Dedrone"), NOW - 2 * HOUR)
    looked(history, 1, "toy.quiet", "toy.notices", "toy.gap", "toy.new")

    assert quiet(history) == ["toy.quiet"]
