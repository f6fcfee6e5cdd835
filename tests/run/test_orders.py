"""What other commands have the daemon do: at once, and whoever delivers is woken where something
may be owed for it.
"""

import asyncio
from datetime import date
from uuid import uuid4

import pytest

from monitor.config.stores import Store
from monitor.errors import ConfigError, MonitorError, StoreError
from monitor.poll.outcome import Outcome
from monitor.run import dispatch, record
from monitor.run.control import SOCKET, Polled, Reply, serve_control
from monitor.run.daemon import Daemon
from monitor.run.orders import MuteOrder, Order, PollOrder, ReleaseOrder
from monitor.run.record import record_screening
from monitor.store import mutes, screenings
from monitor.store.lock import Lock
from monitor.store.screenings import ScreeningOrder
from monitor.triage.values import Person

ORDER = ScreeningOrder(
    person=Person("login:ana", "Ana"),
    via="command line",
    packed=screenings.pack_answers("{}", []),
)


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

    def _handle_error(self, error: BaseException) -> None:
        self.met.append(error)


async def test_those_sources_are_polled_that_are_asked_for_and_nobody_is_woken_for_it(desk):
    daemon = Ours(desk)
    answered = await daemon.answer(PollOrder(sources=("toy.notices",), since=date(2025, 10, 9)))

    assert answered == Reply((Polled("toy.notices", baseline=True),))
    assert (daemon.begun, daemon.woken) == ([("toy.notices", date(2025, 10, 9))], 0)


class Slow(Daemon):
    """A daemon whose polls last until they are let go."""

    def __init__(self, desk) -> None:
        super().__init__(desk.pipeline, {})
        self.polled: list[date | None] = []
        self.begun, self.go = asyncio.Event(), asyncio.Event()

    async def _poll(self, source, pipeline) -> Outcome:
        self.polled.append(pipeline.since)
        self.begun.set()
        await self.go.wait()
        return Outcome(source)


async def test_a_poll_since_a_day_is_made_also_of_a_source_that_is_being_polled(desk):
    daemon = Slow(desk)
    running = asyncio.create_task(daemon.answer(PollOrder(sources=("toy.notices",))))
    await daemon.begun.wait()
    ordered = asyncio.create_task(
        daemon.answer(PollOrder(sources=("toy.notices",), since=date(2025, 10, 9)))
    )
    joined = asyncio.create_task(daemon.answer(PollOrder(sources=("toy.notices",))))
    daemon.go.set()
    await asyncio.gather(running, ordered, joined)

    assert daemon.polled == [None, date(2025, 10, 9)]


async def test_all_are_polled_where_all_are_asked_for_and_else_what_is_due(desk):
    await desk.poll(source="rolls.roll")
    daemon = Ours(desk)
    await daemon.answer(PollOrder())
    due = {source for source, since in daemon.begun if since is None}
    await daemon.answer(PollOrder(all=True))
    every = {source for source, _ in daemon.begun[len(due) :]}

    assert every - due == {"rolls.roll"}
    assert due < every


async def test_a_source_is_muted_and_heard_again_and_those_who_deliver_are_woken(desk):
    daemon = Ours(desk)
    assert await daemon.answer(MuteOrder("toy.notices", "Li Wei", "3 days")) == Reply()
    muted = await desk.pipeline.history(mutes.list_source_mutes, desk.clock.now())
    await daemon.answer(MuteOrder("toy.notices", "Li Wei"))

    assert [(mute.source, mute.by) for mute in muted] == [("toy.notices", "Li Wei")]
    assert await desk.pipeline.history(mutes.list_source_mutes, desk.clock.now()) == []
    assert (daemon.woken, daemon.begun) == (2, [])


async def test_a_screening_of_any_size_is_kept_by_the_monitor_that_holds_the_store(desk, tmp_path):
    answers = screenings.pack_answers(
        "{}", [f'{{"asked":[],"{uuid4()}":""}}' for _ in range(5_000)]
    )
    order = ScreeningOrder(person=Person("login:ana", "Ana"), via="command line", packed=answers)
    with Lock(tmp_path / "store"):
        async with serve_control(tmp_path / "store" / SOCKET, Ours(desk).answer):
            number = await asyncio.to_thread(record_screening, Store.of(tmp_path / "store"), order)
    kept = await desk.pipeline.history.run(
        lambda history: [*history.walk(screenings.iterate_screenings)]
    )

    assert len(answers) > 64 * 1024
    assert [(one.number, one.by, len(one.answers), one.is_sound) for one in kept] == [
        (number, "Ana", 5_000, True)
    ]


async def test_nobody_waits_for_ever_for_one_that_stands_still(desk, tmp_path, monkeypatch):
    over = asyncio.Event()

    async def never(_: Order) -> Reply:
        await over.wait()
        return Reply()

    monkeypatch.setattr(record, "PATIENCE", 0.2)
    with Lock(tmp_path / "store"):
        async with serve_control(tmp_path / "store" / SOCKET, never):
            with pytest.raises(MonitorError, match="does not answer within"):
                await asyncio.to_thread(record_screening, Store.of(tmp_path / "store"), ORDER)
            over.set()


async def test_what_can_not_be_done_wakes_nobody_and_is_no_error_of_the_store(desk):
    daemon = Ours(desk)
    with pytest.raises(MonitorError, match="is not muted"):
        await daemon.answer(MuteOrder("toy.notices", "Li Wei"))
    with pytest.raises(ConfigError, match=r"no.such"):
        await daemon.answer(ReleaseOrder(("no.such",)))

    assert (daemon.woken, daemon.met, daemon.begun) == (0, [], [])


async def test_the_daemon_learns_of_a_store_that_fails_from_whoever_asked(desk, monkeypatch):
    async def fails(*_: object) -> None:
        raise StoreError("the disk is gone")

    monkeypatch.setattr(dispatch, "apply_mute_order", fails)
    daemon = Ours(desk)
    with pytest.raises(StoreError, match="the disk is gone"):
        await daemon.answer(MuteOrder("toy.notices", "Li Wei", "3 days"))

    assert [str(error) for error in daemon.met] == ["the disk is gone"]
