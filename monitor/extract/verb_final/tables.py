"""Tables of acts in verb-final languages: their rows, which columns name nobody, and which rows are
not all changed alike.
"""

import re
from collections.abc import Iterator, Sequence

from monitor.extract.verb_final.lines import LEVEL, Line
from monitor.extract.words import Words
from monitor.model import Action, Unread

LISTS = frozenset((Action.ADD, Action.REMOVE))
BAR = re.compile("[|｜]")


def split_bars(lines: Sequence[Line], words: Words) -> list[Line]:
    """The lines, with two or more in a row that have one bar each as rows of two cells."""
    rows = [
        cells
        if not line.cells and len(cells) == 2 and not words.stop.search(f"{line.text}\n")
        else []
        for line in lines
        for cells in ([cell.strip() for cell in BAR.split(line.raw)],)
    ]
    beside = zip(lines, [[], *rows], rows, [*rows[1:], []], strict=False)
    return [
        Line("\t".join(row), "\t".join(row).translate(LEVEL), tuple(row))
        if row and (before or after)
        else line
        for line, before, row, after in beside
    ]


def cut_last_words(lines: Sequence[Line], words: Words) -> list[Line]:
    """The lines; numbered rows below a head in blanks of which the last cell names nobody
    (`No. 国名 組織名 懸念区分`), without the short code that stands there.
    """
    below = False
    cut: list[Line] = []
    for line in lines:
        numbered = NUMBERED.match(line.text) is not None and not line.cells
        below = below or _is_blank_head(line, words)
        code = CODE.search(line.text) if below and numbered else None
        end = code.start() if code else len(line.text)
        cut.append(Line(line.raw[:end], line.text[:end], line.cells))
    return cut


def _is_blank_head(line: Line, words: Words) -> bool:
    heads = [words.beside_names.fullmatch(cell) is not None for cell in line.text.split()]
    return len(heads) > MARK_AND_NAME and heads[0] and heads[-1] and not all(heads)


MARK_AND_NAME = 2  # cells of a head that has nothing behind the name
NUMBERED = re.compile(r"\d{1,4}[.)]? ")
CODE = re.compile(r" [A-Z](?:[,/・、][A-Z]){0,3}$")


def list_tables(lines: Sequence[Line]) -> Iterator[tuple[int, Sequence[Line]]]:
    """The tables of an act: where each begins, and its rows."""
    begin = 0
    for place in range(len(lines) + 1):
        if place == len(lines) or not lines[place].cells:
            if begin < place:
                yield begin, lines[begin:place]
            begin = place + 1


def hide_columns(lines: Sequence[Line], words: Words) -> list[Line]:
    """The lines, with empty cells below headings that say that no name stands there (`国籍`)."""
    shown = list(lines)
    for begin, rows in list_tables(lines):
        heading = [cell.translate(LEVEL) for cell in rows[0].cells]
        hidden = {at for at, cell in enumerate(heading) if words.beside_names.fullmatch(cell)}
        for place, row in enumerate(rows[1:], begin + 1):
            cells = tuple("" if at in hidden else cell for at, cell in enumerate(row.cells))
            shown[place] = Line(row.raw, row.text, cells)
    return shown


def list_mixed(
    lines: Sequence[Line], done: frozenset[Action], words: Words
) -> Iterator[tuple[range, Unread]]:
    """The tables with a column of what is done to each (`追加`, `삭제`), if that is not to all the
    one thing that the act does.
    """
    why = "what a table does to each of its rows was not understood"
    for begin, rows in list_tables(lines):
        for kinds in _list_kinds(rows, words):
            actions = {action for kind in kinds for action in _find_actions(kind, words)}
            if len(kinds) > 1 or actions != done.intersection(actions | LISTS):
                row = next(row for row in rows if kinds.intersection(row.cells))
                yield range(begin, begin + len(rows)), Unread("list", why, row.raw)
                break


def _list_kinds(rows: Sequence[Line], words: Words) -> Iterator[set[str]]:
    """What each column with kinds of change says; "" for a row that says nothing."""
    full = [row for row in rows if len(set(filter(None, row.cells))) > 1]
    for at in range(max(len(row.cells) for row in rows)):
        cells = [row.cells[at] if at < len(row.cells) else "" for row in full]
        if any(words.change.fullmatch(cell) for cell in cells):
            heads = words.change.fullmatch(cells[0]) is None
            yield set(cells[1:] if heads else cells)


def _find_actions(kind: str, words: Words) -> set[Action]:
    """The deeds that a kind of change says; a new one is added."""
    stems = words.table_of("deeds").items()
    said = {Action(deed) for deed, stem in stems if stem.search(kind)}
    return said or ({Action.ADD} if words.new.search(kind) else set())
