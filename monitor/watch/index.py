"""A million names, of which a few may be the one that is asked for: candidates by words, sound, initials and slips. Pure.

Only the names themselves and one sorted array of numbers are kept: each number is the hash of something that a name has (a word,
two Chinese characters, its initials) with the number of the name. What is read of a candidate is read again when it is compared.
"""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from math import log
from typing import Protocol
from zlib import crc32

import msgspec
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from monitor.watch import kana, persons
from monitor.watch.names import Kind, Name, in_latin, parse, read
from monitor.watch.sounds import LONG, SHORTEST, is_pinyin, romanised, sound

COMPARED = 40  # candidates a name is really compared with
RANKED = 2_000  # candidates that are ranked by their letters before
RARE_AT_LEAST, RARE_AT_MOST, RARE_SHARE = 200, 3_000, 50  # a word that more names have brings no candidates
NEAR_WORDS = 10
CONSONANTS_FROM = 6  # letters; a shorter word has too few consonants to be looked for by them
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


class Index:
    """Names that can be searched; what is on the shelf of them is not made again."""

    def __init__(self, spelt: Iterable[Spelling], shelf: Shelf | None = None) -> None:
        self.spelt = list(spelt)
        self._postings, self._forwards = _made(self.spelt) if shelf is None else _from_shelf(self.spelt, shelf)
        self._backwards = sorted(word[::-1] for word in self._forwards)
        self._rare = max(RARE_AT_LEAST, min(RARE_AT_MOST, len(self.spelt) // RARE_SHARE))

    def __len__(self) -> int:
        return len(self.spelt)

    def candidates(self, text: str, *, person: bool = False) -> list[int]:
        """The numbers of the names that may be this one, the likeliest first."""
        name = read(text)
        sure = {number for key in _sure_keys(name) for number in self._having(key, RARE_AT_MOST)}
        weights = self._weighed({*self._asked(name), *(_person_keys(text) if person else ())})
        ranked = [number for number, _ in weights.most_common(RANKED) if number not in sure]
        if len(ranked) > COMPARED:
            choices = {number: self.spelt[number].text.casefold() for number in ranked}
            best = process.extract(text.casefold(), choices, scorer=fuzz.token_sort_ratio, limit=COMPARED)
            ranked = list(dict.fromkeys([*ranked[: COMPARED // 4], *(number for _, _, number in best)]))
        return [*sorted(sure)[:RANKED], *ranked]

    def _weighed(self, asked: Iterable[str]) -> Counter[int]:
        """Candidates by how much they share: a rare word weighs more than a frequent one."""
        weights: Counter[int] = Counter()
        ranges = {key: (first, last) for key in asked for first, last in (self._range(key),) if last > first}
        rare = {key: ends for key, ends in ranges.items() if ends[1] - ends[0] <= self._rare}
        for first, last in rare.values():
            weight = log(1 + len(self.spelt) / (last - first))
            for number in self._numbers(first, last):
                weights[number] += weight  # type: ignore[assignment]  # a Counter adds what it is given
        if not weights and len(ranges) > 1:
            ends = sorted(ranges.values(), key=lambda ends_of: ends_of[1] - ends_of[0])[:3]
            shared = set(self._numbers(*ends[0])).intersection(*(self._numbers(*ends_of) for ends_of in ends[1:]))
            weights.update(sorted(shared)[:RANKED])
        return weights

    def _asked(self, name: Name) -> set[str]:
        """What a candidate may have of a name: its words, also misspelt, and words that it writes apart."""
        asked = set(_word_keys(name))
        raws = [word.raw for word in name.words]
        asked.update(f"w{one}{other}" for one, other in pairwise(raws))
        for word in name.words:
            if _may_be_misspelt(word.kind, word.raw):
                asked.update(f"w{near}" for near in self._near(word.raw))
        return asked

    def _near(self, word: str) -> Iterator[str]:
        """Words of the index with the same beginning or the same end that are a slip away."""
        length = 3 if len(word) > SHORTEST else 2
        same = {
            *_between(self._forwards, word[:length]),
            *(word_back[::-1] for word_back in _between(self._backwards, word[::-1][:length])),
        }
        most = 2 if len(word) >= LONG else 1
        for near, _, _ in process.extract(word, same, scorer=OSA.distance, score_cutoff=most, limit=NEAR_WORDS):
            yield near

    def _having(self, key: str, most: int) -> Iterable[int]:
        first, last = self._range(key)
        return self._numbers(first, min(last, first + most))

    def _range(self, key: str) -> tuple[int, int]:
        hashed = crc32(key.encode())
        first = bisect_left(self._postings, hashed << 32)
        return first, bisect_left(self._postings, (hashed + 1) << 32, first) if hashed < 0xFFFFFFFF else len(self._postings)

    def _numbers(self, first: int, last: int) -> list[int]:
        return [entry & 0xFFFFFFFF for entry in self._postings[first:last]]


def _made(spelt: Sequence[Spelling]) -> Made:
    """The numbers by which names are found, and the words that may be misspelt."""
    words: set[str] = set()
    parts = [array("Q") for _ in range(PART)]
    for number, spelling in enumerate(spelt):
        name = parse(spelling.text)
        words.update(word.raw for word in name.words if _may_be_misspelt(word.kind, word.raw))
        for key in {*_keys(name), *(_person_keys(spelling.text) if spelling.person else ())}:
            hashed = crc32(key.encode())
            parts[hashed * PART >> 32].append(hashed << 32 | number)
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


def _person_keys(text: str) -> Iterator[str]:
    yield from (f"p{consonants}" for consonants in persons.keys(text))


def _may_be_misspelt(kind: Kind, word: str) -> bool:
    return kind is Kind.OWN and len(word) >= SHORTEST and word.isascii()


def _keys(name: Name) -> Iterator[str]:
    yield "=" + name.joined
    yield from _word_keys(name)
    yield from (f"a{initials}" for initials in name.initials)
    if name.cjk:
        yield "=" + romanised(name.joined)


def _sure_keys(name: Name) -> Iterator[str]:
    """What alone makes a candidate: all its letters, or its initials."""
    yield "=" + name.joined
    yield from (f"={initials}" for initials in name.initials)
    if name.cjk:
        yield "=" + romanised(name.joined)
    if len(name.words) == 1 and len(name.joined) <= 8:
        yield "a" + name.joined
    if len(name.words) == 2 and not name.cjk:  # a person's name, the family name last, asked for in Chinese
        yield f"={name.words[1].raw}{name.words[0].raw}"


def _word_keys(name: Name) -> Iterator[str]:
    if name.cjk:
        letters = "".join(word.raw for word in name.words)
        yield from (f"w{letters[place : place + 2]}" for place in range(len(letters) - 1))
        yield from (f"w{word.raw}" for word in in_latin(name).own)
        yield from (f"c{left}" for word in name.own if len(left := kana.of_katakana(word.raw)) >= kana.LEAST)
        return
    own = [word.raw for word in name.own]
    if len(own) > 1 and all(map(is_pinyin, own)):  # syllables that Chinese writes without spaces
        yield "w" + "".join(own)
    for word in name.words:
        if word.kind is not Kind.SOFT:
            yield "w" + word.text
        if word.kind is not Kind.OWN:
            continue
        if len(word.raw) >= CONSONANTS_FROM and len(left := kana.of_english(word.raw)) >= kana.LEAST:
            yield "c" + left
        elif (sounded := sound(word.raw)) != word.raw:
            yield "w" + sounded
