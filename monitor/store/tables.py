"""The history's tables; private to this package, no row leaves it. A new store is made from them, an older one in `upgrades`."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Float, ForeignKey, Index, Integer, MetaData, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeEngine

from monitor.alert.event import NoticeKind
from monitor.diff import ChangeKind
from monitor.diff.flaps import Flaps
from monitor.model import HandedIn, Problem, RowAction, ScreeningResult, Severity
from monitor.source.health import Entries, Habits
from monitor.source.page import Request, ResponseRecord
from monitor.store.columns import Instant, Json, Word
from monitor.store.records import Intervention, MarkKind, OutboxState
from monitor.triage.values import COMMAND_LINE, Pair, State, Verb
from monitor.watch.entries import Entry

VALUES = (Entries, Entry, Flaps, Habits, HandedIn, Problem, Request, ScreeningResult, State)  # kept as JSON
BY_KEY = {"sqlite_with_rowid": False}  # the table is its own index
WORDS = (ChangeKind, Intervention, MarkKind, NoticeKind, OutboxState, RowAction, Severity, Verb)  # kept as they are spelt


def index_where(condition: str) -> dict[str, Any]:
    """Say which rows a partial index has. PostgreSQL hears it when tables are made there (`postgres`): to say it here would load
    its dialect, also for those who have none, thirty milliseconds of each start.
    """
    return {"sqlite_where": text(condition)}


NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(DeclarativeBase):
    """Base of the tables. Numbers have 64 bits, also on PostgreSQL, where they are cast to what the table says."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[Mapping[Any, TypeEngine[Any]]] = {
        datetime: Instant(),
        float: Float(),
        int: Integer().with_variant(BigInteger(), "postgresql"),
        **{kind: Word(kind) for kind in WORDS},
        **{kind: Json(kind) for kind in VALUES},
    }

    def __init__(self, **values: Any) -> None:
        """Make a row that has its defaults at once, not only when it is written."""
        self.registry.constructor(self, **{**_list_defaults(type(self)), **values})

    def copy_values(self, *left_out: str) -> dict[str, Any]:
        """Copy the values of all columns but these."""
        names = self.__mapper__.columns.keys()
        return {name: getattr(self, name) for name in names if name not in left_out}


@cache
def _list_defaults(kind: type[Table]) -> Mapping[str, Any]:
    return {name: column.default.arg for name, column in kind.__mapper__.columns.items() if column.default}  # type: ignore[attr-defined]


class Numbered(Table):
    """A table whose rows have a number, in the order in which they come."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)


class EventRow(Table):
    """One happening: `told` once a message about it is owed."""

    __tablename__ = "event"

    key: Mapped[str] = mapped_column(primary_key=True)
    authority: Mapped[str] = mapped_column(index=True)
    opened_at: Mapped[datetime] = mapped_column(index=True)
    told: Mapped[bool] = mapped_column(default=False)


class ActRow(Table):
    """What is known of an act; `fact` is its latest reading as JSON. A `baseline` was there when its source was first read."""

    __tablename__ = "act"

    key: Mapped[str] = mapped_column(primary_key=True)
    event: Mapped[str | None] = mapped_column(ForeignKey("event.key"), index=True)
    first_seen: Mapped[datetime]
    fact: Mapped[str]
    baseline: Mapped[bool] = mapped_column(default=False, server_default="0")


class ChangeRow(Numbered):
    """Append-only: every change that was ever recorded, with both versions and the evidence where a page brought it."""

    __tablename__ = "change"

    at: Mapped[datetime] = mapped_column(index=True)
    kind: Mapped[ChangeKind] = mapped_column(index=True)
    key: Mapped[str] = mapped_column(index=True)
    source: Mapped[str] = mapped_column(index=True)
    event: Mapped[str | None] = mapped_column(ForeignKey("event.key"), index=True)
    fact: Mapped[str]
    before: Mapped[str | None]
    touches: Mapped[ScreeningResult | None]
    url: Mapped[str | None]
    sha256: Mapped[str | None] = mapped_column(index=True)
    fetched_at: Mapped[datetime | None]
    handed: Mapped[HandedIn | None]


class MarkRow(Numbered):
    """What an event is about, so that it is found: its acts, its report or its edition (`kind`) name a register, and names there.

    `about` is a register's code or an act's key, `name` is plain, "" for the register itself; `at` is when the event was opened.
    """

    __tablename__ = "mark"
    __table_args__ = (Index("ix_mark_about", "about", "name", "kind", "at"),)

    event: Mapped[str] = mapped_column(ForeignKey("event.key"), index=True)
    kind: Mapped[MarkKind]
    about: Mapped[str]
    name: Mapped[str]
    at: Mapped[datetime]


class ReadingRow(Numbered):
    """The last reading of one fact at one address: `key` is the act's, or a report's own address.

    `flaps` is how it came and went, as JSON.
    """

    __tablename__ = "reading"
    __table_args__ = (UniqueConstraint("key", "url"),)

    key: Mapped[str]
    url: Mapped[str]
    fact: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    fetched_at: Mapped[datetime]
    flaps: Mapped[str | None]


class AmendingRow(Table):
    """Which act changes which earlier act, by key, also where the earlier one is not (yet) known."""

    __tablename__ = "touch"

    by: Mapped[str] = mapped_column(primary_key=True)
    target: Mapped[str] = mapped_column(primary_key=True, index=True)


class SightRow(Table):
    """That a source shows an act that is known by a number, by a page or by a title; since when, and if that was its baseline."""

    __tablename__ = "sight"
    __table_args__ = (Index("ix_sight_series", "series", "seen_at"),)

    source: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    series: Mapped[str]
    seen_at: Mapped[datetime]
    baseline: Mapped[bool] = mapped_column(default=False)


class SourceRow(Table):
    """How a source has been doing; `habits` is what is normal for it, as JSON, `examined_at` when it was held against that."""

    __tablename__ = "source"

    id: Mapped[str] = mapped_column(primary_key=True)
    first_ok: Mapped[datetime | None]
    last_poll: Mapped[datetime | None]
    last_ok: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    problem: Mapped[Problem | None]
    since: Mapped[datetime | None]
    told: Mapped[bool] = mapped_column(default=False)
    hold: Mapped[float] = mapped_column(default=0.0)
    habits: Mapped[Habits | None]
    examined_at: Mapped[datetime | None]


class LookRow(Numbered):
    """For how long a source was looked at without a gap, and how often: one row until there is one, or it brings something.

    `newest` is its last change by then, `bound` how long after a look the next may come, in seconds, as it was last; `gap_from`
    is when the look before this row was, where that was longer ago.
    """

    __tablename__ = "look"

    source: Mapped[str] = mapped_column(index=True)
    since: Mapped[datetime]
    until: Mapped[datetime]
    looks: Mapped[int]
    bound: Mapped[float]
    newest: Mapped[int | None]
    gap_from: Mapped[datetime | None]


class AddressRow(Numbered):
    """One address and the reader that reads it: a source's own (`start`), or one that a page linked to.

    `due_at` None means never on its own (a start is due when its source is); `owed` that it was seen and not yet read. An
    annex has the address of its act as `parent`. `came_at` is when its bytes last came, rather than word that they are the
    same; `kills` is how often in a row its reader had to be stopped over the bytes `killed_by`, the last time at `killed_at`.
    `entries` is what its list has, as JSON; `same_at` when its server said last that nothing moved, `lies` how often that was
    wrong; `sketch` is a watched page by the words at its places, as it was read last (`Sketch` as MessagePack).
    """

    __tablename__ = "address"
    __table_args__ = (UniqueConstraint("identity", "reader"), Index("ix_address_due", "source", "due_at"))

    source: Mapped[str]
    identity: Mapped[str]
    reader: Mapped[str]
    request: Mapped[Request]
    title: Mapped[str] = mapped_column(default="")
    parent: Mapped[int | None] = mapped_column(ForeignKey("address.id"))
    start: Mapped[bool] = mapped_column(default=False)
    baseline: Mapped[bool] = mapped_column(default=False)
    owed: Mapped[bool] = mapped_column(default=True)
    seen_at: Mapped[datetime]
    first_read: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str | None]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    sha256: Mapped[str | None]
    came_at: Mapped[datetime | None]
    kills: Mapped[int] = mapped_column(default=0, server_default="0")
    killed_by: Mapped[str | None]
    killed_at: Mapped[datetime | None]
    entries: Mapped[Entries | None]
    same_at: Mapped[datetime | None]
    lies: Mapped[int] = mapped_column(default=0, server_default="0")
    sketch: Mapped[bytes | None]


class TroubleRow(Numbered):
    """What is wrong with a source, an authority or all of them, for as long as it is: people are told once, and of its end.

    `sign` tells what it shows by, `subject` what it is about where a source may have several of that kind; `problem` is its
    cause as it is by now, as JSON; `paths` are the sources that see the same authority, as JSON; `brought` how many new pages,
    or missing acts, had come when it was over; `says` is what its message says after so many `edits`.
    """

    __tablename__ = "trouble"
    __table_args__ = (
        Index("ix_trouble_open", "about", "sign", "subject", unique=True, **index_where("over IS NULL")),
        Index("ix_trouble_about", "about", "sign"),
    )

    about: Mapped[str]
    sign: Mapped[str]
    subject: Mapped[str] = mapped_column(default="")
    problem: Mapped[Problem]
    severity: Mapped[Severity] = mapped_column(default=Severity.LOW)
    paths: Mapped[tuple[str, ...]] = mapped_column(Json(tuple[str, ...]), default=())
    since: Mapped[datetime]
    over: Mapped[datetime | None]
    brought: Mapped[int] = mapped_column(default=0)
    edits: Mapped[int] = mapped_column(default=0)
    says: Mapped[str] = mapped_column(default="")


class OutboxRow(Numbered):
    """A message owed to one destination, as ids: it is rendered when it is sent. `key` travels with it and is unique for ever.

    `meant_for` names the destination it was meant for, where that one is closed. A message that waited long stands in the thread
    of a `digest`, which goes out ahead of all that it gathers: it is `ahead_of` the first of them. `why` is which rule sent it.
    One that a person had said again is `again_of` the first one; one that says how an event stands `edits` another message.
    """

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_state", "destination", "state"),)

    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[NoticeKind]
    destination: Mapped[str]
    source: Mapped[str]
    event: Mapped[str | None] = mapped_column(ForeignKey("event.key"), index=True)
    change: Mapped[int | None] = mapped_column(ForeignKey("change.id"))
    in_thread: Mapped[bool] = mapped_column(default=False)
    mentions: Mapped[str] = mapped_column(default="")
    severity: Mapped[Severity] = mapped_column(default=Severity.NORMAL)
    meant_for: Mapped[str | None] = mapped_column("detour")
    digest: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"))
    ahead_of: Mapped[int | None]
    why: Mapped[str] = mapped_column(default="", server_default="")
    problem: Mapped[Problem | None]
    trouble: Mapped[int | None] = mapped_column(ForeignKey("trouble.id", name="fk_outbox_trouble"), index=True)
    created_at: Mapped[datetime]
    state: Mapped[OutboxState] = mapped_column(default=OutboxState.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    doubtful: Mapped[bool] = mapped_column(default=False)
    not_before: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    receipt: Mapped[str | None] = mapped_column(index=True)
    failure: Mapped[str | None]
    again_of: Mapped[int | None] = mapped_column(ForeignKey("outbox.id", name="fk_outbox_again_of"))
    edits: Mapped[int | None]


class AlterationRow(Numbered):
    """Append-only: a record that came, went or was amended, with its bytes before and after (packed)."""

    __tablename__ = "alteration"
    __table_args__ = (Index("ix_alteration_row", "reader", "row", "at"),)

    change: Mapped[int] = mapped_column(ForeignKey("change.id"), index=True)
    at: Mapped[datetime]
    reader: Mapped[str]
    row: Mapped[str]
    action: Mapped[RowAction]
    before: Mapped[bytes | None]
    after: Mapped[bytes | None]


class ProofRow(Table):
    """A body that proves something beside the page that it was recorded of: an annex, a companion of a register."""

    __tablename__ = "proof"

    sha256: Mapped[str] = mapped_column(primary_key=True)


class BodyRow(Table):
    """A body of an archive that lies in the database: `size` is what its pieces take, `put_at` when it was put last."""

    __tablename__ = "body"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    put_at: Mapped[datetime] = mapped_column(index=True)


class PieceRow(Table):
    """The `number`th piece of a body, as it is packed (zstd)."""

    __tablename__ = "piece"

    sha256: Mapped[str] = mapped_column(ForeignKey("body.sha256"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    packed: Mapped[bytes]


class RetrievalRow(Table):
    """Append-only: how a body came that proves something: when, and by which answers, as JSON."""

    __tablename__ = "arrival"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True)
    responses: Mapped[tuple[ResponseRecord, ...]] = mapped_column("hops", Json(tuple[ResponseRecord, ...]))


class DealingRow(Numbered):
    """Append-only: what a person had done with a message that is, or was, owed."""

    __tablename__ = "dealing"

    message: Mapped[int] = mapped_column(ForeignKey("outbox.id"), index=True)
    at: Mapped[datetime]
    intervention: Mapped[Intervention] = mapped_column("deed")
    by: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")


class ClosedRow(Table):
    """A destination that takes nothing until a person has seen to it; gone once something arrives there."""

    __tablename__ = "closed"

    destination: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    why: Mapped[str]


class PersonRow(Numbered):
    """Somebody who had something done with an event: `handle` is by what they are known again, `role` by what they were let last.

    One who was erased has neither; what they did stays.
    """

    __tablename__ = "person"

    handle: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str] = mapped_column(default="")
    erased_at: Mapped[datetime | None]


class HandlingRow(Numbered):
    """Append-only: what somebody had done with an event, once for each `key`; `before` and `after` are how it stood, as JSON.

    `person` is None where the monitor did it by itself, `event` where something was muted for no event's sake. What was `refused`
    changed nothing.
    """

    __tablename__ = "handling"

    key: Mapped[str] = mapped_column(unique=True)
    event: Mapped[str | None] = mapped_column(ForeignKey("event.key"), index=True)
    at: Mapped[datetime]
    verb: Mapped[Verb]
    via: Mapped[str] = mapped_column(default=COMMAND_LINE)
    person: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(default="")
    decision: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    until: Mapped[str] = mapped_column(default="")
    to: Mapped[str] = mapped_column(default="")
    pairs: Mapped[tuple[Pair, ...]] = mapped_column(Json(tuple[Pair, ...]), default=())
    before: Mapped[State]
    after: Mapped[State]
    refused: Mapped[str] = mapped_column(default="")


class MuteRow(Numbered):
    """A person's word that something need not be told until then; taken back, it stays with who and when.

    `about` is what kind of news it is, or that it is a source's troubles (`mutes`). Who muted news is a `person`, who muted
    troubles a name.
    """

    __tablename__ = "mute"
    __table_args__ = (Index("ix_mute_name", "about", "name"),)

    about: Mapped[str]
    name: Mapped[str]
    until: Mapped[datetime] = mapped_column(index=True)
    person: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    by: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    withdrawn_person: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_by: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None]


class NamingRow(Table):
    """By which rules the tables of names were made, and whether they are `whole`; else up to which change and row."""

    __tablename__ = "naming"

    one: Mapped[int] = mapped_column(primary_key=True)
    rules: Mapped[str]
    whole: Mapped[bool]
    change: Mapped[int] = mapped_column(default=0)
    row: Mapped[int] = mapped_column(default=0)


class NameRow(Table):
    """A name of a subject. Its number holds the place of the subject (`monitor.store.names`); `role` is what it is to it."""

    __tablename__ = "name"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str]
    role: Mapped[str]
    person: Mapped[bool]


class NameKeyRow(Table):
    """A key by which a name is looked up; the number is that of the name, with its shape."""

    __tablename__ = "name_key"
    __table_args__ = BY_KEY

    key: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)


class NameWordRow(Table):
    """A word that may be misspelt; one that no name has any more does no harm."""

    __tablename__ = "name_word"
    __table_args__ = BY_KEY

    word: Mapped[str] = mapped_column(primary_key=True)
    backwards: Mapped[str] = mapped_column(index=True)


class SubjectKeyRow(Table):
    """A key that is none of a name, with the place of a subject that has it: a number, goods, a word for them."""

    __tablename__ = "subject_key"
    __table_args__ = BY_KEY

    key: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, index=True)


class RegisterRow(Table):
    """A register as its reader last believed it, for which `source`, and at which address.

    `sha256` names the body, `held_sha256` one whose removals are held.
    `rows` counts what is held too: it is not gone. `asks` where only a person can say that what is held is true; `remarks` is
    what was said of its layout, as JSON, `flaps` how it came and went, as JSON.
    """

    __tablename__ = "register"

    reader: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str]
    source: Mapped[str]
    url: Mapped[str]
    published: Mapped[str | None]
    rows: Mapped[int]
    read_at: Mapped[datetime]
    sha256: Mapped[str]
    held_sha256: Mapped[str | None]
    asks: Mapped[bool] = mapped_column(default=False)
    remarks: Mapped[tuple[str, ...]] = mapped_column(Json(tuple[str, ...]), default=())
    flaps: Mapped[Flaps | None]


class ListedRow(Numbered):
    """One record of a register for as long as it stands there; one that comes back is another row with the same `row`.

    `raw` is the record's own bytes (packed), `digest` their hash, `name` and `subject` what they say; `gone` is when it was
    found missing, `last_seen` the last read that had it.
    """

    __tablename__ = "listed"
    __table_args__ = (
        UniqueConstraint("reader", "row", "first_seen"),
        Index("ix_listed_now", "reader", "row", unique=True, **index_where("gone IS NULL")),
    )

    reader: Mapped[str]
    row: Mapped[str]
    digest: Mapped[bytes]
    raw: Mapped[bytes]
    name: Mapped[str]
    subject: Mapped[str]
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime | None]
    gone: Mapped[datetime | None]
    held_since: Mapped[datetime | None]


class StoreRow(Table):
    """The only row says which store this is.

    `sendings` counts messages that were about to leave; `doubted_at` is when it was found that messages it knows nothing of
    have left. Since `proofs_since` every body of the archive that proves something is named by a row.
    """

    __tablename__ = "store"

    one: Mapped[int] = mapped_column(primary_key=True)
    identity: Mapped[str]
    sendings: Mapped[int] = mapped_column(default=0)
    doubted_at: Mapped[datetime | None]
    proofs_since: Mapped[datetime | None]


class WatchedRow(Table):
    """An entry of the watch list that is kept here rather than in a file, as JSON."""

    __tablename__ = "watched"

    key: Mapped[str] = mapped_column(primary_key=True)
    entry: Mapped[Entry]
    added_at: Mapped[datetime]


class ScreenedRow(Table):
    """An entry of the watch list as it was when it was last held against all history."""

    __tablename__ = "screened"

    key: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]


class DismissalRow(Numbered):
    """A person's word that an entry of the watch list is not a listed subject; taken back, it stays with who and when."""

    __tablename__ = "dismissal"
    __table_args__ = (Index("ix_dismissal_now", "entry", "subject", unique=True, **index_where("withdrawn_at IS NULL")),)

    entry: Mapped[str]
    subject: Mapped[str]
    entry_name: Mapped[str] = mapped_column(default="")
    subject_name: Mapped[str] = mapped_column(default="")
    by: Mapped[str]
    at: Mapped[datetime]
    withdrawn_by: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None]


class HostRow(Table):
    """A host that several processes ask: when the next of them may, in seconds by the clock of the database."""

    __tablename__ = "host"

    name: Mapped[str] = mapped_column(primary_key=True)
    opens: Mapped[float]


class WorkerRow(Table):
    """A process that works on the history beside others: since when, for which queues, at what, and when it last said so."""

    __tablename__ = "worker"

    name: Mapped[str] = mapped_column(primary_key=True)
    began: Mapped[datetime]
    seen: Mapped[datetime]
    queues: Mapped[str]
    doing: Mapped[str]
    schedules: Mapped[bool]
