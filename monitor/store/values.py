"""What the history takes and gives where all is as it was: values, never rows. Of all else: `reads`, `records`."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.alert.event import NoticeKind
from monitor.model import Severity
from monitor.source.page import Request

UNREAD = "unread:"  # how the key of a page begins, and of an event that told of it as unreadable


class OutboxState(StrEnum):
    """How far a message has come."""

    PENDING = "pending"  # owed, and surely not said
    SENDING = "sending"  # it may have been said: it is looked for first
    SENT = "sent"  # its destination said that it took it
    UNDELIVERABLE = "undeliverable"  # its destination will never take it
    CANCELLED = "cancelled"  # nobody need be told any more
    DROPPED = "dropped"  # a person said that nobody shall be told


class Intervention(StrEnum):
    """What a person may have done with a message."""

    RETRY = "retry"  # try it now
    DROP = "drop"  # never say it
    RESEND = "resend"  # say once more what was said


class MarkKind(StrEnum):
    """What an event is found by."""

    ACT = "act"
    REPORT = "report"
    EDITION = "edition"


def make_page_key(identity: str) -> str:
    """Name a page by the identity of its request."""
    return f"{UNREAD}{hashlib.sha256(identity.encode()).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class Address:
    """A page we know of and the reader that reads it. `silent`: what its next read brings is recorded, not told: a baseline.

    `came_at` is when its bytes last came; `quarantine` the identity of bytes over which its reader had to be stopped twice;
    `same_at` is when its server said last that nothing had moved, `lies` how often it was found out that something had; `sketch`
    is what a watched page was known by when it was read last. `seen_at` is when it was listed first. Of a list that `flickers` an
    old copy came lately, now and then.
    """

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
    came_at: datetime | None = None
    quarantine: str | None = None
    same_at: datetime | None = None
    lies: int = 0
    sketch: bytes | None = None
    seen_at: datetime | None = None
    baseline: bool = False
    flickers: bool = False

    @property
    def page_key(self) -> str:
        """Name the page itself, by its request: whoever reads it, and whatever it brings."""
        return make_page_key(self.request.identity)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells whether a page has moved since: the SHA-256 of its bytes, and the validators to ask with next time."""

    sha256: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """A message waiting in the outbox.

    Of one that is on its way (`sending`), `thread` is the receipt of the message under which it belongs, or which it edits, and
    `since` that of the last one that arrived before it.
    """

    id: int
    key: str
    kind: NoticeKind
    state: OutboxState
    attempts: int
    not_before: datetime | None
    thread: str | None
    severity: Severity = Severity.NORMAL
    created_at: datetime | None = None
    since: str | None = None
    source: str = ""
