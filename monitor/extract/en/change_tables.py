"""Tables of an English act that say in a column what is done to whom: an operation for each deed."""

from collections.abc import Iterator, Sequence

from monitor.extract import change_tables
from monitor.extract.en.entries import split_cells
from monitor.extract.en.operations import Operation


def read_changes(lines: Sequence[str], register: str | None) -> Iterator[Operation]:
    """Read each table of changes; one with a row that says no known deed gives none."""
    for line in lines:
        rows = [split_cells(row) for row in line.split("\n")]
        for action, whom in change_tables.read_one_list(rows, "en").items():
            quote = "\n".join(entity.quote for entity in whom)
            yield Operation(action, register, quote, entities=tuple(whom))
