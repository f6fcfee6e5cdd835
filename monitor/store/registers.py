"""Registers: their present records, those on a day, and every change with both versions."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import String, bindparam, cast, func, insert, or_, select, update

from monitor import vocabulary
from monitor.diff import ChangeKind
from monitor.diff.flaps import STEADY
from monitor.diff.held import Standing
from monitor.diff.rows import Version
from monitor.model import Action, KeyDate, KeyDateKind, RowAction, RowChange, edition_from_json
from monitor.store import names
from monitor.store.acts import make_evidence
from monitor.store.columns import (
    decode_details,
    make_row,
    make_value,
    select_json_text,
)
from monitor.store.records import Delta, EditionTold, ListedOn, RegisterState, RegisterStatus
from monitor.store.session import Session
from monitor.store.tables import AlterationRow, ChangeRow, ListedRow, RegisterRow

AT_ONCE = 50  # editions that are held


def load_register_state(session: Session, reader: str) -> RegisterState | None:
    """Load a register as last confirmed; None before its first good read."""
    row = session.get(RegisterRow, reader)
    if row is None:
        return None
    rows = session.execute(
        select(
            ListedRow.row, ListedRow.digest, ListedRow.held_since, ListedRow.details.is_(None)
        ).where(*_select_standing(reader))
    ).all()
    held = {name: since for name, _, since, _ in rows if since is not None}
    changed = select(func.count(AlterationRow.change.distinct())).where(
        AlterationRow.reader == reader
    )
    return make_value(
        RegisterState,
        row,
        standing=Standing(
            row.rows, row.published, frozenset(held), max(held.values(), default=None)
        ),
        # an empty digest makes a record without details be read again
        digests={name: b"" if lacks else digest for name, digest, _, lacks in rows},
        remarks=frozenset(row.remarks),
        flaps=row.flaps or STEADY,
        editions=session.scalars(changed).one(),
    )


def list_register_statuses(session: Session) -> list[RegisterStatus]:
    """Every register that was ever read."""
    is_held = ListedRow.held_since.is_not(None), ListedRow.gone.is_(None)
    counted = select(
        ListedRow.reader, func.count().filter(*is_held), func.min(ListedRow.first_seen)
    ).group_by(ListedRow.reader)
    found = {reader: (held, first) for reader, held, first in session.execute(counted).all()}
    return [
        make_value(RegisterStatus, row, held=held, first_read=first)
        for row in session.list_rows(RegisterRow, order=RegisterRow.reader)
        for held, first in [found.get(row.reader, (0, None))]
    ]


def load_read_times(session: Session) -> dict[str, tuple[str, datetime]]:
    """Map each reader to the code of each register that it has read whole, with the last read."""
    return {row.reader: (row.code, row.read_at) for row in session.list_rows(RegisterRow)}


def list_records_on(
    session: Session,
    reader: str,
    moment: datetime,
    words: str = "",
    after: str = "",
    limit: int = 100,
) -> list[ListedOn]:
    """List the records of a register at a moment with these words in name or id, after the one
    of that id.
    """
    listed = ListedRow
    known_by, called = listed.row, listed.name
    stood = or_(listed.gone.is_(None), listed.gone > moment)
    told = listed.gone, listed.held_since, listed.starts, listed.ends, listed.details
    query = select(known_by, called, listed.first_seen, *told).where(
        listed.reader == reader, known_by > after, listed.first_seen <= moment, stood
    )
    if words:
        query = query.where(
            or_(*(column.icontains(words, autoescape=True) for column in (called, known_by)))
        )
    found: Any = session.connection().execute(query.order_by(known_by).limit(limit))
    return [ListedOn(*(*row, decode_details(details))) for *row, details in found]


def list_row_dates(session: Session, since: date, until: date) -> list[KeyDate]:
    """The days from `since` to `until` on which rows begin or end by their own words, as far as
    they were ahead when the row was first seen.
    """
    found: dict[tuple[str, str, KeyDateKind], list[str]] = defaultdict(list)
    for kind, on in ((KeyDateKind.START, ListedRow.starts), (KeyDateKind.END, ListedRow.ends)):
        ahead = ListedRow.gone.is_(None), on > cast(ListedRow.first_seen, String)
        rows = select(on, RegisterRow.code, ListedRow.name).where(
            RegisterRow.reader == ListedRow.reader, *ahead, on.between(str(since), str(until))
        )
        for day, code, name in session.execute(rows.order_by(ListedRow.id)):
            found[day, code, kind].append(name)
    return [_make_row_date(*known, called) for known, called in sorted(found.items())]


def _make_row_date(on: str, code: str, kind: KeyDateKind, called: Sequence[str]) -> KeyDate:
    keeper = vocabulary.current().registers.get(code)
    return KeyDate(
        kind=kind,
        on=on,
        act=code,
        authority=keeper.issuer if keeper else code,
        action=Action.ADD,
        register=code,
        rows=tuple(called),
    )


def load_record_bytes(session: Session, reader: str, names: Collection[str]) -> dict[str, bytes]:
    """Load the bytes of these present records."""
    return {
        name: Version(b"", kept).raw for name, kept in _load_packed(session, reader, names).items()
    }


def list_editions(
    session: Session, register: str, since: datetime, until: datetime
) -> Iterator[EditionTold]:
    """Iterate over the changes of a register between two moments, the newest first, as needed."""
    asked = ChangeRow.kind == ChangeKind.EDITION, ChangeRow.at >= since, ChangeRow.at <= until
    query = select(ChangeRow).where(
        *asked, select_json_text(ChangeRow.fact, "register") == register
    )
    newest_first = query.order_by(ChangeRow.id.desc()).execution_options(yield_per=AT_ONCE)
    for row in session.scalars(newest_first):
        yield EditionTold(row.at, edition_from_json(row.fact), make_evidence(row))


def save_records(session: Session, delta: Delta, source: str, now: datetime) -> None:
    """Save a register's read: added, changed, removed and withheld rows."""
    if delta.alternates:
        _keep_waiting(session, delta)
        return
    known = set(session.list_values(ListedRow.row, *_select_standing(delta.reader)))
    own, describe = {"reader": delta.reader, "first_seen": now}, partial(_describe_record, delta)
    came = (own | {"row": name} | describe(name) for name in delta.moved if name not in known)
    moved = ({"this": name} | describe(name) for name in delta.moved if name in known)
    session.write_many(insert(ListedRow), came)
    session.write_many(_make_update(delta.reader), moved)
    names.keep_rows(session, delta.reader, delta.moved.keys())
    _mark_gone(session, delta, now)
    _hold_rows(session, delta, now)
    row = session.get(RegisterRow, delta.reader)
    published = max((day for day in (delta.published, row and row.published) if day), default=None)
    session.merge(
        make_row(
            RegisterRow,
            delta,
            code=delta.register,
            source=source,
            published=published,
            rows=delta.rows + len(delta.held),
            read_at=delta.saved or now,
            held_sha256=delta.sha256 if delta.held else None,
            remarks=tuple(sorted(delta.remarks)),
        )
    )


def _keep_waiting(session: Session, delta: Delta) -> None:
    """Keep the register as reported, and save its new reading, which a person may release."""
    row = session.get_one(RegisterRow, delta.reader)
    row.flaps, row.held_sha256 = delta.flaps, delta.sha256


def save_alterations(
    session: Session, delta: Delta, changes: Sequence[RowChange], change: int, now: datetime
) -> None:
    """Keep every change with both versions; to be called before `take` lets the rows move."""
    before = _load_packed(session, delta.reader, {_get_earlier_id(one) for one in changes})
    for one in changes:
        version = delta.moved.get(one.id)
        session.add(
            AlterationRow(
                change=change,
                at=now,
                reader=delta.reader,
                row=one.id,
                action=one.action,
                before=before.get(_get_earlier_id(one)),
                after=version.packed if version and one.action != RowAction.REMOVE else None,
            )
        )


def _get_earlier_id(change: RowChange) -> str:
    """The id that the record had before the change."""
    return str(change.fields["id"][0]) if "id" in change.fields else change.id


def _load_packed(session: Session, reader: str, names: Collection[str]) -> dict[str, bytes]:
    """Load the packed bytes of these present records."""
    rows = session.list_among(ListedRow, ListedRow.row, sorted(names), *_select_standing(reader))
    return {row.row: row.raw for row in rows}


def _select_standing(reader: str) -> tuple[Any, ...]:
    return ListedRow.reader == reader, ListedRow.gone.is_(None)


def _describe_record(delta: Delta, known_as: str) -> dict[str, Any]:
    version = delta.moved[known_as]
    return {"digest": version.digest, "raw": version.packed, **delta.described[known_as]}


def _make_update(reader: str) -> Any:
    return update(ListedRow).where(*_select_standing(reader), ListedRow.row == bindparam("this"))


def _mark_gone(session: Session, delta: Delta, now: datetime) -> None:
    row = session.get(RegisterRow, delta.reader)
    gone = {"gone": now, "last_seen": row.read_at if row else None, "held_since": None}
    session.write_many(
        _make_update(delta.reader), ({"this": name, **gone} for name in sorted(delta.gone))
    )


def _hold_rows(session: Session, delta: Delta, now: datetime) -> None:
    """Replace the withheld rows; a row keeps the time of its first absence, and a returned row
    is removed.
    """
    if (
        frozenset(
            session.list_values(
                ListedRow.row, *_select_standing(delta.reader), ListedRow.held_since.is_not(None)
            )
        )
        == delta.held
    ):
        return
    freed = update(ListedRow).where(
        *_select_standing(delta.reader), ListedRow.held_since.is_not(None)
    )
    session.connection().execute(freed.values(held_since=None))
    session.write_many(
        _make_update(delta.reader),
        ({"this": name, "held_since": now} for name in sorted(delta.held)),
    )
