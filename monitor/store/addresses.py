"""Known pages, pages still to read, and the health of each source."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType
from typing import Any

from sqlalchemy import Row, select

from monitor.clock import format_instant
from monitor.diff.held import APART, find_resurfaced
from monitor.model import Problem
from monitor.source import schedule
from monitor.source.health import Health
from monitor.source.page import Request
from monitor.store import habits, listings
from monitor.store.columns import make_value
from monitor.store.records import Address, Annexed, KnownPage, PageRead, Stamp, make_page_key
from monitor.store.session import Session
from monitor.store.tables import AddressRow, RegisterRow, SourceRow

# A page that exists, needs no read and has no error.
DONE_WITH = MappingProxyType(
    {
        "owed": False,
        "attempts": 0,
        "failure": None,
        "kills": 0,
        "killed_by": None,
        "killed_at": None,
    }
)
# A page that was tried and still needs a read.
UNREAD = AddressRow.owed.is_(True), AddressRow.attempts > 0, AddressRow.start.is_(False)


def take_up(
    session: Session, source: str, requests: Sequence[Request], reader: str, now: datetime
) -> list[Address]:
    """List the addresses that `source` polls today, or at first for a baseline until the source was
    read once.
    """
    row = session.get(SourceRow, source)
    pages = [(request, reader, "") for request in requests]
    rows = _save_page_rows(
        session, source, pages, now, start=True, baseline=row is None or row.first_ok is None
    )
    return [decode_page(row, now) for row in rows]


def save_handed_in_page(
    session: Session, source: str, request: Request, reader: str, now: datetime
) -> Address:
    """The place of a page that a person gives us."""
    return decode_page(
        _save_page_rows(session, source, [(request, reader, "")], now, baseline=False)[0], now
    )


def mark_page_arrived(session: Session, page_id: int, moment: datetime) -> None:
    """The page's bytes are as old as this."""
    session.get_one(AddressRow, page_id).came_at = moment


def _save_page_rows(
    session: Session,
    source: str,
    pages: Sequence[tuple[Request, str, str]],
    now: datetime,
    *,
    baseline: bool,
    start: bool = False,
) -> list[AddressRow]:
    """The rows of pages, by request, reader and title; those that are not known are made in that
    order.
    """
    asked = {request.identity for request, _, _ in pages}
    known = {
        (row.identity, row.reader): row
        for row in session.list_among(AddressRow, AddressRow.identity, asked)
    }
    due = None if start else now
    make = partial(
        AddressRow, source=source, start=start, baseline=baseline, seen_at=now, due_at=due
    )
    new = {}
    for request, reader, title in pages:
        identity = request.identity
        if (identity, reader) not in known:
            new[identity, reader] = known[identity, reader] = make(
                identity=identity, reader=reader, request=request, title=title
            )
    session.add_all(new.values())
    session.flush()
    if new and not (start or baseline):
        habits.note_news(session, source, "", now)
    return [known[request.identity, reader] for request, reader, _ in pages]


def decode_page(row: AddressRow | Row[Any], now: datetime) -> Address:
    """The row as a value."""
    return make_value(
        Address,
        row,
        annex=row.parent is not None,
        silent=row.baseline and row.first_read is None,
        quarantine=row.killed_by
        if schedule.is_quarantined(row.kills, row.killed_at, now)
        else None,
        flickers=row.entries is not None and habits.has_flickered(row.entries, now),
    )


def record(
    session: Session, tracked_page: Address, page_read: PageRead, now: datetime, *, settled: bool
) -> None:
    """Save that a page was read: its links need a read, and its validators hold from now on. Both
    or neither. If a part of the page is not `settled`, the next poll reads it again, even with the
    same bytes.
    """
    # held here, so that the session does not query it at each step
    page = session.get_one(AddressRow, tracked_page.id)
    # Indexes list the newest first. In reverse order, acts are read and sent in the order of issue.
    links = [(link.asks, reader, link.title) for link, reader in reversed(page_read.links)]
    listed = _save_page_rows(session, tracked_page.source, links, now, baseline=tracked_page.silent)
    listings.look_at_renamed(listed, [title for _, _, title in links], now)
    if tracked_page.start:
        if any(row.seen_at == now for row in listed):
            _hold_against_its_word(session, tracked_page, page_read.stamp, now)
        _record_listing(session, tracked_page, [*reversed(listed)], page_read, now)
    if any(row.seen_at == now for row in listed):
        _follow_further_pages(session, tracked_page, listed, now)
    habits.save_shown_acts(session, tracked_page, page_read.shown, now)
    for annexed in page_read.annexes:
        _record_annexes(session, tracked_page, annexed, now)
    _keep_bytes(session, page, page_read.stamp if settled else None, now)


def _record_listing(
    session: Session,
    tracked_page: Address,
    rows: list[AddressRow],
    page_read: PageRead,
    now: datetime,
) -> None:
    """Load the entries of a source's own page, in order. Entries that came up from below its end
    were there at the first read.
    """
    before = session.get_one(AddressRow, tracked_page.id).entries
    ids = {row.id: row for row in rows}
    # without the pages on which it goes on
    entries = [name for name, row in ids.items() if row.reader != tracked_page.reader]
    goes_on = ids.keys() - set(entries)
    stood = [entry for entry in before.standing if entry not in goes_on] if before else []
    new = {entry for entry in entries if ids[entry].seen_at == now} - {*stood}
    if new:
        later = {
            row.id for row in session.list_among(AddressRow, AddressRow.id, stood, baseline=False)
        }
        for entry in find_resurfaced(stood, entries, new, later):
            ids[entry].baseline = True
    listings.look_soon(session, before, [*ids], now)
    habits.save_listed_entries(session, tracked_page, [*ids], entries, page_read.beside, now)


def _follow_further_pages(
    session: Session, tracked_page: Address, listed: list[AddressRow], now: datetime
) -> None:
    """A list has new entries: read its further pages, because its last entries may have moved
    there.
    """
    readers = {*session.list_values(AddressRow.reader, start=True, source=tracked_page.source)}
    for row in listed:
        if row.reader in readers and tracked_page.reader in readers and not row.start:
            row.owed, row.due_at, row.attempts = True, now, 0


def _record_annexes(
    session: Session, tracked_page: Address, annexed: Annexed, now: datetime
) -> None:
    pages = [(annexed.link.asks, annexed.reader, annexed.link.title)]
    (row,) = _save_page_rows(session, tracked_page.source, pages, now, baseline=tracked_page.silent)
    row.parent = tracked_page.id
    if annexed.stamp:
        _keep_bytes(session, row, annexed.stamp, now)
    if annexed.failure:
        mark_page_failed(session, row.id, annexed.failure, now)


def mark_annex_changed(
    session: Session, tracked_page: Address, stamp: Stamp, now: datetime
) -> None:
    """An annex came late or was edited: read its act again, with the annex."""
    row = session.get_one(AddressRow, tracked_page.id)
    act = session.get_one(AddressRow, row.parent)
    act.sha256 = act.etag = act.last_modified = None
    act.due_at = now
    _keep_bytes(session, row, stamp, now)


def _hold_against_its_word(
    session: Session, tracked_page: Address, stamp: Stamp, now: datetime
) -> None:
    """A page brought news: record whether its server had denied any."""
    same = (
        (stamp.etag, stamp.last_modified)
        == (tracked_page.etag, tracked_page.last_modified)
        != (None, None)
    )
    row = session.get_one(AddressRow, tracked_page.id)
    row.lies = schedule.count_denials(
        tracked_page.lies, tracked_page.came_at, tracked_page.same_at, now, same_stamp=same
    )


def mark_page_read(
    session: Session,
    tracked_page: Address,
    stamp: Stamp | None,
    now: datetime,
    *,
    news: bool = False,
) -> None:
    """Save a register page that was read and recorded. Its stamp holds until the page changes;
    without a stamp the next poll reads it again. A page that is no source's own is one edition of a
    register: it is never polled again.
    """
    row = session.get_one(AddressRow, tracked_page.id)
    if news and stamp and tracked_page.start:
        _hold_against_its_word(session, tracked_page, stamp, now)
    _keep_bytes(session, row, stamp, now)
    if not tracked_page.start:
        row.due_at = None if stamp else now
    # its earlier editions would undo the changes, and its other addresses would repeat them
    same: dict[str, Any] = {"reader": row.reader, "start": True}
    for other in session.list_rows(AddressRow, AddressRow.id != row.id, **same):
        if other.sha256 != row.sha256:
            other.sha256 = other.etag = other.last_modified = None
    if not row.start:
        earlier = AddressRow.id < row.id, AddressRow.due_at.is_not(None)
        for edition in session.list_rows(AddressRow, *earlier, **same | {"start": False}):
            edition.owed, edition.due_at = False, None


def _keep_bytes(session: Session, row: AddressRow, stamp: Stamp | None, now: datetime) -> None:
    """The page's bytes came, with their stamp; without a stamp the next poll reads them again."""
    if row.start:
        habits.note_page_moved(session, row.source, now)
    row.sha256, row.etag, row.last_modified = (
        (stamp.sha256, stamp.etag, stamp.last_modified) if stamp else (None, None, None)
    )
    mark_page_unchanged(session, row.id, now, came=True)


def mark_page_unchanged(
    session: Session, page_id: int, now: datetime, *, came: bool = False
) -> None:
    """The page exists and is done until its next check; `came`: its bytes came, and were the
    same.
    """
    row = session.get_one(AddressRow, page_id)
    if row.first_read is None and not (row.start or row.baseline):
        listings.complete_when_read(session, make_page_key(row.identity), now)
    row.first_read = row.first_read or now
    row.came_at = now if came else row.came_at
    row.same_at = row.same_at if came else now
    for name, value in DONE_WITH.items():
        setattr(row, name, value)
    row.due_at = None if row.start else _compute_next_check(session, row, now)


def _compute_next_check(session: Session, row: AddressRow, now: datetime) -> datetime:
    """Return the time of a page's next check. A further page of a list follows the list, while the
    first page leads there.
    """
    assert row.first_read is not None, "it was read"
    check = schedule.compute_next_check(row.first_read, now, is_baseline=row.baseline)
    lists = session.list_values(
        AddressRow.entries, source=row.source, reader=row.reader, start=True
    )
    if any(entries and row.id in (entries.listed or ()) for entries in lists):
        return now
    return min(check, now + schedule.WHOLE) if lists else check


def mark_page_failed(
    session: Session,
    page_id: int,
    problem: Problem,
    now: datetime,
    patience: timedelta = timedelta(),
) -> None:
    """Record that a page could not be read. A pending read stays pending; old validators stay as
    they were. No wait goes past the moment when the page's age reaches `patience`: then a message
    reports it.
    """
    row = session.get_one(AddressRow, page_id)
    row.attempts += 1
    row.failure = f"{problem.kind}: {problem.text}"
    if not row.start:
        retry_at, told_at = schedule.compute_next_try(row.attempts, now), row.seen_at + patience
        retry_at = min(retry_at, told_at) if told_at > now else retry_at
        row.due_at = _compute_next_check(session, row, now) if row.first_read else retry_at


def mark_reader_killed(
    session: Session, page_id: int, identity: str, problem: Problem, now: datetime
) -> bool:
    """Record that a reader was killed over the bytes of this identity. Return whether the page is
    now in quarantine.
    """
    mark_page_failed(session, page_id, problem, now)
    row = session.get_one(AddressRow, page_id)
    row.kills = row.kills + 1 if row.killed_by == identity else 1
    row.killed_by, row.killed_at = identity, now
    return row.kills == schedule.MOST_KILLS


def list_unread_pages_of_source(session: Session, source: str) -> list[str]:
    """List each page of `source` that was tried and still needs a read: its address and the reason;
    the first due first.
    """
    by_day = AddressRow.due_at.nulls_first(), AddressRow.id
    rows = session.list_rows(AddressRow, *UNREAD, order=by_day, source=source)
    return [f"{row.request.url}: {row.failure}" for row in rows]


def leave_unread(session: Session) -> set[str]:
    """The sources that have such pages."""
    return set(session.list_values(AddressRow.source, *UNREAD, distinct=True))


def list_known_pages(session: Session) -> list[KnownPage]:
    """Every page that a page linked to."""
    return [
        KnownPage(
            source=row.source,
            url=row.request.url,
            title=row.title,
            first_read=format_instant(row.first_read) if row.first_read else None,
            problem=row.failure,
        )
        for row in session.list_rows(AddressRow, start=False)
    ]


def list_readers_of_source(session: Session, source: str) -> set[str]:
    """The readers of a source's pages."""
    return set(session.list_values(AddressRow.reader, distinct=True, source=source))


def has_brought_page(session: Session, source: str, since: datetime) -> bool:
    """Return whether a page of the source was read for the first time since a moment."""
    return session.has(AddressRow, AddressRow.first_read > since, source=source)


def load_last_polls(session: Session, since: datetime | None = None) -> dict[str, schedule.Tried]:
    """Load the result of each source's last poll, or of those polled since then. Loads no full
    rows: there may be many.
    """
    query = select(SourceRow.id, SourceRow.last_poll, SourceRow.failures, SourceRow.hold)
    query = query if since is None else query.where(SourceRow.last_poll >= since)
    held = _list_unsettled(session)
    return {
        name: schedule.Tried(at, failures, timedelta(seconds=hold), APART if name in held else None)
        for name, at, failures, hold in session.execute(query).all()
        if at
    }


def _list_unsettled(session: Session) -> set[str]:
    """List the sources of registers with withheld removals that another read may settle."""
    rows = session.list_rows(RegisterRow, RegisterRow.held_sha256.is_not(None), asks=False)
    # what goes back and forth is judged by hours
    return {row.source for row in rows if not (row.flaps and row.flaps.waiting)}


def keep_health(session: Session, source: str, state: Health, hold: timedelta) -> SourceRow:
    """Write a source's health; its row."""
    row = session.get(SourceRow, source) or SourceRow(id=source)
    row.first_ok, row.last_poll, row.last_ok = state.first_ok, state.last_poll, state.last_ok
    row.failures, row.since, row.told = state.failures, state.since, state.told
    row.problem = state.problem
    row.hold = hold.total_seconds()
    session.add(row)
    return row
