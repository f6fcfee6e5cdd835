"""Acts that put another one right (`更正`, `勘误`, `应为`): which one, and the names or numbers as they
should have been.
"""

import re
from collections.abc import Iterator

from monitor.extract import codes, gate
from monitor.extract.zh import issuers, items, references
from monitor.extract.zh.lines import make_line
from monitor.extract.zh.names import ORG_END, Piece, read_entity
from monitor.extract.zh.operations import Context, Operation
from monitor.extract.zh.sections import Sections
from monitor.extract.zh.words import CHINESE, GATE, LISTS
from monitor.model import Action, Entity, Item
from monitor.vocabulary.letters import HAN_RANGE

WORDS = CHINESE.table("forms")

# a name, without the Latin form behind it that was wrong
QUOTED = re.compile(rf'"(?P<name>[^"]{{2,80}}?)(?:\([A-Z][^()"{HAN_RANGE}]{{2,160}}\))?"')


def read_corrections(sentence: Piece, page: Sections, context: Context) -> Iterator[Operation]:
    """The act that a sentence corrects, of an act that puts another one right."""
    own = _find_corrected_acts(sentence, page, context)
    verb = WORDS.corrects.search(sentence.text)
    if not own or (verb and gate.find_bar(sentence.text, verb.start(), GATE)):
        return
    entities = tuple(_list_renamed(sentence)) or tuple(_list_names_in_rows(sentence, page))
    items = tuple(_list_renumbered_items(sentence))
    known = {register for name, register in LISTS.items() if entities and name in page.text}
    yield Operation(
        Action.AMEND,
        sentence,
        next(iter(known)) if len(known) == 1 else None,
        references=own,
        read_whole=True,
        entities=entities,
        items=items,
        unclear=_explain_unclear_correction(sentence, named=bool(entities or items)),
    )


def read_renamings(sentence: Piece, page: Sections, context: Context) -> Iterator[Operation]:
    """The names that a sentence gives to those on a list or in an act, beside the old ones."""
    new = [
        match
        for match in WORDS.renamed.finditer(sentence.text)
        if match["en"] or ORG_END.search(match["zh"])
        if not any(gate.find_bar(sentence.text, match.start(at), GATE) for at in (0, "verb"))
    ]
    known = {register for name, register in LISTS.items() if name in page.text}
    cited = references.find_keyed(sentence.text, series=page.series, year=context.year)
    if new and (known or cited):
        yield Operation(
            Action.AMEND,
            sentence,
            next(iter(known)) if len(known) == 1 else None,
            references=cited,
            read_whole=True,
            entities=tuple(_make_renamed_entity(sentence, match) for match in new),
        )


def _make_renamed_entity(sentence: Piece, match: re.Match[str]) -> Entity:
    """Make an entity of its new names, with the old ones as aliases."""
    old = tuple(
        sentence.part(*match.span(group)).said() for group in ("old", "latin") if match[group]
    )
    spans = {group: match.span(group) for group in ("zh", "en") if match[group]}
    return _make_renamed(sentence, **spans).replace(aliases=old)


def _find_corrected_acts(
    sentence: Piece, page: Sections, context: Context
) -> tuple[references.Reference, ...]:
    """The act that a sentence puts right: by its own words, the title's, or those of the line
    that introduces it.
    """
    if not WORDS.corrects.search(sentence.text):
        return _list_cited(sentence.text, page, context)
    lines = (sentence.text, page.title.text, *(line.text for line in page.before(sentence.line)))
    named = (_list_cited(text, page, context) for text in lines if WORDS.corrects.search(text))
    return next((own for own in named if own), ())


def _list_cited(text: str, page: Sections, context: Context) -> tuple[references.Reference, ...]:
    series = page.series or issuers.find_series(page.authority)
    cited = references.find_references(text.replace("本部", ""), series=series, year=context.year)
    return tuple(reference for reference in cited if reference.key and reference.key != page.key)


def _list_renumbered_items(sentence: Piece) -> Iterator[Item]:
    """The things whose number or whose whole entry is put right, as they should have been."""
    for match in WORDS.right_entry.finditer(sentence.text):
        entry = make_line(sentence.part(*match.span("entry")).said())
        for item in items.read_items([entry]):
            yield item.replace(quote=sentence.quote)
    for match in WORDS.numbered.finditer(sentence.text):
        numbers = tuple(dict.fromkeys(codes.NUMBER.findall(match["numbers"])))
        before = sentence.text[: match.start()]
        whose, thing = codes.split_codes(before)[-1:], WORDS.renumbered.search(before)
        name = thing["name"] if thing else "、".join(numbers)
        yield Item({"zh": name}, whose, numbers, quote=sentence.quote)


def _explain_unclear_correction(sentence: Piece, *, named: bool) -> str:
    """Explain why a correction is only quoted: it moves a day that only the corrected act states in
    full.
    """
    if WORDS.corrected_term.search(sentence.text):
        return "the day or the term that it puts right is only quoted"
    says = WORDS.of_name.search(sentence.text) or QUOTED.search(sentence.text)
    return "what it puts right is only quoted" if says and not named else ""


def _list_renamed(sentence: Piece) -> Iterator[Entity]:
    """Yield the entity with a corrected Latin name: by its Chinese name, with the new one."""
    text = sentence.text
    forms = (WORDS.renamed_in_both, WORDS.kept_in_chinese, WORDS.renamed_latin)
    if both := next((match for form in forms if (match := form.search(text))), None):
        yield _make_renamed(sentence, zh=both.span("zh"), en=both.span("en"))
        return
    if (new := WORDS.renamed_in_chinese.search(text)) and ORG_END.search(new["zh"]):
        yield _make_renamed(sentence, **{key: new.span(key) for key in ("zh", "en") if new[key]})
        return
    named, name = WORDS.latin.search(text), QUOTED.search(text)
    if named and name and WORDS.of_name.search(text) and named.start() > name.end():
        yield _make_renamed(sentence, zh=name.span("name"), en=named.span("name"))


def _list_names_in_rows(sentence: Piece, page: Sections) -> Iterator[Entity]:
    """Yield the names in the right one of two columns below (`误`, `正`), with the wrong ones as
    aliases.
    """
    rows = items.list_rows(page.after(sentence.line)) if sentence.text.endswith(":") else ()
    for row in (row for row in rows if isinstance(row, items.Row) and "old" in row.columns):
        old, new = (
            read_entity(Piece.of(make_line(row.cell(column), traditional=row.line.traditional)))
            for column in ("old", "hs")
        )
        if new and ("en" in new.names or ORG_END.search(new.names["zh"])):
            wrong = {*(old.names.values() if old else ())} - {*new.names.values()}
            yield new.replace(aliases=tuple(sorted(wrong)), quote=row.line.raw)


def _make_renamed(sentence: Piece, **spans: tuple[int, int]) -> Entity:
    """Make an entity from the names at places of a sentence, by language."""
    names = {key: sentence.part(*span).said() for key, span in spans.items()}
    return Entity(names, "org", quote=sentence.quote)
