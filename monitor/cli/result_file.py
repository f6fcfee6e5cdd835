"""The result of a screening as a file for a colleague: a workbook, or a CSV that a spreadsheet opens."""

import csv
from collections.abc import Sequence
from pathlib import Path

from monitor.config import files
from monitor.config.redact import clean
from monitor.errors import ConfigError, MonitorError
from monitor.pipeline.screen import HEADS, Finding, FindingState
from monitor.render.csv_rows import harmless

WIDTHS = (12, 34, 9, 18, 40, 34, 11, 20, 60, 14, 7, 16, 24, 40)
COLOURS = {FindingState.MATCH: "#F4C7C3", FindingState.POSSIBLE: "#FCE8B2", FindingState.GONE: "#D9E2F3"}


def write(file: Path, rows: Sequence[Finding], summary: Sequence[str]) -> None:
    """Write the rows, and in a workbook the summary on a sheet of its own.

    Raises:
        ConfigError: the file's name ends in neither .xlsx nor .csv.
        MonitorError: it can't be written.
    """
    if file.suffix.lower() not in (".xlsx", ".csv"):
        raise ConfigError(f"{files.shown_path(file)}: a result is written as .xlsx or .csv")
    try:
        (_workbook if file.suffix.lower() == ".xlsx" else _csv)(file, rows, summary)
    except OSError as error:
        raise MonitorError(f"{files.shown_path(file)}: can't be written: {files.reason(error)}") from error


def _csv(file: Path, rows: Sequence[Finding], _: Sequence[str]) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADS)
        writer.writerows([harmless(cell) for cell in row.cells] for row in rows)  # names are of strangers


def _workbook(file: Path, rows: Sequence[Finding], summary: Sequence[str]) -> None:
    import xlsxwriter

    try:
        with xlsxwriter.Workbook(
            file, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        ) as book:
            bold, wrapped = book.add_format({"bold": True, "bottom": 1}), {"text_wrap": True, "valign": "top"}
            plain = book.add_format(wrapped)
            shades = {state: book.add_format({**wrapped, "bg_color": colour}) for state, colour in COLOURS.items()}
            sheet = book.add_worksheet("Results")
            sheet.write_row(0, 0, HEADS, bold)
            for number, row in enumerate(rows, 1):
                for place, cell in enumerate(row.cells):
                    sheet.write_string(number, place, clean(cell), shades.get(row.state, plain))
            for place, width in enumerate(WIDTHS):
                sheet.set_column(place, place, width)
            sheet.freeze_panes(1, 2)
            sheet.autofilter(0, 0, max(len(rows), 1), len(HEADS) - 1)
            about = book.add_worksheet("Summary")
            about.set_column(0, 0, 140)
            for number, line in enumerate(summary):
                about.write_string(number, 0, line, plain)
    except xlsxwriter.exceptions.FileCreateError as error:
        raise OSError(str(error)) from error
