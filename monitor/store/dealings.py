"""What a person can see of the outbox and have done with it: tried now, dropped, said once more. Each stays on record."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from sqlalchemy import func, select, true

from monitor.alert.event import ATTACHED, NoticeKind
from monitor.errors import MonitorError
from monitor.store.columns import make_value
from monitor.store.outbox import EDITS, OWED, add, make_message_key
from monitor.store.records import Closed, Dealing, Message
from monitor.store.session import Session
from monitor.store.tables import ClosedRow, DealingRow, OutboxRow
from monitor.store.values import Intervention, OutboxState

OPEN = (*OWED, OutboxState.UNDELIVERABLE)
LIST = "`monitor outbox --all` lists them"


def list_messages(
    session: Session, *, every: bool = False, limit: int | None = None, kinds: Collection[NoticeKind] = ()
) -> list[Message]:
    """What is open, in the order it must arrive; with `every` all that ever was, the newest first. Of these kinds, or of all."""
    of_kind = OutboxRow.kind.in_(kinds) if kinds else true()
    if every:
        rows = session.scalars(select(OutboxRow).where(of_kind).order_by(OutboxRow.id.desc()).limit(limit)).all()
    else:
        turn = func.coalesce(OutboxRow.ahead_of, OutboxRow.id)
        query = select(OutboxRow).where(of_kind, OutboxRow.state.in_(OPEN))
        rows = session.scalars(query.order_by(OutboxRow.destination, turn).limit(limit)).all()
    dealt = _load_dealings(session)
    return [make_value(Message, row, dealings=tuple(dealt.get(row.id, ()))) for row in rows]


def _load_dealings(session: Session) -> dict[int, list[Dealing]]:
    """All that people ever had done, by message; it is little."""
    by_message: dict[int, list[Dealing]] = {}
    for row in session.list_rows(DealingRow):
        by_message.setdefault(row.message, []).append(make_value(Dealing, row))
    return by_message


def load_message_row(session: Session, message: int) -> OutboxRow:
    """A message by its number.

    Raises:
        MonitorError: there is none.
    """
    row = session.get(OutboxRow, message) if message < 2**63 else None
    if row is None:
        raise MonitorError(f"{message}: there is no such message; {LIST}")
    return row


def retry(session: Session, ids: Collection[int], by: str, now: datetime) -> None:
    """Let these be tried at once, or all that is open; what may have arrived is looked for first, as ever.

    Raises:
        MonitorError: one of them is not there, or need not be tried.
    """
    named = [load_message_row(session, message) for message in dict.fromkeys(ids)]
    rows = named or session.list_rows(OutboxRow, OutboxRow.state.in_(OPEN))
    for row in rows:
        _refuse_to_try(row)
        if row.state is OutboxState.DROPPED and row.doubtful:
            row.state = OutboxState.SENDING
        elif row.state is not OutboxState.SENDING:
            row.state, row.not_before = OutboxState.PENDING, None
    _record(session, rows, Intervention.RETRY, by, "", now)


def _refuse_to_try(row: OutboxRow) -> None:
    if row.state is OutboxState.SENT:
        raise MonitorError(f"{row.id}: was said already; `monitor outbox resend {row.id}` says it once more")
    if row.state is OutboxState.CANCELLED:
        raise MonitorError(f"{row.id}: nobody need be told any more: {row.failure or 'a later message says it'}")


def drop(session: Session, ids: Collection[int], by: str, reason: str, now: datetime) -> None:
    """Let these never be said, nor what hangs from them or what they gather. That one may have arrived is not forgotten.

    Raises:
        MonitorError: one of them is not known, or is owed no more.
    """
    named = [load_message_row(session, message) for message in dict.fromkeys(ids)]
    for row in named:
        if row.state not in OPEN:
            raise MonitorError(f"{row.id}: is {row.state} and owed no more; {LIST}")
    dropped = {row.id: row for message in named for row in (message, *_iterate_dependents(session, message))}
    for row in dropped.values():
        row.doubtful = row.doubtful or row.state is OutboxState.SENDING
        row.state = OutboxState.DROPPED
    _record(session, dropped.values(), Intervention.DROP, by, reason, now)


def _iterate_dependents(session: Session, row: OutboxRow) -> Iterator[OutboxRow]:
    """What is open and makes no sense without this message: its details and list, and all that a digest gathers."""
    waits = select(OutboxRow).where(OutboxRow.state.in_(OPEN), OutboxRow.id != row.id)
    if row.kind is NoticeKind.DIGEST:
        yield from session.scalars(waits.where(OutboxRow.digest == row.id)).all()
    elif row.change is not None and row.kind not in ATTACHED:
        here = waits.where(OutboxRow.change == row.change, OutboxRow.destination == row.destination)
        yield from session.scalars(here.where(OutboxRow.kind.in_(ATTACHED))).all()


def resend_messages(session: Session, ids: Collection[int], by: str, reason: str, now: datetime) -> list[int]:
    """Owe once more what was said: other messages with keys of their own, so that they too arrive once; which ones.

    Raises:
        MonitorError: one of them is not there, or was not said.
    """
    return [_resend(session, message, by, reason, now) for message in dict.fromkeys(ids)]


def _resend(session: Session, message: int, by: str, reason: str, now: datetime) -> int:
    row = load_message_row(session, message)
    if row.state is not OutboxState.SENT:
        raise MonitorError(f"{message}: was not said yet, it is {row.state}; `monitor outbox retry {message}` has it tried now")
    if row.kind in EDITS or row.kind in ATTACHED:
        raise MonitorError(f"{message}: is no message of its own; have that said again which it belongs to; {LIST}")
    first = load_message_row(session, row.again_of) if row.again_of else row
    again = _make_resend(session, first, row, now)
    add(session, again)
    _record(session, [again], Intervention.RESEND, by, reason, now)
    return again.id


def _make_resend(session: Session, first: OutboxRow, row: OutboxRow, now: datetime) -> OutboxRow:
    """The same message as if it were owed anew."""
    times = session.count(OutboxRow.again_of == first.id) + 1
    own = {"id", "key", "state", "attempts", "doubtful", "not_before", "sent_at", "receipt", "failure", "digest", "ahead_of"}
    fields = row.copy_values(*own) | {"again_of": first.id, "created_at": now}
    home = first.meant_for or first.destination
    key = f"{first.key.removesuffix(f'@{home}')}:again:{times}"
    return OutboxRow(**fields, key=make_message_key(key, home))


def _record(session: Session, rows: Iterable[OutboxRow], intervention: Intervention, by: str, reason: str, now: datetime) -> None:
    for row in rows:
        session.add(row)
        session.add(DealingRow(message=row.id, at=now, intervention=intervention, by=by, reason=reason))


def close(session: Session, destination: str, why: str | None, now: datetime) -> None:
    """Remember why a destination takes nothing, since when it is so for this cause; without a `why` that it does again."""
    known = session.get(ClosedRow, destination)
    if known and known.why == why:
        return
    if known:
        session.delete(known)
        session.flush()
    if why:
        session.add(ClosedRow(destination=destination, since=now, why=why))


def list_closed_destinations(session: Session) -> list[Closed]:
    """Every destination that takes nothing."""
    rows = session.list_rows(ClosedRow, by=ClosedRow.destination)
    return [make_value(Closed, row) for row in rows]
