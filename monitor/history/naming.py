"""The index of all names on record, made of them some at a time, so that nobody waits for it: what it does not have yet is known.

It is never more than what follows from acts and registers. It reaches so many changes and so many rows of registers; of what it
has and what says something else since is kept what it said then (`RenamedRow`), in the transaction in which that changes. So
whoever asks adds what is not in it yet (`names_kept.py`), and finds the same at any time. By other rules it is made anew.
"""

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import String, bindparam, case, cast, exists, insert, literal
from sqlalchemy import select as columns_of
from sqlmodel import Session, col, delete, func, select, update

from monitor.history import segments, spoken
from monitor.history.acts import READ, announcement
from monitor.history.columns import parts
from monitor.history.places import ROW, Naming, of_act, place, rules_of
from monitor.history.tables import ActRow, ChangeRow, ListedRow, NamingRow, RenamedRow, SegmentRow
from monitor.history.values import SegmentState
from monitor.history.watched import subject_of
from monitor.model import Announcement
from monitor.watch import packs
from monitor.watch.packed import Segment
from monitor.watch.packs import Batch

FEW = 50  # acts that are read together
OF_ACTS, OF_ROWS = "act", "row"  # kinds of what is renamed


def keep(session: Session, naming: Naming, most: int, opened: Callable[[SegmentRow], Segment]) -> bool:
    """Carry the index on by about so many names; whether it is as it should be by then, and nothing is left to do."""
    state = _state(session, naming)
    batch = packs.Batch()
    said = session.exec(select(RenamedRow).order_by(RenamedRow.kind, RenamedRow.about).limit(most)).all()
    enter_renamed(session, naming, batch, said)
    for row in said:
        session.delete(row)
    before = state.change, state.row
    state.change = enter_acts(session, naming, batch, state.change, most)
    state.row = enter_rows(session, naming, batch, state.row, most if state.change == before[0] else 0)
    if new := before != (state.change, state.row) or bool(said):
        segments.write(session, batch)
    session.add(state)
    session.flush()
    return not (segments.tidied(session, opened, rests=not new) or new)


def _state(session: Session, naming: Naming) -> NamingRow:
    """How far the index is; by other rules than today's it is begun anew."""
    state = session.get(NamingRow, 1)
    if state is not None and state.rules == rules_of(naming):
        return state
    session.execute(update(SegmentRow).values(state=SegmentState.GONE))
    session.execute(delete(RenamedRow))
    return session.merge(NamingRow(one=1, rules=rules_of(naming), change=0, row=0))


def enter_renamed(session: Session, naming: Naming, batch: Batch, said: Iterable[RenamedRow]) -> None:
    """What is in the index and says something else by now."""
    rows, acts = ([row for row in said if row.kind == kind] for kind in (OF_ROWS, OF_ACTS))
    for some in parts(rows):
        was = {int(row.about): row.was for row in some}
        for number, text in session.exec(select(ListedRow.id, ListedRow.subject).where(col(ListedRow.id).in_(was))):
            batch.change(place(ROW, number or 0), *(naming.marks(subject_of(told)) for told in (was[number or 0], text)))
    for some in parts(acts):
        keys = [row.about for row in some]
        firsts, now = first_changes(session, keys), acts_now(session, keys)
        for row in some:
            _enter_act(naming, batch, firsts[row.about], announcement(row.was), now[row.about])


def _enter_act(naming: Naming, batch: Batch, first: int, before: Announcement | None, after: Announcement) -> None:
    was = dict(of_act(naming, first, before)) if before else {}
    now = dict(of_act(naming, first, after))
    for known_at in sorted({*was, *now}):
        marks = [naming.marks(record.subject) if record else None for record in (was.get(known_at), now.get(known_at))]
        match marks:
            case [None, new] if new:
                batch.add(known_at, new)
            case [old, None] if old:
                batch.take_back(known_at, old)
            case [old, new] if old and new:
                batch.change(known_at, old, new)


def enter_acts(session: Session, naming: Naming, batch: Batch, since: int, most: int, until: int | None = None) -> int:
    """What acts name that were first seen since that change, at most about so much; the change up to which that is."""
    left = most
    for number, act in _first_seen(session, since, most, until):
        if left <= 0:
            break
        named = [*of_act(naming, number, act)] if act else []
        for known_at, record in named:
            batch.add(known_at, naming.marks(record.subject))
        since = number
        left -= max(len(named), 1)
    return since


def _first_seen(session: Session, since: int, most: int, until: int | None) -> Iterator[tuple[int, Announcement | None]]:
    """The next changes, each with the act that was first seen by it; with None where it had been seen before."""
    query = columns_of(col(ChangeRow.id), col(ChangeRow.key)).where(col(ChangeRow.id) > since)  # of any kind: they are in order
    query = query.where(col(ChangeRow.id) <= until) if until is not None else query
    changes = session.execute(query.order_by(col(ChangeRow.id)).limit(most)).all()
    for some in (changes[begins : begins + FEW] for begins in range(0, len(changes), FEW)):
        firsts = first_changes(session, [key for _, key in some])
        acts = acts_now(session, [key for number, key in some if firsts.get(key) == number])
        yield from ((number, acts.get(key) if firsts.get(key) == number else None) for number, key in some)


def enter_rows(session: Session, naming: Naming, batch: Batch, since: int, most: int, until: int | None = None) -> int:
    """The rows of registers that came since that one, at most about so many names; the row up to which that is."""
    query = columns_of(col(ListedRow.id), col(ListedRow.subject)).where(col(ListedRow.id) > since)
    query = query.where(col(ListedRow.id) <= until) if until is not None else query
    for number, text in session.execute(query.order_by(col(ListedRow.id)).limit(most)).all():
        if most <= 0:
            break
        marks = naming.marks(subject_of(text))
        batch.add(place(ROW, number), marks)
        since, most = number, most - max(len(marks.names), 1)
    return since


def gone_rows(session: Session, naming: Naming, at_once: int) -> Iterator[Batch]:
    """What takes back the rows that are gone from their registers, so many at a time."""
    query = columns_of(col(ListedRow.id), col(ListedRow.subject)).where(col(ListedRow.gone).is_not(None))
    since = 0
    while rows := session.execute(query.where(col(ListedRow.id) > since).order_by(col(ListedRow.id)).limit(at_once)).all():
        batch = packs.Batch()
        for since, text in rows:
            batch.take_back(place(ROW, since), naming.marks(subject_of(text)))
        yield batch


def first_changes(session: Session, keys: Iterable[str]) -> dict[str, int]:
    """Of each of these acts the change by which it was first seen."""
    firsts: dict[str, int] = {}
    # No condition: by key few are found, and by kind all, which SQLite would walk.
    read = func.min(case((col(ChangeRow.kind).in_(READ), col(ChangeRow.id))))
    first = columns_of(col(ChangeRow.key), read).group_by(col(ChangeRow.key))
    for some in parts(dict.fromkeys(keys)):
        seen = session.execute(first.where(col(ChangeRow.key).in_(some)))
        firsts |= {key: number for key, number in seen if number is not None}
    return firsts


def acts_now(session: Session, keys: Iterable[str]) -> dict[str, Announcement]:
    """These acts as they are known."""
    return {key: announcement(fact) for some in parts(keys) for key, fact in spoken.rows(session, FACTS, {"keys": some})}


FACTS = columns_of(col(ActRow.key), col(ActRow.fact)).where(col(ActRow.key).in_(bindparam("keys", expanding=True)))


def rename_rows(session: Session, reader: str, names: Iterable[str]) -> None:
    """These records of a register are about to say something else."""
    about = cast(ListedRow.id, String)
    known = exists().where(col(RenamedRow.kind) == OF_ROWS, col(RenamedRow.about) == about)
    reached = columns_of(col(NamingRow.row)).scalar_subquery()
    for some in parts(names):
        said = columns_of(literal(OF_ROWS), about, col(ListedRow.subject)).where(
            col(ListedRow.reader) == reader, col(ListedRow.gone).is_(None), col(ListedRow.row).in_(some)
        )
        rows = said.where(col(ListedRow.id) <= reached, ~known)
        session.connection().execute(insert(RenamedRow).from_select(["kind", "about", "was"], rows))


def rename_act(session: Session, key: str, fact: str) -> None:
    """An act, of which this is what it says, is about to say something else."""
    state, first = session.get(NamingRow, 1), first_changes(session, [key]).get(key)
    if state and first and first <= state.change and session.get(RenamedRow, (OF_ACTS, key)) is None:
        session.add(RenamedRow(kind=OF_ACTS, about=key, was=fact))
