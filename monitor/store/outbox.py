"""The outbox: pending messages, as ids; their content is composed when they are sent."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select, true

from monitor.alert.event import ATTACHED, CALLING, EDITING, MONITOR, NoticeKind
from monitor.errors import ErrorKind, MonitorError, Overtaken
from monitor.model import Problem, Severity
from monitor.store import identity
from monitor.store.columns import make_value
from monitor.store.records import Closed, Dealing, Intervention, Message, OutboxState, Owed
from monitor.store.session import Session
from monitor.store.tables import ActRow, ChangeRow, ClosedRow, DealingRow, OutboxRow

ALERTS, OPS = "alerts", "ops"
LONGEST_NUMBER = 10  # digits of the number of a message
# an event's thread hangs from none of these
NO_ROOT = (*sorted(EDITING), *sorted(CALLING), NoticeKind.REMINDER)
EDITS = (*sorted(EDITING), NoticeKind.DIGEST)  # kinds that may be repeated, and are composed again
TURN = func.coalesce(OutboxRow.ahead_of, OutboxRow.id)  # a digest goes before what it gathers
OWED = (OutboxState.PENDING, OutboxState.SENDING)  # to be sent, unless it was sent
THERE = (OutboxState.SENT, OutboxState.SENDING)  # what has arrived, or may have
NEVER = (OutboxState.CANCELLED, OutboxState.DROPPED)  # never sent, and never will be
NEWS = (  # kinds with news of the world
    NoticeKind.ACT,
    NoticeKind.AMENDED,
    NoticeKind.DISAGREEMENT,
    NoticeKind.EDITION,
    NoticeKind.LISTED,
    NoticeKind.PAGE,
    NoticeKind.EARLY,
    NoticeKind.PRESS,
    NoticeKind.REMINDER,
    NoticeKind.WATCH,
)


def make_message_key(key: str, destination: str) -> str:
    """A message's key for one destination, so that the same words at two are two messages."""
    return key if destination == ALERTS else f"{key}@{destination}"


def add(session: Session, row: OutboxRow) -> None:
    """Put a message into the outbox, unless the same one was ever there."""
    if not session.has(OutboxRow, key=row.key):
        may_be_said = row.kind not in EDITS and row.state is OutboxState.PENDING
        # it may have been sent before a backup was restored
        if may_be_said and identity.is_doubted(session, row.created_at):
            row.state = OutboxState.SENDING
        session.keep(row)


def make_message_beside(
    row: OutboxRow,
    key: str,
    kind: NoticeKind,
    now: datetime,
    *,
    destination: str = "",
    **differing: Any,
) -> OutboxRow:
    """Another message about the same, at the same destination or at another."""
    same = {
        name: getattr(row, name) for name in ("source", "event", "change", "in_thread", "severity")
    }
    place = destination or row.destination
    own = {
        "key": make_message_key(key, place),
        "destination": place,
        "kind": kind,
        "created_at": now,
    }
    return OutboxRow(**same | own | differing)


def doubt_if_behind(session: Session, now: datetime) -> bool:
    """Doubt what waits if fewer messages left by this database than by this store; whether it is
    so.
    """
    behind = identity.is_behind(session)
    if behind:
        _doubt_pending(session, now)
    return behind


def compare(session: Session, keys: Collection[str], now: datetime) -> bool:
    """Mark pending messages as doubtful if any of these sent messages has no record of leaving;
    return whether so.
    """
    # it may have arrived before that
    dropped = and_(OutboxRow.state == OutboxState.DROPPED, OutboxRow.doubtful.is_(True))
    may_be_there = or_(OutboxRow.state.in_(THERE), dropped)
    left = session.list_values(OutboxRow.key, OutboxRow.key.in_(keys), may_be_there)
    behind = not set(keys) <= set(left)
    if behind:
        _doubt_pending(session, now)
    return behind


def _doubt_pending(session: Session, now: datetime) -> None:
    """Mark pending messages as maybe sent: each is searched first. An edit may be repeated."""
    identity.doubt(session, now)
    for row in session.list_rows(
        OutboxRow, OutboxRow.kind.not_in(EDITING), state=OutboxState.PENDING
    ):
        row.state = OutboxState.SENDING


def count_by_state(session: Session) -> dict[OutboxState, int]:
    """Messages by state, for `monitor status`."""
    rows = session.execute(select(OutboxRow.state, func.count()).group_by(OutboxRow.state)).all()
    return {OutboxState(state): count for state, count in rows}


def list_pending(session: Session, destination: str) -> list[Owed]:
    """List the pending messages of `destination`, in the order they must arrive.

    Messages that may have been posted come first. They are searched behind the last that arrived,
    so nothing may be posted in between. Then come matches with the watch list, unless the message
    that they reply to is still pending.
    """
    order = TURN, OutboxRow.ahead_of.is_(None)
    owed = session.list_rows(
        OutboxRow, OutboxRow.state.in_(OWED), order=order, destination=destination
    )
    urgent = {row.id for row in owed if _is_urgent(session, row)}
    return [
        _make_owed(session, row)
        for row in sorted(
            owed, key=lambda row: (row.state is not OutboxState.SENDING, row.id not in urgent)
        )
    ]


def _is_urgent(session: Session, row: OutboxRow) -> bool:
    """Return whether a message may go ahead of others: it has a match, and depends on no pending
    message.
    """
    if row.severity is not Severity.CRITICAL or row.kind in EDITS or row.digest:
        return False
    return not row.in_thread or _find_first_message(session, row) is not None


def _list_late_messages(session: Session, destination: str) -> list[OutboxRow]:
    """List pending messages that have no thread and no digest to go into."""
    waits = session.list_rows(
        OutboxRow,
        OutboxRow.kind.not_in(EDITING | {NoticeKind.DIGEST}),
        digest=None,
        destination=destination,
        state=OutboxState.PENDING,
    )
    return [
        row for row in waits if not (row.in_thread and _find_first_message(session, row, *THERE))
    ]


def batch_pending(
    session: Session, destination: str, why: str, now: datetime, *, more_than: int = 1
) -> None:
    """Put a destination's pending messages into the thread of one digest that explains the delay.

    Messages of an existing (or possible) thread go there. Messages that may have been posted stay
    as they are.
    """
    late = _list_late_messages(session, destination)
    if sum(row.kind not in ATTACHED for row in late) <= max(more_than, 1):
        return
    failed = next((row.failure for row in late if row.failure), "it was not running")
    first = min(row.id for row in late)
    digest = OutboxRow(
        key=f"{destination}:digest:{first}",
        kind=NoticeKind.DIGEST,
        destination=destination,
        source=MONITOR,
        ahead_of=first,
        problem=Problem(ErrorKind.LATE, why or f"They could not be sent before: {failed}."),
        created_at=now,
    )
    add(session, digest)
    for row in late:
        row.digest = digest.id


def mark_sending(
    session: Session, owed: Owed, *, not_before: datetime | None, doubtful: bool
) -> Owed | None:
    """Mark a message as leaving: its outcome is unknown until another mark.

    `doubtful`: it may have arrived once already. After a crash here, it is searched no earlier than
    `not_before`. Return it with its present thread; None if it is no longer pending.

    Raises:
        Overtaken: another process changed it since it was loaded.
    """
    row = session.get_one(OutboxRow, owed.id)
    if row.state not in OWED:
        return None
    if not _is_as_seen(row, owed):
        raise Overtaken(f"{row.key}: another process has taken it up")
    identity.count(session)
    # an earlier try's answer says nothing of this one
    row.state, row.not_before, row.failure = OutboxState.SENDING, not_before, None
    row.doubtful = row.doubtful or doubtful
    if row.digest and session.get_one(OutboxRow, row.digest).state != OutboxState.SENT:
        row.digest = None  # which was not taken, or overtaken: it has no thread
    return _make_owed(session, row)


def keep_words(session: Session, owed: int, said: str) -> None:
    """Save the words of a leaving message: later knowledge does not change them."""
    session.get_one(OutboxRow, owed).said = said


def reload_message(session: Session, owed: Owed) -> Owed:
    """Load a message's present state."""
    return _make_owed(session, session.get_one(OutboxRow, owed.id))


def _make_owed(session: Session, row: OutboxRow) -> Owed:
    """Convert a message to a value. Its thread is found when it leaves, because it may change
    until then.
    """
    on_its_way = row.state is OutboxState.SENDING
    thread, since = (
        (_find_place(session, row), _find_place_behind(session, row))
        if on_its_way
        else (None, None)
    )
    return make_value(Owed, row, thread=thread, since=since)


def _find_place(session: Session, row: OutboxRow) -> str | None:
    """Find the message to edit, or the parent of the thread; None for a message of its own."""
    if row.edits:
        return session.get_one(OutboxRow, row.edits).receipt
    first = _find_first_message(session, row) if row.in_thread or row.kind in EDITING else None
    if row.kind in EDITING:
        return first.receipt if first else None
    digest = session.get(OutboxRow, row.digest) if row.digest else None
    if first and first.digest:  # a reply has no thread of its own: the digest's goes on
        digest = session.get(OutboxRow, first.digest)
    return digest.receipt if digest else first.receipt if first else None


def _find_place_behind(session: Session, row: OutboxRow) -> str | None:
    """Find the newest place that a message must come after; if it may have been sent before, an
    older one.
    """
    doubted = identity.doubt_of(session) if identity.is_doubted(session, row.created_at) else None
    return find_last_place(session, row.destination, doubted)


def find_last_place(
    session: Session, destination: str, before: datetime | None = None
) -> str | None:
    """The newest place of what arrived at a destination, or arrived there before then."""
    arrived = OutboxRow.state == OutboxState.SENT, OutboxRow.receipt != ""
    earlier = OutboxRow.sent_at < before if before else true()
    place: str | None = session.find_greatest(
        OutboxRow.receipt, OutboxRow.destination == destination, *arrived, earlier
    )
    return place


def _find_first_message(session: Session, row: OutboxRow, *states: OutboxState) -> OutboxRow | None:
    if not (row.event or row.trouble):
        return None
    is_there = OutboxRow.state.in_(states or (OutboxState.SENT,)), OutboxRow.kind.not_in(NO_ROOT)
    about = {"trouble": row.trouble} if row.trouble else {"event": row.event}
    return session.find_row(
        OutboxRow, *is_there, destination=row.destination, in_thread=False, **about
    )


def mark_sent(session: Session, owed: int, receipt: str, now: datetime) -> None:
    """Mark a message as sent at `receipt`; if an edit had to be posted again, the event's thread
    continues there.
    """
    row = session.get_one(OutboxRow, owed)
    edited = session.get(OutboxRow, row.edits) if row.edits else None
    first = (
        (edited or _find_first_message(session, row)) if row.kind in EDITING and receipt else None
    )
    if first and first.receipt != receipt:
        first.receipt, first.digest = receipt, None
    if closed := session.get(ClosedRow, row.destination):
        session.delete(closed)
    row.state, row.receipt, row.sent_at, row.failure = OutboxState.SENT, receipt, now, None


def _is_as_seen(row: OutboxRow, owed: Owed) -> bool:
    """Return whether a message is unchanged since it was loaded: a mark before sending changes its
    time.
    """
    return (row.state, row.not_before) == (owed.state, owed.not_before)


def mark_unsent(
    session: Session, owed: Owed, state: OutboxState, why: str, not_before: datetime
) -> None:
    """Record a failed or uncertain delivery with an answer: only that is a failed attempt, never
    our own end. If another process has taken it up meanwhile, that process records the outcome.
    """
    row = session.get_one(OutboxRow, owed.id)
    if row.state in OWED and not _is_as_seen(row, owed):
        return
    # dropped meanwhile: what did not arrive stays dropped
    row.state = state if row.state in OWED else row.state
    row.failure, row.not_before, row.attempts = why, not_before, row.attempts + 1


def mark_held_up(session: Session, destination: str, why: str) -> None:
    """Record on a destination's next message why it was not tried; this is no attempt."""
    for first in list_pending(session, destination)[:1]:
        session.get_one(OutboxRow, first.id).failure = why


def hold_back(session: Session, destination: str, why: str) -> tuple[int, int]:
    """Record on all pending messages of a destination why they are not tried; return how many wait,
    and how many were new.
    """
    rows = session.list_rows(OutboxRow, OutboxRow.state.in_(OWED), destination=destination)
    new = [row for row in rows if row.failure != why]
    for row in new:
        row.failure = why
    return len(rows), len(new)


def find_message(session: Session, key: str) -> Message | None:
    """Find a message by its key or number."""
    row = _find_row(session, key)
    if row is None:
        return None
    return make_value(Message, row, dealings=tuple(_load_dealings(session).get(row.id, ())))


def _find_row(session: Session, key: str) -> OutboxRow | None:
    is_number = key.isdecimal() and len(key) < LONGEST_NUMBER
    which = OutboxRow.id == int(key) if is_number else OutboxRow.key == key
    return session.find_row(OutboxRow, which)


def list_keys_told(session: Session, key: str) -> list[str]:
    """List the keys of a message's content, by its key or number: all acts of a package, or the one
    that changed.
    """
    row = _find_row(session, key)
    if row is None:
        return []
    told = session.list_values(ChangeRow.key, id=row.change)
    return list(told or session.list_values(ActRow.key, ActRow.event.is_not(None), event=row.event))


# Rerouted messages: their destination is closed or gone. Each is sent once, and names its first
# destination.


def send_elsewhere(session: Session, destination: str, elsewhere: str) -> int:
    """Reroute a closed destination's messages; those that may have been posted are still searched
    there. Status messages wait: the message that they edit is there.
    """
    return _move_messages(
        session,
        session.list_rows(
            OutboxRow, edits=None, destination=destination, state=OutboxState.PENDING
        ),
        elsewhere,
    )


def reroute_orphaned_messages(
    session: Session, destinations: Collection[str], elsewhere: str
) -> int:
    """Reroute the pending messages of removed destinations, where nobody can search any more."""
    waits = session.list_rows(
        OutboxRow, OutboxRow.destination.not_in(destinations), OutboxRow.state.in_(OWED)
    )
    for row in waits:
        row.state, row.doubtful = (
            OutboxState.PENDING,
            row.doubtful or row.state is OutboxState.SENDING,
        )
    return _move_messages(session, waits, elsewhere)


def _move_messages(session: Session, rows: Iterable[OutboxRow], elsewhere: str) -> int:
    """Reroute messages, each with the name of its first destination; return how many."""
    moved = 0
    for row in rows:
        home = row.meant_for or row.destination
        if why := _explain_needless(session, row, home, elsewhere):
            row.state, row.failure = OutboxState.CANCELLED, why
            continue
        # it was refused a moment ago: it waits there as long as it would have
        back = elsewhere == home
        row.not_before = row.not_before if back else None
        row.destination, row.meant_for, row.digest = elsewhere, None if back else home, None
        moved += 1
    return moved


def _explain_needless(session: Session, row: OutboxRow, home: str, elsewhere: str) -> str:
    """Explain why a message need not go elsewhere; "" if it must."""
    if row.edits:
        return "the message that it edits can't be reached any more"
    if row.kind is NoticeKind.DIGEST:
        return f"what it gathers goes to {elsewhere}"
    key = make_message_key(row.key.removesuffix(f"@{home}"), elsewhere)
    alike = OutboxRow.id != row.id, OutboxRow.state.in_((*OWED, OutboxState.SENT))
    return (
        f"{elsewhere} receives this anyway"
        if session.has(OutboxRow, *alike, key=key, destination=elsewhere)
        else ""
    )


# The outbox for people: they list it, and retry, drop or resend messages. Each action is recorded.

OPEN = (*OWED, OutboxState.UNDELIVERABLE)
LIST = "`monitor outbox --all` lists them"


def list_messages(
    session: Session,
    *,
    every: bool = False,
    limit: int | None = None,
    kinds: Collection[NoticeKind] = (),
) -> list[Message]:
    """List pending messages in order; with `every` all of them, the newest first. `kinds` limits
    the list.
    """
    of_kind = OutboxRow.kind.in_(kinds) if kinds else true()
    which, order = (
        (true(), OutboxRow.id.desc())
        if every
        else (OutboxRow.state.in_(OPEN), (OutboxRow.destination, TURN))
    )
    rows = session.list_rows(OutboxRow, of_kind, which, order=order, limit=limit)
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


def retry_messages(session: Session, ids: Collection[int], by: str, now: datetime) -> None:
    """Retry these messages now, or all pending ones; those that may have arrived are searched
    first.

    Raises:
        MonitorError: one does not exist, or needs no retry.
    """
    named = [load_message_row(session, message) for message in dict.fromkeys(ids)]
    rows = named or session.list_rows(OutboxRow, OutboxRow.state.in_(OPEN))
    for row in rows:
        if row.state is OutboxState.SENT:
            raise MonitorError(
                f"{row.id}: was sent already; `monitor outbox resend {row.id}` says it once more"
            )
        if row.state is OutboxState.CANCELLED:
            raise MonitorError(
                f"{row.id}: is no longer needed: {row.failure or 'a later message says it'}"
            )
        if row.state is OutboxState.DROPPED and row.doubtful:
            row.state = OutboxState.SENDING
        elif row.state is not OutboxState.SENDING:
            row.state, row.not_before = OutboxState.PENDING, None
    _record_dealing(session, rows, Intervention.RETRY, by, "", now)


def drop_messages(
    session: Session, ids: Collection[int], by: str, reason: str, now: datetime
) -> None:
    """Drop messages with their follow-ups or their digest's messages. A possible arrival stays on
    record.

    Raises:
        MonitorError: one is unknown, or no longer pending.
    """
    named = [load_message_row(session, message) for message in dict.fromkeys(ids)]
    for row in named:
        if row.state not in OPEN:
            raise MonitorError(f"{row.id}: is {row.state} and owed no more; {LIST}")
    dropped = {
        row.id: row
        for message in named
        for row in (message, *_iterate_dependents(session, message))
    }
    for row in dropped.values():
        row.doubtful = row.doubtful or row.state is OutboxState.SENDING
        row.state = OutboxState.DROPPED
    _record_dealing(session, dropped.values(), Intervention.DROP, by, reason, now)


def _iterate_dependents(session: Session, row: OutboxRow) -> Iterator[OutboxRow]:
    """List the pending messages that make no sense without this one: its details and list, or the
    messages of its digest.
    """
    waits = OutboxRow.state.in_(OPEN), OutboxRow.id != row.id
    if row.kind is NoticeKind.DIGEST:
        yield from session.list_rows(OutboxRow, *waits, digest=row.id)
    elif row.change is not None and row.kind not in ATTACHED:
        attached = OutboxRow.kind.in_(ATTACHED)
        yield from session.list_rows(
            OutboxRow, *waits, attached, change=row.change, destination=row.destination
        )


def resend_messages(
    session: Session, ids: Collection[int], by: str, reason: str, now: datetime
) -> list[int]:
    """Resend messages as new ones with new keys, so that each arrives once; return them.

    Raises:
        MonitorError: one does not exist, or was not sent.
    """
    return [_resend_message(session, message, by, reason, now) for message in dict.fromkeys(ids)]


def _resend_message(session: Session, message: int, by: str, reason: str, now: datetime) -> int:
    row = load_message_row(session, message)
    if row.state is not OutboxState.SENT:
        raise MonitorError(
            f"{message}: was not sent yet, it is {row.state}; `monitor outbox retry {message}` has"
            " it tried now"
        )
    if row.kind in EDITS or row.kind in ATTACHED:
        raise MonitorError(
            f"{message}: is no message of its own; resend the one it belongs to; {LIST}"
        )
    first = load_message_row(session, row.again_of) if row.again_of else row
    again = _make_resend(session, first, row, now)
    add(session, again)
    _record_dealing(session, [again], Intervention.RESEND, by, reason, now)
    return again.id


def _make_resend(session: Session, first: OutboxRow, row: OutboxRow, now: datetime) -> OutboxRow:
    """Copy a message as a new pending one."""
    times = session.count(OutboxRow, again_of=first.id) + 1
    of_sending = {
        "attempts",
        "doubtful",
        "not_before",
        "sent_at",
        "receipt",
        "said",
        "failure",
        "digest",
        "ahead_of",
    }
    fields = row.copy_values("id", "key", "state", *of_sending) | {
        "again_of": first.id,
        "created_at": now,
    }
    home = first.meant_for or first.destination
    key = f"{first.key.removesuffix(f'@{home}')}:again:{times}"
    return OutboxRow(**fields, key=make_message_key(key, home))


def _record_dealing(
    session: Session,
    rows: Iterable[OutboxRow],
    intervention: Intervention,
    by: str,
    reason: str,
    now: datetime,
) -> None:
    for row in rows:
        session.add(
            DealingRow(message=row.id, at=now, intervention=intervention, by=by, reason=reason)
        )


def close_destination(session: Session, destination: str, why: str | None, now: datetime) -> None:
    """Record why a destination accepts nothing, and since when, whatever the reason was first;
    without `why`, that it accepts messages again.
    """
    known = session.get(ClosedRow, destination)
    if known and why:
        known.why = why
    elif known:
        session.delete(known)
    elif why:
        session.add(ClosedRow(destination=destination, since=now, why=why))


def list_closed_destinations(session: Session) -> list[Closed]:
    """Every destination that takes nothing."""
    rows = session.list_rows(ClosedRow, order=ClosedRow.destination)
    return [make_value(Closed, row) for row in rows]
