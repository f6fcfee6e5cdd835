"""What other commands ask of the daemon is done by it, on record."""

import pytest
from acts import listing
from clicks import asked

from monitor.errors import MonitorError
from monitor.history import History
from monitor.pipeline.control import Poll
from monitor.pipeline.orders import Orders
from monitor.triage.values import Verb


async def test_the_daemon_does_what_a_command_asks_and_wakes_those_who_deliver(desk, ministry):
    woken: list[bool] = []
    orders = Orders(desk.pipeline, begin=None, wake=lambda: woken.append(True), met=None)
    await desk.poll()
    ministry.publish("10", listing(10, "Halifax Forum"))
    await desk.poll()
    await orders.answer(Poll(triage=asked(Verb.TAKE)))
    with pytest.raises(MonitorError, match="say what was decided"):
        await orders.answer(Poll(triage=asked(Verb.DONE)))
    done = await desk.pipeline.history(History.handlings)

    assert woken == [True]
    assert [(each.verb, each.by, each.refused) for each in done] == [
        (Verb.TAKE, "Li Wei", ""),
        (Verb.DONE, "Li Wei", "say what was decided"),
    ]
