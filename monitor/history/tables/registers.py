"""Registers by their records."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from monitor.history.columns import Instant
from monitor.history.tables.base import Table, where


class RegisterRow(Table, table=True):
    """A register as its reader last believed it, for which `source`, and at which address.

    `sha256` names the body, `held_sha256` one whose removals are held.
    `rows` counts what is held too: it is not gone. `asks` where only a person can say that what is held is true; `remarks` is
    what was said of its layout, as JSON, `flaps` how it came and went, as JSON.
    """

    __tablename__ = "register"

    reader: str = Field(primary_key=True)
    code: str
    source: str
    url: str
    published: str | None = None
    rows: int
    read_at: datetime = Field(sa_type=Instant)
    sha256: str
    held_sha256: str | None = None
    asks: bool = False
    remarks: str = "[]"
    flaps: str | None = None


class ListedRow(Table, table=True):
    """One record of a register for as long as it stands there; one that comes back is another row with the same `row`.

    `raw` is the record's own bytes (packed), `digest` their hash, `name` and `subject` what they say; `gone` is when it was
    found missing, `last_seen` the last read that had it.
    """

    __tablename__ = "listed"
    __table_args__ = (
        UniqueConstraint("reader", "row", "first_seen"),
        Index("ix_listed_now", "reader", "row", unique=True, **where("gone IS NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    reader: str
    row: str
    digest: bytes
    raw: bytes
    name: str
    subject: str
    first_seen: datetime = Field(sa_type=Instant)
    last_seen: datetime | None = Field(default=None, sa_type=Instant)
    gone: datetime | None = Field(default=None, sa_type=Instant)
    held_since: datetime | None = Field(default=None, sa_type=Instant)
