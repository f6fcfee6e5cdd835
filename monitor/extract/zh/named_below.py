"""Whom an act names with Latin names below a listing, in whatever lay-out: they are listed, if no
other deed stands between.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from monitor import vocabulary
from monitor.extract.zh.lines import Line, read_mark
from monitor.extract.zh.list_changes import list_named
from monitor.extract.zh.names import Piece, read_in_prose
from monitor.extract.zh.sections import Sections
from monitor.extract.zh.words import CHINESE
from monitor.model import Action, Entity, Measure
from monitor.names.forms import load_latin_forms

WORDS = CHINESE.table("named_below")
LATIN_NAME = CHINESE.table("names").latin_name
SPEAKS = CHINESE.table("account").speaks
LISTING = frozenset({Action.ADD, Action.REMOVE})
FORM_SIGNS = re.compile(r"[(),.]+")


def complete_lists(
    measures: Sequence[Measure], places: Mapping[int, int], page: Sections
) -> list[Measure]:
    """The measures, with all whom the lines below a listing name; `places` are the lines of the
    body that gave them.
    """
    known = {name for each in measures for entity in each.entities for name in entity.spellings}
    completed = list(measures)
    for number, measure in enumerate(measures):
        place = places.get(number)
        if place is None or measure.action not in LISTING or not _is_on_names(measure):
            continue
        below = _list_own_lines(page.body, place, set(places.values()))
        named = [entity for line in below for entity in _read_pairs(line)]
        new = [each for each in named if not _is_known(each, known)]
        known |= {name for each in new for name in each.spellings}
        completed[number] = measure.replace(entities=(*measure.entities, *new))
    return completed


def _is_known(entity: Entity, known: set[str]) -> bool:
    """Return whether a name is known, or one that is has only its legal form beside it."""
    return any(_is_same(part, name) for part in entity.spellings for name in known)


def _is_same(part: str, name: str) -> bool:
    rest = FORM_SIGNS.sub(" ", name.removeprefix(part).casefold())
    return part == name or (name.startswith(part) and tuple(rest.split()) in load_latin_forms())


def _is_on_names(measure: Measure) -> bool:
    """Return whether a measure is on a list of persons or firms."""
    register = vocabulary.current().registers.get(measure.register or "")
    return register is not None and not (register.goods or measure.items)


def _list_own_lines(body: Sequence[Line], place: int, others: set[int]) -> Iterator[Line]:
    """The lines below the one at a place, to the next that does something to a list."""
    for below in range(place + 1, len(body)):
        line = body[below]
        is_detail = read_mark(line).level not in ("none", "top")
        if below in others or (WORDS.deed.search(line.text) and not is_detail):
            return
        yield line


def _read_pairs(line: Line) -> Iterator[Entity]:
    """Those whom a line names with their Latin names, if it says nothing else of them."""
    if line.cells or not LATIN_NAME.search(line.text):
        return
    start = read_mark(line).start
    if field := WORDS.field.match(line.text, start):
        if WORDS.of_name.fullmatch(field["label"]):
            yield from read_in_prose(Piece(line, field.end(), len(line.text)))
        return
    named = read_in_prose(Piece.of(line))
    rest = LATIN_NAME.sub("", line.text)
    for each in named:
        rest = rest.replace(each.names.get("zh", ""), "")
    if not (SPEAKS.search(rest) or WORDS.says.search(rest)):
        yield from named


def split_shared(measures: Sequence[Measure], page: Sections) -> list[Measure]:
    """The measures on several lists that one table was read for, each with the names below the name
    of its list, if the table has such names.
    """
    shared = [
        each
        for each in measures
        if each.entities
        and any(each.entities == other.entities for other in measures if _is_other(each, other))
    ]
    headed = dict(_list_headed(page)) if shared else {}
    lists = {each.register for each in shared}
    told = {headed.get(entity.quote) for each in shared for entity in each.entities}
    if not lists <= told <= {*lists, ITSELF}:
        return list(measures)  # somebody may be on two lists
    return [
        each.replace(
            entities=tuple(e for e in each.entities if headed.get(e.quote) == each.register)
        )
        if any(each is other for other in shared)
        else each
        for each in measures
    ]


def _is_other(one: Measure, other: Measure) -> bool:
    return one.register != other.register and {one.action, other.action} <= LISTING


def _list_headed(page: Sections) -> Iterator[tuple[str, str]]:
    """The rows and lines of an act below the name of a list, with that list; and the name itself."""
    on = ""
    for line in (*page.body, *(line for part in page.annexes for line in part)):
        words = [cell for cell in line.cells if cell] or [line.text]
        named = list_named(words[0], page) if len(words) == 1 and len(words[0]) < SHORT else None
        on = named or on
        if on:
            yield line.raw.strip(), ITSELF if named else on


ITSELF = ""  # no list: the line is the name of one
SHORT = 30  # characters of the name of a list that heads its rows
