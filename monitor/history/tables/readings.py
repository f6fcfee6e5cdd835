"""How acts were read last, who shows them, which of them change others, and what their events are about."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from monitor.history.columns import Instant, Word
from monitor.history.tables import acts  # noqa: F401 - a row names theirs
from monitor.history.tables.base import Table
from monitor.history.values import MarkKind


class MarkWord(Word, of=MarkKind):
    """What an event is marked by."""


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
    seen_at: datetime = Field(sa_type=Instant)
    baseline: bool = False
