"""The time zone in which an authority counts its days: an act's dates mean nothing without it. Pure."""

from datetime import UTC, date, datetime, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

# By the first part of an authority's code: the zone of the capital that issues acts.
ZONES = {
    "au": "Australia/Sydney",
    "ca": "America/Toronto",
    "ch": "Europe/Zurich",
    "cn": "Asia/Shanghai",
    "eu": "Europe/Brussels",
    "gb": "Europe/London",
    "hk": "Asia/Hong_Kong",
    "jp": "Asia/Tokyo",
    "kr": "Asia/Seoul",
    "tw": "Asia/Taipei",
    "un": "America/New_York",
    "us": "America/New_York",
}


@cache
def zone(authority: str) -> tzinfo:
    """`cn-mofcom` counts its days in Asia/Shanghai; an authority we don't know in UTC."""
    name = ZONES.get(authority.partition("-")[0])
    return ZoneInfo(name) if name else UTC


def today(authority: str, now: datetime) -> date:
    """The day that it is for `authority` at this instant."""
    return now.astimezone(zone(authority)).date()


def day(on: str, authority: str) -> date | None:
    """The day that a date or a clock time with offset is for `authority`; None where `on` is neither."""
    try:
        return date.fromisoformat(on) if "T" not in on else _day(datetime.fromisoformat(on), authority)
    except ValueError:
        return None


def _day(moment: datetime, authority: str) -> date:
    # A clock time without offset is already the authority's own: astimezone() would take it for this machine's.
    return moment.date() if moment.tzinfo is None else today(authority, moment)
