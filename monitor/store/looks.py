"""Coverage: how long each source was polled without a gap. One row covers all that time, so polls
add no rows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, or_, select, update

from monitor.alert.event import NoticeKind
from monitor.diff import ChangeKind
from monitor.source import schedule
from monitor.store import addresses, mutes, records, registers, tables, troubles
from monitor.store.acts import make_evidence
from monitor.store.columns import chunk_values, make_value, select_json_text
from monitor.store.outbox import OWED, count_by_state
from monitor.store.records import OutboxState, ToldAlert, Vitals, Waiting, Worker
from monitor.store.session import Session
from monitor.store.tables import (
    AddressRow,
    ChangeRow,
    LookRow,
    OutboxRow,
    SourceRow,
    TroubleRow,
    WorkerRow,
)

# what no source did
OURS = (ChangeKind.REMINDER, ChangeKind.WATCH, ChangeKind.CORRECTED, ChangeKind.REVIEWED)

Gap = Callable[[datetime, datetime], timedelta]


class Looked(NamedTuple):
    """A source had a good poll; `bound` is the longest time after the last one without a gap."""

    source: str
    at: datetime
    bound: timedelta


def endless(_before: datetime, _now: datetime) -> timedelta:
    """A source without a known interval has no gaps."""
    return timedelta.max


def record_looks(session: Session, all_looked: Sequence[Looked]) -> None:
    """Record good polls: extend the last row if there was no gap and no change, otherwise start
    a new one.
    """
    last = {
        row.source: row for row in _load_last_looks(session, [look.source for look in all_looked])
    }
    on = {
        look.source: look
        for look in all_looked
        if look.source in last and _is_continued(last[look.source], look)
    }
    counted = update(LookRow).where(LookRow.id == bindparam("row"))
    counted = counted.values(
        until=bindparam("at"), looks=LookRow.looks + 1, bound=bindparam("seconds")
    )
    lines = [
        {"row": last[look.source].id, "at": look.at, "seconds": look.bound.total_seconds()}
        for look in on.values()
    ]
    session.write_many(counted, lines)
    begun = [look for look in all_looked if look.source not in on]
    newest = _load_newest_changes(session, [look.source for look in begun])
    session.add_all(
        _begin_row(look, last.get(look.source), newest.get(look.source)) for look in begun
    )


def _load_last_looks(session: Session, sources: Sequence[str]) -> Iterator[Any]:
    """Load each source's last row and last change in one statement, because each poll needs
    them.
    """
    newest = select(ChangeRow.id).where(
        ChangeRow.source == LookRow.source, ChangeRow.kind.not_in(OURS)
    )
    latest = newest.order_by(ChangeRow.id.desc()).limit(1).scalar_subquery()
    for some in chunk_values(sources):
        last = select(func.max(LookRow.id)).where(LookRow.source.in_(some)).group_by(LookRow.source)
        asked = select(
            LookRow.id, LookRow.source, LookRow.until, LookRow.newest, latest.label("latest")
        )
        yield from session.execute(asked.where(LookRow.id.in_(last))).all()


def _is_continued(row: Any, look: Looked) -> bool:
    return bool(row.newest == row.latest and timedelta() <= look.at - row.until <= look.bound)


def _begin_row(look: Looked, before: Any, newest: int | None) -> LookRow:
    """A row of its own for what comes now: after a change, after a gap, or at first."""
    late = before is not None and not timedelta() <= look.at - before.until <= look.bound
    # the look that found something is none since then
    found = before is None or before.newest != newest
    return LookRow(
        source=look.source,
        since=look.at,
        until=look.at,
        looks=0 if found else 1,
        bound=look.bound.total_seconds(),
        newest=newest,
        gap_from=before.until if before and late else None,
    )


def explain_quiet(session: Session, source: str) -> records.Quiet:
    """Load the ground of a source's silence since its last change."""
    state = troubles.decode_health(session.get(SourceRow, source))
    newest = _load_newest_changes(session, [source]).get(source)
    change = session.get_one(ChangeRow, newest) if newest else None
    evidence = make_evidence(change) if change else None  # a source brings nothing without any
    spans = session.list_rows(LookRow, LookRow.newest == newest, source=source)
    own = session.list_values(tables.RegisterRow.reader, source=source)
    held = {
        status.reader: status.held
        for status in registers.list_register_statuses(session)
        if status.held and status.reader in own
    }
    return records.Quiet(
        source=source,
        health=state,
        change=make_value(records.Recorded, change, evidence=evidence) if evidence else None,
        looks=tuple(
            make_value(records.Looks, row, bound=timedelta(seconds=row.bound)) for row in spans
        ),
        unread=tuple(addresses.list_unread_pages_of_source(session, source)),
        held=held,
        troubles=tuple(
            trouble.problem for trouble in troubles.list_incident_states(session, [source])
        ),
    )


def list_coverage(session: Session, since: datetime, now: datetime) -> Iterator[records.LookedAt]:
    """List each source's coverage in a period; a gap may begin earlier, and may last."""
    lately = ChangeRow.at >= since, ChangeRow.kind.not_in(OURS)
    moved = set(session.list_values(ChangeRow.source, *lately, distinct=True))
    rows = session.list_rows(LookRow, LookRow.until >= since)
    last = select(func.max(LookRow.id)).group_by(LookRow.source)
    first = dict(
        session.execute(
            select(LookRow.source, func.min(LookRow.since)).group_by(LookRow.source)
        ).all()
    )
    gaps: defaultdict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    for row in rows:
        if row.gap_from and row.since >= since:
            gaps[row.source].append((row.gap_from, row.since))
    for row in session.list_rows(LookRow, LookRow.id.in_(last), order=LookRow.source):
        if now - row.until > timedelta(seconds=row.bound):
            gaps[row.source].append((row.until, now))
        quiet = not gaps[row.source] and row.source not in moved and first[row.source] <= since
        pace = (row.until - row.since).total_seconds() / row.looks if row.looks > 1 else None
        yield records.LookedAt(row.source, pace, tuple(gaps[row.source]), quiet=quiet)


def _load_newest_changes(session: Session, sources: Sequence[str]) -> dict[str, int | None]:
    """The last change that each source itself brought."""
    query = (
        select(ChangeRow.source, func.max(ChangeRow.id))
        .where(ChangeRow.kind.not_in(OURS))
        .group_by(ChangeRow.source)
    )
    found = (
        session.execute(query.where(ChangeRow.source.in_(some))).all()
        for some in chunk_values(sources)
    )
    return {source: change for rows in found for source, change in rows}


def list_coverage_stretches(session: Session, since: datetime) -> list[records.Stretch]:
    """Load coverage and incidents of sources since a moment."""
    rows = session.list_rows(LookRow, LookRow.until >= since)
    lasted = or_(TroubleRow.over.is_(None), TroubleRow.over >= since)
    troubles = session.list_rows(TroubleRow, lasted)
    return [records.Stretch(row.source, row.since, row.until) for row in rows] + [
        records.Stretch(row.about, row.since, row.over, row.problem.kind) for row in troubles
    ]


# The health of sources and outbox in few queries, because a daemon repeats them.

FIRST_WORD = (NoticeKind.ACT, NoticeKind.EDITION)  # the first sign that something was published


def load_vitals(session: Session, now: datetime) -> Vitals:
    """Load the present health."""
    since = now - schedule.QUARANTINE
    return Vitals(
        health=troubles.load_source_healths(session),
        messages=count_by_state(session),
        waiting=tuple(_list_waiting(session)),
        quarantined=session.count(
            AddressRow, AddressRow.kills >= schedule.MOST_KILLS, AddressRow.killed_at > since
        ),
        troubles=tuple(troubles.list_incident_states(session)),
        muted={mute.source: mute.until for mute in mutes.list_source_mutes(session, now)},
    )


def _list_waiting(session: Session) -> Iterator[Waiting]:
    """Count each destination's pending messages, with the oldest and the last arrival."""
    oldest = select(OutboxRow.destination, func.count(), func.min(OutboxRow.created_at))
    owed = oldest.where(OutboxRow.state.in_(OWED)).group_by(OutboxRow.destination)
    for destination, number, since in session.execute(owed).all():
        there = {"destination": destination, "state": OutboxState.SENT}
        last = session.find_row(OutboxRow, order=OutboxRow.id.desc(), **there)
        yield Waiting(destination, number, since, last.sent_at if last else None)


def load_newest_news(session: Session) -> dict[str, datetime]:
    """Load each source's last change."""
    query = select(ChangeRow.source, func.max(ChangeRow.at)).where(ChangeRow.kind.not_in(OURS))
    return dict(session.execute(query.group_by(ChangeRow.source)).all())


def list_told_after(session: Session, moment: datetime) -> list[ToldAlert]:
    """The acts and editions of which the first word arrived anywhere after a moment."""
    published, authority = (
        select_json_text(ChangeRow.fact, key) for key in ("published", "authority")
    )
    told = select(ChangeRow.id, func.min(OutboxRow.sent_at), published, authority).join(
        ChangeRow, OutboxRow.change == ChangeRow.id
    )
    lately = select(OutboxRow.change).where(OutboxRow.sent_at > moment)
    first = told.where(
        OutboxRow.kind.in_(FIRST_WORD), OutboxRow.again_of.is_(None), OutboxRow.change.in_(lately)
    )
    rows = session.execute(first.group_by(ChangeRow.id)).all()
    return [ToldAlert(on or "", whose or "", at) for _, at, on, whose in rows if at and at > moment]


def list_workers(session: Session) -> list[Worker]:
    """List the parallel processes of the store, as they last reported."""
    rows = session.list_rows(WorkerRow, order=WorkerRow.name)
    return [
        Worker(row.name, row.began, row.seen, row.queues.split(), row.doing.split(), row.schedules)
        for row in rows
    ]
