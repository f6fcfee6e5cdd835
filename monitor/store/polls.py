"""Polls that begin or end at about the same time, in one transaction.

Most find no change and a healthy source; a few statements record these. Each other poll is recorded
by itself. If such a group is lost, only the polls are lost, and each source is polled again.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from itertools import compress
from typing import Any

from sqlalchemy import Row, bindparam, func, not_, or_, select, update

from monitor.alert.event import MONITOR
from monitor.model import Problem, frozen
from monitor.source import health as rules
from monitor.source import schedule
from monitor.source.habits import NORMAL, Expected, find_signs
from monitor.source.health import Paths, Verdict
from monitor.source.page import Request
from monitor.store import addresses, habits, listings, looks, owing, troubles, watched
from monitor.store.columns import Instant
from monitor.store.records import Address, ListedPage, Stamp
from monitor.store.session import Session
from monitor.store.tables import AddressRow, SourceRow, TroubleRow

EXAMINED = timedelta(hours=1)  # how often a source is compared with its usual behaviour
ALONE = Paths()


@frozen
class PollBegins:
    """A poll of a source, with the requests for its own pages."""

    source: str
    requests: Sequence[Request]
    reader: str
    at: datetime


@frozen
class Standing:
    """The start of a poll: the source's own pages, then pages to read or check, in the order
    seen.
    """

    starts: Sequence[Address]
    due: Sequence[Address]


@frozen
class Look:
    """A page was checked and is unchanged: its server states so, or its bytes `came` and show it.
    `stamp` is set if other bytes have the same content.
    """

    place: Address
    at: datetime
    came: bool = False
    stamp: Stamp | None = None


@frozen
class PollEnds:
    """The end of a poll; `looks` are its unchanged pages. `gap` is the longest time after a good
    poll without a coverage gap. `paths` are the other sources of the same publication. `expected`
    is its usual behaviour, for a good poll. `landing` is the end of its redirects: empty if it is
    no other path, None if the page did not come. `awake` is since when this process polls without
    a break, if it goes on.
    """

    source: str
    problem: Problem | None
    at: datetime
    patience: timedelta
    hold: timedelta = timedelta()
    gap: looks.Gap = looks.endless
    paths: Paths = ALONE
    expected: Expected = NORMAL
    looks: Sequence[Look] = ()
    age: int = 0  # seconds that an answer had lain in a cache, where that is too long
    landing: str | None = None
    awake: datetime | None = None


@frozen
class Ended:
    """The result of an ended poll: whether it was its source's first good one, the start of the
    failures that it ended, and the kind of the last failure.
    """

    baseline: bool = False
    failed_since: datetime | None = None
    kind_before: str = ""


def begin(session: Session, polls: Sequence[PollBegins]) -> list[Standing]:
    """Load the start of each poll; new addresses are inserted."""
    asked = {request.identity for poll in polls for request in poll.requests}
    known = {
        (row.identity, row.reader): row
        for row in session.list_plain(AddressRow, AddressRow.identity, asked)
    }
    due = _load_due(session, [poll.source for poll in polls], max(poll.at for poll in polls))
    return [Standing(_list_starts(session, poll, known), due[poll.source]) for poll in polls]


def _list_starts(
    session: Session, poll: PollBegins, known: Mapping[tuple[str, str], Row[Any]]
) -> list[Address]:
    rows = [known.get((request.identity, poll.reader)) for request in poll.requests]
    if None in rows:
        return addresses.take_up(session, poll.source, poll.requests, poll.reader, poll.at)
    return [addresses.decode_page(row, poll.at) for row in rows if row is not None]


def list_due_pages(session: Session, source: str, now: datetime) -> Sequence[Address]:
    """List the pages of `source` that need a read or a check, in the order seen."""
    return _load_due(session, [source], now)[source]


def _load_due(
    session: Session, sources: Sequence[str], now: datetime
) -> defaultdict[str, list[Address]]:
    due: defaultdict[str, list[Address]] = defaultdict(list)
    for row in session.list_among(AddressRow, AddressRow.source, sources, AddressRow.due_at <= now):
        due[row.source].append(addresses.decode_page(row, now))
    return due


def end(session: Session, polls: Sequence[PollEnds]) -> list[Ended]:
    """Record the ends of polls, and enqueue the reports worth sending."""
    _save_looks(session, [look for poll in polls for look in poll.looks])
    for poll in polls:
        if poll.age:
            habits.note_old_answer(session, poll.source, poll.age, poll.at)
    states = _load_states(session, polls)
    troubled = set(session.list_values(TroubleRow.about, over=None))
    plain = [_is_plain(poll, states.get(poll.source), troubled) for poll in polls]
    _save_good_polls(session, [*compress(polls, plain)], states)
    ended = [
        Ended(states[poll.source].first_ok is None) if is_plain else _settle_poll(session, poll)
        for poll, is_plain in zip(polls, plain, strict=True)
    ]
    if any(one.baseline for one in ended):
        watched.hold_again(session)
    return ended


def _save_looks(session: Session, seen: Sequence[Look]) -> None:
    """Mark pages as done until their next check. Skip those read, failed or queued meanwhile: a
    poll walks a list more than once, and the later result stands.
    """
    known = (
        AddressRow.sha256.is_not_distinct_from(bindparam("known")),
        AddressRow.attempts == bindparam("tried"),
    )
    where = update(AddressRow).where(AddressRow.id == bindparam("place"), *known)
    same = where.values(
        {name: bindparam(name) for name in ("first_read", "came_at", "same_at", "due_at")}
        | addresses.DONE_WITH
    )
    moved = same.values(
        {name: bindparam(f"new_{name}") for name in ("sha256", "etag", "last_modified")}
    )
    session.write_many(same, [_make_line(look) for look in seen if not look.stamp])
    session.write_many(moved, [_make_line(look) for look in seen if look.stamp])


def _make_line(look: Look) -> dict[str, Any]:
    place, stamp = look.place, look.stamp
    first = place.first_read or look.at
    line = {
        "place": place.id,
        "known": place.sha256,
        "tried": place.attempts,
        "first_read": first,
        "came_at": look.at if look.came else place.came_at,
        "same_at": place.same_at if look.came else look.at,
        "due_at": None
        if place.start
        else schedule.compute_next_check(first, look.at, is_baseline=place.baseline),
    }
    return (
        line | {f"new_{name}": getattr(stamp, name) for name in ("sha256", "etag", "last_modified")}
        if stamp
        else line
    )


def _load_states(session: Session, polls: Sequence[PollEnds]) -> dict[str, Row[Any]]:
    return {
        row.id: row
        for row in session.list_plain(SourceRow, SourceRow.id, [poll.source for poll in polls])
    }


def _is_plain(poll: PollEnds, state: Row[Any] | None, troubled: AbstractSet[str]) -> bool:
    """Return whether the poll ended well, no failure came before it, and no incident ends with
    it.
    """
    if poll.problem or state is None or state.failures or state.problem or state.told:
        return False
    return troubled.isdisjoint((poll.source, poll.paths.authority, MONITOR))


def _was_examined(at: datetime | None, now: datetime) -> bool:
    return at is not None and timedelta() <= now - at < EXAMINED


def _save_good_polls(
    session: Session, polls: Sequence[PollEnds], states: Mapping[str, Row[Any]]
) -> None:
    """Record the sources that stay healthy or begin well: their last good poll, and their
    coverage.
    """
    kept = update(SourceRow).where(SourceRow.id == bindparam("source"))
    kept = kept.values(
        first_ok=bindparam("first"), last_poll=bindparam("at"), last_ok=bindparam("at")
    )
    lines = [
        {
            "source": poll.source,
            "first": states[poll.source].first_ok or poll.at,
            "at": poll.at,
            "seconds": poll.hold.total_seconds(),
        }
        for poll in polls
    ]
    session.write_many(kept.values(since=None, hold=bindparam("seconds")), lines)
    looks.record_looks(session, [_make_look(poll, states[poll.source].last_ok) for poll in polls])
    _examine_sources(
        session,
        [poll for poll in polls if not _was_examined(states[poll.source].examined_at, poll.at)],
    )


def _make_look(poll: PollEnds, last: datetime | None) -> looks.Looked:
    """A look that went well, the `last` time before then."""
    return looks.Looked(poll.source, poll.at, poll.gap(last or poll.at, poll.at))


def record_page_failure(
    session: Session,
    tracked_page: Address,
    problem: Problem,
    now: datetime,
    *,
    patience: timedelta = timedelta(),
    listed: ListedPage | None = None,
    decide: listings.Decide | None = None,
) -> bool:
    """Record that a page could not be read; it stays pending. After `patience` one message reports
    what is `listed`. If the page is gone, `decide` chooses the report that its act is no longer
    published. Return whether a message was enqueued.
    """
    was_gone = listings.was_gone(session, tracked_page)
    addresses.mark_page_failed(session, tracked_page.id, problem, now, patience)
    if listed:
        listings.tell_unreadable(session, tracked_page, listed, now)
    if decide is None:
        return False
    return listings.record_gone_page(
        session, tracked_page, problem, now, was_gone=was_gone, decide=decide
    )


def record_reader_stop(
    session: Session,
    tracked_page: Address,
    identity: str,
    problem: Problem,
    now: datetime,
    *,
    listed: ListedPage | None = None,
) -> None:
    """Record a killed reader; the page stays pending. The second time the page waits a day, and a
    message reports it.
    """
    if addresses.mark_reader_killed(session, tracked_page.id, identity, problem, now):
        owing.enqueue_quarantine(session, tracked_page.source, problem, now)
    if listed:
        listings.tell_unreadable(session, tracked_page, listed, now)


def tell_stale(
    session: Session,
    bounds: Mapping[str, timedelta],
    awake: datetime,
    now: datetime,
    paths: Mapping[str, Paths],
    texts: Mapping[str, str],
) -> None:
    """Report each source without a good poll for longer than its bound, since we are `awake`,
    polled or not. `texts` may have its words. A poll in progress that brings page after page, such
    as a long baseline, is no silence.
    """
    rows = {row.id: row for row in session.list_rows(SourceRow, SourceRow.id.in_(bounds))}
    fallen = {}
    for source, bound in bounds.items():
        state = troubles.decode_health(rows.get(source))
        stale = rules.is_stale(state, now, bound=bound, awake=awake)
        if not stale or not (
            state.problem or not addresses.has_brought_page(session, source, now - bound)
        ):
            continue
        ways = paths.get(source, ALONE)
        if not (state.problem and troubles.is_told_with_others(session, state.problem, ways, now)):
            fallen[source] = rules.mark_told_stale(state, now, texts.get(source, ""))
    if fallen:
        healths = troubles.load_source_healths(session) | fallen
    for source, state in fallen.items():
        told = troubles.open_incident(
            session, source, state, paths.get(source, ALONE), healths, now
        )
        hold = rows[source].hold if source in rows else 0.0
        addresses.keep_health(
            session, source, rules.mark_told_alone(state, told=told), timedelta(seconds=hold)
        )


def list_unheard_sources(
    session: Session, since: datetime
) -> tuple[dict[str, datetime], frozenset[str]]:
    """List the sources without a good poll since then and without an open incident, and all others
    ever polled.
    """
    moment = func.coalesce(SourceRow.since, SourceRow.last_ok, SourceRow.last_poll, type_=Instant)
    heard = or_(SourceRow.last_ok > since, SourceRow.told)
    unheard = session.execute(
        select(SourceRow.id, moment).where(not_(func.coalesce(heard, False)))
    ).all()
    return dict(unheard), frozenset(session.list_values(SourceRow.id, heard))


def _settle_poll(session: Session, poll: PollEnds) -> Ended:
    """One that failed, or ended well after others had failed."""
    source, now = poll.source, poll.at
    before = troubles.decode_health(session.get(SourceRow, source))
    state, verdict = rules.update_health(
        before, poll.problem, now, patience=poll.patience, awake=poll.awake
    )
    if verdict is Verdict.PROBLEM:
        state = rules.mark_told_alone(
            state, told=_open_incident_if_due(session, source, state, poll.paths, now)
        )
    if verdict is Verdict.CHANGED:
        troubles.update_incident(session, source, state, now)
    kept = addresses.keep_health(session, source, state, poll.hold)
    if poll.problem is None:
        troubles.close_incident(session, source, before, poll.paths, now)
        looks.record_looks(session, [_make_look(poll, before.last_ok)])
        moved = habits.decode_habits(kept, now).moved
        is_new = moved is not None and kept.examined_at is not None and moved > kept.examined_at
        if is_new or not _was_examined(kept.examined_at, now):
            _examine_sources(session, [poll])
    return Ended(
        before.first_ok is None and state.first_ok is not None,
        None if poll.problem else before.since,
        before.problem.kind if before.problem else "",
    )


def _open_incident_if_due(
    session: Session, source: str, state: rules.Health, paths: Paths, now: datetime
) -> bool:
    """A source has an incident. The health of its other paths decides whether it gets a message of
    its own.
    """
    if state.problem and troubles.is_told_with_others(session, state.problem, paths, now):
        return False
    healths = troubles.load_source_healths(session)
    return troubles.open_incident(session, source, state, paths, healths, now)


def _examine_sources(session: Session, polls: Sequence[PollEnds]) -> None:
    """Compare sources with their usual behaviour after a good poll."""
    ended = {poll.source: poll for poll in polls}
    for row in session.list_among(SourceRow, SourceRow.id, ended):
        poll = ended[row.id]
        if poll.landing is not None:
            habits.note_landing(row, poll.landing, poll.at)
        row.examined_at = poll.at
        seen = habits.compare_with_habits(session, row, poll.expected, poll.at)
        troubles.update_signs(session, row.id, find_signs(poll.expected, seen, poll.at), poll.at)
