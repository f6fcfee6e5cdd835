"""What a message says, put together from all that the history knows at the moment it is sent."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec
from sqlmodel import Session, col, func, select

from monitor.alert.event import ATTACHED, BEYOND, NoticeKind
from monitor.alert.notice import Freshness, Notice
from monitor.clock import iso
from monitor.diff import ChangeKind
from monitor.history.acts import acts_by_key, announcement, event_of, evidence_of, reading_of, results, touching
from monitor.history.sightings import sightings
from monitor.history.tables import AddressRow, ChangeRow, EventRow, OutboxRow, SourceRow
from monitor.history.values import OutboxState
from monitor.model import (
    Announcement,
    Edition,
    Evidence,
    Fact,
    KeyDate,
    Problem,
    Reminder,
    Report,
    ScreeningResult,
    Severity,
    edition_from_json,
    fact_from_json,
    reminder_from_json,
)
from monitor.source.page import Request
from monitor.timeline import Timeline, known
from monitor.timeline.calendar import calendar

DAY = timedelta(days=1)
AHEAD = timedelta(days=30)
GATHERED = 20  # headlines of a day
NEWS = (NoticeKind.ACT, NoticeKind.AMENDED, NoticeKind.DISAGREEMENT, NoticeKind.EDITION, NoticeKind.EARLY)


def notice(session: Session, owed: int) -> Notice:
    """All that the message says, as the history knows it now."""
    row = session.get_one(OutboxRow, owed)
    change = session.get(ChangeRow, row.change) if row.change else None
    edition, reminder, fact = _told(change)
    act = fact if isinstance(fact, Announcement) else None
    event = event_of(session, row.event) if row.event else None
    acts = event.acts if event and (row.in_thread or not reminder) else ()
    screened = results(session, [each.key for each in acts])
    ahead = tuple(_ahead(session, row.created_at)) if row.kind == NoticeKind.DAILY else ()
    package = len(acts) > 1 and (row.kind == NoticeKind.PARENT or (row.kind == NoticeKind.ACT and not row.in_thread))
    gathered = tuple(notice(session, owed) for owed in _gathered(session, row))
    return Notice(
        key=row.key,
        kind=row.kind,
        source=row.source,
        authority=_authority(session, row, act),
        first_seen=iso(row.created_at),
        event=row.event or "",
        in_thread=row.in_thread,
        act=act,
        before=_before(change),
        elsewhere=_elsewhere(session, change),
        report=fact if isinstance(fact, Report) else None,
        edition=edition,
        reminder=reminder,
        evidence=evidence_of(change) if change else None,
        annexes=tuple(_annexes(session, change)),
        touches=_touches(session, change, reminder, screened if package else None),
        acts=acts,
        screened=screened,
        known=acts_by_key(session, _spoken_of(act, reminder, ahead)),
        touched_by=tuple(touching(session, {earlier.key for earlier in acts})) if acts and not reminder else (),
        problem=msgspec.json.decode(row.problem, type=Problem) if row.problem else None,
        repeated=row.doubtful,
        mentions=tuple(row.mentions.split()),
        severity=max((row.severity, *(message.severity for message in gathered)), key=_rank),
        meant_for=row.meant_for or "",
        gathered=gathered,
        sources=tuple(_freshness(session)) if row.kind == NoticeKind.DAILY else (),
        told=_told_since(session, row.created_at - DAY) if row.kind == NoticeKind.DAILY else 0,
        ahead=ahead,
        why=row.why,
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


def _touches(
    session: Session, change: ChangeRow | None, reminder: Reminder | None, package: Mapping[str, ScreeningResult] | None
) -> ScreeningResult | None:
    """What touches the watch list: of a package what any of its acts does, of a reminder what the acts it is about do."""
    if package is None and reminder:
        package = results(session, sorted(_reminded_of(reminder)))
    if package is not None:
        return ScreeningResult.together(list(package.values()))
    return msgspec.json.decode(change.touches, type=ScreeningResult) if change and change.touches else None


def _rank(severity: Severity) -> int:
    return severity.rank


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


def _gathered(session: Session, row: OutboxRow) -> Iterator[int]:
    """The messages that a digest gathers; for the summary of the day those that were owed in it, worst first, each once."""
    if row.kind == NoticeKind.DIGEST:
        gathered = select(OutboxRow.id).where(OutboxRow.digest == row.id, OutboxRow.state != OutboxState.CANCELLED)
        gathered = gathered.where(col(OutboxRow.kind).not_in(ATTACHED))
        yield from filter(None, session.exec(gathered.order_by(col(OutboxRow.id))).all())
    if row.kind == NoticeKind.DAILY:
        first = select(func.min(OutboxRow.id)).where(col(OutboxRow.created_at) >= row.created_at - DAY)
        told = session.exec(first.where(col(OutboxRow.kind).in_(NEWS)).group_by(col(OutboxRow.change))).all()
        worst = select(OutboxRow).where(col(OutboxRow.id).in_(told))
        rows = sorted(session.exec(worst).all(), key=lambda owed: (-owed.severity.rank, owed.id))
        yield from (owed.id for owed in rows[:GATHERED] if owed.id)


def _ahead(session: Session, now: datetime) -> Iterator[KeyDate]:
    """The days to come on which the law changes, as far as is known."""
    today = now.date()
    yield from calendar(Timeline(known(sightings(session))), today, today + AHEAD)


def _authority(session: Session, row: OutboxRow, act: Announcement | None) -> str:
    if act:
        return act.authority
    event = session.get(EventRow, row.event) if row.event else None
    return event.authority if event else ""


def _spoken_of(act: Announcement | None, reminder: Reminder | None, ahead: Sequence[KeyDate]) -> set[str]:
    """The acts beside its own that a message names."""
    if act:
        return _targets(act)
    return _reminded_of(reminder) if reminder else _of(ahead)


def _reminded_of(reminder: Reminder) -> set[str]:
    return _of(reminder.dates)


def _of(dates: Sequence[KeyDate]) -> set[str]:
    return {key for date in dates for key in (date.act, *(target.key for target in date.amends))}


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
