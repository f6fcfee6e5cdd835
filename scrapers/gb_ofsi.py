"""United Kingdom: Office of Financial Sanctions Implementation: whom financial and investment
restrictions on Russia name.
"""

from collections.abc import Sequence

from monitor import Entity, LayoutChanged, Listing, Page, Register, source
from monitor.source.formats import html_tables, key, table
from monitor.source.formats.table import Cells, Columns

COLUMNS = Columns.of(
    """
name: Organisation | Name | Entity
group: Historic Group ID | Historic Group ID [1]
reference: UK Sanctions List Unique ID | UK Sanctions List Unique ID [2]
others: Subject to other sanctions | Subject to other sanctions (see entry on the UK Sanctions List)
""",
    needed="name, group, reference",
)


@source(
    name="UK Russia investment restrictions",
    authority="gb-ofsi",
    url="https://www.gov.uk/guidance/russia-list-of-persons-named-in-relation-to-financial-and-investment-restrictions",
    every="1 hour",
    language="en",
)
def investment_bans(page: Page) -> Register:
    """The whole list, half of which is not on the UK Sanctions List."""
    printed = table.named(html_tables.tables(page)[0].rows, COLUMNS, page.url)
    if unnamed := [row for row in printed.rows if not row["name"]]:
        raise LayoutChanged(f"{page.url}: {len(unnamed)} rows without a name")
    return table.register(
        "gb-investment-bans", printed, id=lambda row: key(row["name"]), read=listing
    )


def listing(rows: Sequence[Cells]) -> Listing:
    """One organisation, with its number on the other list, where it is there too."""
    told = {name: rows[0].get(name, "").strip("- ") for name in ("group", "reference", "others")}
    return Listing(
        subject=Entity(names={"en": rows[0]["name"]}, kind="org"),
        fields={name: cell for name, cell in told.items() if cell},
    )
