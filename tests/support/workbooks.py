"""Workbooks as spreadsheets save them."""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_cell_to_rowcol

Rows = Sequence[Sequence[object]]
Fill = Callable[[Any, Any], None]


def make_workbook(
    sheets: Mapping[str, Rows | Fill],
    merged: Iterable[tuple[str, str]] = (),
    hidden: Iterable[tuple[str, str]] = (),
) -> bytes:
    """A workbook of these sheets, each by its rows or by what fills it. Some cells of a sheet are
    merged, such as `A1:B1`, and some columns hidden, such as `C:C`.
    """
    held = io.BytesIO()
    with Workbook(held) as book:
        for name, filled in sheets.items():
            sheet = book.add_worksheet(name)
            if callable(filled):
                filled(book, sheet)
                continue
            for number, row in enumerate(filled):
                _write_row(sheet, number, row)
            for cells in (cells for of, cells in merged if of == name):
                row, place = xl_cell_to_rowcol(cells.partition(":")[0])
                sheet.merge_range(cells, filled[row][place])
            for columns in (columns for of, columns in hidden if of == name):
                sheet.set_column(columns, 10, None, {"hidden": True})
    return held.getvalue()


def _write_row(sheet: Any, number: int, row: Sequence[object]) -> None:
    """Write a row; a pair is a formula and what it gives, "" if nothing was computed."""
    for place, cell in enumerate(row):
        if isinstance(cell, tuple):
            sheet.write_formula(number, place, cell[0], None, cell[1])
        elif isinstance(cell, str):
            sheet.write_string(number, place, cell)
        elif cell is not None:
            sheet.write_number(number, place, cell)
