"""Read the terms of an act in a verb-final language, and account for each of its sentences."""

import re
from collections.abc import Iterator, Sequence

from monitor.extract import account, terms
from monitor.extract.verb_final.dates import read_day
from monitor.extract.verb_final.leftovers import (
    list_endless,
    list_nameless,
    list_other_starts,
    list_renamed,
    list_skipped,
    list_unplaced,
)
from monitor.extract.verb_final.lines import LEVEL, Line, find_sentences, list_rule_texts
from monitor.extract.verb_final.measures import find_places
from monitor.extract.verb_final.sentences import find_lists, list_deeds
from monitor.extract.verb_final.words import LANGUAGES
from monitor.extract.words import Words
from monitor.model import Action, Measure, Term, Unread


def close_act(
    lines: Sequence[Line],
    words: Words,
    title: str,
    published: str | None,
    unread: Sequence[Unread],
    measures: Sequence[Measure],
) -> account.Closed:
    """Give the measures of an act their terms, and find what of it neither has."""
    left = [*unread, *list_unplaced(measures), *list_skipped(measures, lines, words)]
    left += list_endless(measures, words)
    left += list_renamed(lines, named=any(each.entities for each in measures))
    left += list_other_starts(measures, lines, words, published)
    left += [] if left else list_nameless(measures, words)
    left += _list_undone(measures, words)
    said = list(_list_sentences(lines, words, title, published))
    language = LANGUAGES[words.as_written["language"]]
    found = terms.read_terms(said, language)
    items = {item.quote for measure in measures for item in measure.items}
    found += [
        terms.Found(Term(kind="scope", text=RULE_TEXT, quote=quote))
        for quote in list_rule_texts(lines, words)
        if quote not in items
    ]
    measures = terms.give_terms(measures, found)
    known = words.table_within("account")
    beside = account.list_unaccounted(said, measures, known, published=published, unread=left)
    left += [each for each in beside if not _is_repetition(each, measures, words)]
    return measures, left


def _list_undone(measures: Sequence[Measure], words: Words) -> Iterator[Unread]:
    """Sentences of measures with a deed that no measure does."""
    done = {each.action for each in measures}
    done |= {Action.RESTRICT} if Action.ADD in done else set()
    for quote in dict.fromkeys(each.quote for each in measures):
        deeds = [deed for deed in list_deeds(quote, words) if not (deed.weak or deed.generic)]
        if any(deed.action not in done for deed in deeds):
            yield Unread("sentence", account.NO_FACT, quote)


RULE_TEXT = "changes the words of a rule: read them"


def _is_repetition(left: Unread, measures: Sequence[Measure], words: Words) -> bool:
    """Return whether a sentence only repeats what is done to the named, or that their list changes;
    or says ahead, with nothing beside, what is done to those that a list names or to its goods.
    """
    text = left.quote.translate(LEVEL)
    ahead = words.summed.match(text)
    refers = ahead or words.refers.search(text) or words.follows.search(text)
    told = [each for each in measures if each.entities or (ahead and each.items)]
    if left.why != account.NO_FACT or not refers or not told:
        return False
    known, done = {each.register for each in told}, {each.action for each in told}
    counts = {len(each.entities or each.items) for each in told}
    lists = find_lists(left.quote, words)
    if ahead:  # a law is named as the ground
        lists -= set(words.as_written["of_goods"])
        beside = f"{ahead['before']}\n{text[ahead.end() :]}"
        if words.table_within("account").touches.search(beside):
            return False
    deeds = list_deeds(left.quote, words)
    return bool(deeds and known.issuperset(lists)) and not any(
        deed.items
        or (deed.count and deed.count not in counts)
        or deed.entities
        or find_places(deed, "", words)
        or not (deed.weak or deed.action in done or (deed.generic and (lists or ahead)))
        for deed in deeds
    )


def _list_sentences(
    lines: Sequence[Line], words: Words, title: str, published: str | None
) -> Iterator[account.Said]:
    for line in lines:
        if line.raw != title and not line.cells:
            yield from _list_said(line, words, published)


def find_terms(
    lines: Sequence[Line], words: Words, title: str, published: str | None
) -> tuple[Term, ...]:
    """Find the terms of an act without measures."""
    sentences = _list_sentences(lines, words, title, published)
    return terms.find_terms(sentences, LANGUAGES[words.as_written["language"]])


def _list_said(line: Line, words: Words, published: str | None) -> Iterator[account.Said]:
    for begin, end in find_sentences(line.text, words):
        text = line.text[begin:end].strip()
        if not text:
            continue
        mark = words.mark.match(text)
        bare = text[mark.end() :] if mark else text
        read: list[tuple[re.Match[str], str | None]] = []
        for day in words.day.finditer(bare):  # one without a year is of that of the day before it
            before = next((on for _, on in reversed(read) if on), published)
            read.append((day, read_day(day, before or "", words)))
        for day, on in reversed(read):  # a term's day needs its year
            if on and not day["year"]:
                full = words.as_written["full_day"].format(*on.split("-"))
                bare = f"{bare[: day.start()]}{full}{bare[day.end() :]}"
        yield account.Said(
            bare,
            line.raw[begin:end].strip(),
            frozenset(on for _, on in read if on),
            is_entry=bool(mark) and not words.stop.search(f"{text.rstrip('.')}."),
        )
