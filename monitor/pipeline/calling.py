"""Whom to call, and when: the desks of config.toml with their calendars; looked at in each round."""

import logging
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import icalendar

from monitor.config import Config, DeskSettings, files
from monitor.errors import ConfigError
from monitor.history import History
from monitor.pipeline.poll import Pipeline
from monitor.triage.working import DeskRules, Works

INSTALL = "needs the library chinesecalendar: pip install 'regulatory-monitor[triage]' (here: .venv/bin/uv sync --extra triage)"
CHINA = "CN"
DAY = timedelta(days=1)
LONGEST = 60  # days of one holiday
LARGEST = files.MEGABYTE

log = logging.getLogger(__name__)


async def call(pipeline: Pipeline) -> None:
    """Owe what calls people, and the word of the week, where it has fallen due."""
    now, settings = pipeline.clock.now(), pipeline.config.triage.desks
    await pipeline.history(History.call, desks(pipeline.config), now)
    for name, desk in settings.items():
        if desk.weekly and (day := desk.weekly.day_due(now)):
            await pipeline.history(History.weekly, day.isoformat(), name, now)


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
    try:
        events = icalendar.Calendar.from_ical(files.body(path, most=LARGEST, error=ConfigError)).walk("VEVENT")
        return frozenset(day for event in events for day in _days(event))
    except ConfigError as error:
        return str(error)
    except (ValueError, KeyError) as error:
        return f"{path}: is no iCalendar file: {error}"


def _days(event: icalendar.cal.Component) -> list[date]:
    """The days of one event that has no times of day."""
    begins, ends = (event.decoded(name, None) for name in ("DTSTART", "DTEND"))
    if not isinstance(begins, date) or isinstance(begins, datetime):
        return []
    length = (ends - begins).days if isinstance(ends, date) and not isinstance(ends, datetime) else 1
    return [begins + number * DAY for number in range(min(length, LONGEST))]
