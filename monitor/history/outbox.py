"""The outbox: messages owed, as ids; what they say is put together when they are sent."""

import hashlib
from datetime import datetime

import msgspec
from sqlmodel import Session, col, select

from monitor.clock import iso
from monitor.event import NoticeKind, Post
from monitor.history.acts import acts_by_key, event_of, touching
from monitor.history.tables import ChangeRow, EventRow, OutboxRow
from monitor.history.values import Owed
from monitor.model import Announcement, Edition, Evidence, Fact, Problem, Report, edition_from_json, fact_from_json, to_json
from monitor.render.notice import Notice

ALERTS, OPS = "alerts", "ops"


def owe(session: Session, post: Post, found: Fact | Edition, change: ChangeRow, source: str, now: datetime) -> None:
    """Put one message into the outbox, unless the same one was ever there. A waiting edit of a first message serves again."""
    if post.kind is NoticeKind.PARENT and _waiting_edit(session, post.event):
        return
    _add(session, OutboxRow(
        key=_key(post, found, change),
        kind=post.kind,
        destination=ALERTS,
        source=source,
        event=post.event,
        change=change.id,
        in_thread=post.in_thread,
        created_at=now,
    ))  # fmt: skip


def owe_remark(session: Session, kind: NoticeKind, source: str, problem: Problem, now: datetime) -> None:
    """Owe the people who run the monitor a remark about a source, once for the same words."""
    said = hashlib.sha256(problem.text.encode()).hexdigest()[:12]
    problem_text = to_json(problem).decode()
    key = f"{source}:{kind}:{said}"
    _add(session, OutboxRow(key=key, kind=kind, destination=OPS, source=source, problem=problem_text, created_at=now))


def owe_ops(session: Session, kind: NoticeKind, source: str, problem: Problem | None, since: datetime, now: datetime) -> None:
    """Owe the people who run the monitor word of a source's trouble or of its end."""
    problem_text = to_json(problem).decode() if problem else None
    key = f"{source}:{kind}:{iso(since)}"
    _add(session, OutboxRow(key=key, kind=kind, destination=OPS, source=source, problem=problem_text, created_at=now))


def _add(session: Session, row: OutboxRow) -> None:
    if session.exec(select(OutboxRow.id).where(OutboxRow.key == row.key)).first() is None:
        session.add(row)
        session.flush()


def _waiting_edit(session: Session, event: str) -> bool:
    query = select(OutboxRow.id).where(
        OutboxRow.event == event, OutboxRow.kind == NoticeKind.PARENT, OutboxRow.state == "pending"
    )
    return session.exec(query).first() is not None


def _key(post: Post, found: Fact | Edition, change: ChangeRow) -> str:
    if isinstance(found, Edition):
        return f"{found.key}:{post.kind}"
    name = found.key if isinstance(found, Announcement) else hashlib.sha256((found.url or found.title).encode()).hexdigest()[:12]
    if post.kind is NoticeKind.ACT:
        return f"{name}:act"
    if post.kind in (NoticeKind.AMENDED, NoticeKind.PARENT):
        return f"{post.event}:{post.kind}:{change.id}"
    return f"{post.event}:{post.kind}:{name}"


def waiting(session: Session, destination: str) -> list[Owed]:
    """What is owed to `destination`, in the order it must arrive."""
    query = select(OutboxRow).where(OutboxRow.destination == destination, col(OutboxRow.state).in_(("pending", "sending")))
    return [_owed(session, row) for row in session.exec(query.order_by(col(OutboxRow.id))).all()]


def sending(session: Session, owed: Owed, *, not_before: datetime | None, doubtful: bool) -> Owed:
    """Mark a message as on its way; `doubtful` if it may have arrived once already."""
    row = session.get_one(OutboxRow, owed.id)
    row.state, row.attempts, row.not_before = "sending", owed.attempts + 1, not_before
    row.doubtful = row.doubtful or doubtful
    return _owed(session, row)


def _owed(session: Session, row: OutboxRow) -> Owed:
    assert row.id is not None
    thread = _first_message(session, row) if row.in_thread or row.kind == NoticeKind.PARENT else None
    return Owed(row.id, row.key, NoticeKind(row.kind), row.state, row.attempts, row.not_before, thread)


def _first_message(session: Session, row: OutboxRow) -> str | None:
    query = (
        select(OutboxRow.receipt)
        .where(OutboxRow.event == row.event, OutboxRow.destination == row.destination, OutboxRow.state == "sent")
        .where(col(OutboxRow.in_thread).is_(False), OutboxRow.kind != NoticeKind.PARENT)
        .order_by(col(OutboxRow.id))
    )
    return session.exec(query).first()


def notice(session: Session, owed: int) -> Notice:
    """All that the message says, as the history knows it now."""
    row = session.get_one(OutboxRow, owed)
    change = session.get(ChangeRow, row.change) if row.change else None
    edition = edition_from_json(change.fact) if change and change.kind == "edition" else None
    fact = fact_from_json(change.fact) if change and not edition else None
    act = fact if isinstance(fact, Announcement) else None
    event = event_of(session, row.event) if row.event else None
    acts = event.acts if event else ()
    return Notice(
        key=row.key,
        kind=NoticeKind(row.kind),
        source=row.source,
        authority=_authority(session, row, act),
        first_seen=iso(row.created_at),
        act=act,
        before=_before(change),
        report=fact if isinstance(fact, Report) else None,
        edition=edition,
        evidence=Evidence(url=change.url, sha256=change.sha256, fetched_at=iso(change.fetched_at)) if change else None,
        acts=acts,
        known=acts_by_key(session, _targets(act)) if act else {},
        touched_by=tuple(touching(session, {earlier.key for earlier in acts})) if acts else (),
        problem=msgspec.json.decode(row.problem, type=Problem) if row.problem else None,
        repeated=row.doubtful,
    )


def _authority(session: Session, row: OutboxRow, act: Announcement | None) -> str:
    if act:
        return act.authority
    event = session.get(EventRow, row.event) if row.event else None
    return event.authority if event else ""


def _before(change: ChangeRow | None) -> Announcement | None:
    fact = fact_from_json(change.before) if change and change.before else None
    return fact if isinstance(fact, Announcement) else None


def _targets(act: Announcement) -> set[str]:
    return {target.key for measure in act.measures for target in measure.amends}


def mark(session: Session, owed: int, state: str, **fields: object) -> None:
    """Move a message to `state`, with what is known of it."""
    row = session.get_one(OutboxRow, owed)
    row.state = state
    for name, value in fields.items():
        setattr(row, name, value)
    session.add(row)
