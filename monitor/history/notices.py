"""What a message says, put together from all that the history knows at the moment it is sent."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec
from sqlmodel import Session, col, func, select

from monitor.alert.event import BEYOND, NoticeKind
from monitor.alert.notice import Freshness, Notice
from monitor.clock import iso
from monitor.diff import ChangeKind
from monitor.history.acts import acts_by_key, announcement, event_of, evidence_of, reading_of, touching
from monitor.history.tables import AddressRow, ChangeRow, EventRow, OutboxRow, SourceRow
from monitor.history.values import OutboxState
from monitor.model import (
    Announcement,
    Edition,
    Evidence,
    Fact,
    Problem,
    Reminder,
    Report,
    ScreeningResult,
    edition_from_json,
    fact_from_json,
    reminder_from_json,
)
from monitor.source.page import Request

DAY = timedelta(days=1)
NEWS = (NoticeKind.ACT, NoticeKind.AMENDED, NoticeKind.DISAGREEMENT, NoticeKind.EDITION, NoticeKind.EARLY)


def notice(session: Session, owed: int) -> Notice:
    """All that the message says, as the history knows it now."""
    row = session.get_one(OutboxRow, owed)
    change = session.get(ChangeRow, row.change) if row.change else None
    edition, reminder, fact = _told(change)
    act = fact if isinstance(fact, Announcement) else None
    event = event_of(session, row.event) if row.event else None
    acts = event.acts if event and (row.in_thread or not reminder) else ()
    return Notice(
        key=row.key,
        kind=row.kind,
        source=row.source,
        authority=_authority(session, row, act),
        first_seen=iso(row.created_at),
        event=row.event or "",
        act=act,
        before=_before(change),
        elsewhere=_elsewhere(session, change),
        report=fact if isinstance(fact, Report) else None,
        edition=edition,
        reminder=reminder,
        evidence=evidence_of(change) if change else None,
        annexes=tuple(_annexes(session, change)),
        touches=msgspec.json.decode(change.touches, type=ScreeningResult) if change and change.touches else None,
        acts=acts,
        known=acts_by_key(session, _targets(act) if act else _reminded_of(reminder) if reminder else set()),
        touched_by=tuple(touching(session, {earlier.key for earlier in acts})) if acts and not reminder else (),
        problem=msgspec.json.decode(row.problem, type=Problem) if row.problem else None,
        repeated=row.doubtful,
        mentions=tuple(row.mentions.split()),
        severity=row.severity,
        meant_for=row.meant_for or "",
        gathered=tuple(_gathered(session, row)),
        sources=tuple(_freshness(session)) if row.kind == NoticeKind.DAILY else (),
        told=_told_since(session, row.created_at - DAY) if row.kind == NoticeKind.DAILY else 0,
    )


def _told(change: ChangeRow | None) -> tuple[Edition | None, Reminder | None, Fact | None]:
    """What a change recorded, as one of these."""
    if change is None or change.kind is ChangeKind.WATCH:
        return None, None, None
    if change.kind is ChangeKind.EDITION:
        return edition_from_json(change.fact), None, None
    if change.kind is ChangeKind.REMINDER:
        return None, reminder_from_json(change.fact), None
    return None, None, fact_from_json(change.fact)


def _annexes(session: Session, change: ChangeRow | None) -> Iterator[tuple[str, Evidence]]:
    """The annexes that were read together with the page of a change: title, address and bytes."""
    if change is None:
        return
    page = select(AddressRow.id).where(AddressRow.identity == f"GET {change.url}")
    rows = session.exec(select(AddressRow).where(col(AddressRow.parent).in_(page), col(AddressRow.sha256).is_not(None)))
    for row in rows.all():
        url = msgspec.json.decode(row.request, type=Request).url
        if row.sha256 and (came := row.first_read or change.fetched_at):
            yield row.title, Evidence(url=url, sha256=row.sha256, fetched_at=iso(came))


def _freshness(session: Session) -> Iterator[Freshness]:
    for row in session.exec(select(SourceRow).order_by(SourceRow.id)).all():
        problem = msgspec.json.decode(row.problem, type=Problem) if row.problem else None
        yield Freshness(row.id, iso(row.last_ok) if row.last_ok else None, problem)


def _told_since(session: Session, since: datetime) -> int:
    """How many changes were told from then on, each once to however many places it went."""
    changes = func.count(func.distinct(OutboxRow.change))
    query = select(changes).where(col(OutboxRow.created_at) >= since, col(OutboxRow.kind).in_(NEWS))
    return session.exec(query).one()


def _gathered(session: Session, row: OutboxRow) -> Iterator[Notice]:
    """The messages that a digest gathers."""
    if row.kind == NoticeKind.DIGEST:
        query = select(OutboxRow.id).where(OutboxRow.digest == row.id, OutboxRow.state != OutboxState.CANCELLED)
        ids = session.exec(query.order_by(col(OutboxRow.id))).all()
        yield from (notice(session, each) for each in ids if each is not None)


def _authority(session: Session, row: OutboxRow, act: Announcement | None) -> str:
    if act:
        return act.authority
    event = session.get(EventRow, row.event) if row.event else None
    return event.authority if event else ""


def _reminded_of(reminder: Reminder) -> set[str]:
    return {key for each in reminder.dates for key in (each.act, *(target.key for target in each.amends))}


def _before(change: ChangeRow | None) -> Announcement | None:
    fact = fact_from_json(change.before) if change and change.before else None
    return fact if isinstance(fact, Announcement) else None


def _elsewhere(session: Session, change: ChangeRow | None) -> Announcement | None:
    """What another address says of the act, where that is what a change records."""
    if change is None or change.kind not in BEYOND or change.url is None:
        return None
    reading = reading_of(session, change.key, change.url)
    return announcement(reading.fact) if reading else None


def _targets(act: Announcement) -> set[str]:
    return {target.key for measure in act.measures for target in measure.amends}
