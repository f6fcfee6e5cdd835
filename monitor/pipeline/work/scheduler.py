"""Says what is due, for all workers: whoever is elected keeps the daemon's timetable, and hears from the history who looked."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from monitor.history import History
from monitor.pipeline.poll import Pipeline
from monitor.pipeline.rota import Rota
from monitor.pipeline.round import up_to
from monitor.source.timetable import Timetable

POLLS, DELIVERIES, ROUNDS = "polls", "deliveries", "rounds"
QUEUES = (POLLS, DELIVERIES, ROUNDS)
MOST = 5_000  # sources given out in one tick
BEHIND = timedelta(minutes=1)  # that another machine's clock, or the writing of what it found, may lag
CHECKED = timedelta(minutes=1)  # between two looks for work that was given out and is nowhere
FORGOTTEN = timedelta(minutes=10)  # between two ends of what the queue keeps of work that is done


class Queue(Protocol):
    """Where work is given out; of two pieces with one key there is one."""

    async def put(self, kind: str, keys: Sequence[str], text: str = "") -> None:
        """Have these done."""
        ...

    async def known(self, kind: str) -> set[str]:
        """The keys of what waits or is being done."""
        ...

    async def forget(self) -> None:
        """Keep nothing of what is done."""
        ...


class Round(msgspec.Struct, frozen=True):
    """What whoever makes a round is told: since when all have been awake, if silence is to be looked for, and whether all that
    was due has been looked at.
    """

    awake: datetime | None
    is_caught_up: bool


class Scheduler:
    """To be told of each tick, for as long as its process is elected."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self.rota = Rota(pipeline)
        self._heard: datetime | None = None
        self._checked: datetime | None = None
        self._forgot: datetime | None = None

    async def tick(self, queue: Queue) -> Sequence[str]:
        """Give out what is due; which sources were looked at since the last tick.

        Raises:
            StoreError: history or queue can't be used.
        """
        now = self._pipeline.clock.now()
        awake = await self.rota.ticked()
        timetable = await self.rota.timetable()
        looked = await self._hear(timetable, now)
        if _is_time(self._checked, CHECKED, now):
            await self._find_lost(queue, timetable, now)
        await queue.put(POLLS, [source.id for source in timetable.due(now, MOST)])
        await queue.put(DELIVERIES, deliveries(await self._pipeline.history(History.owing), now))
        told = Round(awake if self.rota.looks_for_silence() else None, up_to(timetable, self._pipeline))
        await queue.put(ROUNDS, [ROUNDS], msgspec.json.encode(told).decode())
        if _is_time(self._forgot, FORGOTTEN, now):
            self._forgot = now
            await queue.forget()
        return looked

    async def _hear(self, timetable: Timetable, now: datetime, *, of_all: bool = False) -> Sequence[str]:
        since = None if of_all or self._heard is None else self._heard - BEHIND
        tried = await self._pipeline.history(History.tried, since)
        self._heard = now
        return [name for name, how in tried.items() if timetable.heard(name, how, now)]

    async def _find_lost(self, queue: Queue, timetable: Timetable, now: datetime) -> None:
        """What was given out, and neither waits nor was looked at, is due anew: its worker or the queue was lost."""
        self._checked = now
        known = await queue.known(POLLS)  # first: of what ends after this the history says more than the queue
        await self._hear(timetable, now, of_all=True)
        for name in [*timetable.under_way]:
            if name not in known:
                timetable.rest(name, now)


def deliveries(owing: Sequence[str], now: datetime) -> list[str]:
    """The keys of deliveries to these destinations, another one each second: who has a destination is settled by its claim, so
    that nothing waits for a worker that died.
    """
    return [f"{name} {now.timestamp():.0f}" for name in owing]


def destination_of(key: str) -> str:
    """Where what a delivery of this key is about goes."""
    return key.rpartition(" ")[0]


def _is_time(before: datetime | None, period: timedelta, now: datetime) -> bool:
    return before is None or not timedelta() <= now - before < period
