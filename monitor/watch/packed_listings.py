"""All that was ever listed, searchable without having it in memory: what it is found by lies in packs, it itself elsewhere.

What is found is what `AllListed` finds in all of it: candidates are looked for by the same keys in the same way
(`candidates.py`), held against what is asked by the same rules, and are in the same order. Pure but for reading.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from monitor.model import Entity, Item
from monitor.watch import goods
from monitor.watch.candidates import hashed
from monitor.watch.entries import Product
from monitor.watch.index import Spelling
from monitor.watch.marks import of_goods, of_number
from monitor.watch.match import Listings
from monitor.watch.packed import Packed, Segment
from monitor.watch.packs import SPELLINGS
from monitor.watch.parties import About, Hit, Names, Owners, about, of_entity

ROOM = 2_500  # subjects that are kept for the next question
OWN = (1 << SPELLINGS) - 1


class Subjects(Protocol):
    """Whoever keeps what is listed, by place."""

    def subjects(self, places: Iterable[int]) -> Mapping[int, Entity | Item]:
        """What is listed at these places."""

    def register(self, place: int) -> str | None:
        """Where that is listed, as far as we know."""


class PackedListings(Listings):
    """What these segments find, and these subjects are."""

    def __init__(self, segments: Sequence[Segment], kept: Subjects) -> None:
        self._kept = kept
        self._owners = _Owners(segments, kept)

    def __len__(self) -> int:
        return self._owners.index.subjects()

    def subject(self, place: int) -> Entity | Item:
        return self._owners.subject(place)

    def register(self, place: int) -> str | None:
        return self._kept.register(place)

    def entities_like(self, asked: Names, least: float) -> Iterator[tuple[int, Hit]]:
        return self._owners.hits(asked, least, listed=False)

    def items_like(self, product: Product) -> Iterator[int]:
        keys = hashed(map(of_goods, goods.keys_of(product)))
        self._owners.index.ahead_of_owners(keys)
        places = sorted({place for key in keys for place in self._owners.index.owners(key)})
        self._owners.have(places)
        yield from places

    def under(self, key: str) -> list[int]:
        """The places that are under a key of somebody else's, or under one that is the same number."""
        keys = hashed([key])
        self._owners.index.ahead_of_owners(keys)
        return self._owners.index.owners(*keys)


class _Owners(Owners):
    def __init__(self, segments: Sequence[Segment], kept: Subjects) -> None:
        self._kept = kept
        self._index = Packed(segments)
        self._subjects: dict[int, Entity | Item] = {}
        self._names: dict[int, Names] = {}

    @property
    def index(self) -> Packed:
        return self._index

    def have(self, places: Iterable[int]) -> None:
        """Have what is listed at these places at hand."""
        if len(self._subjects) > ROOM:
            self._subjects.clear()
            self._names.clear()
        self._subjects.update(self._kept.subjects([place for place in places if place not in self._subjects]))

    def subject(self, place: int) -> Entity | Item:
        """What is listed at a place."""
        if place not in self._subjects:
            self._subjects.update(self._kept.subjects([place]))
        return self._subjects[place]

    def spellings(self, numbers: Sequence[int]) -> Sequence[Spelling]:
        self.have(dict.fromkeys(number >> SPELLINGS for number in numbers))
        return [self._spelling(number) for number in numbers]

    def _spelling(self, number: int) -> Spelling:
        owner = number >> SPELLINGS
        text, role = self._named(owner).spelt[number & OWN]
        return Spelling(owner, text, role, self._named(owner).person)

    def _named(self, owner: int) -> Names:
        if owner not in self._names:
            subject = self.subject(owner)
            assert isinstance(subject, Entity), "a name of goods"
            self._names[owner] = of_entity(subject)
        return self._names[owner]

    def about(self, owner: int) -> About:
        return about(self._named(owner))

    def under(self, mark: str) -> Sequence[int]:
        """Of two numbers that are one key, those that have this one."""
        places = self._index.owners(*hashed([of_number(mark)]))
        self.have(places)
        return [place for place in places if isinstance(self.subject(place), Entity) and mark in self.about(place).ids]

    def owned_under(self, mark: str) -> Sequence[int]:  # noqa: ARG002 - who owns an entity is nothing that a list says by a number
        return ()
