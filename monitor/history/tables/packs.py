"""What is in the index of names."""

from sqlmodel import Field

from monitor.history.tables import names  # noqa: F401 - a row names theirs
from monitor.history.tables.base import Table


class PackRow(Table, table=True):
    """Some entries of a segment, as `monitor.watch.packs` writes them, in the order of their numbers."""

    __tablename__ = "pack"

    id: int | None = Field(default=None, primary_key=True)
    segment: int = Field(foreign_key="segment.id", index=True)
    kind: str
    first: str
    last: str
    size: int
    taken: int
    body: bytes
