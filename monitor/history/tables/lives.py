"""How long the parts of measures last, as it follows from the changes, and what acts are found by."""

from sqlalchemy import Index
from sqlmodel import Field

from monitor.history.columns import Word
from monitor.history.tables.base import Table
from monitor.timeline.clues import Clue


class ClueWord(Word, of=Clue):
    """By what an act can be found."""


class ClueRow(Table, table=True):
    """What an act can be found by, in any of its readings."""

    __tablename__ = "clue"
    __table_args__ = ({"sqlite_with_rowid": False},)

    kind: Clue = Field(primary_key=True, sa_type=ClueWord)
    word: str = Field(primary_key=True)
    law: int = Field(primary_key=True)


class PartRow(Table, table=True):
    """A part of a measure that has one life: the `number`th of those of its rank, which is `begins`, `told`, `key`, `measure`.

    `code` is that of its register. `own`: it is more than a change of others; `anywhere`: it names no destination. `since` is its
    first day.
    """

    __tablename__ = "part"
    __table_args__ = (
        Index("ix_part_rank", "begins", "told", "key", "measure", "number"),
        Index("ix_part_code", "code", "own"),
    )

    id: int | None = Field(default=None, primary_key=True)
    knot: int = Field(index=True)
    key: str = Field(index=True)
    begins: str
    told: str
    measure: int
    number: int
    code: str = ""
    authority: str = Field(index=True)
    published: str = ""
    own: bool = False
    anywhere: bool = False
    since: str = Field(index=True)


class StretchRow(Table, table=True):
    """A stretch of days of a part's life, `status` by its place among all; `last` is the last day of a suspension that ended."""

    __tablename__ = "stretch"
    __table_args__ = (Index("ix_stretch_last", "last"), {"sqlite_with_rowid": False})

    part: int = Field(primary_key=True)
    since: str = Field(primary_key=True, index=True)
    until: str
    last: str | None = None
    status: int
