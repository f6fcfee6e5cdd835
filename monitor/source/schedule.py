"""When is a source due, when is a page owed another try or another look. Pure: instants in, instants out."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.source.scraper import Source

LONGEST_BACK_OFF = timedelta(minutes=10)  # a source that is back must be read within minutes
LATEST_RETRY = timedelta(minutes=30)
JITTER = 0.1
LONGEST_HOLD = timedelta(hours=1)  # that a server may ask for: one that asks for years would be a way to switch us off
MOST_KILLS = 2
QUARANTINE = timedelta(days=1)  # after which a page that stopped its reader is tried again: by then the reader may be better
WHOLE = timedelta(days=1)  # how long word that a page is unchanged is believed before its bytes are asked for


@dataclass(frozen=True, slots=True)
class Tried:
    """A source's last poll: failures in a row up to it, and for how long its server asked us to `hold` off."""

    at: datetime
    failures: int = 0
    hold: timedelta = timedelta()


def cadence(source: Source, now: datetime) -> timedelta:
    """How long to wait between two polls at this hour."""
    if source.busy and source.busy.covers(now):
        return source.busy.period
    return source.every


def longest_silence(source: Source, patience: timedelta, now: datetime) -> timedelta:
    """For how long nothing good may come of a source before what it said last is no longer fresh."""
    return max(patience, source.patience or timedelta(), 3 * cadence(source, now))


def next_poll(source: Source, tried: Tried | None, now: datetime) -> datetime:
    """When `source` is due; `now` at the latest if it was never polled or the clock was set back."""
    if tried is None or tried.at > now:
        return now
    wait = cadence(source, now)
    if tried.failures > 1:
        wait = min(wait * 2 ** min(tried.failures - 1, 8), max(wait, LONGEST_BACK_OFF))
    return tried.at + max(wait * (1 - _jitter(source, tried.at)), min(tried.hold, LONGEST_HOLD))


def next_try(attempts: int, now: datetime) -> datetime:
    """When a page that could not be read is tried again: at the next poll first, then ever more rarely, but never given up."""
    if attempts < 2:
        return now
    return now + min(timedelta(minutes=2 ** min(attempts - 1, 8)), LATEST_RETRY)


def next_look(first_read: datetime, now: datetime) -> datetime:
    """When a known act is looked at again, since acts are edited in place: often while it is young, then ever more rarely."""
    age = now - first_read
    return now + min(max(age / 2, timedelta(hours=1)), timedelta(days=14))


def in_quarantine(kills: int, last: datetime | None, now: datetime) -> bool:
    """Whether a page is left alone that stopped its reader so often, `last` then."""
    return kills >= MOST_KILLS and last is not None and now - last < QUARANTINE


def asks_for_all(came_at: datetime | None, now: datetime) -> bool:
    """Whether a page is to be asked for without condition: "not modified" for ever may be a broken cache, and hides all news."""
    return came_at is None or not timedelta() <= now - came_at < WHOLE


def _jitter(source: Source, at: datetime) -> float:
    """0 to 10 %, the same for the same poll, so that sources with one cadence drift apart."""
    digest = hashlib.sha256(f"{source.id} {at.isoformat()}".encode()).digest()
    return JITTER * digest[0] / 255
