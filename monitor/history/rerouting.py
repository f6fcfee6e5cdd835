"""Messages that go elsewhere: their destination is closed or gone. Each is told once, and says whom it was meant for."""

from collections.abc import Collection, Iterable

from sqlmodel import Session, col, select

from monitor.alert.event import NoticeKind
from monitor.history.outbox import key_at
from monitor.history.tables import OutboxRow
from monitor.history.values import OutboxState


def fail_over(session: Session, destination: str, elsewhere: str) -> int:
    """Send what waits at a closed destination elsewhere; what may have been posted there is still looked for there.

    What says how an event stands waits: the message that it edits stands there.
    """
    waits = select(OutboxRow).where(OutboxRow.destination == destination, OutboxRow.state == OutboxState.PENDING)
    return _move(session, session.exec(waits.where(col(OutboxRow.edits).is_(None)).order_by(col(OutboxRow.id))).all(), elsewhere)


def reroute_orphans(session: Session, destinations: Collection[str], elsewhere: str) -> int:
    """Send elsewhere what waits at destinations that are no longer there; nobody can look any more what was posted there."""
    query = select(OutboxRow).where(col(OutboxRow.destination).not_in(destinations))
    owed = col(OutboxRow.state).in_((OutboxState.PENDING, OutboxState.SENDING))
    waits = session.exec(query.where(owed).order_by(col(OutboxRow.id))).all()
    for row in waits:
        row.state, row.doubtful = OutboxState.PENDING, row.doubtful or row.state is OutboxState.SENDING
    return _move(session, waits, elsewhere)


def _move(session: Session, rows: Iterable[OutboxRow], elsewhere: str) -> int:
    """Let messages go elsewhere, and say there whom they were meant for; how many go."""
    moved = 0
    for row in rows:
        home = row.meant_for or row.destination
        if why := _needless(session, row, home, elsewhere):
            row.state, row.failure = OutboxState.CANCELLED, why
            continue
        back = elsewhere == home  # it was refused a moment ago: it waits there as long as it would have
        row.not_before = row.not_before if back else None
        row.destination, row.meant_for, row.digest = elsewhere, None if back else home, None
        moved += 1
    return moved


def _needless(session: Session, row: OutboxRow, home: str, elsewhere: str) -> str:
    """Why a message need not go elsewhere; empty where it has to."""
    if row.edits:
        return "the message that it edits can't be reached any more"
    if row.kind is NoticeKind.DIGEST:
        return f"what it gathers goes to {elsewhere}"
    key = key_at(row.key.removesuffix(f"@{home}"), elsewhere)
    query = select(OutboxRow.id).where(OutboxRow.key == key, OutboxRow.destination == elsewhere, OutboxRow.id != row.id)
    owed = session.exec(
        query.where(col(OutboxRow.state).in_((OutboxState.PENDING, OutboxState.SENDING, OutboxState.SENT)))
    ).first()
    return f"{elsewhere} is told this anyway" if owed is not None else ""
