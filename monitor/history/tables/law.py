"""How far the law is carried on, act by act, as it follows from the changes."""

from sqlmodel import Field

from monitor.history.tables.base import Table


class RulesRow(Table, table=True):
    """By which rules the law and the lives of its parts were made of the changes: by others they are made anew."""

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
