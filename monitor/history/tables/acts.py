"""What is known of acts, what changed, and to which event it belongs."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from monitor.diff import ChangeKind
from monitor.history.columns import ChangeWord, Instant, MarkWord
from monitor.history.tables.base import Table
from monitor.history.values import MarkKind


class EventRow(Table, table=True):
    """One happening: `told` once a message about it is owed."""

    __tablename__ = "event"

    key: str = Field(primary_key=True)
    authority: str = Field(index=True)
    opened_at: datetime = Field(sa_type=Instant, index=True)
    told: bool = False


class MarkRow(Table, table=True):
    """What an event is about, so that it is found: its acts, its report or its edition (`kind`) name a register, and names there.

    `about` is a register's code or an act's key, `name` is plain, "" for the register itself; `at` is when the event was opened.
    """

    __tablename__ = "mark"
    __table_args__ = (Index("ix_mark_about", "about", "name", "kind", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    event: str = Field(foreign_key="event.key", index=True)
    kind: MarkKind = Field(sa_type=MarkWord)
    about: str
    name: str
    at: datetime = Field(sa_type=Instant)


class ActRow(Table, table=True):
    """What is known of an act; `fact` is its latest reading as JSON. A `baseline` was there when its source was first read."""

    __tablename__ = "act"

    key: str = Field(primary_key=True)
    event: str | None = Field(default=None, foreign_key="event.key", index=True)
    first_seen: datetime = Field(sa_type=Instant)
    fact: str
    baseline: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})


class ReadingRow(Table, table=True):
    """The last reading of one fact at one address: `key` is the act's, or a report's own address.

    `flaps` is how it came and went, as JSON.
    """

    __tablename__ = "reading"
    __table_args__ = (UniqueConstraint("key", "url"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str
    url: str
    fact: str
    sha256: str = Field(index=True)
    fetched_at: datetime = Field(sa_type=Instant)
    flaps: str | None = None


class ChangeRow(Table, table=True):
    """Append-only: every change that was ever recorded, with both versions and the evidence where a page brought it."""

    __tablename__ = "change"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Instant, index=True)
    kind: ChangeKind = Field(sa_type=ChangeWord, index=True)
    key: str = Field(index=True)
    source: str = Field(index=True)
    event: str | None = Field(default=None, foreign_key="event.key", index=True)
    fact: str
    before: str | None = None
    touches: str | None = None
    url: str | None = None
    sha256: str | None = Field(default=None, index=True)
    fetched_at: datetime | None = Field(default=None, sa_type=Instant)
    handed: str | None = None


class AmendingRow(Table, table=True):
    """Which act changes which earlier act, by key, also where the earlier one is not (yet) known."""

    __tablename__ = "touch"

    by: str = Field(primary_key=True)
    target: str = Field(primary_key=True, index=True)
