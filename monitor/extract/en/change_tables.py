"""Tables that say in a column what is done to whom: `Country | Entity | Change`."""

import re
from collections.abc import Iterator, Sequence

from monitor.extract.en import places
from monitor.extract.en.entries import split_cells
from monitor.extract.en.operations import Operation
from monitor.extract.en.words import ENGLISH
from monitor.model import Action, Entity, frozen

WORDS = ENGLISH.table("change_tables")


@frozen
class Row:
    """A row of such a table: what is done, and to whom."""

    action: Action
    entity: Entity
    printed: str


def read_changes(lines: Sequence[str], register: str) -> Iterator[Operation]:
    """Read each table of changes; an operation for each deed. One with a row that says no known
    deed gives none.
    """
    for line in lines:
        heading, *rows = line.split("\n")
        columns = _find_columns(split_cells(heading))
        read = [_read_row(row, columns) for row in rows] if columns else []
        known = [row for row in read if row]
        for action in dict.fromkeys(row.action for row in known if len(known) == len(read)):
            whom = [row for row in known if row.action is action]
            quote = "\n".join(row.printed for row in whom)
            yield Operation(action, register, quote, entities=tuple(row.entity for row in whom))


def _find_columns(cells: Sequence[str]) -> tuple[int, int] | None:
    """Find the columns of the name and of the change; None where a day may be another row's own."""
    name = next((at for at, cell in enumerate(cells) if WORDS.name.fullmatch(cell)), None)
    change = next((at for at, cell in enumerate(cells) if WORDS.change.fullmatch(cell)), None)
    dated = any(WORDS.dated.search(cell) for cell in cells)
    return None if name is None or change is None or dated else (name, change)


def _read_row(row: str, columns: tuple[int, int]) -> Row | None:
    cells = split_cells(row)
    if max(columns) >= len(cells):
        return None
    name, change = (cells[at] for at in columns)
    deeds = WORDS.table_of("deeds").items()
    action = next((Action(deed) for deed, said in deeds if said.fullmatch(change)), None)
    country = next(filter(None, map(places.coded, cells)), None)
    if action is None or not re.search("[A-Za-z]", name):
        return None
    return Row(action, Entity({"en": name}, "org", country=country, quote=row.strip()), row.strip())
