"""One of the processes that work on one history: takes polls, deliveries and rounds from a queue until it is told to stop.

All that it has begun and not finished when it dies, or loses the database, is taken up by another.
"""

import asyncio
import logging
import os
import socket
from collections.abc import Callable, Collection, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, TypeVar

from monitor.config.events import Happened, happened
from monitor.deliver import Channel
from monitor.deliver.checking import check
from monitor.deliver.destinations import policies
from monitor.deliver.ping import address, ping
from monitor.errors import MonitorError, StoreAway, StoreBroken, StoreFull
from monitor.history import History, Worker
from monitor.history.jobs import Handler, Jobs
from monitor.history.shared import Shared
from monitor.history.threaded import have_names_ready
from monitor.pipeline.desk import keep_hearing
from monitor.pipeline.life import systemd
from monitor.pipeline.life.answers import Answers
from monitor.pipeline.life.deadman import Switch
from monitor.pipeline.life.listener import Listener
from monitor.pipeline.life.proof import Proof
from monitor.pipeline.life.pulse import Pulse
from monitor.pipeline.life.renewal import cut_off, until_told
from monitor.pipeline.outcome import Outcome, log_outcome
from monitor.pipeline.poll import Pipeline
from monitor.pipeline.room import Room
from monitor.pipeline.rota import MOST_POLLS
from monitor.pipeline.signals import Signals
from monitor.pipeline.upkeep import Upkeep
from monitor.pipeline.watchdog import watchdog
from monitor.pipeline.work.absence import Absence
from monitor.pipeline.work.holding import Holding
from monitor.pipeline.work.rounds import Rounds
from monitor.pipeline.work.scheduler import DELIVERIES, POLLS, QUEUES, ROUNDS, Scheduler, deliveries
from monitor.pipeline.work.tasks import Delivering, Polling
from monitor.source.timetable import Timetable

log = logging.getLogger(__name__)

TICK = timedelta(seconds=5)
FAREWELL = 10.0  # seconds in which what is cut off at the end is given back

Renewed = TypeVar("Renewed")


@dataclass
class WorkerProcess:
    """Works on what is in these `queues`. Made inside the running event loop. `began` is when its process did."""

    pipeline: Pipeline
    channels: Mapping[str, Channel]
    database: str
    holding: Holding
    queues: Collection[str] = QUEUES
    signals: Signals = field(default_factory=Signals)
    began: datetime | None = None
    _scheduler: Scheduler | None = None
    _hearing: asyncio.Task[None] | None = None
    _broken: StoreBroken | None = None

    def __post_init__(self) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self._ending, self._owed = asyncio.Event(), asyncio.Event()
        self._lost: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        pipeline, ways = self.pipeline, policies(self.pipeline.config)
        self._room, self._absence = Room(pipeline.history, pipeline.clock), Absence(pipeline.clock)
        self._polling = Polling(pipeline, self.holding, self._ended, self._met)
        self._delivering = Delivering(pipeline, self.holding, self.channels, ways, self._owed.set, self._met)
        self._rounds = Rounds(pipeline, self.channels, self._owed.set, self._met)
        self.pulse = Pulse(self.began or pipeline.clock.now())
        self.proof = Proof(
            pipeline,
            self.pulse,
            ways,
            timetable=self._timetable,
            polling=lambda: self._polling.under_way.names,
            is_full=lambda: self._room.is_full,
            awake=lambda: (self._scheduler and self._scheduler.rota.awake) or self.pulse.began,
        )

    @cached_property
    def _upkeep(self) -> Upkeep:
        pipeline = self.pipeline
        return Upkeep(pipeline.history, pipeline.archive, pipeline.clock, pipeline.config.upkeep.keep)

    @cached_property
    def _switch(self) -> Switch | None:
        config = self.pipeline.config
        url = address(config)
        return Switch(self.proof, lambda: ping(url, config.fetch.name)) if url else None

    async def _timetable(self) -> Timetable:
        """Of the one that is elected; the others know of nothing that is due."""
        return await self._scheduler.rota.timetable() if self._scheduler else Timetable((), {}, self.pipeline.clock.now())

    async def run(self, settings: Callable[[], Renewed]) -> Renewed | None:
        """Work until told to stop, or to go on with other `settings`: then they are the answer, read when that was told.

        Raises:
            StoreBroken: the store can't be relied on any more.
        """
        loop = asyncio.get_running_loop()
        beating = systemd.keep_beating(TICK.total_seconds(), lambda: self.pulse.goes_on or self._waits)
        checking = check(self.pipeline.history, self.channels, self.pipeline.clock)
        beside = [loop.create_task(coroutine) for coroutine in (checking, beating, *self._listeners())]
        for task in beside:
            task.add_done_callback(self._ended_early)
        working = loop.create_task(self._work())
        working.add_done_callback(self._ended_early)
        try:
            async with watchdog():
                systemd.ready(self.proof.status())
                renewed = await until_told(self.signals, settings, self.proof.status)
        finally:
            if self.signals.stop:
                systemd.stopping()
            self._ending.set()
            await asyncio.wait({working})
            await cut_off([*beside, *([self._hearing] if self._hearing else ()), *(self._switch.tasks if self._switch else ())])
            with suppress(StoreAway):
                await self.holding(Shared.gone, self.name)
            happened(Happened.STOPPED)
        if self._broken:
            raise self._broken
        return renewed

    @property
    def _waits(self) -> bool:
        """Whether there is a reason not to work that a new start would not mend."""
        return self._room.is_full or self._absence.is_away

    def _listeners(self) -> Sequence[Coroutine[None, None, None]]:
        place = self.pipeline.config.life.listen
        return [Listener(Answers(self.proof).by_path).keep_listening(place)] if place else []

    async def _work(self) -> None:
        """Work whenever the database answers, until the end."""
        while not self._ending.is_set():
            try:
                jobs = await Jobs.opened(self.database)
                try:
                    await self._session(jobs)
                finally:
                    await jobs.aclose()
            except StoreAway as error:
                await self._pause(self._absence.noticed(error))
            except Exception as error:  # noqa: BLE001 - a worker that stands still would hold up nobody, and do nothing
                self._met(error)
                await self._pause(TICK.total_seconds())

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._ending.wait()

    async def _session(self, jobs: Jobs) -> None:
        """Work until the end, or until the database goes away: all that is under way is cut off then, and done by others.

        Raises:
            StoreAway: it did.
        """
        loop = asyncio.get_running_loop()
        self._lost = loop.create_future()
        serving = loop.create_task(jobs.work(self._handlers, MOST_POLLS))
        tasks = [serving, *map(loop.create_task, (self._tick_on(jobs), self._wake_on(jobs), self._ending_waited()))]
        try:
            await asyncio.wait({*tasks, self._lost}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            jobs.stop()
            self._polling.under_way.cut()
            self._delivering.under_way.cut()
            await asyncio.wait({serving}, timeout=FAREWELL)
            self._lost.cancel()
            await cut_off(tasks)
        for task in (self._lost, *tasks):
            if task.done() and not task.cancelled() and (error := task.exception()):
                raise error

    async def _ending_waited(self) -> None:
        await self._ending.wait()

    @cached_property
    def _handlers(self) -> Mapping[str, Handler]:
        every: Mapping[str, Handler] = {POLLS: self._polling, DELIVERIES: self._delivering, ROUNDS: self._rounds}
        return {queue: handler for queue, handler in every.items() if queue in self.queues}

    async def _tick_on(self, jobs: Jobs) -> None:
        while True:
            await self.tick(jobs)
            await asyncio.sleep(TICK.total_seconds())

    async def tick(self, jobs: Jobs) -> None:
        """Say that we live, take up the watch list; whoever is elected gives out what is due.

        Raises:
            StoreAway: the database does not answer.
        """
        try:
            await self._absence.over(self.pipeline.history)
            if await self._room.again():
                await self._step(jobs)
        except StoreAway:
            raise
        except MonitorError as error:
            self.pulse.stumbled()
            self._met(error)
        else:
            self.pulse.tick(self.pipeline.clock.now())
            if self._switch and self._scheduler:
                self._switch.after_tick()
        systemd.works(self.proof.status())

    async def _step(self, jobs: Jobs) -> None:
        pipeline, polling = self.pipeline, self._polling.under_way.names
        if pipeline.watching:
            await pipeline.watching.refresh(pipeline.history, pipeline.clock.now())
        await self._stand()
        if self._scheduler:
            for source in await self._scheduler.tick(jobs):
                self.pulse.looked(source)
            self.pulse.due((await self._timetable()).owed, pipeline.clock.now())
            await have_names_ready(pipeline.history)
            await self._upkeep.step(quiet=not polling)
        seen = pipeline.clock.now()
        doing = (*sorted(polling), *sorted(self._delivering.under_way.names))
        of_it = Worker(self.name, self.pulse.began, seen, tuple(self.queues), doing, schedules=self._scheduler is not None)
        await self.holding(Shared.beat, of_it)

    async def _stand(self) -> None:
        """See whether we are elected: whoever makes rounds may be."""
        is_elected = ROUNDS in self.queues and await self.holding(Shared.is_elected)
        if is_elected == (self._scheduler is not None):
            return
        self._scheduler = Scheduler(self.pipeline) if is_elected else None
        log.info("this worker says what is due from now on" if is_elected else "another worker says what is due")
        if self._hearing:
            self._hearing.cancel()
        self._hearing = None
        if is_elected:
            hearing = keep_hearing(self.pipeline, self._owed.set, self._met)
            self._hearing = asyncio.get_running_loop().create_task(hearing)
            self._hearing.add_done_callback(self._ended_early)

    async def _wake_on(self, jobs: Jobs) -> None:
        """Have delivered at once what a poll or a click owes."""
        while True:
            await self._owed.wait()
            self._owed.clear()
            await jobs.put(DELIVERIES, deliveries(await self.pipeline.history(History.owing), self.pipeline.clock.now()))

    def _ended(self, outcome: Outcome, took: float) -> None:
        log_outcome(outcome, took, self.pipeline.clock.now())
        if outcome.recorded:
            self._room.was_enough()
            self._owed.set()

    def _met(self, error: BaseException) -> None:
        """Go on as an error lets us: when there is room, when the database answers again, or not at all."""
        if isinstance(error, StoreBroken):
            self._broken = self._broken or error
            self.signals.end()
        elif isinstance(error, StoreAway):
            if not self._lost.done():
                self._lost.set_exception(error)
        elif isinstance(error, StoreFull):
            self._room.ran_out(error)
        else:
            log.error("%s", error, exc_info=None if isinstance(error, MonitorError) else error)

    def _ended_early(self, task: asyncio.Task[Any]) -> None:
        if not task.cancelled() and (error := task.exception()):
            self._met(error)
