"""How sources were looked at, and of which of them the word of the day says that they brought
nothing.
"""

from datetime import UTC, datetime, timedelta

import pytest
from acts import listing
from happenings import record

from monitor.errors import ErrorKind
from monitor.model import Problem
from monitor.source.page import Request
from monitor.store import OPS, History, PollEnds, addresses, looks, notices, outbox, owing, polls

NOW = datetime(2025, 10, 20, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def looked(history: History, hours_ago: int, *sources: str) -> None:
    """They were read well at that time, and are to be read at least every twenty hours."""
    history(
        polls.end,
        [
            PollEnds(source, None, NOW - hours_ago * HOUR, HOUR, gap=lambda *_: 20 * HOUR)
            for source in sources
        ],
    )


def quiet(history: History) -> list[str]:
    history(owing.enqueue_daily, "2025-10-20", OPS, NOW)
    (owed,) = history(outbox.list_pending, OPS)
    return [
        each.source for each in history(notices.compose_notice, owed.id).body.sources if each.quiet
    ]


def test_only_who_was_looked_at_all_day_without_a_gap_and_moved_nothing_is_said_to_have_brought_nothing(
    history: History,
):
    looked(history, 26, "toy.quiet", "toy.notices", "toy.gap")
    looked(history, 13, "toy.quiet", "toy.notices", "toy.new")
    record(history, listing(10, "Dedrone"), NOW - 2 * HOUR)
    looked(history, 1, "toy.quiet", "toy.notices", "toy.gap", "toy.new")

    assert quiet(history) == ["toy.quiet"]


def stretches(history: History, source: str = "toy.s") -> list[tuple[int, int, int, int | None]]:
    """Since how many hours before now it was looked at and until when, how often, and from when
    a gap lies before that.
    """

    def ago(at: datetime | None) -> int | None:
        return (NOW - at) // HOUR if at else None

    return [
        (ago(look.since), ago(look.until), look.looks, ago(look.gap_from))
        for look in history(looks.explain_quiet, source).looks
    ]


@pytest.mark.parametrize(
    ("hours_ago", "expected"),
    [
        ((5,), [(5, 5, 0, None)]),
        ((5, 4, 3), [(5, 3, 2, None)]),
        ((40, 20, 1), [(40, 1, 2, None)]),
        ((40, 19, 1), [(40, 40, 0, None), (19, 1, 2, 40)]),
        ((5, 9), [(5, 5, 0, None), (9, 9, 1, 5)]),
        ((5, 5), [(5, 5, 1, None)]),
    ],
    ids=[
        "one look",
        "no gap",
        "the longest there may be without a gap",
        "a gap",
        "a clock that went back",
        "at one moment",
    ],
)
def test_looks_go_on_until_there_is_a_gap_and_are_counted_after_the_first(
    history: History, hours_ago, expected
):
    for hours in hours_ago:
        looked(history, hours, "toy.s", "toy.other")

    assert stretches(history) == expected


def test_what_is_not_read_yet_says_why_in_the_silence_of_its_source_only(history: History):
    looked(history, 2, "toy.s", "toy.other")
    place = history(
        addresses.save_handed_in_page, "toy.s", Request("https://toy.example/9"), "toy.act", NOW
    )
    history(
        polls.record_page_failure, place, Problem(kind=ErrorKind.GONE, text="no such page"), NOW
    )

    assert history(looks.explain_quiet, "toy.s").unread == (
        "https://toy.example/9: gone: no such page",
    )
    assert history(looks.explain_quiet, "toy.other").unread == ()
