"""All names on record, searched without having them in memory: they and their keys lie in tables, and only a few are read.

What is found is what `AllListed` finds in all of it: candidates are looked for by the same keys in the same way
(`monitor.names.candidates`), held against what is asked by the same rules, and are in the same order.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sqlmodel import Session, col, func, select

from monitor.model import Entity, Item
from monitor.names.candidates import Candidates, Spelling, hash_keys
from monitor.store import names, watched
from monitor.store.dialect import query_driver, select_by_values, translate_query
from monitor.store.names import KIND, LOWEST, OF_ACT, ROW, SPELLINGS
from monitor.store.tables import ListedRow, NameRow, SubjectKeyRow
from monitor.store.watched import OnRecord, Registers
from monitor.watch import goods
from monitor.watch.entries import Product
from monitor.watch.match import Listings, make_goods_mark, make_number_mark
from monitor.watch.parties import Hit, Names, Owners, make_entity_names

OWN = (1 << KIND) - 1
ROOM = 2_500  # records that are kept for the next name
BEGINNING = "SELECT word FROM name_word WHERE word >= :first AND word < :after"
ENDING = "SELECT word FROM name_word WHERE backwards >= :first AND backwards < :after"


class NamesOnRecord(Listings):
    """What is on record by place, for as long as the transaction lasts."""

    def __init__(self, session: Session, registers: Registers) -> None:
        self._session = session
        self._registers = registers
        self._records: dict[int, OnRecord] = {}
        self._owners = _Owners(self, NameTables(session))

    def subject(self, place: int) -> Entity | Item:
        return self.records([place])[place].subject

    def register(self, place: int) -> str | None:
        return self.records([place])[place].register

    def entities_like(self, asked: Names, least: float) -> Iterator[tuple[int, Hit]]:
        return self._owners.hits(asked, least, listed=False)

    def items_like(self, product: Product) -> Iterator[int]:
        places = sorted(self.under(*map(make_goods_mark, goods.make_keys_of_goods(product))))
        self.records(places)
        yield from places

    def under(self, *keys: str) -> set[int]:
        """The places that have one of these keys, none of which is a name's."""
        asked = (key + LOWEST for key in hash_keys(keys))
        return {place for (place,) in select_by_values(self._session, "SELECT place FROM subject_key", asked, "key")}

    def records(self, places: Iterable[int]) -> dict[int, OnRecord]:
        """What is on record there, in the order in which they are given."""
        wanted = list(places)
        missing = [place for place in wanted if place not in self._records]
        if len(self._records) + len(missing) > ROOM:
            self._records, missing = {}, wanted
        self._records |= self._read(missing)
        return {place: self._records[place] for place in wanted}

    def _read(self, places: Collection[int]) -> dict[int, OnRecord]:
        rows = {place: place & OWN for place in places if place >> KIND == ROW}
        of_rows = watched.load_records_by_number(self._session, self._registers, rows.values()) if rows else {}
        firsts = {(place & OWN) >> OF_ACT for place in places if place not in rows}
        return self._of_acts(firsts) | {place: of_rows[number] for place, number in rows.items()}

    def _of_acts(self, firsts: set[int]) -> dict[int, OnRecord]:
        """Whatever these acts name, by place."""
        if not firsts:
            return {}
        keys = {row[0]: row[1] for row in select_by_values(self._session, "SELECT id, key FROM change", firsts)}
        acts = names.load_acts_now(self._session, keys.values())
        return {place: record for first, key in keys.items() for place, record in names.list_names_of_act(first, acts[key])}

    def spellings(self, numbers: Sequence[int]) -> list[Spelling]:
        """The names of these numbers, in that order."""
        rows = select_by_values(self._session, "SELECT number, text, role, person FROM name", numbers, "number")
        found = {number: Spelling(number >> SPELLINGS, text, role, bool(person)) for number, text, role, person in rows}
        return [found[number] for number in numbers]


class NameTables(Candidates):
    """The names in the tables."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __len__(self) -> int:
        return self._session.exec(select(func.count(col(NameRow.number)))).one()

    def having(self, keys: Collection[int]) -> Mapping[int, Sequence[int]]:
        found: dict[int, list[int]] = {}
        asked = [key + LOWEST for key in keys]
        for key, number in select_by_values(self._session, "SELECT key, number FROM name_key", asked, "key"):
            found.setdefault(key - LOWEST, []).append(number)
        return found

    def words_like(self, ends: Collection[tuple[str, str]]) -> Collection[str]:
        asked = [(BEGINNING, begin) for begin in {begin for begin, _ in ends}]
        asked += [(ENDING, end[::-1]) for end in {end for _, end in ends}]
        ranges = [
            (translate_query(self._session, query), {"first": first, "after": _make_upper_bound(first)}) for query, first in asked
        ]
        return {word for (word,) in query_driver(self._session.connection(), ranges)}


def _make_upper_bound(beginning: str) -> str:
    """What comes behind all words that begin so."""
    return beginning[:-1] + chr(ord(beginning[-1]) + 1)


class _Owners(Owners):
    def __init__(self, kept: NamesOnRecord, index: NameTables) -> None:
        self._kept, self.index = kept, index

    def spellings(self, numbers: Sequence[int]) -> Sequence[Spelling]:
        return self._kept.spellings(numbers)

    def about(self, owner: int) -> Names:
        subject = self._kept.subject(owner)
        assert isinstance(subject, Entity), "a name of goods"
        return make_entity_names(subject)

    def under(self, mark: str) -> Sequence[int]:
        """Of two numbers that are one key, those that have this one."""
        places = sorted(self._kept.under(make_number_mark(mark)))
        return [place for place in places if isinstance(self._kept.subject(place), Entity) and mark in self.about(place).ids]

    def owned_under(self, mark: str) -> Sequence[int]:  # noqa: ARG002 - who owns an entity is nothing that a list says by a number
        return ()


def open_names_on_record(session: Session) -> NamesOnRecord:
    """All names on record as they stand now, to be searched as long as the transaction lasts."""
    return NamesOnRecord(session, watched.load_registers_read(session))


def count(session: Session, *, standing: bool = False) -> int:
    """How many subjects are on record; of those that stand, titles aside, if so."""
    rows = select(func.count(col(ListedRow.id))).where(*([col(ListedRow.gone).is_(None)] if standing else []))
    (key,) = hash_keys([names.OF_AN_ACT])
    of_acts = select(func.count(col(SubjectKeyRow.place))).where(SubjectKeyRow.key == key + LOWEST)
    of_acts = of_acts.where(col(SubjectKeyRow.place) < names.make_place(ROW, 0)) if standing else of_acts
    return session.exec(rows).one() + session.exec(of_acts).one()
