"""The day some days, months or years after another, as an act counts them; and a day that is
one.
"""

import calendar
from datetime import date, datetime, time, timedelta, tzinfo


def later(begins: str, length: int, unit: str) -> str | None:
    """The day a duration (`unit`: D, M or Y) after an ISO day; None where it lies beyond the
    calendar.

    The last day of a shorter month stands for a day it lacks.
    """
    first = date.fromisoformat(begins)
    try:
        if unit == "D":
            return (first + timedelta(days=length)).isoformat()
        months = first.month - 1 + length * (12 if unit == "Y" else 1)
        year, month = first.year + months // 12, months % 12 + 1
        return date(year, month, min(first.day, calendar.monthrange(year, month)[1])).isoformat()
    except (ValueError, OverflowError):
        return None


# A clock time of an act as facts have it: with the offset of its zone on its day.


def moment(on: date, clock: time, zone: tzinfo) -> str:
    """The ISO date-time, to the minute, of a clock time in `zone`: `2029-07-10T00:01-04:00`."""
    return datetime.combine(on, clock, zone).isoformat(timespec="minutes")
