"""One pass over the sources, the same for `monitor poll`, the daemon and a replay: looked at, owed and told in one order."""

import logging
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.alert.event import Decision
from monitor.config import Config, DeskSettings, files
from monitor.deliver import reroute_orphans
from monitor.errors import ConfigError, DeliveryError
from monitor.history import addresses, calling, owing, polls, reminders
from monitor.model import Fact
from monitor.pipeline.outcome import Outcome
from monitor.pipeline.poll import Pipeline
from monitor.source.schedule import Timetable, longest_silence, next_poll
from monitor.source.scraper import Source
from monitor.triage.deciding import DeskRules, Works

if TYPE_CHECKING:
    import icalendar

    from monitor.pipeline.calendar_file import CalendarFile

BEHIND = timedelta(minutes=10)

Look = Callable[[], Awaitable[Sequence[Outcome]]]
Tell = Callable[[], Awaitable[Sequence[DeliveryError]]]


@dataclass(frozen=True)
class Round:
    """How a pass went: the polls that ended in it, and what could not be delivered."""

    outcomes: Sequence[Outcome] = ()
    undelivered: Sequence[DeliveryError] = ()


async def make_round(
    pipeline: Pipeline,
    sources: Sequence[Source],
    destinations: Collection[str],
    *,
    look: Look,
    tell: Tell,
    calendar: "CalendarFile | None" = None,
    awake: datetime | None = None,
    timetable: Timetable | None = None,
) -> Round:
    """Take up the watch list, look at the sources, owe what the day brings, tell what is owed, write the calendar.

    `look` polls those of `sources` that are to be polled, or begins to; `tell` hands over what is owed, or lets those begin who
    do. A source that gives nothing is named only by one who was `awake` all the while, and waits for no poll to end. Who keeps a
    `timetable` is not asked of the history what it knows itself.

    Raises:
        StoreError: the history can't be used.
    """
    await _take_up_watch_list(pipeline)
    outcomes = await look()
    if any(outcome.baseline for outcome in outcomes):
        await _take_up_watch_list(pipeline)  # a baseline is held against the list as all on record
    if awake:
        await tell_stale(pipeline, awake)
    if up_to(timetable, pipeline) if timetable else await caught_up(pipeline, sources):
        await remind(pipeline)
    await summarise_day(pipeline)
    await call(pipeline)
    await reroute_orphans(pipeline.history, destinations)
    undelivered = await tell()
    if calendar:
        await calendar.refresh(pipeline.history, pipeline.clock.now())
    return Round(outcomes, undelivered)


async def _take_up_watch_list(pipeline: Pipeline) -> None:
    if pipeline.watching:
        await pipeline.watching.refresh(pipeline.history, pipeline.clock.now())


async def due(pipeline: Pipeline, sources: Sequence[Source]) -> list[Source]:
    """Those of `sources` that are to be polled now."""
    now, tried = pipeline.clock.now(), await pipeline.history(addresses.tried)
    return [source for source in sources if next_poll(source, tried.get(source.id), now) <= now]


async def next_due(pipeline: Pipeline, sources: Sequence[Source]) -> datetime:
    """When the next of `sources` is due."""
    now, tried = pipeline.clock.now(), await pipeline.history(addresses.tried)
    return min(next_poll(source, tried.get(source.id), now) for source in sources)


async def asked_for(pipeline: Pipeline, names: Sequence[str], *, every: bool) -> list[Source]:
    """The sources called `names`; without names every one, or those that are due."""
    if names:
        return pipeline.registry.named(names)
    return pipeline.registry.sources if every else await due(pipeline, pipeline.registry.sources)


async def tell_stale(pipeline: Pipeline, awake: datetime) -> None:
    """Owe word of every source that has given nothing for too long, also where no poll ends to say so: since we are `awake`."""
    now, patience = pipeline.clock.now(), pipeline.config.health.patience
    if now - awake <= patience:
        return  # no bound is shorter
    since, heard = await pipeline.history(polls.unheard, now - patience)
    unheard = [source for source in pipeline.registry.sources if source.id not in heard]
    silent = [
        source for source in unheard if now - max(since.get(source.id) or awake, awake) > longest_silence(source, patience, now)
    ]
    bounds = {source.id: longest_silence(source, patience, now) for source in silent}
    if bounds:
        paths = {source.id: pipeline.registry.paths(source) for source in silent}
        await pipeline.history(polls.tell_stale, bounds, awake, now, paths)


async def caught_up(pipeline: Pipeline, sources: Sequence[Source]) -> bool:
    """Whether each source was looked at about when it was due, so that we don't speak from what we knew before a long sleep."""
    now, tried = pipeline.clock.now(), await pipeline.history(addresses.tried)
    return all(next_poll(source, tried.get(source.id), now) > now - BEHIND for source in sources)


def up_to(timetable: Timetable, pipeline: Pipeline) -> bool:
    """The same, by a timetable."""
    oldest = timetable.oldest_owed()
    return oldest is None or oldest > pipeline.clock.now() - BEHIND


async def remind(pipeline: Pipeline) -> None:
    """Owe the reminders that have fallen due. To be called after a look at what is due: it may bring what overtakes them."""

    def address(decision: Decision, fact: Fact) -> Decision:
        return pipeline.recorder.router.addressed(decision, fact)  # whom it takes a while to load, for the few that are owed

    sources, patience = pipeline.registry.sources, pipeline.config.health.patience
    await pipeline.history(reminders.remind, pipeline.clock.now(), address, sources, patience)


async def summarise_day(pipeline: Pipeline) -> None:
    """Owe how fresh every source is, once a day from the hour that config.toml names."""
    now, daily = pipeline.clock.now(), pipeline.config.daily
    if daily.at and (day := daily.at.day_due(now)):
        await pipeline.history(owing.owe_daily, day.isoformat(), daily.to, now)


# Whom to call, and when: the desks of config.toml with their calendars; looked at in each round.

INSTALL = "needs the library chinesecalendar: pip install 'regulatory-monitor[triage]' (here: .venv/bin/uv sync --extra triage)"
CHINA = "CN"
DAY = timedelta(days=1)
LONGEST = 60  # days of one holiday
LARGEST = files.MEGABYTE

log = logging.getLogger(__name__)


async def call(pipeline: Pipeline) -> None:
    """Owe what calls people, and the word of the week, where it has fallen due."""
    now, settings = pipeline.clock.now(), pipeline.config.triage.desks
    await pipeline.history(calling.call, desks(pipeline.config), now)
    for name, desk in settings.items():
        if desk.weekly and (day := desk.weekly.day_due(now)):
            await pipeline.history(owing.owe_weekly, day.isoformat(), name, now)


def desks(config: Config) -> Mapping[str, DeskRules]:
    """How each destination works that config.toml describes as a desk; a calendar that can't be read is said, and left out."""
    return {name: _desk(name, desk) for name, desk in config.triage.desks.items()}


def _desk(name: str, desk: DeskSettings) -> DeskRules:
    key = f"triage.desks.{name}.holidays"
    works: Works = _nothing_said
    try:
        works = _works(key, desk.holidays) if desk.holidays else works
    except ConfigError as error:
        _say_once(f"{error}; until then its days of the week are worked")
    return DeskRules(desk.after, desk.hours, works, desk.mention, desk.to or "")


@lru_cache(maxsize=64)
def _say_once(words: str) -> None:
    log.warning("%s", words)


def _nothing_said(day: date) -> None:
    """The day of the week decides."""


def _works(key: str, holidays: str) -> Works:
    if holidays == CHINA:
        return _in_china(key)
    if not holidays.endswith(".ics"):
        raise ConfigError(f'{key}: {holidays!r} is no calendar; write "CN", or the name of an iCalendar file (.ics)')
    path = Path(holidays)
    free = _free_days(path, path.stat().st_ctime_ns if files.exists(path) else 0)
    if isinstance(free, str):
        raise ConfigError(free)
    return lambda day: False if day in free else None


def _in_china(key: str) -> Works:
    try:
        import chinese_calendar  # noqa: PLC0415 - of an extra
    except ImportError as error:
        raise ConfigError(f"{key} {INSTALL}") from error

    def works(day: date) -> bool | None:
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:  # a year whose holidays nobody has published yet
            return None

    return works


@lru_cache(maxsize=8)
def _free_days(path: Path, changed: int) -> frozenset[date] | str:  # noqa: ARG001 - read anew when the file has changed
    """The days of a calendar's all-day events; or why it can't be read, which holds as long: this is asked every few seconds."""
    import icalendar  # noqa: PLC0415 - a large library

    try:
        events = icalendar.Calendar.from_ical(files.body(path, most=LARGEST, error=ConfigError)).walk("VEVENT")
        return frozenset(day for event in events for day in _days(event))
    except ConfigError as error:
        return str(error)
    except (ValueError, KeyError) as error:
        return f"{path}: is no iCalendar file: {error}"


def _days(event: "icalendar.cal.Component") -> list[date]:
    """The days of one event that has no times of day."""
    begins, ends = (event.decoded(name, None) for name in ("DTSTART", "DTEND"))
    if not isinstance(begins, date) or isinstance(begins, datetime):
        return []
    length = (ends - begins).days if isinstance(ends, date) and not isinstance(ends, datetime) else 1
    return [begins + number * DAY for number in range(min(length, LONGEST))]
