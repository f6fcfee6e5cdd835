"""Who had something done with an event, and what."""

from datetime import datetime

from sqlmodel import Field

from monitor.history.columns import AboutWord, Instant, VerbWord
from monitor.history.tables.base import Table
from monitor.triage.values import COMMAND_LINE, About, Verb


class PersonRow(Table, table=True):
    """Somebody who had something done with an event: `handle` is by what they are known again, `role` by what they were let last.

    One who was erased has neither; what they did stays.
    """

    __tablename__ = "person"

    id: int | None = Field(default=None, primary_key=True)
    handle: str = Field(unique=True)
    name: str
    role: str = ""
    erased_at: datetime | None = Field(default=None, sa_type=Instant)


class HandlingRow(Table, table=True):
    """Append-only: what somebody had done with an event, once for each `key`; `before` and `after` are how it stood, as JSON.

    `person` is None where the monitor did it by itself, `event` where something was muted for no event's sake. What was `refused`
    changed nothing.
    """

    __tablename__ = "handling"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    event: str | None = Field(default=None, foreign_key="event.key", index=True)
    at: datetime = Field(sa_type=Instant)
    verb: Verb = Field(sa_type=VerbWord)
    via: str = COMMAND_LINE
    person: int | None = Field(default=None, foreign_key="person.id")
    role: str = ""
    decision: str = ""
    text: str = ""
    until: str = ""
    to: str = ""
    pairs: str = "[]"
    before: str
    after: str
    refused: str = ""


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
