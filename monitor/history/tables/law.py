"""How the law stands, as it follows from the changes."""

from sqlalchemy import Index
from sqlmodel import Field

from monitor.history.tables.base import Table


class RulesRow(Table, table=True):
    """By which rules the four tables below were made of the changes above: by others they are made anew."""

    __tablename__ = "rules"

    one: int = Field(primary_key=True)
    rules: str


class LawRow(Table, table=True):
    """An act as part of the law, or one that others name and nobody has shown us, whose `first` is None.

    `first` and `latest` are the first and the last change by which it is what it is; days are those of its authority: on which it
    was first `seen`, from which on it was `known`, and on which it was `published`. Acts whose fates may hang together share a
    `knot`.
    """

    __tablename__ = "law"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    knot: int = Field(index=True)
    first: int | None = Field(default=None, index=True)
    latest: int | None = Field(default=None, index=True)
    authority: str = ""
    seen: str | None = None
    known: str | None = None
    published: str | None = Field(default=None, index=True)


class ClueRow(Table, table=True):
    """What an act can be found by, in any of its readings."""

    __tablename__ = "clue"
    __table_args__ = ({"sqlite_with_rowid": False},)

    kind: str = Field(primary_key=True)
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
