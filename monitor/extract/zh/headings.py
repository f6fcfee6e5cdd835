"""Read the names that an act adds to or removes from a list under a heading: `一、新增实体`,
`移出企业:甲公司`.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

from monitor.extract import change_tables
from monitor.extract.zh import annexes
from monitor.extract.zh.lines import Line, read_mark
from monitor.extract.zh.list_changes import is_of_licences, list_named
from monitor.extract.zh.names import Piece, mask_brackets, read_entities, read_entity
from monitor.extract.zh.operations import Context, Operation
from monitor.extract.zh.sections import Sections
from monitor.extract.zh.words import CHINESE, GENERAL_LICENCES
from monitor.model import Action, Entity
from monitor.vocabulary.forms import is_ending

WORDS = CHINESE.table("list_changes")
REMARK = re.compile(r"\([^()]*\)")


def read_headed_operations(page: Sections, context: Context) -> list[Operation]:
    """Read what an act's headings do to a list, each with the names behind or below it."""
    lead = next(
        (line for line in (*page.body, page.title) if WORDS.adjusts.search(line.text)), None
    )
    register = lead and _find_changed_register(lead, page)
    said = next((line for line in page.body if WORDS.counts_changes.search(line.text)), lead)
    in_tables = list(_read_change_tables(page, register or _find_named_list(page), said, context))
    made = list(_list_under_headings(page, register, context)) if register else []
    return in_tables or (made if all(each.entities for each in made) else [])


def _read_change_tables(
    page: Sections, register: str | None, said: Line | None, context: Context
) -> Iterator[Operation]:
    """Read the tables that say in a column what is done to whom; an operation for each deed, with
    the line where the act says it.
    """
    lines = [*page.body, *(line for part in page.annexes for line in part)]
    for is_row, run in groupby(lines, key=lambda line: bool(line.cells)):
        rows = list(run) if is_row else []
        changes = change_tables.read_changes([line.cells for line in rows], "zh")
        lists = {on: list_named(on, page) if on else register for _, on in changes}
        for (action, on), whom in changes.items() if all(lists.values()) else ():
            yield Operation(
                action,
                _find_count(Piece.of(said or rows[0]), action),
                lists[on],
                starts=context.carried,
                read_whole=True,
                entities=tuple(whom),
            )


def _find_count(line: Piece, action: Action) -> Piece:
    """The words of a line that count what is so changed; the line where it counts nothing."""
    counts = WORDS.counts_changes.finditer(line.text)
    count = next((each for each in counts if each.lastgroup == action), None)
    return line.part(*count.span()) if count else line


def _find_named_list(page: Sections) -> str | None:
    """The one list that the title and the lines of an act name."""
    named = {list_named(line.text, page) for line in (page.title, *page.body) if not line.cells}
    known = {on for on in named if on}
    return known.pop() if len(known) == 1 else None


def _list_under_headings(page: Sections, register: str, context: Context) -> Iterator[Operation]:
    in_body = any(map(_find_heading, page.body))
    lines = page.body if in_body else [line for part in page.annexes for line in part]
    for place, line in enumerate(lines):
        if heading := _find_heading(line):
            start = read_mark(line).start + heading.end()
            entries = [each for each in lines[place + 1 :] if not annexes.is_country_heading(each)]
            below = [*_list_names_below(entries)]
            names = _read_names_behind(line, start) or tuple(
                below or (annexes.read_names_below(line, page) if in_body else ())
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
    if any(line.cells for line in listed_here):
        rows = [line for line in listed_here if line.cells or annexes.is_detail(line)]
        yield from annexes.read_name_lines(rows).entities
    for line in listed_here:
        start = read_mark(line).start
        if line.cells or annexes.is_detail(line):
            continue
        if named := read_entity(Piece(line, start, _find_name_end(line))):
            yield named


def _find_name_end(line: Line) -> int:
    """Find where the name of an entry ends: before a country behind it (`甲公司　俄羅斯`)."""
    end = len(line.text.rstrip("。;、,"))
    country = WORDS.country_behind.search(line.text[:end])
    return country.start() if country else end


def _is_entry(line: Line) -> bool:
    start = read_mark(line).start
    words = REMARK.sub("", line.text[start : _find_name_end(line)]).rstrip("。;、, ")
    return not _find_heading(line) and (
        bool(line.cells)
        or annexes.is_detail(line)
        or annexes.is_name(read_mark(line).words)
        or annexes.is_firm(words)
        or (annexes.is_latin(words) and _may_be_latin_entry(line, words))
    )


def _may_be_latin_entry(line: Line, words: str) -> bool:
    """Return whether Latin words open a list's entry: behind a mark, or as a firm's whole name."""
    return read_mark(line).level != "none" or is_ending(words.rsplit(maxsplit=1)[-1])


def _find_changed_register(lead: Line, page: Sections) -> str | None:
    """The list that the act says it changes; a white list is one of licence holders."""
    known = list_named(f"{lead.text}\n{page.title.text}", page)
    return known or (GENERAL_LICENCES if is_of_licences(page) else None)
