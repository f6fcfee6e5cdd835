"""What processes that share a database have of each other."""

from datetime import datetime

from sqlmodel import Field

from monitor.history.columns import Instant
from monitor.history.tables.base import Table


class CourierRow(Table, table=True):
    """A destination that several processes may deliver to: whoever does holds the lock of this row."""

    __tablename__ = "courier"

    destination: str = Field(primary_key=True)


class HostRow(Table, table=True):
    """A host that several processes ask: when the next of them may, in seconds by the clock of the database."""

    __tablename__ = "host"

    name: str = Field(primary_key=True)
    opens: float


class WorkerRow(Table, table=True):
    """A process that works on the history beside others: since when, for which queues, at what, and when it last said so."""

    __tablename__ = "worker"

    name: str = Field(primary_key=True)
    began: datetime = Field(sa_type=Instant)
    seen: datetime = Field(sa_type=Instant)
    queues: str
    doing: str
    schedules: bool
