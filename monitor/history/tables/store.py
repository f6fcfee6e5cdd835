"""Which store it is, and the bytes that prove what is in it."""

from datetime import datetime

from sqlmodel import Field

from monitor.history.columns import Instant
from monitor.history.tables.base import Table


class StoreRow(Table, table=True):
    """The only row says which store this is.

    `sendings` counts messages that were about to leave; `doubted_at` is when it was found that messages it knows nothing of
    have left. Since `proofs_since` every body of the archive that proves something is named by a row.
    """

    __tablename__ = "store"

    one: int = Field(primary_key=True)
    identity: str
    sendings: int = 0
    doubted_at: datetime | None = Field(default=None, sa_type=Instant)
    proofs_since: datetime | None = Field(default=None, sa_type=Instant)


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


class ArrivalRow(Table, table=True):
    """Append-only: how a body came that proves something: when, and by which answers, as JSON."""

    __tablename__ = "arrival"

    sha256: str = Field(primary_key=True)
    at: datetime = Field(primary_key=True, sa_type=Instant)
    hops: str
