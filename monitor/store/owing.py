"""Put messages into the outbox. For each notice: its destination, its follow-up messages, and its
unique key.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import false, or_, select

from monitor import vocabulary
from monitor.alert import event
from monitor.alert.event import HANDLED, MONITOR, NoticeKind, Post
from monitor.clock import format_instant
from monitor.errors import ErrorKind
from monitor.model import (
    Announcement,
    Edition,
    Fact,
    PageChange,
    Problem,
    Reminder,
    Severity,
    reminder_from_json,
)
from monitor.store import mutes
from monitor.store.acts import open_event
from monitor.store.outbox import (
    ALERTS,
    NO_ROOT,
    OPS,
    THERE,
    add,
    make_message_beside,
    make_message_key,
)
from monitor.store.records import OutboxState
from monitor.store.session import Session
from monitor.store.tables import ChangeRow, ClosedRow, OutboxRow, SourceRow
from monitor.triage.values import NewsMute

THREAD = "what it is about was sent here"  # why a reply goes where no rule sends it
LEAST = Severity.NORMAL  # how much what hangs from a message matters by itself
LISTING = (NoticeKind.ACT, NoticeKind.AMENDED, NoticeKind.DISAGREEMENT, NoticeKind.EDITION)


def enqueue_messages(
    session: Session,
    post: Post,
    fact: Fact | Edition | PageChange,
    change: ChangeRow,
    source: str,
    now: datetime,
    *,
    told_at: Collection[str] = (),
    problem: Problem | None = None,
) -> None:
    """Enqueue one message for each destination, unless the same one was ever there.

    News of a known event goes to the destinations of that event. A pending edit of its first
    message serves again. The destinations `told_at` have a message to edit; they get only the
    follow-ups. `problem` is the error of its page.
    """
    row = _make_row(post, _make_key(session, post, fact, change), change, source, now)
    row.problem = problem
    mute = mutes.find_mute_over(session, post, fact, change.touches, source, now)
    for destination in _list_destinations(session, post):
        if post.kind is not NoticeKind.PARENT or not session.has(
            OutboxRow,
            event=post.event,
            destination=destination,
            kind=NoticeKind.PARENT,
            state=OutboxState.PENDING,
        ):
            fate = _make_muted_columns(mute, post.severity, post.why.get(destination, THREAD))
            if destination not in told_at:
                add(session, _make_row_at(row, destination, **fate))
            for kind in _list_attached(post, fact):
                attached = _make_attached_columns(row, kind)
                add(session, _make_row_at(row, destination, **fate, **attached))


def _make_attached_columns(row: OutboxRow, kind: NoticeKind) -> dict[str, Any]:
    """Return the columns in which a follow-up differs from its message."""
    return {
        "kind": kind,
        "key": f"{row.key}:{kind}",
        "in_thread": True,
        "mentions": "",
        "severity": LEAST,
    }


def _make_row(post: Post, key: str, change: ChangeRow, source: str, now: datetime) -> OutboxRow:
    return OutboxRow(
        key=key,
        kind=post.kind,
        destination=ALERTS,
        source=source,
        event=post.event or None,
        change=change.id,
        in_thread=post.in_thread,
        mentions=" ".join(post.mentions),
        severity=post.severity,
        created_at=now,
    )


def _make_muted_columns(mute: NewsMute | None, severity: Severity, why: str) -> dict[str, Any]:
    """Apply a mute to a message: it is withheld; a critical one goes out and names the mute."""
    if mute is None:
        return {"why": why}
    if severity is Severity.CRITICAL:
        return {"why": f"{why}; {mutes.explain_sent_despite_mute(mute)}"}
    return {"why": why, "state": OutboxState.CANCELLED, "failure": mutes.explain_mute(mute)}


def _list_attached(post: Post, fact: Fact | Edition | PageChange) -> Iterator[NoticeKind]:
    """Enqueue the follow-ups: the details of an act that opens a thread, and a list too long for
    the message.
    """
    if post.kind is NoticeKind.ACT and not post.in_thread:
        yield NoticeKind.DETAILS
    if post.kind in LISTING and event.count(fact) > event.SHOWN:
        yield NoticeKind.ROWS


def _make_row_at(row: OutboxRow, destination: str, **differing: Any) -> OutboxRow:
    """Copy a message for one destination, which the copy's key names."""
    fields = row.copy_values("id") | differing
    return OutboxRow(
        **{
            **fields,
            "destination": destination,
            "key": make_message_key(fields["key"], destination),
        }
    )


def _list_destinations(session: Session, post: Post) -> Sequence[str]:
    """Choose the destinations. An edit or a reply goes to the event's first message, all else by
    the rules.
    """
    routed = post.to or (ALERTS,)
    if not post.in_thread and post.kind is not NoticeKind.PARENT:
        return routed
    # A later act of a package may have gone where the first did not. There it is a message of its
    # own, with replies.
    later_act = OutboxRow.kind == NoticeKind.ACT if post.kind is not NoticeKind.PARENT else false()
    roots = OutboxRow.kind.not_in(NO_ROOT), or_(OutboxRow.in_thread.is_(False), later_act)
    told = session.list_values(OutboxRow.destination, *roots, distinct=True, event=post.event)
    # An act of a package is also news where the package is not known. So is an edit that adds a
    # match with the watch list.
    if post.kind is NoticeKind.ACT or (
        post.kind is NoticeKind.AMENDED and post.severity is Severity.CRITICAL
    ):
        return tuple(dict.fromkeys((*routed, *told)))
    return told or routed


def enqueue_remark(
    session: Session, kind: NoticeKind, source: str, problem: Problem, now: datetime
) -> None:
    """Send the operators a note on a source, once for the same words."""
    key = f"{source}:{kind}:{_hash_text(problem.text)}"
    if kind in HANDLED:
        open_event(session, key, "", now, told=True)
    _enqueue_own(session, key, kind, source, problem, now, event=key if kind in HANDLED else None)


def _enqueue_own(
    session: Session,
    key: str,
    kind: NoticeKind,
    source: str,
    problem: Problem | None,
    now: datetime,
    destination: str = OPS,
    event: str | None = None,
) -> None:
    row = OutboxRow(
        key=key,
        kind=kind,
        destination=destination,
        source=source,
        problem=problem,
        event=event,
        created_at=now,
    )
    add(session, row)


def enqueue_quarantine(session: Session, source: str, problem: Problem, now: datetime) -> None:
    """Report to the operators a page that killed its reader twice."""
    text = (
        f"{problem.text}, for the second time. The page is left alone for a day, or until its bytes"
        " change; read it yourself"
    )
    enqueue_remark(session, NoticeKind.REMARK, source, Problem(ErrorKind.QUARANTINED, text), now)


def enqueue_reminder(
    session: Session, posts: Sequence[Post], reminder: Reminder, change: ChangeRow, now: datetime
) -> None:
    """Enqueue a reminder by the rules, as a message of its own, and in the threads of its acts."""
    first = reminder.dates[0]
    kind = first.kind.replace(" ", "-")
    parts = (
        first.act,
        "reminder",
        kind,
        first.on,
        str(reminder.before),
        first.action,
        ",".join(first.clauses),
    )
    key = ":".join(filter(None, parts))
    for post in posts:
        row = _make_row(
            post,
            f"{key}:thread:{post.event}" if post.in_thread else key,
            change,
            change.source,
            now,
        )
        for destination in _list_destinations(session, post):
            add(session, _make_row_at(row, destination, why=post.why.get(destination, THREAD)))


def take_back_reminders(
    session: Session, stands: Callable[[Reminder], bool], now: datetime
) -> None:
    """Cancel pending reminders that a later act has overtaken; edit those sent, while their day is
    ahead.
    """
    query = select(OutboxRow, ChangeRow.fact).join(ChangeRow, OutboxRow.change == ChangeRow.id)
    there = OutboxRow.state.in_((OutboxState.PENDING, *THERE))
    for row, fact in session.execute(
        query.where(OutboxRow.kind == NoticeKind.REMINDER, there)
    ).all():
        reminder = reminder_from_json(fact)
        if stands(reminder):
            continue
        if row.state is OutboxState.PENDING:
            row.state, row.failure = OutboxState.CANCELLED, "a later act has overtaken it"
        elif reminder.is_ahead(vocabulary.today(reminder.dates[0].authority, now)):
            key = f"overtaken:{row.id}"
            add(session, make_message_beside(row, key, NoticeKind.STATE, now, edits=row.id))


def enqueue_disk_full(session: Session, since: datetime, now: datetime) -> None:
    """Report to the operators that the disk was full, and has room again."""
    _enqueue_late(session, ErrorKind.DISK_FULL, "there was no room on the disk", since, now)


def enqueue_database_back(session: Session, since: datetime, now: datetime) -> None:
    """Report to the operators that the database was away and is back; all its workers send this
    once.
    """
    if session.has(
        OutboxRow,
        OutboxRow.created_at > since,
        OutboxRow.problem.contains(ErrorKind.DATABASE_AWAY),
        kind=NoticeKind.RECOVERED,
    ):
        return
    _enqueue_late(session, ErrorKind.DATABASE_AWAY, "the database did not answer", since, now)


def _enqueue_late(
    session: Session, kind: ErrorKind, what: str, since: datetime, now: datetime
) -> None:
    late = "What could not be stored was not sent; it is read again now, late."
    missed = "What came and went meanwhile may be missed."
    span = f"From {format_instant(since)} to {format_instant(now)}"
    problem = Problem(kind, f"{span} {what}. {late} {missed}")
    key = f"{MONITOR}:{NoticeKind.RECOVERED}:{format_instant(since)}"
    _enqueue_own(session, key, NoticeKind.RECOVERED, MONITOR, problem, now)


def enqueue_closed(
    session: Session, closed: Sequence[str], why: str, to: Collection[str], now: datetime
) -> None:
    """Owe these destinations word that others take nothing; once for as long as the reason lasts."""
    since = session.get_one(ClosedRow, closed[0]).since
    names = " and ".join(closed)
    problem = Problem(
        ErrorKind.CLOSED, f"{names}: {why}. What is owed there waits, and is not lost"
    )
    key = f"{MONITOR}:{ErrorKind.CLOSED}:{names}:{format_instant(since)}:{_hash_text(why)}"
    for destination in to:
        _enqueue_own(
            session,
            make_message_key(key, destination),
            NoticeKind.REMARK,
            MONITOR,
            problem,
            now,
            destination,
        )


def enqueue_watch_change(session: Session, change: ChangeRow, now: datetime) -> None:
    """Enqueue a message on earlier listings that a changed watch list touches; possible matches are
    no alarm.
    """
    key = f"watch:{_hash_text(change.fact)}"
    open_event(session, key, "", now, told=True)
    change.event = key
    row = OutboxRow(
        key=key,
        event=key,
        kind=NoticeKind.WATCH,
        destination=ALERTS,
        source=MONITOR,
        change=change.id,
        severity=Severity.CRITICAL if change.touches and change.touches.sure else Severity.HIGH,
        created_at=now,
    )
    add(session, row)


def enqueue_daily(
    session: Session, day: str, destination: str, now: datetime, sources: int = 0
) -> None:
    """Enqueue a destination's digest of this day, once. It waits until `polled` sources were
    polled.
    """
    if not sources or session.count(SourceRow, SourceRow.last_poll.is_not(None)) >= sources:
        _enqueue_own(session, f"daily:{day}", NoticeKind.DAILY, MONITOR, None, now, destination)


def enqueue_weekly(session: Session, day: str, destination: str, now: datetime) -> None:
    """Owe a destination the word of this week, once."""
    _enqueue_own(
        session,
        make_message_key(f"weekly:{day}", destination),
        NoticeKind.WEEKLY,
        MONITOR,
        None,
        now,
        destination,
    )


def _make_key(
    session: Session, post: Post, fact: Fact | Edition | PageChange, change: ChangeRow
) -> str:
    """Make a message's unique key from its content. So a restored store finds the same message
    again.
    """
    if isinstance(fact, Edition):
        return f"{fact.key}:{post.kind}"
    if isinstance(fact, PageChange):
        return make_page_change_key(session, fact, change)
    name = fact.key if isinstance(fact, Announcement) else _hash_text(fact.url or fact.title)
    if post.kind in (NoticeKind.ACT, NoticeKind.LISTED):
        return f"{change.key if post.kind is NoticeKind.LISTED else name}:{post.kind}"
    if post.kind in (NoticeKind.AMENDED, NoticeKind.DISAGREEMENT):
        return f"{post.event}:{post.kind}:{_make_words_key(session, change)}"
    if post.kind in (NoticeKind.ALTERNATES, NoticeKind.PARENT):  # an edit may be repeated
        return f"{post.event}:{post.kind}:{change.id}"
    return f"{post.event}:{post.kind}:{name}"


def make_page_change_key(session: Session, told: PageChange, change: ChangeRow) -> str:
    """Make the key of a change of a watched page, and of its message."""
    return f"{told.page}:{_make_words_key(session, change)}"


def _make_words_key(session: Session, change: ChangeRow) -> str:
    """Return a change's text, and how many times the page has had it."""
    same = {name: getattr(change, name) for name in ("key", "kind", "fact", "before")}
    times = session.count(ChangeRow, ChangeRow.id <= change.id, **same)
    digest = _hash_text(f"{change.before}\n{change.fact}")
    return digest if times < 2 else f"{digest}:{times}"


def owe_settings_refused(session: Session, text: str, now: datetime) -> None:
    """Report to the operators settings that were refused, at each try."""
    problem = Problem(
        ErrorKind.SETTINGS,
        f"{text} (read at {format_instant(now)}). All goes on by the old ones",
    )
    enqueue_remark(session, NoticeKind.REMARK, MONITOR, problem, now)


def enqueue_rescreened(session: Session, text: str, now: datetime) -> None:
    """Report to the alerts' readers that recorded screenings would differ today."""
    key = f"{MONITOR}:{ErrorKind.RESCREENED}:{_hash_text(text)}"
    _enqueue_own(
        session,
        key,
        NoticeKind.REMARK,
        MONITOR,
        Problem(ErrorKind.RESCREENED, text),
        now,
        ALERTS,
    )


def enqueue_list_unread(session: Session, text: str, now: datetime) -> None:
    """Report to the operators, once a day, that a file of the watch list can't be read."""
    problem = Problem(ErrorKind.WATCH_LIST, f"{text} (since {now:%Y-%m-%d})")
    enqueue_remark(session, NoticeKind.PROBLEM, "watch list", problem, now)


def _hash_text(text: str) -> str:
    """Return the part of a key that stands for a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
