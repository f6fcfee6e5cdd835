"""How a poll and its pages ended, as values and as lines of the log."""

from datetime import UTC, datetime, timedelta

import pytest
from log_lines import recorded

from monitor.errors import ErrorKind, FetchError, SourceError
from monitor.pipeline.outcome import Outcome, Settled, at_the_turn_of_the_year, hold_of, log_outcome
from monitor.source.scraper import source

NOW = datetime(2026, 1, 2, 6, 0, tzinfo=UTC)
SOURCE = source(name="Toy", authority="cn-mofcom", url="https://t.example/", every="1 hour")(lambda page: [])
GONE, EMPTY, DOWN = (SourceError(kind, kind=kind) for kind in (ErrorKind.GONE, ErrorKind.LAYOUT, ErrorKind.SERVER))


@pytest.mark.parametrize(
    ("settled", "left"),
    [
        ((None, GONE), (None,)),  # last year's page is there, and this year's not yet
        ((EMPTY, None), (None,)),
        ((None, DOWN), (None, DOWN)),
        ((GONE,), (GONE,)),
        ((GONE, EMPTY), (GONE, EMPTY)),
        ((None, GONE, DOWN), (None, DOWN)),
        ((None, None), (None, None)),
    ],
)
def test_at_the_turn_of_the_year_one_of_two_lists_may_be_missing_and_not_both(
    settled: tuple[Settled, ...], left: tuple[Settled, ...]
):
    assert at_the_turn_of_the_year(settled) == [*left]


def test_the_longest_that_a_server_asks_for_is_held_off():
    failures = (FetchError("a", retry_after=30), FetchError("b"), FetchError("c", retry_after=90), DOWN)

    assert hold_of(failures) == Outcome(SOURCE, failures).hold == timedelta(seconds=90)
    assert hold_of((FetchError("b"), DOWN)) == hold_of(()) == timedelta()


def test_a_poll_says_its_failures_its_first_read_and_the_end_of_an_outage_and_else_nothing():
    with recorded() as log:
        log_outcome(Outcome(SOURCE), 1.5, NOW)
        assert log() == []
        log_outcome(Outcome(SOURCE, (GONE, DOWN), baseline=True, failed_since=NOW - timedelta(hours=1)), 1.5, NOW)
        lines = log()

    assert [line["event"] for line in lines] == ["failure", "failure", "recovery", "baseline"]
    assert [line.get("kind") for line in lines[:2]] == [GONE.kind, DOWN.kind]
    assert [line["duration"] for line in lines] == [1.5, 1.5, 3600, 1.5]
