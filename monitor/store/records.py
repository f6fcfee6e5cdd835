"""Values that the store returns: records and their status, never table rows."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.alert.event import Decision, Known, NoticeKind, Post
from monitor.diff import ChangeKind
from monitor.diff.flaps import STEADY, Flaps
from monitor.diff.held import Standing
from monitor.diff.noise import Noise
from monitor.diff.rows import Version
from monitor.errors import ErrorKind
from monitor.model import (
    Announcement,
    Edition,
    Evidence,
    Excerpt,
    Fact,
    FieldValue,
    PageChange,
    Problem,
    Severity,
    Value,
    frozen,
)
from monitor.source.habits import LinkBeside
from monitor.source.health import Health
from monitor.source.page import Link, Request, ResponseRecord

UNREAD = "unread:"  # the prefix of a page's key, and of the event that reported it as unreadable


class OutboxState(StrEnum):
    """The state of a message."""

    PENDING = "pending"  # pending, and surely not sent
    SENDING = "sending"  # it may have been sent: it is searched first
    SENT = "sent"  # its destination confirmed it
    UNDELIVERABLE = "undeliverable"  # its destination will never take it
    CANCELLED = "cancelled"  # no longer needed
    DROPPED = "dropped"  # dropped by a person


class Intervention(StrEnum):
    """The actions of a person on a message."""

    RETRY = "retry"  # try it now
    DROP = "drop"  # never send it
    RESEND = "resend"  # send it once more


class MarkKind(StrEnum):
    """The keys to find an event by."""

    ACT = "act"
    REPORT = "report"
    EDITION = "edition"


def make_page_key(identity: str) -> str:
    """Name a page by the identity of its request."""
    return f"{UNREAD}{hashlib.sha256(identity.encode()).hexdigest()[:12]}"


@frozen
class Address:
    """A known page and its reader.

    `silent`: its next read is a baseline, recorded without messages. `came_at` is when its bytes
    last came. `quarantine` is the identity of bytes over which its reader was killed twice.
    `same_at` is when its server last answered "unchanged"; `lies` counts how often that was false.
    `sketch` identifies a watched page's last reading. `seen_at` is when it was first listed. If a
    list `flickers`, an old copy of it came now and then.
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
        """Return the page's own identity, by its request: independent of reader and content."""
        return make_page_key(self.request.identity)


@frozen
class Stamp:
    """The stamp of a page's version: the SHA-256 of its bytes, and the validators for the next
    request.
    """

    sha256: str
    etag: str | None = None
    last_modified: str | None = None


@frozen
class Owed:
    """A message waiting in the outbox. For one on its way (`sending`), `thread` is the receipt of
    its parent or of the message to edit. `since` is the receipt of the last one that arrived before
    it.
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


@frozen
class Dealing:
    """A person's action on a message, with time and reason."""

    at: datetime
    intervention: Intervention
    by: str
    reason: str = ""


@frozen
class Message:
    """One message of the outbox with its outcome: `failure` is the last answer, `meant_for` its
    first destination. `again_of` is the message that it repeats.
    """

    id: int
    key: str
    kind: NoticeKind
    destination: str
    meant_for: str | None
    state: OutboxState
    severity: Severity
    created_at: datetime
    attempts: int
    not_before: datetime | None
    sent_at: datetime | None
    failure: str | None
    again_of: int | None = None
    dealings: tuple[Dealing, ...] = ()
    event: str | None = None
    said: str = ""


@frozen
class TroubleState:
    """An open incident of a source, an authority, or (`monitor`) all of them, and its start."""

    about: str
    problem: Problem
    severity: Severity
    since: datetime


@frozen
class Closed:
    """A destination that takes nothing until a person has seen to it."""

    destination: str
    since: datetime
    why: str


@frozen
class Worker:
    """A worker process of a history: its start, its `queues`, what it is `doing`, its last report,
    and whether it handles due dates.
    """

    name: str
    began: datetime
    seen: datetime
    queues: Sequence[str]
    doing: Sequence[str] = ()
    schedules: bool = False


@frozen
class Waiting:
    """The pending messages of a destination: how many, the oldest `since` when, and the last
    arrival there.
    """

    destination: str
    messages: int
    since: datetime
    last_sent: datetime | None


@frozen
class Vitals:
    """The health of sources and outbox; `quarantined` pages are left alone since they killed their
    readers. `troubles` are the reported open incidents. `muted` are the sources with muted
    failures, and the end of each mute.
    """

    health: Mapping[str, Health]
    messages: Mapping[OutboxState, int]
    waiting: tuple[Waiting, ...]
    quarantined: int
    troubles: tuple[TroubleState, ...] = ()
    muted: Mapping[str, datetime] = field(default_factory=dict)


@frozen
class ToldAlert:
    """A reported act or register edition: the day or time that its publisher prints, and when it
    reached us.
    """

    published: str
    authority: str
    at: datetime


@frozen
class RegisterStatus:
    """One register in `monitor status`: its number of rows, how many are withheld, and the time of
    its last read. `code` is that of the vocabulary. Nothing is known of the time before
    `first_read`.
    """

    reader: str
    rows: int
    held: int
    asks: bool
    published: str | None
    read_at: datetime
    code: str = ""
    first_read: datetime | None = None


class KnownPage(Value, kw_only=True, tag="page"):
    """A linked page without any fact: its address, the words of the link, its first read (UTC,
    ISO). `problem` is why it could not be read.
    """

    source: str
    url: str
    title: str = ""
    first_read: str | None = None
    problem: str | None = None


@frozen
class Happening:
    """A recorded fact in full: an act, a report or a register's edition, as it was then.

    A `baseline` was there when its source was first read.
    """

    at: datetime
    kind: ChangeKind
    source: str
    found: Fact | Edition
    evidence: Evidence
    baseline: bool = False


@frozen
class Act:
    """One act as `monitor status` lists it."""

    key: str
    title: str
    first_seen: datetime


@frozen
class Recorded:
    """One recorded change of an act, a report or a register edition, and the bytes that prove
    it.
    """

    at: datetime
    kind: ChangeKind
    key: str
    source: str
    evidence: Evidence


@frozen
class Looks:
    """How long a source was covered without a gap, the number of further polls, and the allowed
    gap. `gap_from` is the poll before all these, if it was longer ago than allowed.
    """

    since: datetime
    until: datetime
    looks: int
    bound: timedelta
    gap_from: datetime | None = None


@frozen
class Quiet:
    """The ground of a source's silence since its last change: the `looks` since then, and what is
    unread or withheld. `unread` are pages still pending, each with the reason. `held` counts
    withheld rows by the reader of each register. `troubles` lists other anomalies.
    """

    source: str
    health: Health
    change: Recorded | None
    looks: tuple[Looks, ...]
    unread: tuple[str, ...] = ()
    held: Mapping[str, int] = field(default_factory=dict)
    troubles: tuple[Problem, ...] = ()


@frozen
class LookedAt:
    """A source's recent polls: the interval in seconds, and the gaps; `quiet` if there was no gap
    and no change.
    """

    source: str
    pace: float | None
    gaps: tuple[tuple[datetime, datetime], ...]
    quiet: bool


@frozen
class Event:
    """Something that was recorded, by its number among all that ever was; `title` is what it is
    called, if anything.
    """

    id: int
    title: str
    recorded: Recorded


@frozen
class ListedOn:
    """A record of a register as of a moment; `held`: it is missing now, and its removal is
    unconfirmed.
    """

    row: str
    name: str
    first_seen: datetime
    gone: datetime | None
    held: datetime | None
    starts: str
    ends: str
    details: Mapping[str, FieldValue]


@frozen
class EditionTold:
    """The changes in one read of a register, their time, and the bytes that prove them."""

    at: datetime
    edition: Edition
    evidence: Evidence | None


@frozen
class Stretch:
    """A period of gapless coverage of a source or an authority (`about`), or of an incident of this
    `kind`.
    """

    about: str
    since: datetime
    until: datetime | None
    kind: ErrorKind | None = None


# Values that a read brings to the history, and what is known of a page or register: never rows.


@frozen
class Retrieval:
    """The retrieval of a saved body: its SHA-256, the time, and the answers, redirects first."""

    sha256: str
    at: datetime
    responses: tuple[ResponseRecord, ...]


@frozen
class Annexed:
    """An annex that was fetched together with its act, or why it was not."""

    link: Link
    reader: str
    stamp: Stamp | None = None
    failure: Problem | None = None
    retrievals: tuple[Retrieval, ...] = ()
    words: tuple[str, ...] = ()


@frozen
class PageRead:
    """The result of one good read of an address. `foreign` states that it is on no host of its
    source, and what that means. `shown` are the keys of acts that its titles name as their own.
    `beside` has the number of links to other sites and of candidates for entries. `retrievals` are
    how its bytes came, if saved; `days` are those that its list prints. `words` are the lines of
    its article.
    """

    facts: tuple[Fact, ...]
    links: tuple[tuple[Link, str], ...]
    evidence: Evidence
    stamp: Stamp
    annexes: tuple[Annexed, ...] = ()
    foreign: Problem | None = None
    shown: tuple[str, ...] = ()
    watched: "tuple[PageSeen, ...]" = ()
    beside: tuple[Mapping[int, int], tuple[LinkBeside, ...]] | None = None
    retrievals: tuple[Retrieval, ...] = ()
    days: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@frozen
class PageKnown:
    """A watched page at its last read: its text, its known noise, and its saved bytes."""

    excerpt: Excerpt
    noise: Noise
    evidence: Evidence


@frozen
class PageSeen:
    """The result of one good read of a watched page: its new text, and the change to report, if
    any. `is_evidence` means: save its bytes. If it is not `settled`, the next poll reads it again.
    `remarks` are for the operators. Its `sketch` identifies it next time.
    """

    excerpt: Excerpt
    noise: Noise
    change: PageChange | None = None
    decision: Decision | None = None
    is_evidence: bool = False
    settled: bool = True
    remarks: tuple[Problem, ...] = ()
    sketch: bytes | None = None


@frozen
class PageTold:
    """A reported change of a watched page, its time, and the bytes that prove it."""

    at: datetime
    change: PageChange
    evidence: Evidence


@frozen
class RegisterState:
    """A register as last confirmed: the digest of each record, the withheld records, and its
    alternation. `editions` counts the reads that changed anything.
    """

    standing: Standing
    source: str
    url: str
    digests: Mapping[str, bytes]
    held_sha256: str | None = None
    asks: bool = False
    remarks: frozenset[str] = frozenset()
    flaps: Flaps = STEADY
    editions: int = 0


@frozen
class Delta:
    """What one read of a register changes in the history.

    `moved` are records that are new or have new bytes. `gone` are confirmed removals, `held`
    unconfirmed ones. `described` has the content of each moved one, by column. `edition` is the
    reported change, if any. `proven`: the register's form proves its end. A read that only
    `alternates` moves nothing; `begins` is set if people should know. `unconfirmed`: withheld rows
    were missing once, and the register is read `again` shortly. `saved` is when a person saved the
    page: it says nothing of later days.
    """

    reader: str
    register: str
    url: str
    published: str | None
    rows: int
    sha256: str
    moved: Mapping[str, Version]
    described: Mapping[str, Mapping[str, str]]
    gone: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()
    asks: bool = False
    remarks: frozenset[str] = frozenset()
    edition: Edition | None = None
    proven: bool = False
    flaps: Flaps = STEADY
    alternates: bool = False
    begins: bool = False
    unconfirmed: bool = False
    again: bool = False
    saved: datetime | None = None

    @property
    def settled(self) -> bool:
        """Return whether the whole page is confirmed, so that the next read waits for new bytes."""
        return not self.held and not self.alternates


@frozen
class ListedPage:
    """A page that can't be read, as far as its list shows: the act by title and number, and the
    destinations. Pages reported `within` this time share one message.
    """

    act: Announcement
    post: Post
    within: timedelta


Judge = Callable[[Fact, Known], Decision | None]
