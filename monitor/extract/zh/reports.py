"""Read what a Chinese page that is no act says of acts, registers and sanctions, by its
own verbs.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from monitor.extract import gate
from monitor.extract.words import find_all_live, make_names_pattern, make_phrase
from monitor.extract.zh import references
from monitor.extract.zh.lines import Line
from monitor.extract.zh.names import Piece, mask_brackets, read_entities, read_in_prose
from monitor.extract.zh.operations import Context, split_sentences
from monitor.extract.zh.sections import Sections
from monitor.extract.zh.words import (
    CALLS_IT,
    CHINESE,
    COUNTERED,
    GATE,
    GOODS,
    LABELS,
    LISTS,
    NAMESAKE,
    TABLES,
    is_doubtful,
)
from monitor.model import Entity, Fact, Mentions, Report

WORDS = CHINESE.table("pages")

CONTROL_WORDS = make_phrase(
    lambda: make_names_pattern(["出口管制", *LISTS, *(f"列为{label}" for label in LABELS)])
)

Kind = Literal["press", "restatement"]


def read_report(page: Sections, url: str, kind: Kind) -> list[Fact]:
    """Read what a page says of acts and registers of ours; nothing if it names none."""
    lines = [
        line
        for line in page.deciding
        if CONTROL_WORDS.search(line.text) and WORDS.ours.search(line.text)
    ]
    context = Context(published=page.published, year=page.year)
    keys: dict[str, None] = {}
    registers: dict[str, None] = {}
    entities: dict[str, Entity] = {}
    for line in lines:
        _collect_mentions(line, context, keys, registers, entities)
    if not keys and not registers:
        return []
    mentions = Mentions(
        keys=tuple(keys), registers=tuple(registers), entities=tuple(entities.values())
    )
    return [make_report(page, url, kind, mentions)]


def make_report(page: Sections, url: str, kind: Kind, mentions: Mentions) -> Report:
    """The report of what a page mentions."""
    return Report(
        kind=kind,
        title=page.title.raw.strip(),
        url=url,
        published=page.published,
        mentions=mentions,
    )


def _collect_mentions(
    line: Line,
    context: Context,
    keys: dict[str, None],
    registers: dict[str, None],
    entities: dict[str, Entity],
) -> None:
    series, year = "", context.year
    for sentence in split_sentences(line):
        cited = references.find_references(sentence.text, series=series, year=year)
        series, year = (cited[-1].series, cited[-1].year) if cited else (series, year)
        statement = re.sub("请问[^,。?]*|有何[^,。?]*", "", sentence.text)
        if (
            not (CONTROL_WORDS.search(statement) or WORDS.bars_trade.search(statement))
            or not WORDS.announced.search(statement)
            or is_doubtful(statement)
        ):
            continue
        keys.update(dict.fromkeys(reference.key for reference in cited if reference.key))
        words = NAMESAKE.sub("", sentence.text)
        names = [name for name in (*LISTS, *GOODS) if name in words]
        registers.update(
            dict.fromkeys(register for name in names if (register := {**LISTS, **GOODS}[name]))
        )
        called = [match for pattern in CALLS_IT for match in find_all_live(pattern, sentence.text)]
        registers.update(dict.fromkeys(LABELS[match["label"]] for match in called))
        for entity in _list_named(sentence, called):
            entities.setdefault(str(entity.names), entity)


def _list_named(sentence: Piece, called: Sequence[re.Match[str]]) -> Iterator[Entity]:
    """Read those whom a sentence says to be listed, treated, barred or `called` something."""
    masked = mask_brackets(sentence.text)
    listed = (
        each for form in (TABLES.lists_it, TABLES.treats) for each in find_all_live(form, masked)
    )
    for match in (*listed, *WORDS.bars_trade.finditer(masked), *called):
        yield from read_entities(sentence.part(*match.span("who")))


def report_sanctions(page: Sections, url: str) -> list[Fact]:
    """Read what the press says, in any form, of sanctions without a list's name."""
    told = [
        found
        for line in page.deciding
        for found in map(_find_sanctioned, split_sentences(line))
        if found
    ]
    if not told:
        return []
    named = [entity for who in told for entity in read_in_prose(who)]
    named = named or [entity for who in told for entity in read_entities(who)]
    names = {str(who.names): who for who in named if min(map(len, who.names.values())) > 1}
    mentions = Mentions(registers=(COUNTERED,), entities=tuple(names.values()))
    return [make_report(page, url, "press", mentions)]


def _find_sanctioned(sentence: Piece) -> Piece | None:
    """Find against whom China decides or declares sanctions in a sentence, if it does."""
    words = mask_brackets(sentence.text)
    verbs = (
        verb
        for verb in WORDS.decided.finditer(words)
        if not gate.find_bar(words, verb.start(), GATE, speaker=False)
    )
    if not (decided := next(verbs, None)):
        return None
    match = WORDS.measured.search(words, decided.start()) or WORDS.sanctioned.search(
        words, decided.end()
    )
    return sentence.part(*match.span("who")) if match else None
