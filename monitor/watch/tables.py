"""The rows of somebody's list: CSV or TSV in any charset, XLSX, XLS, ODS; every sheet, every row at its number. Pure."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import bs4

from monitor import document
from monitor.errors import ConfigError, SourceError, Unreadable
from monitor.watch import columns

Tell = Callable[[str], None]
SHEETS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
MOST_ROWS = 250_000  # 15 s and 250 MB
END = "\x00the end"  # what no list holds
BEGINNING = 40  # rows by which charset and separator are told
SEPARATORS = ",;\t|"
# Of what is no UTF-8, the one in which the headings are words we know.
CHARSETS = ("gb18030", "cp932", "big5hkscs", "cp949")
PRIVATE = re.compile("[\ue000-\uf8ff]")  # what no text holds, and some charsets make of any byte
BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
ALONE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
HIGH = re.compile(rb"[\x80-\xff]")
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet (a CSV has one without a name) and its rows; row 1 is the first."""

    sheet: str
    rows: Rows


def tables(file: str, body: bytes, tell: Tell, mapped: Mapping[str, str]) -> Iterator[Table]:
    """All tables of a file; a hidden sheet is told, not read.

    Raises:
        ConfigError: it is neither a sheet nor text.
    """
    if file.lower().endswith(SHEETS) or body.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        yield from _sheets(file, body, tell, mapped)
    else:
        yield Table("", _text(file, body, mapped))


def _sheets(file: str, body: bytes, tell: Tell, mapped: Mapping[str, str]) -> Iterator[Table]:
    try:
        sheets = document.from_binary(body, every_row=True)
    except Unreadable as error:
        raise ConfigError(f"{file}: {error}") from error
    if sheets is None and file.lower().endswith(".xls"):  # systems export text or a web page under that name
        if body.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
            yield from _in_web_page(file, body)
        else:
            yield Table("", _text(file, body, mapped))
    elif sheets is None:
        raise ConfigError(f"{file}: is called a sheet and is none; save it as CSV UTF-8 or XLSX")
    else:
        yield from _shown(file, sheets, tell)


def _in_web_page(file: str, body: bytes) -> Iterator[Table]:
    try:
        text = document.decode(body)
        document.weigh(text)
    except SourceError as error:
        raise ConfigError(f"{file}: {error}") from error
    for number, block in enumerate(document.from_html(bs4.BeautifulSoup(text, "lxml")).blocks, 1):
        if block.kind is document.BlockKind.TABLE:
            yield Table(f"table {number}", block.rows)


def _shown(file: str, sheets: document.Document, tell: Tell) -> Iterator[Table]:
    sheet = ""
    for block in sheets.blocks:
        if block.kind is document.BlockKind.TABLE:
            yield Table(sheet, block.rows)
        elif block.kind is document.BlockKind.PARAGRAPH:
            tell(f"{file} [{block.text}]: the sheet is hidden and was not read; unhide it if it belongs to the list")
        else:
            sheet = block.text


def _text(file: str, body: bytes, mapped: Mapping[str, str]) -> Rows:
    """Rows of a text as spreadsheets save it: UTF-8, UTF-16 or a country's own; commas, semicolons, tabs or bars."""
    tries = [text for charset in _charsets(body) if (text := _decoded(body, charset)) is not None]
    if not tries:
        raise ConfigError(f"{file}: neither a sheet nor text in UTF-8 or GB 18030; save it as CSV UTF-8 or XLSX")
    text = max(tries, key=lambda text_tried: _worth(text_tried, mapped)) if len(tries) > 1 else tries[0]
    return _parsed(file, text, max(SEPARATORS, key=lambda separator: _separated(text, separator, mapped)))


def _charsets(body: bytes) -> Sequence[str]:
    for mark, charset in BOMS:
        if body.startswith(mark):
            return (charset,)
    if b"\x00" in body[:200]:
        return ("utf-16-le", "utf-16-be") if body[1:2] == b"\x00" else ("utf-16-be",)
    if _decoded(body, "utf-8") is not None:
        return ("utf-8",)
    # Single letters with an accent stand alone; characters of two bytes do not.
    western = len(ALONE.findall(body[:100_000])) * 2 > len(HIGH.findall(body[:100_000]))
    return ("cp1252", "cp1250", "latin-1") if western else CHARSETS


def _decoded(body: bytes, charset: str) -> str | None:
    try:
        text = body.decode(charset).removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None
    return None if charset in CHARSETS and PRIVATE.search(text) else text


def _beginning(text: str, separator: str) -> Rows:
    lines = io.StringIO(
        "".join(line for line, _ in zip(io.StringIO(text, newline=""), range(BEGINNING), strict=False)), newline=""
    )
    try:
        return [row for row, _ in zip(csv.reader(lines, delimiter=separator), range(BEGINNING), strict=False)]
    except csv.Error:
        return []


def _worth(text: str, mapped: Mapping[str, str]) -> int:
    return max(_separated(text, separator, mapped)[0] for separator in SEPARATORS)


def _separated(text: str, separator: str, mapped: Mapping[str, str]) -> tuple[int, int]:
    """How many headings are known, then how many cells there are, if this is what parts the cells."""
    rows = _beginning(text, separator)
    layout = columns.layout(rows, mapped)
    return len(layout.fields) if layout else 0, sum(len(row) for row in rows)


def _parsed(file: str, text: str, separator: str) -> Rows:
    """The rows of a text; one more at its end shows whether a quotation mark has swallowed it."""
    apart = "" if text.endswith(("\r", "\n")) or not text else "\r\n"
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(f"{text}{apart}{END}", newline=""), delimiter=separator):
            if len(rows) > MOST_ROWS:
                raise ConfigError(f"{file}: has more than {MOST_ROWS:,} rows; leave out whom you don't deal with, or split it")
            rows.append(row)
    except csv.Error as error:
        raise ConfigError(f"{file} row {len(rows) + 1}: can't be read: {error}; is a quotation mark left open?") from error
    if rows.pop() != [END]:
        raise ConfigError(f"{file} row {len(rows) + 1}: a quotation mark is opened and not closed; close it, or double it")
    return rows
