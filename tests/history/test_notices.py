"""What a message says, put together at the moment it is sent."""

import msgspec
import pytest
from acts import listing

from monitor.alert.event import NoticeKind
from monitor.history import ALERTS, History
from monitor.model import Action, Severity

LISTED = listing(10, "Dedrone")
LEAVES = listing(11, "Epirus")
LEAVES = msgspec.structs.replace(LEAVES, measures=(msgspec.structs.replace(LEAVES.measures[0], action=Action.REMOVE),))


@pytest.mark.parametrize("acts", [(LISTED, LEAVES), (LEAVES, LISTED)], ids=["first", "last"])
async def test_the_first_message_of_an_event_matters_as_much_as_the_worst_of_its_acts(desk, ministry, acts):
    await desk.poll()
    for act in acts:
        ministry.publish(act.key, act)
    await desk.poll()

    notices = [await desk.pipeline.history(History.notice, owed) for owed in await desk.waiting(ALERTS)]
    assert [(notice.kind, notice.in_thread, notice.severity) for notice in notices] == [
        (NoticeKind.ACT, False, Severity.HIGH),
        (NoticeKind.ACT, True, Severity.NORMAL if acts[-1] is LEAVES else Severity.HIGH),
        (NoticeKind.PARENT, False, Severity.HIGH),
    ]
