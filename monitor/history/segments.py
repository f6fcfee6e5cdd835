"""The segments of the index of names: what is in them is put there, looked up, merged where they are many, and let go of."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import select as columns_of
from sqlmodel import Session, col, delete, select

from monitor.history.spoken import with_numbers
from monitor.history.tables import PackRow, SegmentRow
from monitor.history.values import SegmentState
from monitor.watch import merging, packed, packs
from monitor.watch.packed import Segment
from monitor.watch.packs import Batch, Pack

FEW, TIER = 4, 8_192  # so many segments are merged, of about so many entries or four times as many, or four times these
SCATTERED = 4  # so many times what lies beside the largest segment is as much as that
MERGED = 64  # packs that are merged in one portion
AT_ONCE = 500  # packs of a directory
FREED = 400  # packs that go in one portion


def live(session: Session, *which: object) -> list[SegmentRow]:
    """The segments that are looked up in, in the order in which they were made."""
    query = select(SegmentRow).where(col(SegmentRow.state) == SegmentState.LIVE, *which)  # type: ignore[arg-type]  # conditions
    return list(session.exec(query.order_by(col(SegmentRow.id))).all())


def directory(session: Session, segment: int) -> Iterator[packed.PackEntry]:
    """What is known of the packs of a segment without reading them, some at a time."""
    columns = (PackRow.id, PackRow.kind, PackRow.first, PackRow.last, PackRow.size, PackRow.taken)
    query = columns_of(*map(col, columns)).where(col(PackRow.segment) == segment).order_by(col(PackRow.id))
    rows: Iterable[Any] = session.connection().execute(query.execution_options(yield_per=AT_ONCE))
    return (packed.PackEntry(*row) for row in rows)


def bodies(session: Session, ids: Iterable[int]) -> dict[int, bytes]:
    """The packs of these numbers."""
    return {row[0]: row[1] for row in with_numbers(session, "SELECT id, body FROM pack", ids)}


def write(session: Session, batch: Batch) -> None:
    """Put what was made of some subjects where it is looked up."""
    made = list(batch.packs())
    row = SegmentRow(state=SegmentState.LIVE, subjects=batch.counts.subjects, names=batch.counts.names)
    _put(session, row, made)


def _put(session: Session, row: SegmentRow, made: Sequence[Pack]) -> None:
    row.entries += sum(pack.size for pack in made)
    session.add(row)
    session.flush()
    session.add_all(PackRow(segment=row.id or 0, **pack._asdict()) for pack in made)
    session.flush()


def tidied(session: Session, opened: Callable[[SegmentRow], Segment], *, rests: bool) -> bool:
    """Merge segments that are many, and let go of those that were merged, some packs at a time; whether anything was done.

    Where all `rests`, as when nothing is new, segments are merged into one also where they are few.
    """
    if any([_freed(session), _merged(session, opened), _begun(session, _many)]):
        return True
    return rests and _begun(session, _scattered)


def _freed(session: Session) -> bool:
    gone = session.exec(select(SegmentRow).where(col(SegmentRow.state) == SegmentState.GONE).limit(1)).first()
    if gone is None:
        return False
    ids = session.exec(select(PackRow.id).where(PackRow.segment == gone.id).order_by(col(PackRow.id)).limit(FREED)).all()
    session.execute(delete(PackRow).where(col(PackRow.id).in_(ids)))
    if len(ids) < FREED:
        session.delete(gone)
    return True


def _merged(session: Session, opened: Callable[[SegmentRow], Segment]) -> bool:
    """Carry on the merge of the smallest segments."""
    query = select(SegmentRow).where(col(SegmentRow.state) == SegmentState.MADE)
    made = min(session.exec(query).all(), key=lambda row: row.entries, default=None)
    if made is None:
        return False
    sources = live(session, col(SegmentRow.target) == made.id)
    merging_now = [opened(row) for row in sources]
    room = MERGED
    for kind in packs.KINDS[_begun_kind(session, made) :]:
        some, done = merging.merged(kind, merging_now, _last(session, made, kind), room)
        _put(session, made, some)
        room -= len(some)
        if not done or room <= 0:
            return True
    made.state = SegmentState.LIVE
    for row in sources:
        row.state, row.target = SegmentState.GONE, None
    session.add_all([made, *sources])
    return True


def _begun_kind(session: Session, made: SegmentRow) -> int:
    """Which kind of packs was written last."""
    kind = session.exec(select(PackRow.kind).where(PackRow.segment == made.id).order_by(col(PackRow.id).desc()).limit(1)).first()
    return packs.KINDS.index(kind) if kind else 0


def _last(session: Session, made: SegmentRow, kind: str) -> Pack | None:
    query = select(PackRow).where(PackRow.segment == made.id, PackRow.kind == kind).order_by(col(PackRow.id).desc())
    row = session.exec(query.limit(1)).first()
    return packs.Pack(row.kind, row.first, row.last, row.size, row.taken, row.body) if row else None


def _begun(session: Session, which: "Callable[[Sequence[SegmentRow]], Sequence[SegmentRow]]") -> bool:
    """Begin to merge segments, if there are any for it."""
    some = which(live(session, col(SegmentRow.target).is_(None)))
    if not some:
        return False
    made = SegmentRow(state=SegmentState.MADE, subjects=sum(row.subjects for row in some), names=sum(row.names for row in some))
    session.add(made)
    session.flush()
    for row in some:
        row.target = made.id
    session.add_all(some)
    return True


def _many(rows: Sequence[SegmentRow]) -> Sequence[SegmentRow]:
    """Those of about one size, the smallest, where they are many."""
    by_tier: dict[int, list[SegmentRow]] = {}
    for row in rows:
        by_tier.setdefault(_tier(row.entries), []).append(row)
    return next((some for _, some in sorted(by_tier.items()) if len(some) >= FEW), [])


def _scattered(rows: Sequence[SegmentRow]) -> Sequence[SegmentRow]:
    """All, where much lies beside the largest: whoever asks looks for each key in each of them."""
    sizes = sorted(row.entries for row in rows)
    return rows if sizes[:-1] and SCATTERED * sum(sizes[:-1]) >= sizes[-1] else []


def _tier(entries: int) -> int:
    tier = 0
    while entries > TIER * FEW**tier:
        tier += 1
    return tier
