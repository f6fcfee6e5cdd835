"""United States: Bureau of Industry and Security (BIS): denied persons, Entity List, military end-users, unverified parties."""

import re
from collections.abc import Iterator, Sequence

from monitor import Busy, Entity, LayoutChanged, Link, Listing, NotThePage, Page, Register, source
from monitor.extract.en import places as en_places
from monitor.source.formats import key, table
from monitor.source.formats.prose import words
from monitor.source.formats.table import Cells, Columns
from scrapers._platforms.one_line import parted
from scrapers._platforms.us_entries import supplement

DENIED = Columns.of(
    """
name: Name
street: Street_Address | Street Address
city: City
state: State
country: Country
postal_code: Postal_Code | Postal Code
name_and_address: Name_and_Address | Name and Address
effective: Effective_Date | Effective Date | Beginning_Date | Beginning Date
expires: Expiration_Date | Expiration Date | Ending_Date | Ending Date
standard_order: Standard_Order | Standard Order
updated_on: Last_Update | Last Update
last_edit: Action
citation: FR_Citation | FR Citation | Appropriate Federal Register Citations
denial: Type of Denial | Type_of_Denial
number: Counter
""",
    needed="effective, expires, citation",
)
PLACE = ("street", "city", "state", "country", "postal_code")  # in the order of the export that has all of them in one cell
TOLD = ("denial", "citation", "last_edit", "updated_on")
DENIAL = {"Y": "Standard", "N": "Non-Standard"}
DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")

VERSIONS = "https://www.ecfr.gov/api/versioner/v1/versions/title-15.json?part=744"
FULL = "https://www.ecfr.gov/api/versioner/v1/full/{day}/title-15.xml?part=744&appendix=Supplement%20No.%20{number}%20to%20Part%20744"


@source(
    name="BIS Denied Persons List",
    authority="us-bis",
    url="https://www.bis.gov/licensing/end-user-guidance/denied-persons-list-dpl",
    every="30 minutes",
    language="en",
)
def denied_persons_page(page: Page) -> Iterator[Link]:
    """The page whose export is the list; the name of the file changes."""
    words(page)
    exports = [
        link for link in page.links("a[href]", read=denied_persons) if "export as csv" in " ".join(link.title.lower().split())
    ]
    if len(exports) != 1:
        raise LayoutChanged(f"{page.url}: {len(exports)} links are called Export as CSV, expected one")
    yield from exports


def denied_persons(page: Page) -> Register:
    """All denial orders. A row is an address; those of one person and order are one record, since no row has an id."""
    printed = table.delimited(page, DENIED, delimiter="\t" if "\t" in words(page).partition("\n")[0] else ",")
    rows = tuple(map(_levelled, printed.rows))
    if not all(row["name"] for row in rows):
        raise LayoutChanged(f"{page.url}: a row without a name, in a column of its own or before the address")
    return table.register("us-bis-denied-persons", table.Table(rows, printed.remarks), id=_known_as, read=order)


def _levelled(row: Cells) -> Cells:
    """A row in one form, whether name and address stand in one cell or in columns, and whatever the kind of order is called."""
    if "address" in row:
        return row
    told = {name: cell for name, cell in row.items() if name not in (*PLACE, "name_and_address", "standard_order", "number")}
    if standard := row.get("standard_order"):
        told["denial"] = DENIAL.get(standard, standard)
    if "name" in row:
        address = ", ".join(part for name in PLACE if (part := " ".join(row.get(name, "").split())))
        return told | {"address": address, "country": en_places.coded(row.get("country", "")) or ""}
    read = parted(row.get("name_and_address", ""))
    return told | {"name": read.name, "address": read.address, "country": read.country or ""}


def _known_as(row: Cells) -> str:
    """Name and day, of which one form of the list prints `6/5/2019` and another `06/05/2019`."""
    day = DAY.fullmatch(row["effective"])
    return key(row["name"], f"{int(day[1]):02}/{int(day[2]):02}/{day[3]}" if day else row["effective"])


def order(printed: Sequence[Cells]) -> Listing:
    """One denial order, with all addresses of the person it denies."""
    rows = [_levelled(row) for row in printed]
    told = {name: tuple(dict.fromkeys(row[name] for row in rows if row.get(name))) for name in TOLD}
    days = {name: _day(rows[0][name]) for name in ("effective", "expires")}
    places = {row["country"] for row in rows if row["country"]}
    return Listing(
        subject=Entity(
            names={"en": rows[0]["name"]},
            kind="other",  # the list has persons and companies, and does not tell them apart
            country=places.pop() if len(places) == 1 else None,
            addresses=tuple(dict.fromkeys(row["address"] for row in rows if row["address"])),
        ),
        fields={
            **{name: day for name, day in days.items() if day},
            **{name: values[0] if len(values) == 1 else values for name, values in told.items() if values},
            **({"countries": tuple(sorted(places))} if len(places) > 1 else {}),
        },
    )


def _day(printed: str) -> str:
    """A date as ISO; one that is none stays as it is printed."""
    match = DAY.fullmatch(printed)
    return f"{match[3]}-{int(match[1]):02}-{int(match[2]):02}" if match else printed


@source(
    name="eCFR versions of EAR part 744",
    authority="us-bis",
    url=VERSIONS,
    every="15 minutes",
    busy=Busy("Mon-Fri", "06:00-18:00", "America/New_York", every="5 minutes"),
    language="en",
)
def ecfr_versions(page: Page) -> Iterator[Link]:
    """When the supplements that are lists were last amended: each is read as it stood then, so only a new version is fetched."""
    words(page)
    for number, read in (("4", entity_list), ("6", unverified), ("7", military_end_users)):
        day = _newest(page, f"Supplement No. {number} to Part 744")
        yield Link(FULL.format(day=day, number=number), read=read, title=f"Supplement No. {number} to Part 744, {day}")


def _newest(page: Page, supplement_name: str) -> str:
    """The day of issue of a supplement's last version, by which it is asked for."""
    versions = [version for version in page.rows("content_versions") if version.get("identifier") == supplement_name]
    days = [str(version.get("issue_date") or version.get("date")) for version in versions if not version.get("removed")]
    if not days or not re.fullmatch(r"\d{4}-\d\d-\d\d", max(days)):
        raise NotThePage(f"{page.url}: no version of {supplement_name} among {len(versions)}")
    return max(days)


def entity_list(page: Page) -> Register:
    """Supplement No. 4: the Entity List."""
    return supplement(page, "us-bis-entity-list", "4")


def unverified(page: Page) -> Register:
    """Supplement No. 6: the Unverified List."""
    return supplement(page, "us-bis-unverified", "6")


def military_end_users(page: Page) -> Register:
    """Supplement No. 7: the Military End-User (MEU) List."""
    return supplement(page, "us-bis-military-end-users", "7")
