"""The stored watch list, the dismissals of its matches, and all past listings to compare with
it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import delete, func, select

from monitor import vocabulary
from monitor.alert.event import MONITOR
from monitor.clock import format_instant
from monitor.diff import ChangeKind, find_lost
from monitor.diff.things import pair_by_marks
from monitor.model import (
    Action,
    Announcement,
    Entity,
    FieldValue,
    Item,
    Measure,
    RowChange,
    Value,
    edition_from_json,
    to_json,
)
from monitor.store import owing
from monitor.store.acts import READ, decode_act
from monitor.store.columns import (
    chunk_values,
    decode_details,
    decode_instant,
    make_row,
    make_value,
)
from monitor.store.dialect import select_by_values
from monitor.store.session import Session
from monitor.store.tables import (
    ActRow,
    ChangeRow,
    DismissalRow,
    HandlingRow,
    ListedRow,
    RegisterRow,
    ScreenedRow,
    WatchedRow,
)
from monitor.triage.values import Verb
from monitor.watch import glosses, match
from monitor.watch.entries import Entry
from monitor.watch.match import Dismissal
from monitor.watch.values import ScreeningResult

AT_ONCE = 2_000  # rows of a register that are understood together
FEW = 200  # acts that are
ADDED = WatchedRow.added_at, WatchedRow.key


class OnRecord(Value, kw_only=True):
    """A subject listed at some time: its act or register, and its removal (UTC, ISO).

    `since` is the day of its measure, or else of the act; for a register its first sight, as record
    `row`. `read_at` is the register's last read. `held` is since when the record is missing without
    a confirmed removal. `unread`: the subject is only the title of an act with an unread list.
    `unprinted` is the day on which an edit of the act's page took it away, which removes nothing;
    `since` is the act's day then.
    `url` is its page. `details` is what else a record says, `starts` and `ends` are its own days.
    """

    subject: Entity | Item
    act: str = ""
    title: str = ""
    action: Action | None = None
    register: str = ""
    since: str = ""
    url: str = ""
    gone: str | None = None
    row: str = ""
    read_at: str = ""
    held: str | None = None
    unread: bool = False
    unprinted: str | None = None
    details: Mapping[str, FieldValue] = {}
    starts: str = ""
    ends: str = ""


def list_entries(session: Session) -> list[Entry]:
    """List the stored entries, in order of arrival."""
    return [row.entry for row in session.list_rows(WatchedRow, order=ADDED)]


def add(session: Session, entries: Iterable[Entry], now: datetime) -> int:
    """Keep entries; one with a known key takes the place of the older. How many are new or
    differ in more than their file and row.
    """
    moved = 0
    for entry in entries:
        row = session.get(WatchedRow, entry.key)
        moved += row is None or row.entry.replace(origin=entry.origin) != entry
        session.merge(WatchedRow(key=entry.key, entry=entry, added_at=row.added_at if row else now))
    return moved


def remove(session: Session, key: str) -> bool:
    """Forget an entry; whether there was one."""
    row = session.get(WatchedRow, key)
    if row is not None:
        session.delete(row)
    return row is not None


def list_dismissals(session: Session) -> list[Dismissal]:
    """List the dismissals in force."""
    rows, reasons = session.list_rows(DismissalRow, withdrawn_at=None), _load_reasons(session)
    return [
        make_value(
            match.Dismissal,
            row,
            at=format_instant(row.at),
            reason=reasons.get((row.entry, row.subject, row.at), ""),
        )
        for row in rows
    ]


def _load_reasons(session: Session) -> dict[tuple[str, str, datetime], str]:
    """The reasons of dismissals, which are on record with what was done: by pair and time."""
    done = session.list_rows(HandlingRow, HandlingRow.text != "", verb=Verb.NOT_OURS)
    return {(pair.entry, pair.subject, row.at): row.text for row in done for pair in row.pairs}


def dismiss(session: Session, dismissal: Dismissal, now: datetime) -> None:
    """Save a person's dismissal of a match. A later one replaces it."""
    revoke_dismissal(session, dismissal.entry, dismissal.subject, dismissal.by, now)
    session.add(make_row(DismissalRow, dismissal, at=now))


def revoke_dismissal(session: Session, entry: str, subject: str, by: str, now: datetime) -> bool:
    """Revoke a dismissal, with person and time; return whether there was one."""
    rows = session.list_rows(DismissalRow, entry=entry, subject=subject, withdrawn_at=None)
    for row in rows:
        row.withdrawn_at, row.withdrawn_by = now, by
    return bool(rows)


def list_dismissal_steps(session: Session) -> list[tuple[datetime, str, str, str]]:
    """List each dismissal and each withdrawal: when, which, by whom, of what.

    A dismissal that replaces another withdraws nothing.
    """
    rows, reasons = session.list_rows(DismissalRow), _load_reasons(session)
    made = {(row.entry, row.subject, row.at) for row in rows}
    steps = []
    for row in rows:
        pair = f"{row.entry_name or row.entry} is not {row.subject_name or row.subject}"
        reason = reasons.get((row.entry, row.subject, row.at))
        steps.append((row.at, "dismissal", row.by, f"{pair}: {reason}" if reason else pair))
        if row.withdrawn_at and (row.entry, row.subject, row.withdrawn_at) not in made:
            steps.append((row.withdrawn_at, "dismissal taken back", row.withdrawn_by or "", pair))
    return steps


def iterate_on_record(session: Session) -> Iterator[OnRecord]:
    """Iterate over all subjects of acts, in order of first sight, and all past register rows. A
    million pass, and none stays in memory.
    """
    lost = load_lost(session)
    for act in iterate_acts(session):
        yield from iterate_subjects_of_act(act, lost.get(act.key, ()))
    known = load_registers_read(session)
    rows = session.connection().execute(
        select(*COLUMNS).order_by(ListedRow.id).execution_options(yield_per=AT_ONCE)
    )
    yield from (_make_listed(known, *row) for row in rows)


def iterate_acts(session: Session) -> Iterator[Announcement]:
    """All acts as they are known, in the order of the changes by which they were first seen."""
    seen = (
        select(ChangeRow.key, func.min(ChangeRow.id).label("first"))
        .where(ChangeRow.kind.in_(READ))
        .group_by(ChangeRow.key)
        .subquery()
    )
    query = (
        select(ActRow.fact)
        .outerjoin(seen, seen.c.key == ActRow.key)
        .order_by(seen.c.first, ActRow.key)
    )
    rows = session.connection().execute(query.execution_options(yield_per=FEW))
    yield from (decode_act(fact) for (fact,) in rows)


def load_lost(session: Session, keys: Iterable[str] | None = None) -> dict[str, list[OnRecord]]:
    """Map acts to the subjects that edits of their pages took away, the newest edit last."""
    edits = select(ChangeRow.key, ChangeRow.at, ChangeRow.before, ChangeRow.fact)
    edits = edits.where(ChangeRow.kind == ChangeKind.AMENDED).order_by(ChangeRow.id)
    lost: dict[str, list[OnRecord]] = {}
    for some in [None] if keys is None else chunk_values(keys):
        chosen = edits if some is None else edits.where(ChangeRow.key.in_(some))
        for key, at, was, now in session.execute(chosen).all():
            gone = _list_lost(decode_act(was or now), decode_act(now), at)
            lost.setdefault(key, []).extend(gone)
    return lost


def _list_lost(before: Announcement, after: Announcement, at: datetime) -> Iterator[OnRecord]:
    """List the subjects that an edit of an act's page took away, as they were on record."""
    lost = set(map(id, find_lost(before, after)))
    since = (before.published or "")[:10]
    until = vocabulary.today(before.authority, at).isoformat()
    for record in iterate_subjects_of_act(before):
        if id(record.subject) in lost:
            yield replace(record, since=since, unprinted=until)


def iterate_subjects_of_act(act: Announcement, lost: Sequence[OnRecord] = ()) -> Iterator[OnRecord]:
    """List an act's subjects, in the order of its measures; then those of the `lost` that it does
    not name again, each once.
    """
    named: list[Entity | Item] = []
    for measure in act.measures:
        subjects: list[Entity | Item] = [*measure.entities, *measure.items]
        yield from (_make_on_record(act, measure, subject) for subject in subjects)
        named += subjects
    for record in reversed(lost):
        alike = [one for one in named if isinstance(one, type(record.subject))]
        if pair_by_marks([record.subject], alike)[0]:
            named.append(record.subject)
            yield record


def _make_on_record(
    act: Announcement, measure: Measure, subject: Entity | Item, *, unread: bool = False
) -> OnRecord:
    return OnRecord(
        subject=subject,
        act=act.key,
        title=act.title,
        action=measure.action,
        register=measure.register or "",
        since=(measure.starts.on if measure.starts else act.published or "")[:10],
        url=act.url,
        unread=unread,
    )


def make_title_on_record(act: Announcement) -> Iterator[OnRecord]:
    """Return an act with an unread list, by its title and the family of its goods. Any item of that
    family may be on the list.
    """
    unnamed = [
        measure
        for measure in act.measures
        if not (measure.entities or measure.items or measure.amends)
    ]
    for measure in unnamed[:1] if act.not_read and act.understood != "full" else ():
        family = Item(
            names={act.language: act.title, "und": ", ".join(glosses.list_families(act.title))}
        )
        yield _make_on_record(act, measure, family, unread=True)


def load_records_by_number(
    session: Session, known: "Registers", numbers: Iterable[int]
) -> dict[int, OnRecord]:
    """These rows of registers, by number; `known` are the registers."""
    return {
        number: _make_listed(known, *said, *map(decode_instant, (seen, gone, held)))
        for number, *said, seen, gone, held in select_by_values(session, NUMBERED, numbers)
    }


def walk_subjects(session: Session) -> Iterator[Entity | Item]:
    """Iterate over all subjects on record; partly unparsed acts come last, by title. During the
    walk no other call can run.
    """
    lost = load_lost(session)
    for act in iterate_acts(session):
        records = iterate_subjects_of_act(act, lost.get(act.key, ()))
        yield from (record.subject for record in records)
    rows = select(ListedRow.subject).order_by(ListedRow.id).execution_options(yield_per=AT_ONCE)
    yield from map(decode_subject, session.connection().execute(rows).scalars())
    for act in iterate_acts(session):
        yield from (record.subject for record in make_title_on_record(act))


def walk_records(session: Session) -> Iterator[OnRecord]:
    """All of that as it is on record."""
    yield from iterate_on_record(session)
    for act in iterate_acts(session):
        yield from make_title_on_record(act)


def find_records(session: Session, row: str = "", register: str = "") -> list[OnRecord]:
    """The records of registers that have this id, or of one register, in the order in which they
    came.
    """
    known = load_registers_read(session)
    readers = sorted(reader for reader, (code, *_) in known.items() if register in ("", code))
    asked = (ListedRow.row == row,) if row else ()
    rows = select(*COLUMNS).where(ListedRow.reader.in_(readers), *asked).order_by(ListedRow.id)
    return [_make_listed(known, *one) for one in session.execute(rows)]


# by reader: the code, the address, when it was read last
Registers = Mapping[str, tuple[str, str, str]]


def load_registers_read(session: Session) -> Registers:
    """The registers that were ever read."""
    return {
        row.reader: (row.code, row.url, format_instant(row.read_at))
        for row in session.list_rows(RegisterRow)
    }


COLUMNS = (
    ListedRow.reader,
    ListedRow.row,
    ListedRow.subject,
    ListedRow.details,
    ListedRow.starts,
    ListedRow.ends,
    ListedRow.first_seen,
    ListedRow.gone,
    ListedRow.held_since,
)
NUMBERED = f"SELECT id, {', '.join(column.key for column in COLUMNS)} FROM listed"  # noqa: S608


AMENDED = """
SELECT listed.id, alteration."row", alteration.change FROM listed
JOIN alteration ON alteration.reader = listed.reader AND alteration."row" = listed."row"
    AND action = 'amend' AND at >= first_seen AND (gone IS NULL OR at < gone)
"""


def _make_listed(
    known: Registers,
    reader: str,
    row: str,
    text: str,
    details: str | None,
    starts: str,
    ends: str,
    *moments: datetime | None,
) -> OnRecord:
    code, url, read_at = known.get(reader, (reader, "", ""))
    seen, gone, held = (format_instant(moment) if moment else None for moment in moments)
    return OnRecord(
        subject=decode_subject(text),
        register=code,
        since=seen or "",
        url=url,
        gone=gone,
        row=row,
        read_at=read_at,
        held=held,
        details=decode_details(details),
        starts=starts,
        ends=ends,
    )


ENTITY, ITEM = msgspec.json.Decoder(Entity), msgspec.json.Decoder(Item)


def decode_subject(text: str) -> Entity | Item:
    """Decode a subject from stored JSON. It has no tag: one with a `kind` is an entity."""
    try:
        return ENTITY.decode(text)
    except msgspec.ValidationError:
        return ITEM.decode(text)


def keep_former_names(session: Session, rows: Iterable[Any]) -> dict[int, str]:
    """Save with register rows, each a number and a subject, the names that changes took from
    them; return the subjects.
    """
    known: dict[int, str] = dict(rows)
    altered: dict[int, dict[str, int]] = {}
    for number, row, change in select_by_values(session, AMENDED, known, "listed.id"):
        altered.setdefault(change, {})[row] = number
    former: dict[int, dict[str, str]] = {}
    for change, numbers in sorted(altered.items()):
        told = session.get_one(ChangeRow, change)
        for one in edition_from_json(told.fact).changes:
            if one.former and one.id in numbers:
                until = dict.fromkeys(one.former, format_instant(told.at))
                former.setdefault(numbers[one.id], {}).update(until)
    for number, names in former.items():
        subject = ENTITY.decode(known[number])
        gone = {name: until for name, until in names.items() if name not in subject.spellings}
        known[number] = to_json(subject.replace(former=gone)).decode()
        session.get_one(ListedRow, number).subject = known[number]
    return known


def add_former_names(
    session: Session, reader: str, changes: Sequence[RowChange]
) -> tuple[RowChange, ...]:
    """Add to changes of a register the names that its rows bore before: a supplier may be known by
    one.
    """
    named = select(ListedRow.row, ListedRow.subject).where(ListedRow.subject.contains('"former"'))
    rows = session.execute(named.where(ListedRow.reader == reader, ListedRow.gone.is_(None)))
    former = {row: ENTITY.decode(text).former for row, text in rows}
    return tuple(
        change.replace(entity=change.entity.replace(former=former[change.id]))
        if change.entity and change.id in former
        else change
        for change in changes
    )


def hold_again(session: Session) -> None:
    """Record a large baseline without messages: the whole watch list must be compared with it."""
    session.execute(delete(ScreenedRow))


def load_screened(session: Session) -> dict[str, str]:
    """List each entry compared with all history, and the result."""
    return {row.key: row.digest for row in session.list_rows(ScreenedRow)}


def record_look_back(
    session: Session,
    digests: Mapping[str, str],
    result: ScreeningResult | None,
    since: tuple[object, ...],
    now: datetime,
) -> None:
    """Save a comparison of the list with all history; enqueue messages on new matches. If the stamp
    differs from `since`, a baseline may have come too late: all is compared again.
    """
    session.execute(delete(ScreenedRow))
    if read_watch_stamp(session) == since:
        session.add_all(ScreenedRow(key=key, digest=digest) for key, digest in digests.items())
    tell_touches(session, result, now)


def tell_touches(session: Session, result: ScreeningResult | None, now: datetime) -> None:
    """Enqueue messages on matches with unreported history, unless an earlier one had them."""
    result = _drop_said(session, result) if result else None
    if result is None or not (result.sure or result.possible):
        return
    row = ChangeRow(
        at=now,
        kind=ChangeKind.WATCH,
        key="watch",
        source=MONITOR,
        fact=to_json(result).decode(),
        touches=result,
    )
    change = session.keep(row)
    owing.enqueue_watch_change(session, change, now)


def _drop_said(session: Session, result: ScreeningResult) -> ScreeningResult:
    """Return only what no earlier look-back had."""
    earlier = session.list_values(ChangeRow.touches, kind=ChangeKind.WATCH)
    told = {(hit.key, hit.subject) for told in earlier for hit in told.found}
    return replace(
        result, found=tuple(hit for hit in result.found if (hit.key, hit.subject) not in told)
    )


# Detects changes of the stored watch list: queried in each pass through the driver, which is many
# times as fast.

KNOWN = "SELECT EXISTS (SELECT 1 FROM watched) OR EXISTS (SELECT 1 FROM screened)"
STAMP = """
SELECT
    (SELECT count(*) FROM watched),
    (SELECT max(added_at) FROM watched),
    (SELECT sum(length(entry)) FROM watched),
    (SELECT max(id) FROM dismissal),
    (SELECT count(withdrawn_at) FROM dismissal),
    (SELECT count(*) FROM register),
    (SELECT count(first_ok) FROM source)
"""


def is_known(session: Session) -> bool:
    """Return whether the store has a watch list."""
    return bool(_run_query(session, KNOWN)[0])


def read_watch_stamp(session: Session) -> tuple[object, ...]:
    """Return a stamp that changes with the stored list, its dismissals, and baselines to compare
    with it.
    """
    return _run_query(session, STAMP)


def _run_query(session: Session, query: str) -> tuple[object, ...]:
    session.flush()  # SQLAlchemy does this only for statements that it knows
    return tuple(session.connection().exec_driver_sql(query).one())
