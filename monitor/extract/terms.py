"""The terms of a measure: who must act and where, from which share on, how applications are
decided, what is free, what is due.

A row of a table is a pattern and its English line. What no row knows gives no term: its sentence
stays with the account. A sentence that is `elsewhere` speaks of doubts, or of who asks to be taken
off a list, and states no term. The `uses` are what a licence may be refused, decided or not needed
for.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import msgspec

from monitor.extract import frame
from monitor.extract.account import Said
from monitor.extract.en import numerals as english
from monitor.extract.words import Language
from monitor.model import Action, Measure, Term, TermKind
from monitor.names import numerals as chinese

Policy = Literal["refused", "case_by_case", "allowed"]


@dataclass(frozen=True, slots=True)
class Row:
    """A pattern and its English line. `{n}` is its number `n`, in `unit`; with `for_what` the
    line names the uses.
    """

    kind: TermKind
    words: re.Pattern[str]
    text: str
    unit: str = ""
    policy: Policy | None = None
    for_what: bool = False


@cache
def _rows(language: Language) -> list[Row]:
    rows = language.entries("terms")["rows"]
    return [Row(**row | {"words": language.compile(row["words"], "terms")}) for row in rows]


HEADS = re.compile(r"[:：]\s*$")
MOST = 600  # characters of a sentence that may state a term


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
    for sentence in sentences:
        if not sentence.is_entry:
            heading = None
        if len(sentence.words) > MOST:
            continue
        here = list(_of_sentence(sentence, language))
        if not here and heading is not None:
            here = _below(heading, sentence, language)
        found += [Found(term, sentence.clause) for term in here]
        if HEADS.search(sentence.quote) and not sentence.is_entry:
            heading = next(
                (term for term in here if term.kind in ("presumption", "exemption")), None
            )
    return found


def _of_sentence(sentence: Said, language: Language) -> Iterator[Term]:
    """The terms of a sentence. What an outer verb lifts or denies (`不再豁免`, `not … without a
    licence`) is none.
    """
    taken: set[tuple[str, str]] = set()
    for row in () if language.table("terms").elsewhere.search(sentence.words) else _rows(language):
        match = row.words.search(sentence.words)
        if (
            match is None
            or frame.turn(sentence.words, match.start(), language.table("frame")) is not None
        ):
            continue
        value = _number(match)
        if "{n}" in row.text and value is None:
            continue  # a number that nobody can read
        text = row.text.replace("{n}", f"{value:g}" if isinstance(value, float) else "")
        if row.for_what:
            text = _with_uses(text, _clause(sentence.words, match), language)
        if (row.kind, text) not in taken:
            taken.add((row.kind, text))
            unit = row.unit if value is not None else ""
            yield Term(
                kind=row.kind,
                text=text,
                value=value if row.unit else None,
                unit=unit,
                policy=row.policy,
                quote=sentence.quote,
            )


def _clause(words: str, match: re.Match[str]) -> str:
    """What stands before a decision, back to the sentence's begin or its last semicolon: what it
    is decided for.
    """
    return words[max(words.rfind(end, 0, match.start()) for end in (";", "；")) + 1 : match.end()]


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


def _number(match: re.Match[str]) -> float | None:
    printed = next(
        (value for name, value in match.groupdict().items() if name.startswith("n") and value), None
    )
    if printed is None:
        return None
    if re.fullmatch(r"\d+(?:\.\d+)?", printed):
        return float(printed)
    count = chinese.number(printed) if not printed.isascii() else english.number(printed)
    return None if count is None else float(count)


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
