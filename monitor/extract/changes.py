"""What a sentence does to earlier acts: suspends, ends, resumes, repeals, amends them."""

import re
from collections.abc import Iterator, Sequence

from monitor.extract import dates, numbers
from monitor.extract.clauses import Context, Deed, clauses, quoted_end, times
from monitor.extract.names import Piece, mask
from monitor.extract.phrases import ANNOUNCES, BACK, CHANGE_VERB, DIRECT_AMENDMENT, OTHERS, RECITAL, blot_titles, doubtful
from monitor.extract.registers import CHANGES, CONTROLLED, COUNTERED, UNRELIABLE
from monitor.model import Action, End


def changes(sentence: Piece, context: Context) -> Iterator[Deed]:
    """What happens to earlier acts: the verb of a clause takes the numbers named since the last verb."""
    if not CHANGE_VERB.search(sentence.text):
        return
    pending: list[numbers.Reference] = []
    series, year = context.series, context.year
    announced = False
    for clause in clauses(sentence):
        words = mask(blot_titles(clause.text))
        announced = announced or bool(ANNOUNCES.search(words))
        if RECITAL.match(words):
            continue
        found = numbers.references(clause.text, series=series, year=year)
        series, year = (found[-1].series, found[-1].year) if found else (series, year)
        verb = CHANGE_VERB.search(words)
        if not verb or _refused(words, verb, announced=announced):
            pending.extend(found)
            continue
        references = tuple(each for each in (*pending, *found) if each.key) or _back(words, context)
        pending.clear()
        if references:
            whole = sentence if len(references) > len(found) else clause
            yield _change(whole, clause, sentence, verb["verb"], references, context)


def _refused(words: str, verb: re.Match[str], *, announced: bool) -> bool:
    if CHANGES[verb["verb"]] is Action.AMEND and not DIRECT_AMENDMENT.search(words):
        return True
    return announced or doubtful(words)


def _back(words: str, context: Context) -> tuple[numbers.Reference, ...]:
    return tuple(each for each in context.references if each.key) if BACK.search(words) else ()


def _change(
    quoted: Piece, clause: Piece, sentence: Piece, verb: str, references: tuple[numbers.Reference, ...], context: Context
) -> Deed:
    action = CHANGES[verb]
    register = _register_of(references, sentence.text) or context.register
    if action is Action.REPEAL and register in (UNRELIABLE, CONTROLLED, COUNTERED) and verb != "废止":
        action = Action.REMOVE
    starts, _ = times(sentence, context)
    ends = (
        None if action in (Action.REMOVE, Action.REPEAL) else _end(clause, sentence, starts.on if starts else context.published)
    )
    others = OTHERS.search(clause.text)
    return Deed(action, quoted, register, None, references, starts, ends, decided=True, others=int(others[1]) if others else None)


def _end(clause: Piece, sentence: Piece, begins: str | None) -> End | None:
    """The clause's own end; else the day the whole sentence prints."""
    own = quoted_end(clause, dates.end(clause.text, begins))
    if own or not dates.END.search(sentence.text):
        return own
    return quoted_end(sentence, dates.end(sentence.text, begins))


def _register_of(references: Sequence[numbers.Reference], text: str) -> str | None:
    if all(each.series == "uel" for each in references):
        return UNRELIABLE
    if "管控名单" in text:
        return CONTROLLED
    if any(each.series.endswith("order") for each in references) and "反制" in text:
        return COUNTERED
    return None
