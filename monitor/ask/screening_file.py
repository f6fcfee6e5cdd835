"""The result of a screening as a file for a colleague: CSV, or a workbook with its ground."""

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

from monitor.ask.exports import write_sheet
from monitor.ask.findings import HEADS, Finding, FindingState
from monitor.config.redact import clean
from monitor.errors import ConfigError

WIDTHS = (12, 34, 9, 18, 30, 14, 40, 34, 11, 20, 60, 14, 7, 16, 24, 40, 14, 9)
COLOURS = {
    FindingState.MATCH: "#F4C7C3",
    FindingState.POSSIBLE: "#FCE8B2",
    FindingState.UNREAD: "#FCE8B2",
    FindingState.GONE: "#D9E2F3",
}
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def refuse_form(form: str) -> None:
    """Refuse another form than a result is written in.

    Raises:
        ConfigError: it is neither .xlsx nor .csv.
    """
    if form not in (".csv", ".xlsx"):
        raise ConfigError(f"{form or 'no ending'}: a result is written as .xlsx or .csv")


def make_result(form: str, rows: Sequence[Finding], notes: Sequence[str], ground: str) -> bytes:
    """Write rows as a file of the `form`; a workbook has a sheet of notes, plain rows have their
    ground each.

    Raises:
        ConfigError: it is neither .xlsx nor .csv.
    """
    refuse_form(form)
    if form == ".csv":
        return write_sheet((*HEADS, "Rests on"), ((*row.cells, ground) for row in rows))
    return _write_workbook(rows, notes)


def _write_workbook(rows: Sequence[Finding], notes: Sequence[str]) -> bytes:
    out, wrapped = BytesIO(), {"text_wrap": True, "valign": "top"}
    with xlsxwriter.Workbook(out, {**PLAIN, "in_memory": True}) as book:
        plain = book.add_format(wrapped)
        shades = {
            state: book.add_format({**wrapped, "bg_color": colour})
            for state, colour in COLOURS.items()
        }
        sheet = book.add_worksheet("Results")
        sheet.write_row(0, 0, HEADS, book.add_format({"bold": True, "bottom": 1}))
        for number, row in enumerate(rows, 1):
            for place, cell in enumerate(row.cells):
                sheet.write_string(number, place, clean(cell), shades.get(row.state, plain))
        for place, width in enumerate(WIDTHS):
            sheet.set_column(place, place, width)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, max(len(rows), 1), len(HEADS) - 1)
        about = book.add_worksheet("Summary")
        about.set_column(0, 0, 140)
        for number, line in enumerate(notes):
            about.write_string(number, 0, clean(line), plain)
    return out.getvalue()
