"""Read tables with a column that says what is done to the one whom each row names:
`甲公司 | 撤销通用许可`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from monitor.extract.zh import annexes, dates
from monitor.extract.zh.lines import Line
from monitor.extract.zh.list_changes import is_of_licences, list_named
from monitor.extract.zh.names import Piece
from monitor.extract.zh.operations import Context, Operation, quoted_end
from monitor.extract.zh.periods import timed
from monitor.extract.zh.sections import Sections
from monitor.extract.zh.words import CHINESE, GENERAL_LICENCES
from monitor.model import Action

WORDS = CHINESE.table("rows")


def operations(page: Sections, all_sentences: Sequence[Piece], context: Context) -> list[Operation]:
    """Read what each row of such a table does; nothing where one of them is not understood."""
    made = [_deed(line, column, page) for line, column in _rows(page.body)]
    done = [each for each in made if each]
    if len(done) < len(made):
        return []
    return [_ended(each) for each in timed(done, all_sentences, context)]


def _rows(lines: Sequence[Line]) -> Iterator[tuple[Line, int]]:
    """Yield the rows below such a heading, each with the place of the column."""
    column = -1
    for line in lines:
        heads = [place for place, cell in enumerate(line.cells) if WORDS.heading.fullmatch(cell)]
        if heads or not line.cells:
            column = heads[0] if heads else -1
        elif 0 <= column < len(line.cells):
            yield line, column


def _deed(line: Line, column: int, page: Sections) -> Operation | None:
    deed = WORDS.deed.match(line.cells[column])
    names = tuple(annexes.of_lines([line]).entities)
    register = list_named(line.cells[column], page)
    register = register or (GENERAL_LICENCES if is_of_licences(page) else None)
    if not deed or not register or len(names) != 1:
        return None
    action = Action(deed.lastgroup or "")
    return Operation(action, Piece.of(line), register, read_whole=True, entities=names)


def _ended(operation: Operation) -> Operation:
    """Give a deed the last day that its row prints, or that its length comes to."""
    if operation.action is Action.REMOVE:
        return operation
    begins = operation.starts.on if operation.starts else None
    end = quoted_end(operation.piece, dates.end(operation.piece.text, begins))
    return replace(operation, ends=end or operation.ends)
