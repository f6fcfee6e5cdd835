"""A name as written → its words, each known for what it is: the firm's own, a common word, a
place, a number, its form. Pure.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from functools import cache, lru_cache, partial
from itertools import chain
from typing import NamedTuple

from anyascii import anyascii

from monitor.names import slavic, tongues, words
from monitor.names.forms import (
    ALSO_WORDS,
    ENDINGS,
    Form,
    find_form,
    load_han_forms,
    load_inner_forms,
    load_latin_forms,
    load_leading_words,
    strip_legal_forms,
)
from monitor.names.numerals import parse_number
from monitor.names.scripts import CJK, IS_CJK, simplify_han
from monitor.names.sounds import SYLLABLES, is_pinyin, romanize_word, spell_in_english
from monitor.names.transliterations import MARKS, SEMITIC

RUN = re.compile(rf"[{CJK}]+|[^\W_{CJK}]+")
INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
ELIDED = re.compile(r"\b[dl]['’](?=(\w+))")  # Banque d'Iran, not L'Oréal
APOSTROPHE = re.compile(r"(?<=\w)['’`ʼ](?=\w)")
# M.V. Petrov Institute: whoever it is named after has initials, which most writers omit
LED = re.compile(r"(?<![\w.])(?:[A-Z]\. ?){1,3}(?=[A-Z][\w-]{3})", re.IGNORECASE)
INSTITUTIONS = re.compile(
    r"\b(?:plant|works|factory|institute|academy|university|bureau|complex|cent(?:er|re)|enterprise)\b",
    re.IGNORECASE,
)
# Institute of Physics (IP), whose short name `split_names` gives apart
SHORT = re.compile(r" \(((?=[A-Z])(?=\w+[A-Z])[A-Za-z&-]{2,10})\)(?= *(?:,|$))")
ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
# `simplify_han` reads 研 in the shape 硏
UNITS = "[研硏]究所|[研硏]究院|分院|工程局|工厂|分厂|公司|大学|中学|医院|军|所|院|厂|局|部|队|室|师"
HAN_NUMBER = re.compile(
    rf"第([〇零一二两三四五六七八九十百千\d]+)|(?<![\d])([〇零一二三四五六七八九十百]{{1,5}})(?={UNITS})"
)
FIRMS = sorted((form for form in load_han_forms() if form.endswith("公司")), key=len, reverse=True)
INNER_FORM = re.compile(rf"(?<!分)(?:{'|'.join(FIRMS)})(?=.)")
DIVISION = re.compile(r"(?:省|市|县|区|自治区|壮族自治区|维吾尔自治区|回族自治区|特别行政区)")
# 昆山市, 鄞州区, 东湖新技术开发区: what no table has, but not 超市, 市政, 区块链 or 镇流器
TOWN = re.compile(
    rf"([{CJK}]{{2,3}}?)(?:(?<![超城都])[市县](?![场政值])|区(?![块域间])|镇(?![流静])"
    rf"|[{CJK}]{{0,6}}(?:开发区|产业园|工业园区?))(?=[{CJK}]{{2}})"
)
JOINING = frozenset({"and", "und", "et", "y", "و"})
GROUPS = frozenset({"group", "holding"})
TELLING = 3  # words that tell an institute without the person whom it is named after
GENITIVE = re.compile("[oe]go$")  # of Gorky
HONOURS = re.compile("a[kc]ademi[kc]|marshal|general|professor|hero|geroy|konstruktor|designer")
MADE = (
    "aircraft automotive boiler engine equipment gear helicopter instrument machine machinetool"
    " missile railcar rocket ship tool tractor turbine vehicle"
)
MAKING = {(made, "construction") for made in MADE.split()} | {
    ("instrument", "engineering"),
    ("machine", "engineering"),
    ("missile", "arms"),
}
LONG_NAME = 3  # words
LONGEST = 400  # letters; no name is longer, and what is would cost more than it tells


class Kind(IntEnum):
    """The kind of a word in a name."""

    OWN = 0  # the firm's own: tells it from others
    COMMON = 1  # what it does
    PLACE = 2
    NUMBER = 3
    SOFT = 4  # a group, a holding
    HONOUR = 5  # a person that the firm is named after


class Word(NamedTuple):
    """A word: `text` stands for all its forms (`technology` for `Technologies`), `raw` is as
    written, levelled.
    """

    text: str
    kind: Kind
    raw: str
    script: str = ""  # as a script without vowels writes it, without its article


class Name(NamedTuple):
    """A parsed name. `joined` is the name without its legal form, `whole` with it, both without
    spaces; `text` as written.
    """

    words: tuple[Word, ...]
    forms: tuple[Form, ...]
    joined: str
    whole: str
    initials: tuple[str, ...]
    cjk: bool
    foreign: bool
    text: str = ""

    @property
    def own(self) -> tuple[Word, ...]:
        """The words that are the firm's own."""
        return tuple(word for word in self.words if word.kind is Kind.OWN)

    @property
    def unvoweled(self) -> bool:
        """Return whether it is written without vowels."""
        return self.foreign and any(word.script for word in self.words)


@lru_cache(maxsize=200_000)
def read_name(text: str) -> Name:
    """Parse a name; remember the last many."""
    return parse_name(text)


def parse_name(text: str) -> Name:
    """Parse a name, without remembering it."""
    text = text[:LONGEST]
    level = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return (_parse_cjk_name(level) if IS_CJK.search(level) else _parse_latin_name(level))._replace(
        text=level
    )


def normalize_name(text: str) -> str:
    """Make a key of a name: scripts, widths, case, spaces and punctuation are levelled, the legal
    form kept.
    """
    return parse_name(text).whole


def _parse_latin_name(level: str) -> Name:
    low = _lower_letters(_strip_brackets(level))
    raws = _split_words(low)
    own, forms = strip_legal_forms(raws)
    unvoweled = tuple(_classify_unvoweled(own)) if SEMITIC.search(low) else ()
    foreign = not all(word.isascii() for word in own)
    if foreign:
        own, raws = (
            [latin_word for word in some for latin_word in _put_in_latin(word) if latin_word]
            for some in (own, raws)
        )
    # a legal form before the name is none of its initials
    begins = raws.index(own[0]) if own else 0
    named = [word for word in own if word != "the"] or own
    # On AG is called On
    words_of = (
        unvoweled
        or tuple(_classify_words(named))
        or tuple(Word(raw, Kind.OWN, raw) for raw in named)
    )
    return Name(
        words_of,
        forms,
        "".join(named),
        "".join(raws),
        tuple(_list_initials(raws[begins:])),
        cjk=False,
        foreign=foreign,
    )


def _split_words(low: str) -> list[str]:
    plain = (
        word if word.isascii() else _strip_accents(word)
        for word in RUN.findall(low)
        if word not in JOINING
    )
    return [word for word in plain if word]  # of some letters nothing is left


def _strip_brackets(level: str) -> str:
    """Remove a short name in a bracket, and a country behind a name."""
    if "(" in level:
        level = SHORT.sub(partial(_strip_short_name, level), level)
    return _strip_country(level) if "(" in level or "," in level else level


def _lower_letters(level: str) -> str:
    """Put a name in small letters, without points, apostrophes and initials of persons."""
    if "." in level and INSTITUTIONS.search(level):
        level = LED.sub("", level)
    low = _strip_points(level).casefold()
    low = ELIDED.sub(lambda of: " " if _is_known(of[1]) else of[0], low)
    low = APOSTROPHE.sub("", low).replace("\u0307", "")
    return MARKS.sub("", low) if SEMITIC.search(low) else low


def _strip_points(text: str) -> str:
    return INITIALS.sub(lambda initials: initials[0].replace(".", ""), text)


def _put_in_latin(word: str) -> Iterable[str]:
    """Read a word in English (Трейдинг, ОДК), or put it in Latin letters one by one."""
    return tongues.read_cyrillic(word) or (romanize_word(word),)


def _is_known(word: str) -> bool:
    """Return whether a word is no firm's own."""
    plain = _strip_accents(word)
    return (
        bool(words.find_place(word))
        or plain in words.load_common_words()
        or bool(tongues.translate_word(plain, alone=False))
    )


def _classify_unvoweled(raws: Iterable[str]) -> Iterator[Word]:
    """Classify words of a script without vowels by the first English word that each means."""
    for raw in raws:
        script, meant = words.translate_unvoweled(raw)
        spelt = romanize_word(script)
        if not SEMITIC.search(raw):
            yield _classify_word(raw)
        elif meant and len(meant[0]) == 2:
            yield Word(meant[0], Kind.PLACE, spelt, script)
        elif meant:
            yield _classify_word(meant[0])._replace(raw=spelt, script=script)
        elif spelt:
            yield Word(spelt, Kind.OWN, spelt, script)


def get_legal_form(name: Name) -> str:
    """Return the words of law of a name as it writes them (`Co. Ltd` as `Co Ltd`); ""
    without any.
    """
    if name.cjk:
        level = "".join(simplify_han(name.text).casefold().split())
        return next((spelt for spelt in load_han_forms() if spelt in level and name.forms), "")
    written = RUN.findall(_strip_points(name.text))
    left, _ = strip_legal_forms(
        [_strip_accents(word.casefold()) for word in written if word.casefold() not in JOINING]
    )
    kept = list(left)
    return " ".join(
        word for word in written if not _is_taken(_strip_accents(word.casefold()), kept)
    )


def _is_taken(word: str, kept: list[str]) -> bool:
    if word in JOINING:
        return True
    if word not in kept:
        return False
    kept.remove(word)
    return True


def _strip_accents(word: str) -> str:
    """Reduce a word of Latin letters to plain ones; leave other alphabets, whose legal forms are
    known as they are.
    """
    latin_letters = all(letter < "\u0250" or "\u1e00" <= letter < "\u1f00" for letter in word)
    return anyascii(word).casefold() if latin_letters else word


def _strip_country(text: str) -> str:
    """Remove from `X Co., Ltd., China` and `X A/S (Norway)` the country of an address."""
    bare = text.rstrip()
    mark = "(" if bare.endswith(")") else ","
    head, _, tail = bare.removesuffix(")").rpartition(mark)
    if not head.strip() or len(words.find_place(tail)) != 2:
        return text
    head = head.rstrip(", ")
    is_whole = find_form(RUN.findall(_strip_points(head).casefold()), at_end=True)
    return head if is_whole else text


def _strip_short_name(text: str, bracket: re.Match[str]) -> str:
    """Remove initials in a bracket behind a whole name; a country or a legal form stays."""
    inner, outer = bracket[1], RUN.findall(text[: bracket.start()])
    is_place = words.find_place(inner) or (inner.casefold(),) in load_latin_forms()
    return bracket[0] if is_place or len(outer) < LONG_NAME else ""


def _classify_words(raws: list[str]) -> Iterator[Word]:
    """Classify words. A person that the firm is named after stands last, because some omit the
    name.
    """
    told = tongues.translate_words(raws)
    if tongues.NAMED_AFTER not in told:
        yield from _drop_repeated(_fold_words(_classify_plain(told)))
        return
    place = told.index(tongues.NAMED_AFTER)
    before = list(_drop_repeated(_fold_words(_classify_plain(told[:place]))))
    yield from before
    tells = len(before) >= TELLING or any(word.kind in (Kind.OWN, Kind.PLACE) for word in before)
    honoured = (raw for raw in told[place + 1 :] if len(raw) > 2 and not HONOURS.match(raw))
    for word in map(_classify_word, (GENITIVE.sub("y", raw) for raw in honoured)):
        yield Word(word.raw, Kind.HONOUR, word.raw) if tells and word.kind is Kind.OWN else word


def _fold_words(some: Iterable[Word]) -> Iterator[Word]:
    """Words without those that a translator may add: an Instrument-Making Plant makes instruments."""
    last = None
    for word in some:
        pair = (last.text, word.text) if last else ("", "")
        if pair == ("ship", "factory"):
            last = _classify_word("shipyard")
            continue
        if pair not in MAKING:
            if last:
                yield last
            last = word
    if last:
        yield last


TOWNS, SHORTEST_TOWN = frozenset({"city", "county", "district"}), 4  # Kunshan City


def _classify_plain(raws: Sequence[str]) -> Iterator[Word]:
    skip, places = False, words.load_places()
    for before, raw, after in zip(["", *raws], raws, [*raws[1:], ""], strict=False):
        if skip or (raw in TOWNS and len(before) >= SHORTEST_TOWN and is_pinyin(before)):
            skip = False
        elif raw in words.STOP and after in SYLLABLES and (not before or before in SYLLABLES):
            yield Word(raw, Kind.OWN, raw)  # Xin Da Yuan
        elif after and (two := places.get(raw + after)):
            skip = True
            yield Word(two, Kind.PLACE, raw + after)
        elif raw not in words.STOP and raw not in words.NUMBER_WORDS:
            yield _classify_word(raw)


def _drop_repeated(some: Iterable[Word]) -> Iterator[Word]:
    """Words, each of what a firm does once: a Scientific Research Institute NII is one research
    institute.
    """
    seen: set[str] = set()
    for word in some:
        if word.kind is not Kind.COMMON or word.text not in seen:
            yield word
        seen.add(word.text)


@lru_cache(maxsize=16384)
def _classify_word(raw: str) -> Word:
    if lemma := words.load_common_words().get(raw):
        numbered = words.NUMBERED.get(raw)
        return (
            Word(numbered, Kind.NUMBER, raw)
            if numbered
            else Word(lemma, Kind.SOFT if lemma in words.SOFT else Kind.COMMON, raw)
        )
    # Moskauer
    ways = (raw, *spell_in_english(raw))
    cities = chain(
        (way.removesuffix(end) for end in ("", "er") for way in ways), slavic.list_nouns(raw)
    )
    if place := next(filter(None, map(words.load_places().get, cities)), ""):
        return Word(place, Kind.PLACE, raw)
    if told := ORDINAL.fullmatch(raw) or re.fullmatch(r"(\d+)", raw):
        return Word(told[1].lstrip("0") or "0", Kind.NUMBER, raw)
    return Word(
        words.NUMBERED.get(raw, raw), Kind.NUMBER if raw in words.NUMBERED else Kind.OWN, raw
    )


def _list_initials(raws: list[str]) -> Iterator[str]:
    """List the short forms of a name: its initials, with and without a country or group (AViation
    Industry Corp.).

    Words of law count here (the C of CNOOC is a Corporation), but Ltd does not.
    """
    told = [word for word in raws if word not in words.STOP and word not in _list_unspoken()]
    if len(told) < 3 or not told[0][0].isalpha():
        return
    lead = "".join(word[0] for word in told)
    yield lead
    if raws[-1] in {"limited", "ltd"}:  # CATL
        yield f"{lead}l"
    if any(word in words.load_soft_words() for word in told):
        yield "".join(word[0] for word in told if words.load_common_words().get(word) not in GROUPS)
        yield "".join(word[0] for word in told if word not in words.load_soft_words())
    if told[-1] in words.load_places() and len(told) > 3:
        yield from (lead[:-1], told[0][:2] + lead[1:-1], told[0][:2] + lead[1:])
    elif words.load_common_words().get(told[-1], "company") in {"corporation", "company"}:
        yield lead[:-1]


@cache
def _list_unspoken() -> frozenset[str]:
    """Words of law that no short name has a letter for: who is liable, and how far."""
    return frozenset(
        {
            "co",
            "liability",
            *(word for word in load_inner_forms() if load_latin_forms()[word,].kind != "company"),
        }
    )


def _parse_cjk_name(level: str) -> Name:
    text = "".join(simplify_han(level).casefold().split()).replace("与", "和")
    bare, forms = text, []
    for spelt, form in load_han_forms().items():
        if spelt in bare and (bare.endswith(spelt) or bare.startswith(spelt)) and bare != spelt:
            bare = bare.removesuffix(spelt) if bare.endswith(spelt) else bare.removeprefix(spelt)
            forms.append(form)
    if not IS_CJK.search(bare):  # TechInsights公司: a name in letters with a Chinese form
        name = _parse_latin_name(IS_CJK.sub(" ", level))
        return name._replace(
            forms=tuple(dict.fromkeys((*forms, *name.forms))), whole="".join(RUN.findall(text))
        )
    runs = RUN.findall(
        HAN_NUMBER.sub(_replace_numeral, INNER_FORM.sub("", bare).replace("科工", "科学工业"))
    )
    words_of = [
        *_drop_repeated(
            word
            for run in runs
            for word in (_split_run(run) if IS_CJK.match(run) else _classify_words([run]))
        )
    ]
    return Name(
        tuple(words_of),
        tuple(forms),
        "".join(RUN.findall(bare)),
        "".join(RUN.findall(text)),
        (),
        cjk=True,
        foreign=False,
    )


def _replace_numeral(match: re.Match[str]) -> str:
    told = match[1] or match[2]
    value = parse_number(told)
    return f" {value} " if value is not None else match[0]


def _split_run(run: str) -> Iterator[Word]:
    """Chinese cut at the longest words that are no firm's own; what is between them is."""
    known, own, here = words.load_han_words(), "", 0
    is_address = True  # only places stand before
    while here < len(run):
        longest = _compile_known_han().match(run, here)
        found = longest[0] if longest else ""
        town = _find_town(run, here) if is_address and not own and not found else None
        if town:
            yield Word(romanize_word(town[1]), Kind.PLACE, town[1])
            here = town.end()
        elif len(found) > 1 or (found and _is_alone(run, here, own)):
            if own:
                yield Word(own, Kind.OWN, own)
            word, own = known[found], ""
            here += len(found)
            is_address = is_address and word in words.load_places()
            if word in words.load_places():
                division = DIVISION.match(
                    run, here
                )  # the 省 or 市 that follows the name of a place
                here += len(division[0]) if division and division.end() < len(run) else 0
                yield Word(words.load_places()[word], Kind.PLACE, word)
            else:
                lemma = words.load_common_han().get(word, word)
                yield Word(word, Kind.SOFT if lemma in words.SOFT else Kind.COMMON, word)
        elif run[here] == "和" and here and not own and _compile_known_han().match(run, here + 1):
            here += 1  # and
        else:
            own += run[here]
            here += 1
            is_address = False
    if own:
        yield Word(own, Kind.OWN, own)


def _is_alone(run: str, here: int, own: str) -> bool:
    """Return whether one character is a word: the last one, or one between known words."""
    is_last = here == len(run) - 1
    return here > 0 and (is_last or (own == "" and bool(_compile_known_han().match(run, here + 1))))


def _find_town(run: str, here: int) -> re.Match[str] | None:
    """Find a town before a firm's own word; 永安机械 is a firm of that name."""
    town = _compile_towns().match(run, here)
    if town and len(run) - town.end() > 1 and not _compile_known_han().match(run, town.end()):
        return town
    return TOWN.match(run, here)


@cache
def _compile_towns() -> re.Pattern[str]:
    return re.compile(f"({'|'.join(words.WRITTEN['towns'].split())})(?![市县区])")


@cache
def _compile_known_han() -> re.Pattern[str]:
    """Make a pattern of the Chinese words that are no firm's own, the longest first."""
    return re.compile(
        "|".join(sorted(map(re.escape, words.load_han_words()), key=len, reverse=True))
    )


def romanize_name(name: Name) -> Name:
    """Romanize a Chinese name as a register may: own words in pinyin, common words translated."""
    made = tuple(_romanize_known_word(word) for word in name.words)
    return name._replace(words=made, joined=romanize_word(name.joined), cjk=False, foreign=True)


def _romanize_known_word(word: Word) -> Word:
    if word.kind in (Kind.COMMON, Kind.SOFT) and not word.text.isascii():
        return Word(
            words.load_common_han().get(word.text, word.text), word.kind, romanize_word(word.text)
        )
    return (
        word
        if word.text.isascii()
        else Word(romanize_word(word.text), word.kind, romanize_word(word.text))
    )


# The names that one cell or line gives: with a bracket, an a.k.a. or two scripts it gives several.
# Pure.

BRACKETS = re.compile(r"[(\[（【]([^()\[\]（）【】]*)[)\]）】]")
ALSO = re.compile(
    r"-{1,2}>|=>|→|⇒|\b(?:[afn][./]?k[./]?a\.?|d[./]?b[./]?a\.?|t/a|(?:also|formerly|now|better) known"
    r" as|formerly|doing business as|trading as"
    r"|(?:now|previously) called|vormals|ehemals|anciennement)(?![\w])",
    re.IGNORECASE,
)
# The forms that stand elsewhere than at the end too, and are no plain word for a firm.
FORMS = "|".join(
    sorted(
        spelt
        for spelt in map(str.casefold, ENDINGS)
        if spelt in (load_leading_words() | load_inner_forms()) - ALSO_WORDS
        and load_latin_forms()[spelt,].kind != "company"
    )
)
# A legal form with words before and behind it; a group before a comma with words behind it.
INNER = re.compile(
    r"^(?P<group>[^,]{3,80}\b(?:company|corporation|corp|group|holding|concern)),\s+(?P<member>(?=\S+\s+\S)[^,]{5,})$"
    rf"|^(?P<first>\S.{{4,120}}?\s(?:{FORMS})\.?)[,;/]?\s+(?:or\s+)?"
    r"(?P<second>[^\s,(].{2,})$",
    re.IGNORECASE,
)
ACRONYM = re.compile(r"[A-Z][A-Z0-9&]{1,7}")
ALSO_HAN = re.compile(
    r"^(?:以下)?(?:(?:简称|又名|又称|曾用名|别名|原名|现名)[:：]?|旧(?=.{3})|now (?=\w))",
    re.IGNORECASE,
)


def split_names(text: str) -> tuple[str, ...]:
    """Split a cell or line into its names: `Teledyne FLIR (FLIR Systems)`, `X a.k.a. Y`, a Chinese
    and an English one.
    """
    text = text[:LONGEST]
    if (
        text.isascii()
        and "(" not in text
        and "[" not in text
        and not ALSO.search(text)
        and not INNER.search(text)
    ):
        return (text,)
    names_in: list[str] = []
    for part in ALSO.split(text):
        apart: list[str] = []
        rest = BRACKETS.sub(partial(_keep_from_bracket, part, apart), part)
        names_in += [
            _close_bracket(" ".join(name.strip(" ,;/:：").split()))
            for name in (*_split_by_script(rest), *apart, *_find_inner_names(rest))
        ]
    return tuple(dict.fromkeys(name for name in names_in if name)) or (text,)


def _close_bracket(name: str) -> str:
    """Remove a bracket with another name from the end of a name: `X (formerly Y)` is two."""
    if name.endswith(("(", "（")) or (name.endswith(")") and "(" not in name):
        return name[:-1].rstrip()
    return name


def _find_inner_names(text: str) -> tuple[str, ...]:
    """Find the names on both sides of a legal form in the middle: `X Center JSC NTC X`.

    Of a firm behind its group (`Y Group, X Plant`) find the firm.
    """
    if not (match := INNER.search(text)):
        return ()
    group, first, second = match["group"], match["first"], match["second"]
    if group:
        return (match["member"],) if _may_name_firm(match["member"]) else ()
    whole = {word.text for word in read_name(text).own}
    both = (
        _may_name_firm(first)
        and _may_name_firm(second)
        and whole.issuperset(word.text for word in read_name(second).own)
    )
    return (first, second) if both else ()


def _may_name_firm(text: str) -> bool:
    """Return whether words are more than just a legal form, a country or a trade."""
    kinds = [word.kind for word in read_name(text).words]
    return len(read_name(text).joined) > 2 and (
        Kind.OWN in kinds or (len(kinds) > 1 and Kind.NUMBER in kinds)
    )


def _keep_from_bracket(part: str, apart: list[str], group: re.Match[str]) -> str:
    """Decide what of a bracket stays in a name: a place or a legal form, but no other name."""
    inner = ALSO_HAN.sub("", group[1].strip())
    outer = part[: group.start()] + part[group.end() :]
    other_script = bool(IS_CJK.search(inner)) != bool(IS_CJK.search(outer)) and len(inner) > 3
    is_within = inner[1:].islower() and " " not in inner and _is_going_on(part[group.end() :])
    if other_script or inner != group[1].strip() or (_is_alias(inner, outer) and not is_within):
        apart.append(inner)
        return " "
    return (
        f" {group[1]} " if not IS_CJK.search(part) else group[0] if group[1] in "株주" else group[1]
    )


def _is_going_on(after: str) -> bool:
    """Return whether a name continues behind a bracket with more than its legal form: Korea
    Rungrado (General) Trading.
    """
    rest = tuple(RUN.findall(after.casefold()))
    return (
        bool(rest)
        and after[:1].isspace()
        and after.lstrip()[0].isalnum()
        and rest not in load_latin_forms()
    )


def _is_alias(inner: str, outer: str) -> bool:
    """Return whether a bracket holds another name: an own word or an acronym, no place or legal
    form.
    """
    if (
        words.find_place(inner)
        or tuple(RUN.findall(inner.casefold())) in load_latin_forms()
        or len(inner) < 2
        or not read_name(outer).words
    ):
        return False
    kinds = {word.kind for word in read_name(inner).words}
    return bool(ACRONYM.fullmatch(inner)) or (
        Kind.OWN in kinds and not (IS_CJK.search(inner) and Kind.PLACE in kinds)
    )


def _split_by_script(text: str) -> tuple[str, ...]:
    """Split `华为 Huawei Technologies` into its two names."""
    parts = re.match(
        rf"^\s*+([{CJK}·]{{2,}}+)(?=[^{CJK}]++$)[\s/,，、"
        rf"]+([^{CJK}]{{4,}})$|^\s*+([^{CJK}]{{4,}})[\s/,，、]([{CJK}·]{{2,}}+)\s*+$",
        text,
    )
    return tuple(part for part in parts.groups() if part) if parts else (text,)
