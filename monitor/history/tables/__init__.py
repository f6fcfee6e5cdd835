"""The history's tables; private to this package, no row leaves it. Each is made when somebody first needs it: a poll of a page
that has not moved asks a few of them.
"""

from sqlalchemy import MetaData

from monitor.history.tables.acts import ActRow, ChangeRow, EventRow
from monitor.history.tables.alterations import AlterationRow
from monitor.history.tables.archive import BodyRow, PieceRow, ProofRow, RetrievalRow
from monitor.history.tables.base import Table
from monitor.history.tables.dealings import ClosedRow, DealingRow
from monitor.history.tables.muted import MuteRow, SilenceRow
from monitor.history.tables.names import NameKeyRow, NameRow, NameWordRow, NamingRow, SubjectKeyRow
from monitor.history.tables.outbox import OutboxRow
from monitor.history.tables.people import HandlingRow, PersonRow
from monitor.history.tables.readings import AmendingRow, MarkRow, ReadingRow, SightRow
from monitor.history.tables.registers import ListedRow, RegisterRow
from monitor.history.tables.sources import AddressRow, LookRow, SketchRow, SourceRow, TroubleRow
from monitor.history.tables.store import StoreRow
from monitor.history.tables.watched import DismissalRow, ScreenedRow, WatchedRow
from monitor.history.tables.workers import CourierRow, HostRow, WorkerRow

__all__ = [
    "ActRow",
    "AddressRow",
    "AlterationRow",
    "AmendingRow",
    "BodyRow",
    "ChangeRow",
    "ClosedRow",
    "CourierRow",
    "DealingRow",
    "DismissalRow",
    "EventRow",
    "HandlingRow",
    "HostRow",
    "ListedRow",
    "LookRow",
    "MarkRow",
    "MuteRow",
    "NameKeyRow",
    "NameRow",
    "NameWordRow",
    "NamingRow",
    "OutboxRow",
    "PersonRow",
    "PieceRow",
    "ProofRow",
    "ReadingRow",
    "RegisterRow",
    "RetrievalRow",
    "ScreenedRow",
    "SightRow",
    "SilenceRow",
    "SketchRow",
    "SourceRow",
    "StoreRow",
    "SubjectKeyRow",
    "Table",
    "TroubleRow",
    "WatchedRow",
    "WorkerRow",
    "whole",
]


def whole() -> MetaData:
    """All tables, for whoever makes them, moves them or holds them against others."""
    return Table.metadata
