"""Registers published whole, in two forms: one that proves it is whole, one that proves nothing."""

from collections.abc import Iterator

from monitor import Entity, Link, Listing, Page, Register, source
from monitor.source.formats import key, table, xml

TOLD = ("name", "country", "effective", "expires", "born", "measures")
COLUMNS = table.Columns({"name": ("Name",), "country": ("Country",)}, needed=("name", "country"))


@source(name="Toy roll", authority="un-sc", url="http://127.0.0.1:1/roll", every="30 minutes")
def roll(page: Page) -> Register:
    """A register in XML, with ids of its own and a declared number of records."""
    layout = xml.Layout("roll", records=("entry",), others=("count",))
    about = lambda root: xml.About(published=root.get("day"), declared=int(root.get("count")))  # noqa: E731
    return xml.register(page, "un-sc", layout, id="id", read=_entry, about=about)


def _entry(record) -> Listing:
    said = xml.leaves(record, {name: name for name in TOLD} | {"remark": "remarks"}, ["id"])
    entity = Entity(names={"en": said.one("name")}, kind="org", country=said.one("country") or None)
    return Listing(subject=entity, fields=said.fields, unread=tuple(said.unread))


@source(name="Toy board", authority="us-fcc", url="http://127.0.0.1:1/board", every="30 minutes")
def board(page: Page) -> Register:
    """A register in rows, without ids and without proof that it is whole."""
    rows = table.delimited(page, COLUMNS)
    return table.register(
        "us-fcc-covered", rows, id=lambda row: key(row["name"], row["country"]), read=_row
    )


@source(
    name="Toy copy of the board",
    authority="us-fcc",
    url="http://127.0.0.1:1/copy",
    every="30 minutes",
    mirror="rolls.board",
    enabled=False,
)
def copied(page: Page) -> Register:
    """The same register at a second address, by the same ids."""
    return board(page)


def _row(rows) -> Listing:
    if rows[0]["name"] == "Stumble":
        raise AttributeError("no country")
    return Listing(
        subject=Entity(names={"en": rows[0]["name"]}, kind="org", country=rows[0]["country"])
    )


@source(
    name="Toy news of the roll", authority="un-sc", url="http://127.0.0.1:1/news", every="5 minutes"
)
def news(page: Page) -> Iterator[Link]:
    """What says that the roll was published anew: the fragment names the edition."""
    yield Link(f"{page.url.replace('news', 'roll')}#{page.text.strip()}", read=roll)


@source(name="Toy gazette", authority="us-fcc", url="http://127.0.0.1:1/gazette", every="5 minutes")
def gazette(page: Page) -> Iterator[Link]:
    """What names the board's newest edition, which has an address of its own."""
    yield Link(page.url.replace("gazette", page.text.strip()), read=board)


@source(
    name="Toy roll with its remarks",
    authority="un-sc",
    url="http://127.0.0.1:1/board",
    every="30 minutes",
    companions={"more": "http://127.0.0.1:1/more"},
)
def pair(page: Page) -> Register:
    """A register whose rows have a second file."""
    rows = table.delimited(page, COLUMNS)
    more = page.companions["more"].text if "more" in page.companions else ""
    joined = table.Table(tuple({**row, "remark": more} for row in rows.rows))
    return table.register(
        "us-dhs-uflpa", joined, id=lambda row: row["name"], read=_remarked, proven=True
    )


def _remarked(rows) -> Listing:
    return Listing(
        subject=Entity(names={"en": rows[0]["name"]}, kind="org"),
        fields={"remarks": rows[0]["remark"]},
    )
