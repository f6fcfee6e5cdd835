"""What an alert is made of, before any channel gives it a look."""

from dataclasses import dataclass, replace

ANNEX = "Annex"


@dataclass(frozen=True, slots=True)
class Line:
    """A label and what it says; the label may be empty, and so may the address behind the text."""

    label: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under columns."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def filled(*tables: Table) -> tuple[Table, ...]:
    """The tables in which something stands, without their empty columns."""
    return tuple(table for table in map(_without_empty_columns, tables) if table.columns)


def _without_empty_columns(table: Table) -> Table:
    kept = [at for at in range(len(table.columns)) if any(row[at] for row in table.rows)]
    rows = tuple(tuple(row[at] for at in kept) for row in table.rows)
    return replace(table, columns=tuple(table.columns[at] for at in kept), rows=rows)
