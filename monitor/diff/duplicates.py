"""Several records under one id: each has a place of its own, by what it says and not by its bytes. Pure.

The first place is called by the id, further ones `id##2`, `id##3`. Two that say the same are one record.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count

from monitor.diff.listings import meaning
from monitor.diff.pairs import Side, nearest
from monitor.model import Listing

PLACE = re.compile(r"##\d+$|#[0-9a-f]{8}$")  # the latter is how an older version called them

Read = Callable[[bytes], Listing]


def base(name: str) -> str:
    """The id of a record, whatever place it has under it."""
    return PLACE.sub("", name)


def places_of(known: Mapping[str, bytes]) -> dict[str, list[str]]:
    """The further places that are known of, by id."""
    places: dict[str, list[str]] = defaultdict(list)
    for name in known:
        if "#" in name and (of := base(name)) != name:
            places[of].append(name)
    return places


def placed(
    name: str, raws: Mapping[bytes, bytes | None], places: Sequence[str], known: Mapping[str, bytes], read: Read
) -> dict[str, bytes]:
    """Digests of the records under one id by place. What has not moved keeps its own; the others come in order of what they say.

    `raws` has the records by digest, None for one that stands unmoved in the first place.
    """
    at = {known[place]: place for place in (name, *places) if place in known and known[place] in raws}
    placed_there = {place: digest for digest, place in at.items()}
    said = {digest: meaning(read(raw)) for digest, raw in sorted(raws.items()) if raw is not None}
    there = {words for digest, words in said.items() if digest in at}
    new = {words: digest for digest, words in said.items() if words not in there}
    free = _free(name, placed_there)
    return placed_there | {next(free): digest for _, digest in sorted(new.items())}


def _free(name: str, taken: Collection[str]) -> Iterator[str]:
    places = chain((name,), (f"{name}##{number}" for number in count(2)))
    return (place for place in places if place not in taken)


@dataclass
class Family:
    """The records under one id: as they were (of those that moved or are missing), as they are, and those that stayed."""

    old: dict[str, Listing] = field(default_factory=dict)
    new: dict[str, Listing] = field(default_factory=dict)
    stayed: dict[str, Listing] = field(default_factory=dict)

    def same(self) -> list[tuple[str, str]]:
        """The old and the new place of each record that is there on both sides, those that differ least first."""
        if len(self.old) == 1 and self.old.keys() == self.new.keys():
            return [(name, name) for name in self.old]
        old, new = ([Side(name, listing) for name, listing in side.items()] for side in (self.old, self.new))
        return [(mine.id, theirs.id) for mine, theirs in nearest(old, lambda _: new)]

    def removed(self) -> list[Side]:
        """Those that are gone, each at a place that is empty now, unless one that says the same is there."""
        gone = self._unlike(self.old, {old for old, _ in self.same()}, self.stayed, self.new)
        return [
            Side(place, listing)
            for place, listing in zip((name for name in self.old if name not in self.new), gone, strict=False)
        ]

    def added(self) -> list[Side]:
        """Those that came, each at a place that was empty, unless one that says the same was there."""
        came = self._unlike(self.new, {new for _, new in self.same()}, self.stayed)
        return [
            Side(place, listing)
            for place, listing in zip((name for name in self.new if name not in self.old), came, strict=False)
        ]

    @staticmethod
    def _unlike(side: Mapping[str, Listing], same: Collection[str], *there: Mapping[str, Listing]) -> list[Listing]:
        left = [listing for name, listing in side.items() if name not in same]
        said = {meaning(listing) for others in there for listing in others.values()} if left else set()
        return [listing for listing in left if not said or meaning(listing) not in said]


def families(
    before: Mapping[str, Listing], now: Mapping[str, Listing], stayed: Mapping[str, Callable[[], Listing]]
) -> dict[str, Family]:
    """The moved, missing and new records by id; of those that `stayed` only the ones that share an id with these are read."""
    kin: dict[str, Family] = defaultdict(Family)
    for name, listing in before.items():
        kin[base(name)].old[name] = listing
    for name, listing in now.items():
        kin[base(name)].new[name] = listing
    for name, read in stayed.items():
        if (family := kin.get(base(name))) is not None:
            family.stayed[name] = read()
    return kin
