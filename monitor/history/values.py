"""What the history takes and gives: values, never rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from monitor.event import Decision, Known, NoticeKind
from monitor.model import Evidence, Fact, Problem
from monitor.scraper import Link, Request


@dataclass(frozen=True, slots=True)
class Address:
    """A page we know of and the reader that reads it. `silent`: what its next read brings is recorded, not told: a baseline."""

    id: int
    source: str
    request: Request
    reader: str
    title: str
    annex: bool
    start: bool
    silent: bool
    owed: bool
    first_read: datetime | None
    attempts: int
    etag: str | None
    last_modified: str | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Body:
    """The bytes an address gave: their SHA-256, and the validators to ask with next time."""

    sha256: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Annexed:
    """An annex that was fetched together with its act, or why it was not."""

    link: Link
    reader: str
    body: Body | None = None
    failure: Problem | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """What one good read of an address brought."""

    facts: tuple[Fact, ...]
    links: tuple[tuple[Link, str], ...]
    evidence: Evidence
    body: Body
    annexes: tuple[Annexed, ...] = ()


Judge = Callable[[Fact, Known], Decision | None]


@dataclass(frozen=True, slots=True)
class Owed:
    """A message waiting in the outbox. `thread` is the receipt of the event's first message, where this belongs under it."""

    id: int
    key: str
    kind: NoticeKind
    state: str
    attempts: int
    not_before: datetime | None
    thread: str | None


@dataclass(frozen=True, slots=True)
class Act:
    """One act as `monitor status` lists it."""

    key: str
    title: str
    first_seen: datetime
