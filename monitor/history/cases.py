"""The events that were told, as people deal with them: how each stands, whom it touches, when the law changes by it."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from operator import attrgetter

from sqlmodel import Session, col, select

from monitor.alert.event import HANDLED, Event
from monitor.history import handling, people
from monitor.history.acts import event_of, evidence_of
from monitor.history.outbox import NEVER
from monitor.history.tables import ChangeRow, EventRow, OutboxRow
from monitor.history.values import OutboxState
from monitor.model import Announcement, Evidence, Severity
from monitor.triage.values import BOTH, OPEN, Case, Stage


def cases(session: Session, *, every: bool = False, limit: int | None = None) -> list[Case]:
    """The events that were told and that nobody has decided, the newest first; with `every` those too that somebody has."""
    states = handling.states(session)
    told = select(EventRow.key).where(col(EventRow.told)).order_by(col(EventRow.opened_at).desc(), col(EventRow.key))
    events = session.exec(told).all()
    meant = (event for event in events if every or states.get(event, OPEN).stage is not Stage.DONE)
    return [case(session, event) for event in islice(meant, limit)]


def case_named(session: Session, what: str) -> Case | None:
    """The event that somebody means: by its key, an act of it, the number or the place of a message about it."""
    event = handling.event_named(session, what)
    return case(session, event) if event else None


def case(session: Session, event: str) -> Case:
    """One event that was told."""
    row = session.get_one(EventRow, event)
    stands, happening = handling.state(session, event), event_of(session, event)
    known = people.names(session, [stands.owner])
    messages = session.exec(
        select(OutboxRow).where(OutboxRow.event == event, col(OutboxRow.kind).in_(HANDLED)).order_by(col(OutboxRow.id))
    ).all()
    first = handling.roots(session, event)
    owner = known.get(stands.owner) if stands.owner is not None else None
    touched = handling.matches(session, event)
    return Case(
        event=event,
        authority=row.authority,
        opened_at=row.opened_at,
        severity=max((message.severity for message in messages), key=attrgetter("rank"), default=Severity.NORMAL),
        handled=handling.spelt(stands, known),
        owner=owner.handle if owner else "",
        told={
            message.destination: message.sent_at if message.state is OutboxState.SENT else None
            for message in first
            if message.state not in NEVER
        },
        untold={message.destination: _why_not(message) for message in first if message.state in NEVER},
        pairs=tuple(handling.pairs(session, touched)),
        dates=dates(happening.acts if happening else ()),
        registers=tuple(_registers(happening)),
        sources=tuple(session.exec(select(ChangeRow.source).where(ChangeRow.event == event).distinct()).all()),
        matches=tuple(touched),
        why={message.destination: message.why for message in first},
        evidence=_evidence(session, event),
        products=tuple(dict.fromkeys(match.key for match in touched if match.is_goods)),
        message=next((message.id or 0 for message in first), 0),
    )


def _evidence(session: Session, event: str) -> Evidence | None:
    """The bytes that the event was first known by."""
    query = select(ChangeRow).where(ChangeRow.event == event, col(ChangeRow.url).is_not(None)).order_by(col(ChangeRow.id))
    change = session.exec(query).first()
    return evidence_of(change) if change else None


def _why_not(message: OutboxRow) -> str:
    """Why nobody is told; what went wrong with a message before a person dropped it is not why."""
    return "a person dropped it" if message.state is OutboxState.DROPPED else message.failure or str(message.state)


def dates(acts: Iterable[Announcement]) -> Mapping[str, str]:
    """The days of law (ISO) that acts print, in their order, and whether something begins or ends then, or both."""
    by_day: dict[str, list[str]] = {}
    for day, what in sorted({day for act in acts for day in _days(act)}):
        by_day.setdefault(day, []).append(what)
    return {day: BOTH.join(words) for day, words in by_day.items()}


def _days(act: Announcement) -> Iterator[tuple[str, str]]:
    for measure in act.measures:
        if measure.starts and measure.starts.on:
            yield measure.starts.on[:10], "begins"
        if measure.ends and measure.ends.on:
            yield measure.ends.on[:10], "ends"


def _registers(happening: Event | None) -> Iterator[str]:
    """The registers that an event is about, each once."""
    if happening and happening.edition:
        yield happening.edition.register
    acts = happening.acts if happening else ()
    yield from dict.fromkeys(measure.register for act in acts for measure in act.measures if measure.register)
