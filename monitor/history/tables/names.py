"""The index of all names on record, as it follows from acts and registers."""

from sqlmodel import Field

from monitor.history.columns import Word
from monitor.history.tables.base import Table
from monitor.history.values import SegmentState


class SegmentWord(Word, of=SegmentState):
    """What is to become of a segment of the index of names."""


class NamingRow(Table, table=True):
    """By which rules the index of names was made, and how far: up to which change, and up to which row of a register.

    By other rules it is made anew.
    """

    __tablename__ = "naming"

    one: int = Field(primary_key=True)
    rules: str
    change: int = 0
    row: int = 0


class RenamedRow(Table, table=True):
    """What is in the index of names and says something else by now: an act by key, a row by number; `was` is what it said."""

    __tablename__ = "renamed"

    kind: str = Field(primary_key=True)
    about: str = Field(primary_key=True)
    was: str


class SegmentRow(Table, table=True):
    """Some names by what they are found: how many `subjects` and `names` it adds, and how many `entries` it has.

    `state` is that of `SegmentState`; `target` is the segment that it is being merged into.
    """

    __tablename__ = "segment"

    id: int | None = Field(default=None, primary_key=True)
    state: SegmentState = Field(sa_type=SegmentWord, index=True)
    subjects: int = 0
    names: int = 0
    entries: int = 0
    target: int | None = None
