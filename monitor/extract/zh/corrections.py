"""Acts that put another one right (`更正`, `勘误`, `应为`): which one, and the names or numbers as they
should have been.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from monitor.extract import codes, gate
from monitor.extract.zh import issuers, references
from monitor.extract.zh.annexes import is_name
from monitor.extract.zh.names import Piece, entity
from monitor.extract.zh.operations import Context, Operation
from monitor.extract.zh.sections import Sections
from monitor.extract.zh.words import CHINESE, GATE, LISTS
from monitor.model import Action, Entity, Item
from monitor.vocabulary.letters import HAN_RANGE

WORDS = CHINESE.table("forms")

# a name, without the Latin form behind it that was wrong
QUOTED = re.compile(rf'"(?P<name>[^"]{{2,80}}?)(?:\([A-Z][^()"{HAN_RANGE}]{{2,160}}\))?"')


def corrections_of(sentence: Piece, page: Sections, context: Context) -> Iterator[Operation]:
    """The act that a sentence corrects, of an act that puts another one right."""
    own = _references(sentence.text, page, context)
    verb = WORDS.corrects.search(sentence.text)
    if not own or (verb and gate.bar(sentence.text, verb.start(), GATE)):
        return
    entities = tuple(_renamed(sentence)) or tuple(_in_lines_below(sentence, page))
    items = tuple(_renumbered(sentence))
    known = {register for name, register in LISTS.items() if entities and name in page.text}
    yield Operation(
        Action.AMEND,
        sentence,
        next(iter(known)) if len(known) == 1 else None,
        references=own,
        read_whole=True,
        entities=entities,
        items=items,
        unclear=_unclear_correction(sentence, named=bool(entities or items))
        or _unclear_row(sentence, named=bool(known)),
    )


def _references(text: str, page: Sections, context: Context) -> tuple[references.Reference, ...]:
    series = page.series or issuers.series_of(page.authority)
    cited = references.references(text.replace("本部", ""), series=series, year=context.year)
    own = tuple(reference for reference in cited if reference.key and reference.key != page.key)
    if own or not WORDS.corrects.search(text) or text == page.title.text:
        return own
    return _references(page.title.text, page, context) or _only_one_named(page, context)


def _only_one_named(page: Sections, context: Context) -> tuple[references.Reference, ...]:
    """The act that the page names, where it names one alone."""
    named = {each.key: each for each in context.references if each.key and each.key != page.key}
    return tuple(named.values()) if len(named) == 1 else ()


def _renumbered(sentence: Piece) -> Iterator[Item]:
    """The number of a thing as it should have been."""
    for match in WORDS.numbered.finditer(sentence.text):
        number = match["number"]
        before = sentence.text[: match.start()]
        whose, thing = codes.split(before)[-1:], WORDS.renumbered.search(before)
        yield Item(
            {"zh": thing["name"] if thing else number},
            whose,
            (number,),
            quote=sentence.quote,
        )


def _unclear_correction(sentence: Piece, *, named: bool) -> str:
    """Explain why a correction is only quoted: it moves a day that only the corrected act states in
    full.
    """
    if WORDS.corrected_term.search(sentence.text):
        return "the day or the term that it puts right is only quoted"
    says = WORDS.of_name.search(sentence.text) or QUOTED.search(sentence.text)
    return "what it puts right is only quoted" if says and not named else ""


def _unclear_row(sentence: Piece, *, named: bool) -> str:
    """Explain why a corrected row of an annex is unclear: its list has no name here."""
    row = WORDS.renamed_beside.search(sentence.text)
    return "on which list it stands is not said" if row and not named else ""


def _in_lines_below(sentence: Piece, page: Sections) -> Iterator[Entity]:
    """Yield the names of lines that print what is put right and what is right (`误:甲(A)`, `正:甲(B)`)."""
    for above, line in pairwise(page.after(sentence.line)):
        right = WORDS.right_line.match(line.text)
        if right and WORDS.wrong_line.match(above.text) and is_name(line.text[right.end() :]):
            named = entity(Piece(line, right.end(), len(line.text)), kind="org")
            yield from [named] if named else ()


def _renamed(sentence: Piece) -> Iterator[Entity]:
    """Yield the entity with a corrected Latin name: by its Chinese name, with the new one."""
    text = sentence.text
    if beside := WORDS.renamed_beside.search(text):
        chinese, latin = ("new", "kept") if beside["of"] == "中文" else ("kept", "new")
        yield _called(sentence, zh=beside.span(chinese), en=beside.span(latin))
        return
    if moved := WORDS.moved_address.search(text):
        where = sentence.part(*moved.span("new")).said()
        called = _called(sentence, zh=moved.span("zh"), en=moved.span("en"))
        yield called.replace(addresses=(where,))
        return
    if row := WORDS.renamed_row.search(text):
        yield _called(sentence, **{"en" if row["new"].isascii() else "zh": row.span("new")})
        return
    if both := WORDS.renamed_in_both.search(text):
        yield _called(sentence, zh=both.span("zh"), en=both.span("en"))
        return
    if (new := WORDS.renamed.search(text)) and not WORDS.latin.search(text):
        yield _called(sentence, zh=new.span("name"))
        return
    named, name = WORDS.latin.search(text), QUOTED.search(text)
    if named and name and WORDS.of_name.search(text) and named.start() > name.end():
        yield _called(sentence, zh=name.span("name"), en=named.span("name"))


def _called(sentence: Piece, **spans: tuple[int, int]) -> Entity:
    """Make an entity from the names at places of a sentence, by language."""
    names = {key: sentence.part(*span).said() for key, span in spans.items()}
    return Entity(names, "org", quote=sentence.quote)
