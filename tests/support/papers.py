# ruff: noqa: E501 -- what a file must say is easier to compare in one line
"""Builders of small PDF, DOCX and XLSX files for tests: handmade bytes, no foreign writer needed
for what must be exact.
"""

import io
import zipfile
from collections.abc import Sequence

import docx

WIDTH, HEIGHT, SIZE = 595, 842, 12


def pdf_of(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    body, places = bytearray(b"%PDF-1.7\n"), []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    body += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        table,
    )
    return bytes(body)


def stream(words: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(words), more, words)


def pdf(*pages: str | Sequence[tuple[int, int, str]], drawn: str = "", size: int = SIZE) -> bytes:
    """A PDF with a page for each text, a line a line, or for each list of (x, y from the top,
    words).
    """
    letters = sorted(
        {letter for page in pages for _, _, words in _placed(page) for letter in words}
    )
    mapped = "".join(f"<{ord(letter):04x}> <{ord(letter):04x}>\n" for letter in letters)
    cmap = f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(letters)} beginbfchar\n{mapped}endbfchar\nendcmap end end"
    narrow = " ".join(f"{ord(letter)} [500]" for letter in letters if ord(letter) < 0x2E80)
    first = 6
    kids = " ".join(f"{first + 2 * place} 0 R" for place in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /W [{narrow}] >>".encode(),
        stream(cmap.encode()),
    ]
    for place, page in enumerate(pages):
        shown = "".join(
            f"BT /F1 {size} Tf {x} {HEIGHT - y} Td <{''.join(f'{ord(letter):04x}' for letter in words)}> Tj ET\n"
            for x, y, words in _placed(page)
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {first + 2 * place + 1} 0 R /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(stream((shown + drawn).encode()))
    return pdf_of(*objects)


def _placed(page: str | Sequence[tuple[int, int, str]]) -> Sequence[tuple[int, int, str]]:
    if not isinstance(page, str):
        return page
    return [(72, 72 + 20 * place, words) for place, words in enumerate(page.split("\n"))]


def pdf_table(
    title: str, rows: Sequence[Sequence[str]], *, wide: int = 150, high: int = 24
) -> bytes:
    """A PDF page with a title and a ruled table."""
    words = [(72, 60, title)] if title else []
    top, left = 90, 40
    words += [
        (left + 4 + wide * across, top + 16 + high * down, cell)
        for down, row in enumerate(rows)
        for across, cell in enumerate(row)
        if cell
    ]
    across, down = len(rows[0]), len(rows)
    lines = [
        f"{left} {HEIGHT - top - high * y} m {left + wide * across} {HEIGHT - top - high * y} l S"
        for y in range(down + 1)
    ]
    lines += [
        f"{left + wide * x} {HEIGHT - top} m {left + wide * x} {HEIGHT - top - high * down} l S"
        for x in range(across + 1)
    ]
    return pdf(words, drawn="\n".join(lines), size=10)


def word(*parts: str | Sequence[Sequence[str]]) -> bytes:
    """A DOCX with a paragraph for each text and a table for each list of rows."""
    file = docx.Document()
    for part in parts:
        if isinstance(part, str):
            file.add_paragraph(part)
            continue
        table = file.add_table(rows=len(part), cols=len(part[0]))
        for down, row in enumerate(part):
            for across, cell in enumerate(row):
                table.cell(down, across).text = cell
    return written(file)


def written(file: object) -> bytes:
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def zipped(files: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, words in files.items():
            packed.writestr(name, words)
    return out.getvalue()


SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def workbook(
    *rows: Sequence[str | float | None],
    padded: str = "",
    state: str = "",
    more: dict[str, bytes | str] | None = None,
) -> bytes:
    """An XLSX of one sheet, and of a second one in `state`; numbers are in the format `padded`
    if one is given.
    """
    sheet = "".join(
        f"<row r='{down}'>{_row(down, row, bool(padded))}</row>" for down, row in enumerate(rows, 1)
    )
    second = f"<sheet name='choices' sheetId='2' state='{state}' r:id='r2'/>" if state else ""
    form = padded or "General"
    files = {
        "[Content_Types].xml": f"<Types xmlns='{PACKAGE}/content-types'><Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/><Default Extension='xml' ContentType='{KIND}.worksheet+xml'/><Override PartName='/xl/workbook.xml' ContentType='{KIND}.sheet.main+xml'/><Override PartName='/xl/styles.xml' ContentType='{KIND}.styles+xml'/></Types>",
        "_rels/.rels": f"<Relationships xmlns='{PACKAGE}/relationships'><Relationship Id='r1' Type='{RELATED}/officeDocument' Target='xl/workbook.xml'/></Relationships>",
        "xl/workbook.xml": f"<workbook xmlns='{SHEET}' xmlns:r='{RELATED}'><sheets><sheet name='list' sheetId='1' r:id='r1'/>{second}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships xmlns='{PACKAGE}/relationships'><Relationship Id='r1' Type='{RELATED}/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='r2' Type='{RELATED}/worksheet' Target='worksheets/sheet2.xml'/><Relationship Id='r3' Type='{RELATED}/styles' Target='styles.xml'/></Relationships>",
        "xl/styles.xml": f"<styleSheet xmlns='{SHEET}'><numFmts count='1'><numFmt numFmtId='164' formatCode='{form}'/></numFmts><fonts count='1'><font/></fonts><fills count='1'><fill/></fills><borders count='1'><border/></borders><cellStyleXfs count='1'><xf/></cellStyleXfs><cellXfs count='2'><xf numFmtId='0'/><xf numFmtId='164' applyNumberFormat='1'/></cellXfs></styleSheet>",
        "xl/worksheets/sheet1.xml": f"<worksheet xmlns='{SHEET}'><sheetData>{sheet}</sheetData></worksheet>",
        "xl/worksheets/sheet2.xml": f"<worksheet xmlns='{SHEET}'><sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>secret</t></is></c></row></sheetData></worksheet>",
    }
    return zipped(files | (more or {}))


def _row(down: int, row: Sequence[str | float | None], padded: bool) -> str:
    return "".join(
        _cell(f"{chr(65 + across)}{down}", cell, padded)
        for across, cell in enumerate(row)
        if cell is not None
    )


def _cell(place: str, cell: str | float, padded: bool) -> str:
    if isinstance(cell, str):
        return f"<c r='{place}' t='inlineStr'><is><t>{cell}</t></is></c>"
    return f"<c r='{place}' s='{int(padded)}'><v>{cell}</v></c>"
