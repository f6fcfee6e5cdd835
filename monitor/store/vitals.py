"""How sources and outbox are doing, in few questions: what is asked again and again while a daemon runs."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import func, select

from monitor.alert.event import NoticeKind
from monitor.source import schedule
from monitor.store import mutes, troubles
from monitor.store.columns import select_json_text
from monitor.store.looks import OURS
from monitor.store.outbox import OWED, count_by_state
from monitor.store.records import ToldAlert, Vitals, Waiting, Worker
from monitor.store.session import Session
from monitor.store.tables import AddressRow, ChangeRow, OutboxRow, WorkerRow
from monitor.store.values import OutboxState

FIRST_WORD = (NoticeKind.ACT, NoticeKind.EDITION)  # what is the first to say that something was published


def load_vitals(session: Session, now: datetime) -> Vitals:
    """How they are doing now."""
    return Vitals(
        health=troubles.load_source_healths(session),
        messages=count_by_state(session),
        waiting=tuple(_list_waiting(session)),
        quarantined=_count_quarantined(session, now),
        troubles=tuple(troubles.list_incident_states(session)),
        muted={mute.source: mute.until for mute in mutes.list_active_mutes(session, now)},
    )


def _list_waiting(session: Session) -> Iterator[Waiting]:
    """Each destination to which something is owed: how much, since when, and when the newest that arrived there did."""
    oldest = select(OutboxRow.destination, func.count(), func.min(OutboxRow.created_at))
    owed = oldest.where(OutboxRow.state.in_(OWED)).group_by(OutboxRow.destination)
    for destination, number, since in session.execute(owed).all():
        there = select(OutboxRow.sent_at).where(OutboxRow.destination == destination, OutboxRow.state == OutboxState.SENT)
        last = session.scalar(there.order_by(OutboxRow.id.desc()).limit(1))
        yield Waiting(destination, number, since, last)


def _count_quarantined(session: Session, now: datetime) -> int:
    """How many pages are left alone since they stopped their readers."""
    since = now - schedule.QUARANTINE
    query = select(func.count()).where(AddressRow.kills >= schedule.MOST_KILLS, AddressRow.killed_at > since)
    return session.scalars(query).one()


def load_newest_news(session: Session) -> dict[str, datetime]:
    """When each source last brought something that was not known."""
    query = select(ChangeRow.source, func.max(ChangeRow.at)).where(ChangeRow.kind.not_in(OURS))
    return dict(session.execute(query.group_by(ChangeRow.source)).all())


def list_told_after(session: Session, moment: datetime) -> list[ToldAlert]:
    """The acts and editions of which the first word arrived anywhere after a moment."""
    published, authority = (select_json_text(ChangeRow.fact, key) for key in ("published", "authority"))
    told = select(ChangeRow.id, func.min(OutboxRow.sent_at), published, authority).join(
        ChangeRow, OutboxRow.change == ChangeRow.id
    )
    lately = select(OutboxRow.change).where(OutboxRow.sent_at > moment)
    first = told.where(OutboxRow.kind.in_(FIRST_WORD), OutboxRow.again_of.is_(None), OutboxRow.change.in_(lately))
    rows = session.execute(first.group_by(ChangeRow.id)).all()
    return [ToldAlert(on or "", whose or "", at) for _, at, on, whose in rows if at and at > moment]


def list_workers(session: Session) -> list[Worker]:
    """The processes that work on it beside each other, as they said last."""
    rows = session.list_rows(WorkerRow, by=WorkerRow.name)
    return [Worker(row.name, row.began, row.seen, row.queues.split(), row.doing.split(), row.schedules) for row in rows]
