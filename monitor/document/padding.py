"""Cells of an XLSX whose number format pads with zeros (`00000000`): the value alone has lost them. Runs in the child only."""

import io
import re
import zipfile
from collections.abc import Iterator

from monitor.document.xml import root

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ZEROS = re.compile(r"0{2,20}")
PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def widths(body: bytes) -> dict[str, dict[tuple[int, int], int]]:
    """By sheet and (row, column): how many digits the sheet shows; only where a format pads."""
    if not body.startswith(b"PK"):
        return {}
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        if "xl/styles.xml" not in packed.namelist() or not (styles := _padding_styles(packed)):
            return {}
        return {name: dict(_padded(packed, path, styles)) for name, path in _sheets(packed)}


def _padding_styles(packed: zipfile.ZipFile) -> dict[str, int]:
    tree = root(packed.read("xl/styles.xml"))
    formats = {each.get("numFmtId"): each.get("formatCode", "") for each in tree.iter(f"{MAIN}numFmt")}
    used = tree.find(f"{MAIN}cellXfs")
    codes = [formats.get(each.get("numFmtId"), "") for each in used] if used is not None else []
    return {str(place): len(code) for place, code in enumerate(codes) if ZEROS.fullmatch(code)}


def _sheets(packed: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    names = set(packed.namelist())
    relations = {each.get("Id"): each.get("Target", "") for each in root(packed.read("xl/_rels/workbook.xml.rels"))}
    for sheet in root(packed.read("xl/workbook.xml")).iter(f"{MAIN}sheet"):
        target = relations.get(sheet.get(RELATION), "").lstrip("/")
        path = target if target.startswith("xl/") else f"xl/{target}"
        if path in names:
            yield sheet.get("name", ""), path


def _padded(packed: zipfile.ZipFile, path: str, styles: dict[str, int]) -> Iterator[tuple[tuple[int, int], int]]:
    for cell in root(packed.read(path)).iter(f"{MAIN}c"):
        place = PLACE.fullmatch(cell.get("r", ""))
        if place and cell.get("s") in styles:
            yield (int(place[2]) - 1, _column(place[1])), styles[cell.get("s", "")]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
