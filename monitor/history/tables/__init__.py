"""The history's tables; private to this package, no row leaves it."""

from monitor.history.tables.acts import ActRow, AmendingRow, ChangeRow, EventRow, MarkRow, ReadingRow
from monitor.history.tables.base import Table
from monitor.history.tables.law import ClueRow, LawRow, PartRow, RulesRow, StretchRow
from monitor.history.tables.names import NamingRow, PackRow, RenamedRow, SegmentRow
from monitor.history.tables.outbox import ClosedRow, DealingRow, OutboxRow
from monitor.history.tables.people import HandlingRow, PersonRow, SilenceRow
from monitor.history.tables.registers import AlterationRow, ListedRow, RegisterRow
from monitor.history.tables.sources import AddressRow, LookRow, MuteRow, SightRow, SketchRow, SourceRow, TroubleRow
from monitor.history.tables.store import ArrivalRow, BodyRow, PieceRow, ProofRow, StoreRow
from monitor.history.tables.watched import DismissalRow, ScreenedRow, WatchedRow
from monitor.history.tables.workers import CourierRow, HostRow, WorkerRow

__all__ = [
    "ActRow",
    "AddressRow",
    "AlterationRow",
    "AmendingRow",
    "ArrivalRow",
    "BodyRow",
    "ChangeRow",
    "ClosedRow",
    "ClueRow",
    "CourierRow",
    "DealingRow",
    "DismissalRow",
    "EventRow",
    "HandlingRow",
    "HostRow",
    "LawRow",
    "ListedRow",
    "LookRow",
    "MarkRow",
    "MuteRow",
    "NamingRow",
    "OutboxRow",
    "PackRow",
    "PartRow",
    "PersonRow",
    "PieceRow",
    "ProofRow",
    "ReadingRow",
    "RegisterRow",
    "RenamedRow",
    "RulesRow",
    "ScreenedRow",
    "SegmentRow",
    "SightRow",
    "SilenceRow",
    "SketchRow",
    "SourceRow",
    "StoreRow",
    "StretchRow",
    "Table",
    "TroubleRow",
    "WatchedRow",
    "WorkerRow",
]
