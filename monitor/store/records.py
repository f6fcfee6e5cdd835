"""What is on record, and how all stands, as the history gives it to whoever asks: values, never rows."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.alert.event import Decision, Known, NoticeKind, Post
from monitor.diff import ChangeKind
from monitor.diff.flaps import STEADY, Flaps
from monitor.diff.held import Standing
from monitor.diff.noise import Noise
from monitor.diff.rows import Version
from monitor.errors import ErrorKind
from monitor.model import Announcement, Edition, Evidence, Excerpt, Fact, PageChange, Problem, Severity, Value
from monitor.source.health import Health, LinkBeside
from monitor.source.page import Link, Request, ResponseRecord

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


@dataclass(frozen=True, slots=True)
class Dealing:
    """What a person had done with a message, when and why."""

    at: datetime
    intervention: Intervention
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the outbox with all that became of it: `failure` is the last answer, `meant_for` where it was to go first.

    `again_of` is the one that it says once more.
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


@dataclass(frozen=True, slots=True)
class TroubleState:
    """What is wrong with a source, an authority, or (`monitor`) with all of them, and since when."""

    about: str
    problem: Problem
    severity: Severity
    since: datetime


@dataclass(frozen=True, slots=True)
class Closed:
    """A destination that takes nothing until a person has seen to it."""

    destination: str
    since: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Worker:
    """A process that works on a history beside others: since when, for which `queues`, what it is `doing`, when it last said so,
    and whether it is the one that says what is due.
    """

    name: str
    began: datetime
    seen: datetime
    queues: Sequence[str]
    doing: Sequence[str] = ()
    schedules: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is owed to a destination: how many messages, the oldest `since` when, and when the last one arrived there."""

    destination: str
    messages: int
    since: datetime
    last_sent: datetime | None


@dataclass(frozen=True, slots=True)
class Vitals:
    """How sources and outbox are doing; `quarantined` pages are left alone since they stopped their readers.

    `troubles` are what people were told of and that is not over; `muted` are the sources of whose
    troubles people want to hear nothing now, and until when.
    """

    health: Mapping[str, Health]
    messages: Mapping[OutboxState, int]
    waiting: tuple[Waiting, ...]
    quarantined: int
    troubles: tuple[TroubleState, ...] = ()
    muted: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ToldAlert:
    """An act or an edition of a register that was told: what its publisher prints as its day or time, and when word arrived."""

    published: str
    authority: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RegisterStatus:
    """One register as `monitor status` lists it: how many rows it has, how many of them are held, when it was read.

    `code` is that of the vocabulary; of the time before it was `first_read` nothing is known.
    """

    reader: str
    rows: int
    held: int
    asks: bool
    published: str | None
    read_at: datetime
    code: str = ""
    first_read: datetime | None = None


class KnownPage(Value, frozen=True, kw_only=True, tag_field="type", tag="page"):
    """A page that some page linked to, of which nothing is on record: its address, the words of the link, when it was read first
    (UTC, ISO); `problem` is why it could not be read.
    """

    source: str
    url: str
    title: str = ""
    first_read: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that was found, in full: an act, a report or a register's edition, as it was recorded then.

    A `baseline` was there when its source was first read.
    """

    at: datetime
    kind: ChangeKind
    source: str
    found: Fact | Edition
    evidence: Evidence
    baseline: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """One act as `monitor status` lists it."""

    key: str
    title: str
    first_seen: datetime


@dataclass(frozen=True, slots=True)
class Recorded:
    """One change that was recorded of an act, a report or a register's edition, and the bytes that say so."""

    at: datetime
    kind: ChangeKind
    key: str
    source: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Looks:
    """For how long a source was looked at without a gap, how often after the first look, and how long the next may take to come.

    `gap_from` is when the look before all these was, where that was longer ago than it may be.
    """

    since: datetime
    until: datetime
    looks: int
    bound: timedelta
    gap_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class Quiet:
    """What a source's silence since its last change rests on: the `looks` since then, and what of it is not read or believed.

    `unread` are pages still owed, each with why; `held` how many rows are held, by the reader of each of its registers;
    `troubles` what else is strange about it.
    """

    source: str
    health: Health
    change: Recorded | None
    looks: tuple[Looks, ...]
    unread: tuple[str, ...] = ()
    held: Mapping[str, int] = field(default_factory=dict)
    troubles: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class LookedAt:
    """How a source was looked at of late: every how many seconds, with which gaps; `quiet` if all the while and for nothing."""

    source: str
    pace: float | None
    gaps: tuple[tuple[datetime, datetime], ...]
    quiet: bool


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was recorded, by its number among all that ever was; `title` is what it is called, if anything."""

    id: int
    title: str
    recorded: Recorded


@dataclass(frozen=True, slots=True)
class ListedOn:
    """A record of a register that stood there at a moment; `held`: it is missing now, and not believed to be gone."""

    row: str
    name: str
    first_seen: datetime
    gone: datetime | None
    held: datetime | None


@dataclass(frozen=True, slots=True)
class EditionTold:
    """What one read of a register changed, when, and the bytes that say so."""

    at: datetime
    edition: Edition
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """From when to when a source, or an authority (`about`), was looked at without a gap; or in a trouble of this `kind`."""

    about: str
    since: datetime
    until: datetime | None
    kind: ErrorKind | None = None


# What a read brings to the history, and what is known of a page or a register that is read: values, never rows.


@dataclass(frozen=True, slots=True)
class Retrieval:
    """How a body came that is kept: its SHA-256, when, and by which answers, redirects first."""

    sha256: str
    at: datetime
    responses: tuple[ResponseRecord, ...]


@dataclass(frozen=True, slots=True)
class Annexed:
    """An annex that was fetched together with its act, or why it was not."""

    link: Link
    reader: str
    stamp: Stamp | None = None
    failure: Problem | None = None
    retrievals: tuple[Retrieval, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageRead:
    """What one good read of an address brought; `foreign` says that it lies on no host of its source, and what that means.

    `shown` are the keys of the acts that the titles on it name as their own, `beside` how many links it leaves, and those that
    may be entries; `retrievals` are how its bytes came, if kept, `days` those that its list prints.
    `words` are the lines of its article.
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


@dataclass(frozen=True, slots=True)
class PageKnown:
    """A watched page as it was known last: what it said, what is known of its noise, the bytes that are kept of it."""

    excerpt: Excerpt
    noise: Noise
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class PageSeen:
    """What one good read of a watched page brought: what it says from now on, and the change that is told, if any.

    `is_evidence` says that its bytes are kept; what is not `settled` is read again at the next look. `remarks` are for those who
    run the monitor; by its `sketch` it is known when it comes again.
    """

    excerpt: Excerpt
    noise: Noise
    change: PageChange | None = None
    decision: Decision | None = None
    is_evidence: bool = False
    settled: bool = True
    remarks: tuple[Problem, ...] = ()
    sketch: bytes | None = None

    @property
    def remarks_as(self) -> NoticeKind:
        """As what they are told."""
        return NoticeKind.ALTERNATES


@dataclass(frozen=True, slots=True)
class PageTold:
    """A change of a watched page that was told, when, and the bytes that say so."""

    at: datetime
    change: PageChange
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class RegisterState:
    """A register as it was last believed: the digest of each of its records, what is held of it, and how it came and went.

    `editions` is how many reads of it have changed anything.
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


@dataclass(frozen=True, slots=True)
class Delta:
    """What one read of a register moves in the history.

    `moved` are records that are new or whose bytes moved, `gone` those believed gone, `held` those that seem to have gone and
    are not believed; `described` has the name and the subject, as JSON, of each that moved; `edition` is what it changed, if
    anything. `proven`: the form of the register proves its end. A read that only `alternates` moves nothing, and `begins` to
    where people should know. `unconfirmed`: what is held was missing once, and is to be looked at `again` shortly.
    """

    reader: str
    register: str
    url: str
    published: str | None
    rows: int
    sha256: str
    moved: Mapping[str, Version]
    described: Mapping[str, tuple[str, str]]
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

    @property
    def settled(self) -> bool:
        """Whether all that the page says is believed, so that it need not be read again before its bytes move."""
        return not self.held and not self.alternates


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page that can't be read, as far as its list tells: the act by title and number, and who is told.

    Pages that are told `within` this time are one message.
    """

    act: Announcement
    post: Post
    within: timedelta


Judge = Callable[[Fact, Known], Decision | None]
