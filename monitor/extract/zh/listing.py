"""Whom an act lists behind the colon of a sentence, or on the lines below it: `将下列实体列入…：甲公司、乙公司。`"""

import re
from collections.abc import Iterator, Sequence

import msgspec

from monitor.extract.zh import items
from monitor.extract.zh.annex_lines import Annex, annex, headed, is_firm, is_name
from monitor.extract.zh.items import Row
from monitor.extract.zh.lines import Line, marked
from monitor.extract.zh.lines import line as line_of
from monitor.extract.zh.names import ORG_END, ORG_WORDS, Piece, entity, listed
from monitor.extract.zh.sections import Sections
from monitor.model import Entity
from monitor.vocabulary.letters import HAN_RANGE

BELOW = re.compile("下列|以下(?!简?称)|如下|后附|附件所列")
# Words for those who follow: `下列企业及个人`, and not `下列物项`.
FOLLOW = re.compile(rf"(?:{BELOW.pattern})[^。;,:]{{0,14}}?(?:实体|企业|公司|机构|组织|单位|个人|人员|人士|用户|集团|船舶|名单)")
# A name that a phrase holds, with what stands in brackets inside it and behind it; a digit behind it is an amount.
FIRMS = re.compile(
    rf"(?P<who>[^、,。;:()\d](?:[^、,。;:()]|\([^()、,。;:]{{1,20}}\)){{1,40}}?(?:{ORG_WORDS}))(?:\([^()]{{2,80}}\))?(?=[、。;,]|\d|$)"
)
# What stands behind a colon and names nobody: what those may not do whom the act has named.
DOES = re.compile("禁止|不得|停止|暂停|限制|应|不予|冻结|要求|责令")
PERSON = re.compile(rf"[{HAN_RANGE}]{{2,4}}|[{HAN_RANGE}]{{1,8}}(?:·[{HAN_RANGE}A-Za-z.-]{{1,14}}){{1,8}}")


def behind(sentence: Piece, verb: int = 0) -> list[Entity]:
    """The names behind the colon that follows a verb, though semicolons part them; nobody where other words stand there."""
    line = sentence.line
    colon = line.text.find(":", sentence.start + verb, sentence.end)
    end = line.text.find("。", colon)
    entities: list[Entity] = []
    for part in _parts(Piece(line, colon + 1, end if end >= 0 else len(line.text))) if colon >= 0 else ():
        if not (names := _names(part)):
            break
        entities += names
    return entities


def _parts(piece: Piece) -> Iterator[Piece]:
    here = piece.start
    while here < piece.end:
        stop = piece.line.text.find(";", here, piece.end)
        stop = stop if stop >= 0 else piece.end
        yield Piece(piece.line, here, stop)
        here = stop + 1


def _names(piece: Piece) -> list[Entity]:
    """The names of a phrase that is nothing but names; nobody where it is not."""
    mark = marked(piece.line.part(piece.start, piece.end)).start
    words = piece.part(mark, piece.end - piece.start)
    entities = [] if DOES.match(words.text) else listed(words)
    return entities if all(_is_named(named) for named in entities) else []


def _is_named(named: Entity) -> bool:
    name = named.names.get("zh", "")
    return "en" in named.names or ORG_END.search(name) is not None or PERSON.fullmatch(name) is not None


def whom(sentence: Piece, verb: int, page: Sections) -> list[Entity]:
    """Those behind the colon of a verb, else on the lines below it, else in the annexes."""
    return behind(sentence, verb) or below(sentence.line, page)


def below(line: Line, page: Sections) -> list[Entity]:
    """Those on the lines that a line heads, else in the annexes of the act; read once, however many sentences ask."""
    place = page.place(line)
    if place is None:
        return _below(line, page)
    if place not in page.lists:
        page.lists[place] = _below(line, page)
    return page.lists[place]


def _below(line: Line, page: Sections) -> list[Entity]:
    lines = page.after(line)
    if listed_here := list(headed([line, *lines])):
        return annex(listed_here).entities
    entries = [row for row in lines if not row.text.endswith("。") or is_entry(row)]
    return of_lines([*entries, *(row for part in page.annexes for row in part)]).entities


def of_lines(lines: Sequence[Line], *, country: str | None = None) -> Annex:
    """Those whom lines and rows list."""
    told = [(line, place) for line, place in items.names(lines)]
    listing = annex([line for line, _ in told], country=country)
    countries = {line.raw: place for line, place in told if place}
    listing.entities = [
        msgspec.structs.replace(named, country=countries.get(named.quote, named.country)) for named in listing.entities
    ]
    return listing


def firms(sentence: Piece, page: Sections) -> Iterator[Entity]:
    """The firms of a sentence and of the lines that its line heads, whatever else these say of them."""
    yield from _held(sentence.line, sentence.start)
    for row in items.rows_of(page.after(sentence.line)):
        if isinstance(row, Row):
            yield from _of_row(row)
        else:
            yield from _of_line(row)


def _of_line(line: Line) -> Iterator[Entity]:
    """The one whose name a line is, else those whom it holds."""
    start = marked(line).start
    named = entity(Piece(line, start, len(line.text))) if is_entry(line) else None
    yield from [named] if named else _held(line, start)


def _of_row(row: Row) -> Iterator[Entity]:
    cells = [row.cell("name")] if row.cell("name") else row.line.cells
    lines = (line_of(cell, traditional=row.line.traditional) for cell in cells)
    yield from (msgspec.structs.replace(named, quote=row.line.raw) for line in lines for named in _of_line(line))


def _held(line: Line, start: int) -> Iterator[Entity]:
    for match in FIRMS.finditer(line.text, start):
        yield from listed(Piece(line, *match.span("who")))


def is_entry(line: Line) -> bool:
    """Whether a line is nothing but a name, whatever mark stands before it."""
    words = marked(line).words
    return is_name(words) or is_firm(words)
