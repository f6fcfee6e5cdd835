"""The history's tables; private to this package, no row leaves it. A new store is made from them, an older one in `upgrades`."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, ForeignKey, Index, Integer, MetaData, UniqueConstraint, event, text
from sqlalchemy.orm import Mapper
from sqlmodel import Field, SQLModel

from monitor.alert.event import NoticeKind
from monitor.diff import ChangeKind
from monitor.model import RowAction, Severity
from monitor.store.columns import Instant, SeverityWord, Word
from monitor.store.values import Intervention, MarkKind, OutboxState
from monitor.triage.values import COMMAND_LINE, Verb

BY_KEY = {"sqlite_with_rowid": False}  # the table is its own index


def index_where(condition: str) -> dict[str, Any]:
    """Of an index that has only some of the rows: which. Whoever makes tables on PostgreSQL says it there too (`postgres`): here
    it would load all that speaks to it, also for those who have none, thirty milliseconds of each start.
    """
    return {"sqlite_where": text(condition)}


NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    """Base of the tables; its own metadata, so that other SQLModel users in the process never meet ours."""

    metadata = MetaData(naming_convention=NAMES)
    model_config = {"defer_build": True}  # rows are never validated: what would do it need not be built


class Numbered(Table):
    """A table whose rows have a number, in the order in which they come."""

    id: int | None = Field(default=None, primary_key=True)


@event.listens_for(Table, "instrument_class", propagate=True)
def _widen_numbers(mapper: Mapper[Any], _row: type[Table]) -> None:
    """Instants without a zone, and numbers of 64 bits: those of PostgreSQL are also cast to what the table says."""
    for column in mapper.local_table.columns:
        if isinstance(column.type, Integer):
            column.type = Integer().with_variant(BigInteger(), "postgresql")
        elif isinstance(getattr(column.type, "impl", column.type), DateTime):
            column.type = Instant()


class ChangeWord(Word, of=ChangeKind):
    """A kind of change."""


class EventRow(Table, table=True):
    """One happening: `told` once a message about it is owed."""

    __tablename__ = "event"

    key: str = Field(primary_key=True)
    authority: str = Field(index=True)
    opened_at: datetime = Field(index=True)
    told: bool = False


class ActRow(Table, table=True):
    """What is known of an act; `fact` is its latest reading as JSON. A `baseline` was there when its source was first read."""

    __tablename__ = "act"

    key: str = Field(primary_key=True)
    event: str | None = Field(default=None, foreign_key="event.key", index=True)
    first_seen: datetime
    fact: str
    baseline: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})


class ChangeRow(Numbered, table=True):
    """Append-only: every change that was ever recorded, with both versions and the evidence where a page brought it."""

    __tablename__ = "change"

    at: datetime = Field(index=True)
    kind: ChangeKind = Field(sa_type=ChangeWord, index=True)
    key: str = Field(index=True)
    source: str = Field(index=True)
    event: str | None = Field(default=None, foreign_key="event.key", index=True)
    fact: str
    before: str | None = None
    touches: str | None = None
    url: str | None = None
    sha256: str | None = Field(default=None, index=True)
    fetched_at: datetime | None = None
    handed: str | None = None


class MarkWord(Word, of=MarkKind):
    """What an event is marked by."""


class MarkRow(Numbered, table=True):
    """What an event is about, so that it is found: its acts, its report or its edition (`kind`) name a register, and names there.

    `about` is a register's code or an act's key, `name` is plain, "" for the register itself; `at` is when the event was opened.
    """

    __tablename__ = "mark"
    __table_args__ = (Index("ix_mark_about", "about", "name", "kind", "at"),)

    event: str = Field(foreign_key="event.key", index=True)
    kind: MarkKind = Field(sa_type=MarkWord)
    about: str
    name: str
    at: datetime


class ReadingRow(Numbered, table=True):
    """The last reading of one fact at one address: `key` is the act's, or a report's own address.

    `flaps` is how it came and went, as JSON.
    """

    __tablename__ = "reading"
    __table_args__ = (UniqueConstraint("key", "url"),)

    key: str
    url: str
    fact: str
    sha256: str = Field(index=True)
    fetched_at: datetime
    flaps: str | None = None


class AmendingRow(Table, table=True):
    """Which act changes which earlier act, by key, also where the earlier one is not (yet) known."""

    __tablename__ = "touch"

    by: str = Field(primary_key=True)
    target: str = Field(primary_key=True, index=True)


class SightRow(Table, table=True):
    """That a source shows an act that is known by a number, by a page or by a title; since when, and if that was its baseline."""

    __tablename__ = "sight"
    __table_args__ = (Index("ix_sight_series", "series", "seen_at"),)

    source: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    series: str
    seen_at: datetime
    baseline: bool = False


class SourceRow(Table, table=True):
    """How a source has been doing; `habits` is what is normal for it, as JSON, `examined_at` when it was held against that."""

    __tablename__ = "source"

    id: str = Field(primary_key=True)
    first_ok: datetime | None = None
    last_poll: datetime | None = None
    last_ok: datetime | None = None
    failures: int = 0
    problem: str | None = None
    since: datetime | None = None
    told: bool = False
    hold: float = 0.0
    habits: str | None = None
    examined_at: datetime | None = None


class LookRow(Numbered, table=True):
    """For how long a source was looked at without a gap, and how often: one row until there is one, or it brings something.

    `newest` is its last change by then, `bound` how long after a look the next may come, in seconds, as it was last; `gap_from`
    is when the look before this row was, where that was longer ago.
    """

    __tablename__ = "look"

    source: str = Field(index=True)
    since: datetime
    until: datetime
    looks: int
    bound: float
    newest: int | None = None
    gap_from: datetime | None = None


class AddressRow(Numbered, table=True):
    """One address and the reader that reads it: a source's own (`start`), or one that a page linked to.

    `due_at` None means never on its own (a start is due when its source is); `owed` that it was seen and not yet read. An
    annex has the address of its act as `parent`. `came_at` is when its bytes last came, rather than word that they are the
    same; `kills` is how often in a row its reader had to be stopped over the bytes `killed_by`, the last time at `killed_at`.
    `entries` is what its list has, as JSON; `same_at` when its server said last that nothing moved, `lies` how often that was
    wrong.
    """

    __tablename__ = "address"
    __table_args__ = (UniqueConstraint("identity", "reader"), Index("ix_address_due", "source", "due_at"))

    source: str
    identity: str
    reader: str
    request: str
    title: str = ""
    parent: int | None = Field(default=None, foreign_key="address.id")
    start: bool = False
    baseline: bool = False
    owed: bool = True
    seen_at: datetime
    first_read: datetime | None = None
    due_at: datetime | None = None
    attempts: int = 0
    failure: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    came_at: datetime | None = None
    kills: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    killed_by: str | None = None
    killed_at: datetime | None = None
    entries: str | None = None
    same_at: datetime | None = None
    lies: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class SketchRow(Table, table=True):
    """An address of a watched page by the words at its places, as it was last read: a `Sketch` as MessagePack."""

    __tablename__ = "sketch"

    address: int = Field(primary_key=True, foreign_key="address.id")
    sketch: bytes


class TroubleRow(Numbered, table=True):
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

    about: str
    sign: str
    subject: str = ""
    problem: str
    severity: Severity = Field(default=Severity.LOW, sa_type=SeverityWord)
    paths: str = "[]"
    since: datetime
    over: datetime | None = None
    brought: int = 0
    edits: int = 0
    says: str = ""


class NoticeWord(Word, of=NoticeKind):
    """A kind of notice."""


class StateWord(Word, of=OutboxState):
    """How far a message has come."""


class OutboxRow(Numbered, table=True):
    """A message owed to one destination, as ids: it is rendered when it is sent. `key` travels with it and is unique for ever.

    `meant_for` names the destination it was meant for, where that one is closed. A message that waited long stands in the thread
    of a `digest`, which goes out ahead of all that it gathers: it is `ahead_of` the first of them. `why` is which rule sent it.
    One that a person had said again is `again_of` the first one; one that says how an event stands `edits` another message.
    """

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_state", "destination", "state"),)

    key: str = Field(unique=True)
    kind: NoticeKind = Field(sa_type=NoticeWord)
    destination: str
    source: str
    event: str | None = Field(default=None, foreign_key="event.key", index=True)
    change: int | None = Field(default=None, foreign_key="change.id")
    in_thread: bool = False
    mentions: str = ""
    severity: Severity = Field(default=Severity.NORMAL, sa_type=SeverityWord)
    meant_for: str | None = Field(default=None, sa_column_kwargs={"name": "detour"})
    digest: int | None = Field(default=None, foreign_key="outbox.id")
    ahead_of: int | None = None
    why: str = Field(default="", sa_column_kwargs={"server_default": ""})
    problem: str | None = None
    trouble: int | None = Field(default=None, index=True, sa_column_args=[ForeignKey("trouble.id", name="fk_outbox_trouble")])
    created_at: datetime
    state: OutboxState = Field(default=OutboxState.PENDING, sa_type=StateWord)
    attempts: int = 0
    doubtful: bool = False
    not_before: datetime | None = None
    sent_at: datetime | None = None
    receipt: str | None = Field(default=None, index=True)
    failure: str | None = None
    again_of: int | None = Field(default=None, sa_column_args=[ForeignKey("outbox.id", name="fk_outbox_again_of")])
    edits: int | None = None


class RowActionWord(Word, of=RowAction):
    """What became of a row."""


class AlterationRow(Numbered, table=True):
    """Append-only: a record that came, went or was amended, with its bytes before and after (packed)."""

    __tablename__ = "alteration"
    __table_args__ = (Index("ix_alteration_row", "reader", "row", "at"),)

    change: int = Field(foreign_key="change.id", index=True)
    at: datetime
    reader: str
    row: str
    action: RowAction = Field(sa_type=RowActionWord)
    before: bytes | None = None
    after: bytes | None = None


class ProofRow(Table, table=True):
    """A body that proves something beside the page that it was recorded of: an annex, a companion of a register."""

    __tablename__ = "proof"

    sha256: str = Field(primary_key=True)


class BodyRow(Table, table=True):
    """A body of an archive that lies in the database: `size` is what its pieces take, `put_at` when it was put last."""

    __tablename__ = "body"

    sha256: str = Field(primary_key=True)
    size: int
    put_at: datetime = Field(index=True)


class PieceRow(Table, table=True):
    """The `number`th piece of a body, as it is packed (zstd)."""

    __tablename__ = "piece"

    sha256: str = Field(primary_key=True, foreign_key="body.sha256")
    number: int = Field(primary_key=True)
    packed: bytes


class RetrievalRow(Table, table=True):
    """Append-only: how a body came that proves something: when, and by which answers, as JSON."""

    __tablename__ = "arrival"

    sha256: str = Field(primary_key=True)
    at: datetime = Field(primary_key=True)
    responses: str = Field(sa_column_kwargs={"name": "hops"})


class InterventionWord(Word, of=Intervention):
    """What a person had done with a message."""


class DealingRow(Numbered, table=True):
    """Append-only: what a person had done with a message that is, or was, owed."""

    __tablename__ = "dealing"

    message: int = Field(foreign_key="outbox.id", index=True)
    at: datetime
    intervention: Intervention = Field(sa_type=InterventionWord, sa_column_kwargs={"name": "deed"})
    by: str
    reason: str = ""


class ClosedRow(Table, table=True):
    """A destination that takes nothing until a person has seen to it; gone once something arrives there."""

    __tablename__ = "closed"

    destination: str = Field(primary_key=True)
    since: datetime
    why: str


class VerbWord(Word, of=Verb):
    """What was done with an event."""


class PersonRow(Numbered, table=True):
    """Somebody who had something done with an event: `handle` is by what they are known again, `role` by what they were let last.

    One who was erased has neither; what they did stays.
    """

    __tablename__ = "person"

    handle: str = Field(unique=True)
    name: str
    role: str = ""
    erased_at: datetime | None = None


class HandlingRow(Numbered, table=True):
    """Append-only: what somebody had done with an event, once for each `key`; `before` and `after` are how it stood, as JSON.

    `person` is None where the monitor did it by itself, `event` where something was muted for no event's sake. What was `refused`
    changed nothing.
    """

    __tablename__ = "handling"

    key: str = Field(unique=True)
    event: str | None = Field(default=None, foreign_key="event.key", index=True)
    at: datetime
    verb: Verb = Field(sa_type=VerbWord)
    via: str = COMMAND_LINE
    person: int | None = Field(default=None, foreign_key="person.id")
    role: str = ""
    decision: str = ""
    text: str = ""
    until: str = ""
    to: str = ""
    pairs: str = "[]"
    before: str
    after: str
    refused: str = ""


class MuteRow(Numbered, table=True):
    """A person's word that something need not be told until then; taken back, it stays with who and when.

    `about` is what kind of news it is, or that it is a source's troubles (`mutes`). Who muted news is a `person`, who muted
    troubles a name.
    """

    __tablename__ = "mute"
    __table_args__ = (Index("ix_mute_name", "about", "name"),)

    about: str
    name: str
    until: datetime = Field(index=True)
    person: int | None = Field(default=None, foreign_key="person.id")
    by: str = ""
    reason: str = ""
    at: datetime
    withdrawn_person: int | None = Field(default=None, foreign_key="person.id")
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None


class NamingRow(Table, table=True):
    """By which rules the tables of names were made, and whether they are `whole`; else up to which change and row."""

    __tablename__ = "naming"

    one: int = Field(primary_key=True)
    rules: str
    whole: bool
    change: int = 0
    row: int = 0


class NameRow(Table, table=True):
    """A name of a subject. Its number holds the place of the subject (`monitor.store.names`); `role` is what it is to it."""

    __tablename__ = "name"

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    text: str
    role: str
    person: bool


class NameKeyRow(Table, table=True):
    """A key by which a name is looked up; the number is that of the name, with its shape."""

    __tablename__ = "name_key"
    __table_args__ = BY_KEY

    key: int = Field(primary_key=True)
    number: int = Field(primary_key=True)


class NameWordRow(Table, table=True):
    """A word that may be misspelt; one that no name has any more does no harm."""

    __tablename__ = "name_word"
    __table_args__ = BY_KEY

    word: str = Field(primary_key=True)
    backwards: str = Field(index=True)


class SubjectKeyRow(Table, table=True):
    """A key that is none of a name, with the place of a subject that has it: a number, goods, a word for them."""

    __tablename__ = "subject_key"
    __table_args__ = BY_KEY

    key: int = Field(primary_key=True)
    place: int = Field(primary_key=True, index=True)


class RegisterRow(Table, table=True):
    """A register as its reader last believed it, for which `source`, and at which address.

    `sha256` names the body, `held_sha256` one whose removals are held.
    `rows` counts what is held too: it is not gone. `asks` where only a person can say that what is held is true; `remarks` is
    what was said of its layout, as JSON, `flaps` how it came and went, as JSON.
    """

    __tablename__ = "register"

    reader: str = Field(primary_key=True)
    code: str
    source: str
    url: str
    published: str | None = None
    rows: int
    read_at: datetime
    sha256: str
    held_sha256: str | None = None
    asks: bool = False
    remarks: str = "[]"
    flaps: str | None = None


class ListedRow(Numbered, table=True):
    """One record of a register for as long as it stands there; one that comes back is another row with the same `row`.

    `raw` is the record's own bytes (packed), `digest` their hash, `name` and `subject` what they say; `gone` is when it was
    found missing, `last_seen` the last read that had it.
    """

    __tablename__ = "listed"
    __table_args__ = (
        UniqueConstraint("reader", "row", "first_seen"),
        Index("ix_listed_now", "reader", "row", unique=True, **index_where("gone IS NULL")),
    )

    reader: str
    row: str
    digest: bytes
    raw: bytes
    name: str
    subject: str
    first_seen: datetime
    last_seen: datetime | None = None
    gone: datetime | None = None
    held_since: datetime | None = None


class StoreRow(Table, table=True):
    """The only row says which store this is.

    `sendings` counts messages that were about to leave; `doubted_at` is when it was found that messages it knows nothing of
    have left. Since `proofs_since` every body of the archive that proves something is named by a row.
    """

    __tablename__ = "store"

    one: int = Field(primary_key=True)
    identity: str
    sendings: int = 0
    doubted_at: datetime | None = None
    proofs_since: datetime | None = None


class WatchedRow(Table, table=True):
    """An entry of the watch list that is kept here rather than in a file, as JSON."""

    __tablename__ = "watched"

    key: str = Field(primary_key=True)
    entry: str
    added_at: datetime


class ScreenedRow(Table, table=True):
    """An entry of the watch list as it was when it was last held against all history."""

    __tablename__ = "screened"

    key: str = Field(primary_key=True)
    digest: str


class DismissalRow(Numbered, table=True):
    """A person's word that an entry of the watch list is not a listed subject; taken back, it stays with who and when."""

    __tablename__ = "dismissal"
    __table_args__ = (Index("ix_dismissal_now", "entry", "subject", unique=True, **index_where("withdrawn_at IS NULL")),)

    entry: str
    subject: str
    entry_name: str = ""
    subject_name: str = ""
    by: str
    at: datetime
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None


class HostRow(Table, table=True):
    """A host that several processes ask: when the next of them may, in seconds by the clock of the database."""

    __tablename__ = "host"

    name: str = Field(primary_key=True)
    opens: float


class WorkerRow(Table, table=True):
    """A process that works on the history beside others: since when, for which queues, at what, and when it last said so."""

    __tablename__ = "worker"

    name: str = Field(primary_key=True)
    began: datetime
    seen: datetime
    queues: str
    doing: str
    schedules: bool
