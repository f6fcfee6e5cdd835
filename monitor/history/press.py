"""What the press has said of acts on record: never law, and told as what it is."""

from collections.abc import Iterator

from sqlmodel import Session, col, select

from monitor.diff import ChangeKind
from monitor.history.tables import ActRow, ChangeRow, MarkRow
from monitor.history.values import MarkKind
from monitor.model import Reminder, Report, fact_from_json

MOST = 5  # reports that a reminder shows, the newest first


def reports_on(session: Session, reminder: Reminder) -> Iterator[Report]:
    """The reports on the acts of a reminder, and on those that its days change."""
    keys = {key for day in reminder.dates for key in (day.act, *(target.key for target in day.amends))}
    threads = select(ActRow.event).where(col(ActRow.key).in_(keys))
    marked = select(MarkRow.event).where(MarkRow.kind == MarkKind.REPORT, col(MarkRow.about).in_(keys))
    ours = col(ChangeRow.event).in_(threads) | col(ChangeRow.event).in_(marked)
    told = select(ChangeRow).where(ours, ChangeRow.kind == ChangeKind.REPORTED).order_by(col(ChangeRow.id).desc()).limit(MOST)
    for change in session.exec(told).all():
        report = fact_from_json(change.fact) if change.fact else None
        if isinstance(report, Report):
            yield report
