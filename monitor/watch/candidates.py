"""A million names, of which a few may be the one that is asked for: candidates by words, sound, initials and slips. Pure.

Where the names are looked up is left to those who keep them: in memory (`index.py`), or in a database (`packs.py`). All of them
find the same, in the same order, since how they are found is here and nowhere else: a name is found by its *keys* (a word, two
Chinese characters, its initials), of which each is a number of 32 bits, and names by numbers that go up in their order.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import pairwise
from math import log
from zlib import crc32

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from monitor.watch import kana, persons
from monitor.watch.names import Kind, Name, in_latin, read
from monitor.watch.sounds import LONG, SHORTEST, is_pinyin, romanised, sound

COMPARED = 40  # candidates a name is really compared with
RANKED = 2_000  # candidates that are ranked by their letters before
RARE_AT_LEAST, RARE_AT_MOST, RARE_SHARE = 200, 3_000, 50  # a word that more names have brings no candidates
NEAR_WORDS = 10
CONSONANTS_FROM = 6  # letters; a shorter word has too few consonants to be looked for by them


class Candidates(ABC):
    """Names that can be searched."""

    @abstractmethod
    def __len__(self) -> int:
        """How many names there are."""

    @abstractmethod
    def counted(self, keys: Collection[int]) -> Mapping[int, int]:
        """How many names have each of these keys; one that none has may be left out."""

    @abstractmethod
    def having(self, key: int, most: int) -> Sequence[int]:
        """The numbers of the first so many names that have a key."""

    @abstractmethod
    def sharing(self, keys: Sequence[int], most: int) -> Sequence[int]:
        """The numbers of the first so many names that have all of these keys."""

    @abstractmethod
    def ahead_of_words(self, like: Collection[tuple[str, str]]) -> None:
        """Words will be asked for that begin or end so: whoever has to read what they lie in reads it at once."""

    @abstractmethod
    def ahead_of_names(self, keys: Collection[int]) -> None:
        """The names that have these keys will be asked for."""

    @abstractmethod
    def words_like(self, beginning: str, end: str) -> Collection[str]:
        """The words that may be misspelt and begin or end so."""

    @abstractmethod
    def texts(self, numbers: Sequence[int]) -> Mapping[int, str]:
        """The names of these numbers, in their order."""

    def candidates(self, text: str, *, person: bool = False) -> list[int]:
        """The numbers of the names that may be this one, the likeliest first; of those that are as likely the first."""
        name = read(text)
        sure_keys, asked = hashed(_sure_keys(name)), hashed({*self._asked(name), *(person_keys(text) if person else ())})
        counts = self.counted(sure_keys | asked)
        self.ahead_of_names([key for key in sure_keys if counts.get(key)])
        sure = {number for key in sorted(sure_keys) if counts.get(key) for number in self.having(key, RARE_AT_MOST)}
        weights = self._weighed({key: count for key in asked if (count := counts.get(key))})
        likeliest = nsmallest(RANKED, weights.items(), key=lambda weighed: (-weighed[1], weighed[0]))
        ranked = [number for number, _ in likeliest if number not in sure]
        if len(ranked) > COMPARED:
            choices = {number: printed.casefold() for number, printed in self.texts(ranked).items()}
            best = process.extract(text.casefold(), choices, scorer=fuzz.token_sort_ratio, limit=COMPARED)
            ranked = list(dict.fromkeys([*ranked[: COMPARED // 4], *(number for _, _, number in best)]))
        return [*sorted(sure)[:RANKED], *ranked]

    def _weighed(self, counts: Mapping[int, int]) -> Mapping[int, float]:
        """Candidates by how much they share of what so many have: a rare word weighs more than a frequent one."""
        names, weights = len(self), dict[int, float]()
        most = max(RARE_AT_LEAST, min(RARE_AT_MOST, names // RARE_SHARE))
        rare = sorted(key for key, count in counts.items() if count <= most)
        self.ahead_of_names(rare)
        for key in rare:
            weight = log(1 + names / counts[key])
            for number in self.having(key, most):
                weights[number] = weights.get(number, 0.0) + weight
        if not weights and len(counts) > 1:
            rarest = sorted(counts, key=lambda key: (counts[key], key))[:3]
            return Counter(self.sharing(rarest, RANKED))
        return weights

    def _asked(self, name: Name) -> set[str]:
        """What a candidate may have of a name: its words, also misspelt, and words that it writes apart."""
        asked = set(_word_keys(name))
        raws = [word.raw for word in name.words]
        asked.update(f"w{one}{other}" for one, other in pairwise(raws))
        misspelt = words_of(name)
        self.ahead_of_words(list(map(_ends, misspelt)))
        asked.update(f"w{near}" for word in misspelt for near in self._near(word))
        return asked

    def _near(self, word: str) -> Iterator[str]:
        """Words with the same beginning or the same end that are a slip away, the nearest first."""
        most = 2 if len(word) >= LONG else 1
        like = self.words_like(*_ends(word))
        slips = process.extract(word, like, scorer=OSA.distance, score_cutoff=most, limit=None)
        yield from (near for _, near in nsmallest(NEAR_WORDS, ((distance, near) for near, distance, _ in slips)))


def hashed(keys: Iterable[str]) -> set[int]:
    """Keys as numbers of 32 bits. Two may become one, which brings a candidate too many and never one too few."""
    return {crc32(key.encode()) for key in keys}


def keys_of(name: Name, text: str, *, person: bool) -> set[int]:
    """The keys by which a name is found."""
    return hashed({*_keys(name), *(person_keys(text) if person else ())})


def words_of(name: Name) -> set[str]:
    """The words of a name by which it is found also where they are misspelt."""
    return {word.raw for word in name.words if _may_be_misspelt(word.kind, word.raw)}


def person_keys(text: str) -> Iterator[str]:
    """The keys that only a person's name has."""
    yield from (f"p{consonants}" for consonants in persons.keys(text))


def _ends(word: str) -> tuple[str, str]:
    """The beginning and the end of a word, one of which a slip leaves as it is."""
    length = 3 if len(word) > SHORTEST else 2
    return word[:length], word[-length:]


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
