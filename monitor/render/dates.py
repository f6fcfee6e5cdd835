"""Format days and times as people write them, with the place of their clock: `8 Nov 2025
(Beijing)`.
"""

import re
from datetime import date, datetime

from monitor import vocabulary
from monitor.days import SHORT_MONTHS
from monitor.model import End
from monitor.vocabulary.countries import TOWNS

_ISO = re.compile(
    r"(?<![\w/-])(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(?::\d{2})?(?: UTC|Z))?(?![\w/-])"
)
_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day"}


def format_date(on: str) -> str:
    """`2025-11-08` as `8 Nov 2025`; a clock time keeps its offset; what is no date stays as it
    is.
    """
    try:
        if "T" not in on:
            return _format_day(date.fromisoformat(on))
        moment = datetime.fromisoformat(on)
    except ValueError:
        return on
    zone = moment.strftime("%z")
    offset = "" if not zone else " UTC" if zone == "+0000" else f" UTC{zone[:3]}:{zone[3:]}"
    return f"{_format_day(moment)} {moment:%H:%M}{offset}"


def format_local_date(on: str, authority: str) -> str:
    """Format a day of law with its place: `8 Nov 2025 (Beijing)`; a time as `10 Nov 2026, 00:00
    Beijing`.
    """
    town = get_capital(authority)
    if "T" not in on:
        return f"{format_date(on)} ({town})"
    try:
        moment = datetime.fromisoformat(on)
    except ValueError:
        return on
    moment = moment.astimezone(vocabulary.zone(authority)) if moment.tzinfo else moment
    return f"{_format_day(moment)}, {moment:%H:%M} {town}"


def format_local_time(when: datetime) -> str:
    """Format a time as `10 Nov 2026, 17:00`; the caller adds the place."""
    return f"{_format_day(when)}, {when:%H:%M}"


def get_capital(authority: str) -> str:
    """Return the capital that sets an authority's clock."""
    return TOWNS.get(vocabulary.country_of(authority)) or str(
        vocabulary.zone(authority)
    ).rpartition("/")[2].replace("_", " ")


def format_last_day(when: End) -> str:
    """The last day of effect, and what it was counted from where no text prints it."""
    counted = (
        f", counted as {format_iso_duration(when.duration)}"
        if when.basis == "computed" and when.duration
        else ""
    )
    return f"{format_date(when.on)}{counted}"


def format_dates_in(text: str) -> str:
    """A text with its ISO days and moments as a person writes them."""
    return _ISO.sub(lambda on: f"{format_date(on[1])}{f' {on[2]} UTC' if on[2] else ''}", text)


def format_iso_duration(iso: str) -> str:
    """`P1Y` as `1 year`."""
    parts = re.findall(r"(?<!\d)(\d++)([YMWD])", iso)
    return (
        ", ".join(
            f"{number} {_UNITS[unit]}{'' if number == '1' else 's'}" for number, unit in parts
        )
        or iso
    )


def _format_day(on: date) -> str:
    return f"{on.day} {SHORT_MONTHS[on.month - 1]} {on.year}"
