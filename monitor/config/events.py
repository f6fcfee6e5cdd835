"""Named events of the log: each is one record with its own fields, which docs/operate.md lists. All
other log lines are remarks: words, and no fields.
"""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum

FIELDS = "fields"  # where a record of Python's logging carries them

log = logging.getLogger(__name__)


class Happened(StrEnum):
    """The names of events."""

    STARTED = "started"
    STOPPED = "stopped"
    BASELINE = "baseline"  # a source was read for the first time
    ACT = "act"
    REPORT = "report"  # a press report on an act
    EDITION = "edition"
    PAGE = "page"  # a watched page has other words
    FAILURE = "failure"  # polls begin to bring less than they should, or do so for another cause
    RECOVERY = "recovery"
    MESSAGE = "message"  # a destination took it
    UNDELIVERED = "undelivered"
    MUTE = "mute"
    TRIAGE = "triage"  # somebody had something done with an event
    FREED = "freed"  # bodies that prove nothing left the archive


# the fields of each event, in their order
_FIELDS = """
started sources known failing
stopped
baseline source duration
act source key change url duration
report source key change url duration
edition source key reader added removed amended held duration
page source key url duration
failure source kind text duration
recovery source duration
message source key kind to tries duration
undelivered to text
mute source until by reason
triage about did key via refused
freed bodies bytes drafts
"""
CARRIES: Mapping[Happened, tuple[str, ...]] = {
    Happened(what): tuple(fields) for what, *fields in map(str.split, _FIELDS.strip().splitlines())
}

_about: ContextVar[Mapping[str, object]] = ContextVar("about", default={})  # noqa: B039 - never changed in place


@contextmanager
def bind_log_fields(**fields: object) -> Iterator[None]:
    """Let every record of this task, and of the tasks and threads that it begins, carry these
    fields.
    """
    token = _about.set({**_about.get(), **fields})
    try:
        yield
    finally:
        _about.reset(token)


def get_log_fields() -> Mapping[str, object]:
    """Return the subject of the present task."""
    return _about.get()


def log_event(what: Happened, level: int = logging.INFO, /, **fields: object) -> None:
    """Log one thing that happened; a field that is None is left out. A `duration` is in seconds."""
    if log.isEnabledFor(level):
        told = {name: fields[name] for name in CARRIES[what] if fields.get(name) is not None}
        log.log(level, what, extra={FIELDS: told})
