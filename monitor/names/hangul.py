"""How Korean names sound, with words of other languages and letters in them. Pure."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from monitor.names.lexicon import Part, Sort
from monitor.names.name import Word
from monitor.names.sounds import DOUBLE, hear_english, strip_heard_vowels
from monitor.names.transliterations import VOWELS, fold_korean

LETTERS = dict(
    word.split("-")
    for word in "에이-a 비-b 씨-c 시-c 디-d 이-e 에프-f 지-g 에이치-h 아이-i 제이-j 케이-k 엘-l 엠-m 엔-n 오-o 피-p 큐-q 알-r 에스-s 에쓰-s 티-t 유-u 브이-v 더블유-w 엑스-x 와이-y 제트-z".split()  # noqa: E501, SIM905 -- in a row
)
SPELT_OUT = re.compile("|".join(sorted(LETTERS, key=len, reverse=True)))
LONGEST_SPELT = 4  # letters
# consonants as Korean has those of other languages; of each syllable, its first and its last
FIRSTS = "k k n t t r m p p s s - s s s k t p -".split()  # noqa: SIM905 -- in the order of Unicode
LASTS = "- k k ks n n n t r r r r r r r r m p p t t - t t k t p -".split()  # noqa: SIM905 -- ditto
HARD = re.compile("ch(?=em|rom|ar|n$)|(?<=te)ch")
AS_KOREAN = str.maketrans("gdbfvjqc", "ktpppskk")
MOST_WORDS = 3
ENOUGH = 3  # consonants, or syllables


@lru_cache(maxsize=16384)
def hear_hangul(text: str) -> str:
    """List the consonants of a Korean word as Latin letters."""
    spelt = ""
    for syllable in text:
        code = ord(syllable) - 0xAC00
        if 0 <= code < 11172:
            spelt += FIRSTS[code // 588] + LASTS[code % 28]
    return DOUBLE.sub(r"\1", spelt.replace("-", ""))


@lru_cache(maxsize=16384)
def hear_loan(word: str) -> str:
    """List the consonants of an English word as Korean has them."""
    heard = strip_heard_vowels(hear_english(HARD.sub("k", word))).translate(AS_KOREAN)
    return DOUBLE.sub(r"\1", heard)


def sounds_like(text: str, some: Sequence[Word]) -> bool:
    """Return whether words in letters are how a Korean word sounds."""
    return fold_korean(text)[:1] == fold_korean(" ".join(word.raw for word in some))[:1]


def rate_sound(names: Sequence[Part], told: Sequence[str]) -> int:
    """Rate how surely own words sound like, or mean, these words in letters: 0, 1 or 2."""
    if not names or not told:
        return 2 if not names and not told else 0
    for end in range(1, MOST_WORDS + 1):
        if "".join(told[:end]) in names[0].says and (sure := rate_sound(names[1:], told[end:])):
            return sure
    text = "".join(part.text for part in names)
    if fold_korean(text)[:1] == (fold_korean(" ".join(told))[:1] or ("",)):
        return 2
    sure = rate_words(text, tuple(told))
    if not sure and len(names) > 1 and names[-1].sort is Sort.PLACE:  # some firm's Korea
        return min(rate_sound(names[:-1], told), 1)
    return sure


@lru_cache(maxsize=4096)
def rate_words(text: str, told: tuple[str, ...]) -> int:
    """Rate how surely a text sounds like words, each of which may be spelt or of another language."""
    if not text or not told:
        return 2 if not text and not told else 0
    ends = range(len(text), len(text) + 1) if len(told) == 1 else range(1, len(text))
    return max(
        (min(_rate_word(text[:end], told[0]), rate_words(text[end:], told[1:])) for end in ends),
        default=0,
    )


def _rate_word(text: str, word: str) -> int:
    if (fold := fold_korean(word)[:1]) and fold == fold_korean(text)[:1]:
        return 2
    if text == word or _spell_out(text) == word:
        return 2
    is_one = [*map(_drop_l, fold)] == [*map(_drop_l, fold_korean(text)[:1])] and bool(fold)
    return int(is_one or not _key_of_hangul(text).isdisjoint(_key_of_loan(word)))


def _drop_l(fold: str) -> str:
    """Drop the sound that is not spoken before some vowels, whichever way it is written."""
    return fold.replace("l", "")


def _key_of_hangul(text: str) -> set[str]:
    """Make the key of a word as it is heard; of few consonants, with the number of its vowels."""
    return _key(hear_hangul(text), len(text)) if len(text) > 1 else set()


def _key_of_loan(word: str) -> set[str]:
    heard = hear_loan(word)
    is_loan = len(heard) > ENOUGH or not fold_korean(word)  # Nissin may be Korean, hynix not
    return _key(heard, len(VOWELS.findall(word))) if is_loan else set()


def _key(heard: str, vowels: int) -> set[str]:
    if len(heard) >= ENOUGH:
        return {heard}
    return {f"{heard}{vowels}"} if len(heard) == ENOUGH - 1 else set()


@lru_cache(maxsize=4096)
def _spell_out(text: str) -> str:
    """Write letters that Korean spells out: 에스케이 is SK; "" if a text is other."""
    found = SPELT_OUT.findall(text)
    return "".join(LETTERS[each] for each in found) if "".join(found) == text else ""


def make_keys(names: Sequence[Part]) -> Iterator[str]:
    """Make keys of the beginnings of a Korean firm's own words."""
    text = "".join(part.text for part in names)
    for end in range(1, len(text) + 1):
        yield from _keys_of(text[:end])
    if names[0].sort is not Sort.OWN:
        for end in range(1, len(text) - len(names[0].text) + 1):
            yield from _keys_of(text[len(names[0].text) :][:end])


def _keys_of(text: str) -> Iterator[str]:
    yield from (f"h{_drop_l(sounds)}" for sounds in fold_korean(text))
    yield from (f"K{heard}" for heard in _key_of_hangul(text))
    if (letters := _spell_out(text)) and len(letters) > 1:
        yield f"R{letters}"


def make_keys_of_letters(own: Sequence[str]) -> Iterator[str]:
    """Make keys of the first own words in letters."""
    for told in (own[:1], own[:2]):
        yield from (f"h{_drop_l(sounds)}" for sounds in fold_korean(" ".join(told))[:1])
    for word in own[:1]:
        yield from (f"K{heard}" for heard in _key_of_loan(word))
