"""A Japanese or Korean name against one in Latin letters: known words by what they mean or how they
are read, own words by how they sound. Pure.
"""

from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from monitor.names import hangul, japanese
from monitor.names.alignment import NOTHING, Likeness, join_as_written, list_runs, strip_soft
from monitor.names.lexicon import Lexicon, Part, Sort, load_lexicon
from monitor.names.name import Kind, Name, Word
from monitor.names.sounds import level_romaji
from monitor.names.transliterations import HANGUL

COMPANY = frozenset({"kaisha", "gaisha", "hoesa"})
NAMED_ALONE = (Kind.OWN, Kind.HONOUR, Kind.NUMBER)
NAMED = (*NAMED_ALONE, Kind.PLACE)
LONGEST_RUN = 6  # words of a firm's name in letters
MOST_TOLD, LONGEST_OWN = 8, 24  # own words in letters, and characters, that are compared
BRAND, AGREED, SHORT, LOOSE_AGREED, LOOSE, BEST = 0.96, 0.87, 0.80, 0.80, 0.74, 0.95
FURTHER = 0.02
# what only one of them says: a trade, a place; and two trades
LEFT_OUT, ALONE, PLACE_LEFT, OTHER_TRADE = 0.96, 0.87, 0.85, 0.75
OF_GROUP, OTHER_OF_GROUP = 0.83, 0.7  # Hitachi, Hitachi Metals; a firm whose trade is its name


class Sure(IntEnum):
    """How surely own words are the same."""

    NOT = 0
    MAYBE = 1  # by sounds that few writers would give it, or many names have
    QUITE = 2


class Agreed(NamedTuple):
    """What two names agree in, and what is left of both."""

    brand: Part | None
    trades: int
    left: Sequence[Part]
    more: Sequence[Word]
    sure: Sure


def compare_by_reading(cjk: Name, other: Name) -> Likeness:
    """Compare a Japanese or Korean name with one in letters, with its brand and as it is read."""
    if not (lexicon := _find_lexicon(cjk)):
        return NOTHING
    agreed = _match_parts([*lexicon.cut(cjk.joined)], other, lexicon)
    return _rate_agreed(agreed, cjk, other, lexicon) if agreed else NOTHING


def _find_lexicon(name: Name) -> Lexicon | None:
    """Return the words of the language of a name; None for Chinese."""
    if not name.cjk or any("CN" in form.countries for form in name.forms):
        return None
    return load_lexicon("korean" if HANGUL.search(name.joined) else "japanese")


def _is_anywhere(parts: Sequence[Part]) -> bool:
    """Return whether a name has no own word but a place."""
    return {part.sort for part in parts} <= {Sort.PLACE, Sort.TRADE}


def _match_parts(parts: Sequence[Part], other: Name, lexicon: Lexicon) -> Agreed | None:
    """Take from both names what means or sounds the same; None if own words differ."""
    more = [word for word in strip_soft(other.words) if word.raw not in COMPANY]
    brand = next((part for part in parts if part.sort is Sort.BRAND), None)
    if brand:
        if not _take_part(brand, more):
            return None
        more = [word for word in more if word.raw not in brand.says]  # its short form beside it
    trades = [part for part in parts if part.sort is Sort.TRADE]
    left = [*_take_trades(trades, more)]
    spoken = [part for part in parts if part.sort is Sort.WORD and _take_part(part, more)]
    names = [part for part in parts if part.sort <= Sort.PLACE and part not in spoken]
    agreed = Agreed(brand, len(trades) - len(left), left, more, Sure.QUITE)
    if not names:
        return agreed if (brand or spoken) and not _has_own(agreed, lexicon) else None
    found = _agree_in_names(names, agreed, lexicon, beside=bool(brand or spoken))
    tells = any(part not in left and part.text not in lexicon.omitted for part in trades)
    is_anywhere = not (brand or spoken or tells) and _is_anywhere(names)
    return None if is_anywhere else found


def _has_own(agreed: Agreed, lexicon: Lexicon) -> bool:
    """Return whether words are left that may be a firm's own."""
    return any(
        word.kind not in (Kind.COMMON, Kind.PLACE) and word.raw not in lexicon.omitted
        for word in agreed.more
    )


def _agree_in_names(
    names: Sequence[Part], agreed: Agreed, lexicon: Lexicon, *, beside: bool
) -> Agreed | None:
    """Take the own words of both if they sound alike, with or without the places in letters."""
    for kinds in (NAMED, NAMED_ALONE):
        told = [word for word in agreed.more if word.kind in kinds]
        if told and (sure := _rate_sound(names, told, lexicon, beside=beside)):
            return agreed._replace(
                more=[word for word in agreed.more if word.kind not in kinds], sure=sure
            )
    return None


def _take_trades(trades: Sequence[Part], more: list[Word]) -> Iterator[Part]:
    """Remove from words what trades say, also two as one word; yield the trades that none says."""
    rest = [*trades]
    while rest:
        both = rest[:2] if len(rest) > 1 and _take_part(_join_trades(*rest[:2]), more) else []
        if not both and not _take_part(rest[0], more):
            yield rest[0]
        del rest[: len(both) or 1]


def _join_trades(one: Part, other: Part) -> Part:
    says = frozenset(first + second for first in one.says for second in other.says)
    return Part(one.text + other.text, Sort.TRADE, says)


def _take_part(part: Part, more: list[Word]) -> bool:
    """Remove from words the run that says what a part does."""
    for size in range(min(LONGEST_RUN, len(more)), 0, -1):
        for here in range(len(more) - size + 1):
            run = more[here : here + size]
            if not part.says.isdisjoint(
                _write_run(run) if part.sort is Sort.BRAND else _write_read_run(run)
            ):
                del more[here : here + size]
                return True
    return False


def _write_run(run: Sequence[Word]) -> set[str]:
    """Write a run of words as one: as the words that stand for all their forms, and as it is."""
    return {"".join(word.text for word in run), "".join(word.raw for word in run)}


def _write_read_run(run: Sequence[Word]) -> set[str]:
    """Write a run of words as one, also as Japanese is levelled."""
    return {*_write_run(run), level_romaji("".join(word.raw for word in run))}


def _rate_sound(
    names: Sequence[Part], told: Sequence[Word], lexicon: Lexicon, *, beside: bool
) -> Sure:
    """Rate how surely own words are read as these, `beside` others that agree.

    Each way to divide them is tried, so no long ones are.
    """
    if len(told) > MOST_TOLD or sum(len(part.text) for part in names) > LONGEST_OWN:
        return Sure.NOT
    if lexicon.language == "korean":
        return Sure(hangul.rate_sound(names, [word.raw for word in told]))
    raws = [word.raw for word in told]
    return Sure(japanese.rate_reading(names, raws, lexicon, beside=beside))


def _rate_agreed(agreed: Agreed, cjk: Name, other: Name, lexicon: Lexicon) -> Likeness:
    """Rate names whose own words agree by their trades and places."""
    trades, places = (
        [word for word in agreed.more if word.kind is kind] for kind in (Kind.COMMON, Kind.PLACE)
    )
    mine = [part.text for part in agreed.left if part.text not in lexicon.omitted]
    theirs = [word.raw for word in trades if word.text not in lexicon.omitted]
    factor, reasons = _weigh_trades(agreed, mine, theirs, lexicon)
    if places:
        factor *= PLACE_LEFT
        reasons.append(f"only one has the place “{join_as_written(places)}”")
    first = f"“{other.text}” is how “{cjk.text}” is read"
    return Likeness(_rate_own_words(agreed) * factor, "transliteration", (first, *reasons))


def _rate_own_words(agreed: Agreed) -> float:
    if agreed.brand:
        return BRAND if agreed.sure is Sure.QUITE else SHORT
    if agreed.sure is Sure.MAYBE:
        return LOOSE_AGREED if agreed.trades else LOOSE
    return min(AGREED + FURTHER * (agreed.trades - 1), BEST) if agreed.trades else SHORT


def _weigh_trades(
    agreed: Agreed, mine: Sequence[str], theirs: Sequence[str], lexicon: Lexicon
) -> tuple[float, list[str]]:
    """Return a factor for trades that only one of the names, or each another, has."""
    if mine and theirs:
        told = f"another trade: “{''.join(mine)}”, “{' '.join(theirs)}”"
        return OTHER_OF_GROUP if agreed.brand else OTHER_TRADE, [told]
    if not mine and not theirs:
        return 1.0, []
    told = f"only one has the trade “{''.join(mine) or ' '.join(theirs)}”"
    if agreed.brand:
        is_whole = any(
            part.sort is Sort.TRADE for part in lexicon.cut(agreed.brand.text, brands=False)
        )
        return OTHER_OF_GROUP if is_whole and theirs else OF_GROUP, [told]
    return LEFT_OUT if agreed.trades else ALONE, [told]


def make_reading_keys(name: Name) -> set[str]:
    """Make keys of how own words are read, alike for a name in letters and one in its script."""
    if not name.cjk:
        return {*_make_letter_keys(name)}
    lexicon = _find_lexicon(name)
    return {*_make_script_keys(lexicon, name.joined)} if lexicon else set()


def list_kana(name: Name) -> set[str]:
    """List the own words in kana between those that a table has."""
    lexicon = _find_lexicon(name)
    if not lexicon or lexicon.language != "japanese":
        return set()
    return {
        kana
        for part in lexicon.cut(name.joined)
        if part.sort is Sort.OWN
        for kana in japanese.KANA.findall(part.text)
    }


def _make_script_keys(lexicon: Lexicon, text: str) -> Iterator[str]:
    parts = [*lexicon.cut(text)]
    names = [part for part in parts if part.sort <= Sort.PLACE]
    for part in parts:
        if part.sort is Sort.BRAND:
            yield from (f"B{brand}" for brand in part.says)
    if names and all(part.sort in lexicon.spoken for part in names):
        trades = [part for part in parts if part.sort is Sort.TRADE]
        yield from (
            f"R{place}:{says}" for place in names[0].says for part in trades for says in part.says
        )
    if names and lexicon.language == "korean":
        yield from hangul.make_keys(names)
        yield from hangul.make_keys([Part(text, Sort.OWN)])
        yield from (f"R{says}" for says in names[0].says)
    elif names:
        yield from japanese.make_keys(names, lexicon)


def _make_letter_keys(name: Name) -> Iterator[str]:
    told = [word for word in name.words if word.kind in NAMED]
    own = [word.raw for word in name.own]
    yield from (f"B{each}" for each in _find_brands(name.words))
    yield from (f"R{''.join(word.raw for word in name.words[:end])}" for end in (1, 2))
    yield from (f"R{raw}" for raw in own[:1])
    for run in list_runs(told, 3):
        if len(run) > 1 or run[0].kind is not Kind.PLACE:
            yield from japanese.make_key_of_letters(join_as_written(run, ""))
    yield from hangul.make_keys_of_letters(own, name.text)
    for word in name.words:
        if word.raw in _load_towns():
            others = [each for each in name.words if each is not word]
            for run in list_runs(others, 2):
                yield from (f"R{word.raw}:{each}" for each in _write_run(run))


def _find_brands(some: Sequence[Word]) -> set[str]:
    """List the firms known by their names in letters that a name may be."""
    return {
        each for run in list_runs(some, LONGEST_RUN) for each in _write_run(run)
    } & _load_brands()


@cache
def _load_brands() -> frozenset[str]:
    return load_lexicon("korean").in_letters | load_lexicon("japanese").in_letters


@cache
def _load_towns() -> frozenset[str]:
    """Words that tell no firm without the next one."""
    return load_lexicon("korean").towns | load_lexicon("japanese").towns
