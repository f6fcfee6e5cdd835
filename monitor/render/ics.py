"""Key dates as an iCalendar file (RFC 5545): all-day events, each with an identity of its own.
Pure.
"""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta

import icalendar

from monitor.config.redact import clean
from monitor.model import Announcement, KeyDate, KeyDateKind
from monitor.render import words
from monitor.render.reminders import Acts, describe_day, describe_day_after
from monitor.render.text import capitalize_first, keep_web_url
from monitor.render.titles import format_title

DAY = timedelta(days=1)


def render_ics(dates: Iterable[KeyDate], known: Acts, now: datetime) -> bytes:
    """One event for each key date, and one for the day after a suspension's last.

    A day that no text prints says that it is computed. A day is confirmed only where an act that
    was understood in full prints it, and no suspension ends: that may be extended.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//regulatory-monitor//key dates//EN")
    calendar.add("version", "2.0")
    for key_date in dates:
        day, said = date.fromisoformat(key_date.on), describe_day([key_date], known)
        computed = " (computed)" if key_date.computed else ""
        calendar.add_component(_make_event(key_date, day, f"{said}{computed}", known, now))
        if key_date.kind is KeyDateKind.SUSPENSION_END and day < date.max:
            after = describe_day_after(key_date, known)
            calendar.add_component(
                _make_event(key_date, day + DAY, f"{after}{computed}", known, now)
            )
    written: bytes = calendar.to_ical()
    return written


def _make_event(
    key_date: KeyDate, day: date, said: str, known: Acts, now: datetime
) -> icalendar.Event:
    act, is_after = known.get(key_date.act), day.isoformat() > key_date.on
    name, title = "; ".join(key_date.rows) or words.name_acts([key_date.act]), ""
    if act:
        name, title = words.name_act(act), format_title(act.title)
    event = icalendar.Event()
    event.add("uid", f"{_make_identity(key_date)}{'-after' if is_after else ''}@regulatory-monitor")
    event.add("dtstamp", now)
    event.add("dtstart", day)
    if day < date.max:
        event.add("dtend", day + DAY)
    event.add("summary", clean(capitalize_first(said)))
    quote = f"“{key_date.quote}”" if key_date.quote else ""
    event.add("description", clean(": ".join(filter(None, (name, title, quote)))))
    event.add("status", "CONFIRMED" if _is_certain(key_date, act) else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    event.add("categories", [key_date.kind, clean(key_date.authority)])
    if act and (address := keep_web_url(act.url)):
        event.add("url", address)
    return event


def _is_certain(key_date: KeyDate, act: Announcement | None) -> bool:
    is_whole = key_date.rows or (act and act.understood == "full" and not act.doubts)
    return bool(is_whole) and not (key_date.computed or key_date.kind is KeyDateKind.SUSPENSION_END)


def _make_identity(key_date: KeyDate) -> str:
    """Make an identity for a date of an act, which stays the same whatever else is learnt."""
    parts = (key_date.act, key_date.kind, key_date.on, key_date.action, *key_date.clauses)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]
