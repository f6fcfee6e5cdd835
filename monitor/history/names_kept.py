"""What a `History` can be asked of all names on record, so that nobody need read all who asks for a few."""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, func, select

from monitor.errors import NamesUnread
from monitor.history import naming as index
from monitor.history import segments, tables, watched
from monitor.history.places import KIND, OF_ACT, ROW, Naming, of_act, rules_of
from monitor.history.spoken import with_numbers
from monitor.history.tables import ChangeRow
from monitor.history.transactions import Transactions
from monitor.history.watched import OnRecord
from monitor.model import Announcement, Entity, Item
from monitor.watch import packed, packs
from monitor.watch.packed import Bodies, Segment
from monitor.watch.packs import Batch

PORTION = 500  # names that are indexed in one transaction
BLOCK = 4_096  # rows, or changes, that are not in the index yet and are read together
OPENED = 50  # segments
MANY = 1_000_000_000  # names, more than a block has
OWN = (1 << KIND) - 1
STATE = """
SELECT
    rules,
    EXISTS (SELECT 1 FROM change WHERE id > naming.change)
        OR EXISTS (SELECT 1 FROM listed WHERE id > naming."row")
        OR EXISTS (SELECT 1 FROM renamed)
        OR EXISTS (SELECT 1 FROM segment WHERE state <> 'live') AS waits
FROM naming
"""  # of the index, and whether anything is to be done; in the words of the driver, since it is asked time and again
UNREAD = (
    "names are made ready to be searched, those of {:,} records are left, and nothing is said of any before: ask again in a"
    " moment; where `monitor run` or `monitor poll` keeps an index of them, nobody waits"
)


class NamesKept(Transactions):
    """The index of names of a history, and who is called so."""

    blocks_waited_for: int | None = None  # who asks for a name waits while no more is made ready than that; None: for all of it

    def __init__(self, *args: Any, **options: Any) -> None:
        self._opened: dict[int, Segment] = {}  # before it is opened, for it is closed where it can't be
        self._missing, self._gone = Missing(), Gone()
        self._asking: Session | None = None
        self._bodies: Bodies | None = None
        super().__init__(*args, **options)

    def close(self) -> None:
        self._missing.close()
        self._gone.close()
        super().close()

    def names_lag(self, edition: str) -> bool:
        """Whether the index of names, whose rules are those of this edition, is not as it should be."""
        with self._transaction() as session:
            state = session.connection().exec_driver_sql(STATE).one_or_none()
            return state is None or not state.rules.startswith(f"{edition} ") or bool(state.waits)

    def keep_names(self, naming: Naming, most: int = PORTION) -> bool:
        """Carry the index of names on by a portion; whether that is all."""
        with self._asked() as session:
            return index.keep(session, naming, most, self._opened_once)

    def names_ahead(self, naming: Naming) -> bool:
        """Make some names ready that are not in the index yet, for whoever asks next; whether any are left."""
        with self._asked() as session:
            return self._missing.ahead(session, naming, self._usable(session, naming))

    @contextmanager
    def names(self, naming: Naming) -> Iterator["NamesOnRecord"]:
        """All names on record as they stand now, to be searched in the block; until its end nothing else can be asked.

        Raises:
            NamesUnread: more is to be made ready for it than is waited for.
        """
        with self._asked() as session:
            known = session.info.get(naming.rules)
            if known is None:
                known = session.info[naming.rules] = self._segments(session, naming), watched.registers_read(session)
            yield NamesOnRecord(session, naming, *known)

    @contextmanager
    def names_standing(self, naming: Naming) -> Iterator["NamesOnRecord"]:
        """The same without the rows that are gone from their registers."""
        with self._asked() as session:
            segments = [*self._segments(session, naming), *self._gone.segments(session, naming)]
            yield NamesOnRecord(session, naming, segments, watched.registers_read(session))

    def _segments(self, session: Session, naming: Naming) -> list[Segment]:
        state = self._usable(session, naming)
        kept = [self._opened_once(row) for row in segments.live(session)] if state else []
        return [*kept, *self._missing.segments(session, naming, state, self.blocks_waited_for)]

    def _usable(self, session: Session, naming: Naming) -> "tables.NamingRow | None":
        """How far the index reaches; None where it is of other rules."""
        state = session.get(tables.NamingRow, 1)
        return state if state is not None and state.rules == rules_of(naming) else None

    @contextmanager
    def _asked(self) -> Iterator[Session]:
        """A transaction in which packs are read."""
        with self._transaction() as session:
            before, self._asking = self._asking, session
            try:
                yield session
            finally:
                self._asking = before

    def _opened_once(self, row: "tables.SegmentRow") -> Segment:
        """A segment that is kept. One never changes, so what is known of its packs holds for as long as it is there."""
        assert self._asking is not None
        if len(self._opened) > OPENED:
            self._opened.clear()  # most of them are gone by then
        number = row.id or 0
        if number not in self._opened:
            self._bodies = self._bodies or packed.Bodies(self._read)
            entries = segments.directory(self._asking, number)
            self._opened[number] = packed.segment(packs.Counts(row.subjects, row.names), entries, self._bodies)
        return self._opened[number]

    def _read(self, ids: Sequence[int]) -> Mapping[int, bytes]:
        assert self._asking is not None, "the names are asked for outside of their block"
        return segments.bodies(self._asking, ids)

    def rows_called(self, row: str) -> list[OnRecord]:
        """The records of registers that have this id."""
        with self._transaction() as session:
            return watched.rows_called(session, row)

    def walk_subjects(self, titles: Callable[[Announcement], Iterable[OnRecord]]) -> Iterator[Entity | Item]:
        """Whom and what is on record, one after the other, acts last of which not all is understood, by their titles.

        Until the end of the walk nothing else can be asked.
        """
        with self._transaction() as session:
            yield from watched.subjects(session)
            for act in watched.acts_in_order(session):
                yield from (record.subject for record in titles(act)) if act.understood != "full" else ()


class NamesOnRecord:
    """What is on record by place, for as long as the transaction lasts."""

    def __init__(self, session: Session, naming: Naming, segments: Sequence[Segment], registers: watched.Registers) -> None:
        self._session = session
        self._naming = naming
        self._registers = registers
        self.segments = segments

    def records(self, places: Iterable[int]) -> dict[int, OnRecord]:
        """What is on record there, in the order in which they are given."""
        wanted = list(places)
        rows = {known_at: known_at & OWN for known_at in wanted if known_at >> KIND == ROW}
        firsts = {known_at: (known_at & OWN) >> OF_ACT for known_at in wanted if known_at not in rows}
        of_acts = self._of_acts(set(firsts.values()))
        of_rows = watched.rows_on_record(self._session, self._registers, rows.values())
        found = of_acts | {known_at: of_rows[number] for known_at, number in rows.items()}
        return {known_at: found[known_at] for known_at in wanted}

    def subjects(self, places: Iterable[int]) -> dict[int, watched.Placed]:
        """Who or what is there, and on which register, where there are many of them and nobody needs to know more."""
        wanted = list(places)
        rows = {known_at: known_at & OWN for known_at in wanted if known_at >> KIND == ROW}
        of_rows = watched.rows_subjects(self._session, self._registers, rows.values())
        others = self.records(known_at for known_at in wanted if known_at not in rows)
        of_acts = {known_at: (record.subject, record.register) for known_at, record in others.items()}
        return of_acts | {known_at: of_rows[number] for known_at, number in rows.items()}

    def _of_acts(self, firsts: set[int]) -> dict[int, OnRecord]:
        """Whatever these acts name, by place."""
        if not firsts:
            return {}
        keys = {row[0]: row[1] for row in with_numbers(self._session, "SELECT id, key FROM change", firsts)}
        acts = index.acts_now(self._session, keys.values())
        return {known_at: record for first, key in keys.items() for known_at, record in of_act(self._naming, first, acts[key])}


@dataclass(frozen=True, slots=True)
class ActBlock:
    """The names of acts of the changes after `since`, up to `until`."""

    since: int
    until: int


@dataclass(frozen=True, slots=True)
class RowBlock:
    """The names of the rows of registers after `since`, up to `until`."""

    since: int
    until: int


@dataclass(frozen=True, slots=True)
class RenamedBlock:
    """Those that have another name than the index has, by kind and key."""

    renamed: tuple[tuple[str, str], ...]


Block = ActBlock | RowBlock | RenamedBlock


class Aside:
    """Segments that nobody else sees: in a file of ours that goes with us. They hold for one state of what is on record."""

    def __init__(self) -> None:
        self._known: object = None
        self._made: dict[Block, Segment] = {}
        self._file: Any = None
        self._places: list[tuple[int, int]] = []
        self._bodies: Bodies | None = None

    def close(self) -> None:
        """Let go of all of it."""
        if self._file is not None:
            self._file.close()
        self._known, self._made, self._file, self._places, self._bodies = None, {}, None, [], None

    def _latest(self, session: Session, naming: Naming) -> list[int]:
        """The last change and the last row; what was made when things stood otherwise is let go of."""
        last = [session.exec(select(func.max(column))).one() or 0 for column in (ChangeRow.id, tables.ListedRow.id)]
        registers = session.exec(select(func.count(), func.max(tables.RegisterRow.read_at))).one()
        if (naming.rules, last, registers) != self._known:
            self.close()
            self._known = naming.rules, last, registers
        return last

    def _put(self, batch: Batch) -> Segment:
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it is ours for long
        entries = []
        for pack in batch.packs():
            place = self._file.seek(0, os.SEEK_END)
            self._file.write(pack.body)
            self._places.append((place, len(pack.body)))
            entries.append(packed.PackEntry(len(self._places) - 1, *pack[:5]))
        self._file.flush()
        self._bodies = self._bodies or packed.Bodies(self._read)
        return packed.segment(batch.counts, entries, self._bodies)

    def _read(self, ids: Sequence[int]) -> Mapping[int, bytes]:
        return {number: os.pread(self._file.fileno(), self._places[number][1], self._places[number][0]) for number in ids}


class Gone(Aside):
    """What takes back of an index the rows that are gone from their registers."""

    _all: list[Segment] | None = None

    def close(self) -> None:
        super().close()
        self._all = None

    def segments(self, session: Session, naming: Naming) -> list[Segment]:
        """The segments that an index needs to be one of what stands."""
        self._latest(session, naming)
        if self._all is None:
            self._all = list(map(self._put, index.gone_rows(session, naming, BLOCK)))
        return self._all


class Missing(Aside):
    """What is not in the index yet. There is little of it but where an index was never made, or was made by other rules."""

    def segments(self, session: Session, naming: Naming, state: "tables.NamingRow | None", most: int | None) -> list[Segment]:
        """The segments that the index needs to be whole.

        Raises:
            NamesUnread: more than so many are still to be made.
        """
        wanted, renamed = self._wanted(session, naming, state)
        left = [block for block in wanted if block not in self._made]
        if most is not None and len(left) > most:
            raise NamesUnread(
                UNREAD.format(sum(block.until - block.since for block in left if not isinstance(block, RenamedBlock)))
            )
        made = {block: self._made.get(block) or self._make(session, naming, block, renamed) for block in wanted}
        self._made = made
        return list(made.values())

    def ahead(self, session: Session, naming: Naming, state: "tables.NamingRow | None") -> bool:
        """Make one of them; whether any are left."""
        wanted, renamed = self._wanted(session, naming, state)
        left = [block for block in wanted if block not in self._made]
        for block in left[:1]:
            self._made[block] = self._make(session, naming, block, renamed)
        return len(left) > 1

    def _wanted(
        self, session: Session, naming: Naming, state: "tables.NamingRow | None"
    ) -> tuple[list[Block], "Sequence[tables.RenamedRow]"]:
        """What each of the segments is to be made of, and what has another name than the index has."""
        reached, last = (state.change, state.row) if state else (0, 0), self._latest(session, naming)
        wanted: list[Block] = [
            *(ActBlock(since, until) for since, until in _blocks(reached[0], last[0], BLOCK // 4)),  # an act names several
            *(RowBlock(since, until) for since, until in _blocks(reached[1], last[1], BLOCK)),
        ]
        renamed = _renamed(session) if state else []
        if renamed:
            wanted.append(RenamedBlock(tuple((row.kind, row.about) for row in renamed)))
        return wanted, renamed

    def _make(self, session: Session, naming: Naming, block: Block, renamed: "Sequence[tables.RenamedRow]") -> Segment:
        batch = packs.Batch()
        match block:
            case RenamedBlock():
                index.enter_renamed(session, naming, batch, renamed)
            case ActBlock(since, until):
                index.enter_acts(session, naming, batch, since, MANY, until)
            case RowBlock(since, until):
                index.enter_rows(session, naming, batch, since, MANY, until)
        return self._put(batch)


def _renamed(session: Session) -> "list[tables.RenamedRow]":
    row = tables.RenamedRow
    return list(session.exec(select(row).order_by(row.kind, row.about)).all())


def _blocks(since: int, until: int, size: int) -> Iterator[tuple[int, int]]:
    """What came since, up to then, in blocks that are the same whoever asks when."""
    while since < until:
        end = min((since // size + 1) * size, until)
        yield since, end
        since = end
