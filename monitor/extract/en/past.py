"""Tell what an English act decides from what it tells of the past."""

from monitor.extract.en import dates
from monitor.extract.en.references import find_references, list_european_keys
from monitor.extract.en.sections import Context
from monitor.extract.en.verbs import Predicate, Voice, is_told_in_past, list_predicates
from monitor.extract.en.words import ENGLISH

WORDS = ENGLISH.table("past")
DOER = 200  # characters before a verb in which its subject stands


def is_history(sentence: str, context: Context) -> bool:
    """Return whether all that a sentence tells was done before this act."""
    told = list_predicates(sentence)
    return bool(told) and all(was_done_before(each, sentence, context) for each in told)


def was_done_before(predicate: Predicate, sentence: str, context: Context) -> bool:
    """Return whether an earlier act did it, or it was done months ago: `was added by Notice No. 5
    of 2029`, `BIS added it on May 1, 2029`.
    """
    if not is_told_in_past(predicate, sentence):
        return False
    passive = predicate.voice is Voice.PASSIVE
    before = sentence[max(0, predicate.start - DOER) : predicate.start]
    front = WORDS.by_front.match(sentence[: predicate.start]) if passive else None
    by = f"{front['by'] if front else ''} {predicate.after.partition(' by ')[2]}"
    told = WORDS.on_day.match(predicate.after) or (passive and WORDS.by_rule.match(by.strip()))
    day = dates.first_day(told[0]) if told else None
    doer = WORDS.on_basis.sub("", by if passive else before)
    keys = {each.key for each in find_references(doer, context.published, of=context.issuer)}
    keys |= {*list_european_keys(doer)}
    cited = WORDS.of_register.match(f"{predicate.form}{predicate.after}") is not None
    return cited or bool(keys - {context.key}) or dates.is_long_before(day, context.published)


def was_done_long_ago(predicate: Predicate, sentence: str, context: Context) -> bool:
    """Return whether the sentence opens with a day months ago: `On May 1, 2029, BIS added …`."""
    on = WORDS.day_first.match(sentence)
    told = on is not None and is_told_in_past(predicate, sentence)
    return told and dates.is_long_before(dates.first_day(on[0] if on else ""), context.published)
