"""For how long people could have worked on something: their hours, without the days on which nobody does. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from monitor.config.times import WorkingHours

DAY = timedelta(days=1)
MOST_DAYS = 400  # that are looked at; by then whatever waits has waited long enough

Works = Callable[[date], bool | None]
"""Whether people work on a day; None where the calendar does not say, so that the day of the week decides."""


@dataclass(frozen=True, slots=True)
class DeskRules:
    """How those work who read at a destination: whom to call `after` which time, and `to` which other destination to turn."""

    after: timedelta | None = None
    hours: WorkingHours | None = None
    works: Works = lambda _: None
    mentions: tuple[str, ...] = ()
    to: str = ""

    def is_late(self, since: datetime, now: datetime) -> bool:
        """Whether what was told then should have been taken by now."""
        return self.after is not None and worked(self.hours, self.works, since, now) >= self.after


def worked(hours: WorkingHours | None, works: Works, since: datetime, until: datetime) -> timedelta:
    """How much working time lies between two moments; without hours all of it."""
    if hours is None:
        return max(until - since, timedelta())
    first, last = since.astimezone(hours.zone).date(), until.astimezone(hours.zone).date()
    days = (first + number * DAY for number in range(min((last - first).days, MOST_DAYS) + 1))
    return sum((_on(day, hours, since, until) for day in days if _is_worked(day, hours, works)), timedelta())


def _is_worked(day: date, hours: WorkingHours, works: Works) -> bool:
    said = works(day)
    return day.weekday() in hours.days if said is None else said


def _on(day: date, hours: WorkingHours, since: datetime, until: datetime) -> timedelta:
    begins, ends = (datetime.combine(day, at, hours.zone).astimezone(since.tzinfo) for at in (hours.begins, hours.ends))
    return max(min(ends, until) - max(begins, since), timedelta())
