"""What people had done with messages, and where none can be delivered."""

from datetime import datetime

from sqlmodel import Field

from monitor.history.columns import Instant, Word
from monitor.history.tables import outbox  # noqa: F401 - a row names theirs
from monitor.history.tables.base import Table
from monitor.history.values import Intervention


class InterventionWord(Word, of=Intervention):
    """What a person had done with a message."""


class DealingRow(Table, table=True):
    """Append-only: what a person had done with a message that is, or was, owed."""

    __tablename__ = "dealing"

    id: int | None = Field(default=None, primary_key=True)
    message: int = Field(foreign_key="outbox.id", index=True)
    at: datetime = Field(sa_type=Instant)
    intervention: Intervention = Field(sa_type=InterventionWord, sa_column_kwargs={"name": "deed"})
    by: str
    reason: str = ""


class ClosedRow(Table, table=True):
    """A destination that takes nothing until a person has seen to it; gone once something arrives there."""

    __tablename__ = "closed"

    destination: str = Field(primary_key=True)
    since: datetime = Field(sa_type=Instant)
    why: str
