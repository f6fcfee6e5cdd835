"""An index of names as packs of bytes, which a database keeps as they are: made of some names, looked up in, merged. Pure.

A *segment* is what was made of some subjects at a time, and never changes: what a subject is found by no longer is an entry of a
later segment that takes the earlier one back. So what is new costs no more than itself, as in the segments of a search engine; in
a tree of single keys a hundred names would touch a thousand pages. Few segments are soon looked through; when they are many they
are merged into one.

A segment has four *kinds* of packs, each in its own order: which names have a key, which subjects have any other key, and the
words that may be misspelt, by how they begin and by how they end.
"""

import sys
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from monitor.watch.candidates import numbered as shaped
from monitor.watch.marks import NOTHING, Marks

NAMES, OTHERS, WORDS, ENDINGS = KINDS = ("names", "others", "words", "endings")
SIZE = 512  # entries of a pack
SPELLINGS = 11  # bits: of one subject so many names have a number
NUMBER = 64  # bits of a name's number with whether it is taken back, behind its key
MASK = (1 << NUMBER) - 1


class Pack(NamedTuple):
    """Some entries in their order; `first` and `last` are what they begin and end with, `taken` of them take others back."""

    kind: str
    first: str
    last: str
    size: int
    taken: int
    body: bytes


class Counts(NamedTuple):
    """How many subjects a segment adds, and how many names."""

    subjects: int = 0
    names: int = 0


class Batch:
    """What is to be one segment: subjects by their places, with what they are found by."""

    def __init__(self) -> None:
        self._entries: dict[str, list[int]] = {NAMES: [], OTHERS: []}
        self._words: Counter[str] = Counter()
        self._subjects = self._names = 0

    def add(self, place: int, marks: Marks) -> None:
        """A subject that was not there."""
        self._subjects += 1
        self.change(place, NOTHING, marks)

    def take_back(self, place: int, marks: Marks) -> None:
        """A subject that is no longer there."""
        self._subjects -= 1
        self.change(place, marks, NOTHING)

    def change(self, place: int, before: Marks, after: Marks) -> None:
        """A subject that is found by something else than `before`."""
        self._names += len(after.names) - len(before.names)
        for kind, entries_of in ((NAMES, _names), (OTHERS, _others)):
            was, now = entries_of(place, before), entries_of(place, after)
            self._entries[kind] += [*(now - was), *(entry | 1 for entry in was - now)]
        self._words.update(word for name in after.names for word in name.words)
        self._words.subtract(word for name in before.names for word in name.words)

    @property
    def counts(self) -> Counts:
        """What the segment adds."""
        return Counts(self._subjects, self._names)

    def packs(self) -> Iterator[Pack]:
        """The packs of the segment."""
        for kind, entries in self._entries.items():
            yield from of_entries(kind, sorted(entries))
        words = [(word, count) for word, count in self._words.items() if count]
        yield from of_words(WORDS, sorted(words))
        yield from of_words(ENDINGS, sorted((word[::-1], count) for word, count in words))


def _names(place: int, marks: Marks) -> set[int]:
    numbered = enumerate(marks.names[: 1 << SPELLINGS])
    return {
        key << NUMBER | shaped(place << SPELLINGS | number, name.shape) << 1 for number, name in numbered for key in name.keys
    }


def _others(place: int, marks: Marks) -> set[int]:
    return {key << NUMBER | place << SPELLINGS << 1 for key in marks.others}


def of_entries(kind: str, entries: Sequence[int]) -> Iterator[Pack]:
    """Sorted entries as packs: the key, the number of the name, whether it is taken back."""
    for begins in range(0, len(entries), SIZE):
        some = entries[begins : begins + SIZE]
        keys, numbers = array("I", (entry >> NUMBER for entry in some)), array("Q", (entry & MASK for entry in some))
        taken = sum(number & 1 for number in numbers)
        yield Pack(kind, text_of(keys[0]), text_of(keys[-1]), len(some), taken, _bytes(keys) + _bytes(numbers))


def of_words(kind: str, words: Sequence[tuple[str, int]]) -> Iterator[Pack]:
    """Sorted words as packs, each with how many names more have it."""
    for begins in range(0, len(words), SIZE):
        some = words[begins : begins + SIZE]
        counts = array("i", (count for _, count in some))
        body = _bytes(counts) + "\n".join(word for word, _ in some).encode()
        yield Pack(kind, some[0][0], some[-1][0], len(some), 0, body)


def entries_in(body: bytes) -> list[int]:
    """The entries of a pack."""
    keys, numbers = parts_of(body)
    return [key << NUMBER | number for key, number in zip(keys, numbers, strict=True)]


def words_in(body: bytes, size: int) -> list[tuple[str, int]]:
    """The words of a pack of so many, with how many names more have each."""
    counts = _array("i", body[: 4 * size])
    return list(zip(body[4 * size :].decode().split("\n"), counts, strict=True))


def words_from(body: bytes, size: int, beginning: str) -> "tuple[list[str], array[int]]":
    """Those of the words of a pack that begin so, which stand together, and how many names more have each."""
    text, mark = f"\n{body[4 * size :].decode()}\n", f"\n{beginning}"
    first = text.find(mark)
    if first < 0:
        return [], array("i")
    last = text.find("\n", text.rfind(mark) + 1)
    words = text[first + 1 : last].split("\n")
    before = text.count("\n", 0, first)
    return words, _array("i", body[4 * before : 4 * (before + len(words))])


def parts_of(body: bytes) -> "tuple[array[int], array[int]]":
    """The keys of a pack, and the numbers with their signs."""
    size = len(body) // 12
    return _array("I", body[: 4 * size]), _array("Q", body[4 * size :])


def within(body: bytes, key: int) -> "array[int]":
    """The numbers of a pack that are under a key, with their signs."""
    size = len(body) // 12
    keys = _seen("I", body, 4 * size)
    first = bisect_left(keys, key)
    last = bisect_right(keys, key, first)
    return _array("Q", body[4 * size + 8 * first : 4 * size + 8 * last])


def many_within(body: bytes, key: int) -> int:
    """How many numbers of a pack are under a key."""
    keys = _seen("I", body, len(body) // 12 * 4)
    first = bisect_left(keys, key)
    return bisect_right(keys, key, first) - first


def text_of(key: int) -> str:
    """A key as packs are told by it."""
    return f"{key:08x}"


def key_of(text: str) -> int:
    """The key of such a text."""
    return int(text, 16)


def left(entries: Iterable[int]) -> list[int]:
    """What is left of sorted entries when each that takes another back has done so."""
    kept: list[int] = []
    for entry in entries:
        if kept and kept[-1] ^ entry == 1:
            kept.pop()
        else:
            kept.append(entry)
    return kept


def summed(words: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Sorted words, each once, without those that no name has any more."""
    counts: dict[str, int] = {}
    for word, count in words:
        counts[word] = counts.get(word, 0) + count
    return [(word, count) for word, count in counts.items() if count]


def _bytes(numbers: "array[int]") -> bytes:
    return _little(numbers).tobytes()


def _array(code: str, body: bytes) -> "array[int]":
    numbers: array[int] = array(code)
    numbers.frombytes(body)
    return _little(numbers)


def _seen(code: Literal["I"], body: bytes, until: int) -> Sequence[int]:
    """The numbers at the beginning of a pack, without a copy of them where this machine writes numbers so."""
    return memoryview(body)[:until].cast(code) if sys.byteorder == "little" else _array(code, body[:until])


def _little(numbers: "array[int]") -> "array[int]":
    """Numbers as they are kept, whatever machine they were made on."""
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers
