"""Compare the words of two names: equal, misspelt, or only in one of them. Pure.

The score is a product: 1 for equal words, and a factor for each difference. Each factor has its
reason, so a person can follow the score. A word that tells firms apart (its own name, a number, a
place, a trade) weighs more than a slip.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA

from monitor.names import slavic, words
from monitor.names.name import Kind, Name, Word
from monitor.names.sounds import (
    LONG,
    is_pinyin,
    is_spelt_in_tongues,
    make_phonetic_key,
    rate_misspelling,
    show_difference,
    strip_vowels,
)

How = Literal["exact", "legal-form", "transliteration", "acronym", "fuzzy"]

ORDER, SPACING, SOUND, HAN_SLIP, HAN_HALF = 0.97, 0.97, 0.95, 0.90, 0.80
SURE_ALONE, SURE_SINGLE = 8, 10  # letters of a word that is misspelt, or the only one of its own
TWO_FIRMS = 0.69  # less than what a person looks at
# Sonos and Sofos: of so few letters another consonant makes another name
SHORTEST_ALONE = 6
# Linda and Linde, Inspur and Inspur Group: without a second ground it is as often another firm
DOUBT = 0.79
OTHER_FORM = 0.84  # one word under two legal forms
STEM = 0.96
# two words of trade that translators exchange; of two such pairs nobody could tell
KIN = 0.83
OTHER_HONOUR = 0.85
BRANCH = 0.83  # a place that only one of them has, and not at its beginning
BESIDES = 0.88  # a trade or a seat that only one name has, where they share more than one word
NAMES = (Kind.OWN, Kind.HONOUR)
TWO = 2  # words that tell a firm without an own word, where another is translated loosely
MANY = 3  # words that names without an own word share
# ACS Group and ACS Trading: so few letters, and a trade that only one of them has
SHORTEST_NAME = 5
SHORT_FORM = 0.75  # a firm's own word alone, where the other name says more: a person has to look
SHORTEST_HAN = 6  # characters; in a shorter name another character is another firm
FARTHEST = 2  # letters in which two words that sound alike may differ
LONG_WORD = 6  # letters; a slip in a shorter one makes another word
SHORTEST_SOUND = 4  # letters; what is shorter and sounds alike is another word
# A kind of word, what a word that one side alone has costs, what words that differ cost, and what
# the kind is called.
COSTS_TOLD = """
OWN 0.6 0.3 name
COMMON 0.8 0.6 trade
PLACE 0.8 0.5 place
NUMBER 0.5 0.3 number
SOFT 0.96 0.96 group
HONOUR 0.93 0.4 name after
"""
COSTS = [row.split(" ", 3) for row in COSTS_TOLD.strip().splitlines()]
MISSING = {Kind[kind]: float(missing) for kind, missing, _, _ in COSTS}
DIFFERENT = {Kind[kind]: float(differing) for kind, _, differing, _ in COSTS}
SAID = {Kind[kind]: said for kind, _, _, said in COSTS}


class Likeness(NamedTuple):
    """The likeness of two names (0 to 1), how it was found, and their differences."""

    score: float
    how: How = "fuzzy"
    reasons: tuple[str, ...] = ()


NOTHING = Likeness(0.0)


def align_words(one: Name, other: Name) -> Likeness:
    """Compare the words of both names: equal ones first, then misspelt ones, then what is left."""
    left, right = subtract_words(one.words, other.words), subtract_words(other.words, one.words)
    if not left and not right:
        return _compare_order(one, other)
    shared = len(one.words) - len(left)
    same = strip_soft(subtract_words(one.words, left))
    exact = bool(same)
    factor, reasons, is_loose = 1.0, [], False
    short_han = one.cjk and min(len(one.joined), len(other.joined)) < SHORTEST_HAN
    for pair_factor, reason in () if short_han else _pair_words(left, right):
        factor *= pair_factor
        is_loose |= pair_factor == KIN
        shared += 1
        reasons.append(reason)
    if not shared or not _is_same_firm(one, other, left, right, exact=exact):
        return NOTHING
    if is_loose and not _may_exchange(one, other, left, right, same):
        return NOTHING
    if reasons and not exact:
        factor = _limit_slip(one, other, factor)
    if reasons and _has_two_slips(one, other):
        factor = min(factor, TWO_FIRMS)
    short = not reasons and _is_short_form(one, other, left, right)
    most = _limit_single(one, other, left, right, is_slip=bool(reasons) and not exact)
    for left_factor, reason in _rate_left_over(
        left, right, _has_much_in_common(one, left), _find_seats(one, other)
    ):
        factor *= left_factor
        reasons.append(reason)
    if short and not (other if left else one).forms:
        most = max(most, DOUBT)  # ООО Маяк says its whole name, Маяк may be short for one
    if short and factor < SHORT_FORM <= most:
        return Likeness(SHORT_FORM, "fuzzy", ("a short form of the other", *reasons))
    return Likeness(min(factor, most), "fuzzy", tuple(reasons))


def _compare_order(one: Name, other: Name) -> Likeness:
    """Names of the same words: Star Gold is not Golden Star."""
    if [word.text for word in one.words] == [word.text for word in other.words]:
        return Likeness(1.0, "fuzzy")
    order = ORDER if one.own or len(one.words) >= MANY else TWO_FIRMS
    if one.foreign != other.foreign and Kind.PLACE in {word.kind for word in one.words}:
        order = max(order, DOUBT)  # Helicopters of Russia
    return Likeness(order, "fuzzy", ("the same words in another order",))


def _may_exchange(
    one: Name, other: Name, left: Sequence[Word], right: Sequence[Word], same: Sequence[Word]
) -> bool:
    """Return whether a translator may have said one word of trade for another.

    No other trade differs, and the names share an own word or two more.
    """
    is_told = (one.own and other.own) or len(same) >= TWO
    return bool(is_told) and Kind.COMMON not in {word.kind for word in (*left, *right)}


def _limit_slip(one: Name, other: Name, factor: float) -> float:
    """Limit the worth of a slip if no other word agrees."""
    shortest = min(len(one.joined), len(other.joined))
    # Elecond, Elekond
    sounds_alike = make_phonetic_key(one.joined) == make_phonetic_key(other.joined)
    if shortest >= SURE_ALONE or (shortest >= LONG_WORD and sounds_alike):
        return factor
    is_other = shortest < SHORTEST_ALONE and factor < DOUBT and not one.cjk
    return min(factor, TWO_FIRMS if is_other else DOUBT)


def _has_two_slips(one: Name, other: Name) -> bool:
    """Return whether two short own words, alone in their names, differ in two letters: Cemex,
    Chimmex.
    """
    mine, theirs = (join_as_written(name.own, "") for name in (one, other))
    # one that is longer by more is two words
    is_alone = len(one.own) == len(other.own) == 1 and abs(len(mine) - len(theirs)) <= 2
    is_short = is_alone and min(len(mine), len(theirs)) < SURE_ALONE
    return (
        is_short
        and one.foreign == other.foreign
        and not one.cjk
        and OSA.distance(mine, theirs, score_cutoff=1) > 1
        and not slavic.has_same_stem(mine, theirs)
        and not is_spelt_in_tongues(mine, theirs)
    )


def subtract_words(some: Sequence[Word], others: Sequence[Word]) -> list[Word]:
    """List the words of one side that the other lacks, each as often as it lacks it."""
    texts = [word.text for word in others]
    kept = []
    for word in some:
        if word.text in texts:
            texts.remove(word.text)
        else:
            kept.append(word)
    return kept


def _pair_words(left: list[Word], right: list[Word]) -> Iterator[tuple[float, str]]:
    """Remove from both sides words that differ only in spaces, sound or a slip; yield their
    factors.
    """
    mine, theirs = map(strip_soft, (left, right))
    if mine and theirs and (factor := _rate_spacing(mine, theirs)):
        yield factor, show_difference(join_as_written(mine), join_as_written(theirs))
        left[:], right[:] = (
            [word for word in side if word.kind is Kind.SOFT] for side in (left, right)
        )
    for word in list(left):
        best = max(
            ((_rate_spelling(word, candidate), candidate) for candidate in right),
            key=lambda pair: pair[0],
            default=None,
        )
        if best and best[0]:
            left.remove(word)
            right.remove(best[1])
            yield best[0], show_difference(word.raw, best[1].raw)


def _rate_spacing(left: list[Word], right: list[Word]) -> float:
    """Words that only spaces part: Micro Electronics, Microelectronics."""
    if (
        len(left) == len(right)
        or min(len(left), len(right)) > 1
        or any(word.kind is Kind.NUMBER for word in (*left, *right))
    ):
        return 0.0
    mine, theirs = (join_as_written(words, "") for words in (left, right))
    return SPACING if mine == theirs else SPACING * rate_misspelling(mine, theirs)


def join_as_written(words: Sequence[Word], between: str = " ") -> str:
    """Words as they are written."""
    return between.join(word.raw for word in words)


def _rate_spelling(mine: Word, theirs: Word) -> float:
    """Rate how likely two words are one; never if both are known words or places, never for
    numbers.
    """
    known = (mine.kind not in NAMES) + (theirs.kind not in NAMES)
    if Kind.NUMBER in (mine.kind, theirs.kind):
        return 0.0
    if slavic.has_same_stem(mine.raw, theirs.raw):
        return STEM
    if known == 2:
        return KIN if words.are_kin(mine.text, theirs.text) else 0.0
    if mine.raw.isascii() != theirs.raw.isascii():
        return 0.0
    if not mine.raw.isascii():
        return _rate_han_spelling(mine, theirs, known=bool(known))
    return _rate_letters(mine.raw, theirs.raw)


def may_be_misspelt(one: str, other: str) -> bool:
    """Return whether a word in letters may be another one misspelt, where one is a firm's own."""
    return slavic.has_same_stem(one, other) or _rate_letters(one, other) > 0


def _rate_letters(one: str, other: str) -> float:
    shortest = min(len(one), len(other))
    if is_pinyin(one) and is_pinyin(other):
        return rate_misspelling(one, other)
    if make_phonetic_key(one) == make_phonetic_key(other):
        return SOUND if shortest >= SHORTEST_SOUND else 0.0
    if shortest >= LONG_WORD and (
        is_spelt_in_tongues(one, other)
        or (
            strip_vowels(one) == strip_vowels(other)
            and OSA.normalized_similarity(one, other) >= 0.7  # most of their letters are the same
        )
    ):
        return SOUND
    if slavic.are_other_compounds(one, other):
        return 0.0
    # a slip in the sound is two letters apart: in a short word, another name
    is_near = shortest >= LONG and OSA.distance(one, other, score_cutoff=FARTHEST) <= FARTHEST
    heard = (make_phonetic_key(word) if is_near else word for word in (one, other))
    return max(rate_misspelling(one, other), rate_misspelling(*heard) * SOUND)


def _rate_han_spelling(mine: Word, theirs: Word, *, known: bool) -> float:
    """Rate one wrong character in a known word, or in a name of four or more.

    Of two characters, one is half of another word.
    """
    if OSA.distance(mine.raw, theirs.raw, score_cutoff=1) > 1:
        return 0.0
    if known and len(mine.raw) == len(theirs.raw) <= 2:
        return HAN_HALF
    return HAN_SLIP if known or min(len(mine.raw), len(theirs.raw)) >= 4 else 0.0


def _is_same_firm(
    one: Name, other: Name, left: Sequence[Word], right: Sequence[Word], *, exact: bool
) -> bool:
    """Return whether the shared words identify a firm: an own word or, if neither has one, several
    words.
    """
    own_left, own_right = (
        [word for word in side if word.kind is Kind.OWN] for side in (left, right)
    )
    found = len(own_left) < len(one.own), len(own_right) < len(other.own)
    if any(found):
        return all(found) or exact or one.cjk  # a word of trade misspelt tells no firm alone
    shared = len(one.words) - len(left)
    return not own_left and not own_right and (shared >= len(left) + len(right) or shared >= 3)


def _is_short_form(one: Name, other: Name, left: Sequence[Word], right: Sequence[Word]) -> bool:
    """Return whether one name is only a firm's own word, and the other has no further own word.

    The word must be long enough not to match by chance.
    """
    shorter = one if not left else other if not right else None
    return (
        shorter is not None
        and {Kind.OWN, Kind.SOFT}.issuperset(word.kind for word in shorter.words)
        and not any(word.kind in (Kind.OWN, Kind.NUMBER) for word in (*left, *right))
        and len(shorter.joined) >= (3 if shorter.cjk else 5)
    )


def _limit_single(
    one: Name, other: Name, left: Sequence[Word], right: Sequence[Word], *, is_slip: bool
) -> float:
    """Limit the score of names that share one own word or two of trade, if one has more words."""
    shared = strip_soft(subtract_words(one.words, left))
    if one.cjk or not (left or right):
        return 1.0
    telling = [word for word in strip_soft([*left, *right]) if word.kind is not Kind.HONOUR]
    if not (one.own or other.own):  # New Technologies, New Financial Technologies
        return 1.0 if len(shared) >= MANY else TWO_FIRMS if telling else DOUBT
    own = [word for word in shared if word.kind is not Kind.COMMON]
    short = len(join_as_written(own, ""))
    is_anyones = short < SHORTEST_NAME or words.ANYONES.issuperset(word.text for word in own)
    if len(shared) > 1:
        return DOUBT if telling and is_anyones else 1.0  # Palm Service, Palm Marine Service
    is_branch = {word.kind for word in telling} == {Kind.PLACE}
    if telling and ((is_anyones and not is_branch) or (is_slip and short < SURE_ALONE)):
        return TWO_FIRMS
    if left and right and short < SURE_SINGLE:  # Bailey Engineering, Bailey Holdings
        return TWO_FIRMS
    both_groups = all(any(word.kind is Kind.SOFT for word in name.words) for name in (one, other))
    return 1.0 if telling or both_groups or short >= SURE_SINGLE else DOUBT


def strip_soft(some: Iterable[Word]) -> list[Word]:
    """List the words that tell one name from another, without those for a group."""
    return [word for word in some if word.kind is not Kind.SOFT]


def _has_much_in_common(one: Name, left: Sequence[Word]) -> bool:
    """Return whether two names share so much that a further trade hardly matters.

    They share several words, at least one of them the firm's own.
    """
    own_left = sum(word.kind is Kind.OWN for word in left)
    shared = strip_soft(subtract_words(one.words, left))
    return len(shared) > 1 and not one.cjk and len(one.own) > own_left


def _find_seats(one: Name, other: Name) -> frozenset[str]:
    """Find the places that begin the names: a seat, if a later place is a branch."""
    return frozenset(name.words[0].raw for name in (one, other) if name.words[0].kind is Kind.PLACE)


def _rate_left_over(
    left: Sequence[Word], right: Sequence[Word], besides: bool, leads: frozenset[str]
) -> Iterator[tuple[float, str]]:
    """Yield a factor and a reason for each kind of word that only one name has.

    `besides`: it says little. `leads` are the seats.
    """
    for kind in Kind:
        mine, theirs = ([word for word in side if word.kind is kind] for side in (left, right))
        if mine and theirs:
            yield (
                DIFFERENT[kind],
                f"another {SAID[kind]}: “{join_as_written(mine)}”, “{join_as_written(theirs)}”",
            )
        elif more := mine or theirs:
            yield (
                _rate_missing(kind, more, besides, leads),
                f"only one has the {SAID[kind]} “{join_as_written(more)}”",
            )
    kinds, others = ({word.kind for word in side} for side in (left, right))
    if {(Kind.HONOUR, Kind.COMMON), (Kind.COMMON, Kind.HONOUR)} & {*product(kinds, others)}:
        yield OTHER_HONOUR, "one is named after somebody, the other for its trade"


def _rate_missing(kind: Kind, more: Sequence[Word], besides: bool, leads: frozenset[str]) -> float:
    if kind is Kind.SOFT:
        return MISSING[kind]
    if besides and kind in (Kind.COMMON, Kind.PLACE):
        branch = kind is Kind.PLACE and not all(word.raw in leads for word in more)
        return (BRANCH if branch else BESIDES) * 0.9 ** (len(more) - 1)
    return MISSING[kind] * 0.9 ** (len(more) - 1)


def list_runs(some: Sequence[Word], longest: int) -> Iterator[Sequence[Word]]:
    """Yield the runs of so many words at most that stand beside each other, long ones first."""
    for size in range(min(longest, len(some)), 0, -1):
        yield from (some[here : here + size] for here in range(len(some) - size + 1))
