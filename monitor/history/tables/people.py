"""Who had something done with an event, and what."""

from datetime import datetime

from sqlmodel import Field

from monitor.history.columns import Instant, Word
from monitor.history.tables import acts  # noqa: F401 - a row names theirs
from monitor.history.tables.base import Table
from monitor.triage.values import COMMAND_LINE, Verb


class VerbWord(Word, of=Verb):
    """What was done with an event."""


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
