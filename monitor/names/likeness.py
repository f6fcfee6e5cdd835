"""Two names → how alike they are, and in which words they differ. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA

from monitor.names import persons, slavic, sounds, transliterations, words
from monitor.names.forms import OF_COMPANIES, compare_forms
from monitor.names.name import Kind, Name, Word, get_legal_form, read_name, romanize_name
from monitor.names.sounds import (
    LONG,
    is_pinyin,
    make_phonetic_key,
    rate_misspelling,
    show_difference,
    strip_vowels,
)

# The words of two names held against each other: equal ones, those misspelt, those that only one
# has. Pure.
#
# The score is a product: 1 for the same words, a factor for each way in which the two differ. Each
# factor has its own reason, so a person can see what the score is made of. A word that tells one
# firm from another (its own name, a number, a place, what it does) weighs more than a slip of the
# pen.

How = Literal["exact", "legal-form", "transliteration", "acronym", "fuzzy"]

ORDER, SPACING, SOUND, HAN_SLIP, HAN_HALF = 0.97, 0.97, 0.95, 0.90, 0.80
SURE_ALONE, SURE_SINGLE = 8, 10  # letters of a word that is misspelt, or the only one of its own
TWO_FIRMS = 0.69  # less than what a person looks at
# Sonos and Sofos: of so few letters another consonant makes another name
SHORTEST_ALONE = 6
# Linda and Linde, Inspur and Inspur Group: without a second ground it is as often another firm
DOUBT = 0.79
OTHER_FORM = 0.84  # one word under two legal forms
STEM, PLACE_SLIP = 0.96, 0.93
BRANCH = 0.83  # a place that only one of them has, and not at its beginning
BESIDES = 0.88  # a trade or a seat that only one name has, where they share more than one word
NAMES = (Kind.OWN, Kind.HONOUR)
MANY = 3  # words that names without an own word share
# ACS Group and ACS Trading: so few letters, and a trade that only one of them has
SHORTEST_NAME = 5
SHORT_FORM = 0.75  # a firm's own word alone, where the other name says more: a person has to look
SHORTEST_HAN = 6  # characters; in a shorter name another character is another firm
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
    """How alike two names are (0 to 1), by which way, and in what they differ."""

    score: float
    how: How
    reasons: tuple[str, ...] = ()


NOTHING = Likeness(0.0, "fuzzy")


def align_words(one: Name, other: Name) -> Likeness:
    """The words of both held against each other: equal ones first, then those misspelt, then
    what is left.
    """
    left, right = subtract_words(one.words, other.words), subtract_words(other.words, one.words)
    if not left and not right:
        return _compare_order(one, other)
    shared = len(one.words) - len(left)
    exact = bool(strip_soft(subtract_words(one.words, left)))
    factor, reasons = 1.0, []
    short_han = one.cjk and min(len(one.joined), len(other.joined)) < SHORTEST_HAN
    for pair_factor, reason in () if short_han else _paired(left, right):
        factor *= pair_factor
        shared += 1
        reasons.append(reason)
    if not shared or not _same_firm(one, other, left, right, exact=exact):
        return NOTHING
    if reasons and not exact:
        factor = _limit_slip(one, other, factor)
    if reasons and _has_two_slips(one, other):
        factor = min(factor, TWO_FIRMS)
    short = not reasons and _short_form(one, other, left, right)
    most = _limit_single(one, other, left, right, is_slip=bool(reasons) and not exact)
    for left_factor, reason in _left_over(left, right, _besides(one, left), _leads(one, other)):
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
    return Likeness(order, "fuzzy", ("the same words in another order",))


def _limit_slip(one: Name, other: Name, factor: float) -> float:
    """What a slip is worth where no further word agrees."""
    shortest = min(len(one.joined), len(other.joined))
    # Elecond, Elekond
    sounds_alike = make_phonetic_key(one.joined) == make_phonetic_key(other.joined)
    if shortest >= SURE_ALONE or (shortest >= LONG_WORD and sounds_alike):
        return factor
    is_other = shortest < SHORTEST_ALONE and factor < DOUBT and not one.cjk
    return min(factor, TWO_FIRMS if is_other else DOUBT)


def _has_two_slips(one: Name, other: Name) -> bool:
    """Whether the only words of their own differ in two letters, of few: Cemex, Chimmex."""
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
    )


def subtract_words(some: Sequence[Word], others: Sequence[Word]) -> list[Word]:
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
    mine, theirs = map(strip_soft, (left, right))
    if mine and theirs and (factor := _joined(mine, theirs)):
        yield factor, show_difference(join_as_written(mine), join_as_written(theirs))
        left[:], right[:] = (
            [word for word in side if word.kind is Kind.SOFT] for side in (left, right)
        )
    for word in list(left):
        best = max(
            ((_spelt(word, candidate), candidate) for candidate in right),
            key=lambda pair: pair[0],
            default=None,
        )
        if best and best[0]:
            left.remove(word)
            right.remove(best[1])
            yield best[0], show_difference(word.raw, best[1].raw)


def _joined(left: list[Word], right: list[Word]) -> float:
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


def _spelt(mine: Word, theirs: Word) -> float:
    """How likely one word is the other: never where both are words or places that exist, never
    for numbers.
    """
    known = (mine.kind not in NAMES) + (theirs.kind not in NAMES)
    if Kind.NUMBER in (mine.kind, theirs.kind):
        return 0.0
    if slavic.has_same_stem(mine.raw, theirs.raw):
        return STEM
    if known == 2:
        return 0.0
    if mine.raw.isascii() != theirs.raw.isascii():
        return 0.0
    if not mine.raw.isascii():
        return _spelt_in_han(mine, theirs, known=bool(known))
    return _in_letters(mine.raw, theirs.raw, place=Kind.PLACE in (mine.kind, theirs.kind))


def may_be_misspelt(one: str, other: str, *, place: bool) -> bool:
    """Whether a word in letters may be another one, of which at least one is a firm's own;
    `place`: the other is a place.
    """
    return slavic.has_same_stem(one, other) or _in_letters(one, other, place=place) > 0


def _in_letters(one: str, other: str, *, place: bool) -> float:
    shortest = min(len(one), len(other))
    if place and shortest >= LONG_WORD:
        return PLACE_SLIP if OSA.distance(one, other, score_cutoff=1) == 1 else 0.0
    if is_pinyin(one) and is_pinyin(other):
        return rate_misspelling(one, other)
    if make_phonetic_key(one) == make_phonetic_key(other):
        return SOUND if shortest >= SHORTEST_SOUND else 0.0
    if (
        shortest >= LONG_WORD
        and strip_vowels(one) == strip_vowels(other)
        and OSA.normalized_similarity(one, other) >= 0.7
    ):
        return SOUND  # most of their letters are the same
    # what sounds alike but for a slip differs in two letters: in a short word, another name
    heard = (make_phonetic_key(word) if shortest >= LONG else word for word in (one, other))
    return max(rate_misspelling(one, other), rate_misspelling(*heard) * SOUND)


def _spelt_in_han(mine: Word, theirs: Word, *, known: bool) -> float:
    """One character of a known word, or of a name of four or more, written wrongly. Of two, one
    is half of another word.
    """
    if OSA.distance(mine.raw, theirs.raw, score_cutoff=1) > 1:
        return 0.0
    if known and len(mine.raw) == len(theirs.raw) <= 2:
        return HAN_HALF
    return HAN_SLIP if known or min(len(mine.raw), len(theirs.raw)) >= 4 else 0.0


def _same_firm(
    one: Name, other: Name, left: Sequence[Word], right: Sequence[Word], *, exact: bool
) -> bool:
    """Whether what the two share says which firm it is: a word of its own, or, where neither has
    one, several words.
    """
    own_left, own_right = (
        [word for word in side if word.kind is Kind.OWN] for side in (left, right)
    )
    found = len(own_left) < len(one.own), len(own_right) < len(other.own)
    if any(found):
        return all(found) or exact or one.cjk  # a word of trade misspelt tells no firm alone
    shared = len(one.words) - len(left)
    return not own_left and not own_right and (shared >= len(left) + len(right) or shared >= 3)


def _short_form(one: Name, other: Name, left: Sequence[Word], right: Sequence[Word]) -> bool:
    """Whether one name is nothing but a firm's own word, long enough to be no accident, and the
    other has no other own word.
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
    """The most that two names are worth whose only tie is one word of their own, or two of trade,
    where one says more.
    """
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
    """The words that tell one name from another: all but that it is a group."""
    return [word for word in some if word.kind is not Kind.SOFT]


def _besides(one: Name, left: Sequence[Word]) -> bool:
    """Whether two names share so much, a word of the firm's own among it, that a further trade
    says little.
    """
    own_left = sum(word.kind is Kind.OWN for word in left)
    shared = strip_soft(subtract_words(one.words, left))
    return len(shared) > 1 and not one.cjk and len(one.own) > own_left


def _leads(one: Name, other: Name) -> frozenset[str]:
    """The places that names begin with: a seat, where one behind them is a branch."""
    return frozenset(name.words[0].raw for name in (one, other) if name.words[0].kind is Kind.PLACE)


def _left_over(
    left: Sequence[Word], right: Sequence[Word], besides: bool, leads: frozenset[str]
) -> Iterator[tuple[float, str]]:
    """A factor and a reason for each kind of word that is not shared; `besides` if it says
    little, `leads` are the seats.
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
                _missing(kind, more, besides, leads),
                f"only one has the {SAID[kind]} “{join_as_written(more)}”",
            )


def _missing(kind: Kind, more: Sequence[Word], besides: bool, leads: frozenset[str]) -> float:
    if kind is Kind.SOFT:
        return MISSING[kind]
    if besides and kind in (Kind.COMMON, Kind.PLACE):
        branch = kind is Kind.PLACE and not all(word.raw in leads for word in more)
        return (BRANCH if branch else BESIDES) * 0.9 ** (len(more) - 1)
    return MISSING[kind] * 0.9 ** (len(more) - 1)


FOREIGN = 0.96  # one of them in another alphabet
SHORT_NAME = 0.72
SHORTEST_BRAND = 4  # letters
OWNED = re.compile(r"(\S.{2,40}?),?\s+(?:by|powered by|part of|an?)\s+\S", re.IGNORECASE)
ACRONYM, SHORT_ACRONYM = 0.86, 0.76


def compare_names(one: Name, other: Name, *, person: bool = False) -> Likeness:
    """How alike two names are, whichever comes first."""
    if () in (one.words, other.words):
        return NOTHING
    if one.whole == other.whole:
        return Likeness(1.0, "exact")
    if one.cjk and other.cjk and (short := _short_han(one, other) or _short_han(other, one)):
        return max(_alike(one, other, person=person), short, key=lambda alike: alike.score)
    if one.cjk != other.cjk:
        chinese, latin = (one, other) if one.cjk else (other, one)
        return (
            _in_hangul if transliterations.HANGUL.search(chinese.text) else compare_across_scripts
        )(chinese, latin)
    without_vowels = one.foreign != other.foreign and transliterations.SEMITIC.search(
        (one if one.foreign else other).text
    )
    if person or without_vowels:
        return _of_persons(one, other)
    tries = (
        _alike(one, other, person=False),
        _acronym(one, other),
        _acronym(other, one),
        _brand(one, other),
        _brand(other, one),
    )
    return max(tries, key=lambda alike: alike.score)


def _short_han(short: Name, full: Name) -> Likeness | None:
    """The short name of a listed firm (大华股份) beside its whole one, which has it within: for a
    person to see.
    """
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
    brand = find_brand(full.text)
    if not brand or len(short.joined) < SHORTEST_BRAND or read_name(brand).joined != short.joined:
        return NOTHING
    return Likeness(SHORT_NAME, "fuzzy", (f"“{brand}” is the brand, and whose it is follows",))


def find_brand(text: str) -> str:
    """The brand at the beginning of a name that goes on with its owner; empty where there is
    none.
    """
    owned = OWNED.match(text)
    return owned[1] if owned else ""


def _of_persons(one: Name, other: Name) -> Likeness:
    if one.cjk:
        return _alike(one, other, person=True)
    alike = persons.compare_persons(one.text, other.text)
    return Likeness(
        alike.score, "transliteration" if one.foreign != other.foreign else "fuzzy", alike.reasons
    )


def _alike(one: Name, other: Name, *, person: bool) -> Likeness:
    alike = None if one.joined == other.joined else align_words(one, other)
    if alike and not alike.score:
        return NOTHING  # most names are: why two of these differ is not put into words
    factor, forms_differ = (1.0, "") if person else compare_forms(one.forms, other.forms)
    if factor < OF_COMPANIES and words.ANYONES.issuperset(word.text for word in one.words):
        factor = min(factor, OTHER_FORM)
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
    mine, theirs = get_legal_form(one), get_legal_form(other)
    if not (one.forms and other.forms):
        return f"only one has “{mine or theirs}”" if mine or theirs else forms_differ
    return f"{forms_differ}: “{mine}”, “{theirs}”" if mine and theirs else forms_differ


def _how(one: Name, other: Name, otherwise: How) -> How:
    return "transliteration" if one.foreign != other.foreign else otherwise


def _acronym(short: Name, full: Name) -> Likeness:
    """One name as the initials of the other."""
    if (
        len(short.words) != 1
        or not 3 <= len(short.joined) <= 8
        or short.cjk
        or short.joined not in full.initials
        or short.text[1:2].islower()  # Sto is a word
    ):
        return NOTHING
    if len(short.joined) == 3 and short.forms:  # SAP SE is a name, not somebody's initials
        return NOTHING
    score = ACRONYM if len(short.joined) > 3 else SHORT_ACRONYM
    return Likeness(score, "acronym", (f"“{short.joined.upper()}” are its initials",))


# A name in Chinese or Japanese against one in Latin letters: by how its own words sound, and by
# what else both say. Pure.

# Three syllables, or two: without tones two are many firms' and persons'; with a place or trade
# that agrees, one firm's.
PINYIN_SURE, PINYIN_SHORT, PINYIN_BEST = 0.87, 0.76, 0.95
IN_LETTERS = 0.96
OTHER_TRADE, OTHER_SURE_TRADE, OTHER_PLACE, OTHER_NUMBER, ONE_NUMBER = 0.85, 0.75, 0.5, 0.4, 0.6
GENERIC = frozenset(
    [
        "technology",
        "science",
        "industry",
        "trade",
        "electronic",
        "development",
        "equipment",
        "product",
        "commerce",
    ]
)  # said for another
# of few consonants most vowels must be there as well
NEAR_KANA, NEAR_LONG, NEAR_ALL = 0.6, 0.6, 0.85
SHORTEST_HEARD = 4  # letters
NO_OWN_LEFT_OUT = 0.75  # a University of Technology is another than the University
OF_MANY = frozenset({"university", "institute", "academy", "college", "school"})
# a place or a trade that only one of them says; beside one that agrees
LEFT_OUT, LEFT_OUT_BESIDES = 0.97, 0.99


def compare_across_scripts(chinese: Name, other: Name) -> Likeness:
    """A Chinese name and one in letters: by the syllables of the firm's own words, and by what else
    both say.

    Pinyin has no tones, so two syllables alone are many firms; with the same place or trade they
    are one.
    """
    latin = romanize_name(chinese)
    if _same_letters(latin, other, chinese):
        return Likeness(
            _syllables(latin, chinese, 0),
            "transliteration",
            (f"“{latin.joined}” is how “{chinese.text}” sounds",),
        )
    mine, theirs = (join_as_written(name.own, "") for name in (latin, other))
    if mine != theirs and (found := _of_kana(chinese, other)):
        return found
    if not mine and not theirs:
        return _word_by_word(latin, other)
    if not mine or mine != theirs:
        return _partly_across(chinese, latin, other)
    return _sound_alike(chinese, latin, other)


def _sound_alike(chinese: Name, latin: Name, other: Name) -> Likeness:
    """Two names of which the own words sound alike, by the other words of both."""
    left, right = (
        [word for word in side if word.kind is not Kind.OWN] for side in (latin.words, other.words)
    )
    rest, more = subtract_words(left, right), subtract_words(right, left)
    agreeing = _telling(left) - _telling(rest)
    factor, reasons = _translated_otherwise(rest, more, LEFT_OUT_BESIDES if agreeing else LEFT_OUT)
    own = "".join(word.raw for word in chinese.own)
    if own == join_as_written(latin.own, ""):  # it is written in letters in both
        return Likeness(
            IN_LETTERS * factor,
            "legal-form",
            tuple(reasons) or (f"written in letters in “{chinese.text}” too",),
        )
    reason = f"“{join_as_written(other.own)}” is how “{own}” sounds"
    return Likeness(
        _syllables(latin, chinese, agreeing) * factor, "transliteration", (reason, *reasons)
    )


def _in_hangul(korean: Name, other: Name) -> Likeness:
    """A Korean name and one in Latin letters: each country and each family romanizes in its own
    way, and a firm's trade is translated.
    """
    if len(korean.joined) > 1 and _sounds_korean(korean.joined, other.text):
        sure = PINYIN_SURE if len(korean.joined) > 2 else PINYIN_SHORT
        return Likeness(sure, "transliteration", (f"“{other.text}” is how “{korean.text}” sounds",))
    own, latin = join_as_written(korean.own, ""), romanize_name(korean)
    if not own and not other.own:
        return _word_by_word(latin, other)
    if len(own) < 2 or not _sounds_korean(own, join_as_written(other.own)):
        return NOTHING
    return _sound_alike(korean, latin, other)


def _sounds_korean(hangul: str, latin: str) -> bool:
    return transliterations.fold_korean(hangul)[0] in transliterations.fold_korean(latin)


def _word_by_word(latin: Name, other: Name) -> Likeness:
    """Names without a word of their own (天津大学, an institute by its number): each word
    translated, the number the same.
    """
    rest, more = subtract_words(latin.words, other.words), subtract_words(other.words, latin.words)
    numbers = [word.text for word in (*rest, *more) if word.kind is Kind.NUMBER]
    shared = [word.kind for word in latin.words if word not in rest and word.kind is not Kind.SOFT]
    # “Research Institute” is any
    if numbers or len(shared) < 2 or not {Kind.PLACE, Kind.NUMBER} & {*shared}:
        return NOTHING
    sure = len(shared) > 3 or Kind.PLACE in shared
    many = any(word.text in OF_MANY for word in latin.words)
    factor, reasons = _translated_otherwise(rest, more, NO_OWN_LEFT_OUT if many else LEFT_OUT)
    worth = min(PINYIN_SURE + 0.03 * (len(shared) - 2), PINYIN_BEST) if sure else PINYIN_SHORT
    return Likeness(worth * factor, "transliteration", ("the same words translated", *reasons))


def _telling(some: Sequence[Word]) -> int:
    return sum(word.kind in (Kind.PLACE, Kind.COMMON) for word in some)


def _of_kana(japanese: Name, other: Name) -> Likeness | None:
    """A Japanese name in katakana: its own words, or the whole, which is seldom spaced as in
    English.
    """
    for written, spelt in (
        (join_as_written(japanese.own, ""), other.own),
        (japanese.joined, other.words),
    ):
        if written and spelt and (sure := _in_kana(written, spelt)):
            return Likeness(
                sure, "transliteration", (f"“{join_as_written(spelt)}” is how “{written}” sounds",)
            )
    return None


def _in_kana(japanese: str, theirs: Sequence[Word]) -> float:
    """How sure a word of katakana is the English one: by its consonants, and the fewer they are,
    by its vowels.
    """
    heard, english = (
        sounds.hear_katakana(japanese),
        "".join(sounds.hear_english(word.raw) for word in theirs),
    )
    left = sounds.strip_heard_vowels(heard)
    if (
        len(heard) < SHORTEST_HEARD
        or sounds.make_heard_key(heard) != sounds.make_heard_key(english)
        or (heard[0] in "aeo") != (english[0] in "aeo")
    ):
        return 0.0
    near = OSA.normalized_similarity(heard, english)
    if near >= NEAR_ALL or (len(left) >= sounds.SURE and near >= NEAR_LONG):
        return PINYIN_SURE
    return PINYIN_SHORT if near >= NEAR_KANA or len(left) > sounds.SURE else 0.0


def _translated_otherwise(
    rest: Sequence[Word], more: Sequence[Word], missing: float
) -> tuple[float, list[str]]:
    """A factor for what only one of the two says: a translator leaves out a trade, never
    exchanges a place.
    """
    factor, reasons = 1.0, []
    for kind in (Kind.PLACE, Kind.COMMON, Kind.NUMBER):
        mine, theirs = ([word for word in side if word.kind is kind] for side in (rest, more))
        if mine and theirs:
            loose = GENERIC.intersection(word.text for word in (*mine, *theirs))
            other_trade = OTHER_TRADE if loose else OTHER_SURE_TRADE
            factor *= (
                OTHER_PLACE
                if kind is Kind.PLACE
                else OTHER_NUMBER
                if kind is Kind.NUMBER
                else other_trade
            )
            reasons.append(
                f"another {SAID[kind]}: “{join_as_written(mine)}”, “{join_as_written(theirs)}”"
            )
        elif only := mine or theirs:
            factor *= ONE_NUMBER if kind is Kind.NUMBER else missing
            reasons.append(f"only one has the {SAID[kind]} “{join_as_written(only)}”")
    return factor, reasons


def _partly_across(chinese: Name, latin: Name, other: Name) -> Likeness:
    """A firm's own syllables beside other words of its own: for a person to see."""
    if not any(word.text in {other_word.text for other_word in other.words} for word in latin.own):
        return NOTHING
    alike = align_words(latin, other)
    return Likeness(
        alike.score * _syllables(latin, chinese, 0),
        "transliteration",
        ("alike by its sound", *alike.reasons),
    )


def _same_letters(latin: Name, other: Name, chinese: Name) -> bool:
    """Whether the pinyin is all there, syllables spaced in any way; a person's family name may
    stand last.
    """
    if latin.joined == other.joined:
        return True
    if len(other.words) == 2 and 2 <= len(chinese.joined) <= 4:
        return other.words[1].raw + other.words[0].raw == latin.joined
    return False


def _syllables(latin: Name, chinese: Name, agreeing: int) -> float:
    """How sure the sound of a Chinese name is, by its syllables and by how many words of place
    or trade agree.
    """
    own = sum(len(word.raw) for word in chinese.own)
    length = own + sum(word.kind is Kind.PLACE for word in latin.words)
    if own >= 2 and agreeing:
        return min(PINYIN_SURE + 0.03 * (agreeing - 1) + 0.02 * (own - 2), PINYIN_BEST)
    return PINYIN_SURE if length >= 3 else PINYIN_SHORT
