"""A cycle over the sources beside its polls, for `monitor poll`, the daemon and a replay: what is
due, what to enqueue, the calendar, and delivery meanwhile.
"""

import asyncio
import logging
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

from monitor import errors
from monitor.clock import Clock
from monitor.config import Config, DeskSettings, files
from monitor.deliver.channel import Channel, DeliveryPolicy
from monitor.deliver.sending import deliver, reroute_orphans
from monitor.errors import ConfigError, DeliveryError, MonitorError, StoreError
from monitor.model import KeyDate
from monitor.poll.outcome import Outcome
from monitor.poll.poll import Pipeline
from monitor.source.schedule import (
    Timetable,
    compute_longest_silence,
    compute_next_poll,
    learn_habits,
)
from monitor.source.scraper import MEMORY, Source
from monitor.store import addresses, exported, outbox, owing, polls, registers, reminders, sightings
from monitor.store.threaded import HistoryThread
from monitor.timeline.timeline import Law
from monitor.triage.values import DeskRules, Works

if TYPE_CHECKING:
    import icalendar

# The key dates as a current iCalendar file, for subscription through a web server.


@dataclass
class CalendarFile:
    """One file. It is written again after any new record; a reader always finds a whole file."""

    file: Path
    _written_at: tuple[int, int] | None = None

    async def refresh(self, history: HistoryThread, now: datetime) -> None:
        """Bring the file up to date.

        Raises:
            StoreError: it can't be written.
        """
        latest = (
            await history(sightings.find_latest_change),
            await history(exported.count_register_rows),
        )
        if latest != self._written_at:
            # also after a failure: it is logged once, and the next try waits for news
            self._written_at = latest
            await asyncio.to_thread(
                _write_calendar,
                self.file,
                await history(sightings.load_law),
                await history(registers.list_row_dates, date.min, date.max),
                now,
            )


def open_calendar_file(config: Config) -> CalendarFile | None:
    """Open the calendar file of config.toml; None if there is none."""
    return CalendarFile(Path(config.calendar.file)) if config.calendar.file else None


def _write_calendar(file: Path, law: Law, of_rows: Sequence[KeyDate], now: datetime) -> None:
    from monitor.render import ics  # noqa: PLC0415 - loads icalendar

    acts = {key: sighting.now for key, sighting in law.acts.items()}
    body = ics.render_ics([*law.key_dates, *of_rows], acts, now)
    try:
        files.put(file, body)
    except MonitorError as error:
        raise StoreError(f"calendar.file: {error}") from error


BEHIND = timedelta(minutes=10)


async def enqueue_due(
    pipeline: Pipeline,
    sources: Sequence[Source],
    destinations: Collection[str],
    *,
    outcomes: Sequence[Outcome] = (),
    awake: datetime | None = None,
) -> None:
    """Enqueue what falls due by the clock, after the polls of `sources` that ended with `outcomes`
    and before the delivery. A silent source is reported only by a process `awake` all the while.

    Raises:
        StoreError: the history can't be used.
    """
    if any(outcome.baseline for outcome in outcomes):
        # a baseline is compared with the list like all on record
        await pipeline.watching.refresh(pipeline.history, pipeline.now)
    if awake:
        await tell_stale(pipeline, awake)
    if await has_caught_up(pipeline, sources):
        await remind(pipeline)
    await summarize_day(pipeline, sources)
    await call(pipeline)
    await reroute_orphans(pipeline.history, destinations)


async def _list_with_time(
    pipeline: Pipeline, sources: Sequence[Source], now: datetime
) -> list[tuple[datetime, Source]]:
    """List the sources, each with the time of its next poll."""
    tried = await pipeline.history(addresses.load_last_polls)
    return [(compute_next_poll(source, tried.get(source.id), now), source) for source in sources]


async def list_due_sources(pipeline: Pipeline, sources: Sequence[Source]) -> list[Source]:
    """List the sources that are due now."""
    now = pipeline.now
    timed = await _list_with_time(pipeline, sources, now)
    return [source for due, source in timed if due <= now]


async def find_next_due(pipeline: Pipeline, sources: Sequence[Source]) -> datetime:
    """Return when the next of `sources` is due."""
    return min(due for due, _ in await _list_with_time(pipeline, sources, pipeline.now))


async def select_sources(pipeline: Pipeline, names: Sequence[str], *, every: bool) -> list[Source]:
    """The sources called `names`; without names every one, or those that are due."""
    if names:
        return pipeline.registry.named(names)
    if not every:
        return await list_due_sources(pipeline, pipeline.registry.sources)
    return [source for source in pipeline.registry.sources if not source.by_hand]


async def tell_stale(pipeline: Pipeline, awake: datetime) -> None:
    """Report every source silent for too long, even if no poll ends: since we are `awake`."""
    now, patience = pipeline.now, pipeline.config.health.patience
    if now - awake <= patience:
        return  # no bound is shorter
    since, heard = await pipeline.history(polls.list_unheard_sources, now - patience)
    unheard = [
        (source, compute_longest_silence(source, patience, now))
        for source in pipeline.registry.sources
        if source.id not in heard
    ]
    silent = [
        (source, bound)
        for source, bound in unheard
        if now - max(since.get(source.id) or awake, awake) > bound
    ]
    if silent:
        bounds = {source.id: bound for source, bound in silent}
        paths = {source.id: pipeline.registry.paths(source) for source, _ in silent}
        texts = {source.id: _word_reminder(source, now) for source, _ in silent if source.by_hand}
        await pipeline.history(polls.tell_stale, bounds, awake, now, paths, texts)


def _word_reminder(source: Source, now: datetime) -> str:
    """Write the operator's task for a source that no machine can poll."""
    url = source.requests(now)[0].url
    return (
        f"a person feeds it: save {url} in a browser, then `monitor hand-in FILE --source"
        f" {source.id} --by NAME`"
    )


async def has_caught_up(pipeline: Pipeline, sources: Sequence[Source]) -> bool:
    """Return whether each source was polled when due, so that nothing rests on knowledge from
    before a long sleep.
    """
    now = pipeline.now
    return all(due > now - BEHIND for due, _ in await _list_with_time(pipeline, sources, now))


async def remind(pipeline: Pipeline) -> None:
    """Enqueue the reminders that are due. Call it after the polls, which may overtake a
    reminder.
    """
    sources, patience = pipeline.registry.sources, pipeline.config.health.patience
    address = pipeline.router.addressed
    await pipeline.history(reminders.remind, pipeline.now, address, sources, patience)


async def summarize_day(pipeline: Pipeline, sources: Sequence[Source]) -> None:
    """Enqueue the daily digest from the hour in config.toml; the first waits until each source
    was polled.
    """
    now, daily = pipeline.now, pipeline.config.daily
    if daily.at and (day := daily.at.day_due(now)):
        await pipeline.history(owing.enqueue_daily, day.isoformat(), daily.to, now, len(sources))


# Escalations: the working times of config.toml with their calendars, checked in each cycle.

INSTALL = (
    "needs the library chinesecalendar: pip install 'regulatory-monitor[triage]' (here:"
    " .venv/bin/uv sync --extra triage)"
)
CHINA = "CN"
DAY = timedelta(days=1)
LONGEST = 60  # days of one holiday
LARGEST = files.MEGABYTE

log = logging.getLogger(__name__)


async def call(pipeline: Pipeline) -> None:
    """Owe what calls people, and the word of the week, where it has fallen due."""
    now, settings = pipeline.now, pipeline.config.triage.desks
    await pipeline.history(reminders.call_people, load_desks(pipeline.config), now)
    for name, desk in settings.items():
        if desk.weekly and (day := desk.weekly.day_due(now)):
            await pipeline.history(owing.enqueue_weekly, day.isoformat(), name, now)


def load_desks(config: Config) -> Mapping[str, DeskRules]:
    """Load each destination's working times; an unreadable calendar is reported and left out."""
    return {name: _load_desk(name, desk) for name, desk in config.triage.desks.items()}


def _load_desk(name: str, desk: DeskSettings) -> DeskRules:
    key = f"triage.desks.{name}.holidays"
    works: Works = _leave_to_weekday
    try:
        works = _load_calendar(key, desk.holidays) if desk.holidays else works
    except ConfigError as error:
        _say_once(f"{error}; until then its days of the week are worked")
    return DeskRules(desk.after, desk.hours, works, desk.mention, desk.to or "")


@lru_cache(maxsize=64)
def _say_once(words: str) -> None:
    log.warning("%s", words)


def _leave_to_weekday(day: date) -> None:
    """The day of the week decides."""


def _load_calendar(key: str, holidays: str) -> Works:
    if holidays == CHINA:
        return _load_chinese_calendar(key)
    if not holidays.endswith(".ics"):
        raise ConfigError(
            f'{key}: {holidays!r} is no calendar; write "CN", or the name of an iCalendar file'
            " (.ics)"
        )
    path = Path(holidays)
    free = _load_free_days(path, path.stat().st_ctime_ns if files.path_exists(path) else 0)
    if isinstance(free, str):
        raise ConfigError(free)
    return lambda day: False if day in free else None


def _load_chinese_calendar(key: str) -> Works:
    try:
        import chinese_calendar  # noqa: PLC0415 - of an extra
    except ImportError as error:
        raise ConfigError(f"{key} {INSTALL}") from error

    def works(day: date) -> bool | None:
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:  # a year without published holidays
            return None

    return works


@lru_cache(maxsize=8)
def _load_free_days(path: Path, changed: int) -> frozenset[date] | str:  # noqa: ARG001 - read anew when the file has changed
    """Load the days of a calendar's all-day events, or its error. Cached while the file is the
    same: it is needed every few seconds.
    """
    import icalendar  # noqa: PLC0415 - a large library

    try:
        events = icalendar.Calendar.from_ical(
            files.read_file_bytes(path, most=LARGEST, error=ConfigError)
        ).walk("VEVENT")
        return frozenset(day for event in events for day in _list_event_days(event))
    except ConfigError as error:
        return str(error)
    except (ValueError, KeyError) as error:
        return f"{path}: is no iCalendar file: {error}"


def _list_event_days(event: "icalendar.cal.Component") -> list[date]:
    """List the days of an event without times."""
    begins, ends = (event.decoded(name, None) for name in ("DTSTART", "DTEND"))
    if not isinstance(begins, date) or isinstance(begins, datetime):
        return []
    length = (
        (ends - begins).days if isinstance(ends, date) and not isinstance(ends, datetime) else 1
    )
    return [begins + number * DAY for number in range(min(length, LONGEST))]


# Sends messages during a cycle: otherwise the first would wait for the slowest of a thousand pages.


@dataclass
class Telling(AbstractAsyncContextManager["Telling"]):
    """Delivers within the block whenever `owed` is set. The block ends once running deliveries
    end.
    """

    history: HistoryThread
    channels: Mapping[str, Channel]
    clock: Clock
    policies: Mapping[str, DeliveryPolicy]
    owed: asyncio.Event
    _over: bool = False
    _failed: Sequence[DeliveryError] = ()
    _lost: list[DeliveryError] = field(default_factory=list)  # for ever

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._tell())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._over = True
        self.owed.set()
        await self._task

    async def _tell(self) -> None:
        while True:
            await self.owed.wait()
            if self._over:
                return
            self.owed.clear()
            failed = await self._deliver()
            self._lost += [
                failure for failure in failed if failure.outcome == errors.Outcome.PERMANENT
            ]
            self._failed = [
                failure for failure in failed if failure.outcome != errors.Outcome.PERMANENT
            ]

    async def the_rest(self) -> Sequence[DeliveryError]:
        """Deliver what is still pending after the block, and return all failures."""
        failed = await self._deliver()
        if not failed and self._failed:
            waiting = [
                owed
                for name in self.channels
                for owed in await self.history(outbox.list_pending, name)
            ]
            # what failed in the block waits for its next turn
            failed = self._failed if waiting else ()
        return [*self._lost, *failed]

    async def _deliver(self) -> Sequence[DeliveryError]:
        return await deliver(self.history, self.channels, self.clock, self.policies)


# The daemon's timetable of polls: kept in step with the history, the clock, and daily statistics.

REST = timedelta(minutes=1)  # for a source whose failure can't be saved: its schedule lacks it
SLEEP = timedelta(minutes=1)  # between two ticks: the machine slept, or its clock jumped
LESSON = timedelta(days=1)  # between two looks at when publishers publish
MOST_POLLS = 400  # at a time: each holds a page, and most only wait for their publishers


@dataclass
class Rota:
    """The sources of a pipeline in order of their due times. It is notified of each tick and each
    ended poll. A gap between ticks longer than `sleep` counts as sleep of the machine.
    """

    pipeline: Pipeline
    sleep: timedelta = SLEEP
    awake: datetime | None = None  # since when one tick has followed the other
    _timetable: Timetable | None = None
    _ticked: datetime | None = None
    _learnt: datetime | None = None

    async def timetable(self) -> Timetable:
        """Compute each source's due time; query the history once for the last polls."""
        if self._timetable is None:
            tried = await self.pipeline.history(addresses.load_last_polls)
            if self._timetable is None:
                self._timetable = Timetable(self.pipeline.registry.sources, tried, self._now)
        return self._timetable

    @property
    def _now(self) -> datetime:
        return self.pipeline.now

    async def ticked(self) -> datetime:
        """A tick begins. Since when we are awake: after a long sleep no source can be blamed for
        its silence.
        """
        now, timetable = self._now, await self.timetable()
        if self.awake is None or self._ticked is None:
            self.awake = now
        elif not timedelta() <= now - self._ticked < self.sleep:
            timetable.begin_anew(now)
            self.awake = now
        self._ticked = now
        # also where the clock was set back
        if self._learnt is None or not timedelta() <= now - self._learnt < LESSON:
            self._learnt = now
            published = await self.pipeline.history(sightings.list_publishing_times, now - MEMORY)
            timetable.learn(learn_habits(self.pipeline.registry.sources, published, now), now)
        return self.awake

    async def due(self, under_way: int) -> Sequence[Source]:
        """List the sources to poll now, with so many polls under way."""
        return (await self.timetable()).due(self._now, MOST_POLLS - under_way)

    async def ended(self, outcome: Outcome) -> None:
        """Note an ended poll; if it could not be recorded, its source pauses, or waits for room."""
        timetable, source = self._timetable, outcome.source.id
        if timetable is None:
            return  # what will be read of the history has it
        if outcome.recorded:
            timetable.polled(
                source,
                self._now,
                failed=bool(outcome.failures),
                hold=outcome.hold,
                again=outcome.wait,
            )
        else:
            timetable.rest(source, self._now if outcome.full else self._now + REST)
