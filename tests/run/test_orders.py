"""What other commands have the daemon do: at once, and whoever delivers is woken where something may be owed for it."""

import asyncio
from datetime import date

import pytest

from monitor.errors import ConfigError, MonitorError, StoreError
from monitor.poll.outcome import Outcome
from monitor.run import daemon as ours
from monitor.run.control import Muting, Poll, Polled
from monitor.run.daemon import Daemon
from monitor.store import mutes


class Ours(Daemon):
    """A daemon that notes what it begins, whom it wakes and what it meets."""

    def __init__(self, desk) -> None:
        super().__init__(desk.pipeline, {})
        self.begun: list[tuple[str, date | None]] = []
        self.woken = 0
        self.met: list[BaseException] = []

    def _begin(self, source, pipeline) -> asyncio.Task[Outcome]:
        self.begun.append((source.id, pipeline.since))

        async def polled() -> Outcome:
            return Outcome(source, baseline=True)

        return asyncio.ensure_future(polled())

    def _wake(self) -> None:
        self.woken += 1

    def _met(self, error: BaseException) -> None:
        self.met.append(error)


async def test_those_sources_are_polled_that_are_asked_for_and_nobody_is_woken_for_it(desk):
    daemon = Ours(desk)
    answered = await daemon.answer(Poll(sources=("toy.notices",), since="2025-10-09"))

    assert answered == [Polled("toy.notices", baseline=True)]
    assert (daemon.begun, daemon.woken) == ([("toy.notices", date(2025, 10, 9))], 0)


async def test_all_are_polled_where_all_are_asked_for_and_else_what_is_due(desk):
    await desk.poll(source="rolls.roll")
    daemon = Ours(desk)
    await daemon.answer(Poll())
    due = {source for source, since in daemon.begun if since is None}
    await daemon.answer(Poll(all=True))
    every = {source for source, _ in daemon.begun[len(due) :]}

    assert every - due == {"rolls.roll"}
    assert due < every


async def test_a_source_is_muted_and_heard_again_and_those_who_deliver_are_woken(desk):
    daemon = Ours(desk)
    assert await daemon.answer(Poll(mute=Muting("toy.notices", "Li Wei", "3 days"))) == []
    muted = await desk.pipeline.history(mutes.list_active_mutes, desk.clock.now())
    await daemon.answer(Poll(mute=Muting("toy.notices", "Li Wei")))

    assert [(mute.source, mute.by) for mute in muted] == [("toy.notices", "Li Wei")]
    assert await desk.pipeline.history(mutes.list_active_mutes, desk.clock.now()) == []
    assert (daemon.woken, daemon.begun) == (2, [])


async def test_what_can_not_be_done_wakes_nobody_and_is_no_error_of_the_store(desk):
    daemon = Ours(desk)
    with pytest.raises(MonitorError, match="is not muted"):
        await daemon.answer(Poll(mute=Muting("toy.notices", "Li Wei")))
    with pytest.raises(ConfigError, match=r"no.such"):
        await daemon.answer(Poll(sources=("no.such",), release=True))

    assert (daemon.woken, daemon.met, daemon.begun) == (0, [], [])


async def test_the_daemon_learns_of_a_store_that_fails_from_whoever_asked(desk, monkeypatch):
    async def fails(*_: object) -> None:
        raise StoreError("the disk is gone")

    monkeypatch.setattr(ours.control, "apply_mute_order", fails)
    daemon = Ours(desk)
    with pytest.raises(StoreError, match="the disk is gone"):
        await daemon.answer(Poll(mute=Muting("toy.notices", "Li Wei", "3 days")))

    assert [str(error) for error in daemon.met] == ["the disk is gone"]
