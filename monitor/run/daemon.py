"""The pipeline on APScheduler until SIGTERM; other writing commands come in by a socket beside the
store. SIGHUP reloads settings and scrapers: an error there is reported, and the old ones stay.
"""

import asyncio
import logging
import time
from collections.abc import (
    AsyncIterator,
    Callable,
    Coroutine,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from monitor.config.events import Happened, log_event
from monitor.config.outward import redacted
from monitor.deliver.channel import Channel, DeliveryPolicy, load_policies
from monitor.deliver.ping import find_ping_address, send_ping
from monitor.deliver.sending import Claim, Courier, claim_alone, keep_checking
from monitor.errors import MonitorError, StoreBroken, StoreError, StoreFull
from monitor.poll.assembly import poll
from monitor.poll.calendar_file import CalendarFile, open_calendar_file
from monitor.poll.outcome import Outcome, OutcomeLog
from monitor.poll.poll import Pipeline
from monitor.poll.rota import Rota
from monitor.poll.round import enqueue_due, select_sources
from monitor.run.control import Polled, Reply, serve_control
from monitor.run.desk import keep_hearing
from monitor.run.disk import Room
from monitor.run.dispatch import apply_order
from monitor.run.hand_in import take_up_order
from monitor.run.life import systemd
from monitor.run.life.answers import Answers, Listener
from monitor.run.life.proof import Proof, Switch
from monitor.run.life.pulse import Pulse
from monitor.run.orders import (
    HistoryOrder,
    Order,
    PageOrder,
    PollOrder,
    StateQuestion,
)
from monitor.run.signals import Signals, watch_loop
from monitor.run.upkeep import Upkeep
from monitor.source.health import Health
from monitor.source.schedule import Timetable
from monitor.source.scraper import Source
from monitor.store import owing, troubles
from monitor.store.threaded import prepare_names

log = logging.getLogger(__name__)

Renewed = TypeVar("Renewed")


async def cut_off(tasks: Sequence[asyncio.Task[Any]]) -> None:
    """Cancel running tasks; their important results are in the history."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


TICK = timedelta(seconds=5)
# seconds that the wall clock may differ from the monotonic one before the scheduler restarts
JUMP = 60.0


@dataclass
class Daemon:
    """Polls what is due, delivers what is pending. Made inside the running event loop. `began` is
    the start of its process.
    """

    pipeline: Pipeline
    channels: Mapping[str, Channel]
    signals: Signals = field(default_factory=Signals)
    began: datetime | None = None
    _polling: dict[str, asyncio.Task[Any]] = field(default_factory=dict)
    _owed: dict[str, asyncio.Event] = field(default_factory=dict)
    _broken: StoreBroken | None = None
    _outcomes: OutcomeLog = field(default_factory=OutcomeLog)
    _schedules: bool = True  # whether it decides itself what is due

    def __post_init__(self) -> None:
        self.pipeline = replace(self.pipeline, awake=self._find_awake)
        self._rota = Rota(self.pipeline)

    def _find_awake(self) -> datetime:
        """Since when it has polled without a break."""
        return self._rota.awake or self.pulse.began

    @cached_property
    def _room(self) -> Room:
        return Room(self.pipeline.history, self.pipeline.clock)

    @cached_property
    def _upkeep(self) -> Upkeep:
        pipeline = self.pipeline
        return Upkeep(
            pipeline.history,
            pipeline.archive,
            pipeline.clock,
            pipeline.config.upkeep.keep,
            pipeline.config,
        )

    @cached_property
    def pulse(self) -> Pulse:
        """The counts of its work."""
        return Pulse(self.began or self.pipeline.now)

    @cached_property
    def proof(self) -> Proof:
        """The parts of its state for display."""
        return Proof(
            self.pipeline,
            self.pulse,
            load_policies(self.pipeline.config),
            timetable=self._timetable,
            polling=self._polling.keys,
            is_full=lambda: self._room.is_full,
            awake=self._find_awake,
        )

    @property
    def _waits(self) -> bool:
        """Return whether something prevents work that a restart would not mend."""
        return self._room.is_full

    async def _timetable(self) -> Timetable:
        return (
            await self._rota.timetable()
            if self._schedules
            else Timetable((), {}, self.pipeline.now)
        )

    @cached_property
    def _switch(self) -> Switch | None:
        config = self.pipeline.config
        url = find_ping_address(config)
        return Switch(self.proof, lambda: send_ping(url, config.fetch.name)) if url else None

    @cached_property
    def _calendar_file(self) -> CalendarFile | None:
        return open_calendar_file(self.pipeline.config)

    async def run(self, socket: Path, settings: Callable[[], Renewed]) -> Renewed | None:
        """Work until a signal to stop, or to continue with other `settings`, which are returned.
        Running tasks are cancelled cleanly, because all that counts is in the history.

        Raises:
            StoreBroken: the store can't be used any more.
        """
        beating = systemd.keep_beating(
            TICK.total_seconds(), lambda: self.pulse.goes_on or self._waits
        )
        checking = keep_checking(self.pipeline.history, self.channels, self.pipeline.clock)
        tasks = self._start(checking, beating, *self._list_listeners())
        try:
            async with watch_loop(), self._at_work(socket):
                try:
                    renewed = await self._wait_for_orders(settings)
                finally:
                    if self.signals.stop:
                        systemd.notify_stopping()
        finally:
            await cut_off(
                [*tasks, *self._polling.values(), *(self._switch.tasks if self._switch else ())]
            )
            log_event(Happened.STOPPED)
        if self._broken:
            raise self._broken
        return renewed

    async def _wait_for_orders(self, settings: Callable[[], Renewed]) -> Renewed | None:
        """Wait for new settings, or None to stop. Wrong settings leave the present ones."""
        signals = self.signals
        while not signals.stop:
            await signals.next()
            if signals.renew and not signals.stop:
                signals.renew = False
                systemd.notify_reloading()
                try:
                    return await asyncio.to_thread(settings)
                except MonitorError as error:
                    log.warning(
                        "SIGHUP: %s; the new settings are ignored; the old ones stay in use", error
                    )
                    with suppress(StoreError):  # the log has it
                        await self._tell_refused(str(error))
                except Exception:  # what goes on is no worse for what is amiss with the new
                    log.exception(
                        "SIGHUP: a mistake of the monitor's own, please report it; all goes on as"
                        " before"
                    )
                systemd.notify_ready(self.proof.status())
        return None

    async def _tell_refused(self, why: str) -> None:
        """Report wrong settings to the operators."""
        await self.pipeline.history(owing.owe_settings_refused, redacted(why), self.pipeline.now)
        self._wake()

    @asynccontextmanager
    async def _at_work(self, socket: Path) -> AsyncIterator[None]:
        """Tick, and serve other commands at this socket, for the length of the block."""
        scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        scheduler.add_job(
            self._tick_until_the_end, "interval", seconds=TICK.total_seconds(), id="tick"
        )
        scheduler.start()
        tasks = self._start(
            _watch_the_clock(scheduler), *self._list_couriers(), *self._list_sole_tasks()
        )
        try:
            async with serve_control(socket, self.answer):
                systemd.notify_ready(self.proof.status())
                await self.tick()
                yield
        finally:
            scheduler.pause()
            await asyncio.sleep(0)  # a tick that was just given out begins, and ends without a word
            scheduler.shutdown(wait=False)
            await cut_off(tasks)

    async def tick(self) -> None:
        """Take a step, where there is room for what it brings."""
        try:
            if not await self._room.again():
                # there is no room, which a new start would not mend
                systemd.notify_working(self.proof.status())
                return
            await self._step()
        except MonitorError as error:
            self.pulse.stumbled()
            self._handle_error(error)
        else:
            self.pulse.tick(self.pipeline.now)
            systemd.notify_working(self.proof.status())
            if self._switch and self._schedules:
                self._switch.after_tick()

    async def _step(self) -> None:
        """Start a poll of every idle source that is due; enqueue reminders; wake the couriers."""
        self._wake()  # what waits already need not wait for a watch list
        awake = await self._rota.ticked()
        pipeline, history = self.pipeline, self.pipeline.history
        await pipeline.watching.refresh(history, pipeline.now)
        await self._look()
        sources, just_due = pipeline.registry.sources, await self._rota.just_due()
        await enqueue_due(pipeline, sources, self.channels, awake=awake, just_due=just_due)
        self._wake()
        if self._calendar_file:
            await self._calendar_file.refresh(history, pipeline.now)
        await prepare_names(history)
        await self._upkeep.step(quiet=not self._polling)

    async def _tick_until_the_end(self) -> None:
        """A tick that the end cuts short is no failure, which the scheduler would take it for."""
        with suppress(asyncio.CancelledError):
            await self.tick()

    async def answer(self, request: Order | StateQuestion) -> Reply:
        """Run another command's order at once, because only the daemon writes the store; return the
        result.
        """
        match request:
            case StateQuestion():
                return Reply(working=await self.proof.working())
            case PollOrder():
                outcomes = await self._poll_ordered(request)
            case _:
                outcomes = await self._carry_out(request)
        return Reply(tuple(Polled.of(outcome) for outcome in outcomes))

    async def _poll_ordered(self, order: PollOrder) -> Sequence[Outcome]:
        pipeline = replace(self.pipeline, since=order.since)
        sources = await select_sources(pipeline, order.sources, every=order.all)
        return await asyncio.gather(*(self._poll_now(source, pipeline) for source in sources))

    async def _carry_out(self, order: PageOrder | HistoryOrder) -> Sequence[Outcome]:
        pipeline = self.pipeline
        outcomes: Sequence[Outcome] = ()
        try:
            if isinstance(order, PageOrder):
                outcomes = await take_up_order(pipeline, order)
            else:
                await apply_order(pipeline.history, lambda: pipeline.registry, order, pipeline.now)
        except StoreError as error:  # a failing store may first show in a request
            self._handle_error(error)
            raise
        self._wake()
        return outcomes

    async def _look(self) -> None:
        """Begin the polls that are due; none of them ends in this round, and none holds it up."""
        begin = await self._rota.due(len(self._polling))
        self.pulse.due((await self._rota.timetable()).owed, self.pipeline.now)
        for source in begin:
            self._begin(source, self.pipeline)

    def _handle_error(self, error: BaseException) -> None:
        """Go on as an error lets us: at once, when there is room on the disk, or not at all."""
        if isinstance(error, StoreBroken):
            self._broken = self._broken or error
            self.signals.end()
        elif isinstance(error, StoreFull):
            self._room.ran_out(error)
        else:
            log.error("%s", error, exc_info=None if isinstance(error, MonitorError) else error)

    def _start(self, *works: Coroutine[Any, Any, None]) -> list[asyncio.Task[None]]:
        """Start tasks, and go on as their errors let us."""
        tasks = [asyncio.create_task(work) for work in works]
        for task in tasks:
            task.add_done_callback(self._handle_end)
        return tasks

    def _handle_end(self, task: asyncio.Task[Any]) -> None:
        if not task.cancelled() and (error := task.exception()):
            self._handle_error(error)

    async def _poll_now(self, source: Source, pipeline: Pipeline) -> Outcome:
        """Poll a source, or await its running poll; that one does not know what `--since` asks."""
        if pipeline.since and (running := self._polling.get(source.id)):
            await asyncio.wait([running])
        return await self._begin(source, pipeline)

    def _begin(self, source: Source, pipeline: Pipeline) -> asyncio.Task[Outcome]:
        if source.id not in self._polling:
            task = asyncio.get_running_loop().create_task(self._poll(source, pipeline))
            self._polling[source.id] = task
            task.add_done_callback(partial(self._note_end, source.id))
        return self._polling[source.id]

    def _note_end(self, source: str, task: asyncio.Task[Outcome]) -> None:
        del self._polling[source]
        if not task.cancelled():
            if error := task.exception():
                self._handle_error(error)
            elif full := task.result().full:
                self._handle_error(full)
            else:
                self._room.was_enough()

    async def _poll(self, source: Source, pipeline: Pipeline) -> Outcome:
        began = time.monotonic()
        outcome = await poll(pipeline, source)
        if outcome.recorded:
            self.pulse.looked(source.id)
        await self._rota.ended(outcome)
        self._outcomes.log(outcome, time.monotonic() - began, self.pipeline.now)
        self._wake()
        return outcome

    def _list_sole_tasks(self) -> Iterator[Coroutine[None, None, None]]:
        """Start what only one of many workers does: the link to Slack, and the second reader."""
        yield keep_hearing(self.pipeline, self._wake, self._handle_error)
        if self.pipeline.config.second_reader.url:
            from monitor.run import second_reading  # noqa: PLC0415 - off by default

            yield second_reading.keep_reading(self.pipeline, self._wake)

    def _list_couriers(self, claim: Claim = claim_alone) -> Iterator[Coroutine[None, None, None]]:
        """Start a courier for each destination, so that none delays another."""
        pipeline, ways = self.pipeline, load_policies(self.pipeline.config)
        for name, channel in self.channels.items():
            owed = self._owed[name] = asyncio.Event()
            way = ways.get(name, DeliveryPolicy())
            courier = Courier(pipeline.history, name, channel, pipeline.clock, way, claim)
            yield courier.keep_delivering(owed)

    def _list_listeners(self) -> Iterator[Coroutine[None, None, None]]:
        """Start the HTTP listener, if config.toml has an address for it."""
        if place := self.pipeline.config.life.listen:
            yield Listener(Answers(self.proof).by_path).keep_listening(place)

    def _wake(self) -> None:
        """Start the delivery of pending messages."""
        for owed in self._owed.values():
            owed.set()


async def _watch_the_clock(scheduler: AsyncIOScheduler) -> None:
    """Restart the scheduler when the wall clock jumps: set back an hour, it would sleep for that
    hour.
    """
    offset = time.time() - time.monotonic()
    while True:
        await asyncio.sleep(JUMP / 2)
        now = time.time() - time.monotonic()
        if abs(now - offset) > JUMP:
            log.warning("the clock jumped by %+.0f s", now - offset)
            scheduler.reschedule_job("tick", trigger="interval", seconds=TICK.total_seconds())
        offset = now


async def log_start(pipeline: Pipeline) -> None:
    """Log of how many sources there is a baseline, and how many gave nothing when last polled: of
    those no line follows until their state changes.
    """
    healths = await pipeline.history(troubles.load_source_healths)
    states = [healths.get(source.id, Health()) for source in pipeline.registry.sources]
    log_event(
        Happened.STARTED,
        sources=len(states),
        known=sum(state.first_ok is not None for state in states),
        failing=sum(state.problem is not None for state in states),
    )


async def serve(
    pipeline: Pipeline,
    channels: Mapping[str, Channel],
    socket: Path,
    signals: Signals,
    settings: Callable[[], Renewed],
    began: datetime | None = None,
) -> Renewed | None:
    """Run a daemon over `pipeline` until it stops, or returns `settings` to continue with. `began`
    is the start of the process, unless this is its first daemon.
    """
    await log_start(pipeline)
    return await Daemon(pipeline, channels, signals, began).run(socket, settings)
