# mypy: disable-error-code="assignment"
"""The history's tables; private to this package, no row leaves it. A new store is made from
them, an older one in `upgrades`.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlmodel import Field

from monitor.alert.event import NoticeKind
from monitor.diff import ChangeKind
from monitor.diff.flaps import Flaps
from monitor.model import HandedIn, Opinion, Problem, Proposal, RowAction, Severity
from monitor.source.habits import Entries, Habits
from monitor.source.page import Request, ResponseRecord
from monitor.store.columns import (
    Json,
    Numbered,
    Table,
    have_default,
    index_where,
    refer_to,
)
from monitor.store.records import Intervention, MarkKind, OutboxState
from monitor.triage.values import COMMAND_LINE, Pair, State, Verb
from monitor.watch.entries import Entry
from monitor.watch.values import ScreeningResult

BY_KEY = {"sqlite_with_rowid": False}  # the table is its own index


class EventRow(Table, table=True):
    """An event; `told` once one of its messages was enqueued."""

    __tablename__ = "event"

    key: Mapped[str] = Field(primary_key=True)
    authority: Mapped[str] = Field(index=True)
    opened_at: Mapped[datetime] = Field(index=True)
    told: Mapped[bool] = False


class ActRow(Table, table=True):
    """The state of an act; `fact` is its latest reading as JSON. A `baseline` act was there at its
    source's first read. After a person's review, `machine` is the reading without it.
    """

    __tablename__ = "act"

    key: Mapped[str] = Field(primary_key=True)
    event: Mapped[str | None] = refer_to("event.key", index=True)
    first_seen: Mapped[datetime]
    fact: Mapped[str]
    baseline: Mapped[bool] = Field(default=False, sa_column_kwargs={"server_default": "0"})
    machine: Mapped[str | None] = None


class ChangeRow(Numbered, table=True):
    """Append-only: every change that was ever recorded, with both versions and the evidence
    where a page brought it.
    """

    __tablename__ = "change"

    at: Mapped[datetime] = Field(index=True)
    kind: Mapped[ChangeKind] = Field(sa_type=Json(ChangeKind), index=True)
    key: Mapped[str] = Field(index=True)
    source: Mapped[str] = Field(index=True)
    event: Mapped[str | None] = refer_to("event.key", index=True)
    fact: Mapped[str]
    before: Mapped[str | None] = None
    touches: Mapped[ScreeningResult | None] = None
    url: Mapped[str | None] = None
    sha256: Mapped[str | None] = Field(default=None, index=True)
    fetched_at: Mapped[datetime | None] = None
    handed: Mapped[HandedIn | None] = None


class MarkRow(Numbered, table=True):
    """The subjects of an event, to find it by: its acts, report or edition (`kind`) name a
    register, and names. `about` is a register's code or an act's key. `name` is plain, "" for the
    register itself; `at` is when the event was opened.
    """

    __tablename__ = "mark"
    __table_args__ = (Index("ix_mark_about", "about", "name", "kind", "at"),)

    event: Mapped[str] = Field(foreign_key="event.key", index=True)
    kind: Mapped[MarkKind]
    about: Mapped[str]
    name: Mapped[str]
    at: Mapped[datetime]


class ReadingRow(Numbered, table=True):
    """The last reading of one fact at one address: `key` is the act's, or a report's own address.

    `flaps` is how it came and went, as JSON.
    """

    __tablename__ = "reading"
    __table_args__ = (UniqueConstraint("key", "url"),)

    key: Mapped[str]
    url: Mapped[str]
    fact: Mapped[str]
    sha256: Mapped[str] = Field(index=True)
    fetched_at: Mapped[datetime]
    flaps: Mapped[str | None] = None


class AmendingRow(Table, table=True):
    """An act changes an earlier act, by key, even one that is not (yet) known."""

    __tablename__ = "touch"

    by: Mapped[str] = Field(primary_key=True)
    target: Mapped[str] = Field(primary_key=True, index=True)


class SightRow(Table, table=True):
    """A source shows an act, known by a number, a page or a title: since when, and whether in its
    baseline.
    """

    __tablename__ = "sight"
    __table_args__ = (Index("ix_sight_series", "series", "seen_at"),)

    source: Mapped[str] = Field(primary_key=True)
    key: Mapped[str] = Field(primary_key=True)
    series: Mapped[str]
    seen_at: Mapped[datetime]
    baseline: Mapped[bool] = False


class SourceRow(Table, table=True):
    """The health of a source; `habits` is its usual behaviour, as JSON, `examined_at` the last
    comparison with it.
    """

    __tablename__ = "source"

    id: Mapped[str] = Field(default=None, primary_key=True)
    first_ok: Mapped[datetime | None] = None
    last_poll: Mapped[datetime | None] = None
    last_ok: Mapped[datetime | None] = None
    failures: Mapped[int] = 0
    problem: Mapped[Problem | None] = None
    since: Mapped[datetime | None] = None
    told: Mapped[bool] = False
    hold: Mapped[float] = 0.0
    habits: Mapped[Habits | None] = None
    examined_at: Mapped[datetime | None] = None


class LookRow(Numbered, table=True):
    """The coverage of a source: one row until a gap or a change, with a count of polls. `newest` is
    its last change by then. `bound` is the last allowed gap, in seconds. `gap_from` is the poll
    before this row, if it was longer ago than allowed.
    """

    __tablename__ = "look"

    source: Mapped[str] = Field(index=True)
    since: Mapped[datetime]
    until: Mapped[datetime]
    looks: Mapped[int]
    bound: Mapped[float]
    newest: Mapped[int | None] = None
    gap_from: Mapped[datetime | None] = None


class AddressRow(Numbered, table=True):
    """One address and its reader: a source's own (`start`), or a linked one.

    `due_at` None: never polled on its own (a start is due with its source). `owed`: seen and not
    yet read. An annex has its act's address as `parent`. `came_at` is when its bytes last came,
    rather than "unchanged". `kills` counts the reader's kills in a row over the bytes `killed_by`,
    the last at `killed_at`. `entries` is its list, as JSON. `same_at` is when its server last
    answered "unchanged", `lies` how often that was false. `sketch` identifies a watched page's last
    text by words and places (`Sketch` as MessagePack).
    """

    __tablename__ = "address"
    __table_args__ = (
        UniqueConstraint("identity", "reader"),
        Index("ix_address_due", "source", "due_at"),
    )

    source: Mapped[str]
    identity: Mapped[str]
    reader: Mapped[str]
    request: Mapped[Request]
    title: Mapped[str] = ""
    parent: Mapped[int | None] = refer_to("address.id")
    start: Mapped[bool] = False
    baseline: Mapped[bool] = False
    owed: Mapped[bool] = True
    seen_at: Mapped[datetime]
    first_read: Mapped[datetime | None] = None
    due_at: Mapped[datetime | None] = None
    attempts: Mapped[int] = 0
    failure: Mapped[str | None] = None
    etag: Mapped[str | None] = None
    last_modified: Mapped[str | None] = None
    sha256: Mapped[str | None] = None
    came_at: Mapped[datetime | None] = None
    kills: Mapped[int] = have_default(0)
    killed_by: Mapped[str | None] = None
    killed_at: Mapped[datetime | None] = None
    entries: Mapped[Entries | None] = None
    same_at: Mapped[datetime | None] = None
    lies: Mapped[int] = have_default(0)
    sketch: Mapped[bytes | None] = None


class TroubleRow(Numbered, table=True):
    """An incident of a source, an authority or all: one message at its start, one at its end.

    `sign` is the kind of evidence. `subject` tells several of one kind apart. `problem` is its
    present cause, as JSON. `paths` are the sources that see the same authority, as JSON. `brought`
    counts new pages or missing acts at the end. `says` is its message's content after so many
    `edits`.
    """

    __tablename__ = "trouble"
    __table_args__ = (
        Index(
            "ix_trouble_open",
            "about",
            "sign",
            "subject",
            unique=True,
            **index_where("over IS NULL"),
        ),
        Index("ix_trouble_about", "about", "sign"),
    )

    about: Mapped[str]
    sign: Mapped[str]
    subject: Mapped[str] = ""
    problem: Mapped[Problem]
    severity: Mapped[Severity] = Severity.LOW
    paths: Mapped[tuple[str, ...]] = ()
    since: Mapped[datetime]
    over: Mapped[datetime | None] = None
    brought: Mapped[int] = 0
    edits: Mapped[int] = 0
    says: Mapped[str] = ""


class OutboxRow(Numbered, table=True):
    """A message to one destination, as ids: it is composed when it is sent.

    `key` travels with it and is unique for ever. `meant_for` is its first destination, if that one
    is closed. A late message goes into the thread of a `digest`, sent ahead of its messages: it is
    `ahead_of` the first of them. `why` is the rule for its destination. A repeat is `again_of` the
    first message. A status message `edits` another. `said` is its text as sent.
    """

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_state", "destination", "state"),)

    key: Mapped[str] = Field(unique=True)
    kind: Mapped[NoticeKind]
    destination: Mapped[str]
    source: Mapped[str]
    event: Mapped[str | None] = refer_to("event.key", index=True)
    change: Mapped[int | None] = refer_to("change.id")
    in_thread: Mapped[bool] = False
    mentions: Mapped[str] = ""
    severity: Mapped[Severity] = Severity.NORMAL
    meant_for: Mapped[str | None] = Field(default=None, sa_column_kwargs={"name": "detour"})
    digest: Mapped[int | None] = refer_to("outbox.id")
    ahead_of: Mapped[int | None] = None
    why: Mapped[str] = have_default("")
    problem: Mapped[Problem | None] = None
    trouble: Mapped[int | None] = Field(
        default=None,
        sa_column_args=[ForeignKey("trouble.id", name="fk_outbox_trouble")],
        index=True,
    )
    created_at: Mapped[datetime]
    state: Mapped[OutboxState] = OutboxState.PENDING
    attempts: Mapped[int] = 0
    doubtful: Mapped[bool] = False
    not_before: Mapped[datetime | None] = None
    sent_at: Mapped[datetime | None] = None
    receipt: Mapped[str | None] = Field(default=None, index=True)
    said: Mapped[str] = have_default("")
    failure: Mapped[str | None] = None
    again_of: Mapped[int | None] = Field(
        default=None, sa_column_args=[ForeignKey("outbox.id", name="fk_outbox_again_of")]
    )
    edits: Mapped[int | None] = None


class AlterationRow(Numbered, table=True):
    """Append-only: a record that came, went or was amended, with its bytes before and after
    (packed).
    """

    __tablename__ = "alteration"
    __table_args__ = (Index("ix_alteration_row", "reader", "row", "at"),)

    change: Mapped[int] = Field(foreign_key="change.id", index=True)
    at: Mapped[datetime]
    reader: Mapped[str]
    row: Mapped[str]
    action: Mapped[RowAction]
    before: Mapped[bytes | None] = None
    after: Mapped[bytes | None] = None


class ProofRow(Table, table=True):
    """A body that proves something beside the page that it was recorded of: an annex, a
    companion of a register.
    """

    __tablename__ = "proof"

    sha256: Mapped[str] = Field(primary_key=True)


class BodyRow(Table, table=True):
    """An archived body in the database: `size` is that of its pieces, `put_at` the last time it
    was put.
    """

    __tablename__ = "body"

    sha256: Mapped[str] = Field(primary_key=True)
    size: Mapped[int]
    put_at: Mapped[datetime] = Field(index=True)


class PieceRow(Table, table=True):
    """The `number`th piece of a body, as it is packed (zstd)."""

    __tablename__ = "piece"

    sha256: Mapped[str] = Field(primary_key=True, foreign_key="body.sha256")
    number: Mapped[int] = Field(primary_key=True)
    packed: Mapped[bytes]


class RetrievalRow(Table, table=True):
    """Append-only: how a body came that proves something: when, and by which answers, as JSON."""

    __tablename__ = "arrival"

    sha256: Mapped[str] = Field(primary_key=True)
    at: Mapped[datetime] = Field(primary_key=True)
    responses: Mapped[tuple[ResponseRecord, ...]] = Field(
        sa_type=Json(tuple[ResponseRecord, ...]), sa_column_kwargs={"name": "hops"}
    )


class DealingRow(Numbered, table=True):
    """Append-only: a person's actions on messages."""

    __tablename__ = "dealing"

    message: Mapped[int] = Field(foreign_key="outbox.id", index=True)
    at: Mapped[datetime]
    intervention: Mapped[Intervention] = Field(
        sa_type=Json(Intervention), sa_column_kwargs={"name": "deed"}
    )
    by: Mapped[str]
    reason: Mapped[str] = ""


class ClosedRow(Table, table=True):
    """A destination that takes nothing until a person has seen to it; gone once something
    arrives there.
    """

    __tablename__ = "closed"

    destination: Mapped[str] = Field(primary_key=True)
    since: Mapped[datetime]
    why: Mapped[str]


class PersonRow(Numbered, table=True):
    """A person who acted on an event: `handle` identifies them, `role` is their last one. An erased
    person has neither; the actions stay.
    """

    __tablename__ = "person"

    handle: Mapped[str] = Field(unique=True)
    name: Mapped[str]
    role: Mapped[str] = ""
    erased_at: Mapped[datetime | None] = None


class HandlingRow(Numbered, table=True):
    """Append-only: actions on events, once for each `key`; `before` and `after` are the status, as
    JSON. `person` is None for the monitor itself, `event` for a mute without one. A `refused`
    action changed nothing.
    """

    __tablename__ = "handling"

    key: Mapped[str] = Field(unique=True)
    event: Mapped[str | None] = refer_to("event.key", index=True)
    at: Mapped[datetime]
    verb: Mapped[Verb]
    via: Mapped[str] = COMMAND_LINE
    person: Mapped[int | None] = refer_to("person.id")
    role: Mapped[str] = ""
    decision: Mapped[str] = ""
    text: Mapped[str] = ""
    until: Mapped[str] = ""
    to: Mapped[str] = ""
    pairs: Mapped[tuple[Pair, ...]] = ()
    before: Mapped[State]
    after: Mapped[State]
    refused: Mapped[str] = ""
    proposal: Mapped[Proposal | None] = None


class OpinionRow(Numbered, table=True):
    """Append-only: each question to a second reader about the bytes of an act or a report, its
    tokens and its result. `act` may be a report's address. `reader` is the model and the question:
    each body is checked once by each. Without an `opinion`, the next try is `again_at` (None:
    never).
    """

    __tablename__ = "opinion"

    act: Mapped[str] = Field(index=True)
    sha256: Mapped[str]
    reader: Mapped[str]
    at: Mapped[datetime] = Field(index=True)
    asked: Mapped[int]
    answered: Mapped[int]
    opinion: Mapped[Opinion | None] = None
    failure: Mapped[str] = ""
    again_at: Mapped[datetime | None] = None


class MuteRow(Numbered, table=True):
    """A mute until a moment; revoked ones stay, with person and time. `about` is a kind of news, or
    a source's failures (`mutes`). News has a `person`, failures a name.
    """

    __tablename__ = "mute"
    __table_args__ = (Index("ix_mute_name", "about", "name"),)

    about: Mapped[str]
    name: Mapped[str]
    until: Mapped[datetime] = Field(index=True)
    person: Mapped[int | None] = refer_to("person.id")
    by: Mapped[str] = ""
    reason: Mapped[str] = ""
    at: Mapped[datetime]
    withdrawn_person: Mapped[int | None] = refer_to("person.id")
    withdrawn_by: Mapped[str | None] = None
    withdrawn_at: Mapped[datetime | None] = None


class NamingRow(Table, table=True):
    """The rules that made the tables of names, and whether these are `whole`; if not, the last
    change and row in them.
    """

    __tablename__ = "naming"

    one: Mapped[int] = Field(primary_key=True)
    rules: Mapped[str]
    whole: Mapped[bool]
    change: Mapped[int] = 0
    row: Mapped[int] = 0


class NameRow(Table, table=True):
    """A name of a subject. Its number holds the place of the subject (`monitor.store.names`);
    `role` is what it is to it.
    """

    __tablename__ = "name"

    number: Mapped[int] = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    text: Mapped[str]
    role: Mapped[str]
    person: Mapped[bool]


class NameKeyRow(Table, table=True):
    """A key by which a name is looked up; the number is that of the name, with its shape."""

    __tablename__ = "name_key"
    __table_args__ = BY_KEY

    key: Mapped[int] = Field(primary_key=True)
    number: Mapped[int] = Field(primary_key=True)


class NameWordRow(Table, table=True):
    """A word that may be misspelt; an unused one does no harm."""

    __tablename__ = "name_word"
    __table_args__ = BY_KEY

    word: Mapped[str] = Field(primary_key=True)
    backwards: Mapped[str] = Field(index=True)


class SubjectKeyRow(Table, table=True):
    """A key other than a name, with a subject's place: a number, goods, a word for goods."""

    __tablename__ = "subject_key"
    __table_args__ = BY_KEY

    key: Mapped[int] = Field(primary_key=True)
    place: Mapped[int] = Field(primary_key=True, index=True)


class RegisterRow(Table, table=True):
    """A register as its reader last confirmed it, with its `source` and address. `sha256` is the
    body, `held_sha256` one with withheld removals. `rows` includes withheld ones: they are not
    gone. `asks` is set if only a person can confirm. `remarks` are the notes on its layout, `flaps`
    its alternation, both as JSON.
    """

    __tablename__ = "register"

    reader: Mapped[str] = Field(primary_key=True)
    code: Mapped[str]
    source: Mapped[str]
    url: Mapped[str]
    published: Mapped[str | None] = None
    rows: Mapped[int]
    read_at: Mapped[datetime]
    sha256: Mapped[str]
    held_sha256: Mapped[str | None] = None
    asks: Mapped[bool] = False
    remarks: Mapped[tuple[str, ...]] = ()
    flaps: Mapped[Flaps | None] = None


class ListedRow(Numbered, table=True):
    """One stay of a record in a register; a record that comes back is another row with the same
    `row`. `raw` has its bytes (packed), `digest` their hash, `name`, `subject` and `details` its
    content, `starts` and `ends` its own days (ISO, "" for none). `gone` is when it was missing,
    `last_seen` the last read with it. One without `details` is of a version that kept none.
    """

    __tablename__ = "listed"
    __table_args__ = (
        UniqueConstraint("reader", "row", "first_seen"),
        Index("ix_listed_now", "reader", "row", unique=True, **index_where("gone IS NULL")),
        Index("ix_listed_starts", "starts"),
        Index("ix_listed_ends", "ends"),
    )

    reader: Mapped[str]
    row: Mapped[str]
    digest: Mapped[bytes]
    raw: Mapped[bytes]
    name: Mapped[str]
    subject: Mapped[str]
    details: Mapped[str | None] = None
    starts: Mapped[str] = have_default("")
    ends: Mapped[str] = have_default("")
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime | None] = None
    gone: Mapped[datetime | None] = None
    held_since: Mapped[datetime | None] = None


class StoreRow(Table, table=True):
    """A single row with the store's identity. `sendings` counts started deliveries. `doubted_at` is
    when unknown deliveries were noticed. Since `proofs_since` every archived body of evidence has a
    row.
    """

    __tablename__ = "store"

    one: Mapped[int] = Field(primary_key=True)
    identity: Mapped[str]
    sendings: Mapped[int] = 0
    doubted_at: Mapped[datetime | None] = None
    proofs_since: Mapped[datetime | None] = None


class WatchedRow(Table, table=True):
    """A stored watch-list entry, as JSON."""

    __tablename__ = "watched"

    key: Mapped[str] = Field(primary_key=True)
    entry: Mapped[Entry] = Field(sa_type=Json(Entry))
    added_at: Mapped[datetime]


class ScreenedRow(Table, table=True):
    """A watch-list entry at its last comparison with all history."""

    __tablename__ = "screened"

    key: Mapped[str] = Field(primary_key=True)
    digest: Mapped[str]


class DismissalRow(Numbered, table=True):
    """A person's dismissal of a match; revoked ones stay, with person and time."""

    __tablename__ = "dismissal"
    __table_args__ = (
        Index(
            "ix_dismissal_now",
            "entry",
            "subject",
            unique=True,
            **index_where("withdrawn_at IS NULL"),
        ),
    )

    entry: Mapped[str]
    subject: Mapped[str]
    entry_name: Mapped[str] = ""
    subject_name: Mapped[str] = ""
    by: Mapped[str]
    at: Mapped[datetime]
    withdrawn_by: Mapped[str | None] = None
    withdrawn_at: Mapped[datetime | None] = None


class ScreeningRow(Numbered, table=True):
    """A person's screening and its answer: `digest` is the SHA-256 of the record and of the one
    `before`. `packed` has the lists and the answers, one for each name, as JSON (zstd). `asked` is
    a digest of the names, `checked` of the lists and rules of the last check. `differs` are the
    places of changed answers.
    """

    __tablename__ = "screening"
    __table_args__ = (Index("ix_screening_asked", "asked", "id"),)

    at: Mapped[datetime] = Field(index=True)
    person: Mapped[int] = Field(foreign_key="person.id")
    via: Mapped[str]
    packed: Mapped[bytes]
    before: Mapped[str]
    digest: Mapped[str]
    asked: Mapped[str]
    checked: Mapped[str]
    differs: Mapped[tuple[int, ...]] = ()


class HostRow(Table, table=True):
    """A host that several processes use: when the next one may, in seconds by the database's
    clock.
    """

    __tablename__ = "host"

    name: Mapped[str] = Field(primary_key=True)
    opens: Mapped[float]


class WorkerRow(Table, table=True):
    """A worker process: since when, for which queues, at which work, and its last report."""

    __tablename__ = "worker"

    name: Mapped[str] = Field(primary_key=True)
    began: Mapped[datetime]
    seen: Mapped[datetime]
    queues: Mapped[str]
    doing: Mapped[str]
    schedules: Mapped[bool]
