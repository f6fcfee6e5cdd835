"""When a publisher publishes: the hours and times that a scraper declares, and those that its history shows. Pure."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from monitor.clock import duration
from monitor.config.times import DayHours, Weekdays

HOUR = timedelta(hours=1)
WEEK = 7  # days in which every window comes round again
HOURS_OF_A_WEEK = 7 * 24
MEMORY = timedelta(days=400)  # a habit of longer ago is none: a year, so that yearly acts count once
FEWEST = 12  # hours in which something was published, before there is a habit at all
RETURNS = 3  # days on which it has to fall into the same hour of the week
MOST_HASTE = 3.0

Window = tuple[time, time]


@dataclass(frozen=True)
class _Windows:
    """Stretches of some days of the week, in the publisher's zone, the last minute of each excluded."""

    days: Weekdays
    stretches: Sequence[Window]
    zone: ZoneInfo

    def cover(self, moment: datetime) -> bool:
        local = moment.astimezone(self.zone)
        clock = local.time()
        return local.weekday() in self.days and any(opens <= clock < closes for opens, closes in self.stretches)

    def next_turn(self, moment: datetime) -> datetime:
        """When the next of them opens or closes; days that are an hour longer or shorter count as they are there."""
        return min(turn for turn in self._turns(moment) if turn > moment)

    def _turns(self, moment: datetime) -> Iterator[datetime]:
        today = moment.astimezone(self.zone).date()
        for day in (today + timedelta(days=ahead) for ahead in range(WEEK + 1)):
            if day.weekday() in self.days:
                yield from (
                    datetime.combine(day, edge, self.zone).astimezone(moment.tzinfo)
                    for window in self.stretches
                    for edge in window
                )


def _days(words: str | Weekdays) -> Weekdays:
    return words if isinstance(words, Weekdays) else Weekdays.of(words)


def _hours(words: str | DayHours) -> DayHours:
    return words if isinstance(words, DayHours) else DayHours.of(words)


def _place(name: str | ZoneInfo) -> ZoneInfo:
    return name if isinstance(name, ZoneInfo) else ZoneInfo(name)


def _period(words: str | timedelta) -> timedelta:
    return words if isinstance(words, timedelta) else duration(words)


@dataclass(frozen=True)
class Busy:
    """The hours in which a publisher publishes, in its own zone, how often to look then: `Busy("Mon-Fri", "08:30-17:30", …)`.

    A scraper says them in words, config.toml as values.

    Raises:
        ValueError: the days or the hours are none.
        ZoneInfoNotFoundError: nobody knows the zone.
        ConfigError: `every` is no duration.
    """

    days: str | Weekdays
    hours: str | DayHours
    zone: str | ZoneInfo
    every: str | timedelta
    period: timedelta = field(init=False)
    _windows: _Windows = field(init=False)

    def __post_init__(self) -> None:
        hours = _hours(self.hours)
        _fill(self, _period(self.every), _Windows(_days(self.days), [(hours.begins, hours.ends)], _place(self.zone)))

    @property
    def place(self) -> ZoneInfo:
        """By whose clock these hours are told."""
        return self._windows.zone

    def covers(self, moment: datetime) -> bool:
        """Whether `moment` (aware) lies in these hours, the last minute excluded."""
        return self._windows.cover(moment)

    def next_turn(self, moment: datetime) -> datetime:
        """When these hours begin or end next."""
        return self._windows.next_turn(moment)


@dataclass(frozen=True)
class At:
    """The times at which a publisher publishes, in its own zone, and how often to look in the minutes after each of them:
    `At("Mon-Fri", "08:45 11:15 16:15", "America/New_York", every="1 minute")`.

    The first look is at the time itself; `lasting` is for how long it is looked so often.

    Raises:
        ValueError: the days or the times are none, or one of them lasts beyond midnight.
        ZoneInfoNotFoundError: nobody knows the zone.
        ConfigError: `every` or `lasting` is no duration.
    """

    days: str
    times: str
    zone: str
    every: str | timedelta
    lasting: str | timedelta = "15 minutes"
    period: timedelta = field(init=False)
    _windows: _Windows = field(init=False)

    def __post_init__(self) -> None:
        lasting = _period(self.lasting)
        stretches = [_after(time.fromisoformat(word), lasting) for word in self.times.split()]
        if not stretches:
            raise ValueError("no times are given")
        _fill(self, _period(self.every), _Windows(_days(self.days), stretches, ZoneInfo(self.zone)))

    @property
    def place(self) -> ZoneInfo:
        """By whose clock these times are told."""
        return self._windows.zone

    def covers(self, moment: datetime) -> bool:
        """Whether `moment` (aware) lies in the minutes after one of the times."""
        return self._windows.cover(moment)

    def next_turn(self, moment: datetime) -> datetime:
        """The next of the times, or when the minutes after one of them are over."""
        return self._windows.next_turn(moment)


def _after(begins: time, lasting: timedelta) -> Window:
    minutes = timedelta(hours=begins.hour, minutes=begins.minute) + lasting
    if minutes >= timedelta(days=1):
        raise ValueError(f"{begins:%H:%M} lasts beyond midnight")
    return begins, time(*divmod(minutes // timedelta(minutes=1), 60))


def _fill(hours: Busy | At, period: timedelta, windows: _Windows) -> None:
    object.__setattr__(hours, "period", period)  # how a frozen dataclass fills its own fields
    object.__setattr__(hours, "_windows", windows)


@dataclass(frozen=True)
class Habit:
    """The hours of the week, in its zone, in which a publisher was seen to publish: how many times as often to look then."""

    zone: tzinfo
    haste: Mapping[tuple[int, int], float]  # by day of the week (Monday is 0) and hour; above 1

    def hastens(self, moment: datetime) -> float:
        """How many times as often as it is set to look at this moment; never less."""
        local = moment.astimezone(self.zone)
        return self.haste.get((local.weekday(), local.hour), 1.0)

    def next_turn(self, moment: datetime) -> datetime:
        """When the next hour begins there."""
        local = moment.astimezone(self.zone)
        return moment + HOUR - timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)


def habit(published: Iterable[datetime], zone: tzinfo, now: datetime) -> Habit | None:
    """What the moments at which something was published show; None where they are too few, or fall anywhere.

    What came within one hour was published once. How often an hour is looked at grows with the square root of how often it
    brings something: that spends a given number of looks so that news waits least.
    """
    local = [moment.astimezone(zone) for moment in published if timedelta() <= now - moment <= MEMORY]
    hours = {(moment.date(), moment.hour) for moment in local}
    if len(hours) < FEWEST:
        return None
    times = Counter((day.weekday(), hour) for day, hour in hours)
    haste = {at: _haste(count / len(hours)) for at, count in times.items() if count >= RETURNS}
    return Habit(zone, {at: more for at, more in haste.items() if more > 1}) if haste else None


def _haste(share: float) -> float:
    """How many times as often to look in an hour of the week that brings this share of all."""
    return min(math.sqrt(share * HOURS_OF_A_WEEK), MOST_HASTE)
