"""Names that can be searched without having them in memory: their keys lie in packs, of which those are read that are asked for.

Pure but for reading packs, which whoever keeps them does.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, MutableSequence, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, NamedTuple

from monitor.watch.candidates import Candidates
from monitor.watch.packs import ENDINGS, NAMES, OTHERS, SPELLINGS, WORDS, Counts, key_of, left, within, words_from

ROOM = 160  # packs that are kept for the next question
AHEAD = 8  # packs of a long range that are read together

NONE: "array[int]" = array("Q")

Read = Callable[[Sequence[int]], Mapping[int, bytes]]  # the bodies of packs by their numbers


class PackEntry(NamedTuple):
    """A pack as it stands in a directory: its number, and what is known of it without reading it."""

    id: int
    kind: str
    first: str
    last: str
    size: int
    taken: int


class Section:
    """The packs of one kind in a segment, in their order; what they begin and end with is a key, or of words a word."""

    def __init__(self, kind: str) -> None:
        self.is_of_keys = kind in (NAMES, OTHERS)
        self.ids, self.sizes, self.taken = array("q"), array("i"), array("i")
        self.firsts: MutableSequence[Any] = array("I") if self.is_of_keys else []
        self.lasts: MutableSequence[Any] = array("I") if self.is_of_keys else []
        self._before = array("q", [0])  # how many entries more than are taken back lie in all packs before each

    def add(self, entry: PackEntry) -> None:
        """A pack comes behind all others."""
        first, last = (key_of(end) if self.is_of_keys else end for end in (entry.first, entry.last))
        self.ids.append(entry.id)
        self.firsts.append(first)
        self.lasts.append(last)
        self.sizes.append(entry.size)
        self.taken.append(entry.taken)
        self._before.append(self._before[-1] + entry.size - 2 * entry.taken)

    def beginning(self, word: str) -> range:
        """The places of the packs that may have words which begin so."""
        return self._within(word, word + "\uffff")

    def under(self, key: int) -> range:
        """The places of the packs that may have something under a key."""
        return self._within(key, key)

    def _within(self, first: Any, last: Any) -> range:
        return range(bisect_left(self.lasts, first), bisect_right(self.firsts, last))


class Bodies:
    """The bodies of packs, of which those that were asked for last are kept: of a small segment all, of a large one few."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._kept: dict[int, bytes] = {}  # what was asked for last stands last

    def fetch(self, ids: Collection[int]) -> None:
        """Have these at hand."""
        kept = self._kept
        missing = [number for number in ids if number not in kept]
        for number in ids:
            if number in kept:
                kept[number] = kept.pop(number)
        if missing:
            kept.update(self._read(missing))
        for number in [*islice(kept, max(len(kept) - max(ROOM, len(ids)), 0))]:
            del kept[number]

    def body(self, number: int) -> bytes:
        """The bytes of a pack."""
        if number not in self._kept:
            self.fetch([number])
        return self._kept[number]


@dataclass(frozen=True)
class Segment:
    """A segment whose packs somebody keeps: what it adds, its sections by kind, and the bodies of its packs."""

    counts: Counts
    sections: Mapping[str, Section]
    bodies: Bodies

    def body(self, number: int) -> bytes:
        """The bytes of a pack."""
        return self.bodies.body(number)


def segment(counts: Counts, entries: Iterable[PackEntry], bodies: Bodies) -> Segment:
    """A segment by what is known of its packs."""
    sections: dict[str, Section] = {}
    for entry in entries:
        if entry.kind not in sections:
            sections[entry.kind] = Section(entry.kind)
        sections[entry.kind].add(entry)
    return Segment(counts, sections, bodies)


class Packed(Candidates):
    """The names of some segments."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments

    def __len__(self) -> int:
        return sum(one.counts.names for one in self._segments)

    def subjects(self) -> int:
        """How many subjects there are."""
        return sum(one.counts.subjects for one in self._segments)

    def having(self, keys: Collection[int]) -> Mapping[int, Sequence[int]]:
        self.ahead_of_names(keys)
        return {key: list(chain.from_iterable(self._numbers(NAMES, key))) for key in keys}

    def words_like(self, ends: Collection[tuple[str, str]]) -> Collection[str]:
        beginnings, backwards = {begin for begin, _ in ends}, {end[::-1] for _, end in ends}
        _fetch(
            (one, section, place)
            for kind, some in ((WORDS, beginnings), (ENDINGS, backwards))
            for one, section in self._with(kind)
            for beginning in some
            for place in section.beginning(beginning)
        )
        like = {word for begin in beginnings for word in self._words(WORDS, begin)}
        return like.union(word[::-1] for end in backwards for word in self._words(ENDINGS, end))

    def ahead_of_names(self, keys: Collection[int]) -> None:
        """The names that have these keys will be asked for."""
        self._ahead(NAMES, keys)

    def _ahead(self, kind: str, keys: Collection[int]) -> None:
        _fetch((one, section, place) for one, section in self._with(kind) for key in keys for place in section.under(key))

    def owners(self, key: int) -> list[int]:
        """The places of the subjects that have a key which is none of a name."""
        return [number >> SPELLINGS for some in self._numbers(OTHERS, key) for number in some]

    def ahead_of_owners(self, keys: Collection[int]) -> None:
        """Subjects that have these keys will be asked for."""
        self._ahead(OTHERS, keys)

    def _with(self, kind: str) -> Iterator[tuple[Segment, Section]]:
        yield from ((one, one.sections[kind]) for one in self._segments if kind in one.sections)

    def _numbers(self, kind: str, key: int) -> Iterator[list[int]]:
        """The numbers under a key in their order, some at a time."""
        return _woven(_stream(one, section, key) for one, section in self._with(kind))

    def _words(self, kind: str, beginning: str) -> Collection[str]:
        """The words that begin so and that any name has."""
        packs = [(one, section, place) for one, section in self._with(kind) for place in section.beginning(beginning)]
        _fetch(packs)
        found = [words_from(one.body(section.ids[place]), section.sizes[place], beginning) for one, section, place in packs]
        if all(min(counts, default=1) > 0 for _, counts in found):
            return [word for words, _ in found for word in words]
        counted: dict[str, int] = {}  # some are taken back
        for word, count in (pair for words, counts in found for pair in zip(words, counts, strict=True)):
            counted[word] = counted.get(word, 0) + count
        return [word for word, count in counted.items() if count > 0]


def _fetch(packs: Iterable[tuple[Segment, Section, int]]) -> None:
    """Have packs at hand, those that lie together read together."""
    by_bodies: dict[Bodies, dict[int, None]] = {}
    for one, section, place in packs:
        by_bodies.setdefault(one.bodies, {})[section.ids[place]] = None
    for bodies, ids in by_bodies.items():
        bodies.fetch(ids)


def _stream(one: Segment, section: Section, key: int) -> Iterator["array[int]"]:
    """The numbers that a segment has under a key, with their signs, a pack at a time."""
    places = section.under(key)
    for begins in range(0, len(places), AHEAD):
        ids = [section.ids[place] for place in places[begins : begins + AHEAD]]
        one.bodies.fetch(ids)
        yield from filter(len, (within(one.body(number), key) for number in ids))


def _woven(streams: Iterable[Iterator["array[int]"]]) -> Iterator[list[int]]:
    """The numbers of streams in one order, without those that are taken back, some at a time."""
    waiting = [(stream, some) for stream in streams if (some := next(stream, NONE))]
    while waiting:
        until = min(some[-1] for _, some in waiting) | 1  # a number and what takes it back go together
        cut = [(stream, some, bisect_right(some, until)) for stream, some in waiting]
        signed = sorted(chain.from_iterable(some[:place] for _, some, place in cut))
        if numbers := [number >> 1 for number in left(signed)]:
            yield numbers
        rest = ((stream, some[place:] or next(stream, NONE)) for stream, some, place in cut)
        waiting = [(stream, some) for stream, some in rest if some]
