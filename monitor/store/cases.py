"""The events that were told, as people deal with them: how each stands, whom it touches, when the law changes by it."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from operator import attrgetter

from sqlmodel import Session, col, select

from monitor.alert.event import HANDLED, Event
from monitor.model import Announcement, Evidence, Severity
from monitor.store import handling, people
from monitor.store.acts import load_event, make_evidence
from monitor.store.outbox import NEVER
from monitor.store.tables import ChangeRow, EventRow, OutboxRow
from monitor.store.values import OutboxState
from monitor.triage.values import BOTH, OPEN, Case, Stage


def list_cases(session: Session, *, every: bool = False, limit: int | None = None) -> list[Case]:
    """The events that were told and that nobody has decided, the newest first; with `every` those too that somebody has."""
    states = handling.load_event_states(session)
    told = select(EventRow.key).where(col(EventRow.told)).order_by(col(EventRow.opened_at).desc(), col(EventRow.key))
    events = session.exec(told).all()
    meant = (event for event in events if every or states.get(event, OPEN).stage is not Stage.DONE)
    return [load_case(session, event) for event in islice(meant, limit)]


def count_untaken(session: Session) -> int:
    """How many of the events that were told nobody has taken or decided."""
    states, told = handling.load_event_states(session), session.exec(select(EventRow.key).where(col(EventRow.told))).all()
    return sum(states.get(event, OPEN).stage is Stage.OPEN for event in told)


def find_case(session: Session, what: str) -> Case | None:
    """The event that somebody means: by its key, an act of it, the number or the place of a message about it."""
    event = handling.find_event_key(session, what)
    return load_case(session, event) if event else None


def load_case(session: Session, event: str) -> Case:
    """One event that was told."""
    row = session.get_one(EventRow, event)
    stands, happening = handling.load_event_state(session, event), load_event(session, event)
    known = people.load_people(session, [stands.owner])
    messages = session.exec(
        select(OutboxRow).where(OutboxRow.event == event, col(OutboxRow.kind).in_(HANDLED)).order_by(col(OutboxRow.id))
    ).all()
    first = handling.list_root_messages(session, event)
    owner = known.get(stands.owner) if stands.owner is not None else None
    touched = handling.list_matches(session, event)
    return Case(
        event=event,
        authority=row.authority,
        opened_at=row.opened_at,
        severity=max((message.severity for message in messages), key=attrgetter("rank"), default=Severity.NORMAL),
        handled=handling.name_people_in_state(stands, known),
        owner=owner.handle if owner else "",
        told={
            message.destination: message.sent_at if message.state is OutboxState.SENT else None
            for message in first
            if message.state not in NEVER
        },
        untold={message.destination: _explain_not_told(message) for message in first if message.state in NEVER},
        pairs=tuple(handling.list_open_pairs(session, touched)),
        dates=list_key_dates(happening.acts if happening else ()),
        registers=tuple(_list_registers(happening)),
        sources=tuple(session.exec(select(ChangeRow.source).where(ChangeRow.event == event).distinct()).all()),
        matches=tuple(touched),
        why={message.destination: message.why for message in first},
        evidence=_load_evidence(session, event),
        products=tuple(dict.fromkeys(match.key for match in touched if match.is_goods)),
        message=next((message.id or 0 for message in first), 0),
    )


def _load_evidence(session: Session, event: str) -> Evidence | None:
    """The bytes that the event was first known by."""
    query = select(ChangeRow).where(ChangeRow.event == event, col(ChangeRow.url).is_not(None)).order_by(col(ChangeRow.id))
    change = session.exec(query).first()
    return make_evidence(change) if change else None


def _explain_not_told(message: OutboxRow) -> str:
    """Why nobody is told; what went wrong with a message before a person dropped it is not why."""
    return "a person dropped it" if message.state is OutboxState.DROPPED else message.failure or str(message.state)


def list_key_dates(acts: Iterable[Announcement]) -> Mapping[str, str]:
    """The days of law (ISO) that acts print, in their order, and whether something begins or ends then, or both."""
    by_day: dict[str, list[str]] = {}
    for day, what in sorted({day for act in acts for day in _list_days(act)}):
        by_day.setdefault(day, []).append(what)
    return {day: BOTH.join(words) for day, words in by_day.items()}


def _list_days(act: Announcement) -> Iterator[tuple[str, str]]:
    for measure in act.measures:
        if measure.starts and measure.starts.on:
            yield measure.starts.on[:10], "begins"
        if measure.ends and measure.ends.on:
            yield measure.ends.on[:10], "ends"


def _list_registers(happening: Event | None) -> Iterator[str]:
    """The registers that an event is about, each once."""
    if happening and happening.edition:
        yield happening.edition.register
    acts = happening.acts if happening else ()
    yield from dict.fromkeys(measure.register for act in acts for measure in act.measures if measure.register)
