"""A firm's name in a script without vowels against one in Latin letters: each word is translated, or
it may be spelt so. Pure.
"""

from collections.abc import Sequence
from itertools import chain

from monitor.names import persons, transliterations, words
from monitor.names.across import (
    LEFT_OUT,
    LEFT_OUT_BESIDES,
    PINYIN_BEST,
    PINYIN_SHORT,
    PINYIN_SURE,
    TRANSLATED,
    compare_translations,
)
from monitor.names.alignment import NAMES, NOTHING, Likeness, strip_soft
from monitor.names.name import Kind, Name, Word
from monitor.names.sounds import strip_vowels

SPELT = (Kind.OWN, Kind.PLACE)
SELDOM = 2  # consonants that count for nothing where one is seldom spelt so
SURE_CONSONANTS = 4  # of three there are many names, and each has many spellings


def compare_unvoweled(bare: Name, other: Name) -> Likeness:
    """Compare a firm's name in a script without vowels with one in Latin letters.

    Words may have one meaning, or one may be a spelling of the other.
    """
    rest = list(bare.words)
    more = [word for word in other.words if word.text not in persons.ARTICLES]
    agreeing = strip_soft(_take_translated(rest, more))
    consonants = _take_spelt(rest, more)
    rest = [
        word._replace(raw=word.script or word.raw)
        for word in strip_soft(rest)
        if word.script not in transliterations.SONS
    ]
    more = strip_soft(more)
    kinds, theirs = ({word.kind for word in side} for side in (rest, more))
    left = len(rest) + len(more)
    worth = _rate_unvoweled(agreeing, consonants, left)
    if not worth or kinds & theirs or {*NAMES} & (kinds | theirs):
        return NOTHING
    factor, reasons = compare_translations(rest, more, LEFT_OUT_BESIDES if agreeing else LEFT_OUT)
    said = persons.SPELT_SO if consonants else TRANSLATED
    return Likeness(worth * factor, "transliteration", (said, *reasons))


def _rate_unvoweled(agreeing: Sequence[Word], consonants: int, left: int) -> float:
    """Rate how sure a match is by the words of equal meaning, the matching consonants and the words
    left.

    Where little agrees, nothing may be left; else never more than agrees.
    """
    has_name = consonants > 1
    further = len(agreeing) - (1 if has_name else 2)
    is_long = consonants >= SURE_CONSONANTS
    if not has_name:
        sure = further > 1 or (further >= 0 and Kind.PLACE in {word.kind for word in agreeing})
    else:
        sure = is_long or (further >= 0 and not left)
    if (not has_name and further < 0) or left > (len(agreeing) if has_name or sure else 0):
        return 0.0
    return min(PINYIN_SURE + 0.03 * max(further, 0), PINYIN_BEST) if sure else PINYIN_SHORT


def _take_translated(rest: list[Word], more: list[Word]) -> list[Word]:
    """Remove from both sides the words with one meaning, also repeated ones, and list them."""
    taken: list[Word] = []
    every = tuple(more)
    for word in [word for word in rest if word.script]:
        meant = words.translate_unvoweled(word.script)[1]
        means = [one for one in every if one.text in meant or one.raw in meant]
        if same := next((one for one in means if one in more), None):
            more.remove(same)
            taken.append(word if word.kind is Kind.PLACE else same)
        if means:
            rest.remove(word)
    return taken


def _take_spelt(rest: list[Word], more: list[Word]) -> int:
    """Count the consonants of words that may spell a name or place of the other side; remove those.

    Two words may be spelt as one. An unusual spelling counts two less.
    """
    consonants = 0
    for size in (1, 2):
        for some in [rest[here : here + size] for here in range(len(rest) - size + 1)]:
            if any(word.kind is Kind.PLACE for word in some):
                continue  # a country is translated
            script = "".join(word.script or word.raw for word in some)
            same = next((one for one in more if _may_spell(one, script)), None)
            if same and all(word in rest for word in some):
                more.remove(same)
                usual = script == same.raw or transliterations.is_spelt(
                    script, same.raw, only_usual=True
                )
                found = transliterations.count_consonants(script)
                consonants += found if usual else max(found - SELDOM, 0)
                for word in some:
                    rest.remove(word)
    return consonants


def _may_spell(latin: Word, script: str) -> bool:
    """Return whether a Latin word that is no country may spell this one."""
    is_name = latin.kind is Kind.OWN or (latin.kind is Kind.PLACE and len(latin.text) > 2)
    return is_name and (script == latin.raw or transliterations.is_spelt(script, latin.raw))


def list_meanings(name: Name) -> Sequence[Sequence[str]]:
    """List the possible meanings of each known word in a script without vowels."""
    if not name.unvoweled:
        return ()
    meant = (words.translate_unvoweled(word.script)[1] for word in name.words if word.script)
    return [*filter(None, meant)]


def make_spelt_keys(name: Name) -> set[str]:
    """Make keys of the consonants of each word that is, or may be, spelt in a script without
    vowels.
    """
    if name.unvoweled:
        units = transliterations.list_semitic_units([word.script for word in name.words])
        return set(chain.from_iterable(map(transliterations.make_skeletons, units))) - {""}
    told = (
        word.raw for word in name.own or name.words if word.kind in SPELT and word.raw.isascii()
    )
    return {strip_vowels(way).lstrip("a") for way in persons.add_without_article(told)} - {""}
