"""Two names → how alike they are, and in which words they differ. Pure."""

import re
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from monitor.vocabulary.forms import Form
from monitor.watch import kana, persons
from monitor.watch.alignment import NOTHING, SAID, SPACING, How, Likeness, aligned, raw, without
from monitor.watch.names import Kind, Name, Word, form_of, in_latin, read
from monitor.watch.sounds import romanised

FOREIGN = 0.96  # one of them in another alphabet
SHORT_NAME = 0.72
SHORTEST_BRAND = 4  # letters
OWNED = re.compile(r"(\S.{2,40}?),?\s+(?:by|powered by|part of|an?)\s+\S", re.IGNORECASE)
ACRONYM, SHORT_ACRONYM = 0.86, 0.76


def likeness(one: Name, other: Name, *, person: bool = False) -> Likeness:
    """How alike two names are, whichever comes first."""
    if () in (one.words, other.words):
        return NOTHING
    if one.whole == other.whole:
        return Likeness(1.0, "exact")
    if one.cjk and other.cjk and (short := _short_han(one, other) or _short_han(other, one)):
        return max(_alike(one, other, person=person), short, key=lambda alike: alike.score)
    if one.cjk != other.cjk:
        return across(*((one, other) if one.cjk else (other, one)))
    if person:
        return _of_persons(one, other)
    tries = (_alike(one, other, person=False), _acronym(one, other), _acronym(other, one), _brand(one, other), _brand(other, one))
    return max(tries, key=lambda alike: alike.score)


def _short_han(short: Name, full: Name) -> Likeness | None:
    """The short name of a listed firm (大华股份) beside its whole one, which has it within: for a person to see."""
    left, whole = short.joined, full.joined
    if not 2 <= len(left) < len(whole):
        return None
    places = "".join(word.raw for word in short.words if word.kind is Kind.PLACE)
    rest = left.removeprefix(places) if places and places != left else left
    seat = next((word.raw for word in full.words[:1] if word.kind is Kind.PLACE), "")
    begins = whole.removeprefix(seat).startswith(rest)
    within = whole.startswith(places) and rest in whole and (len(rest) > 2 or len(left) > 3)
    own = any(word.kind is Kind.OWN for word in short.words)
    if own and (within or (begins and short.forms)):
        return Likeness(SHORT_NAME, "fuzzy", (f"“{left}” may be short for it",))
    return None


def _brand(short: Name, full: Name) -> Likeness:
    """A brand beside how its owner writes it (Dedrone by Axon): for a person to see."""
    brand = brand_in(full.text)
    if not brand or len(short.joined) < SHORTEST_BRAND or read(brand).joined != short.joined:
        return NOTHING
    return Likeness(SHORT_NAME, "fuzzy", (f"“{brand}” is the brand, and whose it is follows",))


def brand_in(text: str) -> str:
    """The brand at the beginning of a name that goes on with its owner; empty where there is none."""
    owned = OWNED.match(text)
    return owned[1] if owned else ""


def _of_persons(one: Name, other: Name) -> Likeness:
    if one.cjk:
        return _alike(one, other, person=True)
    alike = persons.alike(one.text, other.text)
    return Likeness(alike.score, "transliteration" if one.foreign != other.foreign else "fuzzy", alike.reasons)


def _alike(one: Name, other: Name, *, person: bool) -> Likeness:
    alike = None if one.joined == other.joined else aligned(one, other)
    if alike and not alike.score:
        return NOTHING  # most names are: why two of these differ is not put into words
    factor, forms_differ = (1.0, "") if person else agreement(one.forms, other.forms)
    reasons = [_of_forms(forms_differ, one, other)] if forms_differ else []
    if one.foreign != other.foreign:
        factor *= FOREIGN
        reasons.append("written in another script")
    if alike is None:
        if [word.raw for word in one.words] != [word.raw for word in other.words]:
            factor *= SPACING
            reasons.append("spaced otherwise")
        return Likeness(factor, _how(one, other, "legal-form"), tuple(reasons))
    same: How = "fuzzy" if alike.reasons else "legal-form"
    return Likeness(alike.score * factor, _how(one, other, same), (*alike.reasons, *reasons))


def _of_forms(forms_differ: str, one: Name, other: Name) -> str:
    """Which legal form was left off, or which two differ."""
    mine, theirs = form_of(one), form_of(other)
    if not (one.forms and other.forms):
        return f"only one has “{mine or theirs}”" if mine or theirs else forms_differ
    return f"{forms_differ}: “{mine}”, “{theirs}”" if mine and theirs else forms_differ


def _how(one: Name, other: Name, otherwise: How) -> How:
    return "transliteration" if one.foreign != other.foreign else otherwise


def _acronym(short: Name, full: Name) -> Likeness:
    """One name as the initials of the other."""
    if len(short.words) != 1 or not 3 <= len(short.joined) <= 8 or short.cjk or short.joined not in full.initials:
        return NOTHING
    if len(short.joined) == 3 and short.forms:  # SAP SE is a name, not somebody's initials
        return NOTHING
    score = ACRONYM if len(short.joined) > 3 else SHORT_ACRONYM
    return Likeness(score, "acronym", (f"“{short.joined.upper()}” are its initials",))


# A name in Chinese or Japanese against one in Latin letters: by how its own words sound, and by what else both say. Pure.

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


# Whether the legal forms of two names may be those of one firm. What forms there are is in `monitor.vocabulary.forms`. Pure.


def agreement(one: tuple[Form, ...], other: tuple[Form, ...]) -> tuple[float, str]:
    """How well the legal forms of two names go together (a factor), and what to say of it."""
    if not one and not other:
        return 1.0, ""
    if not one or not other:
        return 0.98, "one without its legal form"
    return max((_two(mine, theirs) for mine in one for theirs in other), key=lambda pair: pair[0])


def _two(one: Form, other: Form) -> tuple[float, str]:
    if one.countries and other.countries and not one.countries & other.countries:
        return 0.80, "legal forms of different countries"
    if one.kind == other.kind:
        return (1.0, "") if one == other else (0.99, "")
    if one.kind == "company" or other.kind == "company":
        return 0.97, "legal forms written otherwise"
    if one.loose or other.loose:
        return 0.93, "another legal form"
    return 0.80, "another legal form of one country"
