"""A name in Chinese or Japanese against one in Latin letters: by how its own words sound, and by
what else both say. Pure.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, takewhile

from rapidfuzz.distance import OSA

from monitor.names import persons, sounds, transliterations, words
from monitor.names.alignment import (
    NAMES,
    NOTHING,
    SAID,
    Likeness,
    join_as_written,
    list_runs,
    strip_soft,
    subtract_words,
)
from monitor.names.eastern import compare_by_reading
from monitor.names.name import Kind, Name, Word, romanize_name
from monitor.names.scripts import simplify_han
from monitor.names.sounds import is_pinyin, romanize_word, strip_vowels

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
    rest = [word for word in strip_soft(rest) if word.script not in transliterations.SONS]
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
        sure = further >= 0 and Kind.PLACE in {word.kind for word in agreeing}
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
    """Return whether a Latin word, a name or a place, may spell this one."""
    is_same = script == latin.raw or transliterations.is_spelt(script, latin.raw)
    return latin.kind in SPELT and is_same


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


# Three syllables, or two: without tones two are many firms' and persons'; with a place or trade
# that agrees, one firm's.
PINYIN_SURE, PINYIN_SHORT, PINYIN_BEST = 0.87, 0.76, 0.95
BEGINS_ALIKE = 0.78
LONGEST_BRAND, LONGEST_HAN = 6, 10  # words, and characters
IN_LETTERS, GROUP_ALONE = 0.96, 0.8
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
TRANSLATED = "the same words translated"


def compare_across_scripts(cjk: Name, other: Name) -> Likeness:
    """Compare a Chinese, Japanese or Korean name with one in letters."""
    is_korean = transliterations.HANGUL.search(cjk.text)
    alike = _compare_hangul(cjk, other) if is_korean else _compare_han(cjk, other)
    return max(alike, compare_by_reading(cjk, other), key=lambda likeness: likeness.score)


def _compare_han(chinese: Name, other: Name) -> Likeness:
    """Compare a Chinese name with one in letters: by the syllables of own words, and by other words
    of both.

    Pinyin has no tones, so two syllables alone are many firms; with the same place or trade they
    are one.
    """
    chinese, other = _merge_brand(*_strip_towns(chinese, other))
    latin = romanize_name(chinese)
    if _has_same_letters(latin, other, chinese):
        return Likeness(
            _rate_syllables(latin, chinese, 0),
            "transliteration",
            (f"“{latin.joined}” is how “{chinese.text}” sounds",),
        )
    mine, theirs = (join_as_written(name.own, "") for name in (latin, other))
    if mine != theirs and (found := _compare_kana(chinese, other)):
        return found
    if not mine and not theirs:
        return _compare_word_by_word(latin, other)
    return (_rate_sound_alike if mine == theirs else _begin_alike)(chinese, latin, other)


def _merge_brand(chinese: Name, other: Name) -> tuple[Name, Name]:
    """Put the name in letters of a firm that both names mean in place of the words for it."""
    for brands, rest in _cut_brands(chinese):
        for some in list_runs(other.words, LONGEST_BRAND):
            if (brand := join_as_written(some, "")) in brands:
                known = Word(brand, Kind.OWN, brand)
                left = (each for each in other.words if each not in some)
                return chinese._replace(words=(known, *rest)), other._replace(words=(known, *left))
    return chinese, other


def _cut_brands(chinese: Name) -> Iterator[tuple[frozenset[str], list[Word]]]:
    """Yield the names in letters of each known firm that a Chinese name begins with, or has behind
    its places, and the words left of it.
    """
    places = [*takewhile(lambda word: word.kind is Kind.PLACE, chinese.words)]
    for before in ([], places) if places else ([],):
        further = chinese.words[len(before) :]
        told = simplify_han("".join(word.raw for word in further))
        for end in range(min(LONGEST_HAN, len(told)), 1, -1):
            if brands := words.load_brands().get(told[:end]):
                yield brands, [*before, *_drop_characters(further, end)]


def _drop_characters(some: Iterable[Word], size: int) -> Iterator[Word]:
    """Yield words without their first characters."""
    for word in some:
        if left := word.raw[size:]:
            yield word if size <= 0 else Word(left, Kind.OWN, left)
        size = max(size - len(word.raw), 0)


def make_brand_keys(name: Name) -> Iterator[str]:
    """Make keys of the firms of other names in letters: of what a Chinese name means, and of what
    one in letters has.
    """
    if name.cjk:
        yield from chain.from_iterable(brands for brands, _ in _cut_brands(name))
    else:
        spelt = (join_as_written(some, "") for some in list_runs(name.words, LONGEST_BRAND))
        yield from words.load_spelt_brands().intersection(spelt)


def _strip_towns(chinese: Name, other: Name) -> tuple[Name, Name]:
    """Strip both names of the towns and districts that the Chinese one calls so and the other has
    beside further own words.
    """
    left, right = list(chinese.words), list(other.words)
    for town in [word for word in left if is_town(word)]:
        own = [word for word in right if word.kind is Kind.OWN]
        spelt = next(
            (
                some
                for some in list_runs(own, LONGEST_BRAND)
                if join_as_written(some, "") == town.text
            ),
            (),
        )
        if len(own) > len(spelt) > 0:
            left.remove(town)
            right = [word for word in right if word not in spelt]
    return chinese._replace(words=tuple(left)), other._replace(words=tuple(right))


def is_town(word: Word) -> bool:
    """Return whether a Chinese word is a town or district that no table of places has."""
    return word.kind is Kind.PLACE and not words.find_place(word.raw)


def _begin_alike(chinese: Name, latin: Name, other: Name) -> Likeness:
    """Rate two names whose own words begin with one sound, and go on in words that no table
    translates: at most possible.
    """
    lead, rest = split_pinyin(other)
    own = "".join(word.raw for word in chinese.own)
    heard = next((own[:end] for end in (2, 3, 4) if romanize_word(own[:end]) == lead), "")
    if not heard or len(own) == len(heard) + 1:
        return NOTHING
    more, less, agreeing = _compare_others(latin, other)
    # catering is no aviation, if the Chinese name has no word left that it may translate
    is_other = own == heard and Kind.COMMON in {word.kind for word in more}
    rest = rest or join_as_written([word for word in less if word.kind is Kind.COMMON])
    if not rest or is_other or (not agreeing and len(heard) < 3):
        return NOTHING
    factor, reasons = compare_translations(more, less, LEFT_OUT_BESIDES)
    reason = f"“{lead}” is how “{heard}” sounds; “{rest}” was not compared"
    return Likeness(BEGINS_ALIKE * factor, "transliteration", (reason, *reasons))


def split_pinyin(name: Name) -> tuple[str, str]:
    """Split the own words of a name in letters: the first ones that are pinyin as one, the others
    as written.
    """
    own = [word.raw for word in name.own]
    heard = list(takewhile(is_pinyin, own))
    return "".join(heard), " ".join(own[len(heard) :])


def _rate_sound_alike(chinese: Name, latin: Name, other: Name) -> Likeness:
    """Rate two names with own words of one sound, by the other words of both."""
    rest, more, agreeing = _compare_others(latin, other)
    factor, reasons = compare_translations(rest, more, LEFT_OUT_BESIDES if agreeing else LEFT_OUT)
    own = "".join(word.raw for word in chinese.own)
    if own == join_as_written(latin.own, ""):  # it is written in letters in both
        if own not in chinese.joined:
            reason = f"“{own}” is what “{chinese.text}” is called"
            # Mitsubishi is a group of many firms
            worth = GROUP_ALONE if reasons else IN_LETTERS
            return Likeness(worth * factor, "transliteration", (reason, *reasons))
        return Likeness(
            IN_LETTERS * factor,
            "legal-form",
            tuple(reasons) or (f"written in letters in “{chinese.text}” too",),
        )
    reason = f"“{join_as_written(other.own)}” is how “{own}” sounds"
    return Likeness(
        _rate_syllables(latin, chinese, agreeing) * factor, "transliteration", (reason, *reasons)
    )


def _compare_hangul(korean: Name, other: Name) -> Likeness:
    """Compare a Korean name with one in Latin letters.

    Each country and each family romanizes in its own way, and a firm's trade is translated.
    """
    if len(korean.joined) > 1 and _is_korean_sound(korean.joined, other.text):
        sure = PINYIN_SURE if len(korean.joined) > 2 else PINYIN_SHORT
        return Likeness(sure, "transliteration", (f"“{other.text}” is how “{korean.text}” sounds",))
    own, latin = join_as_written(korean.own, ""), romanize_name(korean)
    if not own and not other.own:
        return _compare_word_by_word(latin, other)
    if len(own) < 2 or not _is_korean_sound(own, join_as_written(other.own)):
        return NOTHING
    return _rate_sound_alike(korean, latin, other)


def _is_korean_sound(hangul: str, latin: str) -> bool:
    return transliterations.fold_korean(hangul)[0] in transliterations.fold_korean(latin)


def _compare_word_by_word(latin: Name, other: Name) -> Likeness:
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
    factor, reasons = compare_translations(rest, more, NO_OWN_LEFT_OUT if many else LEFT_OUT)
    worth = min(PINYIN_SURE + 0.03 * (len(shared) - 2), PINYIN_BEST) if sure else PINYIN_SHORT
    return Likeness(worth * factor, "transliteration", (TRANSLATED, *reasons))


def _compare_others(latin: Name, other: Name) -> tuple[list[Word], list[Word], int]:
    """List the words, none the firm's own, that only one of two names has; count those of place or
    trade that both have.
    """
    left, right = (
        [word for word in side if word.kind is not Kind.OWN] for side in (latin.words, other.words)
    )
    rest = subtract_words(left, right)
    agreeing = _count_telling(left) - _count_telling(rest)
    return rest, subtract_words(right, left), agreeing


def _count_telling(some: Sequence[Word]) -> int:
    return sum(word.kind in (Kind.PLACE, Kind.COMMON) for word in some)


def _compare_kana(japanese: Name, other: Name) -> Likeness | None:
    """Compare a Japanese name in kana: its own words, or the whole, which is seldom spaced as in
    English.

    A person's family name may stand last.
    """
    turned = other.words[::-1] if len(other.words) == 2 else ()
    for written, spelt in (
        (join_as_written(japanese.own, ""), other.own),
        (japanese.joined, other.words),
        (japanese.joined, turned),
    ):
        if written and spelt and (sure := _rate_katakana(written, spelt)):
            return Likeness(
                sure, "transliteration", (f"“{join_as_written(spelt)}” is how “{written}” sounds",)
            )
    return None


def _rate_katakana(japanese: str, theirs: Sequence[Word]) -> float:
    """Rate how surely a word in katakana is the English one: by consonants, in short words also by
    vowels.
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


def compare_translations(
    rest: Sequence[Word], more: Sequence[Word], missing: float
) -> tuple[float, list[str]]:
    """Return a factor for words in only one name: a translator omits a trade, but never exchanges a
    place.
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


def _has_same_letters(latin: Name, other: Name, chinese: Name) -> bool:
    """Return whether the pinyin is complete in any spacing; a person's family name may
    stand last.
    """
    if latin.joined == other.joined:
        return True
    if len(other.words) == 2 and 2 <= len(chinese.joined) <= 4:
        return other.words[1].raw + other.words[0].raw == latin.joined
    return False


def _rate_syllables(latin: Name, chinese: Name, agreeing: int) -> float:
    """Rate the sound of a Chinese name by its syllables and by its matching words of place or
    trade.
    """
    own = sum(len(word.raw) for word in chinese.own)
    length = own + sum(word.kind is Kind.PLACE for word in latin.words)
    if own >= 2 and agreeing:
        return min(PINYIN_SURE + 0.03 * (agreeing - 1) + 0.02 * (own - 2), PINYIN_BEST)
    return PINYIN_SURE if length >= 3 else PINYIN_SHORT
