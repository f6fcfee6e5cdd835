"""How Korean names sound, with words of other languages and letters in them. Pure."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from monitor.names.lexicon import Part, Sort, load_lexicon
from monitor.names.sounds import DOUBLE, hear_english, strip_heard_vowels
from monitor.names.transliterations import VOWELS, fold_korean

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


def hear_loan(word: str) -> str:
    """List the consonants of an English word as Korean has them."""
    heard = strip_heard_vowels(hear_english(HARD.sub("k", word))).translate(AS_KOREAN)
    return DOUBLE.sub(r"\1", heard)


def rate_sound(names: Sequence[Part], told: Sequence[str]) -> int:
    """Rate how surely own words sound like, or mean, these words in letters: 0, 1 or 2."""
    if not names or not told:
        return 2 if not names and not told else 0
    for end in range(1, MOST_WORDS + 1):
        if "".join(told[:end]) in names[0].says and (sure := rate_sound(names[1:], told[end:])):
            return sure
    text = "".join(part.text for part in names)
    return rate_words(text, tuple(told))


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
    if word in (text, load_lexicon("korean").spell_out(text)):
        return 2
    is_one = bool(fold) and _drop_l(fold[0]) == "".join(map(_drop_l, fold_korean(text)))
    return int(is_one or not _make_hangul_key(text).isdisjoint(_make_loan_key(word)))


def _drop_l(fold: str) -> str:
    """Drop the sound that is not spoken before some vowels, whichever way it is written."""
    return fold.replace("l", "")


def _make_hangul_key(text: str) -> set[str]:
    """Make the key of a word as it is heard; of few consonants, with the number of its vowels."""
    return _make_heard_key(hear_hangul(text), len(text)) if len(text) > 1 else set()


def _make_loan_key(word: str) -> set[str]:
    heard = hear_loan(word)
    is_loan = len(heard) > ENOUGH or not fold_korean(word)  # Nissin may be Korean, hynix not
    return _make_heard_key(heard, len(VOWELS.findall(word))) if is_loan else set()


def _make_heard_key(heard: str, vowels: int) -> set[str]:
    if len(heard) >= ENOUGH:
        return {heard}
    return {f"{heard}{vowels}"} if len(heard) == ENOUGH - 1 else set()


def make_keys(names: Sequence[Part]) -> Iterator[str]:
    """Make keys of the beginnings of a Korean firm's own words."""
    text = "".join(part.text for part in names)
    rest = text.removeprefix(names[0].text) if names[0].sort is not Sort.OWN else ""
    for own in (text, rest):
        for end in range(1, len(own) + 1):
            yield from _make_keys_of_text(own[:end])


def _make_keys_of_text(text: str) -> Iterator[str]:
    yield from (f"h{_drop_l(sounds)}" for sounds in fold_korean(text))
    yield from (f"K{heard}" for heard in _make_hangul_key(text))
    if len(letters := load_lexicon("korean").spell_out(text)) > 1:
        yield f"R{letters}"


def make_keys_of_letters(own: Sequence[str], whole: str) -> Iterator[str]:
    """Make keys of the first own words in letters, and of the whole name: the family name may
    stand last.
    """
    for told in (own[:1], own[:2], own, [whole]):
        yield from (f"h{_drop_l(sounds)}" for sounds in fold_korean(" ".join(told)))
    for word in own[:1]:
        yield from (f"K{heard}" for heard in _make_loan_key(word))
