"""Key dates as an iCalendar file (RFC 5545): all-day events, each with an identity of its own. Pure."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta

import icalendar

from monitor.config.redact import clean
from monitor.model import KeyDate
from monitor.render.reminders import Acts, describe_day
from monitor.render.text import capitalize_first, keep_web_url

DAY = timedelta(days=1)


def render_ics(dates: Iterable[KeyDate], known: Acts, now: datetime) -> bytes:
    """One event for each key date. A day that no text prints is tentative, and says that it is computed."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//regulatory-monitor//key dates//EN")
    calendar.add("version", "2.0")
    for key_date in dates:
        calendar.add_component(_event(key_date, known, now))
    written: bytes = calendar.to_ical()
    return written


def _event(key_date: KeyDate, known: Acts, now: datetime) -> icalendar.Event:
    day, act = date.fromisoformat(key_date.on), known.get(key_date.act)
    event = icalendar.Event()
    event.add("uid", f"{_identity(key_date)}@regulatory-monitor")
    event.add("dtstamp", now)
    event.add("dtstart", day)
    if day < date.max:
        event.add("dtend", day + DAY)
    event.add("summary", clean(capitalize_first(describe_day([key_date], known)) + (" (computed)" if key_date.computed else "")))
    event.add("description", clean(f"{key_date.act}: “{key_date.quote}”" if key_date.quote else key_date.act))
    event.add("status", "TENTATIVE" if key_date.computed else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("categories", [key_date.kind, clean(key_date.authority)])
    if act and (address := keep_web_url(act.url)):
        event.add("url", address)
    return event


def _identity(key_date: KeyDate) -> str:
    """The same for the same date of the same act, whatever else is learnt of it."""
    parts = (key_date.act, key_date.kind, key_date.on, key_date.action, *key_date.clauses)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]
