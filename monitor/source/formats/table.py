"""Registers in rows: CSV, TSV, sheets and HTML tables, with named columns; several rows may make
one record.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from monitor.errors import ErrorKind, LayoutChanged, NotThePage, Unreadable
from monitor.model import Listing, frozen
from monitor.source.formats.prose import words
from monitor.source.page import Page, Record, Register, Shape
from monitor.vocabulary.letters import bare

Cells = Mapping[str, str]
DAY = re.compile(
    r"\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{4}|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4}"
)


@frozen
class Columns:
    """The columns of a table by our names: for each the headings that it has had. Headings match by
    letters and digits, whatever the case, width and white space. All `needed` ones must be there;
    an unknown heading is reported, and not read.
    """

    headings: Mapping[str, tuple[str, ...]]
    needed: tuple[str, ...]

    @classmethod
    def of(cls, lines: str, needed: str = "") -> "Columns":
        """The columns in a table with a line for each: `name: Name of Entity | Entity`. All are
        needed, if no others are named.
        """
        columns = (line.partition(": ") for line in lines.strip().splitlines())
        headings = {name: tuple(known.split(" | ")) for name, _, known in columns}
        return cls(headings, tuple(needed.split(", ")) if needed else tuple(headings))

    def find(
        self, header: Sequence[str], url: str = ""
    ) -> "tuple[tuple[str | None, ...], tuple[str, ...]]":
        """Map each cell of the header to its column (None: unknown), with notes on new ones.

        Raises:
            LayoutChanged: a needed column is not there.
        """
        names = {
            bare(heading): name for name, headings in self.headings.items() for heading in headings
        }
        places = tuple(names.get(bare(cell)) for cell in header)
        if missing := [name for name in self.needed if name not in places]:
            raise LayoutChanged(
                f"{url}: no column {missing[0]!r} under the headings {', '.join(header)[:200]!r}"
            )
        new = [
            cell for cell, name in zip(header, places, strict=True) if name is None and cell.strip()
        ]
        return places, tuple(f"a column we do not read: {cell}" for cell in new)


@dataclass(frozen=True)
class Table:
    """Rows with named cells, and what was odd about their header."""

    rows: tuple[Cells, ...]
    remarks: tuple[str, ...] = ()

    def without(self, *columns: str) -> "Table":
        """Return it without these columns, such as numbers that move with every edition."""
        kept = ({name: row[name] for name in row if name not in columns} for row in self.rows)
        return replace(self, rows=tuple(kept))

    def refuse_unnamed(self, url: str, *names: str) -> None:
        """Pass rows that have a cell in one of the columns `names`.

        Raises:
            LayoutChanged: some have none.
        """
        if unnamed := sum(not any(map(row.get, names)) for row in self.rows):
            raise LayoutChanged(f"{url}: {unnamed} rows without a name")


def named(rows: Iterable[Sequence[str]], columns: Columns, url: str = "") -> Table:
    """Iterate over the rows under the first one with all needed headings; a repeated header, on a
    new page, is no row.

    Raises:
        LayoutChanged: there is no such header, or a row has another number of cells.
        Unreadable: the last row is truncated.
    """
    walk = iter(rows)
    heads, (places, remarks) = _find_header(walk, columns, url)
    below = [row for row in walk if [bare(cell) for cell in row] != heads]
    width = len(places)
    for number, row in enumerate(below, 1):
        if len(row) < width and number == len(below):
            raise Unreadable(
                f"{url}: cut: the last row has {len(row)} cells of {width}",
                ErrorKind.TRUNCATED,
            )
        if len(row) < width or any(row[width:]):
            raise LayoutChanged(
                f"{url}: row {number:,} has {len(row)} cells under {width} headings:"
                f" {' | '.join(row)[:120]}"
            )
    cells = [
        {name: cell.strip() for name, cell in zip(places, row, strict=False) if name}
        for row in below
    ]
    return Table(tuple(row for row in cells if any(row.values())), remarks)


def _find_header(
    walk: Iterator[Sequence[str]], columns: Columns, url: str
) -> "tuple[list[str], tuple[tuple[str | None, ...], tuple[str, ...]]]":
    """The first row with all needed headings, folded, and what `find` says of it."""
    tried = ""
    for row in walk:
        try:
            return [bare(cell) for cell in row], columns.find([str(cell) for cell in row], url)
        except LayoutChanged as error:
            tried = tried or str(error)
    raise LayoutChanged(tried or f"{url}: a table without rows")


def delimited(page: Page, columns: Columns, *, delimiter: str = ",") -> Table:
    """The rows of a CSV or TSV page.

    Raises:
        NotThePage: it is a page of words.
        LayoutChanged: a needed column is not there, or a row has another number of cells.
        Unreadable: it is cut.
    """
    text = words(page)
    if text.lstrip()[:1] == "<":
        raise NotThePage(f"{page.url}: markup where a table of text is expected")
    # If every heading is quoted, so is every cell; a file that ends otherwise is truncated in its
    # last row.
    header = text.partition("\n")[0].strip()
    quoted = header.startswith('"') and header.endswith('"')
    if quoted and (text.count('"') % 2 or not text.rstrip("\r\n\x1a").endswith('"')):
        raise Unreadable(f"{page.url}: cut: the last cell has no end", ErrorKind.TRUNCATED)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return named((row for row in rows if any(row)), columns, page.url)


def register(
    code: str,
    table: Table,
    *,
    id: Callable[[Cells], str],  # noqa: A002 - the word of the field
    read: "Callable[[Sequence[Cells]], Listing]",
    proven: bool = False,
    official_ids: bool = False,
    published: str | None = None,
    declared: int | None = None,
) -> Register:
    """The register in a table. Rows with the same id are one record, in an order of their own;
    `read` is given all of them.

    Raises:
        LayoutChanged: a day stands where a name is read, as where columns were swapped.
    """
    if moved := next((row["name"] for row in table.rows if DAY.fullmatch(row.get("name", ""))), ""):
        raise LayoutChanged(f"{code}: a day stands where a name is read: {moved}")
    return Register(
        register=code,
        records=_iterate_records(table, id),
        read=lambda raw: read(_decode_rows(raw)),
        proven=proven,
        official_ids=official_ids,
        published=published,
        declared=declared,
        remarks=table.remarks,
        shape=SHAPE,
    )


def _iterate_records(table: Table, identify: Callable[[Cells], str]) -> Iterator[Record]:
    gathered: dict[str, list[Cells]] = {}
    for row in table.rows:
        gathered.setdefault(identify(row), []).append(row)
    for known_as, rows in gathered.items():
        yield Record(known_as, _encode_rows(rows))


def _encode_rows(rows: Iterable[Cells]) -> bytes:
    return b"[" + b",".join(sorted(msgspec.json.encode(row, order="sorted") for row in rows)) + b"]"


def _decode_rows(raw: bytes) -> list[dict[str, str]]:
    return msgspec.json.decode(raw, type=list[dict[str, str]])


def _read_parts(raw: bytes) -> dict[str, tuple[str, ...]]:
    rows = _decode_rows(raw)
    return {
        name: tuple(row.get(name, "") for row in rows)
        for name in dict.fromkeys(name for row in rows for name in row)
    }


def _rename_parts(raw: bytes, names: Mapping[str, str | None]) -> bytes:
    return _encode_rows(
        {name: cell for old, cell in row.items() if (name := names.get(old, old)) is not None}
        for row in _decode_rows(raw)
    )


SHAPE = Shape(_read_parts, _rename_parts, exact=True)
