"""What people want to hear nothing of."""

from datetime import datetime

from sqlmodel import Field

from monitor.history.columns import Instant, Word
from monitor.history.tables import people  # noqa: F401 - a row names theirs
from monitor.history.tables.base import Table
from monitor.triage.values import About


class AboutWord(Word, of=About):
    """What may be muted."""


class SilenceRow(Table, table=True):
    """A person's word that nothing of the kind need be told until then; taken back, it stays with who and when."""

    __tablename__ = "silence"

    id: int | None = Field(default=None, primary_key=True)
    about: About = Field(sa_type=AboutWord)
    name: str
    until: datetime = Field(sa_type=Instant, index=True)
    person: int | None = Field(default=None, foreign_key="person.id")
    reason: str = ""
    at: datetime = Field(sa_type=Instant)
    withdrawn_by: int | None = Field(default=None, foreign_key="person.id")
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)


class MuteRow(Table, table=True):
    """A person's word that nobody need be told of a source's troubles until then; taken back, it stays with who and when."""

    __tablename__ = "mute"

    id: int | None = Field(default=None, primary_key=True)
    source: str = Field(index=True)
    until: datetime = Field(sa_type=Instant)
    by: str
    reason: str = ""
    at: datetime = Field(sa_type=Instant)
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
