"""Acts that were told and are published no more: told once, after two looks apart from each other and the word of the list."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import select

from monitor.alert.event import Decision, Event
from monitor.clock import format_instant
from monitor.diff import ChangeKind
from monitor.errors import ErrorKind
from monitor.model import Announcement, Evidence, Problem
from monitor.source.health import Entries
from monitor.source.page import Request
from monitor.store import owing
from monitor.store.acts import decode_act, load_event, save_change
from monitor.store.session import Session
from monitor.store.tables import ActRow, AddressRow, ChangeRow, ReadingRow
from monitor.store.values import Address

APART = timedelta(minutes=10)  # between the two looks
MOST_DROPPED = 20  # entries that a list has no more, the newest, of which the pages are looked at: of others it may have moved
GONE = (ErrorKind.GONE, ErrorKind.VANISHED)

Decide = Callable[[Announcement, Event], Decision]


def look_soon(session: Session, before: Entries | None, ids: list[int], now: datetime) -> None:
    """A list has no more what it had: the pages of those entries are due, for they may be gone."""
    dropped = sorted({*(before.listed or ())} - {*ids})[-MOST_DROPPED:] if before else []
    for row in session.list_rows(AddressRow, AddressRow.id.in_(dropped), AddressRow.start.is_(False)):
        row.due_at = now if row.first_read and row.due_at else row.due_at


def page_failed(session: Session, place: Address, problem: Problem, now: datetime, *, was_gone: bool, decide: Decide) -> bool:
    """A page that was read before failed when it was looked at again. Whether people are owed word that it is gone.

    The first time it is looked at once more, ten minutes later; the second time its list decides.
    """
    row = session.get_one(AddressRow, place.id)
    if problem.kind not in GONE or row.first_read is None or row.start or row.parent is not None:
        return False
    if not was_gone:
        row.due_at = now + APART
        return False
    if not _is_off_the_list(session, row):
        return False
    told = [_tell(session, row, reading, problem, now, decide) for reading in _acts(session, place)]
    return any(told)


def was_gone(session: Session, place: Address) -> bool:
    """Whether the page was gone when it was looked at last."""
    failure = session.get_one(AddressRow, place.id).failure or ""
    return any(failure.startswith(f"{kind}: ") for kind in GONE)


def _is_off_the_list(session: Session, row: AddressRow) -> bool:
    """Whether none of the lists of the source had the page when it was read last; one that is asked no more keeps its word."""
    starts = session.list_rows(AddressRow, AddressRow.source == row.source, AddressRow.start)
    lists = [msgspec.json.decode(start.entries, type=Entries) for start in starts if start.entries]
    return bool(lists) and not any(row.id in (each.standing if each.listed is None else each.listed) for each in lists)


def _acts(session: Session, place: Address) -> Iterator[ReadingRow]:
    """The acts that were read there and at no other address where they still are."""
    for reading in session.list_rows(ReadingRow, ReadingRow.url == place.request.url):
        others = select(ReadingRow.url).where(ReadingRow.key == reading.key, ReadingRow.url != reading.url)
        if not any(_is_there(session, url) for url in session.scalars(others).all()):
            yield reading


def _is_there(session: Session, url: str) -> bool:
    rows = session.list_values(AddressRow.failure, AddressRow.identity == Request(url).identity)
    return not rows or any(not (failure or "").startswith(tuple(f"{kind}: " for kind in GONE)) for failure in rows)


def _tell(session: Session, row: AddressRow, reading: ReadingRow, problem: Problem, now: datetime, decide: Decide) -> bool:
    """Record that an act is published no more, and owe word of it where it was told; once for ever."""
    act = session.get(ActRow, reading.key)
    event = load_event(session, act.event) if act and act.event else None
    told = select(ChangeRow.id).where(ChangeRow.key == reading.key, ChangeRow.kind == ChangeKind.WITHDRAWN)
    if act is None or event is None or not event.told or session.scalar(told) is not None:
        return False
    known = decode_act(act.fact)
    decision = decide(known, event)
    evidence = Evidence(url=reading.url, sha256=reading.sha256, fetched_at=format_instant(reading.fetched_at))
    said = {"at": now, "key": act.key, "source": row.source, "event": event.key, "fact": act.fact}
    change = save_change(session, decision, evidence, **said)
    for post in decision.posts:
        owing.enqueue_messages(session, post, known, change, row.source, now, problem=problem)
    return True
