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
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import msgspec

from monitor.days import SHORT_MONTHS
from monitor.extract import frame
from monitor.extract.account import Said
from monitor.extract.en import dates
from monitor.extract.en import numerals as english
from monitor.extract.words import Language, Words
from monitor.model import Action, Measure, Term, TermKind
from monitor.names import numerals as chinese

Policy = Literal["refused", "case_by_case", "allowed"]


@dataclass(frozen=True, slots=True)
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
def _rows(language: Language) -> list[Row]:
    rows = language.entries("terms")["rows"]
    return [Row(**row | {"words": language.compile(row["words"], "terms")}) for row in rows]


HEADS = re.compile(r"[:：]\s*$")
MOST = 1_500  # characters of a sentence that may state a term


@dataclass(frozen=True, slots=True)
class Found:
    """A term and the clause that states it, "" where none is printed."""

    term: Term
    clause: str = ""


def read_terms(sentences: Iterable[Said], language: Language) -> list[Found]:
    """The terms of an act, sentence by sentence. An entry below a heading (`…:`) has the
    heading's term.
    """
    found: list[Found] = []
    heading: Term | None = None
    shape = ""
    if "terms" not in language.tables:
        return found
    for sentence in sentences:
        mark = _shape_of_mark(sentence)
        if not mark or mark == shape:
            heading = None
        if len(sentence.words) > MOST:
            continue
        here = list(_of_sentence(sentence, language))
        if not here and heading is not None:
            here = _below(heading, sentence, language)
        found += [Found(term, sentence.clause) for term in here]
        if HEADS.search(sentence.quote) and heading is None:
            heads = (term for term in here if term.kind in ("presumption", "exemption"))
            heading, shape = next(heads, None), mark
    return found


def _shape_of_mark(sentence: Said) -> str:
    """What the mark that a sentence opens with looks like: `(a)` and `(b)` alike."""
    mark = sentence.quote.removesuffix(sentence.words).strip()
    if sentence.is_entry and not mark:
        return "entry"
    return re.sub(r"\w+", lambda sign: "1" if sign[0].isdigit() else "a", mark)


def _of_sentence(sentence: Said, language: Language) -> list[Term]:
    """The terms of a sentence, each once. A number that an exemption or a decision has is no
    threshold of its own; that of a duty is nobody else's.
    """
    words = language.table("terms")
    if words.elsewhere.search(sentence.words) or _is_heading(sentence):
        return []
    read = [
        (term, match)
        for row in _rows(language)
        for match in row.words.finditer(sentence.words)
        if not _is_not_stated(row, match, language) and (term := _read(row, match, language))
    ]
    due = {(term.value, term.unit) for term, _ in read if term.kind == "duty"}
    taken: dict[tuple[object, ...], Term] = {}
    for term, match in read:
        bound = _with_bound(term, match, words, due) if term.value is None else term
        number = (bound.value, bound.unit) if bound.value is not None else bound.text
        taken.setdefault((bound.kind, number), bound)
    limits = {(term.value, term.unit) for term in taken.values() if term.kind in BINDING}
    return [
        msgspec.structs.replace(term, quote=sentence.quote)
        for term in taken.values()
        if term.kind != "threshold" or (term.value, term.unit) not in limits
    ]


SHORTEST = 16  # characters of a line without an end that may state a term
BINDING = ("affiliates", "exemption", "presumption")
ENDS = re.compile(r"[.。;；:：,，]\s*$")


def _is_heading(sentence: Said) -> bool:
    return len(sentence.words) < SHORTEST and not ENDS.search(sentence.quote)


def _is_not_stated(row: Row, match: re.Match[str], language: Language) -> bool:
    """Whether an outer verb lifts or denies it (`不再豁免`, `not … without a licence`), words beside
    it take it back, or the duty is an authority's own.
    """
    words = language.table("terms")
    denied = words.table_of("denied").get(row.kind)
    if denied and denied.search(match.string, *_part(match)):
        return True
    if row.kind == "threshold":
        return False
    if row.kind == "duty" and words.theirs.search(match.string, 0, match.end()):
        return True
    if "frame" not in language.tables:
        return False
    said = words.beside.sub(lambda period: "\x00" * len(period[0]), match.string)
    return frame.turn(said, match.start(), language.table("frame")) is not None


def _read(row: Row, match: re.Match[str], language: Language) -> Term | None:
    """The term that a row's match states; nothing where it needs a number that nobody can read."""
    words = language.table("terms")
    value = row.value if row.value is not None else _number(match)
    unit = _unit(match, words) or row.unit if value is not None else ""
    known = {"n": _spell(value), "unit": unit.replace("_", " ")}
    text = OPTIONAL.sub(lambda part: _fill(part[1], known) or "", row.text)
    filled = _fill(text, known)
    if filled is None:
        return None
    if row.for_what:
        filled = _with_uses(filled, match.string[_part(match)[0] : match.end()], language)
    number = value if unit else None
    return Term(kind=row.kind, text=filled, value=number, unit=unit, policy=row.policy)


Number = tuple[float | str | None, str]


def _with_bound(term: Term, match: re.Match[str], words: Words, due: Container[Number]) -> Term:
    """A term with the day until which it counts or, of what is free or decided, the amount: what
    its part of the sentence prints, and no duty has.
    """
    part = (match.string, *_part(match))
    if term.kind in ("exemption", "duty"):
        days = [day for found in words.deadline.finditer(*part) if (day := _day(found))]
        if days:
            until = "by" if term.kind == "duty" else "until"
            text = f"{term.text} ({until} {_spell(days[-1])})"
            return msgspec.structs.replace(term, text=text, value=days[-1], unit="date")
    amount = words.amount.search(*part) if term.kind in ("exemption", "presumption") else None
    value, unit = (_number(amount), _unit(amount, words)) if amount else (None, "")
    if value is None or not unit or (value, unit) in due:
        return term
    text = f"{term.text} ({_spell(value)} {unit.replace('_', ' ')})"
    return msgspec.structs.replace(term, text=text, value=value, unit=unit)


def _part(match: re.Match[str]) -> tuple[int, int]:
    """Where the part of the sentence between semicolons begins and ends in which a match stands."""
    begin = max(match.string.rfind(mark, 0, match.start()) for mark in ";；") + 1
    ends = (match.string.find(mark, match.end()) for mark in ";；")
    return begin, min((end for end in ends if end >= 0), default=len(match.string))


OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
NAMED = re.compile(r"\{(\w+)\}")


def _fill(text: str, known: Mapping[str, str]) -> str | None:
    """A text with what it names; nothing where that is not known."""
    if all(known.get(name) for name in NAMED.findall(text)):
        return NAMED.sub(lambda name: known[name[1]], text)
    return None


def _spell(value: float | str | None) -> str:
    if isinstance(value, str):
        year, month, day = value.split("-")
        return f"{int(day)} {SHORT_MONTHS[int(month) - 1]} {year}"
    return "" if value is None else f"{value:,.10g}"


def _below(heading: Term, sentence: Said, language: Language) -> list[Term]:
    text = _with_uses(heading.text.partition(": ")[0], sentence.words, language)
    return (
        [msgspec.structs.replace(heading, text=text, quote=sentence.quote)] if ": " in text else []
    )


def _with_uses(text: str, said: str, language: Language) -> str:
    uses = [
        use
        for use, pattern in language.table("terms").table_of("uses").items()
        if pattern.search(said)
    ]
    return f"{text}: {', '.join(uses)}" if uses else text


def _printed(match: re.Match[str], name: str) -> str:
    """What a group of that name, with or without a number behind it, has found."""
    return next(
        (
            found
            for group, found in match.groupdict().items()
            if group.rstrip("0123456789") == name and found
        ),
        "",
    )


SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "万": 1e4, "億": 1e8, "亿": 1e8}


def _number(match: re.Match[str]) -> float | None:
    printed = re.sub(r"(?<=\d)[,\s](?=\d)", "", _printed(match, "n"))
    if not printed:
        return None
    scale = SCALES.get(_printed(match, "scale").strip().lower(), 1)
    if re.fullmatch(r"\d+(?:\.\d+)?", printed):
        return float(printed) * scale
    count = chinese.number(printed) if not printed.isascii() else english.number(printed)
    return None if count is None else float(count) * scale


def _unit(match: re.Match[str], words: Words) -> str:
    printed = _printed(match, "of").strip()
    return next((unit for unit, of in words.table_of("units").items() if of.fullmatch(printed)), "")


EASTERN = re.compile(r"(令和)?(\d{1,4})年(\d{1,2})月(\d{1,2})日")
REIWA = 2018  # the year before the first of the era


def _day(match: re.Match[str]) -> str | None:
    """The day that a match prints, as an ISO date."""
    printed = _printed(match, "day")
    eastern = EASTERN.fullmatch(printed)
    if eastern is None:
        return dates.first_day(printed)
    year, month, day = map(int, eastern.groups()[1:])
    return f"{year + (REIWA if eastern[1] else 0)}-{month:02}-{day:02}"


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
        msgspec.structs.replace(
            measure,
            terms=tuple(
                each.term
                for each in found
                if each.clause in measure.clauses
                or (each.clause not in own and measure in controls)
            ),
        )
        for measure in measures
    ]
