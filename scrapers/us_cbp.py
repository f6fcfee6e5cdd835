"""United States: Customs and Border Protection (CBP): goods made with forced labour that are
held or barred at the border.
"""

from collections.abc import Iterator, Sequence

from monitor import Entity, LayoutChanged, Link, Listing, Page, Register, source
from monitor.extract.en import places
from monitor.source.formats import gather_fields, key, table
from monitor.source.formats.prose import words
from monitor.source.formats.table import Cells, Columns
from scrapers._platforms.us_entries import iso

COLUMNS = Columns.of(
    """
name: Entity
country: Country
code: Country Code
goods: Industry
status: Status
order: WRO/Finding
remarks: Remarks
press_release: Press Release
effective: Effective Date
year: Calendar Year
""",
    needed="name, country, status, effective",
)
TOLD = ("goods", "status", "order", "effective", "remarks", "press_release")
VESSEL = "Fishing Vessel: "


@source(
    name="CBP withhold release orders and findings",
    authority="us-cbp",
    url="https://www.cbp.gov/trade/forced-labor/withhold-release-orders-and-findings",
    every="1 hour",
    language="en",
)
def forced_labor(page: Page) -> Iterator[Link]:
    """The page whose data set is the list; the name of the file changes."""
    words(page)
    files = [
        link for link in page.links("a[href]", read=orders) if "dataset" in link.title.casefold()
    ]
    if len(files) != 1:
        raise LayoutChanged(f"{page.url}: {len(files)} links are called Dataset, expected one")
    yield from files


def orders(page: Page) -> Register:
    """All orders and findings, those that were lifted with their status."""
    printed = table.delimited(page, COLUMNS)
    printed.refuse_unnamed(page.url, "name")
    return table.register(
        "us-cbp-forced-labor",
        printed,
        id=lambda row: key(row["country"], row["name"]),
        read=listing,
    )


def listing(rows: Sequence[Cells]) -> Listing:
    """Those whom one order names, as it names them; an order and the finding that followed are
    one.
    """
    name, country = rows[0]["name"], places.coded(rows[0]["country"])
    told = gather_fields({name: [iso(row.get(name, "")) for row in rows] for name in TOLD})
    return Listing(
        subject=Entity(
            names={"en": name.removeprefix(VESSEL)},
            kind="vessel" if name.startswith(VESSEL) else "other",
            country=country,
        ),
        fields=told | ({} if country else {"country": rows[0]["country"]}),
    )
