"""Two names → how alike they are, and in which words they differ. Pure.

The score is a product: 1 for the same name, a factor for each way in which the two differ. Each factor has its own reason, so a
person can see what the score is made of. A word that tells one firm from another (its own name, a number, a place, what it does)
weighs more than a slip of the pen.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA

from monitor.watch import kana, persons, slavic
from monitor.watch.forms import agreement
from monitor.watch.names import Kind, Name, Word, in_latin
from monitor.watch.persons import consonants
from monitor.watch.sounds import is_pinyin, slip, sound

How = Literal["exact", "legal-form", "transliteration", "acronym", "fuzzy"]

ORDER, SPACING, FOREIGN, SOUND, HAN_SLIP, HAN_HALF = 0.97, 0.97, 0.96, 0.95, 0.90, 0.80
STEM, PLACE_SLIP = 0.96, 0.93
BRANCH = 0.83  # a place that only one of them has, and not at its beginning
BESIDES = 0.88  # a trade or a seat that only one name has, where they share more than one word
NAMES = (Kind.OWN, Kind.HONOUR)
SHORT_FORM = 0.75  # a firm's own word alone, where the other name says more: a person has to look
PINYIN_SURE, PINYIN_SHORT, PINYIN_BEST = (
    0.87,
    0.76,
    0.95,
)  # three syllables, or two: without tones two are many firms' and persons'
ACRONYM, SHORT_ACRONYM = 0.86, 0.76
# A word that one side alone has, and words of a kind that differ.
MISSING = {Kind.OWN: 0.6, Kind.COMMON: 0.8, Kind.PLACE: 0.8, Kind.NUMBER: 0.5, Kind.SOFT: 0.96, Kind.HONOUR: 0.93}
DIFFERENT = {Kind.OWN: 0.3, Kind.COMMON: 0.6, Kind.PLACE: 0.5, Kind.NUMBER: 0.3, Kind.SOFT: 0.96, Kind.HONOUR: 0.4}
SHORTEST_HAN = 6  # characters; in a shorter name another character is another firm
SHORTEST_OF_PERSON = 7  # letters; Maria is not Mario misspelt
SAID = {
    Kind.OWN: "name",
    Kind.COMMON: "trade",
    Kind.PLACE: "place",
    Kind.NUMBER: "number",
    Kind.SOFT: "group",
    Kind.HONOUR: "name after",
}


class Likeness(NamedTuple):
    """How alike two names are (0 to 1), by which way, and in what they differ."""

    score: float
    how: How
    reasons: tuple[str, ...] = ()


NOTHING = Likeness(0.0, "fuzzy")


def likeness(one: Name, other: Name, *, person: bool = False) -> Likeness:
    """How alike two names are, whichever comes first."""
    if not one.words or not other.words:
        return NOTHING
    if one.whole == other.whole:
        return Likeness(1.0, "exact")
    if one.cjk != other.cjk:
        return _across(*((one, other) if one.cjk else (other, one)))
    if person:
        return _of_persons(one, other)
    return max(_alike(one, other, person=person), _acronym(one, other), _acronym(other, one), key=lambda found: found.score)


def _of_persons(one: Name, other: Name) -> Likeness:
    if one.cjk:
        return _alike(one, other, person=True)
    found = persons.alike(one.text, other.text)
    return Likeness(found.score, "transliteration" if one.foreign != other.foreign else "fuzzy", found.reasons)


def _alike(one: Name, other: Name, *, person: bool) -> Likeness:
    factor, said = (1.0, "") if person else agreement(one.forms, other.forms)
    reasons = [said] if said else []
    if one.foreign != other.foreign:
        factor *= FOREIGN
        reasons.append("written in another script")
    if one.joined == other.joined:
        if [word.raw for word in one.words] != [word.raw for word in other.words]:
            factor *= SPACING
            reasons.append("spaced otherwise")
        return Likeness(factor, _how(one, other, "legal-form"), tuple(reasons))
    found = _aligned(one, other, person=person)
    same: How = "fuzzy" if found.reasons else "legal-form"
    return Likeness(found.score * factor, _how(one, other, same), (*found.reasons, *reasons))


def _how(one: Name, other: Name, otherwise: How) -> How:
    return "transliteration" if one.foreign != other.foreign else otherwise


def _aligned(one: Name, other: Name, *, person: bool) -> Likeness:
    """The words of both held against each other: equal ones first, then those misspelt, then what is left."""
    left, right = _without(one.words, other.words), _without(other.words, one.words)
    shared = len(one.words) - len(left)
    factor, reasons = 1.0, []
    if not left and not right:
        if [word.text for word in one.words] == [word.text for word in other.words]:
            return Likeness(factor, "fuzzy", ())
        return Likeness(ORDER, "fuzzy", ("the same words in another order",))
    short_han = one.cjk and min(len(one.joined), len(other.joined)) < SHORTEST_HAN
    for pair_factor, reason in () if short_han else _paired(left, right, person=person):
        factor *= pair_factor
        shared += 1
        reasons.append(reason)
    if not shared or not _same_firm(one, other, left, right):
        return NOTHING
    short = _short_form(one, other, left, right)
    for left_factor, reason in _left_over(left, right, _besides(one, left, shared), _leads(one, other)):
        factor *= left_factor
        reasons.append(reason)
    if short and factor < SHORT_FORM:
        return Likeness(SHORT_FORM, "fuzzy", ("a short form of the other", *reasons))
    return Likeness(factor, "fuzzy", tuple(reasons))


def _without(some: Sequence[Word], others: Sequence[Word]) -> list[Word]:
    """The words of one side that the other has not, each as often as it has it more."""
    texts = [word.text for word in others]
    kept = []
    for word in some:
        if word.text in texts:
            texts.remove(word.text)
        else:
            kept.append(word)
    return kept


def _paired(left: list[Word], right: list[Word], *, person: bool) -> Iterator[tuple[float, str]]:
    """Words that are the same but for spaces, sound or a slip; they are taken from both sides."""
    mine, theirs = ([word for word in side if word.kind is not Kind.SOFT] for side in (left, right))
    if mine and theirs and (factor := _joined(mine, theirs)):
        yield factor, f"“{_raw(mine)}” and “{_raw(theirs)}”"
        left[:], right[:] = ([word for word in side if word.kind is Kind.SOFT] for side in (left, right))
    for word in list(left):
        best = max(((_spelt(word, each, person=person), each) for each in right), key=lambda found: found[0], default=None)
        if best and best[0]:
            left.remove(word)
            right.remove(best[1])
            yield best[0], f"“{word.raw}” and “{best[1].raw}”"


def _joined(left: list[Word], right: list[Word]) -> float:
    """Words that only spaces part: Micro Electronics, Microelectronics."""
    if len(left) == len(right) or min(len(left), len(right)) > 1 or any(word.kind is Kind.NUMBER for word in (*left, *right)):
        return 0.0
    mine, theirs = (_raw(words, "") for words in (left, right))
    return SPACING if mine == theirs else SPACING * slip(mine, theirs)


def _raw(words: Sequence[Word], between: str = " ") -> str:
    return between.join(word.raw for word in words)


def _spelt(mine: Word, theirs: Word, *, person: bool) -> float:
    """How likely one word is the other: never where both are words or places that exist, never for numbers."""
    if Kind.NUMBER not in (mine.kind, theirs.kind) and slavic.same_stem(mine.raw, theirs.raw):
        return STEM
    known = (mine.kind not in NAMES) + (theirs.kind not in NAMES)
    if known == 2 or Kind.NUMBER in (mine.kind, theirs.kind):
        return 0.0
    if not mine.raw.isascii() or not theirs.raw.isascii():
        return _spelt_in_han(mine, theirs, known=bool(known))
    if known and Kind.PLACE in (mine.kind, theirs.kind) and min(len(mine.raw), len(theirs.raw)) >= 6:
        return PLACE_SLIP if OSA.distance(mine.raw, theirs.raw, score_cutoff=1) == 1 else 0.0
    if is_pinyin(mine.raw) and is_pinyin(theirs.raw):
        return slip(mine.raw, theirs.raw)
    if sound(mine.raw) == sound(theirs.raw):
        return SOUND if len(mine.raw) >= 4 else 0.0
    if person and min(len(mine.raw), len(theirs.raw)) < SHORTEST_OF_PERSON:
        return 0.0
    if (
        min(len(mine.raw), len(theirs.raw)) >= 6
        and consonants(mine.raw) == consonants(theirs.raw)
        and _near(mine.raw, theirs.raw)
    ):
        return SOUND
    return max(slip(mine.raw, theirs.raw), slip(sound(mine.raw), sound(theirs.raw)) * SOUND) * (SOUND if person else 1.0)


def _near(mine: str, theirs: str) -> bool:
    """Whether two words with the same consonants have most of their letters in common."""
    return OSA.normalized_similarity(mine, theirs) >= 0.7


def _spelt_in_han(mine: Word, theirs: Word, *, known: bool) -> float:
    """One character of a known word, or of a name of four or more, written wrongly. Of two, one is half of another word."""
    if mine.raw.isascii() or theirs.raw.isascii() or OSA.distance(mine.raw, theirs.raw, score_cutoff=1) > 1:
        return 0.0
    if known and len(mine.raw) == len(theirs.raw) <= 2:
        return HAN_HALF
    return HAN_SLIP if known or min(len(mine.raw), len(theirs.raw)) >= 4 else 0.0


def _same_firm(one: Name, other: Name, left: Sequence[Word], right: Sequence[Word]) -> bool:
    """Whether what the two share says which firm it is: a word of its own, or, where neither has one, several words."""
    own_left, own_right = ([word for word in side if word.kind is Kind.OWN] for side in (left, right))
    if len(own_left) < len(one.own) or len(own_right) < len(other.own):
        return True
    shared = len(one.words) - len(left)
    return not own_left and not own_right and (shared >= len(left) + len(right) or shared >= 3)


def _short_form(one: Name, other: Name, left: Sequence[Word], right: Sequence[Word]) -> bool:
    """Whether one name is nothing but a firm's own word, long enough to be no accident, and the other has no other own word."""
    shorter = one if not left else other if not right else None
    return (
        shorter is not None
        and all(word.kind is Kind.OWN for word in shorter.words)
        and not any(word.kind in (Kind.OWN, Kind.NUMBER) for word in (*left, *right))
        and len(shorter.joined) >= (3 if shorter.cjk else 5)
    )


def _besides(one: Name, left: Sequence[Word], shared: int) -> bool:
    """Whether two names share so much, a word of the firm's own among it, that a further trade says little."""
    own_left = sum(word.kind is Kind.OWN for word in left)
    return shared > 1 and not one.cjk and len(one.own) > own_left


def _leads(one: Name, other: Name) -> frozenset[str]:
    """The places that names begin with: a seat, where one behind them is a branch."""
    return frozenset(name.words[0].raw for name in (one, other) if name.words[0].kind is Kind.PLACE)


def _left_over(left: Sequence[Word], right: Sequence[Word], besides: bool, leads: frozenset[str]) -> Iterator[tuple[float, str]]:
    """A factor and a reason for each kind of word that is not shared; `besides` if it says little, `leads` are the seats."""
    for kind in Kind:
        mine, theirs = ([word for word in side if word.kind is kind] for side in (left, right))
        if mine and theirs:
            yield DIFFERENT[kind], f"another {SAID[kind]}: “{_raw(mine)}”, “{_raw(theirs)}”"
        elif more := mine or theirs:
            yield _missing(kind, more, besides, leads), f"only one has the {SAID[kind]} “{_raw(more)}”"


def _missing(kind: Kind, more: Sequence[Word], besides: bool, leads: frozenset[str]) -> float:
    if kind is Kind.SOFT:
        return MISSING[kind]
    if besides and kind in (Kind.COMMON, Kind.PLACE):
        branch = kind is Kind.PLACE and not all(word.raw in leads for word in more)
        return (BRANCH if branch else BESIDES) * 0.9 ** (len(more) - 1)
    return MISSING[kind] * 0.9 ** (len(more) - 1)


def _across(chinese: Name, other: Name) -> Likeness:
    """A Chinese name and one in letters: by the syllables of the firm's own words, and by what else both say.

    Pinyin has no tones, so two syllables alone are many firms; with the same place or trade they are one.
    """
    latin = in_latin(chinese)
    if _same_letters(latin, other, chinese):
        return Likeness(_syllables(latin, chinese, 0), "transliteration", (f"“{latin.joined}” is how “{chinese.text}” sounds",))
    mine, theirs = (_raw(name.own, "") for name in (latin, other))
    if mine and mine != theirs and (sure := _in_kana(chinese, theirs)):
        return Likeness(sure, "transliteration", (f"“{theirs}” is how “{_raw(chinese.own, '')}” sounds",))
    if not mine or mine != theirs:
        return _partly_across(chinese, latin, other)
    left, right = ([word for word in side if word.kind is not Kind.OWN] for side in (latin.words, other.words))
    rest, more = _without(left, right), _without(right, left)
    agreeing = sum(word.kind in (Kind.PLACE, Kind.COMMON) for word in left) - sum(
        word.kind in (Kind.PLACE, Kind.COMMON) for word in rest
    )
    factor, reasons = _translated_otherwise(rest, more, 0.99 if agreeing else 0.97)
    own = "".join(word.raw for word in chinese.own)
    said = f"“{_raw([word for word in other.words if word.kind is Kind.OWN])}” is how “{own}” sounds"
    return Likeness(_syllables(latin, chinese, agreeing) * factor, "transliteration", (said, *reasons))


def _in_kana(japanese: Name, theirs: str) -> float:
    """How sure a word of katakana is the English one."""
    left = kana.of_katakana(_raw(japanese.own, ""))
    if len(left) < kana.LEAST or left != kana.of_english(theirs):
        return 0.0
    return PINYIN_SURE if len(left) >= kana.SURE else PINYIN_SHORT


def _translated_otherwise(rest: Sequence[Word], more: Sequence[Word], missing: float) -> tuple[float, list[str]]:
    """A factor for what only one of the two says: a translator leaves out a trade, never exchanges a place."""
    factor, reasons = 1.0, []
    for kind in (Kind.PLACE, Kind.COMMON, Kind.NUMBER):
        mine, theirs = ([word for word in side if word.kind is kind] for side in (rest, more))
        if mine and theirs:
            factor *= 0.5 if kind is Kind.PLACE else 0.4 if kind is Kind.NUMBER else 0.85
            reasons.append(f"another {SAID[kind]}: “{_raw(mine)}”, “{_raw(theirs)}”")
        elif only := mine or theirs:
            factor *= 0.6 if kind is Kind.NUMBER else missing
            reasons.append(f"only one has the {SAID[kind]} “{_raw(only)}”")
    return factor, reasons


def _partly_across(chinese: Name, latin: Name, other: Name) -> Likeness:
    """A firm's own syllables beside other words of its own: for a person to see."""
    if not any(word.text in {each.text for each in other.words} for word in latin.own):
        return NOTHING
    found = _aligned(latin, other, person=False)
    return Likeness(found.score * _syllables(latin, chinese, 0), "transliteration", ("alike by its sound", *found.reasons))


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


def _acronym(short: Name, full: Name) -> Likeness:
    """One name as the initials of the other."""
    if len(short.words) != 1 or not 3 <= len(short.joined) <= 8 or short.cjk or short.joined not in full.initials:
        return NOTHING
    score = ACRONYM if len(short.joined) > 3 else SHORT_ACRONYM
    return Likeness(score, "acronym", (f"“{short.joined.upper()}” are its initials",))
