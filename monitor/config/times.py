"""Durations, hours and times of day of config.toml, parsed once, at its reading. Settings use types
that msgspec does not read by itself (it takes a timedelta as ISO 8601, a dataclass as a table).
"""

import re
from datetime import date, datetime, time, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from monitor.clock import parse_duration
from monitor.config.variables import Variable
from monitor.days import SHORT_WEEKDAYS as DAYS
from monitor.errors import ConfigError

WRITTEN = re.compile(r"(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9.-]{1,253}):([0-9]{1,5})")
HIGHEST = 65_535


class Place(str):
    """A host and a port of this machine, as a setting has it; an IPv6 address in brackets."""

    __slots__ = ()

    @classmethod
    def of(cls, text: str) -> "Place":
        """Raises ValueError for what is no host with a port."""
        match = WRITTEN.fullmatch(text)
        if match is None or not 0 < int(match[2]) <= HIGHEST:
            raise ValueError(
                f'{text!r} is no place to listen at; write for example "127.0.0.1:9464"'
            )
        return cls(text)

    @property
    def host(self) -> str:
        """Return it without brackets."""
        return self.rpartition(":")[0].strip("[]")

    @property
    def port(self) -> int:
        """Its number."""
        return int(self.rpartition(":")[2])


TIME_OF_DAY = r"(?:[01]\d|2[0-3]):[0-5]\d"
RUN_OF_DAYS = re.compile(rf"({'|'.join(DAYS)})-({'|'.join(DAYS)})")
HOURS_OF_DAY = re.compile(rf"({TIME_OF_DAY})-({TIME_OF_DAY})")
WEEKLY = re.compile(rf"({'|'.join(DAYS)}) ({TIME_OF_DAY}) (\S+)")
WEEK = timedelta(days=7)
LATE = timedelta(days=2)  # a weekly digest later than this is dropped
QUIET = re.compile(rf"({TIME_OF_DAY})-({TIME_OF_DAY}) (\S+)")
DAILY = re.compile(rf"({TIME_OF_DAY}) (\S+)")


class Duration(timedelta):
    """A duration in words: `5 minutes`."""

    @classmethod
    def of(cls, text: str) -> Self:
        """Raises ValueError for what is no duration."""
        try:
            return cls(seconds=parse_duration(text).total_seconds())
        except ConfigError as error:
            raise ValueError(str(error)) from error


class Written:
    """A value that config.toml writes in words. No dataclass, which msgspec would read as a table;
    equal if all parts are.
    """

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash(tuple(vars(self).values()))


class Weekdays(Written):
    """Days of every week that follow each other: `Mon-Fri`, or `Sun-Thu`. Monday is 0."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last

    @classmethod
    def of(cls, text: str) -> Self:
        """Raises ValueError for what are no days."""
        match = RUN_OF_DAYS.fullmatch(text)
        if match is None:
            raise ValueError(f'{text!r} are no days; write for example "Mon-Fri"')
        return cls(DAYS.index(match[1]), DAYS.index(match[2]))

    def __contains__(self, day: int) -> bool:
        return (day - self.first) % len(DAYS) <= (self.last - self.first) % len(DAYS)

    def __str__(self) -> str:
        return f"{DAYS[self.first]}-{DAYS[self.last]}"


class DayHours(Written):
    """Hours of a day, the last minute excluded: `08:30-17:30`."""

    def __init__(self, begins: time, ends: time) -> None:
        self.begins, self.ends = begins, ends

    @classmethod
    def of(cls, text: str) -> Self:
        """Raises ValueError for what are no hours, or go over midnight."""
        match = HOURS_OF_DAY.fullmatch(text)
        begins, ends = map(time.fromisoformat, match.groups()) if match else (time(), time())
        if begins >= ends:
            raise ValueError(f'{text!r} are no hours of a day; write for example "08:30-17:30"')
        return cls(begins, ends)

    def __str__(self) -> str:
        return f"{self.begins:%H:%M}-{self.ends:%H:%M}"


class QuietHours(Written):
    """Hours with only critical messages: `22:00-07:00 Asia/Shanghai`; they may go over midnight."""

    def __init__(self, begins: time, ends: time, zone: ZoneInfo) -> None:
        self.begins, self.ends, self.zone = begins, ends, zone

    @classmethod
    def of(cls, text: str) -> Self:
        """Raises ValueError for what are no hours."""
        match, zone = _match_text(QUIET, text, "are no hours", "22:00-07:00 Asia/Shanghai")
        return cls(time.fromisoformat(match[1]), time.fromisoformat(match[2]), zone)

    def __str__(self) -> str:
        return f"{self.begins:%H:%M}-{self.ends:%H:%M} {self.zone}"

    def until(self, now: datetime) -> datetime | None:
        """Return the end of the present quiet hours; None outside them."""
        local = now.astimezone(self.zone)
        clock = local.time().replace(tzinfo=None)
        over_midnight, has_begun, has_not_ended = (
            self.ends <= self.begins,
            clock >= self.begins,
            clock < self.ends,
        )
        if not (has_begun or has_not_ended if over_midnight else has_begun and has_not_ended):
            return None
        return datetime.combine(
            local.date() + timedelta(days=over_midnight and has_begun), self.ends, self.zone
        )


class DailyTime(time):
    """A time of every day in its zone: `09:00 Asia/Shanghai`."""

    @classmethod
    def of(cls, text: str) -> Self:
        """Raises ValueError for what is no time of day."""
        match, zone = _match_text(DAILY, text, "is no time", "09:00 Asia/Shanghai")
        hour, minute = map(int, match[1].split(":"))
        return cls(hour, minute, tzinfo=zone)

    def day_due(self, now: datetime) -> date | None:
        """Return the day, there, whose time has come by `now`; None before it."""
        local = now.astimezone(self.tzinfo)
        return local.date() if local.time() >= self.replace(tzinfo=None) else None


class WorkingHours(Written):
    """The working hours of people: `Mon-Fri 09:00-18:00 Asia/Shanghai`, or from Sun to Thu."""

    def __init__(self, days: Weekdays, hours: DayHours, zone: ZoneInfo) -> None:
        self.days, self.begins, self.ends, self.zone = days, hours.begins, hours.ends, zone

    @classmethod
    def of(cls, text: str) -> Self:
        """Raises ValueError for what are no working hours."""
        try:
            days, hours, zone = text.split(" ")
            return cls(Weekdays.of(days), DayHours.of(hours), find_zone(zone))
        except ValueError as error:
            raise ValueError(
                f'{text!r} are no working hours; write for example "Mon-Fri 09:00-18:00'
                ' Asia/Shanghai"'
            ) from error


class WeeklyTime(Written):
    """A time of every week: `Mon 09:00 Asia/Shanghai`."""

    def __init__(self, day: int, at: time, zone: ZoneInfo) -> None:
        self.day, self.at, self.zone = day, at, zone

    @classmethod
    def of(cls, text: str) -> Self:
        """Raises ValueError for what is no time of the week."""
        match, zone = _match_text(WEEKLY, text, "is no time of the week", "Mon 09:00 Asia/Shanghai")
        return cls(DAYS.index(match[1]), time.fromisoformat(match[2]), zone)

    def day_due(self, now: datetime) -> date | None:
        """Return the day, there, whose time came last; None if too long ago for a late message."""
        local = now.astimezone(self.zone)
        day = local.date() - timedelta(days=(local.weekday() - self.day) % 7)
        came = datetime.combine(day, self.at, self.zone)
        came = came if came <= local else came - WEEK
        return came.date() if local - came <= LATE else None


def _match_text(
    pattern: re.Pattern[str], text: str, is_none: str, example: str
) -> tuple[re.Match[str], ZoneInfo]:
    """The parts of a text, the last of which is a zone; raises ValueError where it is written
    otherwise.
    """
    match = pattern.fullmatch(text)
    zone = _find_zone(match[pattern.groups]) if match else None
    if match is None or zone is None:
        raise ValueError(f'{text!r} {is_none}; write for example "{example}"')
    return match, zone


def parse_setting(kind: type, written: Any) -> object:
    """Parse the types that msgspec does not know.

    Raises:
        ValueError: it has the wrong form; msgspec adds the key.
    """
    if not isinstance(written, str):
        got = "null" if written is None else type(written).__name__
        raise ValueError(f"expected `str`, got `{got}`")  # noqa: TRY004 - msgspec adds the place to a ValueError
    if kind is ZoneInfo:
        return find_zone(written)
    return Variable(written) if kind is Variable else kind.of(written)  # type: ignore[attr-defined]


def find_zone(name: str) -> ZoneInfo:
    """The zone of this name; raises ValueError where there is none."""
    zone = _find_zone(name)
    if zone is None:
        raise ValueError(f'{name!r} is no time zone; write for example "Europe/Berlin"')
    return zone


def _find_zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a folder of zones, such as Asia
        return None
