"""Names that can be searched, in memory: a watch list, a list of others, what an act lists. Pure.

Only the names themselves and one sorted array of numbers are kept: each number is a key that a name has, with the number of the
name. What is read of a candidate is read again when it is compared.
"""

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Protocol

import msgspec

from monitor.watch.candidates import Candidates, keys_of, numbered, shape_of, words_of
from monitor.watch.names import parse

PART = 64  # the array is sorted in so many parts, to need little memory while it is

Made = tuple["array[int]", list[str]]


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name of something: its `owner`'s number, and what the name is to it."""

    owner: int
    text: str
    role: str = "name"
    person: bool = False


class Shelf(Protocol):
    """Where what was made of names is kept for who comes next: reading them takes nearly all the time of a search."""

    def get(self, names: bytes) -> bytes | None:
        """What was made of the names with this digest, by the rules of today; None where it is not there."""

    def put(self, names: bytes, made: bytes) -> None:
        """Keep what was made of them."""


class Index(Candidates):
    """Names that can be searched; what is on the shelf of them is not made again."""

    def __init__(self, spelt: Iterable[Spelling], shelf: Shelf | None = None) -> None:
        self.spelt = list(spelt)
        self._postings, self._forwards = _made(self.spelt) if shelf is None else _from_shelf(self.spelt, shelf)
        self._backwards = sorted(word[::-1] for word in self._forwards)

    def __len__(self) -> int:
        return len(self.spelt)

    def having(self, keys: Collection[int]) -> Mapping[int, Sequence[int]]:
        return {key: self._numbers(*self._range(key)) for key in keys}

    def words_like(self, ends: Collection[tuple[str, str]]) -> Collection[str]:
        beginning = {word for begin in {begin for begin, _ in ends} for word in _between(self._forwards, begin)}
        return beginning.union(word[::-1] for end in {end for _, end in ends} for word in _between(self._backwards, end[::-1]))

    def _range(self, key: int) -> tuple[int, int]:
        first = bisect_left(self._postings, key << 32)
        return first, bisect_left(self._postings, (key + 1) << 32, first)

    def _numbers(self, first: int, last: int) -> list[int]:
        return [entry & 0xFFFFFFFF for entry in self._postings[first:last]]


def _made(spelt: Sequence[Spelling]) -> Made:
    """The numbers by which names are found, and the words that may be misspelt."""
    words: set[str] = set()
    parts = [array("Q") for _ in range(PART)]
    for number, spelling in enumerate(spelt):
        name = parse(spelling.text)
        words |= words_of(name)
        shaped = numbered(number, shape_of(name, person=spelling.person))
        for key in keys_of(name, person=spelling.person):
            parts[key * PART >> 32].append(key << 32 | shaped)
    return _sorted(parts), sorted(words)


def _from_shelf(spelt: Sequence[Spelling], shelf: Shelf) -> Made:
    names = _digest(spelt)
    if (kept := shelf.get(names)) is not None:
        numbers, words = msgspec.msgpack.decode(kept, type=tuple[bytes, list[str]])
        postings = array("Q")
        postings.frombytes(numbers)
        return postings, words
    postings, words = _made(spelt)
    shelf.put(names, msgspec.msgpack.encode((postings.tobytes(), words)))
    return postings, words


def _digest(spelt: Iterable[Spelling]) -> bytes:
    """Of all by which one list of names may be searched otherwise than another."""
    digest = blake2b(digest_size=32)
    for spelling in spelt:  # of a million no copy is made; its length tells where each ends
        digest.update(f"{len(spelling.text)} {spelling.person:d} {spelling.text}".encode(errors="surrogatepass"))
    return digest.digest()


def _sorted(parts: Sequence["array[int]"]) -> "array[int]":
    whole = array("Q")
    for part in parts:
        whole.extend(sorted(part))
        del part[:]
    return whole


def _between(words: Sequence[str], beginning: str) -> Sequence[str]:
    return words[bisect_left(words, beginning) : bisect_left(words, beginning + "\uffff")]
