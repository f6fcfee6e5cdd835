"""What a sentence does to earlier acts, a verb an operation."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from monitor.extract import gate, why
from monitor.extract.words import find_live
from monitor.extract.zh import dates, issuers, references
from monitor.extract.zh.names import Piece, mask_brackets
from monitor.extract.zh.operations import (
    Context,
    Operation,
    blot_commas_of_names,
    quote_end,
    read_times,
    split_clauses,
)
from monitor.extract.zh.references import Reference
from monitor.extract.zh.words import (
    CHANGES,
    CHINESE,
    CONTROLLED,
    COUNTERED,
    EXTENDS,
    GATE,
    TABLES,
    UNRELIABLE,
    blot_titles,
    has_list_name,
    is_doubtful,
)
from monitor.model import Action, End, Start, tell_in_part
from monitor.vocabulary.authorities import UEL_NOTICES

WORDS = CHINESE.table("operations")

EXTENSION = re.compile("|".join(EXTENDS))
RESUMES = "恢复"
# what extends or shortens something only where it says until when
DATED = ("继续实施", "缩短至", "缩短到")


@dataclass(frozen=True)
class Whole:
    """What a sentence says for all its clauses, read once: its start, its printed end,
    its lists.
    """

    sentence: Piece
    context: Context

    @cached_property
    def starts(self) -> Start | None:
        """The start; what follows a semicolon inherits it."""
        return read_times(self.sentence, self.context)[0]

    @cached_property
    def _late_start(self) -> int | None:
        """The place of the start where a clause has it in which something else is done to another
        act (`第5号暂停实施,第6号自…起恢复实施`).
        """
        begun = dates.start(self.sentence.text, self.context.published)
        if not begun:
            return None
        here = self.sentence.start + begun[1]
        holder = next(part.text for part in split_clauses(self.sentence) if part.end > here)
        acts = references.find_references(holder, series=self.context.series)
        return here if acts and TABLES.change_verb.search(holder) else None

    def begins_later(self, clause: Piece) -> bool:
        """Return whether the start is that of a change behind a clause."""
        return self._late_start is not None and self._late_start >= clause.end

    @property
    def begins(self) -> str | None:
        """The day from which a duration counts."""
        return self.starts.on if self.starts else self.context.published

    @cached_property
    def ends(self) -> End | None:
        """The end, where a day is printed."""
        text = self.sentence.text
        return (
            quote_end(self.sentence, dates.end(text, self.begins))
            if dates.END.search(text)
            else None
        )

    @cached_property
    def term(self) -> End | None:
        """The length of a suspension, if a clause of its own states it (`暂停期限一年`)."""
        match = WORDS.lasts.search(self.sentence.text)
        return (
            quote_end(self.sentence.part(*match.span()), dates.end(match[0], self.begins))
            if match
            else None
        )

    @cached_property
    def stays(self) -> bool:
        """Return whether it mentions a suspension."""
        return bool(WORDS.stay.search(self.sentence.text))

    @cached_property
    def controlled(self) -> bool:
        """Return whether it mentions the control list."""
        return has_list_name(self.sentence.text, CONTROLLED)

    @cached_property
    def countered(self) -> bool:
        """Return whether it mentions countermeasures."""
        return "反制" in self.sentence.text


def read_changes(sentence: Piece, context: Context) -> Iterator[Operation]:
    """Read what happens to earlier acts: a clause's verb takes the numbers since the last verb."""
    text = sentence.text
    changing = TABLES.change_verb.search(text) or WORDS.stays_no_more.search(text)
    told = WORDS.recited.match(text) or dates.tells_earlier_stay(text, context.published)
    if told or not changing:
        return
    whole, cited, announced = Whole(sentence, context), Cited(context), False
    # then it is the extension that acts, not the suspension it speaks of
    extended = EXTENSION.search(text)
    for clause in split_clauses(sentence):
        words = blot_commas_of_names(mask_brackets(blot_titles(clause.text)))
        announced = announced or bool(TABLES.announces.search(words))
        if TABLES.recital.match(words):
            continue
        by_another = dates.BY_ACT.search(words)
        if by_another or (extended and WORDS.stay.search(words) and not EXTENSION.search(words)):
            before = clause.text[: by_another.start()] if by_another else clause.text
            cited.pending.extend(cited.find(before))
            continue
        here = cited.read(clause.text)
        verb = _find_verb(words)
        if stay := WORDS.stays_no_more.search(words) or (
            verb if _is_deed_undone(words) and not EXTENSION.search(words) else None
        ):
            cited.pending.clear()
            cited.named.extend(here)
            ended = _read_undone(words, here)
            if ended and not _is_refused(words, stay, announced=announced):
                made = _make_change(clause, clause, whole, RESUMES, tuple(here))
                yield replace(made, action=ended)
        elif not verb or _is_refused(words, verb, announced=announced):
            cited.pending.extend(here)
        else:
            yield from _read_verb_changes(clause, words, verb, here, cited, whole)


@dataclass
class Cited:
    """The acts that a sentence has named so far: those `pending` wait for their verb, to those
    `named` something was done, by the last verb for some only where it is `limited`.
    """

    context: Context
    pending: list[Reference] = field(default_factory=list)
    named: list[Reference] = field(default_factory=list)
    limited: bool = False

    def __post_init__(self) -> None:
        self._series, self._year = self.context.series, self.context.year

    def find(self, text: str) -> Sequence[Reference]:
        """The acts of a clause; a number alone is of the series and the year of the last."""
        return references.find_references(text, series=self._series, year=self._year)

    def read(self, text: str) -> list[Reference]:
        """The acts of a clause, which those of the next ones go on from."""
        here = [_complete_citation(each, text, self.context) for each in self.find(text)]
        if here:
            self._series, self._year = here[-1].series, here[-1].year
        return here


def _read_verb_changes(
    clause: Piece,
    words: str,
    verb: re.Match[str],
    here: Sequence[Reference],
    cited: Cited,
    whole: Whole,
) -> Iterator[Operation]:
    """Read what a verb does to the acts that wait for it and those of its clause, else to earlier
    ones.
    """
    sentence, named = whole.sentence, cited.named
    before = sentence.text[: clause.start - sentence.start]
    own = tuple(each for each in (*cited.pending, *_drop_subjects(words, here)) if each.key)
    rest = () if own else _find_rest_of_act(words, named)
    goes_on = cited.limited and not words[: verb.start()].strip()  # without a subject of its own
    limited = bool(rest) or goes_on or _is_limited(before, words, verb, here)
    cited.limited = limited
    acts = (
        own
        or rest
        or _find_pointed_act(words, named)
        or _list_pointed_acts(words, verb["verb"], cited.context)
    )
    named.extend((*cited.pending, *here))
    cited.pending.clear()
    if acts and not (verb["verb"] in DATED and not whole.ends):
        quoted = sentence if limited or len(acts) > len(here) else clause
        made = _make_change(quoted, clause, whole, verb["verb"], acts)
        # of a change that holds for some only it is sure that the acts are amended
        why_open = tell_in_part(made.action)
        open_ = replace(made, action=Action.AMEND, unclear=why_open)
        made = open_ if limited else made
        yield _leave_start(made) if whole.begins_later(clause) else made


def _leave_start(made: Operation) -> Operation:
    """The change without the start of another one in its sentence."""
    return replace(made, starts=None, unclear=made.unclear or "when it begins was not understood")


BRACKETED = re.compile(r"\([^()]*\)")
FURTHEST = 300  # characters before a verb in which a limit of it stands


def _is_limited(before: str, words: str, verb: re.Match[str], cited: Sequence[Reference]) -> bool:
    """Return whether words beside a verb and its acts limit it to some, or to a part."""
    first = min(cited[0].start, verb.start()) if cited else verb.start()
    beside = before[before.rfind(";") + 1 :]
    if len(beside) > FURTHEST:
        beside = beside[beside.find(",", len(beside) - FURTHEST) :]
    if WORDS.limited_before.search(beside + words[:first]):
        return True
    if WORDS.limited_after.match(words, verb.end()):
        return True
    if not cited:
        return False
    last = cited[-1].end
    behind = words[last : verb.start()] if verb.start() > last else words[last:]
    if cited[-1].clauses:
        return WORDS.of_matter.search(behind) is not None
    if len(_drop_subjects(words, cited)) < len(cited):
        return True
    return WORDS.limited_behind.search(BRACKETED.sub("", behind)) is not None


def _drop_subjects(words: str, cited: Sequence[Reference]) -> Sequence[Reference]:
    """The acts, up to one that the one before it only speaks of (`第7号中有关第5号的规定`)."""
    for at, (act, subject) in enumerate(pairwise(cited), 1):
        between = words[act.end : subject.start]
        if WORDS.speaks_of.fullmatch(between) and WORDS.its_words.match(words, subject.end):
            return cited[:at]
    return cited


def _complete_citation(cited: Reference, text: str, context: Context) -> Reference:
    """An act that is cited without its year, as an earlier sentence names it where the words
    point back (`前款第3号公告`).
    """
    if cited.dated or not WORDS.points.search(text, 0, cited.start):
        return cited
    before = (each for each in context.references if each.number == cited.number and each.dated)
    return next((replace(cited, series=each.series, year=each.year) for each in before), cited)


def _find_verb(words: str) -> re.Match[str] | None:
    """The verb of a clause: not one that only describes what it is done to (`暂停实施的第二款恢复实施`)."""
    verbs = list(TABLES.change_verb.finditer(words))
    return next(
        (verb for verb in verbs if not WORDS.describes.match(words, verb.end())),
        verbs[0] if verbs else None,
    )


def _is_deed_undone(words: str) -> bool:
    """Return whether a clause ends a suspension, or undoes what was decided on an earlier act."""
    return bool(TABLES.ends_stay.search(words) or WORDS.undoes.search(words))


def _read_undone(words: str, cited: Sequence[Reference]) -> Action | None:
    """Return what the end of an earlier deed means: of a suspension, that the ordering act is
    repealed or the halted act resumed; of a resumption, that the act is suspended.

    None if the words do not say which act they name.
    """
    if not cited or not all(reference.key for reference in cited):
        why.explain_sentence(
            "what ends is a suspension, and which acts it lets live again is not said", words
        )
        return None
    if undone := WORDS.undoes.search(words):
        return Action.SUSPEND if undone["resumed"] else Action.RESUME
    if WORDS.stays_no_more.search(words):
        return Action.RESUME
    if WORDS.orders_stay.match(words, cited[-1].end):
        return Action.REPEAL
    halted = WORDS.halted_behind.search(words, 0, cited[0].start) or (
        WORDS.ended_for.search(words, 0, cited[0].start)
        and WORDS.its_stay.match(words, cited[-1].end)
    )
    return Action.RESUME if halted else None


def _find_pointed_act(words: str, named: Sequence[Reference]) -> tuple[Reference, ...]:
    """The act named last in the sentence, where a clause points to it alone (`该公告`)."""
    return tuple(
        reference for reference in named[-1:] if reference.key and WORDS.this.search(words)
    )


def _find_rest_of_act(words: str, named: Sequence[Reference]) -> tuple[Reference, ...]:
    """The act named last in the sentence, where a clause is on what else it has (`其余条款`)."""
    return tuple(
        replace(each, clauses=()) for each in named[-1:] if each.key and words.startswith("其余")
    )


def _is_refused(words: str, verb: re.Match[str], *, announced: bool) -> bool:
    if (
        CHANGES[verb["verb"]] is Action.AMEND
        and verb["verb"] not in EXTENDS
        and not find_live(TABLES.direct_amendment, words)
    ):
        return True
    bar = gate.Bar.PAST if announced else gate.find_bar(words, verb.start(), GATE)
    if bar:
        why.explain_sentence(bar, words)
    return bool(bar) or is_doubtful(words)


def _list_pointed_acts(words: str, verb: str, context: Context) -> tuple[Reference, ...]:
    """The acts that earlier sentences name, where a clause points back to them or extends what
    it does not name again.
    """
    if not TABLES.back.search(words) and verb not in EXTENDS:
        return ()
    rest = words.startswith("其余")
    return tuple(
        replace(reference, clauses=()) if rest else reference
        for reference in context.references
        if reference.key
    )


def _make_change(
    quoted: Piece, clause: Piece, whole: Whole, verb: str, references: tuple[Reference, ...]
) -> Operation:
    action = CHANGES[verb]
    if verb in EXTENDS and whole.stays and not _is_stay_order(clause, references):
        action = Action.SUSPEND
    register = _register_of(references, whole) or whole.context.register
    if verb == "停止" and whole.ends and action is Action.REPEAL:
        action = Action.SUSPEND  # for a time
    if (
        action is Action.REPEAL
        and register in (UNRELIABLE, CONTROLLED, COUNTERED)
        and verb != "废止"
    ):
        action = Action.REMOVE
    moves = WORDS.moves_start.search(clause.text) is not None
    endless = moves or action in (Action.REMOVE, Action.REPEAL, Action.RESUME)
    ends = None if endless else _read_end(clause, whole, verb)
    others = TABLES.others.search(clause.text)
    unclear = "until when it is extended was not understood" if verb in EXTENDS and not ends else ""
    if moves:
        action, unclear = Action.AMEND, "it moves the first day of an act, which is only quoted"
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


def _is_stay_order(clause: Piece, references: Sequence[Reference]) -> bool:
    """Return whether the clause says that the act before it orders the suspension."""
    last = references[-1].end
    return last <= len(clause.text) and bool(WORDS.orders_stay.match(clause.text, last))


def _read_end(clause: Piece, whole: Whole, verb: str) -> End | None:
    """The day that the clause prints, or its sentence; else what its duration comes to."""
    if not dates.END.search(clause.text) and whole.ends:
        return whole.ends
    begins = None if verb in EXTENDS else whole.begins  # the end that was is of another act
    own = quote_end(clause, dates.end(clause.text, begins))
    return own or (whole.term if WORDS.stay.match(verb) else None)


def _register_of(references: Sequence[Reference], whole: Whole) -> str | None:
    if all(reference.series == UEL_NOTICES.code for reference in references):
        return UNRELIABLE
    if whole.controlled:
        return CONTROLLED
    if whole.countered and any(issuers.is_of_orders(reference.series) for reference in references):
        return COUNTERED
    return None
