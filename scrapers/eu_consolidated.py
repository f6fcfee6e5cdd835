"""European Union: whom the annexes of regulations 833/2014 (Russia) and 765/2006 (Belarus) name,
from their consolidated texts.

They stand on no consolidated list: no funds are frozen, but exports, services, loans or access to
ports are restricted.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from monitor import Entity, LayoutChanged, Link, Listing, Page, Register, Request, source
from monitor.source.formats import gather_fields, html_tables, key, table
from monitor.source.formats.prose import words
from monitor.source.formats.table import Cells, Columns
from scrapers.eu_oj import ADDRESS, TEXT

if TYPE_CHECKING:
    from lxml.etree import _Element

NEWEST = """PREFIX cdm: <http://publications.europa.eu/ontology/cdm#>
SELECT DISTINCT ?celex WHERE { ?work cdm:resource_legal_id_celex ?celex .
FILTER(STRSTARTS(STR(?celex), "02014R0833-") || STRSTARTS(STR(?celex), "02006R0765-")) } ORDER BY DESC(?celex) LIMIT 400"""
COLUMNS = Columns.of(
    """
name: Name | Vessel name | Name of the legal person, entity or body | Name of listed legal person, entity or body
number: Number
details: Identifying Information
imo: IMO number
reason: Grounds for inclusion
listed: Date of listing | Date of application | Entry into force
place: Place of registration | Location
""",
    needed="name",
)
NAMES = tuple(heading.casefold() for heading in COLUMNS.headings["name"])
PLAIN = ("V", "IX")  # of regulation 765/2006: a name a line
TOLD = ("annex", "reason", "listed", "place", "details")
CHANGED = re.compile(r"►(?:B|[CM]\d+) ?|◄ ?")  # what a consolidated text marks as changed
ANNEX = re.compile(r"ANNEX ([A-Z]+[a-z]*)")
LABEL = re.compile(
    r"^(?:Local names?|A\.?k\.?a\.?|Alias(?:es)?|[A-Z][a-z]+ company name): *|^\(formerly |\)$",
    re.IGNORECASE,
)


@source(
    name="EU sectoral restrictions, consolidated",
    authority="eu-council",
    url=ADDRESS + quote(NEWEST, safe=""),
    every="3 hours",
    deadline="2 minutes",
    language="en",
)
def versions(page: Page) -> Iterator[Link]:
    """The newest consolidated text of each regulation."""
    words(page)
    known = [str(row.get("celex", {}).get("value")) for row in page.rows("results", "bindings")]
    for base, read in (("02014R0833-", russia), ("02006R0765-", belarus)):
        if not (texts := [celex for celex in known if celex.startswith(base)]):
            raise LayoutChanged(f"{page.url[:80]}: no consolidated text {base}…")
        url = f"https://publications.europa.eu/resource/celex/{max(texts)}"
        yield Link(url, read=read, title=max(texts), request=Request(url, headers=TEXT))


def russia(page: Page) -> Register:
    """Regulation 833/2014."""
    return _register(page, ())


def belarus(page: Page) -> Register:
    """Regulation 765/2006."""
    return _register(page, PLAIN)


def _register(page: Page, plain: Sequence[str]) -> Register:
    titles = [
        title for title in html_tables.tree(page).iter("p") if title.get("class") == "title-annex-1"
    ]
    annexes = {
        match[1]: title.getparent() for title in titles if (match := ANNEX.match(_text(title)))
    }
    rows = tuple(
        {"annex": annex} | dict(row)
        for annex, block in annexes.items()
        if block is not None
        for row in (_lines(block) if annex in plain else _rows(block, page.url))
    )
    if not rows:
        raise LayoutChanged(f"{page.url}: {len(annexes)} annexes, and nobody is named in them")
    return table.register(
        "eu-sectoral",
        table.Table(rows),
        id=lambda row: key(row["annex"], row.get("imo") or row["name"].partition("\n")[0]),
        read=listing,
    )


def _lines(block: "_Element") -> Iterator[Cells]:
    yield from (
        {"name": name}
        for line in block.iter("p")
        if line.get("class") == "norm" and (name := _text(line))
    )


def _rows(block: "_Element", url: str) -> Iterator[Cells]:
    """The rows of the tables that name somebody; goods are named by codes, in tables with other
    headings.
    """
    for element in block.iter("table"):
        rows = [
            tuple(CHANGED.sub("", cell).strip() for cell in row)
            for row in html_tables.grid(element)
        ]
        if rows and any(cell.casefold() in NAMES for cell in rows[0]):
            yield from table.named(rows, COLUMNS, url).rows


def _text(element: "_Element") -> str:
    return CHANGED.sub("", " ".join(html_tables.text(element).split())).strip()


def listing(rows: Sequence[Cells]) -> Listing:
    """One organisation or ship under one annex."""
    lines = rows[0]["name"].split("\n")
    others = [line for line in lines[1:] if LABEL.search(line)]
    name = " ".join(line for line in lines if line not in others)  # which may be wrapped
    imo = rows[0].get("imo", "")
    return Listing(
        subject=Entity(
            names={"en": name},
            aliases=tuple(alias for line in others for alias in LABEL.sub("", line).split("; ")),
            kind="vessel" if imo else "org",
            ids={"IMO": imo} if imo else {},
        ),
        fields=gather_fields({name: [row.get(name, "") for row in rows] for name in TOLD}),
    )
