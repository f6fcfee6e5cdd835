"""Name months and days of the week in English and German; count days, months and years on.

Cheap, since an unchanged poll loads it: no CLDR.
"""

import calendar
from datetime import date, datetime, time, timedelta, tzinfo

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHORT_MONTHS = tuple(name[:3] for name in MONTHS)
SHORT_WEEKDAYS = tuple(name[:3] for name in WEEKDAYS)
SEPT = "Sept"  # as it is shortened beside `Sep`
# Those that are called otherwise in German.
GERMAN = {
    "Januar": 1,
    "Februar": 2,
    "März": 3,
    "Mai": 5,
    "Juni": 6,
    "Juli": 7,
    "Oktober": 10,
    "Dezember": 12,
}
LONG_NUMBERS = {name.lower(): month for month, name in enumerate(MONTHS, 1)}
SHORT_NUMBERS = {name.lower(): month for month, name in enumerate(SHORT_MONTHS, 1)} | {
    SEPT.lower(): 9
}
NUMBERS = LONG_NUMBERS | SHORT_NUMBERS  # of every English name, in small letters


def add_duration(begins: str, length: int, unit: str) -> str | None:
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


def format_moment(on: date, clock: time, zone: tzinfo) -> str:
    """The ISO date-time, to the minute, of a clock time in `zone`: `2029-07-10T00:01-04:00`."""
    return datetime.combine(on, clock, zone).isoformat(timespec="minutes")
