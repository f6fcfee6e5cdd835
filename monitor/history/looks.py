"""For how long each source was looked at without a gap: one row for all that time, so that nothing grows with each poll."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from monitor.diff import ChangeKind
from monitor.history import addresses, registers
from monitor.history.acts import evidence_of
from monitor.history.tables import ChangeRow, LookRow, RegisterRow, SourceRow
from monitor.history.troubles import health_of
from monitor.history.values import LookedAt, Looks, Quiet, Recorded

OURS = (ChangeKind.REMINDER, ChangeKind.WATCH, ChangeKind.CORRECTED)  # what changed with us, and at no source

Gap = Callable[[datetime, datetime], timedelta]


def endless(_before: datetime, _now: datetime) -> timedelta:
    """Of a source whose pace nobody knows: no time is a gap."""
    return timedelta.max


def looked(session: Session, source: str, now: datetime, gap: Gap) -> None:
    """A source was read well. What `gap` says is how long after one look the next may come without one between them."""
    row, newest = _latest(session, source), _newest(session, source)
    bound = gap(row.until, now) if row else timedelta()
    late = row is not None and not timedelta() <= now - row.until <= bound
    if row is not None and row.newest == newest and not late:
        row.until, row.looks, row.bound = now, row.looks + 1, bound.total_seconds()
    else:
        found = row is None or row.newest != newest  # the look that found it is none since it
        row = LookRow(
            source=source,
            since=now,
            until=now,
            looks=0 if found else 1,
            bound=gap(now, now).total_seconds(),
            newest=newest,
            gap_from=row.until if row and late else None,
        )
    session.add(row)


def quiet(session: Session, source: str) -> Quiet:
    """What a source's silence since its last change rests on."""
    state = health_of(session.get(SourceRow, source))
    newest = _newest(session, source)
    change = session.get_one(ChangeRow, newest) if newest else None
    spans = session.exec(select(LookRow).where(LookRow.source == source, LookRow.newest == newest).order_by(col(LookRow.id)))
    held = {status.reader: status.held for status in registers.statuses(session) if status.held}
    own = session.exec(select(RegisterRow.reader).where(RegisterRow.source == source)).all()
    return Quiet(
        source=source,
        health=state,
        change=_recorded(change) if change else None,
        looks=tuple(_looks(row) for row in spans.all()),
        unread=tuple(
            f"{addresses.address(row, row.seen_at).request.url}: {row.failure}" for row in addresses.unread(session, source)
        ),
        held={reader: held[reader] for reader in own if reader in held},
    )


def looked_at(session: Session, since: datetime, now: datetime) -> Iterator[LookedAt]:
    """How each source that is known was looked at from then until now; a gap may have begun earlier, and may last."""
    lately = select(ChangeRow.source).where(col(ChangeRow.at) >= since, col(ChangeRow.kind).not_in(OURS))
    moved = set(session.exec(lately.distinct()).all())
    rows = session.exec(select(LookRow).where(col(LookRow.until) >= since).order_by(col(LookRow.id))).all()
    last = select(func.max(LookRow.id)).group_by(LookRow.source)
    first = dict(session.exec(select(LookRow.source, func.min(LookRow.since)).group_by(LookRow.source)).all())
    gaps: defaultdict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    for row in rows:
        if row.gap_from and row.since >= since:
            gaps[row.source].append((row.gap_from, row.since))
    for row in session.exec(select(LookRow).where(col(LookRow.id).in_(last)).order_by(LookRow.source)).all():
        if now - row.until > timedelta(seconds=row.bound):
            gaps[row.source].append((row.until, now))
        quiet = not gaps[row.source] and row.source not in moved and first[row.source] <= since
        yield LookedAt(row.source, _pace(row), tuple(gaps[row.source]), quiet=quiet)


def _latest(session: Session, source: str) -> LookRow | None:
    return session.exec(select(LookRow).where(LookRow.source == source).order_by(col(LookRow.id).desc()).limit(1)).first()


def _newest(session: Session, source: str) -> int | None:
    """The last change that the source itself brought."""
    query = select(ChangeRow.id).where(ChangeRow.source == source, col(ChangeRow.kind).not_in(OURS))
    return session.exec(query.order_by(col(ChangeRow.id).desc()).limit(1)).first()


def _recorded(row: ChangeRow) -> Recorded | None:
    """What was recorded, with its bytes; a source brings nothing without any."""
    evidence = evidence_of(row)
    return Recorded(row.at, row.kind, row.key, row.source, evidence) if evidence else None


def _looks(row: LookRow) -> Looks:
    return Looks(row.since, row.until, row.looks, timedelta(seconds=row.bound), row.gap_from)


def _pace(row: LookRow) -> float | None:
    return (row.until - row.since).total_seconds() / row.looks if row.looks > 1 else None
