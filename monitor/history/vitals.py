"""How sources and outbox are doing, in few questions: what is asked again and again while a daemon runs."""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session, col, func, select

from monitor.history import addresses
from monitor.history.outbox import OWED
from monitor.history.tables import AddressRow, OutboxRow, SourceRow
from monitor.history.values import OutboxState, Vitals, Waiting
from monitor.source import schedule


def vitals(session: Session, now: datetime) -> Vitals:
    """How they are doing now."""
    counts = session.exec(select(OutboxRow.state, func.count()).group_by(OutboxRow.state)).all()
    return Vitals(
        health={row.id: addresses.health(row) for row in session.exec(select(SourceRow)).all()},
        messages={OutboxState(state): count for state, count in counts},
        waiting=tuple(_waiting(session)),
        quarantined=_quarantined(session, now),
    )


def _waiting(session: Session) -> Iterator[Waiting]:
    """Each destination to which something is owed: how much, since when, and when the newest that arrived there did."""
    oldest = select(OutboxRow.destination, func.count(), func.min(OutboxRow.created_at))
    owed = oldest.where(col(OutboxRow.state).in_(OWED)).group_by(OutboxRow.destination)
    for destination, number, since in session.exec(owed).all():
        there = select(OutboxRow.sent_at).where(OutboxRow.destination == destination, OutboxRow.state == OutboxState.SENT)
        last = session.exec(there.order_by(col(OutboxRow.id).desc()).limit(1)).first()
        yield Waiting(destination, number, since, last)


def _quarantined(session: Session, now: datetime) -> int:
    """How many pages are left alone since they stopped their readers."""
    since = now - schedule.QUARANTINE
    query = select(func.count()).where(col(AddressRow.kills) >= schedule.MOST_KILLS, col(AddressRow.killed_at) > since)
    return session.exec(query).one()
