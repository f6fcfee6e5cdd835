"""The machine's clock is set, or the machine sleeps: every source is looked at again within its
interval and a minute.
"""

import asyncio
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from examples import long, sweep
from polling import ended, under_way

from monitor.poll.assembly import poll
from monitor.run.daemon import TICK, Daemon
from monitor.run.signals import Signals
from monitor.source.page import Request
from monitor.store import addresses

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
INTERVAL = 5 * MINUTE
TO_1970 = datetime(1970, 1, 2, tzinfo=UTC) - datetime(2025, 10, 9, tzinfo=UTC)


class WallClock:
    """A clock that somebody sets; `passed` is the time that has really gone by."""

    def __init__(self, begins: datetime) -> None:
        self._begins = begins
        self.passed = timedelta()
        self.set_by = timedelta()

    def now(self) -> datetime:
        return self._begins + self.passed + self.set_by

    async def sleep(self, seconds: float) -> None:
        self.passed += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> WallClock:
    return WallClock(datetime(2025, 10, 9, 1, 0, tzinfo=UTC))


def many(desk, number: int) -> None:
    """So many sources of one ministry, each with an index of its own."""
    pattern = desk.pipeline.registry.source("toy.notices")
    desk.pipeline.registry.__dict__["sources"] = [
        replace(
            pattern, id=f"toy.s{at}", request=Request(f"{pattern.request.url}?{at}"), every=INTERVAL
        )
        for at in range(number)
    ]


@pytest.fixture
def looks(clock, monkeypatch) -> list[tuple[str, timedelta]]:
    """Each source that is looked at, and when that was by the time that really passed."""
    begun = []

    async def noted(pipeline, source):
        begun.append((source.id, clock.passed))
        return await poll(pipeline, source)

    monkeypatch.setattr("monitor.run.daemon.poll", noted)
    return begun


async def ticks(daemon: Daemon, clock: WallClock, lasting: timedelta) -> None:
    """So many ticks, each over with all that it began."""
    for _ in range(lasting // TICK):
        await daemon.tick()
        await ended(daemon)
        clock.passed += TICK


@pytest.mark.parametrize(
    "jump", [-HOUR, *long(HOUR, TO_1970), *sweep(timedelta(days=400), 3 * MINUTE, -3 * MINUTE)]
)
async def test_after_the_clock_was_set_the_next_look_is_no_later_than_an_interval_and_a_minute(
    desk, clock, looks, jump: timedelta
):
    many(desk, 3)
    daemon = Daemon(desk.pipeline, {})
    await ticks(daemon, clock, 2 * INTERVAL)
    clock.set_by += jump
    await ticks(daemon, clock, 4 * INTERVAL)

    for name in ("toy.s0", "toy.s1", "toy.s2"):
        moments = [at for source, at in looks if source == name]
        gaps = [later - earlier for earlier, later in pairwise(moments)]
        assert max([*gaps, clock.passed - moments[-1]]) <= INTERVAL + MINUTE
        # nor does a source come again and again
        assert len(moments) <= clock.passed / (INTERVAL * 0.9) + 2


async def test_after_eight_hours_of_sleep_each_of_fifty_sources_is_looked_at_once_and_never_all_together(
    desk, clock, looks
):
    many(desk, 50)
    daemon = Daemon(desk.pipeline, {})
    await ticks(daemon, clock, 2 * INTERVAL)
    clock.passed += 8 * HOUR
    woken = clock.passed
    looks.clear()

    await ticks(daemon, clock, 90 * timedelta(seconds=1))

    assert Counter(name for name, _ in looks) == Counter(
        source.id for source in desk.pipeline.registry.sources
    )
    assert max(at for _, at in looks) - woken <= MINUTE + TICK
    assert max(Counter(at for _, at in looks).values()) <= 6


@pytest.mark.long
async def test_a_start_after_eight_hours_is_spread_as_well(open_desk, clock, looks):
    async with open_desk() as desk:
        many(desk, 50)
        await ticks(Daemon(desk.pipeline, {}), clock, 2 * INTERVAL)
    clock.passed += 8 * HOUR
    looks.clear()
    async with open_desk() as desk:
        many(desk, 50)
        await ticks(Daemon(desk.pipeline, {}), clock, 90 * timedelta(seconds=1))

    assert len(looks) == 50
    assert max(Counter(at for _, at in looks).values()) <= 6


class Machine:
    """The clocks of a machine: the one on its wall can be set."""

    monotonic = staticmethod(time.monotonic)

    def __init__(self) -> None:
        self.set_by = 0.0
        self.reads = asyncio.Queue[None]()

    def time(self) -> float:
        self.reads.put_nowait(None)
        return 1_760_000_000 + time.monotonic() + self.set_by

    async def is_read_again(self) -> None:
        """Wait until somebody has seen what was set before."""
        while not self.reads.empty():
            self.reads.get_nowait()
        await asyncio.wait_for(self.reads.get(), 30)


async def test_a_clock_that_is_set_is_said_to_have_jumped_once_and_one_that_goes_on_is_not(
    desk, tmp_path, monkeypatch, caplog
):
    machine, signals = Machine(), Signals()
    monkeypatch.setattr("monitor.run.daemon.time", machine)
    monkeypatch.setattr("monitor.run.daemon.JUMP", 0.3)
    many(desk, 0)
    working = asyncio.create_task(
        Daemon(desk.pipeline, {}, signals).run(tmp_path / "socket", lambda: None)
    )
    told = []
    for hours in (0, 0, -1, 0, 2):
        machine.set_by += 3600 * hours
        await machine.is_read_again()
        told.append(
            [record.getMessage() for record in caplog.records if "jumped" in record.getMessage()]
        )
    signals.end()
    await working

    first, second = "the clock jumped by -3600 s", "the clock jumped by +7200 s"
    assert told == [[], [], [first], [first], [first, second]]


async def test_at_a_start_no_more_polls_run_than_may_be_held_in_memory(desk, clock, monkeypatch):
    monkeypatch.setattr("monitor.poll.rota.MOST_POLLS", 7)
    many(desk, 40)
    daemon = Daemon(desk.pipeline, {})
    most = 0
    for _ in range(40):
        await daemon.tick()
        most = max(most, len(under_way(daemon)))
        await ended(daemon)
        clock.passed += TICK

    assert most <= 7
    assert (
        len(await desk.pipeline.history.run(lambda history: history(addresses.load_last_polls)))
        == 40
    )
