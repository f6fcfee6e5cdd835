"""United States: Federal Communications Commission: the Covered List of equipment and services,
and conditional approvals.
"""

import re
from collections.abc import Iterator, Sequence

from monitor import Item, LayoutChanged, Listing, Page, Register, source
from monitor.extract.en import dates
from monitor.source.formats import folded, gather_fields, html_tables, key, table
from monitor.source.formats.table import Cells

# Each table by what its headings begin with: what a row of it is.
TABLES: dict[tuple[str, ...], str] = {
    ("covered equipment or services", "date of inclusion"): "covered",
    ("uas conditional approvals", "dates of conditional approval"): "UAS approved under conditions",
    (
        "routers conditional approvals",
        "dates of conditional approval",
    ): "routers approved under conditions",
    (
        "equipment subject to prohibitions",
        "public notices",
        "effective date",
    ): "prohibited though authorised before",
}
APPROVED = ("UAS approved under conditions", "routers approved under conditions")
ALWAYS = ("covered", *APPROVED)
MARKS = re.compile(r"(?<!\s)\s*+[*†‡±^#§]+")  # of the footnotes, which come and go
SPAN = re.compile(r"(?<=\d{4})\s*[-–—]\s*")


@source(
    name="FCC Covered List",
    authority="us-fcc",
    url="https://www.fcc.gov/supplychain/coveredlist",
    every="30 minutes",
    language="en",
    captured="2026-07",
)
def covered(page: Page) -> Register:
    """All rows of the page: what is covered, and what is excepted from it for a time. A row has
    no id but its text.
    """
    rows: list[Cells] = []
    read, unknown = set[str](), []
    for markup in html_tables.tables(page):
        part = _part(markup.rows[0]) if markup.rows else None
        if part is None:
            unknown.append(
                "a table we do not read: " + " | ".join(markup.rows[0] if markup.rows else ())[:120]
            )
            continue
        read |= {part} if len(markup.rows) > 1 or part != "covered" else set()
        rows += [_cells(part, row) for row in markup.rows[1:]]
    if missing := [part for part in ALWAYS if part not in read]:
        raise LayoutChanged(f"{page.url}: no table of what is {missing[0]}")
    return table.register(
        "us-fcc-covered", table.Table(tuple(rows), tuple(unknown)), id=_known_as, read=listing
    )


def _part(header: Sequence[str]) -> str | None:
    """Return the part of the list in a table with these headings; None for another table."""
    told = [folded(MARKS.sub("", cell)).casefold() for cell in header]
    for heads, part in TABLES.items():
        if len(told) == len(heads) and all(
            cell.startswith(head) for cell, head in zip(told, heads, strict=True)
        ):
            return part
    return None


def _cells(part: str, row: Sequence[str]) -> Cells:
    """A row by what its cells say; between the text and the dates one table has the notices by
    which it became law.
    """
    text, *notices, dates = row
    return {"part": part, "text": text, "dates": dates} | (
        {"notices": notices[0]} if notices else {}
    )


def _known_as(row: Cells) -> str:
    return key(row["part"], plain(row["text"]))


def plain(words: str) -> str:
    """A cell's words without marks of footnotes."""
    return " ".join(MARKS.sub("", words).split())


def listing(rows: Sequence[Cells]) -> Listing:
    """One row; the same words twice are read as one with both dates. What is excepted from the list
    says so in its name, which stands alone in headlines and answers.
    """
    part, name = rows[0]["part"], plain(rows[0]["text"])
    lines = [plain(line) for row in rows for line in row["dates"].split("\n")]
    notices = [plain(row.get("notices", "")) for row in rows]
    return Listing(
        subject=Item(names={"en": name if part == "covered" else f"{name} ({part})"}),
        fields={"part": part, **dict(_dates(part, lines)), **gather_fields({"notices": notices})},
    )


def _dates(part: str, lines: Sequence[str]) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """The dates as they are printed, and the first as the day of listing; of an approval as its
    first day, with its last.
    """
    told = tuple(SPAN.sub(" - ", line).strip() for line in lines if line)
    if told:
        yield "dates", told[0] if len(told) == 1 else told
        first, _, last = told[0].partition(" - ")
        if day := dates.first_day(first):
            yield "effective" if part in APPROVED else "listed_on", day
        if part in APPROVED and (day := dates.first_day(last)):
            yield "expires", day
