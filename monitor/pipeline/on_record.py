"""All on record, to be searched by whoever screens a name or asks for one: by the index of names that a history keeps, or, where
somebody has all of it in memory, by a walk of that. Both find the same.
"""

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property

from monitor.config.outward import note
from monitor.errors import NamesUnread, StoreError
from monitor.history import History, NamesOnRecord, OnRecord, names, naming, on_record, watched
from monitor.model import Entity, Item
from monitor.timeline.values import identities
from monitor.watch import glosses
from monitor.watch.match import AllListed, Listings

UNREAD = "names are made ready to be searched, those of {:,} records are left, and nothing is said of any before: ask again soon"


def make_names_ready(history: History) -> None:
    """Have the tables of names as they should be before anybody is looked up; where that takes long, say so on stderr.

    Raises:
        NamesUnread: all is told as it stood at a moment before that.
        StoreError: the store can't be written from here.
    """
    if history(naming.lag):
        with history.to_write() as writer:
            while left := names.make_some(writer):
                note(f"names on record are made ready to be searched: {left:,} records are left")
        if lacking := history(naming.lag):
            raise NamesUnread(UNREAD.format(lacking))


class Searchable(ABC):
    """What is on record, while it is searched."""

    listings: Listings

    @abstractmethod
    def records(self, places: Sequence[int]) -> Mapping[int, OnRecord]:
        """What is on record at these places."""

    @abstractmethod
    def glossed(self, text: str) -> frozenset[Hashable]:
        """The goods whose Chinese names our glossary tells by this word."""


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
        return glossed(text, self.subjects())

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

    def glossed(self, text: str) -> frozenset[Hashable]:
        return glossed(text, (record.subject for record in self._records))


class KeptRecords(Records):
    """What a history keeps, of which only that is read which may be meant."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._in_memory: AllRecords | None = None

    def __len__(self) -> int:
        walked = self._walked()
        return self._history(on_record.count) if walked is None else len(walked)

    @contextmanager
    def open(self) -> Iterator[Searchable]:
        if (walked := self._walked()) is not None:
            with walked.open() as searched:
                yield searched
            return
        with self._history.transaction() as session:
            yield _Kept(on_record.names_on_record(session))

    def _walked(self) -> AllRecords | None:
        """All of it in memory, where the tables are not as they should be and can't be written from here."""
        if self._in_memory is None:
            try:
                make_names_ready(self._history)
            except NamesUnread:
                raise
            except StoreError:
                self._in_memory = AllRecords(list(self._history.walk(watched.walk_records)))
        return self._in_memory

    def called(self, row: str) -> Sequence[OnRecord]:
        return self._history(watched.rows_called, row)

    def glossed(self, text: str) -> frozenset[Hashable]:
        with self.open() as kept:
            return kept.glossed(text)

    def subjects(self) -> Iterator[Entity | Item]:
        return self._history.walk(watched.walk_subjects)


class _Kept(Searchable):
    def __init__(self, names: NamesOnRecord) -> None:
        self._names = names
        self.listings: NamesOnRecord = names

    def records(self, places: Sequence[int]) -> Mapping[int, OnRecord]:
        return self._names.records(places)

    def glossed(self, text: str) -> frozenset[Hashable]:
        places = sorted(self._names.under(glosses.key(text)))
        return glossed(text, (record.subject for record in self._names.records(places).values()))


def glossed(text: str, things: Iterable[Entity | Item]) -> frozenset[Hashable]:
    """The goods whose Chinese names our glossary tells by this word: `batteries`, `diamond`, `grinding wheel`."""
    return identities(thing for thing in things if isinstance(thing, Item) and glosses.is_called(thing, text))
