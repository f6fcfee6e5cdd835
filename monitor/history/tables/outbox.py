"""Messages that are owed, and what people had done with them."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer
from sqlmodel import Field

from monitor.alert.event import NoticeKind
from monitor.history.columns import DeedWord, Instant, NoticeWord, SeverityWord, StateWord
from monitor.history.tables.base import Table
from monitor.history.values import Deed, OutboxState
from monitor.model import Severity


class OutboxRow(Table, table=True):
    """A message owed to one destination, as ids: it is rendered when it is sent. `key` travels with it and is unique for ever.

    `meant_for` names the destination it was meant for, where that one is closed. A message that waited long stands in the thread
    of a `digest`, which goes out ahead of all that it gathers: it is `ahead_of` the first of them. `why` is which rule sent it.
    One that a person had said again is `again_of` the first one; one that says how an event stands `edits` another message.
    """

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_state", "destination", "state"),)

    id: int | None = Field(default=None, primary_key=True)
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
    created_at: datetime = Field(sa_type=Instant)
    state: OutboxState = Field(default=OutboxState.PENDING, sa_type=StateWord)
    attempts: int = 0
    doubtful: bool = False
    not_before: datetime | None = Field(default=None, sa_type=Instant)
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
    receipt: str | None = Field(default=None, index=True)
    failure: str | None = None
    again_of: int | None = Field(default=None, sa_column_args=[ForeignKey("outbox.id", name="fk_outbox_again_of")])
    edits: int | None = None


class DealingRow(Table, table=True):
    """Append-only: what a person had done with a message that is, or was, owed."""

    __tablename__ = "dealing"

    id: int | None = Field(default=None, primary_key=True)
    message: int = Field(foreign_key="outbox.id", index=True)
    at: datetime = Field(sa_type=Instant)
    deed: Deed = Field(sa_type=DeedWord)
    by: str
    reason: str = ""


class ClosedRow(Table, table=True):
    """A destination that takes nothing until a person has seen to it; gone once something arrives there."""

    __tablename__ = "closed"

    destination: str = Field(primary_key=True)
    since: datetime = Field(sa_type=Instant)
    why: str


for _table in Table.metadata.tables.values():
    for _column in _table.columns:
        if isinstance(_column.type, Integer):  # of 64 bits on SQLite
            _column.type = Integer().with_variant(BigInteger(), "postgresql")
