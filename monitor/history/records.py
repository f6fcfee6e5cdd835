"""What is on record, and how all stands, as the history gives it to whoever asks: values, never rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.alert.event import NoticeKind
from monitor.diff import ChangeKind
from monitor.errors import ErrorKind
from monitor.history.values import Intervention, OutboxState
from monitor.model import Edition, Evidence, Fact, Problem, Severity, Value
from monitor.source.health import Health


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
