"""What a message says, put together at the moment it is sent."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from acts import listing, suspension
from arrivals import arrive
from happenings import record

from monitor.alert.event import NoticeKind
from monitor.model import Action, Mentions, Report, Severity
from monitor.render.alert import compose_alert
from monitor.store import ALERTS, History, notices, outbox, reminders

NOW = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)
LISTED = listing(10, "Dedrone")
LEAVES = listing(11, "Epirus")
LEAVES = msgspec.structs.replace(
    LEAVES, measures=(msgspec.structs.replace(LEAVES.measures[0], action=Action.REMOVE),)
)


@pytest.mark.parametrize("acts", [(LISTED, LEAVES), (LEAVES, LISTED)], ids=["first", "last"])
def test_the_first_message_of_an_event_matters_as_much_as_the_worst_of_its_acts(
    tmp_path: Path, acts
):
    with History(tmp_path) as history:
        for number, act in enumerate(acts):
            record(history, act, NOW + number * timedelta(minutes=1))
        told = [
            history(notices.compose_notice, owed.id)
            for owed in history(outbox.list_pending, ALERTS)
            if owed.kind is not NoticeKind.DETAILS
        ]

    assert [(notice.kind, notice.in_thread, notice.severity) for notice in told] == [
        (NoticeKind.ACT, False, Severity.HIGH),
        (NoticeKind.ACT, True, Severity.NORMAL if acts[-1] is LEAVES else Severity.HIGH),
        (NoticeKind.PARENT, False, Severity.HIGH),
    ]


EXTENDED = "China extends suspension of rare earth controls, officials say"
QUIET = "What the suspension of rare earth controls means"


def on_the_day(history: History, title: str) -> list[tuple[str, str]]:
    """What the reminder of the last day says beside the day itself, where the press has printed
    this title.
    """
    report = Report(
        kind="press",
        title=title,
        publisher="Daily",
        published="2026-09-24",
        url="https://daily.example/1",
        mentions=Mentions(keys=("mofcom-2025-70",)),
    )
    arrive(history, suspension(70, "mofcom-2025-57"))
    arrive(history, suspension(70, "mofcom-2025-57"), report)
    # the tenth has begun in Beijing
    history(reminders.remind, datetime(2026, 11, 9, 17, 0, tzinfo=UTC))
    owed = next(
        owed
        for owed in history(outbox.list_pending, ALERTS)
        if ":reminder:" in owed.key and "thread" not in owed.key
    )
    return [
        (line.label, line.text)
        for line in compose_alert(history(notices.compose_notice, owed.id)).facts
    ]


def test_a_report_of_an_extension_is_told_beside_the_printed_end_as_what_it_is(tmp_path):
    with History(tmp_path) as history:
        told = on_the_day(history, EXTENDED)

    assert told[:2] == [
        (
            "End",
            "MOFCOM No. 70 of 2025: 10 Nov 2026 (Beijing); no official text of another was seen",
        ),
        ("Press", f"unconfirmed (Daily, 24 Sep 2026): “{EXTENDED}”"),
    ]


def test_a_report_that_says_nothing_of_another_end_is_not_told_there(history: History):
    assert [label for label, _ in on_the_day(history, QUIET) if label in ("End", "Press")] == []
