"""Tables of an English act that say in a column what is done to whom: an operation for each deed."""

from collections.abc import Iterator, Sequence

from monitor.extract import change_tables
from monitor.extract.en.entries import split_cells
from monitor.extract.en.operations import Operation


def read_changes(lines: Sequence[str], register: str | None) -> Iterator[Operation]:
    """Read each table of changes; one with a row that says no known deed gives none."""
    for line in lines:
        changes = change_tables.read_changes([split_cells(row) for row in line.split("\n")], "en")
        if not change_tables.is_on_one_list(changes):
            continue
        for action in dict.fromkeys(change.action for change in changes):
            whom = tuple(change.entity for change in changes if change.action is action)
            quote = "\n".join(entity.quote for entity in whom)
            yield Operation(action, register, quote, entities=whom)
