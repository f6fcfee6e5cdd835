"""A register's page → where its table is and what its columns are called. Pure."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.errors import ConfigError, SourceError
from monitor.source.formats import folded, html_tables
from monitor.source.page import Page

NAME = re.compile(
    r"\b(?:name|entity|company|person|party|organi[sz]ation|vessel)\b|名称|名稱|姓名|企業名|企业|실체|이름", re.IGNORECASE
)
LEAST_ROWS = 2
MOST_COLUMNS = 60
WALKS = {"html": "html_tables, key, table", "csv": "key, table", "sheet": "key, table"}
ROWS = {
    "html": "table.named((row for each in html_tables.tables(page) for row in each.rows), COLUMNS, page.url)",
    "csv": "table.delimited(page, COLUMNS)",
    "sheet": "table.named((row for each in (page.document().blocks) for row in each.rows), COLUMNS, page.url)",
}


@dataclass(frozen=True)
class RegisterTable:
    """How a register's page is walked (`html`, `csv`, `sheet`), its headings by the name we give them, and which is the name."""

    form: str
    columns: dict[str, str]
    name: str
    rows: int

    @property
    def words(self) -> str:
        """What was guessed, for people to look at."""
        return f"a table of {self.rows} rows; name in {self.columns[self.name]!r}, columns {', '.join(self.columns.values())}"


def largest_table(page: Page) -> RegisterTable:
    """The largest table of a page, with its first row for headings.

    Raises:
        ConfigError: there is none; XML, whose records have no heading, is one of these.
    """
    tables = sorted(_tables(page), key=lambda table: len(table[1]), reverse=True)
    for form, rows in tables:
        columns = _columns(rows[0])
        if len(columns) > 1 and len(rows) > LEAST_ROWS:
            name = next((ours for ours, heading in columns.items() if NAME.search(heading)), next(iter(columns)))
            return RegisterTable(form, columns, name, len(rows) - 1)
    raise ConfigError(f"{page.url}: no table with headings in it; copy the scraper that is nearest to it (un_sc for XML)")


def _tables(page: Page) -> Iterator[tuple[str, Sequence[Sequence[str]]]]:
    if packed := page.binary():
        yield from (("sheet", block.rows) for block in packed.blocks if block.rows)
        return
    if page.text.lstrip().startswith("<"):
        try:
            yield from (("html", table.rows) for table in html_tables.tables(page) if table.rows)
        except SourceError as error:
            raise ConfigError(f"{page.url}: no table can be read from it: {error}") from error
        return
    rows = [row for row in csv.reader(io.StringIO(page.text, newline="")) if any(row)]
    if rows:
        yield "csv", rows


def _columns(headings: Sequence[str]) -> dict[str, str]:
    """Each heading under a name of our own, fit for a field."""
    columns: dict[str, str] = {}
    for number, heading in enumerate(headings[:MOST_COLUMNS], 1):
        printed = " ".join(heading.split())
        ours = re.sub(r"\W+", "_", folded(printed).lower()).strip("_")[:40] if printed.isascii() else f"column_{number}"
        if printed and ours and ours not in columns:
            columns[ours] = printed
    return columns
