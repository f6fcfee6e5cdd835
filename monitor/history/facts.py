"""Recording what was found: a fact against what was known, the change, the event, and who is owed a message."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlmodel import Session, col, select

from monitor.event import Decision, Event, Known
from monitor.history import outbox
from monitor.history.acts import announcement, event_of, reading_of
from monitor.history.tables import ActRow, ChangeRow, EventRow, ReadingRow, TouchRow
from monitor.history.values import Judge
from monitor.model import Announcement, Evidence, Fact, Report, fact_from_json, to_json

RECENT = timedelta(days=14)


def record(session: Session, found: Fact, evidence: Evidence, source: str, judge: Judge, now: datetime) -> None:
    """Judge `found` against what is known, and keep all that follows from it."""
    decision = judge(found, _known(session, found, evidence, now))
    if decision is not None:
        change = _keep(session, found, evidence, source, decision, now)
        for post in decision.posts:
            outbox.owe(session, post, decision.act or found, change, source, now)
    _read(session, found, evidence)


def _keep(session: Session, found: Fact, evidence: Evidence, source: str, decision: Decision, now: datetime) -> ChangeRow:
    key, authority = _key(found), getattr(found, "authority", "press")
    if decision.opens and decision.event and session.get(EventRow, decision.event) is None:
        session.add(EventRow(key=decision.event, authority=authority, opened_at=now))
        session.flush()
    before = session.get(ActRow, key)
    change = ChangeRow(
        at=now,
        kind=decision.kind,
        key=key,
        source=source,
        event=decision.event,
        fact=_text(decision.act or found),
        before=before.fact if before else None,
        touches=to_json(decision.touches).decode() if decision.touches else None,
        url=evidence.url,
        sha256=evidence.sha256,
        fetched_at=_moment(evidence.fetched_at),
    )
    session.add(change)
    if isinstance(found, Announcement):
        _act(session, found, before, decision, now)
    session.flush()
    _told(session, decision)
    return change


def _act(session: Session, found: Announcement, before: ActRow | None, decision: Decision, now: datetime) -> None:
    if before is None:
        session.add(ActRow(key=found.key, event=decision.event, first_seen=now, fact=_text(found)))
    elif decision.act:
        before.fact = _text(decision.act)
    for target in {target.key for measure in found.measures for target in measure.amends}:
        session.merge(TouchRow(by=found.key, target=target))


def _told(session: Session, decision: Decision) -> None:
    for post in decision.posts:
        row = session.get(EventRow, post.event)
        if row is not None and not post.in_thread:
            row.told = True


def _read(session: Session, found: Fact, evidence: Evidence) -> None:
    row = reading_of(session, _key(found), evidence.url) or ReadingRow(
        key=_key(found), url=evidence.url, fact="", sha256="", fetched_at=_moment(evidence.fetched_at)
    )
    row.fact, row.sha256, row.fetched_at = _text(found), evidence.sha256, _moment(evidence.fetched_at)
    session.add(row)


def _known(session: Session, found: Fact, evidence: Evidence, now: datetime) -> Known:
    act = session.get(ActRow, _key(found))
    reading = reading_of(session, _key(found), evidence.url)
    own = event_of(session, act.event) if act and act.event else None
    return Known(
        act=announcement(act.fact) if act else None,
        last=fact_from_json(reading.fact) if reading else None,
        elsewhere=() if reading else tuple(_elsewhere(session, found)),
        event=own,
        events=tuple(_events(session, found, now)),
    )


def _events(session: Session, found: Fact, now: datetime) -> list[Event]:
    """The recent events, and older ones whose acts `found` changes or names."""
    recent = session.exec(select(EventRow.key).where(col(EventRow.opened_at) >= now - RECENT)).all()
    named = session.exec(select(ActRow.event).where(col(ActRow.key).in_(_names(found)))).all()
    keys = sorted({key for key in (*recent, *named) if key})
    return [event for key in keys if (event := event_of(session, key))]


def _names(found: Fact) -> list[str]:
    if isinstance(found, Report):
        return list(found.mentions.keys)
    return [target.key for measure in found.measures for target in measure.amends]


def _elsewhere(session: Session, found: Fact) -> Iterator[Announcement]:
    """The act as it was read last at each of its addresses."""
    if isinstance(found, Announcement):
        for text in session.exec(select(ReadingRow.fact).where(ReadingRow.key == found.key)).all():
            yield announcement(text)


def _key(fact: Fact) -> str:
    return fact.key if isinstance(fact, Announcement) else fact.url or fact.title


def _text(fact: Fact) -> str:
    return to_json(fact).decode()


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
