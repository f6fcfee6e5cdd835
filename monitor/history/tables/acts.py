"""What is known of acts, what changed, and to which event it belongs."""

from datetime import datetime

from sqlmodel import Field

from monitor.diff import ChangeKind
from monitor.history.columns import Instant, Word
from monitor.history.tables.base import Table


class ChangeWord(Word, of=ChangeKind):
    """A kind of change."""


class EventRow(Table, table=True):
    """One happening: `told` once a message about it is owed."""

    __tablename__ = "event"

    key: str = Field(primary_key=True)
    authority: str = Field(index=True)
    opened_at: datetime = Field(sa_type=Instant, index=True)
    told: bool = False


class ActRow(Table, table=True):
    """What is known of an act; `fact` is its latest reading as JSON. A `baseline` was there when its source was first read."""

    __tablename__ = "act"

    key: str = Field(primary_key=True)
    event: str | None = Field(default=None, foreign_key="event.key", index=True)
    first_seen: datetime = Field(sa_type=Instant)
    fact: str
    baseline: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})


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
