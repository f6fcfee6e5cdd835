"""Two names → how alike they are, and in which words they differ. Pure."""

import re
from collections.abc import Iterable

from monitor.names import persons, words
from monitor.names.across import compare_across_scripts, compare_unvoweled
from monitor.names.alignment import (
    NOTHING,
    OTHER_FORM,
    SHORTEST_NAME,
    SPACING,
    How,
    Likeness,
    align_words,
    strip_soft,
)
from monitor.names.forms import OF_COMPANIES, compare_forms
from monitor.names.name import Kind, Name, Word, get_legal_form, read_name

FOREIGN = 0.96  # one of them in another alphabet
SHORT_NAME = 0.72
SHORTEST_BRAND = 4  # letters
SHORTEST_WHOLE = 3  # letters of a name that is one word: ZTE
TWO = 2  # own words of a firm: one of them may be its group or brand
BRANCH_ABROAD = 0.80  # a name with a country behind it that the other lacks
# a brand, and whose it is: `Dedrone by Axon`
OWNED = re.compile(r"(\S.{2,40}?),?\s+(?:by|powered by|part of|an?)\s+\S", re.IGNORECASE)
ACRONYM, SHORT_ACRONYM = 0.86, 0.76


def compare_names(one: Name, other: Name, *, person: bool = False) -> Likeness:
    """Rate how alike two names are; their order makes no difference."""
    if () in (one.words, other.words):
        return NOTHING
    if one.whole == other.whole:
        return Likeness(1.0, "exact")
    if (
        one.cjk
        and other.cjk
        and (short := _rate_short_han(one, other) or _rate_short_han(other, one))
    ):
        return max(_compare_words(one, other, person=person), short, key=lambda alike: alike.score)
    if one.cjk != other.cjk:
        chinese, latin = (one, other) if one.cjk else (other, one)
        return compare_across_scripts(chinese, latin)
    return _compare_as_persons(one, other) if person else _compare_as_firms(one, other)


def _compare_as_firms(one: Name, other: Name) -> Likeness:
    """Names that may be firms', the surest of the ways in which they may be one."""
    if one.unvoweled != other.unvoweled:
        bare, latin = (one, other) if one.unvoweled else (other, one)
        tries: Iterable[Likeness] = (
            _compare_as_persons(one, other),
            compare_unvoweled(bare, latin),
        )
    else:
        tries = (
            _compare_words(one, other, person=False),
            _rate_acronym(one, other),
            _rate_acronym(other, one),
            _rate_brand(one, other),
            _rate_brand(other, one),
            _name_of_group(one, other),
            _name_of_group(other, one),
        )
    return max(tries, key=lambda alike: alike.score)


def _rate_short_han(short: Name, full: Name) -> Likeness | None:
    """Rate the short name of a listed firm (大华股份) against a whole name that contains it: a person
    decides.
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


def _rate_brand(short: Name, full: Name) -> Likeness:
    """Rate a brand against its owner's way to write it: a person decides."""
    brand = find_brand(full.text)
    if not brand or len(short.joined) < SHORTEST_BRAND or read_name(brand).joined != short.joined:
        return NOTHING
    return Likeness(SHORT_NAME, "fuzzy", (f"“{brand}” is the brand, and whose it is follows",))


def _name_of_group(short: Name, full: Name) -> Likeness:
    """Rate the word of a brand or group (Teledyne) against a firm with one more own word (Teledyne
    FLIR, LLC).

    A person decides.
    """
    word = find_lone_word(short)
    if word not in list_two_words(full):
        return NOTHING
    return Likeness(SHORT_NAME, "fuzzy", (f"“{word}” may be its group or brand",))


def rate_branch(head: Name, branch: Name) -> Likeness:
    """Rate a name against one with the same own words and a country behind them: Teledyne,
    Teledyne Deutschland; Teledyne of America.

    A person decides.
    """
    if () in (head.words, branch.words) or branch.cjk or head.cjk:
        return NOTHING
    *rest, last = branch.words
    *before, end = head.words
    is_sister = _is_country(end) and end.text != last.text
    head_words = before if is_sister else head.words
    own, told = ({word.text for word in some} for some in (branch.own, rest))
    is_same = own == {word.text for word in head.own} and told <= {word.text for word in head_words}
    is_whole = own == {word.text for word in strip_soft(head_words)}
    least = SHORTEST_WHOLE if is_whole else SHORTEST_NAME
    # of two sisters one word tells nothing: Government of Estonia, of Ethiopia
    is_telling = len(told) > 1 or (not is_sister and len("".join(own)) >= least)
    # a place at the beginning is a seat
    seats = [word for word in head_words[1:] if word.kind is Kind.PLACE]
    if seats or not _is_country(last):
        return NOTHING
    if not (own - words.ANYONES and is_same and is_telling):
        return NOTHING
    return Likeness(BRANCH_ABROAD, "fuzzy", (f"“{last.raw}” may say whose branch it is",))


def _is_country(word: Word) -> bool:
    return word.kind is Kind.PLACE and words.is_country(word.text)


def find_lone_word(name: Name) -> str:
    """Find the only own word of a name without a legal form; "" if there is none."""
    own = [word.raw for word in name.own]
    rest = all(word.kind in (Kind.OWN, Kind.SOFT, Kind.COMMON) for word in name.words)
    is_bare = len(own) == 1 and len(own[0]) >= SHORTEST_BRAND and not (name.cjk or name.forms)
    return own[0] if is_bare and rest else ""


def list_two_words(name: Name) -> tuple[str, ...]:
    """List the two own words of a firm's name, if neither is its owner's; else none."""
    own = tuple(word.raw for word in name.own)
    return own if len(own) == TWO and not (name.cjk or find_brand(name.text)) else ()


def find_brand(text: str) -> str:
    """Find the brand at the beginning of a name that goes on with its owner; "" if none."""
    owned = OWNED.match(text)
    return owned[1] if owned else ""


def _compare_as_persons(one: Name, other: Name) -> Likeness:
    if one.cjk:
        return _compare_words(one, other, person=True)
    alike = persons.compare_persons(one.text, other.text)
    return alike._replace(how=_choose_how(one, other, "fuzzy"))


def _compare_words(one: Name, other: Name, *, person: bool) -> Likeness:
    alike = None if one.joined == other.joined else align_words(one, other)
    if alike and not alike.score:
        return NOTHING  # most names are: why two of these differ is not put into words
    factor, forms_differ = (1.0, "") if person else compare_forms(one.forms, other.forms)
    if factor < OF_COMPANIES and words.ANYONES.issuperset(word.text for word in one.words):
        factor = min(factor, OTHER_FORM)
    reasons = [_describe_forms(forms_differ, one, other)] if forms_differ else []
    if one.foreign != other.foreign:
        factor *= FOREIGN
        reasons.append("written in another script")
    if alike is None:
        if [word.raw for word in one.words] != [word.raw for word in other.words]:
            factor *= SPACING
            reasons.append("spaced otherwise")
        return Likeness(factor, _choose_how(one, other, "legal-form"), tuple(reasons))
    same: How = "fuzzy" if alike.reasons else "legal-form"
    return Likeness(alike.score * factor, _choose_how(one, other, same), (*alike.reasons, *reasons))


def _describe_forms(forms_differ: str, one: Name, other: Name) -> str:
    """Word which legal form is missing, or which two differ."""
    mine, theirs = get_legal_form(one), get_legal_form(other)
    if not (one.forms and other.forms):
        return f"only one has “{mine or theirs}”" if mine or theirs else forms_differ
    return f"{forms_differ}: “{mine}”, “{theirs}”" if mine and theirs else forms_differ


def _choose_how(one: Name, other: Name, otherwise: How) -> How:
    return "transliteration" if one.foreign != other.foreign else otherwise


def _rate_acronym(short: Name, full: Name) -> Likeness:
    """Rate one name as the initials of the other."""
    if (
        len(short.words) != 1
        or not 3 <= len(short.joined) <= 8
        or short.cjk
        or short.joined not in full.initials
        or short.text[1:2].islower()  # Sto is a word
    ):
        return NOTHING
    of_three = len(short.joined) == SHORTEST_WHOLE
    is_whole = short.forms and short.forms == full.forms and len(full.words) == SHORTEST_WHOLE
    if of_three and short.forms and not is_whole:  # SAP SE is a name, not somebody's initials
        return NOTHING
    score = ACRONYM if len(short.joined) > 3 else SHORT_ACRONYM
    return Likeness(score, "acronym", (f"“{short.joined.upper()}” are its initials",))
