"""XLSX, XLS, XLSB, ODS → `Document`: a table a sheet, numbers as the sheet shows them. Runs in
the child only.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree
from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from monitor.document.model import Block, BlockKind, Document, Rows
from monitor.document.xml import parse_root
from monitor.errors import Unreadable

MOST_CELLS = 2_000_000
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ZEROS = re.compile(r"0{2,20}")
PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
Widths = dict[tuple[int, int], int]  # digits that are shown, by row and column
Value = int | float | str | bool | dt.date | dt.time | dt.datetime | dt.timedelta


def read_sheets(body: bytes, *, every_row: bool = False) -> Document:
    """Read the words of all visible sheets. `every_row`: each row at its place, empty ones too,
    under its sheet's name; of a hidden sheet its name, as a paragraph. Rows with a formula whose
    value the file does not have are named in an item before the table.

    Raises:
        Unreadable: it is encrypted, broken, empty or larger than a list can be.
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(body))
        blocks = tuple(
            _iterate_every_row(book, read_widths(body), list_unsolved(body))
            if every_row
            else _iterate_blocks(book, read_widths(body))
        )
    except PasswordError as error:
        raise Unreadable("is encrypted and asks for a password") from error
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable(f"is broken: {error}"[:200]) from error
    if not any(block.kind is BlockKind.TABLE for block in blocks):
        raise Unreadable("has no text")
    first = next((cell for block in blocks for row in block.rows for cell in row if cell), "")
    return Document(
        title=blocks[0].text if blocks[0].kind is BlockKind.HEADING else first, blocks=blocks
    )


def _iterate_blocks(book: CalamineWorkbook, padded: dict[str, Widths]) -> Iterator[Block]:
    # A hidden sheet holds the choices of a form, and a chart no words.
    shown = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet
    ]
    for name in shown:
        rows = _list_rows(book, name, padded.get(name, {}))
        if rows and len(shown) > 1:
            yield Block(BlockKind.HEADING, name)
        if rows:
            yield Block.table(rows)


def _iterate_every_row(
    book: CalamineWorkbook, padded: dict[str, Widths], unsolved: dict[str, list[int]]
) -> Iterator[Block]:
    for sheet in book.sheets_metadata:
        if sheet.typ is not SheetTypeEnum.WorkSheet:
            continue
        rows = _place_rows(book, sheet.name, padded.get(sheet.name, {}))
        if rows and sheet.visible is not SheetVisibleEnum.Visible:
            yield Block(BlockKind.PARAGRAPH, sheet.name)
        elif rows:
            yield Block(BlockKind.HEADING, sheet.name)
            if numbers := unsolved.get(sheet.name):
                yield Block(BlockKind.ITEM, " ".join(map(str, numbers)))
            yield Block(BlockKind.TABLE, "", rows)


def _place_rows(book: CalamineWorkbook, name: str, padded: Widths) -> Rows:
    """All rows from the first on, with all cells from column A on; none where there is no word."""
    top, left, rows = _read_cells(book, name, padded)
    return (
        ((),) * top + tuple(("",) * left + row for row in rows)
        if any(any(row) for row in rows)
        else ()
    )


def _list_rows(book: CalamineWorkbook, name: str, padded: Widths) -> Rows:
    rows = _read_cells(book, name, padded)[2]
    return tuple(tuple(cell.replace("\n", " ") for cell in row) for row in rows if any(row))


def _read_cells(
    book: CalamineWorkbook, name: str, padded: Widths
) -> tuple[int, int, list[tuple[str, ...]]]:
    """Return the empty rows above the first word, the columns before it, and the rows from there
    on.
    """
    sheet = book.get_sheet_by_name(name)
    if sheet.height * sheet.width > MOST_CELLS:
        raise Unreadable(
            f"has a sheet of {sheet.height} rows and {sheet.width} columns, more than anyone fills"
        )
    top, left = sheet.start or (0, 0)
    rows = [
        tuple(
            _format_value(value, padded.get((down, across), 0))
            for across, value in enumerate(row, left)
        )
        for down, row in enumerate(sheet.to_python(skip_empty_area=True), top)
    ]
    return top, left, rows


def _format_value(value: Value, width: int) -> str:
    if isinstance(value, float) and value.is_integer():
        # Every number of a sheet is a float to the parser: 28053019.0 is a tariff number.
        return f"{int(value):0{width}d}"
    if isinstance(value, dt.datetime) and not value.time():
        return value.date().isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    lines = (" ".join(line.split()) for line in str(value).splitlines())
    return "\n".join(filter(None, lines))


def read_widths(body: bytes) -> dict[str, Widths]:
    """Map sheet and (row, column) to the number of displayed digits; only for padding formats."""
    if not body.startswith(b"PK"):
        return {}
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        if "xl/styles.xml" not in packed.namelist() or not (styles := _find_padding_styles(packed)):
            return {}
        return {
            name: dict(_find_padded(packed, path, styles)) for name, path in _iterate_sheets(packed)
        }


def list_unsolved(body: bytes) -> dict[str, list[int]]:
    """Map sheet to the numbers of its rows with a formula that has no value: who wrote the file
    did not compute it.
    """
    if not body.startswith(b"PK"):
        return {}
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        if "xl/workbook.xml" not in packed.namelist():
            return {}
        return {
            name: [*dict.fromkeys(_find_unsolved(packed, path))]
            for name, path in _iterate_sheets(packed)
        }


def _find_unsolved(packed: zipfile.ZipFile, path: str) -> Iterator[int]:
    for cell, (row, _) in _iterate_cells(packed, path):
        is_solved = cell.get("t") == "str" or cell.findtext(f"{MAIN}v")  # `str`: an empty text
        if cell.find(f"{MAIN}f") is not None and not is_solved:
            yield row


def _find_padding_styles(packed: zipfile.ZipFile) -> dict[str, int]:
    tree = parse_root(packed.read("xl/styles.xml"))
    formats = {
        form.get("numFmtId"): form.get("formatCode", "") for form in tree.iter(f"{MAIN}numFmt")
    }
    used = tree.find(f"{MAIN}cellXfs")
    codes = [formats.get(style.get("numFmtId"), "") for style in used] if used is not None else []
    return {str(place): len(code) for place, code in enumerate(codes) if ZEROS.fullmatch(code)}


def _iterate_sheets(packed: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    names = set(packed.namelist())
    relations = {
        relation.get("Id"): relation.get("Target", "")
        for relation in parse_root(packed.read("xl/_rels/workbook.xml.rels"))
    }
    for sheet in parse_root(packed.read("xl/workbook.xml")).iter(f"{MAIN}sheet"):
        target = relations.get(sheet.get(RELATION), "").lstrip("/")
        path = target if target.startswith("xl/") else f"xl/{target}"
        if path in names:
            yield sheet.get("name", ""), path


def _find_padded(
    packed: zipfile.ZipFile, path: str, styles: dict[str, int]
) -> Iterator[tuple[tuple[int, int], int]]:
    for cell, (row, column) in _iterate_cells(packed, path):
        if cell.get("s") in styles:
            yield (row - 1, column), styles[cell.get("s", "")]


def _iterate_cells(
    packed: zipfile.ZipFile, path: str
) -> Iterator[tuple[etree._Element, tuple[int, int]]]:
    """Each cell of a sheet with its place: the row from 1 on, the column from 0 on."""
    for cell in parse_root(packed.read(path)).iter(f"{MAIN}c"):
        if place := PLACE.fullmatch(cell.get("r", "")):
            yield cell, (int(place[2]), _parse_column(place[1]))


def _parse_column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
