"""Read the names that an act adds to or removes from a list under a heading: `一、新增实体`,
`移出企业:甲公司`.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from monitor.extract.zh import annexes
from monitor.extract.zh.lines import Line, read_mark
from monitor.extract.zh.list_changes import is_of_licences, list_named
from monitor.extract.zh.names import Piece, mask_brackets, read_entities, read_entity
from monitor.extract.zh.operations import Context, Operation
from monitor.extract.zh.sections import Sections
from monitor.extract.zh.words import CHINESE, GENERAL_LICENCES
from monitor.model import Action, Entity

WORDS = CHINESE.table("list_changes")
REMARK = re.compile(r"\([^()]*\)")


def read_headed_operations(page: Sections, context: Context) -> list[Operation]:
    """Read what an act's headings do to a list, each with the names behind or below it."""
    lead = next(
        (line for line in (*page.body, page.title) if WORDS.adjusts.search(line.text)), None
    )
    register = lead and _find_changed_register(lead, page)
    made = list(_list_under_headings(page, register, context)) if register else []
    return made if all(each.entities for each in made) else []


def _list_under_headings(page: Sections, register: str, context: Context) -> Iterator[Operation]:
    for place, line in enumerate(page.body):
        if heading := _find_heading(line):
            start = read_mark(line).start + heading.end()
            names = _read_names_behind(line, start) or tuple(
                [*_list_names_below(page.body[place + 1 :])] or annexes.read_names_below(line, page)
            )
            yield Operation(
                Action.ADD if heading["on"] else Action.REMOVE,
                Piece.of(line),
                register,
                starts=context.carried,
                read_whole=True,
                entities=names,
            )


def _find_heading(line: Line) -> re.Match[str] | None:
    return WORDS.change_heading.match(read_mark(line).words)


def _read_names_behind(line: Line, start: int) -> tuple[Entity, ...]:
    """Read the names in the rest of a heading's line."""
    text = mask_brackets(line.text)
    tells = WORDS.of_the_last.search(text, start)
    rest = Piece(line, start, tells.start() if tells else len(text.rstrip("。;")))
    return tuple(read_entities(rest)) if rest.text.strip() else ()


def _list_names_below(lines: Sequence[Line]) -> Iterator[Entity]:
    """Yield the names on the lines below a heading, to the first that is none."""
    listed_here = list(takewhile(_is_entry, lines))
    yield from annexes.read_name_lines([line for line in listed_here if line.cells]).entities
    for line in listed_here:
        start = read_mark(line).start
        if line.cells:
            continue
        if named := read_entity(Piece(line, start, len(line.text.rstrip("。;、,")))):
            yield named


def _is_entry(line: Line) -> bool:
    words = REMARK.sub("", read_mark(line).words).rstrip("。;、,")
    return not _find_heading(line) and (
        bool(line.cells)
        or annexes.is_name(read_mark(line).words)
        or annexes.is_firm(words)
        or (read_mark(line).level != "none" and annexes.is_latin(words))
    )


def _find_changed_register(lead: Line, page: Sections) -> str | None:
    """The list that the act says it changes; a white list is one of licence holders."""
    known = list_named(f"{lead.text}\n{page.title.text}", page)
    return known or (GENERAL_LICENCES if is_of_licences(page) else None)
