"""A worker's jobs, which are polls. A cancelled one is run again, by any worker."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from monitor.errors import MonitorError
from monitor.poll.assembly import poll
from monitor.poll.outcome import AGAIN, Outcome
from monitor.poll.poll import Pipeline
from monitor.poll.rota import REST, Rota
from monitor.run.work.holding import Holding
from monitor.run.work.queue import Jobs
from monitor.source.scraper import Source
from monitor.store import addresses

AT_ONCE = timedelta()
ELSEWHERE = timedelta(seconds=10)  # until a source is tried again that another worker has

Met = Callable[[BaseException], None]
log = logging.getLogger(__name__)


@dataclass
class UnderWay:
    """The running jobs, by name."""

    tasks: dict[str, asyncio.Task[Any]] = field(default_factory=dict)

    async def do(self, name: str, work: Coroutine[Any, Any, timedelta | None]) -> timedelta | None:
        """Return the result of `work`, or, if it was cancelled, that it must run again at once."""
        if name in self.tasks:
            work.close()
            return ELSEWHERE
        task = self.tasks[name] = asyncio.get_running_loop().create_task(work)
        try:
            await asyncio.wait({task})
        finally:
            task.cancel()
            del self.tasks[name]
        return AT_ONCE if task.cancelled() else task.result()

    def cut(self) -> None:
        """Cancel all tasks."""
        for task in self.tasks.values():
            task.cancel()


@dataclass
class Polling:
    """Polls sources. `ended` gets each poll and its duration in seconds, `met` each error of the
    store.
    """

    pipeline: Pipeline
    holding: Holding
    ended: Callable[[Outcome, float], None]
    met: Met
    under_way: UnderWay = field(default_factory=UnderWay)

    @cached_property
    def _sources(self) -> Mapping[str, Source]:
        return {source.id: source for source in self.pipeline.registry.sources}

    async def __call__(self, name: str) -> timedelta | None:
        """Poll this source, unless another worker does; after how long it is to be done again,
        if it is.
        """
        source = self._sources.get(name)
        if source is None:
            log.warning(
                "%s: queued by a worker with another config.toml; give all workers the same", name
            )
            return None
        return await self.under_way.do(name, self._poll(source))

    async def _poll(self, source: Source) -> timedelta | None:
        began = time.monotonic()
        try:
            async with self.holding.source(source.id) as is_ours:
                if not is_ours:
                    return ELSEWHERE
                outcome = await poll(self.pipeline, source)
        except MonitorError as error:
            self.met(error)
            return REST
        self.ended(outcome, time.monotonic() - began)
        if outcome.full:
            self.met(outcome.full)
        if not outcome.recorded:
            return REST
        return AGAIN if outcome.again else None


# Decides what is due for all workers: the elected one keeps the timetable, and reads the polls from
# the history.

POLLS, DELIVERIES, ROUNDS = "polls", "deliveries", "rounds"
QUEUES = (POLLS, DELIVERIES, ROUNDS)
MOST = 5_000  # sources given out in one tick
# that another machine's clock, or the writing of what it found, may lag
BEHIND = timedelta(minutes=1)
CHECKED = timedelta(minutes=1)  # between two looks for work that was given out and is nowhere


class Scheduler:
    """Handle a tick, while its process is elected."""

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
        now, timetable = self._pipeline.now, await self.rota.timetable()
        checks = self._checked is None or not timedelta() <= now - self._checked < CHECKED
        since = None if checks or self._heard is None else self._heard - BEHIND
        tried = await self._pipeline.history(addresses.load_last_polls, since)
        looked = [name for name, how in tried.items() if timetable.heard(name, how, now)]
        self._heard = now
        # a job that neither waits nor runs is queued again: its worker or the queue was lost
        if checks:
            self._checked = now
            await queue.forget()
            await queue.put(POLLS, sorted(timetable.under_way))
        await queue.put(POLLS, [source.id for source in timetable.due(now, MOST)])
        return looked
