"""Fills an outbox as a poll would: acts in packages, an act that suspends another, troubles of
sources.
"""

from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count, islice

from acts import control, suspension

from monitor.alert.event import NoticeKind, judge
from monitor.config import EventSettings
from monitor.model import Evidence, Problem
from monitor.source.page import Request
from monitor.store import (
    ALERTS,
    OPS,
    History,
    PageRead,
    PollEnds,
    Stamp,
    addresses,
    facts,
    outbox,
    polls,
)

NOT_ALERTS = (NoticeKind.PARENT, NoticeKind.UPDATED, NoticeKind.DIGEST, NoticeKind.DETAILS)
START = datetime(2025, 10, 9, 1, tzinfo=UTC)
ADDRESS = "https://ministry.example/acts"


class Desk:
    """What was found, day by day; each call of `owe` goes on where the last one ended."""

    def __init__(self) -> None:
        self._acts = self._found()
        self._days = count()
        self._now = START

    def owe(self, history: History, acts: int, troubles: int) -> None:
        """Record acts, of which four owe five messages and two edits, and troubles, each of
        a source of its own, which owes one message.
        """
        (place,) = history(
            addresses.take_up, "toy.notices", [Request(ADDRESS)], "toy.notice", self._now
        )
        for act, later in islice(self._acts, acts):
            self._now += later
            evidence = Evidence(
                url=f"{ADDRESS}/{act.key}", sha256="a" * 64, fetched_at=self._now.isoformat()
            )
            decide = partial(
                judge, authority=act.authority, now=self._now, silent=False, windows=EventSettings()
            )
            history(
                facts.record_page,
                place,
                PageRead((act,), (), evidence, Stamp("a" * 64)),
                decide,
                self._now,
            )
        for day in islice(self._days, troubles):
            found = Problem(kind="server", text=f"day {day}")
            moment = START + timedelta(days=day)
            history(polls.end, [PollEnds(f"toy.place{day}", found, moment, patience=timedelta(0))])

    def _found(self):
        """Three acts of one package, then one that suspends the first: five messages and two
        edits for four acts.
        """
        for number in count(1, 4):
            for act in (
                control(number, "1C909.a"),
                control(number + 1, "3A001"),
                control(number + 2, "5A001"),
            ):
                yield act, timedelta(minutes=1)
            yield suspension(number + 3, f"mofcom-2025-{number}"), timedelta(days=1)


def waiting(history: History, destination: str) -> list[str]:
    """The keys of the messages that wait, in their order; neither an edit nor a digest is one,
    nor the details of one.
    """
    return [
        owed.key
        for owed in history(outbox.list_pending, destination)
        if owed.kind not in NOT_ALERTS
    ]


def owed(history: History) -> dict[str, list[str]]:
    return {destination: waiting(history, destination) for destination in (ALERTS, OPS)}
