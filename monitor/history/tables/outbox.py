"""Messages that are owed."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlmodel import Field

from monitor.alert.event import NoticeKind
from monitor.history.columns import Instant, SeverityWord, Word
from monitor.history.tables import acts, sources  # noqa: F401 - a row names theirs
from monitor.history.tables.base import Table
from monitor.history.values import OutboxState
from monitor.model import Severity


class NoticeWord(Word, of=NoticeKind):
    """A kind of notice."""


class StateWord(Word, of=OutboxState):
    """How far a message has come."""


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
