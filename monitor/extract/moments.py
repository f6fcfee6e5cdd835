"""A clock time of an act as facts have it: with the offset of its zone on its day."""

from datetime import date, datetime, time, tzinfo


def moment(on: date, clock: time, zone: tzinfo) -> str:
    """The ISO date-time, to the minute, of a clock time in `zone`: `2029-07-10T00:01-04:00`."""
    return datetime.combine(on, clock, zone).isoformat(timespec="minutes")
