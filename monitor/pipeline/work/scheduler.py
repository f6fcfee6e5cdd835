"""Says what is due, for all workers: whoever is elected keeps the daemon's timetable, and hears from the history who looked."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from monitor.history import addresses, outbox
from monitor.pipeline.poll import Pipeline
from monitor.pipeline.rota import Rota
from monitor.pipeline.work.queue import Jobs

POLLS, DELIVERIES, ROUNDS = "polls", "deliveries", "rounds"
QUEUES = (POLLS, DELIVERIES, ROUNDS)
MOST = 5_000  # sources given out in one tick
BEHIND = timedelta(minutes=1)  # that another machine's clock, or the writing of what it found, may lag
CHECKED = timedelta(minutes=1)  # between two looks for work that was given out and is nowhere


class Scheduler:
    """To be told of each tick, for as long as its process is elected."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self.rota = Rota(pipeline)
        self._heard: datetime | None = None
        self._checked: datetime | None = None

    async def tick(self, queue: Jobs) -> Sequence[str]:
        """Give out what is due; which sources were looked at since the last tick.

        Raises:
            StoreError: history or queue can't be used.
        """
        now, timetable = self._pipeline.clock.now(), await self.rota.timetable()
        checks = self._checked is None or not timedelta() <= now - self._checked < CHECKED
        since = None if checks or self._heard is None else self._heard - BEHIND
        tried = await self._pipeline.history(addresses.tried, since)
        looked = [name for name, how in tried.items() if timetable.heard(name, how, now)]
        self._heard = now
        if checks:  # what neither waits nor is being done is given out anew: its worker or the queue was lost
            self._checked = now
            await queue.forget()
            await queue.put(POLLS, sorted(timetable.under_way))
        await queue.put(POLLS, [source.id for source in timetable.due(now, MOST)])
        await queue.put(DELIVERIES, deliveries(await self._pipeline.history(outbox.destinations_owed), now))
        return looked


def deliveries(owing: Sequence[str], now: datetime) -> list[str]:
    """The keys of deliveries to these destinations, another one each second: who has a destination is settled by a lock, so that
    nothing waits for a worker that died.
    """
    return [f"{name} {now.timestamp():.0f}" for name in owing]


def destination_of(key: str) -> str:
    """Where what a delivery of this key is about goes."""
    return key.rpartition(" ")[0]
