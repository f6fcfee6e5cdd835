"""A daemon that shares its work: it takes polls and deliveries from a queue until a stop. If it
dies or loses the database, another one takes up its unfinished jobs.
"""

import asyncio
import logging
import os
import socket as sockets
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import AsyncExitStack, aclosing, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from monitor.clock import Clock, SystemClock
from monitor.config import Config
from monitor.config.stores import Store
from monitor.deliver.channel import Channel
from monitor.errors import StoreAway
from monitor.poll.assembly import open_pipeline
from monitor.poll.outcome import Outcome
from monitor.poll.rota import MOST_POLLS
from monitor.run.daemon import TICK, Daemon, cut_off, log_start
from monitor.run.life import systemd
from monitor.run.signals import Signals
from monitor.run.work.holding import Holding
from monitor.run.work.queue import Jobs
from monitor.run.work.tasks import (
    DELIVERIES,
    POLLS,
    QUEUES,
    ROUNDS,
    Polling,
    Scheduler,
    UnderWay,
)
from monitor.store import Worker, owing
from monitor.store.threaded import HistoryThread

# A database that does not answer: wait for it, log it once, and report a long outage.

WORTH_A_WORD = timedelta(minutes=1)  # a restart is not
PAUSES = (0.2, 0.5, 1.0, 2.0, 5.0)  # seconds until the next try


@dataclass
class Absence:
    """Since when the database is away, if it is."""

    clock: Clock
    _since: datetime | None = None
    _tries: int = 0

    @property
    def is_away(self) -> bool:
        """Return whether its last query failed."""
        return self._since is not None

    def noticed(self, error: StoreAway) -> float:
        """Note a failure; return the seconds until the next try."""
        if self._since is None:
            log.error("%s; alerts wait until the database answers; the worker keeps trying", error)
            self._since = self.clock.now()
        self._tries += 1
        return PAUSES[min(self._tries, len(PAUSES)) - 1]

    async def over(self, history: HistoryThread) -> None:
        """Note an answer; enqueue a report after a long outage."""
        if self._since is None:
            return
        since, now = self._since, self.clock.now()
        if now - since >= WORTH_A_WORD:
            await history(owing.enqueue_database_back, since, now)
        log.info("the database answers again, after %.1f s", (now - since).total_seconds())
        self._since, self._tries = None, 0


log = logging.getLogger(__name__)

FAREWELL = 10.0  # seconds in which what is cut off at the end is given back


@dataclass
class WorkerProcess(Daemon):
    """Works on these `queues` of a database; a worker on cycles may be elected to decide what is
    due.
    """

    holding: Holding = field(kw_only=True)
    queues: Collection[str] = field(kw_only=True, default=QUEUES)
    _schedules: bool = False
    _scheduler: Scheduler | None = None  # where we are elected
    _sole: Sequence[asyncio.Task[None]] = ()  # of the elected one alone

    def __post_init__(self) -> None:
        super().__post_init__()
        pipeline = self.pipeline
        self.name = f"{sockets.gethostname()}:{os.getpid()}"
        self._ending = asyncio.Event()
        self._lost: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._lost.cancel()  # before its work begins nobody waits for it
        self._absence = Absence(pipeline.clock)
        self._sources = Polling(
            pipeline, self.holding, self._note_poll, self._handle_error, UnderWay(self._polling)
        )

    @property
    def _waits(self) -> bool:
        return super()._waits or self._absence.is_away

    @asynccontextmanager
    async def _at_work(self, socket: Path) -> AsyncIterator[None]:  # noqa: ARG002 - other commands work beside us
        """Work for as long as the block lasts."""
        working = self._start(self._work())
        systemd.notify_ready(self.proof.status())
        try:
            yield
        finally:
            self._ending.set()
            await asyncio.wait(working)
            await cut_off(self._sole)
            with suppress(StoreAway):
                await self.holding.gone(self.name)

    async def _work(self) -> None:
        """Work whenever the database answers, until the end."""
        while not self._ending.is_set():
            try:
                jobs = await Jobs.opened(self.holding.database)
                try:
                    await self._work_until_lost(jobs)
                finally:
                    await jobs.aclose()
            except StoreAway as error:
                await self._pause(self._absence.noticed(error))
            except Exception as error:  # noqa: BLE001 - a worker that stands still would hold up nobody, and do nothing
                self._handle_error(error)
                await self._pause(TICK.total_seconds())

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._ending.wait()

    async def _work_until_lost(self, jobs: Jobs) -> None:
        """Work until a stop, or until the database goes away: running jobs are cancelled, and run
        again by others.

        Raises:
            StoreAway: it did.
        """
        self._jobs, self._lost = jobs, asyncio.get_running_loop().create_future()
        couriers = self._list_couriers(self.holding.destination)
        serving = asyncio.create_task(self._serve())
        tasks: list[asyncio.Task[Any]] = [
            serving,
            asyncio.create_task(self._tick_on()),
            asyncio.create_task(self._ending.wait()),
            *map(asyncio.create_task, couriers if DELIVERIES in self.queues else ()),
        ]
        try:
            await asyncio.wait({*tasks, self._lost}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            jobs.stop()
            self._sources.under_way.cut()
            await asyncio.wait({serving}, timeout=FAREWELL)
            self._lost.cancel()
            await cut_off(tasks)
        for task in (self._lost, *tasks):
            if task.done() and not task.cancelled() and (error := task.exception()):
                raise error

    async def _serve(self) -> None:
        if POLLS in self.queues:
            await self._jobs.work({POLLS: self._sources}, MOST_POLLS)
        else:
            await self._ending.wait()

    async def _tick_on(self) -> None:
        while True:
            await self.tick()
            await asyncio.sleep(TICK.total_seconds())

    async def _step(self) -> None:
        """Report life and update the watch list; the elected worker queues what is due, and
        enqueues the day's messages.
        """
        pipeline = self.pipeline
        await self._absence.over(pipeline.history)
        await self._update_election()
        if self._schedules:
            await super()._step()
        else:
            self._wake()
            await pipeline.watching.refresh(pipeline.history, pipeline.now)
        doing = (*sorted(self._polling), *sorted(self.holding.delivering))
        seen = Worker(
            self.name,
            self.pulse.began,
            pipeline.now,
            tuple(self.queues),
            doing,
            schedules=self._schedules,
        )
        await self.holding.beat(seen)

    async def _update_election(self) -> None:
        """Check whether this worker is elected; only one on cycles can be."""
        is_elected = ROUNDS in self.queues and await self.holding.is_elected()
        if is_elected == self._schedules:
            return
        self._schedules = is_elected
        log.info(
            "this worker handles due dates from now on"
            if is_elected
            else "another worker handles due dates"
        )
        self._scheduler = Scheduler(self.pipeline) if is_elected else None
        for task in self._sole:
            task.cancel()
        self._sole = ()
        if self._scheduler:
            self._rota = self._scheduler.rota
            self._sole = self._start(*self._list_sole_tasks())

    async def _look(self) -> None:
        """Queue what is due; the worker that takes it polls it."""
        if self._scheduler:
            for source in await self._scheduler.tick(self._jobs):
                self.pulse.looked(source)
            self.pulse.due((await self._timetable()).owed, self.pipeline.now)

    def _note_poll(self, outcome: Outcome, took: float) -> None:
        self._outcomes.log(outcome, took, self.pipeline.now)
        if outcome.recorded:
            self._room.was_enough()
            self._wake()

    def _handle_error(self, error: BaseException) -> None:
        """Go on as an error lets us: as a daemon does, or once the database answers again."""
        if not isinstance(error, StoreAway):
            super()._handle_error(error)
        elif not self._lost.done():
            self._lost.set_exception(error)


@asynccontextmanager
async def join(
    config: Config,
    channels: Mapping[str, Channel],
    store: Store,
    queues: Collection[str],
    signals: Signals,
    began: datetime,
    *,
    reread: bool,
) -> AsyncIterator[WorkerProcess | None]:
    """Make a worker once the database answers; None if a stop comes first."""
    assert store.database
    clock = SystemClock()
    away = Absence(clock)
    async with aclosing(Holding(store.database)) as holding:
        while not signals.stop:
            async with AsyncExitStack() as stack:
                try:
                    opening = open_pipeline(config, store, clock, gate=holding.gate, reread=reread)
                    pipeline = await stack.enter_async_context(opening)
                    await log_start(pipeline)
                except StoreAway as error:
                    pause = away.noticed(error)
                else:
                    yield WorkerProcess(
                        pipeline, channels, signals, began, holding=holding, queues=queues
                    )
                    return
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await signals.next()
        yield None
