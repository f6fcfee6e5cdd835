"""How sources do, what they are asked for, and how it went."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from monitor.history.columns import Instant, SeverityWord
from monitor.history.tables.base import Table, where
from monitor.model import Severity


class SourceRow(Table, table=True):
    """How a source has been doing; `habits` is what is normal for it, as JSON, `examined_at` when it was held against that."""

    __tablename__ = "source"

    id: str = Field(primary_key=True)
    first_ok: datetime | None = Field(default=None, sa_type=Instant)
    last_poll: datetime | None = Field(default=None, sa_type=Instant)
    last_ok: datetime | None = Field(default=None, sa_type=Instant)
    failures: int = 0
    problem: str | None = None
    since: datetime | None = Field(default=None, sa_type=Instant)
    told: bool = False
    hold: float = 0.0
    habits: str | None = None
    examined_at: datetime | None = Field(default=None, sa_type=Instant)


class LookRow(Table, table=True):
    """For how long a source was looked at without a gap, and how often: one row until there is one, or it brings something.

    `newest` is its last change by then, `bound` how long after a look the next may come, in seconds, as it was last; `gap_from`
    is when the look before this row was, where that was longer ago.
    """

    __tablename__ = "look"

    id: int | None = Field(default=None, primary_key=True)
    source: str = Field(index=True)
    since: datetime = Field(sa_type=Instant)
    until: datetime = Field(sa_type=Instant)
    looks: int
    bound: float
    newest: int | None = None
    gap_from: datetime | None = Field(default=None, sa_type=Instant)


class AddressRow(Table, table=True):
    """One address and the reader that reads it: a source's own (`start`), or one that a page linked to.

    `due_at` None means never on its own (a start is due when its source is); `owed` that it was seen and not yet read. An
    annex has the address of its act as `parent`. `came_at` is when its bytes last came, rather than word that they are the
    same; `kills` is how often in a row its reader had to be stopped over the bytes `killed_by`, the last time at `killed_at`.
    `entries` is what its list has, as JSON; `same_at` when its server said last that nothing moved, `lies` how often that was
    wrong.
    """

    __tablename__ = "address"
    __table_args__ = (UniqueConstraint("identity", "reader"), Index("ix_address_due", "source", "due_at"))

    id: int | None = Field(default=None, primary_key=True)
    source: str
    identity: str
    reader: str
    request: str
    title: str = ""
    parent: int | None = Field(default=None, foreign_key="address.id")
    start: bool = False
    baseline: bool = False
    owed: bool = True
    seen_at: datetime = Field(sa_type=Instant)
    first_read: datetime | None = Field(default=None, sa_type=Instant)
    due_at: datetime | None = Field(default=None, sa_type=Instant)
    attempts: int = 0
    failure: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    came_at: datetime | None = Field(default=None, sa_type=Instant)
    kills: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    killed_by: str | None = None
    killed_at: datetime | None = Field(default=None, sa_type=Instant)
    entries: str | None = None
    same_at: datetime | None = Field(default=None, sa_type=Instant)
    lies: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class SketchRow(Table, table=True):
    """An address of a watched page by the words at its places, as it was last read: a `Sketch` as MessagePack."""

    __tablename__ = "sketch"

    address: int = Field(primary_key=True, foreign_key="address.id")
    sketch: bytes


class TroubleRow(Table, table=True):
    """What is wrong with a source, an authority or all of them, for as long as it is: people are told once, and of its end.

    `sign` tells what it shows by, `subject` what it is about where a source may have several of that kind; `problem` is its
    cause as it is by now, as JSON; `paths` are the sources that see the same authority, as JSON; `brought` how many new pages,
    or missing acts, had come when it was over; `says` is what its message says after so many `edits`.
    """

    __tablename__ = "trouble"
    __table_args__ = (
        Index("ix_trouble_open", "about", "sign", "subject", unique=True, **where("over IS NULL")),
        Index("ix_trouble_about", "about", "sign"),
    )

    id: int | None = Field(default=None, primary_key=True)
    about: str
    sign: str
    subject: str = ""
    problem: str
    severity: Severity = Field(default=Severity.LOW, sa_type=SeverityWord)
    paths: str = "[]"
    since: datetime = Field(sa_type=Instant)
    over: datetime | None = Field(default=None, sa_type=Instant)
    brought: int = 0
    edits: int = 0
    says: str = ""
