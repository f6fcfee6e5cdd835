"""The watch list that is kept here, and what people said of its matches."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from monitor.history.columns import Instant
from monitor.history.tables.base import Table, where


class WatchedRow(Table, table=True):
    """An entry of the watch list that is kept here rather than in a file, as JSON."""

    __tablename__ = "watched"

    key: str = Field(primary_key=True)
    entry: str
    added_at: datetime = Field(sa_type=Instant)


class ScreenedRow(Table, table=True):
    """An entry of the watch list as it was when it was last held against all history."""

    __tablename__ = "screened"

    key: str = Field(primary_key=True)
    digest: str


class DismissalRow(Table, table=True):
    """A person's word that an entry of the watch list is not a listed subject; taken back, it stays with who and when."""

    __tablename__ = "dismissal"
    __table_args__ = (Index("ix_dismissal_now", "entry", "subject", unique=True, **where("withdrawn_at IS NULL")),)

    id: int | None = Field(default=None, primary_key=True)
    entry: str
    subject: str
    entry_name: str = ""
    subject_name: str = ""
    by: str
    at: datetime = Field(sa_type=Instant)
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
