"""Find the few candidates for a name among a million: by words, sound, initials and slips. Pure.

Whether a name is a candidate depends on the two names alone, never on the rest of the list. No key
is too frequent, and nothing is cut off. The keys may be looked up in memory (`Index`) or in a
database (`monitor/store/names.py`). Both find the same, because the rules are only here.

A name is found by its *keys* (a word, two Chinese characters, its initials), each a number of 32
bits. A firm's own words find it. The number of own words limits the crowd: two alike firms share
all own words, and two persons all parts of one of them. So a name's number also holds how many it
has (`make_name_number`). A name without an own word (Bank of China) is found by two of its other
words. Only such names have these words as keys of the kind `k`, so a frequent trade brings no
crowd.
"""

from abc import ABC, abstractmethod
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import chain, pairwise
from typing import NamedTuple, Protocol
from zlib import crc32

import msgspec
from rapidfuzz import process
from rapidfuzz.distance import OSA

from monitor.names import persons, words
from monitor.names.across import (
    is_town,
    list_meanings,
    make_brand_keys,
    make_spelt_keys,
    split_pinyin,
)
from monitor.names.alignment import FARTHEST, may_be_misspelt, strip_soft
from monitor.names.eastern import list_kana, make_reading_keys
from monitor.names.likeness import find_brand, find_lone_word, list_two_words
from monitor.names.name import Kind, Name, Word, parse_name, read_name, romanize_name
from monitor.names.slavic import SHORTEST_WORD, has_same_stem, is_adjective
from monitor.names.sounds import (
    SHORTEST,
    hear_english,
    hear_katakana,
    is_pinyin,
    make_heard_key,
    make_phonetic_key,
    romanize_word,
    spell_in_english,
    strip_heard_vowels,
)

SHAPE_BITS = 5  # of a number: how many own words its name has, and whether it is a person's
LARGEST = 15
ENOUGH = 2  # known words that a candidate shares with a name of several
# letters of a word that is also looked for by its consonants, and consonants
LONG_WORD, LONG_SKELETON = 6, 4
LONGEST_PERSON = 4  # characters of a person's name in Chinese; parts of one in letters
STEM = 3  # letters that an adjective has in common with its noun
SHORTEST_SLIP = 6  # characters of a Chinese name that is found with another one

Keys = Collection[str]
WordsLike = Callable[[Collection[tuple[str, str]]], Collection[str]]


class Way(NamedTuple):
    """A way to find candidates: they have a key of so many of these groups of keys, and the
    shape that `fits` it.
    """

    groups: Sequence[Keys]
    least: int = 1
    own: "Own | None" = None


class Own(NamedTuple):
    """Counts the own words of a query that no writer omits (`words`), the `others`, and the `loose`
    ones.
    """

    words: int
    others: int
    loose: int
    person: bool

    def fit(self, groups: int) -> Sequence[Collection[int]]:
        """List, for each number of shared words, the shapes of names that may be alike."""
        return [
            {shape for shape in range(1 << SHAPE_BITS) if self._fits(shared, shape)}
            for shared in range(groups + 1)
        ]

    def _fits(self, shared: int, shape: int) -> bool:
        """Return whether a name of this shape with so many shared own words may be alike."""
        words = shape >> 1
        if not words:
            return True
        if not (self.person or shape & 1):
            return shared >= self.words and words <= self.words + self.others + self.loose
        smaller = min(self.words, words)
        return shared >= smaller and (smaller > 1 or self.words == words or self.loose > 0)


class Candidates(ABC):
    """Names that can be searched."""

    @abstractmethod
    def having(self, keys: Collection[int]) -> Mapping[int, Sequence[int]]:
        """Find the numbers of the names with each of these keys; a key without names may be
        missing.
        """

    @abstractmethod
    def words_like(self, ends: Collection[tuple[str, str]]) -> Collection[str]:
        """Find the words that may be misspelt and that begin, or end, like one of these pairs."""

    def candidates(self, text: str, *, person: bool = False) -> list[int]:
        """Find the numbers of the names that may be this one, in their order."""
        ways = list(iterate_ways(text, self.words_like, person=person))
        having = self.having(hash_keys(key for way in ways for keys in way.groups for key in keys))
        return sorted(
            {number >> SHAPE_BITS for way in ways for number in _find_numbers(way, having)}
        )


def make_name_number(name: int, shape: int) -> int:
    """Make the number of a name of a shape (`NameMarks`)."""
    return name << SHAPE_BITS | shape


def _find_numbers(way: Way, having: Mapping[int, Sequence[int]]) -> Iterable[int]:
    """Find the numbers that are in enough of the groups."""
    times = Counter(
        chain.from_iterable(
            set[int]().union(*(having.get(key, ()) for key in hash_keys(keys)))
            for keys in way.groups
        )
    )
    if way.own:
        mask, fit = (1 << SHAPE_BITS) - 1, way.own.fit(len(way.groups))
        return (number for number, shared in times.items() if number & mask in fit[shared])
    return (number for number, shared in times.items() if shared >= way.least)


def hash_keys(keys: Iterable[str]) -> set[int]:
    """Keys as numbers of 32 bits. Two may become one, which brings a candidate too many and
    never one too few.
    """
    return {crc32(key.encode()) for key in keys}


def _collect_telling_words(name: Name) -> set[str]:
    """Return the own words that no writer omits or shortens: no titles, articles or initials,
    unless alone.
    """
    own = {word.raw for word in name.own}
    return {
        raw for raw in own if len(raw) > 1
    } - persons.TITLES - persons.ARTICLES - persons.SERVANTS or own


def is_personal(name: Name) -> bool:
    """Return whether a name looks like a person's: a few words, no place, trade or legal form."""
    return (
        not name.cjk
        and ENOUGH <= len(name.own) == len(name.words) <= LONGEST_PERSON
        and not name.forms
    )


def _has_slips(word: str) -> bool:
    return len(word) >= SHORTEST_WORD and word.isascii()


def _make_keys(name: Name, *, person: bool) -> Iterator[str]:
    yield from _make_whole_keys(name, in_script=name.cjk)
    yield from (f"a{initials}" for initials in name.initials)
    if not person:
        yield from _group_keys(name, "g", "G")
        yield from (f"{'S' if name.unvoweled else 's'}{left}" for left in make_spelt_keys(name))
        for text in chain.from_iterable(list_meanings(name)):
            yield from (f"k{text}", f"w{text}")
    if person or is_personal(name):
        yield from (f"p{consonants}" for consonants in persons.make_person_keys(name.text))
    if person or not name.own:
        telling = [*strip_soft(name.words), *_translate_words(name)]
        yield from (f"k{word.text}" for word in telling)
        if len(strip_soft(name.words)) == 1:
            yield f"1{telling[0].text}"
    if name.cjk:
        yield from _pair_letters(_join_letters(name.words))
        yield from chain.from_iterable(map(_romanize_han_parts, name.own))
    else:
        yield from chain.from_iterable(map(_make_word_keys, strip_soft(name.words)))
        pairs = (
            (one, two)
            for one, two in pairwise(name.words)
            if not name.own or Kind.OWN in (one.kind, two.kind)
        )
        yield from (f"j{one.raw}{two.raw}" for one, two in pairs)


def _make_whole_keys(name: Name, *, in_script: bool) -> Iterator[str]:
    """Make keys of a whole name, as it is heard and read by names in letters or `in_script`."""
    yield "=" + name.joined
    yield "=" + name.whole
    if brand := find_brand(name.text):
        yield "=" + read_name(brand).joined
    if name.cjk:
        yield "=" + romanize_word(name.joined)
    yield from _join_own_words(name)
    yield from (f"{'V' if in_script else 'U'}{read}" for read in make_reading_keys(name))
    yield from (f"{'v' if in_script else 'u'}{heard}" for heard in _make_heard_keys(name))


def _make_heard_keys(name: Name) -> Iterator[str]:
    """Make keys from each own word, and from the whole, as Japanese hears them."""
    own = [word.raw for word in name.own]
    if name.cjk:
        parts = name.text.replace("・", " ").split()  # a person's, in whichever order
        heard = [*map(hear_katakana, dict.fromkeys((name.joined, *own, *parts, *list_kana(name))))]
    else:
        heard = ["".join(hear_english(word.raw) for word in name.words), *map(hear_english, own)]
    yield from map(make_heard_key, filter(None, heard))


def _translate_words(name: Name) -> list[Word]:
    """Translate the words of a Chinese name without own words, as names in letters have them."""
    return strip_soft(romanize_name(name).words) if name.cjk and not name.own else []


def _make_word_keys(word: Word) -> Iterator[str]:
    yield "w" + word.text
    if word.kind is not Kind.OWN:
        return
    for spelt in (word.raw, *spell_in_english(word.raw)):
        if (
            len(word.raw) >= LONG_WORD
            and len(left := strip_heard_vowels(hear_english(spelt))) >= LONG_SKELETON
        ):
            yield "c" + left
        elif (sounded := make_phonetic_key(spelt)) != word.raw:
            yield "w" + sounded


def _join_own_words(name: Name) -> Iterator[str]:
    """Join all own words: Chinese writes syllables without spaces, and writers of Latin letters
    differ.
    """
    own = [romanize_word(word.raw) if name.cjk else word.raw for word in name.own]
    if name.cjk and own:
        yield "w" + "".join([*(word.text for word in name.words if is_town(word)), *own])
    if own and (name.cjk or (len(own) > 1 and all(map(is_pinyin, own)))):
        yield "w" + "".join(own)
    yield from (f"w{brand}" for brand in make_brand_keys(name))
    if not name.cjk and (lead := split_pinyin(name)[0]):
        yield "w" + lead


def _join_letters(some: Iterable[Word]) -> str:
    return "".join(word.raw for word in some)


def _pair_letters(letters: str) -> Iterator[str]:
    yield from (f"w{one}{other}" for one, other in pairwise(letters) if not (one + other).isascii())


def _romanize_han_parts(word: Word) -> Iterator[str]:
    yield from ("w" + romanize_word(word.raw[:end]) for end in (2, 3, 4, len(word.raw)))


def iterate_ways(text: str, words_like: WordsLike, *, person: bool) -> Iterator[Way]:
    """Yield all ways to find a candidate; `words_like` are words of the list with these beginnings
    or ends.
    """
    name = read_name(text)
    yield Way([{*_make_sure_keys(name)}])
    if not person:
        yield Way([{*_group_keys(name, "G", "g")}])
        yield from _list_ways_unvoweled(name)
    if name.cjk:
        yield from _list_han_ways(name)
    elif person or name.own:
        yield _find_by_own_words(name, words_like, person=person)
    else:
        yield from _list_ways_without_own(name, words_like)


def _make_sure_keys(name: Name) -> Iterator[str]:
    """Make the keys that suffice for a candidate: all its letters, or its initials."""
    # what is heard and read in the other script
    yield from _make_whole_keys(name, in_script=not name.cjk)
    yield from (f"={initials}" for initials in name.initials)
    if len(name.words) == 1 and len(name.joined) <= 8:
        yield "a" + name.joined
    if name.cjk:
        # a person's name, the family name of one or two characters last
        if len(name.joined) <= LONGEST_PERSON:
            yield from (
                f"={romanize_word(name.joined[end:] + name.joined[:end])}" for end in (1, 2)
            )
        return
    if len(name.words) == 2:
        yield f"={name.words[1].raw}{name.words[0].raw}"
    yield from (f"w{one.raw}{two.raw}" for one, two in pairwise(name.words))
    yield from (f"j{word.raw}" for word in name.words)


def _list_ways_unvoweled(name: Name) -> Iterator[Way]:
    """Find names by a word of this spelling or meaning, or by two words of equal meaning."""
    meant = list_meanings(name)
    own = (f"w{text}" for text in chain.from_iterable(meant) if read_name(text).own)
    spelt = (f"{'s' if name.unvoweled else 'S'}{left}" for left in make_spelt_keys(name))
    yield Way([{*own, *spelt}])
    yield Way([{f"k{text}" for text in texts} for texts in meant], ENOUGH)


def _group_keys(name: Name, alone: str, of_two: str) -> Iterator[str]:
    """Make keys of a word that stands alone, and of each of two that may be the group or brand."""
    if word := find_lone_word(name):
        yield alone + word
    yield from (of_two + word for word in list_two_words(name))


def _list_han_ways(name: Name) -> Iterator[Way]:
    """Find names by two characters, one of them the firm's own.

    A name without an own word is found by its words, one of them perhaps misspelt.
    """
    letters = _join_letters(name.words)
    if not name.own:
        telling = strip_soft(name.words)
        yield Way([{f"k{word.text}"} for word in telling], min(len(telling), ENOUGH))
        yield Way(
            [{f"k{text}"} for text in dict.fromkeys(word.text for word in _translate_words(name))],
            ENOUGH,
        )
        if len(letters) >= SHORTEST_SLIP:
            yield Way([{pair} for pair in _pair_letters(letters)], len(letters) - 3)
        return
    keys, end = set(chain.from_iterable(map(_romanize_han_parts, name.own))), 0
    for word in name.words:
        begin, end = end, end + len(word.raw)
        if word.kind is Kind.OWN:
            keys.update(_pair_letters(letters[max(begin - 1, 0) : end + 1]))
    yield Way([keys])


def _find_by_own_words(name: Name, words_like: WordsLike, *, person: bool) -> Way:
    """Find names by a firm's own words or a person's parts, also misspelt or as initials."""
    told_by, telling = _collect_telling_words(name), strip_soft(name.words)
    asked = {
        word.raw: word
        for word in telling
        if word.raw in told_by or (person and word.kind is not Kind.OWN)
    }
    personal = person or is_personal(name)
    near = _find_near_keys(asked, words_like, person=personal)
    # of a single word the known one it may be stands in a name without an own one
    kind = "k" if len(told_by) == 1 else "w"
    groups: dict[str, set[str]] = {}
    for raw, word in asked.items():
        groups[raw] = {
            *_make_word_keys(word),
            *near[raw],
            *(kind + text for text in _list_known_near(raw)),
        }
        groups[raw].update({f"w{raw[0]}"} if personal else ())
    for part in {*asked, *persons.list_person_parts(name.text)} if personal else ():
        if len(part) > 1 and part not in persons.TITLES:
            # Abd al-Karim is one part, and Karim is asked for
            home = next((raw for raw in asked if part.endswith(raw)), part)
            groups.setdefault(home, {f"w{part}"}).update(
                f"p{consonants}" for consonants in persons.make_person_keys(part)
            )
    loose = {
        word.raw for word in name.own if len(word.raw) == 1 or word.raw in persons.TITLES
    } - told_by
    others = {word.raw for word in telling} - told_by - loose
    return Way(list(groups.values()), own=Own(len(told_by), len(others), len(loose), person))


def _list_ways_without_own(name: Name, words_like: WordsLike) -> Iterator[Way]:
    """Find names by two frequent words; one suffices if it is misspelt or the whole name."""
    telling = strip_soft(name.words)
    yield Way([{f"k{word.text}"} for word in telling], min(len(telling), ENOUGH))
    near = _find_near_keys([word.raw for word in telling], words_like)
    honoured = (f"w{word.text}" for word in telling if word.kind is Kind.HONOUR)
    single = (f"1{word.text}" for word in telling if len(telling) == ENOUGH)
    yield Way([{*chain.from_iterable(near.values()), *honoured, *single}])


def _find_near_keys(
    asked: Iterable[str], words_like: WordsLike, *, person: bool = False
) -> Mapping[str, Keys]:
    """Find the keys of own words in the list that these words may misspell."""
    some = {*filter(_has_slips, asked)}
    like = words_like({_cut_ends(raw) for raw in some}) if some else ()
    return {
        raw: {f"w{near}" for near in _list_slips(raw, like, person=person)} if raw in some else ()
        for raw in asked
    }


def _list_slips(raw: str, like: Collection[str], *, person: bool = False) -> Iterator[str]:
    """Yield the words that this one may misspell, or that are its noun or adjective for one place
    or name.
    """
    for near, *_ in process.extract(
        raw, like, scorer=OSA.distance, score_cutoff=FARTHEST, limit=None
    ):
        if may_be_misspelt(raw, near) or (person and persons.compare_parts(raw, near)):
            yield near
    is_one, same_stem = is_adjective(raw), raw[:STEM]
    beside = (near for near in like if near.startswith(same_stem))  # a few of very many
    yield from (
        near for near in beside if (is_one or is_adjective(near)) and has_same_stem(raw, near)
    )


@lru_cache(maxsize=16384)
def _list_known_near(raw: str) -> Sequence[str]:
    """List the meanings of known words that this word may misspell; no firm's own words."""
    known = _load_known()
    return [known[near] for near in _list_slips(raw, [*known])] if _has_slips(raw) else ()


@cache
def _load_known() -> Mapping[str, str]:
    """Load the common words and the places that may be misspelt, each with its meaning."""
    known = words.load_common_words() | words.load_places()
    return {word: meant for word, meant in known.items() if word.isascii()}


def _cut_ends(word: str) -> tuple[str, str]:
    """Return the beginning and the end of a word; a slip leaves one of them as it is."""
    length = 3 if len(word) > SHORTEST else 2
    # two letters in the middle may be swapped
    return word[: length if len(word) > SHORTEST + 1 else 2], word[-length:]


# Names that can be searched, in memory: a watch list, a list of others, what an act lists. Pure.
#
# Only the names themselves and one sorted array of numbers are kept: each number is a key that a
# name has, with the number of the name. What is read of a candidate is read again when it is
# compared.

PART = 64  # the array is sorted in so many parts, to need little memory while it is

Made = tuple["array[int]", list[str]]


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name of something: its `owner`'s number, and what the name is to it."""

    owner: int
    text: str
    role: str = "name"
    person: bool = False


class NameMarks(NamedTuple):
    """One name of a subject with its role, its keys, its words that may be misspelt, and its shape.

    The shape holds how many own words it has (0 for Chinese) and whether it is a person's.
    """

    text: str
    role: str
    keys: frozenset[int]
    words: frozenset[str]
    shape: int


def make_name_marks(text: str, role: str = "name", *, person: bool = False) -> NameMarks:
    """Make the marks by which a name is found."""
    name = parse_name(text)
    words = frozenset(
        word.raw
        for word in name.words
        if word.kind in (Kind.OWN, Kind.HONOUR) and _has_slips(word.raw)
    )
    initials = {word.raw for word in name.own if len(word.raw) == 1}
    is_any = name.cjk or (name.unvoweled and not person)
    shape = (
        0 if is_any else min(len(_collect_telling_words(name) | initials), LARGEST) << 1 | person
    )
    return NameMarks(
        text, role, frozenset(hash_keys(_make_keys(name, person=person))), words, shape
    )


class Shelf(Protocol):
    """A place to keep what was read of names, because reading takes nearly all time of a search."""

    def get(self, names: bytes) -> bytes | None:
        """Get what the rules of today made of the names with this digest; None if missing."""

    def put(self, names: bytes, made: bytes) -> None:
        """Keep what was made of them."""


class Index(Candidates):
    """Names that can be searched; what is on the shelf of them is not made again."""

    def __init__(self, spelt: Iterable[Spelling], shelf: Shelf | None = None) -> None:
        self.spelt = list(spelt)
        self._postings, self._forwards = (
            _make_index(self.spelt) if shelf is None else _load_from_shelf(self.spelt, shelf)
        )
        self._backwards = sorted(word[::-1] for word in self._forwards)

    def having(self, keys: Collection[int]) -> Mapping[int, Sequence[int]]:
        having = {}
        for key in keys:
            first = bisect_left(self._postings, key << 32)
            last = bisect_left(self._postings, (key + 1) << 32, first)
            having[key] = [entry & 0xFFFFFFFF for entry in self._postings[first:last]]
        return having

    def words_like(self, ends: Collection[tuple[str, str]]) -> Collection[str]:
        beginning = {
            word
            for begin in {begin for begin, _ in ends}
            for word in _cut_beginning_with(self._forwards, begin)
        }
        return beginning.union(
            word[::-1]
            for end in {end for _, end in ends}
            for word in _cut_beginning_with(self._backwards, end[::-1])
        )


def _make_index(spelt: Sequence[Spelling]) -> Made:
    """Make the numbers by which names are found, and the words that may be misspelt."""
    words: set[str] = set()
    parts = [array("Q") for _ in range(PART)]
    for number, spelling in enumerate(spelt):
        marks = make_name_marks(spelling.text, person=spelling.person)
        words |= marks.words
        shaped = make_name_number(number, marks.shape)
        for key in marks.keys:
            parts[key * PART >> 32].append(key << 32 | shaped)
    return _sort_parts(parts), sorted(words)


def _load_from_shelf(spelt: Sequence[Spelling], shelf: Shelf) -> Made:
    names = _hash_spellings(spelt)
    if (kept := shelf.get(names)) is not None:
        numbers, words = msgspec.msgpack.decode(kept, type=tuple[bytes, list[str]])
        postings = array("Q")
        postings.frombytes(numbers)
        return postings, words
    postings, words = _make_index(spelt)
    shelf.put(names, msgspec.msgpack.encode((postings.tobytes(), words)))
    return postings, words


def _hash_spellings(spelt: Iterable[Spelling]) -> bytes:
    """Hash everything that makes the search of one list of names differ from another."""
    digest = blake2b(digest_size=32)
    for spelling in spelt:  # of a million no copy is made; its length tells where each ends
        digest.update(
            f"{len(spelling.text)} {spelling.person:d} {spelling.text}".encode(
                errors="surrogatepass"
            )
        )
    return digest.digest()


def _sort_parts(parts: Sequence["array[int]"]) -> "array[int]":
    whole = array("Q")
    for part in parts:
        whole.extend(sorted(part))
        del part[:]
    return whole


def _cut_beginning_with(words: Sequence[str], beginning: str) -> Sequence[str]:
    return words[bisect_left(words, beginning) : bisect_left(words, beginning + "\uffff")]
