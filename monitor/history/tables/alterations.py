"""How the records of registers changed."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from monitor.history.columns import Instant, Word
from monitor.history.tables import acts  # noqa: F401 - a row names theirs
from monitor.history.tables.base import Table
from monitor.model import RowAction


class RowActionWord(Word, of=RowAction):
    """What became of a row."""


class AlterationRow(Table, table=True):
    """Append-only: a record that came, went or was amended, with its bytes before and after (packed)."""

    __tablename__ = "alteration"
    __table_args__ = (Index("ix_alteration_row", "reader", "row", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    change: int = Field(foreign_key="change.id", index=True)
    at: datetime = Field(sa_type=Instant)
    reader: str
    row: str
    action: RowAction = Field(sa_type=RowActionWord)
    before: bytes | None = None
    after: bytes | None = None
