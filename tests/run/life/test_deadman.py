"""Over a real pipeline and its store: which cycles are good enough for the switch to be asked."""

import asyncio
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from acts import listing
from conftest import Desk

from monitor.deliver.channel import load_policies
from monitor.errors import DeliveryError, Outcome
from monitor.poll.rota import Rota
from monitor.run.life.proof import Proof, Switch
from monitor.run.life.pulse import Pulse
from monitor.store import outbox

MINUTE = timedelta(minutes=1)


class Daemon:
    """What a daemon does for a switch, step by step."""

    def __init__(self, desk: Desk, ask: Callable[[], None], rarely: float = 0.0) -> None:
        self.full = False
        self._desk, clock = desk, desk.pipeline.clock
        self.pulse = Pulse(clock.now())
        awake = clock.now()
        proof = Proof(
            desk.pipeline,
            self.pulse,
            load_policies(desk.pipeline.config),
            timetable=Rota(desk.pipeline).timetable,
            polling=set,
            is_full=lambda: self.full,
            awake=lambda: awake,
        )
        self.switch = Switch(proof, ask, rarely)

    async def cycle(self, *, polled: bool = True, looked: bool = True) -> None:
        """What is due is looked at, or not, and the ticks after it."""
        self.pulse.due(["toy.notices"], self._desk.clock.now())
        if polled:
            await self._desk.poll()
        if looked:
            self.pulse.looked("toy.notices")
        self.pulse.due([], self._desk.clock.now())
        self.pulse.tick(self._desk.clock.now())
        self.switch.after_tick()
        for task in self.switch.tasks:
            await task


class Asked:
    """An address that counts how often it was asked."""

    def __init__(self, error: DeliveryError | None = None) -> None:
        self.times = 0
        self._error = error

    def __call__(self) -> None:
        self.times += 1
        if self._error:
            raise self._error


async def test_it_is_asked_after_a_cycle_in_which_all_was_looked_at(desk: Desk, ministry):
    asked = Asked()
    daemon = Daemon(desk, asked)
    await daemon.cycle()
    await daemon.cycle()

    assert asked.times == 2


async def test_it_is_not_asked_while_anything_that_was_due_waits_to_be_looked_at(
    desk: Desk, ministry
):
    asked = Asked()
    daemon = Daemon(desk, asked)
    await daemon.cycle(looked=False)
    await daemon.cycle(looked=False)
    assert asked.times == 0

    await daemon.cycle()
    assert asked.times == 1


async def test_it_is_asked_once_a_minute_at_most(desk: Desk, ministry):
    asked = Asked()
    daemon = Daemon(desk, asked, rarely=60.0)
    for _ in range(5):
        await daemon.cycle()

    assert asked.times == 1


async def test_it_is_not_asked_while_the_disk_is_full(desk: Desk, ministry, caplog):
    asked = Asked()
    daemon = Daemon(desk, asked)
    daemon.full = True
    await daemon.cycle()
    await daemon.cycle()
    daemon.full = False
    assert asked.times == 0
    assert [
        record.getMessage().partition(": ")[2]
        for record in caplog.records
        if "no ping" in record.getMessage()
    ] == ["no ping was sent: there is no room on the disk: polls wait"]

    await daemon.cycle()
    assert asked.times == 1


async def test_it_is_not_asked_while_what_is_owed_arrives_nowhere(desk: Desk, ministry):
    asked = Asked()
    daemon = Daemon(desk, asked)
    await daemon.cycle()
    ministry.publish("10", listing(10, "Dedrone by Axon"))
    await daemon.cycle()
    assert (asked.times, len(await desk.waiting())) == (2, 1)

    desk.clock.move_to(desk.clock.now() + 20 * MINUTE)
    await daemon.cycle()
    assert asked.times == 2

    for owed in await desk.pipeline.history(outbox.list_pending, "alerts"):
        await desk.pipeline.history(outbox.mark_sent, owed.id, "there", desk.clock.now())
    await daemon.cycle()
    assert asked.times == 3


async def test_it_is_not_asked_where_no_source_at_all_is_read_well(desk: Desk, ministry):
    asked = Asked()
    daemon = Daemon(desk, asked)
    ministry.status["index"] = 503
    await daemon.cycle()
    assert asked.times == 0

    ministry.status.clear()
    await daemon.cycle()
    assert asked.times == 1


@pytest.mark.parametrize("outcome", [Outcome.UNKNOWN, Outcome.REFUSED])
async def test_one_that_fails_is_logged_and_asked_again_after_the_next_cycle(
    desk: Desk, ministry, caplog, outcome
):
    asked = Asked(DeliveryError("life.ping: answers 500", outcome=outcome))
    daemon = Daemon(desk, asked)
    await daemon.cycle()
    await daemon.cycle()

    assert asked.times == 2
    assert "life.ping: answers 500" in caplog.text


async def test_one_that_hangs_holds_up_no_tick_and_is_not_asked_twice_at_once(desk: Desk, ministry):
    begun, over, times = threading.Event(), threading.Event(), []

    def hang() -> None:
        times.append(1)
        begun.set()
        over.wait(10)

    daemon = Daemon(desk, hang)
    daemon.pulse.due([], desk.clock.now())
    await desk.poll()
    for _ in range(3):
        daemon.pulse.due([], desk.clock.now())
        daemon.pulse.tick(desk.clock.now())
        daemon.switch.after_tick()
        await asyncio.sleep(0.01)
    assert await asyncio.to_thread(begun.wait, 10)
    over.set()
    for task in daemon.switch.tasks:
        await task

    assert len(times) == 1
