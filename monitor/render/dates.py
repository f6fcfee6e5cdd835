"""Days and moments as a person writes them: `8 Nov 2025 (explicit)`."""

import re
from datetime import date, datetime

from monitor.model import End, Start

_BASIS = {"explicit": "explicit", "publication": "on publication", "immediate": "immediately"}
_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(on: str) -> str:
    """`2025-11-08` as `8 Nov 2025`; a clock time keeps its offset; what is no date stays as it is."""
    try:
        if "T" not in on:
            return _day(date.fromisoformat(on))
        moment = datetime.fromisoformat(on)
    except ValueError:
        return on
    zone = moment.strftime("%z")
    offset = "" if not zone else " UTC" if zone == "+0000" else f" UTC{zone[:3]}:{zone[3:]}"
    return f"{_day(moment)} {moment:%H:%M}{offset}"


def _day(on: date) -> str:
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def start(when: Start) -> str:
    """When it bites, and how the text says so."""
    return f"{day(when.on)} ({_BASIS[when.basis]})"


def end(when: End) -> str:
    """The last day of effect, and how we know it."""
    if when.basis == "explicit":
        return f"{day(when.on)} (explicit)"
    return f"{day(when.on)} (computed from {duration(when.duration)})" if when.duration else f"{day(when.on)} (computed)"


def duration(iso: str) -> str:
    """`P1Y` as `1 year`."""
    parts = re.findall(r"(?<!\d)(\d++)([YMWD])", iso)
    return ", ".join(f"{number} {_UNITS[unit]}{'' if number == '1' else 's'}" for number, unit in parts) or iso
