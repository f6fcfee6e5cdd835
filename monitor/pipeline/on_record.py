"""All on record, to be searched by whoever screens a name or asks for one: by the index of names that a history keeps, or, where
somebody has all of it in memory, by a walk of that. Both find the same.
"""

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cache, cached_property
from pathlib import Path

from monitor.history import History, NamesOnRecord, Naming, OnRecord
from monitor.model import Announcement, Entity, Item
from monitor.pipeline import glossing, shelf
from monitor.pipeline.indexing import edition
from monitor.render import glossary
from monitor.watch import marks
from monitor.watch.marks import Marks
from monitor.watch.match import AllListed, Listings
from monitor.watch.packed_listings import PackedListings

ROOM = 2_500  # records that are kept for the next name
FEW = 50  # subjects of which most may be told of


class Searchable(ABC):
    """What is on record, while it is searched."""

    listings: Listings

    @abstractmethod
    def records(self, places: Sequence[int]) -> Mapping[int, OnRecord]:
        """What is on record at these places."""


class Records(ABC):
    """All on record: whom and what acts ever listed or controlled, and all that ever stood in a register."""

    @abstractmethod
    def __len__(self) -> int:
        """How many subjects that is."""

    @abstractmethod
    def open(self) -> AbstractContextManager[Searchable]:
        """All of it, to be searched in the block, in which nothing else is asked of the history."""

    @abstractmethod
    def called(self, row: str) -> Sequence[OnRecord]:
        """The records of registers that have this id."""

    @abstractmethod
    def glossed(self, text: str) -> frozenset[Hashable]:
        """The goods whose Chinese names our glossary tells by this word."""

    @abstractmethod
    def subjects(self) -> Iterator[Entity | Item]:
        """Whom and what, one after the other."""


class AllRecords(Records):
    """What somebody has in memory."""

    def __init__(self, records: Sequence[OnRecord]) -> None:
        self._records = records

    def __len__(self) -> int:
        return len(self._records)

    @contextmanager
    def open(self) -> Iterator[Searchable]:
        yield _InMemory(self._records)

    def called(self, row: str) -> Sequence[OnRecord]:
        return [record for record in self._records if record.row == row]

    def glossed(self, text: str) -> frozenset[Hashable]:
        return glossing.glossed(text, self.subjects())

    def subjects(self) -> Iterator[Entity | Item]:
        return (record.subject for record in self._records)


class _InMemory(Searchable):
    def __init__(self, records: Sequence[OnRecord]) -> None:
        self._records = records

    @cached_property
    def listings(self) -> Listings:  # type: ignore[override]  # made when it is first searched
        return AllListed([record.subject for record in self._records], [record.register for record in self._records])

    def records(self, places: Sequence[int]) -> Mapping[int, OnRecord]:
        return {place: self._records[place] for place in places}


class KeptRecords(Records):
    """What a history keeps, of which only that is read which may be meant; `standing`: without the rows that are gone."""

    def __init__(self, history: History, *, standing: bool = False) -> None:
        self._history = history
        self._names = history.names_standing if standing else history.names
        self._size: int | None = None

    def __len__(self) -> int:
        if self._size is None:
            with self._open():
                """It is known by then."""
        return self._size or 0

    def open(self) -> AbstractContextManager[Searchable]:
        return self._open()

    @contextmanager
    def _open(self) -> Iterator["_Kept"]:
        with self._names(naming()) as names:
            kept = _Kept(names)
            self._size = len(kept.listings)
            yield kept

    def called(self, row: str) -> Sequence[OnRecord]:
        return self._history.rows_called(row)

    def glossed(self, text: str) -> frozenset[Hashable]:
        with self._open() as kept:
            subjects = kept.subjects(kept.listings.under(glossing.key(text)))
            return glossing.glossed(text, subjects.values())

    def subjects(self) -> Iterator[Entity | Item]:
        return self._history.walk_subjects(unread)


class _Kept(Searchable):
    def __init__(self, names: NamesOnRecord) -> None:
        self._names = names
        self._records: dict[int, OnRecord] = {}
        self._registers: dict[int, str] = {}
        self.listings: PackedListings = PackedListings(names.segments, self)

    def records(self, places: Sequence[int]) -> Mapping[int, OnRecord]:
        if missing := [place for place in places if place not in self._records]:
            self._records.update(self._names.records(missing))
        return {place: self._records[place] for place in places}

    def subjects(self, places: Iterable[int]) -> Mapping[int, Entity | Item]:
        """What is listed at these places; of few all is read that may be asked for next."""
        if max(len(self._records), len(self._registers)) > ROOM:
            self._records.clear()
            self._registers.clear()
        wanted = list(places)
        if len(wanted) <= FEW:
            return {place: record.subject for place, record in self.records(wanted).items()}
        read = self._names.subjects(wanted)
        self._registers.update((place, register) for place, (_, register) in read.items())
        return {place: subject for place, (subject, _) in read.items()}

    def register(self, place: int) -> str | None:
        """Where that is listed, as far as we know."""
        return self._registers[place] if place in self._registers else self.records([place])[place].register


@cache
def naming() -> Naming:
    """How names on record are indexed today."""
    own = (Path(module.__file__ or "") for module in (glossary, glossing))
    return Naming(f"{edition()} {shelf.rules_anywhere(*own, Path(__file__)).hex()}", _marks, unread)


def _marks(subject: Entity | Item) -> Marks:
    return marks.of_subject(subject, *glossing.keys(subject))


def unread(act: Announcement) -> Iterator[OnRecord]:
    """An act whose own list could not be read, by its title and the family of goods that this is about: whatever of the family
    is asked for may be on the list.
    """
    unnamed = [measure for measure in act.measures if not (measure.entities or measure.items or measure.amends)]
    for measure in unnamed[:1] if act.not_read else ():
        starts = measure.starts.on if measure.starts else act.published or ""
        yield OnRecord(
            subject=Item(names={act.language: act.title, "und": ", ".join(glossary.families(act.title))}),
            act=act.key,
            title=act.title,
            action=measure.action,
            register=measure.register or "",
            since=starts[:10],
            url=act.url,
            unread=True,
        )
