"""The outbox: messages owed, as ids; what they say is put together when they are sent."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, and_, col, func, or_, select

from monitor.alert import notice
from monitor.alert.event import ATTACHED, NoticeKind, Post
from monitor.clock import iso
from monitor.errors import ErrorKind
from monitor.history import identity
from monitor.history.tables import ChangeRow, OutboxRow
from monitor.history.values import OutboxState, Owed
from monitor.model import (
    Announcement,
    Edition,
    Fact,
    Problem,
    Reminder,
    Severity,
    reminder_from_json,
    to_json,
)

ALERTS, OPS = "alerts", "ops"
THREAD = "what it is about was told here"  # why a reply goes where no rule sends it
LEAST = Severity.NORMAL  # how much what hangs from a message matters by itself
LISTING = (NoticeKind.ACT, NoticeKind.AMENDED, NoticeKind.DISAGREEMENT, NoticeKind.EDITION)
NO_ROOT = (NoticeKind.PARENT, NoticeKind.REMINDER)  # an event's thread hangs from none of these
EDITS = (NoticeKind.PARENT, NoticeKind.DIGEST)  # what may be said again, and what is made anew
THERE = (OutboxState.SENT, OutboxState.SENDING)  # what has arrived, or may have


def owe(session: Session, post: Post, found: Fact | Edition, change: ChangeRow, source: str, now: datetime) -> None:
    """Put one message for each destination into the outbox, unless the same one was ever there.

    What is told of an event that was told before goes where that was; a waiting edit of its first message serves again.
    """
    row = OutboxRow(
        key=_key(session, post, found, change),
        kind=post.kind,
        destination=ALERTS,
        source=source,
        event=post.event,
        change=change.id,
        in_thread=post.in_thread,
        mentions=" ".join(post.mentions),
        severity=post.severity,
        created_at=now,
    )
    for destination in _destinations(session, post):
        if post.kind is not NoticeKind.PARENT or not _waiting_edit(session, post.event, destination):
            _add(session, _at(row, destination, why=post.why.get(destination, THREAD)))
            for kind in _attached(post, found):
                attached = {"kind": kind, "key": f"{row.key}:{kind}", "in_thread": True, "mentions": "", "severity": LEAST}
                _add(session, _at(row, destination, **attached))


def _attached(post: Post, found: Fact | Edition) -> Iterator[NoticeKind]:
    """What hangs from a message: the details of an act that opens a thread, and a list that is too long to be shown."""
    if post.kind is NoticeKind.ACT and not post.in_thread:
        yield NoticeKind.DETAILS
    if post.kind in LISTING and notice.count(found) > notice.SHOWN:
        yield NoticeKind.ROWS


def _at(row: OutboxRow, destination: str, **differing: Any) -> OutboxRow:
    """The same message for one destination; the others' keys name them."""
    said = row.model_dump(exclude={"id"}) | differing
    return OutboxRow(**{**said, "destination": destination, "key": _key_at(said["key"], destination)})


def _key_at(key: str, destination: str) -> str:
    return key if destination == ALERTS else f"{key}@{destination}"


def _destinations(session: Session, post: Post) -> Sequence[str]:
    """Where a message goes: an edit where the event's first message is, a reply there too, all else where rules send it."""
    routed = post.to or (ALERTS,)
    if not post.in_thread and post.kind is not NoticeKind.PARENT:
        return routed
    # A later act of a package may have been sent where the first was not: it stands there by itself, and has its replies.
    later_act = and_(OutboxRow.kind == NoticeKind.ACT, post.kind is not NoticeKind.PARENT)
    told = session.exec(
        select(OutboxRow.destination)
        .where(OutboxRow.event == post.event, col(OutboxRow.kind).not_in(NO_ROOT))
        .where(or_(col(OutboxRow.in_thread).is_(False), later_act))
        .distinct()
    ).all()
    if post.kind is NoticeKind.ACT:  # an act of a package is news also where the package is not known
        return tuple(dict.fromkeys((*routed, *told)))
    return told or routed


def owe_remark(session: Session, kind: NoticeKind, source: str, problem: Problem, now: datetime) -> None:
    """Owe the people who run the monitor a remark about a source, once for the same words."""
    said = hashlib.sha256(problem.text.encode()).hexdigest()[:12]
    problem_text = to_json(problem).decode()
    key = f"{source}:{kind}:{said}"
    _add(session, OutboxRow(key=key, kind=kind, destination=OPS, source=source, problem=problem_text, created_at=now))


def owe_reminder(session: Session, posts: Sequence[Post], reminder: Reminder, change: ChangeRow, now: datetime) -> None:
    """Owe a reminder as a message of its own, where rules send it, and in the threads of what it is about."""
    first = reminder.dates[0]
    kind = first.kind.replace(" ", "-")
    parts = (first.act, "reminder", kind, first.on, str(reminder.before), first.action, ",".join(first.clauses))
    key = ":".join(filter(None, parts))
    for post in posts:
        row = OutboxRow(
            key=f"{key}:thread:{post.event}" if post.in_thread else key,
            kind=NoticeKind.REMINDER,
            destination=ALERTS,
            source=change.source,
            event=post.event,
            change=change.id,
            in_thread=post.in_thread,
            mentions=" ".join(post.mentions),
            severity=post.severity,
            created_at=now,
        )
        for destination in _destinations(session, post):
            _add(session, _at(row, destination, why=post.why.get(destination, THREAD)))


def cancel_reminders(session: Session, stands: Callable[[Reminder], bool]) -> None:
    """Take back the reminders that have not left yet and that an act seen meanwhile has overtaken."""
    query = select(OutboxRow, ChangeRow.fact).join(ChangeRow, col(OutboxRow.change) == ChangeRow.id)
    for row, fact in session.exec(
        query.where(OutboxRow.kind == NoticeKind.REMINDER, OutboxRow.state == OutboxState.PENDING)
    ).all():
        if not stands(reminder_from_json(fact)):
            row.state, row.failure = OutboxState.CANCELLED, "a later act has overtaken it"
            session.add(row)


def owe_ops(session: Session, kind: NoticeKind, source: str, problem: Problem | None, since: datetime, now: datetime) -> None:
    """Owe the people who run the monitor word of a source's trouble or of its end."""
    problem_text = to_json(problem).decode() if problem else None
    key = f"{source}:{kind}:{iso(since)}"
    _add(session, OutboxRow(key=key, kind=kind, destination=OPS, source=source, problem=problem_text, created_at=now))


def owe_room(session: Session, since: datetime, now: datetime) -> None:
    """Owe the people who run the monitor word that the disk was full, and is no longer."""
    text = (
        f"From {iso(since)} to {iso(now)} there was no room on the disk. Nothing was lost: what could not be stored was not told;"
        " it is read again now, late."
    )
    owe_ops(session, NoticeKind.RECOVERED, "monitor", Problem(kind=ErrorKind.DISK_FULL, text=text), since, now)


def owe_watch(session: Session, change: ChangeRow, now: datetime) -> None:
    """Owe word of what a changed watch list touches of all that was listed before."""
    row = OutboxRow(
        key=f"watch:{hashlib.sha256(change.fact.encode()).hexdigest()[:12]}",
        kind=NoticeKind.WATCH,
        destination=ALERTS,
        source="monitor",
        change=change.id,
        severity=Severity.CRITICAL,
        created_at=now,
    )
    _add(session, row)


def owe_daily(session: Session, day: str, destination: str, now: datetime) -> None:
    """Owe a destination the word of this day, once."""
    row = OutboxRow(key=f"daily:{day}", kind=NoticeKind.DAILY, destination=destination, source="monitor", created_at=now)
    _add(session, row)


def _add(session: Session, row: OutboxRow) -> None:
    if session.exec(select(OutboxRow.id).where(OutboxRow.key == row.key)).first() is None:
        if row.kind not in EDITS and identity.doubted(session, row.created_at):  # it may have been said before a backup came back
            row.state = OutboxState.SENDING
        session.add(row)
        session.flush()


def _waiting_edit(session: Session, event: str, destination: str) -> bool:
    query = (
        select(OutboxRow.id)
        .where(OutboxRow.event == event, OutboxRow.destination == destination)
        .where(OutboxRow.kind == NoticeKind.PARENT, OutboxRow.state == OutboxState.PENDING)
    )
    return session.exec(query).first() is not None


def _key(session: Session, post: Post, found: Fact | Edition, change: ChangeRow) -> str:
    """What names a message for ever: by what it says, so that a store put back from a backup finds it again."""
    if isinstance(found, Edition):
        return f"{found.key}:{post.kind}"
    name = found.key if isinstance(found, Announcement) else hashlib.sha256((found.url or found.title).encode()).hexdigest()[:12]
    if post.kind is NoticeKind.ACT:
        return f"{name}:act"
    if post.kind in (NoticeKind.AMENDED, NoticeKind.DISAGREEMENT):
        return f"{post.event}:{post.kind}:{_words(session, change)}"
    if post.kind in (NoticeKind.ALTERNATES, NoticeKind.PARENT):  # an edit may be repeated
        return f"{post.event}:{post.kind}:{change.id}"
    return f"{post.event}:{post.kind}:{name}"


def _words(session: Session, change: ChangeRow) -> str:
    """What a change says, and the how many-th time it is that it says so."""
    alike = select(func.count()).where(ChangeRow.key == change.key, ChangeRow.kind == change.kind, ChangeRow.fact == change.fact)
    times = session.exec(alike.where(ChangeRow.before == change.before, col(ChangeRow.id) <= change.id)).one()
    digest = hashlib.sha256(f"{change.before}\n{change.fact}".encode()).hexdigest()[:12]
    return digest if times < 2 else f"{digest}:{times}"


def strange(session: Session, said: Collection[str]) -> bool:
    """Whether any of these messages, which were said somewhere, never left here."""
    left = session.exec(select(OutboxRow.key).where(col(OutboxRow.key).in_(said), col(OutboxRow.state).in_(THERE))).all()
    return not set(said) <= set(left)


def doubt(session: Session) -> None:
    """Of what waits nobody knows whether it was said: it is looked for first. An edit may be repeated."""
    waits = select(OutboxRow).where(OutboxRow.state == OutboxState.PENDING, OutboxRow.kind != NoticeKind.PARENT)
    for row in session.exec(waits).all():
        row.state = OutboxState.SENDING


def waiting(session: Session, destination: str) -> list[Owed]:
    """What is owed to `destination`, in the order it must arrive.

    What may have been posted comes first: it is looked for behind the last that arrived, so nothing may be said in between.
    Then what touches the reader's own, unless the message that it answers has yet to be said.
    """
    settled = col(OutboxRow.state) != OutboxState.SENDING
    query = select(OutboxRow).where(
        OutboxRow.destination == destination, col(OutboxRow.state).in_((OutboxState.PENDING, OutboxState.SENDING))
    )
    turn = func.coalesce(OutboxRow.ahead_of, OutboxRow.id)
    owed = session.exec(query.order_by(settled, turn, col(OutboxRow.ahead_of).is_(None))).all()
    urgent = {row.id for row in owed if _urgent(session, row)}
    return [
        _owed(session, row) for row in sorted(owed, key=lambda row: (row.state is not OutboxState.SENDING, row.id not in urgent))
    ]


def _urgent(session: Session, row: OutboxRow) -> bool:
    """Whether a message may go ahead of others: it touches the reader's own, and hangs from nothing that waits."""
    if row.severity is not Severity.CRITICAL or row.kind in EDITS or row.digest:
        return False
    return not row.in_thread or _first_message(session, row) is not None


def batch(session: Session, destination: str, why: str, now: datetime, *, more_than: int) -> None:
    """Let what waits at a destination stand in the thread of one message that says what it is, and why it comes so late.

    What belongs to a thread that is, or may be, there already goes there; what may have been posted stays as it is.
    """
    query = select(OutboxRow).where(OutboxRow.destination == destination, OutboxRow.state == OutboxState.PENDING)
    waits = session.exec(query.where(OutboxRow.kind != NoticeKind.PARENT, col(OutboxRow.digest).is_(None))).all()
    late = [
        row for row in waits if row.kind is not NoticeKind.DIGEST and not (row.in_thread and _first_message(session, row, *THERE))
    ]
    if sum(row.kind not in ATTACHED for row in late) <= max(more_than, 1):
        return
    failed = next((row.failure for row in late if row.failure), "it was not running")
    first = min(row.id for row in late if row.id is not None)
    digest = OutboxRow(
        key=f"{destination}:digest:{first}",
        kind=NoticeKind.DIGEST,
        destination=destination,
        source="monitor",
        ahead_of=first,
        problem=to_json(Problem(kind=ErrorKind.LATE, text=why or f"They could not be told before: {failed}.")).decode(),
        created_at=now,
    )
    _add(session, digest)
    for row in late:
        row.digest = digest.id


def fail_over(session: Session, destination: str, elsewhere: str) -> int:
    """Send what waits at a closed destination elsewhere; what may have been posted there is still looked for there."""
    waits = session.exec(
        select(OutboxRow).where(OutboxRow.destination == destination, OutboxRow.state == OutboxState.PENDING)
    ).all()
    return _move(session, waits, elsewhere)


def reroute_orphans(session: Session, destinations: Collection[str], elsewhere: str) -> int:
    """Send elsewhere what waits at destinations that are no longer there; nobody can look any more what was posted there."""
    query = select(OutboxRow).where(col(OutboxRow.destination).not_in(destinations))
    waits = session.exec(query.where(col(OutboxRow.state).in_((OutboxState.PENDING, OutboxState.SENDING)))).all()
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
    if row.kind is NoticeKind.DIGEST:
        return f"what it gathers goes to {elsewhere}"
    key = _key_at(row.key.removesuffix(f"@{home}"), elsewhere)
    query = select(OutboxRow.id).where(OutboxRow.key == key, OutboxRow.destination == elsewhere, OutboxRow.id != row.id)
    owed = session.exec(
        query.where(col(OutboxRow.state).in_((OutboxState.PENDING, OutboxState.SENDING, OutboxState.SENT)))
    ).first()
    return f"{elsewhere} is told this anyway" if owed is not None else ""


def sending(session: Session, owed: Owed, *, not_before: datetime | None, doubtful: bool) -> Owed:
    """Mark a message as on its way; `doubtful` if it may have arrived once already."""
    row = session.get_one(OutboxRow, owed.id)
    row.state, row.not_before = OutboxState.SENDING, not_before
    row.doubtful = row.doubtful or doubtful
    if (
        row.digest and session.get_one(OutboxRow, row.digest).state != OutboxState.SENT
    ):  # not taken, or overtaken: it has no thread
        row.digest = None
    return _owed(session, row)


def renewed(session: Session, owed: Owed) -> Owed:
    """A message as it is by now."""
    return _owed(session, session.get_one(OutboxRow, owed.id))


def _owed(session: Session, row: OutboxRow) -> Owed:
    """A message as a value. Where it stands is worked out once it is on its way, since that may change until then."""
    assert row.id is not None
    on_its_way = row.state is OutboxState.SENDING
    return Owed(
        id=row.id,
        key=row.key,
        kind=row.kind,
        state=row.state,
        attempts=row.attempts,
        not_before=row.not_before,
        thread=_place(session, row) if on_its_way else None,
        since=_behind(session, row) if on_its_way else None,
        severity=row.severity,
        created_at=row.created_at,
    )


def _place(session: Session, row: OutboxRow) -> str | None:
    """The message to edit, or the one in whose thread this one stands; None for one that stands by itself."""
    first = _first_message(session, row) if row.in_thread or row.kind is NoticeKind.PARENT else None
    if row.kind is NoticeKind.PARENT:
        return first.receipt if first else None
    digest = session.get(OutboxRow, row.digest) if row.digest else None
    if first and first.digest:  # a reply has no thread of its own: the digest's goes on
        digest = session.get(OutboxRow, first.digest)
    return digest.receipt if digest else first.receipt if first else None


def _behind(session: Session, row: OutboxRow) -> str | None:
    """The newest place that a message can't stand before; where it may have been said before we knew, one of before that."""
    doubted = identity.doubt_of(session) if identity.doubted(session, row.created_at) else None
    return last_place(session, row.destination, doubted)


def last_place(session: Session, destination: str, before: datetime | None = None) -> str | None:
    """The newest place of what arrived at a destination, or arrived there before then."""
    query = select(func.max(OutboxRow.receipt)).where(OutboxRow.destination == destination, OutboxRow.state == OutboxState.SENT)
    if before:
        query = query.where(col(OutboxRow.sent_at) < before)
    return session.exec(query.where(OutboxRow.receipt != "")).first()


def _first_message(session: Session, row: OutboxRow, *states: OutboxState) -> OutboxRow | None:
    query = (
        select(OutboxRow)
        .where(OutboxRow.event == row.event, OutboxRow.destination == row.destination)
        .where(col(OutboxRow.state).in_(states or (OutboxState.SENT,)))
        .where(col(OutboxRow.in_thread).is_(False), col(OutboxRow.kind).not_in(NO_ROOT))
        .order_by(col(OutboxRow.id))
    )
    return session.exec(query).first() if row.event else None


def arrived(session: Session, owed: int, receipt: str, now: datetime) -> None:
    """A message stands at `receipt`; where an edit had to be said anew, the event's thread goes on from there."""
    row = session.get_one(OutboxRow, owed)
    first = _first_message(session, row) if row.kind is NoticeKind.PARENT and receipt else None
    if first and first.receipt != receipt:
        first.receipt, first.digest = receipt, None
    mark(session, owed, OutboxState.SENT, receipt=receipt, sent_at=now, failure=None)


def kept(session: Session, owed: int, state: OutboxState, why: str, not_before: datetime) -> None:
    """A message did not, or not surely, arrive, and we were told so: only that is an attempt that failed, never our own end."""
    attempts = session.get_one(OutboxRow, owed).attempts + 1
    mark(session, owed, state, failure=why, not_before=not_before, attempts=attempts)


def mark(session: Session, owed: int, state: OutboxState, **fields: object) -> None:
    """Move a message to `state`, with what is known of it."""
    row = session.get_one(OutboxRow, owed)
    row.state = state
    for name, value in fields.items():
        setattr(row, name, value)
    session.add(row)
