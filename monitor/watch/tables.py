"""Read the rows of any list: CSV or TSV in any charset, XLSX, XLS, ODS; every sheet and row number.
Pure.
"""

import csv
import io
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain, islice, pairwise, zip_longest
from operator import itemgetter
from pathlib import Path
from typing import Any

from anyascii import anyascii

from monitor import document
from monitor.errors import ConfigError, SourceError, Unreadable
from monitor.model import frozen
from monitor.names.name import parse_name
from monitor.vocabulary.letters import bare

Tell = Callable[[str], None]
SHEETS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
MOST_ROWS = 250_000  # a minute on one core
END = "\x00the end"  # what no list holds
BEGINNING = 40  # rows by which charset and separator are told
SEPARATORS = ",;\t|"
# Of what is no UTF-8, the one in which the headings are words we know.
CHARSETS = ("gb18030", "cp932", "big5hkscs", "cp949")
FORMULA = "a formula without a value"
PRIVATE = re.compile("[\ue000-\uf8ff]")  # what no text holds, and some charsets make of any byte
BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
ALONE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
HIGH = re.compile(rb"[\x80-\xff]")
Rows = Sequence[Sequence[str]]


@frozen
class Table:
    """A sheet (a CSV has one without a name) and its rows, of which so many stand before them
    there.
    """

    sheet: str
    rows: Rows
    before: int = 0


def read_tables(file: str, body: bytes, tell: Tell, mapped: Mapping[str, str]) -> Iterator[Table]:
    """Read all tables of a file, also further ones of a sheet; a hidden sheet is only reported.

    Raises:
        ConfigError: it is neither a sheet nor text.
    """
    for whole in _read_whole_tables(file, body, tell, mapped):
        for table in _split_beside(_turn_table(_unpack_csv(file, whole, mapped), mapped), mapped):
            starts = [0, *_find_heads_below(table.rows), len(table.rows)]
            yield from (
                Table(table.sheet, table.rows[start:end], table.before + start)
                for start, end in pairwise(starts)
                if start < end or not start
            )


def _split_beside(table: Table, mapped: Mapping[str, str]) -> Iterator[Table]:
    """The tables that stand beside each other under the same headings, each in its columns; the
    firms of a row are several there, as are those of a form that repeats.
    """
    layout = find_layout(table.rows, mapped)
    columns = [column for column in layout.columns if column.heading] if layout else []
    called = [normalize_heading(column.heading) for column in columns]
    starts = [place for place, name in enumerate(called) if name == called[0]]
    parts = [columns[start:end] for start, end in pairwise([*starts, len(columns)])]
    same = set(called[: starts[1]] if len(starts) > 1 else ())
    if len(parts) < 2 or not all(
        _has_names(frozenset(column.field for column in part))
        and len(same.intersection(normalize_heading(column.heading) for column in part)) > 1
        for part in parts
    ):
        yield table
        return
    for part in parts:
        first = part[0].place
        rows = [[""] * first + list(row[first : part[-1].place + 1]) for row in table.rows]
        yield replace(table, rows=rows)


def _unpack_csv(file: str, table: Table, mapped: Mapping[str, str]) -> Table:
    """Split a table that has whole lines of CSV in its first column."""
    lines = [next(filter(None, row), "") for row in table.rows if len(list(filter(None, row))) < 2]
    if len(lines) < len(table.rows) or len(lines) < 2:
        return table
    text = "\n".join(lines)
    separator = max(SEPARATORS, key=lambda one: _count_separated(text, one, mapped))
    return (
        Table(table.sheet, _parse_text(file, text, separator))
        if _count_separated(text, separator, mapped)[0] > 1
        else table
    )


def _turn_table(table: Table, mapped: Mapping[str, str]) -> Table:
    """Turn a table whose headings stand below each other, as in a form or with a firm in each
    column.

    Its titles stay above and count for no row.
    """
    rows = [*table.rows[:HEADED_WITHIN]]
    titles = next((at for at, row in enumerate(rows) if not _is_title(row, rows[at + 1 :])), 0)
    turned = [list(column) for column in zip_longest(*rows[titles:], fillvalue="")]
    layout, across = find_layout(table.rows, mapped), find_layout(turned, mapped)
    known, better = (len(one.fields) if one else 0 for one in (layout, across))
    used = [column for column in across.columns if column.field] if across else []
    heads = [column.heading for column in layout.columns if not column.field] if layout else []
    # a firm among the headings stands above nothing
    is_form = across is not None and (
        len(used) * 2 >= len(across.columns) or any(parse_name(head).forms for head in heads)
    )
    # all across are headings: what stands below may be called like one, as a kind is
    is_headed = layout is not None and known > 1 and all(one.field for one in layout.columns)
    is_better = len(table.rows) <= HEADED_WITHIN and better > max(known, 1) and is_form
    if is_headed or not is_better:
        return table
    return Table(f"{table.sheet}, columns as rows", [*rows[:titles], *turned], -titles)


def _find_heads_below(rows: Rows) -> Iterator[int]:
    """Find where another table begins: behind an empty row, perhaps with a title.

    Its row has at least two known headings, one of them for names.
    """
    filled = [len(list_filled(row)) for row in rows]
    for number in range(2, len(rows)):
        begins = number - 1 if filled[number - 1] == 1 and not filled[number - 2] else number
        if not filled[begins - 1] and _is_heading(row := rows[number]):
            known = {load_headings().get(normalize_heading(cell), "") for cell in row} - {""}
            fields = [find_field(cell) for cell in row if cell.strip()]
            found = frozenset(fields if all(fields) or max(filled[:begins]) < 2 else known)
            if all(found) and len(found) > 1 and _has_names(found):
                yield begins


def _read_whole_tables(
    file: str, body: bytes, tell: Tell, mapped: Mapping[str, str]
) -> Iterator[Table]:
    if file.lower().endswith(SHEETS) or body.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        yield from _read_sheets(file, body, tell, mapped)
    else:
        yield Table("", _read_text(file, body, mapped))


def _read_sheets(file: str, body: bytes, tell: Tell, mapped: Mapping[str, str]) -> Iterator[Table]:
    try:
        sheets = document.read_binary(body, every_row=True)
    except Unreadable as error:
        raise ConfigError(f"{file}: {error}") from error
    # systems export text or a web page under that name
    if sheets is None and file.lower().endswith(".xls"):
        if body.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
            yield from _read_web_page(file, body)
        else:
            yield Table("", _read_text(file, body, mapped))
    elif sheets is None:
        raise ConfigError(f"{file}: is called a sheet and is none; save it as CSV UTF-8 or XLSX")
    else:
        yield from _list_shown(file, sheets, tell)


def _read_web_page(file: str, body: bytes) -> Iterator[Table]:
    try:
        soup = document.parse_html(document.decode(body))
    except SourceError as error:
        raise ConfigError(f"{file}: {error}") from error
    for number, block in enumerate(document.read_html(soup).blocks, 1):
        if block.kind is document.BlockKind.TABLE:
            yield Table(f"table {number}", block.rows)


def _list_shown(file: str, sheets: document.Document, tell: Tell) -> Iterator[Table]:
    sheet = ""
    for block in sheets.blocks:
        if block.kind is document.BlockKind.TABLE:
            yield Table(sheet, block.rows)
        elif block.kind is document.BlockKind.PARAGRAPH:
            tell(
                f"{file} [{block.text}]: the sheet is hidden and was not read; unhide it if it"
                " belongs to the list"
            )
        elif block.kind is document.BlockKind.ITEM:
            first, *more = block.text.split()
            further = f" (and in {len(more):,} further rows)" if more else ""
            tell(
                f"{file} [{sheet}] row {first}{further}: {FORMULA}; open the file in a spreadsheet"
                " program and save it"
            )
        else:
            sheet = block.text


def _read_text(file: str, body: bytes, mapped: Mapping[str, str]) -> Rows:
    """Rows of a text as spreadsheets save it: UTF-8, UTF-16 or a country's own; commas,
    semicolons, tabs or bars.
    """
    tries = [
        text
        for charset in _list_charsets(body)
        if (text := _decode_body(body, charset)) is not None
    ]
    if not tries:
        raise ConfigError(
            f"{file}: neither a sheet nor text of a known encoding; save it as CSV UTF-8 or XLSX"
        )
    ways = [
        max(
            ((_count_separated(text, one, mapped), one, text) for one in SEPARATORS),
            key=itemgetter(0),
        )
        for text in tries
    ]
    _, separator, text = max(ways, key=lambda way: way[0][0])
    return _parse_text(file, text, separator)


def _list_charsets(body: bytes) -> Sequence[str]:
    for mark, charset in BOMS:
        if body.startswith(mark):
            return (charset,)
    if b"\x00" in body[:200]:
        return ("utf-16-le", "utf-16-be") if body[1:2] == b"\x00" else ("utf-16-be",)
    if _decode_body(body, "utf-8") is not None:
        return ("utf-8",)
    # Single letters with an accent stand alone; characters of two bytes do not.
    western = len(ALONE.findall(body[:100_000])) * 2 > len(HIGH.findall(body[:100_000]))
    return ("cp1252", "cp1250", "latin-1") if western else CHARSETS


def _decode_body(body: bytes, charset: str) -> str | None:
    try:
        text = body.decode(charset).removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None
    return None if charset in CHARSETS and PRIVATE.search(text) else text


def _read_beginning(text: str, separator: str) -> Rows:
    lines = islice(io.StringIO(text, newline=""), BEGINNING)
    try:
        return [*csv.reader(lines, delimiter=separator)]
    except csv.Error:
        return []


def _count_separated(text: str, separator: str, mapped: Mapping[str, str]) -> tuple[int, int]:
    """Count the known headings, then the cells, if this character separates the cells."""
    rows = _read_beginning(text, separator)
    layout = find_layout(rows, mapped)
    return len(layout.fields) if layout else 0, sum(len(row) for row in rows)


def _parse_text(file: str, text: str, separator: str) -> Rows:
    """The rows of a text; one more at its end shows whether a quotation mark has swallowed it."""
    apart = "" if text.endswith(("\r", "\n")) or not text else "\r\n"
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(f"{text}{apart}{END}", newline=""), delimiter=separator):
            if len(rows) > MOST_ROWS:
                raise ConfigError(
                    f"{file}: has more than {MOST_ROWS:,} rows; leave out firms that you have no"
                    " dealings with, or split it"
                )
            rows.append(row)
    except csv.Error as error:
        raise ConfigError(
            f"{file} row {len(rows) + 1}: can't be read: {error}; is a quotation mark left open?"
        ) from error
    if rows.pop() != [END]:
        raise ConfigError(
            f"{file} row {len(rows) + 1}: a quotation mark is opened and not closed; close it, or"
            " double it"
        )
    return rows


# What the columns of somebody's list hold, by their headings, in whichever row those stand. Pure.

BRACKET = re.compile(r"[(\[（【<][^()\[\]（）【】<>]*[)\]）】>]")
PARTS = re.compile(r"(?<![^\S\n\r])[^\S\n\r]*+[/|\n\r·]\s*")
LONGEST_HEADING = 60
YEAR = re.compile("(?:19|20)[0-9]{2}")  # above what was bought in it
ACCENTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]+")
LANGUAGE = re.compile(
    r"latein|latin|chines|englis|deutsch|german|local|original|native|pinyin|中文|英文|原文|原名"
)
HEADED_WITHIN = 40  # rows; above the headings a sheet may have a title, a logo, who made it


@frozen
class Column:
    """A column: its `place` in a row, from 0, its heading, and the field it holds, empty where it
    is of no use. A `country` is that of all firms below it.
    """

    place: int
    heading: str
    field: str
    country: str = ""

    @property
    def letter(self) -> str:
        """What a spreadsheet calls it by."""
        return make_column_letter(self.place)

    def get_cell(self, row: Sequence[str]) -> str:
        """Return its cell of a row; "" if the row has none."""
        return get_cell(row, self.place)


@frozen
class Layout:
    """Where the headings stand, and what each column holds.

    `above` is the number of rows above them, `below` the first row under them, from 0.
    """

    below: int
    columns: tuple[Column, ...]
    is_guessed: bool = False
    above: int = 0

    @property
    def fields(self) -> frozenset[str]:
        """All fields that some column holds."""
        return frozenset(column.field for column in self.columns if column.field)


def find_layout(rows: Sequence[Sequence[str]], mapped: Mapping[str, str]) -> Layout | None:
    """The row of headings among the first rows: the one that says most. `mapped` are headings as a
    person explains them.

    Two rows may be one heading, where a cell of the upper one spans several below.
    """
    best: tuple[int, Layout] | None = None
    for number, row in enumerate(rows[:HEADED_WITHIN]):
        if not _is_heading(row):
            continue
        for below, headings, spanned in _list_headings(rows, number):
            above = number - bool(spanned)
            tried = Layout(below, tuple(_read_columns(headings, spanned, mapped)), above=above)
            # a letter alone makes no row a heading: the first firm may stand in it
            words = {*map(normalize_heading, headings)}
            by_words = {name: mapped[name] for name in mapped if normalize_heading(name) in words}
            is_known = any(column.field for column in _read_columns(headings, spanned, by_words))
            worth = (
                2 * len(tried.fields)
                + len([column for column in tried.columns if column.field])
                + (below > number + 1)
            )
            if is_known and _has_names(tried.fields) and (best is None or worth > best[0]):
                best = worth, tried
    return best[1] if best else _lay_out_by_letters(rows, mapped)


def _list_headings(rows: Rows, number: int) -> Iterator[tuple[int, Sequence[str], Sequence[str]]]:
    """List the readings of a row as headings: alone, under the row above, or with the row below.

    Each comes with the first row under it, and the cells that span it.
    """
    row, below = rows[number], rows[number + 1 :]
    above = rows[number - 1] if number else ()
    if not _is_title(row, below):
        yield number + 1, row, ()
        if above and not _is_title(above, rows[number:]):
            yield number + 1, row, _spread_cells(above, len(row))
    if both := _join_two_rows(row, below[0] if below else ()):
        yield number + 2, both, ()


def _lay_out_by_letters(rows: Rows, mapped: Mapping[str, str]) -> Layout | None:
    """The columns that a person explains by their letters, where no row holds headings."""
    width = max(map(len, rows), default=0)
    given = {heading.upper(): field for heading, field in mapped.items()}
    letters = [make_column_letter(place) for place in range(width)]
    layout = lay_out_bare([given.get(letter, "") for letter in letters])
    return layout if _has_names(layout.fields) else None


def lay_out_bare(fields: Sequence[str], *, is_guessed: bool = False) -> Layout:
    """Lay out columns without headings that hold these fields."""
    columns = (
        Column(place, f"column {make_column_letter(place)}", field)
        for place, field in enumerate(fields)
    )
    return Layout(0, tuple(columns), is_guessed=is_guessed)


def _join_two_rows(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Two rows of headings as one, where a cell of the upper one spans several below and others
    span both; else nothing.

    A language in the lower row is of the kind that it stands under: Lieferant over lateinisch and
    中文名称.
    """
    spread = _spread_cells(upper, max(len(upper), len(lower)))
    under = [cell.strip() for cell in (*lower, *[""] * (len(upper) - len(lower)))]
    spans = [bool(cell) and spread.count(cell) > 1 for cell in spread]
    told = [
        cell for cell in under if cell and (find_field(cell) or LANGUAGE.search(cell.casefold()))
    ]
    is_split = told and all(
        bool(cell) == in_span or (cell and find_field(cell))
        for cell, in_span in zip(under, spans, strict=True)
    )
    of_languages = (
        all(under)
        and sum(map(bool, map(str.strip, upper))) == 1
        and any(LANGUAGE.search(cell.casefold()) for cell in under)
    )
    whole = [span for span, *both in zip(spans, spread, under, strict=True) if any(both)]
    if not of_languages and (not is_split or not any(spans) or all(whole)):
        return []
    kept = (
        ""
        if LANGUAGE.search(cell.casefold()) and (find_field(above) or not find_field(cell))
        else cell
        for cell, above in zip(under, spread, strict=True)
    )
    return [cell or above for cell, above in zip(kept, spread, strict=True)]


def _is_heading(row: Sequence[str]) -> bool:
    cells = [cell.strip() for cell in row if cell.strip()]
    return (
        bool(cells)
        and all(len(cell) <= LONGEST_HEADING for cell in cells)
        and not any(cell.isdecimal() and not YEAR.fullmatch(cell) for cell in cells)
    )


def _is_title(row: Sequence[str], below: Rows) -> bool:
    """Return whether a row is a title: one cell above wider rows.

    A heading word alone is none, unless a row of headings follows.
    """
    cells = list_filled(row)
    wider = [under for under in below[:HEADED_WITHIN] if len(list_filled(under)) > 1]
    if len(cells) != 1 or not wider:
        return False
    is_word = normalize_heading(BRACKET.sub(" ", cells[0])) in load_headings()
    return not is_word or (_is_heading(wider[0]) and any(map(find_field, wider[0])))


def find_likely_headings(rows: Rows) -> tuple[int, Sequence[str]]:
    """The first of the widest rows, from 1, where it may hold headings that we do not know; 0
    where none may.
    """
    widths = [len(list_filled(row)) for row in rows[:HEADED_WITHIN]]
    number = widths.index(max(widths)) if widths else 0
    is_likely = bool(widths) and widths[number] > 1 and _is_heading(rows[number])
    return (number + 1, rows[number]) if is_likely else (0, ())


def _has_names(fields: frozenset[str]) -> bool:
    return bool(fields & {"name", "party", "product"}) or (
        "note" in fields and bool(fields & {"hs", "eccn", "codes"})
    )


def _spread_cells(row: Sequence[str], width: int) -> list[str]:
    """A row in which an empty cell says what the one to its left says, as merged cells do."""
    spread, last = [], ""
    for place in range(width):
        last = row[place] if get_cell(row, place) else last
        spread.append(last)
    return spread


def _read_columns(
    row: Sequence[str], above: Sequence[str], mapped: Mapping[str, str]
) -> Iterator[Column]:
    given = {normalize_heading(heading): field for heading, field in mapped.items()}
    for place, cell in enumerate(row):
        upper = above[place] if place < len(above) else ""
        both, letter = f"{upper} {cell}".strip(), make_column_letter(place)
        if cell.strip() or (upper and place == 0) or normalize_heading(letter) in given:
            meant = (
                given.get(normalize_heading(cell))
                or given.get(normalize_heading(letter))
                or find_field(cell)
                or load_headings().get(normalize_heading(both), "")
            )
            yield Column(
                place,
                " ".join((cell or upper).split()) or letter,
                meant or (find_field(upper) if not cell.strip() else ""),
            )


def make_column_letter(place: int) -> str:
    """The letter that a spreadsheet calls a column by, counted from 0."""
    return (make_column_letter(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def list_filled(row: Sequence[str]) -> list[str]:
    """List the cells of a row that hold something."""
    return list(filter(str.strip, row))


def get_cell(row: Sequence[str], place: int) -> str:
    """Return the cell at a place of a row; "" if it has none."""
    return row[place].strip() if place < len(row) else ""


def normalize_heading(heading: str) -> str:
    """A heading by its letters without accents, its digits and signs of percent alone."""
    level = "%".join(map(bare, heading.split("%")))
    return ACCENTED.sub(lambda letters: anyascii(letters[0]).casefold(), level)


@cache
def _read_words() -> Mapping[str, Any]:
    """Read the names of columns in `headings.toml`."""
    return tomllib.loads((Path(__file__).parent / "headings.toml").read_text(encoding="utf-8"))


def list_fields() -> list[str]:
    """The fields that a column may hold."""
    return [*_read_words()["headings"]]


@cache
def load_headings(table: str = "headings") -> dict[str, str]:
    """Each heading, levelled → its field, or the words of another table; of two the later one."""
    return {
        normalize_heading(name): field
        for field, spelt in _read_words()[table].items()
        for name in spelt.split()
    }


@cache
def load_patterns(kind: str) -> dict[str, re.Pattern[str]]:
    """Load the patterns for the firm that a heading names (`roles`), or before a name
    (`called`).
    """
    return {name: re.compile(words, re.IGNORECASE) for name, words in _read_words()[kind].items()}


@cache
def _list_patterns() -> list[tuple[str, re.Pattern[str]]]:
    """List the patterns that decide a heading of several words, the surest first."""
    return [(field, re.compile(inside)) for field, inside in _read_words()["inside"]["patterns"]]


def find_field(heading: str) -> str:
    """Find the field of a heading; "" if unknown."""
    if len(heading) > LONGEST_HEADING:
        return ""
    heading = heading.replace("#", " no ")
    outside = BRACKET.sub(" ", heading)
    tries = chain((heading, outside), PARTS.split(outside), BRACKET.findall(heading))
    for words in tries:
        level = normalize_heading(words)
        if known_field := load_headings().get(level) or load_headings().get(
            level.rstrip("0123456789*")
        ):
            return known_field
        if "%" in level and load_headings().get(level.replace("%", "")) == "share":
            return "share"
    low = " ".join(re.sub(r"[_.:*-]+", " ", heading.casefold()).split())
    if whole := _find_by_words(outside) or _find_abbreviated(heading):
        return whole
    if len(low.split()) < 2 and low.isascii():
        return ""
    return next((name for name, pattern in _list_patterns() if pattern.search(low)), "")


def _find_by_words(heading: str) -> str:
    """Find the field of a heading of known words: `Nom du fournisseur`, `Land des Lieferanten`.

    A name and a firm yield to any field that is about them.
    """
    fillers = _read_words()["inside"]["fillers"].split()
    words = [word for word in re.split(r"[^\w%]+|_", heading.casefold()) if word not in fillers]
    fields = {load_headings().get(normalize_heading(word), "") for word in filter(None, words)}
    told = fields - {"name"} - ({"party"} if len(fields - {"name"}) > 1 else set())
    return next(iter(told or fields), "") if len(told) < 2 else ""


def _find_abbreviated(heading: str) -> str:
    """Find the field of a heading of shortened words (`Rag. soc. 1`, `Lief.-Nr.`).

    All headings that they may abbreviate must have one field.
    """
    words = [bare(word) for word in re.split(r"[\s.-]+", heading) if bare(word)]
    letters = [word for word in words if not word.isdecimal()]
    if "." not in heading or len(letters) < 2 or min(map(len, letters)) < 2:
        return ""
    pattern = re.compile(r"\w*".join((*map(re.escape, letters), "")))
    fields = {field for name, field in load_headings().items() if pattern.fullmatch(name)}
    return fields.pop() if len(fields) == 1 else ""


def suggest_fields(word: str) -> str:
    """The fields that a column can be mapped to, for a message."""
    return f"{word!r} is no field; one of: {', '.join(list_fields())}"
