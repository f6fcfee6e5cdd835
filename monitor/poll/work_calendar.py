"""The working times of config.toml with their calendars, checked in each cycle."""

import logging
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.config import Config, DeskSettings, files
from monitor.errors import ConfigError
from monitor.triage.values import DeskRules, Works

if TYPE_CHECKING:
    import icalendar

INSTALL = (
    "needs the library chinesecalendar: pip install 'regulatory-monitor[triage]' (here:"
    " .venv/bin/uv sync --extra triage)"
)
CHINA = "CN"
DAY = timedelta(days=1)
LONGEST = 60  # days of one holiday
LARGEST = files.MEGABYTE

log = logging.getLogger(__name__)


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
