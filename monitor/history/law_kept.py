"""What a `History` can be asked of the law that it keeps, so that nobody need read all acts who asks for a few.

Parts of measures are numbers until somebody asks for their lives: what these are is told from all acts of their knot.
"""

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from sqlalchemy import Select
from sqlalchemy import select as columns_of
from sqlmodel import Session, col, func, true

from monitor.errors import StoreError
from monitor.history import rules, spoken
from monitor.history.columns import parts
from monitor.history.tables import LawRow
from monitor.history.transactions import Transactions
from monitor.lazy import lazy

if TYPE_CHECKING:
    from monitor.history import law, sightings
    from monitor.history import law_asked as asked
    from monitor.timeline import Sighting
    from monitor.timeline.clues import Clue
    from monitor.timeline.values import Rank
else:
    asked = lazy("monitor.history.law_asked")
    law = lazy("monitor.history.law")
    sightings = lazy("monitor.history.sightings")

T = TypeVar("T")
DAY = timedelta(days=1)
BETWEEN = b"\n"  # words, none of which has it
THREES = 1 << 18  # places for marks
CURRENT = "law"  # of a session: it was seen that the law follows from all changes


class PartPlace(NamedTuple):
    """Where a part of a measure is found: in which knot, and as which of those of its rank."""

    knot: int
    rank: "Rank"
    number: int


class Words:
    """Words of acts in one text, which is looked through in a fraction of what a walk of as many rows takes.

    What has three bytes in a row that no word has is not even looked for.
    """

    def __init__(self, words: Iterable[tuple[str, int]]) -> None:
        self._text, self._laws = bytearray(), array("I")
        for word, law in words:
            self._text += word.encode() + BETWEEN
            self._laws.append(law)
        self._threes = bytearray(THREES)
        for three in set(_threes(self._text)):
            self._threes[_place(three)] = 1

    def holding(self, text: str) -> set[int]:
        """The numbers of the acts that have a word which holds this text, of a letter at least."""
        assert text, "there is no walking through all that hold nothing"
        asked, found = text.encode(), set[int]()
        if not all(self._threes[_place(three)] for three in _threes(asked)):
            return found
        seen, word, at = 0, 0, self._text.find(asked)
        while at >= 0:
            word += self._text.count(BETWEEN, seen, at)
            found.add(self._laws[word])
            seen, at = at, self._text.find(asked, self._text.index(BETWEEN, at))
        return found


def _threes(text: bytes | bytearray) -> Iterator[tuple[int, int, int]]:
    """Each three bytes in a row."""
    seen = memoryview(text)  # of which no copy is made
    return zip(seen, seen[1:], seen[2:], strict=False)


def _place(three: tuple[int, int, int]) -> int:
    """Where it is marked that three bytes stand in a row; others may be marked there as well."""
    return (three[0] << 11 ^ three[1] << 5 ^ three[2]) % THREES


@dataclass(frozen=True, slots=True)
class Oldest:
    """How many acts are on record, and the oldest days: on which one was published, and on which one was seen.

    `then`: how many were known by the end of the day that was asked for.
    """

    acts: int
    then: int
    published: date | None
    seen: date | None


class LawKept(Transactions):
    """The law that a history keeps."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._writes = not options.get("read_only")
        if self._writes:
            self._catch_up()

    def _catch_up(self) -> None:
        try:
            with self._law():
                """What an earlier version left behind has no law yet."""
        except StoreError:
            self.close()
            raise

    @contextmanager
    def _law(self) -> Iterator[Session]:
        """The law as it follows from all changes, also where whoever wrote last left it behind."""
        with self._transaction() as session:
            if not session.info.get(CURRENT):
                if not rules.is_current(session):
                    (law.keep if self._writes else law.shadow)(session)
                session.info[CURRENT] = True
            yield session

    def law_reaches(self) -> int:
        """The number of the last change that the law follows from."""
        with self._law() as session:
            return rules.latest(session)

    def knots_of(self, keys: Collection[str]) -> set[int]:
        """The knots of these acts, known or only named by others."""
        return self._listed(asked.KNOTS_OF, ({"keys": some} for some in parts(keys)))

    def knots_with(self, clue: "Clue", words: Collection[str]) -> set[int]:
        """The knots of acts that can be found by one of these words."""
        return self._listed(asked.KNOTS_WITH, ({"kind": clue, "words": some} for some in parts(words)))

    def knots_under(self, clue: "Clue", levels: str) -> set[int]:
        """The knots of acts that can be found by what begins with these levels."""
        behind = levels[:-1] + chr(ord(levels[-1]) + 1)
        return self._listed(asked.KNOTS_UNDER, [{"kind": clue, "first": levels, "behind": behind}])

    def knots_dated(self, since: date, until: date) -> set[int]:
        """The knots of acts in whose lives something changes between two days, or the day after."""
        first, last, after = since.isoformat(), until.isoformat(), (min(until, date.max - DAY) + DAY).isoformat()
        with self._law() as session:
            return set(session.execute(asked.knots_dated(first, last, after)).scalars())

    def knots(self) -> "array[int]":
        """All of them."""
        return self._numbers(columns_of(col(LawRow.knot)).distinct().order_by(col(LawRow.knot)))

    def keys_with(self, clue: "Clue", words: Collection[str]) -> set[str]:
        """The acts that can be found by one of these words, or could once."""
        return self._listed(asked.KEYS_WITH, ({"kind": clue, "words": some} for some in parts(words)))

    def keys_holding(self, clue: "Clue", text: str) -> set[str]:
        """The acts that can be found by a word which holds this text, or could once."""
        return self._listed(asked.keys_holding(text), [{"kind": clue}])

    def words_of(self, clue: "Clue") -> "Words":
        """All words by which acts can be found, or could once, for whoever looks through them often."""
        with self._law() as session:
            found = session.connection().execute(asked.words_of(clue).execution_options(yield_per=1_000))
            return Words((word, law) for word, law in found)

    def keys_numbered(self, laws: Collection[int]) -> set[str]:
        """The acts of these numbers."""
        return self._listed(asked.KEYS_NUMBERED, ({"laws": some} for some in parts(laws)))

    def keys_holding_year(self, year: int) -> set[str]:
        """The acts, known or only named by others, whose keys may be of a year."""
        return self._listed(asked.KEYS.where(col(LawRow.key).contains(f"-{year}-", autoescape=True)), [{}])

    def _listed(self, query: Select[T], wanted: Iterable[Mapping[str, Any]]) -> set[T]:
        """What a query finds with each of these values."""
        with self._law() as session:
            return {one for values in wanted for (one,) in spoken.rows(session, query, values)}

    def acts_from(self, authority: str, after: str, limit: int) -> "list[Sighting]":
        """Acts of an authority, or of all, in the order in which they were first seen, after the one of this key."""
        with self._law() as session:
            first = session.execute(columns_of(col(LawRow.first)).where(col(LawRow.key) == after)).scalar()
            of_it = col(LawRow.authority) == authority if authority else true()
            query = (
                columns_of(col(LawRow.key))
                .where(col(LawRow.first) > (first or 0), of_it)
                .order_by(col(LawRow.first))
                .limit(limit)
            )
            return sightings.of_keys(session, session.execute(query).scalars().all())

    def sightings_of(self, keys: Iterable[str]) -> "list[Sighting]":
        """These acts, as often as what is known of them changed, in the order in which they were first seen."""
        with self._transaction() as session:
            return sightings.of_keys(session, keys)

    def sightings_in(self, knots: Iterable[int]) -> "list[Sighting]":
        """The same of all acts of these knots."""
        with self._law() as session:
            return sightings.of_knots(session, knots)

    def act_keys(self) -> list[str]:
        """The keys of all acts that are known, in the order in which they were first seen."""
        with self._law() as session:
            query = columns_of(col(LawRow.key)).where(col(LawRow.first).is_not(None)).order_by(col(LawRow.first))
            return list(session.execute(query).scalars())

    def oldest(self, known_on: date | None) -> Oldest:
        """How far what is on record goes back, and how much of it was known on a day."""
        then = func.count(col(LawRow.known)).filter(col(LawRow.known) <= known_on.isoformat() if known_on else true())
        with self._law() as session:
            query = columns_of(func.count(), then, func.min(col(LawRow.published)), func.min(col(LawRow.seen)))
            acts, of_then, *days = session.execute(query.where(col(LawRow.first).is_not(None))).one()
            published, seen = (date.fromisoformat(day) if day else None for day in days)
            return Oldest(acts, of_then, published, seen)

    def places(self, part_numbers: Iterable[int]) -> list[PartPlace]:
        """Where parts are found, in the order of their numbers as given; one that is gone since is left out."""
        wanted = list(part_numbers)
        with self._law() as session:
            rows = [row for some in parts(wanted) for row in session.execute(asked.places(some))]
        known = {part: PartPlace(knot, _rank(*rank), number) for part, knot, *rank, number in rows}
        return [known[number] for number in wanted if number in known]

    def parts_of(self, act: str) -> "array[int]":
        """The parts of an act's measures."""
        return self._numbers(asked.parts_of(act))

    def knots_by_act(self, knots: Iterable[int]) -> dict[str, int]:
        """Of each act of these knots which of them it is part of."""
        with self._law() as session:
            return law.knots_by_act(session, knots)

    def parts_ranked(self, code: str = "") -> "array[int]":
        """The parts of all measures in the order of the law; of one register where that is said."""
        return self._numbers(asked.ranked(code))

    def parts_by_day(self, *, code: str = "", authority: str = "", day: date | None = None, source: str = "") -> "array[int]":
        """The parts on a register, of an authority, of what was published or changed on a day, or of the acts that a source
        brought, the oldest act first.
        """
        return self._numbers(asked.by_day(code, authority, day, source))

    def parts_standing(self, day: date, code: str = "") -> "array[int]":
        """The parts that have something of their own in force, by how they stood on a day; of a register also what has ended."""
        return self._numbers(asked.standing(day, code))

    def parts_newest(self, most: int) -> "array[int]":
        """The parts of their own that began last, the oldest of them first."""
        newest = self._numbers(asked.newest(most))
        newest.reverse()
        return newest

    def parts_of_their_own(self) -> int:
        """How many parts are more than a change of others."""
        return int(self._one(asked.of_their_own()))

    def parts_anywhere(self, day: date | None = None) -> int:
        """How many of these name no destination; as they stood on a day where that is said."""
        return int(self._one(asked.anywhere(day)))

    def first_day_on(self, code: str) -> date | None:
        """The first day of what is on a register."""
        first = self._one(asked.first_day_on(code))
        return date.fromisoformat(first) if first else None

    def registers_named(self) -> set[str]:
        """The registers that acts make."""
        with self._law() as session:
            return set(session.connection().execute(asked.registers_named()).scalars())

    def registers_made(self, day: date) -> dict[str, int]:
        """The same, and how many parts stood on each on a day."""
        made = self.registers_named()
        with self._law() as session:
            number: dict[str, int] = dict(session.connection().execute(asked.standing_by_register(day)).all())
            return {code: number.get(code, 0) for code in made}

    def _one(self, query: Select[Any]) -> Any:
        with self._law() as session:
            return session.execute(query).scalar_one()

    def _numbers(self, query: Select[Any]) -> "array[int]":
        with self._law() as session:
            rows = session.connection().execute(query.execution_options(yield_per=1_000))
            return array("q", (number for (number,) in rows))


def _rank(begins: str, told: str, key: str, measure: int) -> "Rank":
    return date.fromisoformat(begins), date.fromisoformat(told), key, measure
