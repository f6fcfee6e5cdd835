"""The bytes that prove what is in the store."""

from datetime import datetime

from sqlmodel import Field

from monitor.history.columns import Instant
from monitor.history.tables.base import Table


class ProofRow(Table, table=True):
    """A body that proves something beside the page that it was recorded of: an annex, a companion of a register."""

    __tablename__ = "proof"

    sha256: str = Field(primary_key=True)


class BodyRow(Table, table=True):
    """A body of an archive that lies in the database: `size` is what its pieces take, `put_at` when it was put last."""

    __tablename__ = "body"

    sha256: str = Field(primary_key=True)
    size: int
    put_at: datetime = Field(sa_type=Instant, index=True)


class PieceRow(Table, table=True):
    """The `number`th piece of a body, as it is packed (zstd)."""

    __tablename__ = "piece"

    sha256: str = Field(primary_key=True, foreign_key="body.sha256")
    number: int = Field(primary_key=True)
    packed: bytes


class RetrievalRow(Table, table=True):
    """Append-only: how a body came that proves something: when, and by which answers, as JSON."""

    __tablename__ = "arrival"

    sha256: str = Field(primary_key=True)
    at: datetime = Field(primary_key=True, sa_type=Instant)
    responses: str = Field(sa_column_kwargs={"name": "hops"})
