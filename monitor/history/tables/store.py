"""Which store it is."""

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
