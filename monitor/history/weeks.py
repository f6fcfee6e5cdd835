"""A week at one destination: what was told, taken and decided there, what waits, and what is muted."""

from datetime import timedelta

from sqlmodel import Session, col, func, select

from monitor.alert.event import EDITING
from monitor.alert.notice import Week
from monitor.clock import iso
from monitor.history import handling, mutes, people
from monitor.history.outbox import NO_ROOT
from monitor.history.tables import HandlingRow, OutboxRow
from monitor.history.values import OutboxState
from monitor.triage.values import OPEN, Handled, Stage, Verb

LENGTH = timedelta(days=7)
NAMED = 10  # events that wait and are named


def week(session: Session, row: OutboxRow) -> tuple[Week, list[tuple[int, str]]]:
    """The week before a message was owed; with it the first messages of what waits, by number, and their events."""
    since = row.created_at - LENGTH
    roots = select(OutboxRow).where(OutboxRow.destination == row.destination, col(OutboxRow.in_thread).is_(False))
    roots = roots.where(col(OutboxRow.kind).not_in(NO_ROOT), OutboxRow.state == OutboxState.SENT)
    first = {one.event: one for one in session.exec(roots.order_by(col(OutboxRow.id).desc())).all() if one.event}
    states = handling.states(session)
    told = [event for event, one in first.items() if one.created_at >= since]
    waiting = [(one.id or 0, event) for event, one in first.items() if states.get(event, OPEN).stage is not Stage.DONE]
    takers = select(HandlingRow.event).where(HandlingRow.verb == Verb.TAKE, HandlingRow.refused == "").distinct()
    taken = set(session.exec(takers).all())
    muted = select(func.count()).where(
        OutboxRow.destination == row.destination,
        OutboxRow.created_at >= since,
        OutboxRow.state == OutboxState.CANCELLED,
        col(OutboxRow.failure).startswith(mutes.MUTED),
        col(OutboxRow.kind).not_in(EDITING),
        col(OutboxRow.in_thread).is_(False),
    )
    counted = Week(
        told=len(told),
        taken=len(taken.intersection(told)),
        decided=sum(states.get(event, OPEN).stage is Stage.DONE for event in told),
        open=len(waiting),
        kept_back=session.exec(muted).one(),
        muted=tuple((silence.subject, iso(silence.until)) for silence in mutes.muted_news(session, row.created_at)),
    )
    return counted, waiting[:NAMED]


def standing(session: Session, event: str) -> Handled:
    """How an event stands, also where nobody has done anything with it."""
    stands = handling.state(session, event)
    return handling.spelt(stands, people.names(session, [stands.owner]))
