"""The terms of a measure: who must act and where, from which share on, how applications are
decided, what is free, what is due.

A row of a table is a pattern and its English line. What no row knows gives no term: its sentence
stays with the account. A sentence that is `elsewhere` speaks of doubts, or of who asks to be taken
off a list, and states no term. What stands before a duty in `theirs` makes it an authority's own;
what is `denied` in the part of its sentence takes back a term of that kind.
The `units` tell what a number counts. The `uses` are what a licence may be refused, decided or not
needed for.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Literal

from monitor.days import SHORT_MONTHS
from monitor.extract import frame
from monitor.extract.account import Said
from monitor.extract.en import dates
from monitor.extract.en import numerals as english
from monitor.extract.words import Language, Words
from monitor.model import ONLY_QUOTED, Action, Measure, Term, TermKind, frozen
from monitor.names import numerals as chinese
from monitor.vocabulary import countries

Policy = Literal["refused", "case_by_case", "allowed"]


@frozen
class Row:
    """A pattern and its English line. `{n}` is its number `n`, in `unit` or the one printed as
    `of`; `{day}` its `day`. What stands in brackets is said where the number or day is printed.
    With `for_what` the line names the uses.
    """

    kind: TermKind
    words: re.Pattern[str]
    text: str
    value: float | None = None
    unit: str = ""
    policy: Policy | None = None
    for_what: bool = False


@cache
def _load_rows(language: Language) -> list[Row]:
    rows = language.entries("terms")["rows"]
    return [Row(**row | {"words": language.compile(row["words"], "terms")}) for row in rows]


MOST = 1_500  # characters of a sentence that may state a term


@frozen
class Found:
    """A term and the clause that states it, "" where none is printed."""

    term: Term
    clause: str = ""


@frozen
class Heading:
    """A sentence that begins a list: what each entry below it is, and the look of its mark."""

    shape: str
    term: Term | None
    obliges: bool


def read_terms(sentences: Iterable[Said], language: Language) -> list[Found]:
    """The terms of an act, sentence by sentence. An entry below a heading (`…:`) has the
    heading's term, or is what must be done.
    """
    found: list[Found] = []
    heading: Heading | None = None
    if "terms" not in language.tables:
        return found
    for sentence in sentences:
        mark = _describe_mark(sentence)
        if heading and (not mark or mark == heading.shape):
            heading = None
        if len(sentence.words) > MOST:
            continue
        here = _read_sentence(sentence, language)
        if heading:
            here = _read_terms_below(heading, sentence, here, language) or here
        heading = _read_heading(sentence, here, language) or heading
        found += [Found(_add_condition(term, language), sentence.clause) for term in here]
    return found


ONLY_NAMED = ": only for what the act names, read it"


def _add_condition(term: Term, language: Language) -> Term:
    """Note that an exemption holds only for some, if its line names neither persons nor goods."""
    if term.kind != "exemption" or USES in term.text:
        return term
    open_texts = tuple(row.text for row in _load_rows(language) if row.for_what)
    is_open = term.text.startswith(open_texts)
    return term.replace(text=f"{term.text}{ONLY_NAMED}") if is_open else term


def _read_heading(sentence: Said, terms: Sequence[Term], language: Language) -> Heading | None:
    """Read the sentence that begins a list; its last term holds for the entries."""
    words = language.table("terms")
    last = terms[-1] if terms else None
    obliges = words.obliges_below.search(sentence.words) is not None
    heads = last and last.kind in HEADED and words.heads.search(sentence.words)
    return Heading(_describe_mark(sentence), last, obliges) if heads or obliges else None


HEADED = ("presumption", "exemption")


def _read_terms_below(
    heading: Heading, sentence: Said, here: Sequence[Term], language: Language
) -> list[Term]:
    """The terms of an entry below a heading: its deeds, or the heading's with what it names."""
    words, whole = language.table("terms"), WHOLE.search(sentence.words)
    below: list[Term] = []
    if whole and heading.obliges and not here:
        below = _find_deeds("deeds", "must", whole, whole.span(), words)
    elif whole and heading.term and all(term.kind == "threshold" for term in here):
        text = _add_uses(heading.term.text.partition(USES)[0], sentence.words, language)
        bare = heading.term.replace(text=text, value=None, unit="")
        below = [_add_bound(bare, whole, words, ())]
    return [term.replace(quote=sentence.quote) for term in below]


WHOLE = re.compile(r"(?s:.*)")


MARK = re.compile(
    r"\s*(?:[（(]\w{1,4}[）)]|(?:\d{1,3}|[a-z]|[ivx]{1,5}|[一二三四五六七八九十百]{1,4})[、.．)）　]|[①-⑳])"
)


def _describe_mark(sentence: Said) -> str:
    """Return the shape of the mark that opens a sentence: equal for `(a)` and `(b)`."""
    mark = MARK.match(sentence.quote)
    if mark is None:
        return "entry" if sentence.is_entry else ""
    return re.sub(r"\w+", lambda sign: "1" if sign[0].isdigit() else "a", mark[0].strip())


Span = tuple[int, int]
Read = tuple[Term, re.Match[str]]


def _read_sentence(sentence: Said, language: Language) -> list[Term]:
    """Read the terms of a sentence, each once.

    A number in an exemption or a decision is no threshold of its own; a number in a duty belongs to
    it alone.
    """
    words = language.table("terms")
    if words.elsewhere.search(sentence.words) or _is_heading(sentence):
        return []
    read = [
        (term, match)
        for row in _load_rows(language)
        for match in row.words.finditer(sentence.words)
        if not _is_not_stated(row.kind, match, language)
        and (term := _read_term(row, match, language))
    ]
    read = [*_limit_to_exempt([*read, *_read_deeds(sentence, language)], words)]
    if not sentence.words.endswith(":"):
        read += _read_nets(sentence, [match.start() for _, match in read], language)
    due = {(term.value, term.unit) for term, _ in read if term.kind == "duty"}
    taken: dict[tuple[object, ...], Term] = {}
    for term, match in read:
        bound = _add_bound(term, match, words, due) if term.value is None else term
        number = (bound.value, bound.unit) if bound.value is not None else bound.text
        taken.setdefault((bound.kind, number), bound)
    stated = _join_sizes([*taken.values()])
    limits = {(term.value, term.unit) for term in stated if term.kind in BINDING}
    duties = [term.text for term in stated if term.kind == "duty"]
    return [
        term.replace(quote=sentence.quote)
        for term in stated
        if (term.kind != "threshold" or (term.value, term.unit) not in limits)
        and not (term.kind == "duty" and any(text.startswith(f"{term.text} ") for text in duties))
    ]


def _limit_to_exempt(read: Sequence[Read], words: Words) -> Iterator[Read]:
    """Limit a duty that a `yet` joins to an exemption: `no licence is needed, but report it`."""
    exempt = [match for term, match in read if term.kind == "exemption"]
    for term, match in read:
        is_limited = term.kind == "duty" and any(_is_joined(of, match, words) for of in exempt)
        text = f"{term.text} {ONLY_EXEMPT}" if is_limited else term.text
        yield term.replace(text=text), match


ONLY_EXEMPT = "(only for what is exempt)"


def _is_joined(free: re.Match[str], duty: re.Match[str], words: Words) -> bool:
    """Return whether a `yet` joins a duty to the part of a sentence that frees something."""
    return (
        free.start() <= duty.start() <= _find_part(free)[1]
        and words.yet.search(duty.string, free.start(), duty.end()) is not None
    )


SIZES = ("nm", "layers")


def _join_sizes(read: list[Term]) -> list[Term]:
    """The terms of a sentence; where it says how applications are decided, the sizes of chips are
    the decision's: they are no threshold of the control.
    """
    decided = next((term for term in read if term.kind == "presumption" and not term.value), None)
    sizes = [term for term in read if term.kind == "threshold" and term.unit in SIZES]
    if decided is None or not sizes:
        return read
    text = f"{decided.text} ({', '.join(size.text for size in sizes)})"
    whole = decided.replace(text=text, value=sizes[0].value, unit=sizes[0].unit)
    return [whole if term is decided else term for term in read if term not in sizes]


SHORTEST = 16  # characters of a line without an end that may state a term
BINDING = ("affiliates", "duty", "exemption", "presumption")
ENDS = re.compile(r"[.。;；:：,，다함됨]\s*$")


def _is_heading(sentence: Said) -> bool:
    return len(sentence.words) < SHORTEST and not ENDS.search(sentence.quote)


REACH = 120  # characters behind `must` in which it may say what
FRAMES = (("obliges", "deeds", "must"), ("bars", "barred", "may not"))


def _read_deeds(sentence: Said, language: Language) -> Iterator[Read]:
    """The duties of a sentence: each of the deeds behind a `must`, or barred behind a `may not`."""
    words = language.table("terms")
    for frame_of, deeds_of, modal in FRAMES:
        if deeds_of not in words.as_written:
            continue
        for match in words.table_of("frames")[frame_of].finditer(sentence.words):
            if not _is_not_stated("duty", match, language):
                reach = _find_reach(match, language)
                for term in _find_deeds(deeds_of, modal, match, reach, words):
                    yield term, match


def _find_deeds(
    deeds_of: str, modal: str, match: re.Match[str], reach: Span, words: Words
) -> list[Term]:
    """The deeds that stand in reach of a frame, each with its time."""
    found = [
        (deed, (reach[0] + at.start(), reach[0] + at.end()))
        for deed, pattern in words.table_of(deeds_of).items()
        for at in pattern.finditer(match.string[slice(*reach)])
    ]
    free = _word_licence(match, words) if deeds_of == "barred" else ""
    return [
        _add_time(
            Term(kind="duty", text=f"{modal} {deed}{'' if 'without' in deed else free}"),
            span,
            match,
            [other for _, other in found if other != span],
            words,
        )
        for deed, span in found
    ]


def _word_licence(bar: re.Match[str], words: Words) -> str:
    """Word what lifts a bar: a licence, if its part of the sentence bars what has none; else ""."""
    if "unlicensed" not in words.as_written:
        return ""
    return " without a licence" if words.unlicensed.search(bar.string, *_find_part(bar)) else ""


def _find_reach(match: re.Match[str], language: Language) -> Span:
    """Find where the deed of a frame stands: behind it, or before it in a verb-final language."""
    begin, end = _find_part(match)
    if "verb_final" in language.tables["terms"]:
        comma = match.string.rfind("、", begin, match.start())
        while comma > begin and match.string[comma - 1] in "しりいてば":
            comma = match.string.rfind("、", begin, comma)
        return max(begin, comma + 1, match.start() - REACH), match.start()
    return match.end(), min(end, match.end() + REACH)


def _read_nets(sentence: Said, read: Sequence[int], language: Language) -> Iterator[Read]:
    """The term of each part of a sentence in which nothing else was read: that it is there is
    known.
    """
    words = language.table("terms")
    nets = words.table_of("nets")
    for part in SEMICOLON_PARTS.finditer(sentence.words):
        if not any(part.start() <= at < part.end() for at in read):
            for kind, called in NETS.items():
                match = nets[kind].search(sentence.words, *part.span()) if kind in nets else None
                if match and not _is_not_stated(kind, match, language):
                    term = Term(kind=kind, text=f"{called} {ONLY_QUOTED}")
                    if kind == "duty":
                        term = _add_time(term, match.span(), match, (), words)
                    yield term, match
                    break


SEMICOLON_PARTS = re.compile("[^;；]+")


NETS: dict[TermKind, str] = {
    "scope": "another reach",
    "affiliates": "affiliates",
    "presumption": "a rule for applications",
    "exemption": "an exception",
    "duty": "a duty",
}


def _add_time(
    term: Term, deed: Span, match: re.Match[str], beside: Iterable[Span], words: Words
) -> Term:
    """A duty with the time within which, or the period in which, it is done: the nearest to its
    deed that has no other deed between.
    """
    part = _find_part(match)
    first = max((end for _, end in beside if end <= deed[0]), default=part[0])
    last = min((begin for begin, _ in beside if begin >= deed[1]), default=part[1])
    comma = match.string.find(",", deed[1], last)
    before = [*words.within.finditer(match.string, first, deed[0])][-1:]
    after = [*words.within.finditer(match.string, deed[1], last if comma < 0 else comma)][:1]
    for time in before + after:
        value, unit = _read_number(time), _read_unit(time, words)
        if value is not None and unit:
            text = f"{term.text} within {_spell_value(value)} {_spell_unit(unit, value)}"
            return term.replace(text=text, value=value, unit=unit)
    for period, pattern in words.table_of("every").items():
        if " report" in term.text and pattern.search(match.string, *part):
            value, unit = PERIODS[period]
            text = f"{term.text} every {period}"
            return term.replace(text=text, value=value, unit=unit)
    return term


PERIODS = {
    "week": (1, "weeks"),
    "month": (1, "months"),
    "quarter": (3, "months"),
    "half-year": (6, "months"),
    "year": (1, "years"),
}


def _is_not_stated(kind: TermKind, match: re.Match[str], language: Language) -> bool:
    """Return whether an outer verb lifts or denies it (`不再豁免`), or it is an authority's own duty.

    Words beside it can also take it back (`not … without a licence`).
    """
    words = language.table("terms")
    denied = words.table_of("denied").get(kind)
    if denied and denied.search(match.string, *_find_part(match)):
        return True
    if kind == "threshold":
        return False
    if kind == "duty" and words.theirs.search(match.string, 0, match.end()):
        return True
    if "frame" not in language.tables:
        return False
    said = words.beside.sub(lambda period: "\x00" * len(period[0]), match.string)
    turned = frame.find_turn(said, match.start(), language.table("frame"))
    return turned is not None and (kind != "scope" or turned is not frame.Turn.UNCLEAR)


def _read_term(row: Row, match: re.Match[str], language: Language) -> Term | None:
    """Read the term of a row's match; None if it needs a number that can't be read."""
    words = language.table("terms")
    day = _read_day(match)
    value = (
        day if row.unit == "date" else row.value if row.value is not None else _read_number(match)
    )
    unit = _read_unit(match, words) or row.unit if value is not None else ""
    known = {"n": _spell_value(value), "unit": _spell_unit(unit, value), "day": _spell_value(day)}
    text = OPTIONAL.sub(lambda part: _fill_text(part[1], known) or "", row.text)
    filled = _fill_text(text, known)
    if filled is None:
        return None
    if row.for_what:
        begin, end = _find_part(match)
        places = _name_places(match.string[begin:end], language) if row.policy else []
        filled = _add_uses(filled, match.string[begin : match.end()], language, places)
    number = value if unit else None
    return Term(kind=row.kind, text=filled, value=number, unit=unit, policy=row.policy)


Number = tuple[float | str | None, str]


def _add_bound(term: Term, match: re.Match[str], words: Words, due: Container[Number]) -> Term:
    """A term with the day until which it counts or, of what is free or decided, the amount: what
    its part of the sentence prints, and no duty has.
    """
    part = (match.string, *_find_part(match))
    if term.kind in ("exemption", "duty"):
        until, dated = ("by", words.due) if term.kind == "duty" else ("until", words.deadline)
        days = [day for found in dated.finditer(*part) if (day := _read_day(found))]
        if days:
            text = f"{term.text} ({until} {_spell_value(days[-1])})"
            return term.replace(text=text, value=days[-1], unit="date")
    of_amounts = ("exemption", "presumption", "duty")
    amount = words.amount.search(*part) if term.kind in of_amounts else None
    value, unit = (_read_number(amount), _read_unit(amount, words)) if amount else (None, "")
    if value is None or not unit or (value, unit) in due:
        return term
    text = f"{term.text} ({_spell_value(value)} {_spell_unit(unit, value)})"
    return term.replace(text=text, value=value, unit=unit)


def _find_part(match: re.Match[str]) -> tuple[int, int]:
    """Find the part of the sentence between semicolons that holds a match."""
    begin = max(match.string.rfind(mark, 0, match.start()) for mark in ";；") + 1
    ends = (match.string.find(mark, match.end()) for mark in ";；")
    return begin, min((end for end in ends if end >= 0), default=len(match.string))


OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
NAMED = re.compile(r"\{(\w+)\}")


def _fill_text(text: str, known: Mapping[str, str]) -> str | None:
    """A text with what it names; nothing where that is not known."""
    if all(known.get(name) for name in NAMED.findall(text)):
        return NAMED.sub(lambda name: known[name[1]], text)
    return None


def _spell_value(value: float | str | None) -> str:
    if isinstance(value, str):
        year, month, day = value.split("-")
        return f"{int(day)} {SHORT_MONTHS[int(month) - 1]} {year}"
    return "" if value is None else f"{value:,.10g}"


def _spell_unit(unit: str, value: float | str | None) -> str:
    words = unit.replace("_", " ")
    return words.removesuffix("s") if value == 1 else words


USES = " for: "  # between a decision and the users or uses that it is about


def _add_uses(text: str, said: str, language: Language, beside: Iterable[str] = ()) -> str:
    known = language.table("terms").table_of("uses")
    uses = [*(use for use, pattern in known.items() if pattern.search(said)), *beside]
    return f"{text}{USES}{', '.join(uses)}" if uses else text


def _name_places(said: str, language: Language) -> list[str]:
    """The exports to places that a decision is about."""
    words = language.table("terms")
    if "toward" not in words.as_written:
        return []
    known = countries.spelt(language.name)
    codes = dict.fromkeys(known[place["to"]] for place in words.toward.finditer(said))
    return [f"exports to {countries.name_destination(code)}" for code in codes]


def _read_group(match: re.Match[str], name: str) -> str:
    """Return what a group of that name found, with or without a number behind the name."""
    return next(
        (
            found
            for group, found in match.groupdict().items()
            if group.rstrip("0123456789") == name and found
        ),
        "",
    )


SCALES = {
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "万": 1e4, "천": 1e3, "만": 1e4, "억": 1e8, "億": 1e8, "亿": 1e8,
    "成": 10, "割": 10, "千分之": 0.1, "万分之": 0.01,
}  # fmt: skip
PARTS = {"half": 50, "半": 50, "tenth": 10, "quarter": 25, "third": 100 / 3, "fifth": 20}
FRACTION = re.compile("([一二三四五六七八九十])分[之の]([一二三四五六七八九])")


def _read_number(match: re.Match[str]) -> float | None:
    if part := _read_group(match, "part").lower():
        fraction = FRACTION.fullmatch(part)
        if not fraction:
            return next((share for name, share in PARTS.items() if name in part), None)
        whole, some = map(chinese.parse_number, fraction.groups())
        return round(100 * some / whole, 1) if whole and some else None
    printed = re.sub(r"(?<=\d)[,\s](?=\d)", "", _read_group(match, "n"))
    if not printed:
        return None
    scale = SCALES.get(_read_group(match, "scale").strip().lower(), 1)
    if re.fullmatch(r"\d+(?:\.\d+)?", printed):
        return round(float(printed) * scale, 6)
    numbers = english if printed.isascii() else chinese
    count = numbers.parse_number(printed) or numbers.parse_number(f"一{printed}")  # 百 is a hundred
    return None if count is None else round(float(count) * scale, 6)


def _read_unit(match: re.Match[str], words: Words) -> str:
    printed = _read_group(match, "of").strip()
    return next((unit for unit, of in words.table_of("units").items() if of.fullmatch(printed)), "")


EASTERN = re.compile(
    r"(令和)?([\d〇一二三四五六七八九十]+)(?:年|\s?[년.]\s?)"
    r"([\d一二三四五六七八九十]+)(?:月|\s?[월.]\s?)([\d一二三四五六七八九十]+)(?:日|\s?[일.])"
)
REIWA = 2018  # the year before the first of the era


def _read_day(match: re.Match[str]) -> str | None:
    """The day that a match prints, as an ISO date."""
    printed = _read_group(match, "day")
    eastern = EASTERN.fullmatch(printed)
    if eastern is None:
        return dates.first_day(printed)
    year, month, day = (chinese.parse_number(printed) or 0 for printed in eastern.groups()[1:])
    return f"{year + (REIWA if eastern[1] else 0)}-{month:02}-{day:02}"


def find_terms(sentences: Iterable[Said], language: Language) -> tuple[Term, ...]:
    """The terms of an act of which no measure was understood."""
    return tuple(dict.fromkeys(found.term for found in read_terms(sentences, language)))


CONTROLS = frozenset(
    {Action.ADD, Action.RESTRICT, Action.AMEND, Action.REPLACE, Action.RESUME, Action.SUSPEND}
)


def give_terms(measures: Sequence[Measure], found: Sequence[Found]) -> list[Measure]:
    """The measures with their terms: those of a clause that a measure names go to it, all others
    to each that controls.
    """
    own = {clause for measure in measures for clause in measure.clauses}
    controls = [measure for measure in measures if measure.action in CONTROLS] or measures
    return [
        measure.replace(
            terms=tuple(
                each.term
                for each in found
                if each.clause in measure.clauses
                or (each.clause not in own and measure in controls)
            ),
        )
        for measure in measures
    ]
