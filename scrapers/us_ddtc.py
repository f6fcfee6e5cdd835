"""United States: Directorate of Defense Trade Controls (State Department): who is debarred under
the ITAR.
"""

import re
from collections.abc import Iterator, Sequence

from monitor import Entity, LayoutChanged, Link, Listing, Page, Register, Request, source
from monitor.source.formats import gather_fields, key, table
from monitor.source.formats.prose import words
from monitor.source.formats.table import Cells, Columns
from scrapers._platforms.us_entries import iso

SITE = "https://www.pmddtc.state.gov"
COLUMNS = Columns.of(
    """
name: Party Name | Name
born: Date Of Birth
citation: Federal Register Notice
notified: Notice Date | Date
corrected_by: Corrected Notice
corrected: Corrected Notice Date
charging_letter: Charging Letter
debarment_order: Debarment Order
""",
    needed="name, citation, notified",
)
TOLD = ("born", "citation", "notified", "corrected_by", "corrected")
FILE = re.compile(r"sys_attachment\.do\?sys_id(?:=|&#61;)([0-9a-f]{32})")
KNOWN_AS = re.compile(r"(?<!\s)\s*+\((?:a\.?/?k\.?/?a\.?,?|alias)\s++([^()]++)\)", re.IGNORECASE)


@source(
    name="ITAR debarred parties",
    authority="us-state",
    url=f"{SITE}/api/now/sp/page?id=ddtc_kb_article_page&kb_number=KB0010126",
    every="1 hour",
    language="en",
)
def debarred_parties(page: Page) -> Iterator[Link]:
    """The article on debarments, as the site's script gets it. Each list stands there as CSV,
    XLSX and PDF, in this order.
    """
    words(page)
    files = FILE.findall(page.text)
    if len(files) < 4:
        raise LayoutChanged(
            f"{page.url}: {len(files)} files, expected each of two lists in three forms"
        )
    for number, read in ((0, statutory), (3, administrative)):
        request = Request(
            f"{SITE}/sys_attachment.do?sys_id={files[number]}", charset="windows-1252"
        )
        yield Link(request.url, read=read, title=f"{read.__name__} debarments", request=request)


def statutory(page: Page) -> Register:
    """Read the persons convicted of a breach of the Arms Export Control Act."""
    return _register(page)


def administrative(page: Page) -> Register:
    """Read the persons debarred for a breach of the regulations."""
    return _register(page)


def _register(page: Page) -> Register:
    printed = table.delimited(page, COLUMNS)
    printed.refuse_unnamed(page.url, "name")
    return table.register(
        "us-itar-debarred",
        printed,
        id=lambda row: key(KNOWN_AS.sub("", row["name"]), row.get("born", "")),
        read=listing,
    )


def listing(rows: Sequence[Cells]) -> Listing:
    """One party, with every notice that names it."""
    aliases = [
        alias.strip()
        for row in rows
        for match in KNOWN_AS.findall(row["name"])
        for alias in match.split(";")
    ]
    return Listing(
        subject=Entity(
            names={"en": KNOWN_AS.sub("", rows[0]["name"])},
            aliases=tuple(dict.fromkeys(filter(None, aliases))),
            kind="person" if rows[0].get("born") else "other",  # the list does not tell them apart
        ),
        fields=gather_fields({name: [iso(row.get(name, "")) for row in rows] for name in TOLD}),
    )
