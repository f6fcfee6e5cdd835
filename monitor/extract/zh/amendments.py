"""What a sentence does to earlier acts: suspends, ends, resumes, repeals, amends them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from monitor.extract import gate, why
from monitor.extract.named import find
from monitor.extract.zh import dates, issuers
from monitor.extract.zh import references as numbers
from monitor.extract.zh.clauses import Context, Operation, clauses, quoted_end, times
from monitor.extract.zh.names import Piece, mask
from monitor.extract.zh.subjects import GATE
from monitor.extract.zh.tables import (
    ANNOUNCES,
    BACK,
    CHANGE_VERB,
    CHANGES,
    CONTROLLED,
    COUNTERED,
    DIRECT_AMENDMENT,
    ENDS_STAY,
    EXTENDS,
    OTHERS,
    RECITAL,
    UNRELIABLE,
    blot_titles,
    doubtful,
    speaks_of,
)
from monitor.model import Action, End, Start
from monitor.vocabulary.authorities import UEL_NOTICES

EXTENSION = re.compile("|".join(EXTENDS))
STAY = re.compile("暂停|中止")
# `第5号公告规定的暂停措施`: that act orders the suspension; `终止暂停实施第5号公告`, `解除对第5号公告的暂停`: it is suspended.
ORDERS_STAY = re.compile(
    r"(?:公告|令)?[》\")]?(?:[中内]?所?(?:列明?|作出?|定|规定|宣布|确定|公布|明确|实施)|[中内])的?(?:有关|相关|各项)?(?:暂停|中止)"
    r"|(?:公告|令)?对[^,。;]{1,40}?的[^,。;的]{0,6}(?:暂停|中止)"
)
HALTED_BEHIND = re.compile(r"(?:终止|结束|停止|取消|解除|撤销)(?:对)?(?:暂停|中止)(?:实施|执行|适用|施行)?[^,。;\d]{0,40}$")
ENDED_FOR = re.compile(r"(?:终止|结束|停止|取消|解除|撤销)对[^,。;\d]{0,40}$")
ITS_STAY = re.compile(r"(?:公告|令)?[》\")]?(?:实施|执行)?的(?:暂停|中止)")
DESCRIBES = re.compile("(?:实施|执行|施行|适用)?的")
STAYS_NO_MORE = re.compile("不再(?P<verb>暂停|中止)(?:实施|执行|施行|适用|[^,。;]{0,60}号)")
THIS = re.compile("该(?:公告|令|决定)")
RESUMES = "恢复"
STILL = "继续实施"  # extends only where it says until when
LASTS = re.compile(r"(?:暂停|中止)?(?:期限|为期|期间)为?[\d一二两三四五六七八九十]+(?:年|个月|日|天)")


@dataclass(frozen=True)
class Whole:
    """What a sentence says for all its clauses, read once: its start, the end it prints, the lists it speaks of."""

    sentence: Piece
    context: Context

    @cached_property
    def starts(self) -> Start | None:
        """From when; what follows a semicolon inherits it."""
        return times(self.sentence, self.context)[0]

    @property
    def begins(self) -> str | None:
        """The day from which a duration counts."""
        return self.starts.on if self.starts else self.context.published

    @cached_property
    def ends(self) -> End | None:
        """The end, where a day is printed."""
        text = self.sentence.text
        return quoted_end(self.sentence, dates.end(text, self.begins)) if dates.END.search(text) else None

    @cached_property
    def old_end(self) -> str | None:
        """The day on which what is extended would have ended."""
        return _old_end(self.sentence)

    @cached_property
    def term(self) -> End | None:
        """How long a suspension lasts, where a clause of its own says it (`暂停期限一年`)."""
        match = LASTS.search(self.sentence.text)
        return quoted_end(self.sentence.part(*match.span()), dates.end(match[0], self.begins)) if match else None

    @cached_property
    def stays(self) -> bool:
        """Whether it speaks of a suspension."""
        return bool(STAY.search(self.sentence.text))

    @cached_property
    def controlled(self) -> bool:
        """Whether it speaks of the control list."""
        return speaks_of(self.sentence.text, CONTROLLED)

    @cached_property
    def countered(self) -> bool:
        """Whether it speaks of countermeasures."""
        return "反制" in self.sentence.text


def changes(sentence: Piece, context: Context) -> Iterator[Operation]:
    """What happens to earlier acts: the verb of a clause takes the numbers named since the last verb."""
    if not CHANGE_VERB.search(sentence.text) and not STAYS_NO_MORE.search(sentence.text):
        return
    whole = Whole(sentence, context)
    pending: list[numbers.Reference] = []
    named: list[numbers.Reference] = []  # whatever the sentence has done something to
    series, year = context.series, context.year
    announced = False
    extended = EXTENSION.search(sentence.text)  # then it is the extension that acts, not the suspension it speaks of
    for clause in clauses(sentence):
        words = mask(blot_titles(clause.text))
        announced = announced or bool(ANNOUNCES.search(words))
        if RECITAL.match(words):
            continue
        if extended and STAY.search(words) and not EXTENSION.search(words):
            pending.extend(numbers.references(clause.text, series=series, year=year))
            continue
        cited = numbers.references(clause.text, series=series, year=year)
        series, year = (cited[-1].series, cited[-1].year) if cited else (series, year)
        verb = _verb(words)
        if stay := STAYS_NO_MORE.search(words) or (verb if ENDS_STAY.search(words) else None):
            pending.clear()
            named.extend(cited)
            ended = _stay_ended(words, cited)
            if ended and not _refused(words, stay, announced=announced):
                yield replace(_change(clause, clause, whole, RESUMES, tuple(cited)), action=ended)
            continue
        if not verb or _refused(words, verb, announced=announced):
            pending.extend(cited)
            continue
        references = tuple(reference for reference in (*pending, *cited) if reference.key)
        references = references or _this(words, named) or _back(words, verb["verb"], context)
        named.extend((*pending, *cited))
        pending.clear()
        if references and not (verb["verb"] == STILL and not whole.ends):
            quoted = sentence if len(references) > len(cited) else clause
            yield _change(quoted, clause, whole, verb["verb"], references)


def _verb(words: str) -> re.Match[str] | None:
    """The verb of a clause: not one that only describes what it is done to (`暂停实施的第二款恢复实施`)."""
    verbs = list(CHANGE_VERB.finditer(words))
    return next((verb for verb in verbs if not DESCRIBES.match(words, verb.end())), verbs[0] if verbs else None)


def _stay_ended(words: str, cited: Sequence[numbers.Reference]) -> Action | None:
    """What it comes to that a suspension ends: the act that orders it is repealed, or the act that it halts resumed.

    Nothing where the words don't say which of the two is named.
    """
    if not cited or not all(reference.key for reference in cited):
        why.sentence("what ends is a suspension, and which acts it lets live again is not said", words)
        return None
    if STAYS_NO_MORE.search(words):
        return Action.RESUME
    if ORDERS_STAY.match(words, cited[-1].end):
        return Action.REPEAL
    halted = HALTED_BEHIND.search(words, 0, cited[0].start) or (
        ENDED_FOR.search(words, 0, cited[0].start) and ITS_STAY.match(words, cited[-1].end)
    )
    return Action.RESUME if halted else None


def _this(words: str, named: Sequence[numbers.Reference]) -> tuple[numbers.Reference, ...]:
    """The act named last in the sentence, where a clause points to it alone (`该公告`)."""
    return tuple(reference for reference in named[-1:] if reference.key and THIS.search(words))


def _refused(words: str, verb: re.Match[str], *, announced: bool) -> bool:
    if CHANGES[verb["verb"]] is Action.AMEND and verb["verb"] not in EXTENDS and not find(DIRECT_AMENDMENT, words):
        return True
    bar = gate.Bar.PAST if announced else gate.bar(words, verb.start(), GATE)
    if bar:
        why.sentence(bar, words)
    return bool(bar) or doubtful(words)


def _back(words: str, verb: str, context: Context) -> tuple[numbers.Reference, ...]:
    """The acts that earlier sentences name, where a clause points back to them or extends what it does not name again."""
    if not BACK.search(words) and verb not in EXTENDS:
        return ()
    rest = words.startswith("其余")
    return tuple(replace(reference, clauses=()) if rest else reference for reference in context.references if reference.key)


def _change(quoted: Piece, clause: Piece, whole: Whole, verb: str, references: tuple[numbers.Reference, ...]) -> Operation:
    action = Action.SUSPEND if verb in EXTENDS and whole.stays else CHANGES[verb]
    register = _register_of(references, whole) or whole.context.register
    if action is Action.REPEAL and register in (UNRELIABLE, CONTROLLED, COUNTERED) and verb != "废止":
        action = Action.REMOVE
    ends = None if action in (Action.REMOVE, Action.REPEAL, Action.RESUME) else _end(clause, whole, verb)
    others = OTHERS.search(clause.text)
    unclear = "until when it is extended was not understood" if verb in EXTENDS and not ends else ""
    return Operation(
        action,
        quoted,
        register,
        None,
        references,
        whole.starts,
        ends,
        others=int(others[1]) if others else None,
        unclear=unclear,
    )


def _end(clause: Piece, whole: Whole, verb: str) -> End | None:
    """The day that the clause prints, or its sentence; else what its duration comes to."""
    if not dates.END.search(clause.text) and whole.ends:
        return whole.ends
    begins = whole.old_end if verb in EXTENDS else whole.begins
    own = quoted_end(clause, dates.end(clause.text, begins))
    return own or (whole.term if STAY.match(verb) else None)


# An extension counts from the end that it moves, which an act mostly tells.
RUNS_OUT = re.compile(rf"(?:于|至|到)?{dates.FULL_DAY.pattern}(?:24时)?(?:届满|到期|期满|终止|止)")


def _old_end(sentence: Piece) -> str | None:
    """The day on which what is extended would have ended, where the line says it before."""
    beside = sentence.line.text.rfind(";", 0, sentence.start) + 1  # what stands before a semicolon is of other acts
    old = list(RUNS_OUT.finditer(sentence.line.text, beside, sentence.end))
    return dates.day(old[-1]) if old else None


def _register_of(references: Sequence[numbers.Reference], whole: Whole) -> str | None:
    if all(reference.series == UEL_NOTICES.code for reference in references):
        return UNRELIABLE
    if whole.controlled:
        return CONTROLLED
    if whole.countered and any(issuers.of_orders(reference.series) for reference in references):
        return COUNTERED
    return None
