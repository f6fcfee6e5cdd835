"""The words of two names held against each other: equal ones, those misspelt, those that only one has. Pure.

The score is a product: 1 for the same words, a factor for each way in which the two differ. Each factor has its own reason, so a
person can see what the score is made of. A word that tells one firm from another (its own name, a number, a place, what it does)
weighs more than a slip of the pen.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA

from monitor.watch import slavic
from monitor.watch.names import Kind, Name, Word
from monitor.watch.persons import consonants
from monitor.watch.sounds import is_pinyin, slip, sound, written

How = Literal["exact", "legal-form", "transliteration", "acronym", "fuzzy"]

ORDER, SPACING, SOUND, HAN_SLIP, HAN_HALF = 0.97, 0.97, 0.95, 0.90, 0.80
SURE_ALONE = 8  # letters
SLIP_ALONE = 0.84  # Linda and Linde: a slip in a name of one short word is as often another name
STEM, PLACE_SLIP = 0.96, 0.93
BRANCH = 0.83  # a place that only one of them has, and not at its beginning
BESIDES = 0.88  # a trade or a seat that only one name has, where they share more than one word
NAMES = (Kind.OWN, Kind.HONOUR)
SHORT_FORM = 0.75  # a firm's own word alone, where the other name says more: a person has to look
# A word that one side alone has, and words of a kind that differ.
MISSING = {Kind.OWN: 0.6, Kind.COMMON: 0.8, Kind.PLACE: 0.8, Kind.NUMBER: 0.5, Kind.SOFT: 0.96, Kind.HONOUR: 0.93}
DIFFERENT = {Kind.OWN: 0.3, Kind.COMMON: 0.6, Kind.PLACE: 0.5, Kind.NUMBER: 0.3, Kind.SOFT: 0.96, Kind.HONOUR: 0.4}
SHORTEST_HAN = 6  # characters; in a shorter name another character is another firm
LONG_WORD = 6  # letters; a slip in a shorter one makes another word
SHORTEST_SOUND = 4  # letters; what is shorter and sounds alike is another word
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


def aligned(one: Name, other: Name) -> Likeness:
    """The words of both held against each other: equal ones first, then those misspelt, then what is left."""
    left, right = without(one.words, other.words), without(other.words, one.words)
    shared = len(one.words) - len(left)
    factor, reasons = 1.0, []
    if not left and not right:
        if [word.text for word in one.words] == [word.text for word in other.words]:
            return Likeness(factor, "fuzzy", ())
        return Likeness(ORDER, "fuzzy", ("the same words in another order",))
    short_han = one.cjk and min(len(one.joined), len(other.joined)) < SHORTEST_HAN
    for pair_factor, reason in () if short_han else _paired(left, right):
        factor *= pair_factor
        shared += 1
        reasons.append(reason)
    if not shared or not _same_firm(one, other, left, right):
        return NOTHING
    exact = shared > len(reasons)
    if reasons and not exact and min(len(one.joined), len(other.joined)) < SURE_ALONE:
        factor = min(factor, SLIP_ALONE)
    short = not reasons and _short_form(one, other, left, right)
    for left_factor, reason in _left_over(left, right, _besides(one, left, shared), _leads(one, other)):
        factor *= left_factor
        reasons.append(reason)
    if short and factor < SHORT_FORM:
        return Likeness(SHORT_FORM, "fuzzy", ("a short form of the other", *reasons))
    return Likeness(factor, "fuzzy", tuple(reasons))


def without(some: Sequence[Word], others: Sequence[Word]) -> list[Word]:
    """The words of one side that the other has not, each as often as it has it more."""
    texts = [word.text for word in others]
    kept = []
    for word in some:
        if word.text in texts:
            texts.remove(word.text)
        else:
            kept.append(word)
    return kept


def _paired(left: list[Word], right: list[Word]) -> Iterator[tuple[float, str]]:
    """Words that are the same but for spaces, sound or a slip; they are taken from both sides."""
    mine, theirs = ([word for word in side if word.kind is not Kind.SOFT] for side in (left, right))
    if mine and theirs and (factor := _joined(mine, theirs)):
        yield factor, written(raw(mine), raw(theirs))
        left[:], right[:] = ([word for word in side if word.kind is Kind.SOFT] for side in (left, right))
    for word in list(left):
        best = max(((_spelt(word, candidate), candidate) for candidate in right), key=lambda pair: pair[0], default=None)
        if best and best[0]:
            left.remove(word)
            right.remove(best[1])
            yield best[0], written(word.raw, best[1].raw)


def _joined(left: list[Word], right: list[Word]) -> float:
    """Words that only spaces part: Micro Electronics, Microelectronics."""
    if len(left) == len(right) or min(len(left), len(right)) > 1 or any(word.kind is Kind.NUMBER for word in (*left, *right)):
        return 0.0
    mine, theirs = (raw(words, "") for words in (left, right))
    return SPACING if mine == theirs else SPACING * slip(mine, theirs)


def raw(words: Sequence[Word], between: str = " ") -> str:
    """Words as they are written."""
    return between.join(word.raw for word in words)


def _spelt(mine: Word, theirs: Word) -> float:
    """How likely one word is the other: never where both are words or places that exist, never for numbers."""
    known = (mine.kind not in NAMES) + (theirs.kind not in NAMES)
    if Kind.NUMBER in (mine.kind, theirs.kind):
        return 0.0
    if slavic.same_stem(mine.raw, theirs.raw):
        return STEM
    if known == 2:
        return 0.0
    if mine.raw.isascii() != theirs.raw.isascii():
        return 0.0
    if not mine.raw.isascii():
        return _spelt_in_han(mine, theirs, known=bool(known))
    return _in_letters(mine.raw, theirs.raw, place=Kind.PLACE in (mine.kind, theirs.kind))


def may_be_misspelt(one: str, other: str, *, place: bool) -> bool:
    """Whether a word in letters may be another one, of which at least one is a firm's own; `place`: the other is a place."""
    return slavic.same_stem(one, other) or _in_letters(one, other, place=place) > 0


def _in_letters(one: str, other: str, *, place: bool) -> float:
    shortest = min(len(one), len(other))
    if place and shortest >= LONG_WORD:
        return PLACE_SLIP if OSA.distance(one, other, score_cutoff=1) == 1 else 0.0
    if is_pinyin(one) and is_pinyin(other):
        return slip(one, other)
    if sound(one) == sound(other):
        return SOUND if shortest >= SHORTEST_SOUND else 0.0
    if shortest >= LONG_WORD and consonants(one) == consonants(other) and _near(one, other):
        return SOUND
    return max(slip(one, other), slip(sound(one), sound(other)) * SOUND)


def _near(mine: str, theirs: str) -> bool:
    """Whether two words with the same consonants have most of their letters in common."""
    return OSA.normalized_similarity(mine, theirs) >= 0.7


def _spelt_in_han(mine: Word, theirs: Word, *, known: bool) -> float:
    """One character of a known word, or of a name of four or more, written wrongly. Of two, one is half of another word."""
    if OSA.distance(mine.raw, theirs.raw, score_cutoff=1) > 1:
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
            yield DIFFERENT[kind], f"another {SAID[kind]}: “{raw(mine)}”, “{raw(theirs)}”"
        elif more := mine or theirs:
            yield _missing(kind, more, besides, leads), f"only one has the {SAID[kind]} “{raw(more)}”"


def _missing(kind: Kind, more: Sequence[Word], besides: bool, leads: frozenset[str]) -> float:
    if kind is Kind.SOFT:
        return MISSING[kind]
    if besides and kind in (Kind.COMMON, Kind.PLACE):
        branch = kind is Kind.PLACE and not all(word.raw in leads for word in more)
        return (BRANCH if branch else BESIDES) * 0.9 ** (len(more) - 1)
    return MISSING[kind] * 0.9 ** (len(more) - 1)
