"""A name in Chinese or Japanese against one in Latin letters: by how its own words sound, and by what else both say. Pure."""

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from monitor.watch import kana
from monitor.watch.alignment import NOTHING, SAID, Likeness, aligned, raw, without
from monitor.watch.names import Kind, Name, Word, in_latin
from monitor.watch.sounds import romanised

# Three syllables, or two: without tones two are many firms' and persons'; with a place or trade that agrees, one firm's.
PINYIN_SURE, PINYIN_SHORT, PINYIN_BEST = 0.87, 0.76, 0.95
IN_LETTERS = 0.96
OTHER_TRADE, OTHER_PLACE, OTHER_NUMBER, ONE_NUMBER = 0.85, 0.5, 0.4, 0.6
NEAR_KANA, NEAR_LONG = 0.5, 0.4  # of few consonants most vowels must be there as well
LEFT_OUT, LEFT_OUT_BESIDES = 0.97, 0.99  # a place or a trade that only one of them says; beside one that agrees


def across(chinese: Name, other: Name) -> Likeness:
    """A Chinese name and one in letters: by the syllables of the firm's own words, and by what else both say.

    Pinyin has no tones, so two syllables alone are many firms; with the same place or trade they are one.
    """
    latin = in_latin(chinese)
    if _same_letters(latin, other, chinese):
        return Likeness(_syllables(latin, chinese, 0), "transliteration", (f"“{latin.joined}” is how “{chinese.text}” sounds",))
    mine, theirs = (raw(name.own, "") for name in (latin, other))
    if mine and mine != theirs and (sure := _in_kana(chinese, theirs)):
        return Likeness(sure, "transliteration", (f"“{theirs}” is how “{raw(chinese.own, '')}” sounds",))
    if not mine or mine != theirs:
        return _partly_across(chinese, latin, other)
    left, right = ([word for word in side if word.kind is not Kind.OWN] for side in (latin.words, other.words))
    rest, more = without(left, right), without(right, left)
    agreeing = _telling(left) - _telling(rest)
    factor, reasons = _translated_otherwise(rest, more, LEFT_OUT_BESIDES if agreeing else LEFT_OUT)
    own = "".join(word.raw for word in chinese.own)
    if own == mine:  # it is written in letters in both
        return Likeness(IN_LETTERS * factor, "legal-form", tuple(reasons) or (f"written in letters in “{chinese.text}” too",))
    reason = f"“{raw([word for word in other.words if word.kind is Kind.OWN])}” is how “{own}” sounds"
    return Likeness(_syllables(latin, chinese, agreeing) * factor, "transliteration", (reason, *reasons))


def _telling(some: Sequence[Word]) -> int:
    return sum(word.kind in (Kind.PLACE, Kind.COMMON) for word in some)


def _in_kana(japanese: Name, theirs: str) -> float:
    """How sure a word of katakana is the English one."""
    own = raw(japanese.own, "")
    left = kana.of_katakana(own)
    if (own[:1] in "アイウエオ") != (theirs[:1] in "aeiou"):
        return 0.0
    if len(left) < kana.LEAST or left != kana.of_english(theirs):
        return 0.0
    near = OSA.normalized_similarity(romanised(own), theirs)
    if len(left) >= kana.SURE and near >= NEAR_LONG:
        return PINYIN_SURE
    return PINYIN_SHORT if near >= NEAR_KANA else 0.0


def _translated_otherwise(rest: Sequence[Word], more: Sequence[Word], missing: float) -> tuple[float, list[str]]:
    """A factor for what only one of the two says: a translator leaves out a trade, never exchanges a place."""
    factor, reasons = 1.0, []
    for kind in (Kind.PLACE, Kind.COMMON, Kind.NUMBER):
        mine, theirs = ([word for word in side if word.kind is kind] for side in (rest, more))
        if mine and theirs:
            factor *= OTHER_PLACE if kind is Kind.PLACE else OTHER_NUMBER if kind is Kind.NUMBER else OTHER_TRADE
            reasons.append(f"another {SAID[kind]}: “{raw(mine)}”, “{raw(theirs)}”")
        elif only := mine or theirs:
            factor *= ONE_NUMBER if kind is Kind.NUMBER else missing
            reasons.append(f"only one has the {SAID[kind]} “{raw(only)}”")
    return factor, reasons


def _partly_across(chinese: Name, latin: Name, other: Name) -> Likeness:
    """A firm's own syllables beside other words of its own: for a person to see."""
    if not any(word.text in {other_word.text for other_word in other.words} for word in latin.own):
        return NOTHING
    alike = aligned(latin, other)
    return Likeness(alike.score * _syllables(latin, chinese, 0), "transliteration", ("alike by its sound", *alike.reasons))


def _same_letters(latin: Name, other: Name, chinese: Name) -> bool:
    """Whether the pinyin is all there, syllables spaced in any way; a person's family name may stand last."""
    if latin.joined == other.joined:
        return True
    if len(other.words) == 2 and 2 <= len(chinese.joined) <= 4:
        return other.words[1].raw + other.words[0].raw == latin.joined
    return False


def _syllables(latin: Name, chinese: Name, agreeing: int) -> float:
    """How sure the sound of a Chinese name is, by its syllables and by how many words of place or trade agree."""
    own = sum(len(word.raw) for word in chinese.own)
    length = own + sum(word.kind is Kind.PLACE for word in latin.words)
    if own >= 2 and agreeing:
        return min(PINYIN_SURE + 0.03 * (agreeing - 1) + 0.02 * (own - 2), PINYIN_BEST)
    return PINYIN_SURE if length >= 3 else PINYIN_SHORT
