"""Read what the sentences of an act in a verb-final language do.

The last verb of a clause is the outermost one: what precedes it, as a noun or a clause, is its
object. A verb that only describes a noun, gives a reason, or is somebody else's, decides nothing.
"""

import re
from collections.abc import Sequence

from monitor.extract.verb_final.dates import read_number
from monitor.extract.verb_final.deeds import (
    Deed,
    Stem,
    is_both,
    list_joined,
    list_stems,
    turn_action,
)
from monitor.extract.verb_final.items import find_goods
from monitor.extract.verb_final.lines import LEVEL, Line, blank_asides, find_sentences
from monitor.extract.verb_final.names import find_named
from monitor.extract.words import Words
from monitor.model import Action


def list_deeds(sentence: str, words: Words) -> list[Deed]:
    """Read what one sentence does."""
    return _read_sentence(Line(sentence, sentence.translate(LEVEL)), 0, words)


def read_deeds(lines: Sequence[Line], words: Words, title: str) -> list[Deed]:
    """Read what the sentences do."""
    found: list[Deed] = []
    for place, line in enumerate(lines):
        if line.cells or line.raw == title:
            continue
        for begin, end in find_sentences(line.text, words):
            found += _read_sentence(Line(line.raw[begin:end], line.text[begin:end]), place, words)
    done = _drop_weak(found, title, words)
    return [deed for deed in done if not deed.generic or deed.count] or done[:1]


def _drop_weak(found: list[Deed], title: str, words: Words) -> list[Deed]:
    """The deeds without those that may only follow from others: on a list that no other one names,
    without goods.
    """
    strong = [deed for deed in found if not deed.weak or (deed.items and deed.action is Action.ADD)]
    named = [find_lists(deed.quote, words) for deed in strong]
    told = frozenset[str]().union(*named, () if all(named) else find_lists(title, words))
    if not strong:
        return found
    return [
        deed for deed in found if deed in strong or find_lists(deed.quote, words).difference(told)
    ]


def find_lists(text: str, words: Words) -> frozenset[str]:
    """The lists that words name."""
    level = text.translate(LEVEL)
    return frozenset(on for on, called in words.table_of("lists").items() if called.search(level))


def _read_sentence(sentence: Line, place: int, words: Words) -> list[Deed]:
    """Read what a sentence does."""
    text = words.grounds.sub(lambda grounds: "\x00" * len(grounds[0]), blank_asides(sentence.text))
    text = LAST_ASIDE.sub(lambda aside: "\n" * len(aside[0]), text)
    closing = _list_deciding(sentence, text, words)
    done: list[Deed] = []
    since = 0
    for begin, end, action in closing:
        own = text[since:begin]
        turned = turn_action(action, own, words)
        if not words.in_list.search(own) and words.rule.search(text, 0, since):
            turned = turn_action(action, text[:begin], words)
        if turned:
            span = (since, begin) if len(closing) > 1 else (0, len(text))
            deed = _make_deed(turned, sentence, place, text, (since, begin), span, words)
            if done and done[-1].action is turned:
                done[-1].join(deed)
            else:
                done.append(deed)
        since = end
    for deed in done if any(each.shares for each in done) and is_both(done) else ():
        deed.entities.clear()  # some of them are added, and others removed
    return done


def _list_deciding(sentence: Line, text: str, words: Words) -> list[Stem]:
    """The stems of a sentence that decide something, without those of mere consequences."""
    found = list_stems(text, words)
    closing = [stem for stem in found if _is_deciding(text, *stem[:2], words)]
    both = [each for end in closing for each in list_joined(text, found, words) if end in each]
    closing = sorted({*closing, *(each for pair in both for each in pair)})
    strong = [
        each
        for each in closing
        if not words.weak.match(text, each[0])
        or (each[2] is Action.ADD and find_goods(sentence, text, 0, each[0], words))
    ]
    return strong or closing[:1]


def _make_deed(
    action: Action,
    sentence: Line,
    place: int,
    text: str,
    own: tuple[int, int],
    span: tuple[int, int],
    words: Words,
) -> Deed:
    """Make the deed of a verb, with what stands in a span; how many they are, its own words say."""
    counts = {
        match["of"]: read_number(match["count"], words) or 0
        for match in words.counted.finditer(text[slice(*own)])
    }
    return Deed(
        action,
        sentence.raw.strip(),
        place,
        entities=find_named(sentence, words, *span),
        items=find_goods(sentence, text, *own, words) if action in GOODS else [],
        count=sum(counts.values()) or None,
        follows=words.follows.search(text, *span) is not None,
        weak=words.weak.match(text, own[1]) is not None,
        generic=words.generic.match(text, own[1]) is not None,
        shares=own[0] > 0 and not words.object.search(text, *own),
    )


LAST_ASIDE = re.compile(r"\(\x00*\)(?=[。.]?\s*$)")  # the verb before it closes all the same
GOODS = (Action.ADD, Action.REMOVE, Action.RESTRICT, Action.SUSPEND)


def _is_deciding(text: str, begin: int, end: int, words: Words) -> bool:
    """Return whether a stem closes a clause of the issuer's, and nothing behind takes that back."""
    closing = words.closes.match(text, end)
    if not closing and (text[end:].strip() or not words.noun_closes.search(text, 0, begin)):
        return False
    if words.undecided.match(text, end) or words.done_then.search(text[:begin]):
        return False
    clause = max((mark.end() for mark in words.clause.finditer(text, 0, begin)), default=0)
    return (
        words.stranger.search(
            text, 0 if clause and not words.stranger.search(text, clause, begin) else clause, begin
        )
        is None
    )
