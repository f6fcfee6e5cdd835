"""Listed pages that can't be read: each gets one message, completed when the page is read."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select, true

from monitor import extract
from monitor.alert.event import Decision, Event, NoticeKind, Post
from monitor.diff import ChangeKind
from monitor.errors import ErrorKind
from monitor.model import Announcement, Fact, Problem, to_json
from monitor.source.habits import Entries
from monitor.source.page import Request
from monitor.store import mutes, owing
from monitor.store.acts import (
    decode_act,
    load_event,
    make_reading_evidence,
    open_event,
    save_change,
)
from monitor.store.outbox import NEVER, OPS, THERE, add
from monitor.store.records import Address, ListedPage, OutboxState
from monitor.store.session import Session
from monitor.store.tables import ActRow, AddressRow, ChangeRow, EventRow, OutboxRow, ReadingRow
from monitor.vocabulary.letters import bare

RECENT = timedelta(days=14)  # in which another source may show the same act
NAMES_ONE_ACT = 8  # letters of a title


def _is_known(session: Session, act: Announcement, source: str, now: datetime) -> bool:
    """Return whether an act on record has all that a list says of this one."""
    known = session.get(ActRow, act.key), *_find_same_acts(session, act, source, now)
    return any(_adds_nothing(act, decode_act(row.fact)) for row in known if row)


def tell_unreadable(
    session: Session, tracked_page: Address, listed: ListedPage, now: datetime
) -> None:
    """Record a listed page that can't be read, and enqueue a message, unless the page or its act
    already had one.
    """
    page, source, act = tracked_page.page_key, tracked_page.source, listed.act
    if _find_told(session, page) or _is_known(session, act, source, now):
        return
    if listed.post.to == (OPS,) and mutes.find_source_mute(session, source, now):
        return
    group = _find_group(session, source, listed, now)
    if group is None:
        open_event(session, page, act.authority, now, told=True)
    change = session.keep(
        ChangeRow(
            at=now,
            kind=ChangeKind.LISTED,
            key=page,
            source=source,
            event=group or page,
            fact=to_json(act).decode(),
            url=tracked_page.request.url,
        )
    )
    post = replace(listed.post, event=group or page, in_thread=group is not None)
    owing.enqueue_messages(session, post, act, change, source, now)
    if group:
        edit = replace(post, kind=NoticeKind.PARENT, in_thread=False)
        owing.enqueue_messages(session, edit, act, change, source, now)


def find_unreadable(
    session: Session, page: str, fact: Fact | None, source: str, now: datetime
) -> ChangeRow | None:
    """Find the change that reported this page as unreadable, or the same act at another unread
    address.
    """
    same = [
        _find_told(session, page),
        *(_find_same_acts(session, fact, source, now) if isinstance(fact, Announcement) else ()),
    ]
    return next((row for row in same if row and not is_completed(session, row, before=now)), None)


def _find_same_acts(
    session: Session, act: Announcement, source: str, now: datetime
) -> list[ChangeRow]:
    """List the recent changes that reported a page with this act as unreadable."""
    rows = session.list_rows(ChangeRow, ChangeRow.at >= now - RECENT, kind=ChangeKind.LISTED)
    return [row for row in rows if _is_same(decode_act(row.fact), row.source, act, source)]


def _find_told(session: Session, page: str) -> ChangeRow | None:
    return session.find_row(ChangeRow, key=page, kind=ChangeKind.LISTED)


def _is_same(listed: Announcement, listed_by: str, act: Announcement, source: str) -> bool:
    """Return whether both are one act: by number, or by title from two sources of one authority."""
    if listed.key == act.key:
        return True
    title = bare(listed.title)
    is_named = len(title) >= NAMES_ONE_ACT and title == bare(act.title)
    return is_named and listed.authority == act.authority and listed_by != source


def _adds_nothing(listed: Announcement, act: Announcement) -> bool:
    """Return whether every word behind the title's number is also in the act's title. A correction
    bears the number of the act it corrects.
    """
    return bare(listed.title).replace(bare(listed.number or ""), "", 1) in bare(act.title)


def _find_group(session: Session, source: str, listed: ListedPage, now: datetime) -> str | None:
    """Find a recent event of other unreadable pages of the same authority, with the same
    destinations.
    """
    query = select(ChangeRow.event, ChangeRow.source).where(ChangeRow.kind == ChangeKind.LISTED)
    for key, listed_by in session.execute(
        query.where(ChangeRow.at >= now - listed.within).distinct()
    ).all():
        event = session.get_one(EventRow, key)
        is_near = timedelta() <= now - event.opened_at <= listed.within
        is_theirs = listed_by == source or (
            event.authority and event.authority == listed.act.authority
        )
        if (
            is_near
            and is_theirs
            and {*session.list_values(OutboxRow.destination, event=key, kind=NoticeKind.LISTED)}
            == {*listed.post.to}
        ):
            return event.key
    return None


def list_destinations_told(session: Session, listed: ChangeRow | None) -> frozenset[str]:
    """The destinations that have, or will have, a message about an unreadable page."""
    rows = _list_messages(session, listed) if listed else ()
    there = (row for row in rows if row.state not in (*NEVER, OutboxState.UNDELIVERABLE))
    return frozenset(name for row in there for name in (row.destination, row.meant_for) if name)


def complete_messages(
    session: Session,
    listed: ChangeRow,
    now: datetime,
    change: ChangeRow | None = None,
    post: Post | None = None,
) -> None:
    """Enqueue an edit of each message on an unreadable page; `change` has the page's content."""
    if is_completed(session, listed):
        return
    rows = _list_messages(session, listed)
    for row in rows:
        is_there = row.state in THERE
        # what waits for the morning may wait no longer
        row.severity = post.severity if post and not is_there else row.severity
        edit = OutboxRow(
            key=f"{row.key}:completed",
            kind=NoticeKind.COMPLETED,
            destination=row.destination,
            source=row.source,
            event=row.event,
            change=change.id if change else row.change,
            in_thread=row.in_thread,
            severity=post.severity if post else row.severity,
            mentions=" ".join(post.mentions) if post else "",
            edits=row.id,
            created_at=now,
            state=OutboxState.PENDING if is_there else OutboxState.CANCELLED,
            failure=None if is_there else "no message stands there to be edited",
        )
        add(session, edit)
    if listed.event and any(row.in_thread for row in rows):
        group, act = Post(NoticeKind.PARENT, listed.event), decode_act(listed.fact)
        owing.enqueue_messages(session, group, act, change or listed, listed.source, now)


def complete_when_read(session: Session, page: str, now: datetime) -> None:
    """Complete the messages that reported a page as unreadable, at its first read, if nothing
    else did.
    """
    if listed := _find_told(session, page):
        complete_messages(session, listed, now)


def is_completed(session: Session, listed: ChangeRow, *, before: datetime | None = None) -> bool:
    """Return whether the messages about an unreadable page were completed, or were `before` this
    moment: a page may bring two acts.
    """
    ids = [row.id for row in _list_messages(session, listed)]
    earlier = OutboxRow.created_at < before if before else true()
    return session.has(
        OutboxRow,
        earlier,
        OutboxRow.edits.in_(ids),
        event=listed.event,
        kind=NoticeKind.COMPLETED,
    )


def _list_messages(session: Session, listed: ChangeRow) -> Sequence[OutboxRow]:
    return session.list_rows(
        OutboxRow, event=listed.event, kind=NoticeKind.LISTED, change=listed.id
    )


def find_completion(session: Session, message: OutboxRow) -> OutboxRow | None:
    """The edit that completes a message about an unreadable page."""
    return session.find_row(
        OutboxRow, event=message.event, kind=NoticeKind.COMPLETED, edits=message.id
    )


def list_unread_pages_of_event(session: Session, event: str) -> list[Announcement]:
    """List the known facts of an event's unread pages."""
    rows = session.list_rows(ChangeRow, event=event, kind=ChangeKind.LISTED)
    return [decode_act(row.fact) for row in rows if not is_completed(session, row)]


# Reported acts that are no longer published: one message, after two separate checks and a look at
# the list.

APART = timedelta(minutes=10)  # between the two looks
FIGURES = re.compile(r"\d+")
# the newest entries gone from a list: their pages are checked; older entries may have moved to its
# next page
MOST_DROPPED = 20
GONE = (ErrorKind.GONE, ErrorKind.VANISHED)

Decide = Callable[[Announcement, Event], Decision]


def look_soon(session: Session, before: Entries | None, ids: list[int], now: datetime) -> None:
    """Make known pages due that left a list or came back to it: they may be gone, or there again."""
    had, has = {*(before.listed or ())} if before else set(), {*ids}
    moved = [*sorted(had - has)[-MOST_DROPPED:], *sorted(has - had)[-MOST_DROPPED:]]
    for row in session.list_among(AddressRow, AddressRow.id, moved, start=False):
        row.due_at = now if row.first_read and row.due_at else row.due_at


def look_at_renamed(rows: Sequence[AddressRow], titles: Sequence[str], now: datetime) -> None:
    """A list has other titles for known pages: make them due, because other acts may be there."""
    called = defaultdict[int, list[str]](list)
    for row, title in zip(rows, titles, strict=True):
        called[row.id] += [title] if title else []
    for row in rows:
        if called[row.id] and all(_is_renamed(row.title, title) for title in called[row.id]):
            row.title = called[row.id][0]
            row.due_at = now if row.first_read and row.due_at else row.due_at


def _is_renamed(before: str, title: str) -> bool:
    """Return whether titles differ by more than a figure (maybe a counter), or one has another
    act's number.
    """
    if title == before:
        return False
    words, others = (bare(FIGURES.sub("", said)) for said in (before, title))
    return words != others or extract.own_number(before, "") != extract.own_number(title, "")


def record_gone_page(
    session: Session,
    tracked_page: Address,
    problem: Problem,
    now: datetime,
    *,
    was_gone: bool,
    decide: Decide,
) -> bool:
    """Handle a failed check of a known page; return whether to report it as gone. The first failure
    leads to another check after ten minutes. At the second one the list decides.
    """
    row = session.get_one(AddressRow, tracked_page.id)
    if problem.kind not in GONE or row.first_read is None or row.start or row.parent is not None:
        return False
    if not was_gone:
        row.due_at = now + APART
        return False
    if not _is_off_the_list(session, row):
        return False
    told = [
        _tell_withdrawn(session, row, reading, problem, now, decide)
        for reading in _list_readings_lost(session, tracked_page)
    ]
    return any(told)


def is_gone(failure: str | None) -> bool:
    """Return whether a page failed because it is gone."""
    return (failure or "").partition(": ")[0] in GONE


def was_gone(session: Session, tracked_page: Address) -> bool:
    """Return whether the page was gone at its last check."""
    return is_gone(session.get_one(AddressRow, tracked_page.id).failure)


def _is_off_the_list(session: Session, row: AddressRow) -> bool:
    """Return whether no list of the source had the page at its last read; a list no longer polled
    still counts.
    """
    starts = session.list_rows(AddressRow, AddressRow.start, source=row.source)
    lists = [start.entries for start in starts if start.entries]
    return bool(lists) and not any(
        row.id in (each.standing if each.listed is None else each.listed) for each in lists
    )


def _list_readings_lost(session: Session, tracked_page: Address) -> Iterator[ReadingRow]:
    """The acts that were read there and at no other address where they still are."""
    for reading in session.list_rows(ReadingRow, url=tracked_page.request.url):
        if not any(
            _is_there(session, url)
            for url in session.list_values(
                ReadingRow.url, ReadingRow.url != reading.url, key=reading.key
            )
        ):
            yield reading


def list_acts_without_page(session: Session) -> list[Announcement]:
    """The acts that were reported as no longer published, and are at no address again."""
    keys = session.list_values(ChangeRow.key, kind=ChangeKind.WITHDRAWN)
    return [
        decode_act(session.get_one(ActRow, key).fact)
        for key in dict.fromkeys(keys)
        if not any(_is_there(session, url) for url in session.list_values(ReadingRow.url, key=key))
    ]


def _is_there(session: Session, url: str) -> bool:
    rows = session.list_values(AddressRow.failure, identity=Request(url).identity)
    return not rows or not all(map(is_gone, rows))


def _tell_withdrawn(
    session: Session,
    row: AddressRow,
    reading: ReadingRow,
    problem: Problem,
    now: datetime,
    decide: Decide,
) -> bool:
    """Record that an act is no longer published, and report it where the act was sent; once for
    ever.
    """
    act = session.get(ActRow, reading.key)
    event = load_event(session, act.event) if act and act.event else None
    if (
        act is None
        or event is None
        or not event.told
        or session.has(ChangeRow, key=reading.key, kind=ChangeKind.WITHDRAWN)
    ):
        return False
    known = decode_act(act.fact)
    decision = decide(known, event)
    said = {"at": now, "key": act.key, "source": row.source, "event": event.key, "fact": act.fact}
    change = save_change(session, decision, make_reading_evidence(reading), **said)
    for post in decision.posts:
        owing.enqueue_messages(session, post, known, change, row.source, now, problem=problem)
    return True
