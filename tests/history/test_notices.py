"""What a message says, put together at the moment it is sent."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from acts import listing
from happenings import record

from monitor.alert.event import NoticeKind
from monitor.history import ALERTS, History, notices, outbox
from monitor.model import Action, Severity

NOW = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)
LISTED = listing(10, "Dedrone")
LEAVES = listing(11, "Epirus")
LEAVES = msgspec.structs.replace(LEAVES, measures=(msgspec.structs.replace(LEAVES.measures[0], action=Action.REMOVE),))


@pytest.mark.parametrize("acts", [(LISTED, LEAVES), (LEAVES, LISTED)], ids=["first", "last"])
def test_the_first_message_of_an_event_matters_as_much_as_the_worst_of_its_acts(tmp_path: Path, acts):
    with History(tmp_path) as history:
        for number, act in enumerate(acts):
            record(history, act, NOW + number * timedelta(minutes=1))
        told = [
            history(notices.notice, owed.id) for owed in history(outbox.waiting, ALERTS) if owed.kind is not NoticeKind.DETAILS
        ]

    assert [(notice.kind, notice.in_thread, notice.severity) for notice in told] == [
        (NoticeKind.ACT, False, Severity.HIGH),
        (NoticeKind.ACT, True, Severity.NORMAL if acts[-1] is LEAVES else Severity.HIGH),
        (NoticeKind.PARENT, False, Severity.HIGH),
    ]
