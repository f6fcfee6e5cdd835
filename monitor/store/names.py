"""The names on record in plain tables, written in the same transaction as the act or row.

Each subject has a *place*, which gives one order to all. Subjects of acts come first, in the order
of their first sight. Then come register rows, then titles of acts with unread lists. The number of
a name is its subject's place with its own number there. In the tables of keys it also has its shape
(`monitor.names.candidates`).

The tables state the rules that made them. If these differ or are missing, the tables are rebuilt
before the next answer, a portion in each transaction (`make_some`): in between, others write. A
recording process leaves that work to the next answer.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Row, case, func, select

from monitor.model import Announcement, Entity, Item
from monitor.names.candidates import (
    Candidates,
    Spelling,
    hash_keys,
    make_name_marks,
    make_name_number,
)
from monitor.store import watched
from monitor.store.acts import READ, decode_act
from monitor.store.columns import chunk_values
from monitor.store.dialect import (
    delete_tuples,
    insert_tuples,
    query_driver,
    select_by_values,
    translate_query,
)
from monitor.store.session import Session
from monitor.store.tables import (
    ActRow,
    ChangeRow,
    ListedRow,
    NamingRow,
    RegisterRow,
    SubjectKeyRow,
)
from monitor.store.watched import OnRecord, Registers, decode_subject
from monitor.watch import goods
from monitor.watch.entries import Product
from monitor.watch.marks import Marks, make_goods_mark, make_number_mark, make_subject_marks
from monitor.watch.match import Listings
from monitor.watch.parties import Names, Owners, make_subject_names
from monitor.watch.rules import hash_rules

ACT, ROW, TITLE = range(3)  # kinds of places
KIND = 45  # bits behind the kind of a place
OF_ACT = 19  # bits behind the first change of an act: one act names fewer
SPELLINGS = 11  # bits: of one subject so many names have a number
MOST = 500  # the most register records to index at once; more would block all others for seconds
FEW = 50  # acts that are read together
TABLES = ("name", "name_key", "name_word", "subject_key")
OF_AN_ACT = "named by an act"  # a key by which the subjects are counted that acts name
LOWEST = -(1 << 31)  # a key has a sign, and fits into four bytes

# acts and register rows of one portion: for a second or two no other process writes
PORTION = 1_000


def make_place(kind: int, owner: int) -> int:
    """Return the place of a row by its number, or of an act's subject by the act's first change and
    its index.
    """
    return kind << KIND | owner


class ActKnown(NamedTuple):
    """An act as it is known, and the subjects that edits of its page took away."""

    act: Announcement
    lost: Sequence[OnRecord] = ()


def list_names_of_act(first: int, known: ActKnown) -> Iterator[tuple[int, OnRecord]]:
    """Iterate over an act's subjects by place; `first` is the change that first had it."""
    for kind, records in (
        (ACT, watched.iterate_subjects_of_act(known.act, known.lost)),
        (TITLE, watched.make_title_on_record(known.act)),
    ):
        yield from (
            (make_place(kind, first << OF_ACT | number), record)
            for number, record in enumerate(records)
        )


def keep_act(session: Session, key: str) -> None:
    """Update the names of a recorded act."""
    if (
        not prepare_tables(session, acts=1)
        or (first := load_first_changes(session, [key]).get(key)) is None
    ):
        return
    own = (make_place(kind, first << OF_ACT) for kind in (ACT, TITLE))
    _take_out(session, [(begin, begin + (1 << OF_ACT)) for begin in own])
    _write_names(session, _make_marks_of_act(first, load_acts_now(session, [key])[key]))


def keep_rows(session: Session, reader: str, names: Collection[str]) -> None:
    """Index register records that are new or have changed."""
    if not names or not prepare_tables(session, acts=0):
        return
    for some in chunk_values(sorted(names)):
        standing = (ListedRow.reader == reader, ListedRow.gone.is_(None), ListedRow.row.in_(some))
        rows = session.execute(select(ListedRow.id, ListedRow.subject).where(*standing)).all()
        if len(names) > MOST:
            mark_rows_lacking(session, min(number for number, _ in rows))
        else:
            known = watched.keep_former_names(session, rows)
            _replace_names(session, _make_marks_of_rows(known))


def _make_marks_of_rows(rows: Mapping[int, str]) -> dict[int, Marks]:
    return {
        make_place(ROW, number): make_subject_marks(decode_subject(text))
        for number, text in rows.items()
    }


def _make_marks_of_act(first: int, known: ActKnown) -> dict[int, Marks]:
    return {
        place: make_subject_marks(record.subject)
        for place, record in list_names_of_act(first, known)
    }


def make_some(session: Session, most: int = PORTION) -> int:
    """Make some of the names ready: up to about so many acts and rows; a rebuild empties the tables
    first. Return how much is left.
    """
    state = session.get(NamingRow, 1)
    if state is None or state.rules != hash_name_rules() or (state.change, state.row) == (0, 0):
        for table in TABLES:
            session.connection().exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 - these are ours
        state = session.merge(
            NamingRow(one=1, rules=hash_name_rules(), whole=False, change=0, row=0)
        )
    changes = session.execute(
        select(ChangeRow.id, ChangeRow.key)
        .where(ChangeRow.id > state.change)
        .order_by(ChangeRow.id)
        .limit(most)
    ).all()
    query = select(ListedRow.id, ListedRow.subject).where(ListedRow.id > state.row)
    rows = watched.keep_former_names(
        session, session.execute(query.order_by(ListedRow.id).limit(most)).all()
    )
    _replace_names(session, _make_marks_of_acts(session, changes) | _make_marks_of_rows(rows))
    state.change = changes[-1][0] if changes else state.change
    state.row = max(rows, default=state.row)
    left = count_left(session, state.change, state.row)
    state.whole = not left
    return left


def _make_marks_of_acts(session: Session, changes: Sequence[Row[int, str]]) -> dict[int, Marks]:
    """Compute the keys of the subjects of acts that these changes had first, by place."""
    made: dict[int, Marks] = {}
    for some in (changes[begins : begins + FEW] for begins in range(0, len(changes), FEW)):
        firsts = load_first_changes(session, [key for _, key in some])
        seen = {key: number for number, key in some if firsts.get(key) == number}
        for key, known in load_acts_now(session, seen).items():
            made |= _make_marks_of_act(seen[key], known)
    return made


def load_first_changes(session: Session, keys: Iterable[str]) -> dict[str, int]:
    """Map each of these acts to the change that first had it."""
    firsts: dict[str, int] = {}
    # No condition: by key few are found, and by kind all, which SQLite would walk.
    read = func.min(case((ChangeRow.kind.in_(READ), ChangeRow.id)))
    first = select(ChangeRow.key, read).group_by(ChangeRow.key)
    for some in chunk_values(dict.fromkeys(keys)):
        seen = session.execute(first.where(ChangeRow.key.in_(some)))
        firsts |= {key: number for key, number in seen if number is not None}
    return firsts


def load_acts_now(session: Session, keys: Collection[str]) -> dict[str, ActKnown]:
    """These acts as they are known."""
    lost = watched.load_lost(session, keys)
    facts = select_by_values(session, 'SELECT "key", fact FROM act', keys, '"key"')
    return {key: ActKnown(decode_act(fact), lost.get(key, [])) for key, fact in facts}


def _replace_names(session: Session, made: Mapping[int, Marks]) -> None:
    """Give these places exactly these names."""
    _take_out(session, [(place, place + 1) for place in made])
    _write_names(session, made)


def _write_names(session: Session, made: Mapping[int, Marks]) -> None:
    names, keys, words, others = [], list[tuple[int, int]](), set[str](), list[tuple[int, int]]()
    for known_at, subject in made.items():
        for spelling, name in enumerate(subject.names[: 1 << SPELLINGS]):
            number = known_at << SPELLINGS | spelling
            names.append((number, name.text, name.role, bool(name.shape & 1)))
            keys += [(key + LOWEST, make_name_number(number, name.shape)) for key in name.keys]
            words |= name.words
        keys_of_it = (
            subject.others | hash_keys([OF_AN_ACT]) if known_at >> KIND != ROW else subject.others
        )
        others += [(key + LOWEST, known_at) for key in keys_of_it]
    insert_tuples(session, "name", ("number", "text", "role", "person"), names)
    insert_tuples(session, "name_key", ("key", "number"), sorted(keys))
    insert_tuples(
        session, "name_word", ("word", "backwards"), [(word, word[::-1]) for word in sorted(words)]
    )
    insert_tuples(session, "subject_key", ("key", "place"), sorted(others))


OF_PLACES = "SELECT number, text, person FROM name WHERE number >= ? AND number < ?"


def _take_out(session: Session, places: Sequence[tuple[int, int]]) -> None:
    """Let these ranges of places have no names. By the same rules a name has the keys that it
    had.
    """
    query = translate_query(session, OF_PLACES)
    asked = [(query, (first << SPELLINGS, after << SPELLINGS)) for first, after in places]
    gone = query_driver(session.connection(), asked)
    keys: list[tuple[int, int]] = []
    for number, text, person in gone:
        name = make_name_marks(text, person=bool(person))
        keys += [(key + LOWEST, make_name_number(number, name.shape)) for key in name.keys]
    delete_tuples(session, "name_key", ("key =", "number ="), keys)
    delete_tuples(session, "name", ("number =",), [(number,) for number, *_ in gone])
    delete_tuples(session, "subject_key", ("place >=", "place <"), places)


# The rules that made the tables of names, and the tables' gaps.

HERE = Path(__file__)


@cache
def hash_name_rules() -> str:
    """Return a stamp of the rules: how names are parsed, and how places are numbered."""
    return hash_rules(HERE.with_name("names.py"), HERE.with_name("watched.py")).hex()


def count_lag(session: Session) -> int:
    """Count the changes and rows missing from the tables; 0 if complete."""
    state = session.get(NamingRow, 1)
    if state is None or state.rules != hash_name_rules():
        return count_left(session, 0, 0)
    return 0 if state.whole else count_left(session, state.change, state.row)


def prepare_tables(session: Session, *, acts: int) -> bool:
    """Begin the tables of names in a new store, or mark those of other rules as incomplete; return
    whether to write names. A new store has at most this many acts, and no register.
    """
    state = session.get(NamingRow, 1)
    if state is None:
        others = session.list_values(ActRow.key, limit=acts + 1)
        if len(others) > acts or session.has(RegisterRow):
            return False
        state = NamingRow(one=1, rules=hash_name_rules(), whole=True)
        session.add(state)
    if state.rules != hash_name_rules():
        state.whole, state.change, state.row = False, 0, 0
        return False
    return True


def mark_rows_lacking(session: Session, first: int) -> None:
    """Mark the tables as incomplete from this register row on."""
    state = session.get_one(NamingRow, 1)
    if state.whole:
        last = session.find_greatest(ChangeRow.id) or 0
        state.whole, state.change, state.row = False, last, first - 1
    state.row = min(state.row, first - 1)


def count_left(session: Session, change: int, row: int) -> int:
    """Count the changes and rows after these."""
    return sum(
        max((session.find_greatest(column) or 0) - since, 0)
        for column, since in ((ChangeRow.id, change), (ListedRow.id, row))
    )


# All names on record, searched in their tables: only a few are loaded into memory.

OWN = (1 << KIND) - 1
ROOM = 2_500  # records cached for the next name
BEGINNING = "SELECT word FROM name_word WHERE word >= ? AND word < ?"
ENDING = "SELECT word FROM name_word WHERE backwards >= ? AND backwards < ?"


class NamesOnRecord(Listings):
    """All subjects on record by place, for the length of the transaction."""

    def __init__(self, session: Session, registers: Registers) -> None:
        self._session = session
        self._registers = registers
        self._records: dict[int, OnRecord] = {}
        self.names = _Owners(self, NameTables(session))

    def subject(self, place: int) -> Entity | Item:
        return self.records([place])[place].subject

    def register(self, place: int) -> str | None:
        return self.records([place])[place].register

    def items_like(self, product: Product) -> Iterator[int]:
        places = sorted(self.under(*map(make_goods_mark, goods.make_keys_of_goods(product))))
        self.records(places)
        yield from places

    def under(self, *keys: str) -> set[int]:
        """The places that have one of these keys, none of which is a name's."""
        asked = (key + LOWEST for key in hash_keys(keys))
        return {
            place
            for (place,) in select_by_values(
                self._session, "SELECT place FROM subject_key", asked, "key"
            )
        }

    def records(self, places: Iterable[int]) -> dict[int, OnRecord]:
        """Load the subjects at these places, in the given order."""
        wanted = list(places)
        missing = [place for place in wanted if place not in self._records]
        if len(self._records) + len(missing) > ROOM:
            self._records, missing = {}, wanted
        rows = {place: place & OWN for place in missing if place >> KIND == ROW}
        of_rows = (
            watched.load_records_by_number(self._session, self._registers, rows.values())
            if rows
            else {}
        )
        firsts = {(place & OWN) >> OF_ACT for place in missing if place not in rows}
        self._records |= self._of_acts(firsts) | {
            place: of_rows[number] for place, number in rows.items()
        }
        return {place: self._records[place] for place in wanted}

    def _of_acts(self, firsts: set[int]) -> dict[int, OnRecord]:
        """Load all subjects of these acts, by place."""
        if not firsts:
            return {}
        keys = {
            row[0]: row[1]
            for row in select_by_values(self._session, "SELECT id, key FROM change", firsts)
        }
        acts = load_acts_now(self._session, keys.values())
        return {
            place: record
            for first, key in keys.items()
            for place, record in list_names_of_act(first, acts[key])
        }

    def spellings(self, numbers: Sequence[int]) -> list[Spelling]:
        """The names of these numbers, in that order."""
        rows = select_by_values(
            self._session, "SELECT number, text, role, person FROM name", numbers, "number"
        )
        found = {
            number: Spelling(number >> SPELLINGS, text, role, bool(person))
            for number, text, role, person in rows
        }
        return [found[number] for number in numbers]


@dataclass
class NameTables(Candidates):
    """The names in the tables."""

    session: Session

    def having(self, keys: Collection[int]) -> Mapping[int, Sequence[int]]:
        found: dict[int, list[int]] = {}
        asked = [key + LOWEST for key in keys]
        for key, number in select_by_values(
            self.session, "SELECT key, number FROM name_key", asked, "key"
        ):
            found.setdefault(key - LOWEST, []).append(number)
        return found

    def words_like(self, ends: Collection[tuple[str, str]]) -> Collection[str]:
        asked = [(BEGINNING, begin) for begin in {begin for begin, _ in ends}]
        asked += [(ENDING, end[::-1]) for end in {end for _, end in ends}]
        ranges = [
            (translate_query(self.session, query), (first, _make_upper_bound(first)))
            for query, first in asked
        ]
        return {word for (word,) in query_driver(self.session.connection(), ranges)}


def _make_upper_bound(beginning: str) -> str:
    """Return the first word after all words with this prefix."""
    return beginning[:-1] + chr(ord(beginning[-1]) + 1)


@dataclass
class _Owners(Owners):
    kept: NamesOnRecord
    index: NameTables

    def spellings(self, numbers: Sequence[int]) -> Sequence[Spelling]:
        return self.kept.spellings(numbers)

    def about(self, owner: int) -> Names:
        return make_subject_names(self.kept.subject(owner))

    def under(self, mark: str) -> Sequence[int]:
        """Find those with this number; two numbers can share a key."""
        places = sorted(self.kept.under(make_number_mark(mark)))
        return [
            place
            for place in places
            if isinstance(self.kept.subject(place), Entity) and mark in self.about(place).ids
        ]

    def owned_under(self, mark: str) -> Sequence[int]:  # noqa: ARG002 - who owns an entity is nothing that a list says by a number
        return ()


def open_names_on_record(session: Session) -> NamesOnRecord:
    """Open all names on record, searchable for the length of the transaction."""
    return NamesOnRecord(session, watched.load_registers_read(session))


def count(session: Session, *, standing: bool = False) -> int:
    """Count the subjects on record; or those of present listings, without titles."""
    (key,) = hash_keys([OF_AN_ACT])
    rows, of_acts = (
        ([ListedRow.gone.is_(None)], [SubjectKeyRow.place < make_place(ROW, 0)])
        if standing
        else ([], [])
    )
    return session.count(ListedRow, *rows) + session.count(
        SubjectKeyRow, *of_acts, key=key + LOWEST
    )
