"""United States: Bureau of Industry and Security (BIS): denied persons, Entity List, military
end-users, unverified parties.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from monitor import (
    Busy,
    Entity,
    Item,
    LayoutChanged,
    Link,
    Listing,
    NotThePage,
    Page,
    Register,
    source,
)
from monitor.extract.en import places as en_places
from monitor.source.formats import gather_fields, html_tables, key, table, xml
from monitor.source.formats.prose import words
from monitor.source.formats.table import Cells, Columns
from scrapers._platforms.one_line import parted
from scrapers._platforms.us_entries import DAY, iso, supplement

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
# in the order of the export that has all of them in one cell
PLACE = ("street", "city", "state", "country", "postal_code")
TOLD = ("effective", "expires", "denial", "citation", "last_edit", "updated_on")
DENIAL = {"Y": "Standard", "N": "Non-Standard"}

if TYPE_CHECKING:
    from lxml.etree import _Element

Reader = Callable[[Page], Any]

EAR = "https://www.ecfr.gov/api/versioner/v1"
VERSIONS = f"{EAR}/versions/title-15.json?part=744"
HOURS = Busy("Mon-Fri", "06:00-18:00", "America/New_York", every="5 minutes")

END_USERS = re.compile(r"\(2\).{0,40}military-intelligence end user", re.IGNORECASE)
OF_COUNTRY = re.compile(r"\([ivxl]+\)\s*+(?P<country>[^.]++)\.\s*+(?P<names>.+)", re.DOTALL)
BETWEEN = re.compile(
    r";\s*+(?:and\s++)?|(?<=\)),?\s++and\s++(?:the\s++)?|(?<!\s)\s++and\s++the\s++"
)
SHORT = re.compile(r"(?<!\s)\s*+\(([^()]++)\)$")
ECCN = re.compile(r"(\d[A-E]\d{3})\s+(\S.*)", re.DOTALL)
PLACED = re.compile(
    r"((?:[a-z]|\d{1,2})(?:\.(?:[a-z]|\d{1,2}))*)\.\s+(.+)|([A-Z][\w ,()]{1,60}):\s*(.+)", re.DOTALL
)


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
        link
        for link in page.links("a[href]", read=denied_persons)
        if "export as csv" in " ".join(link.title.lower().split())
    ]
    if len(exports) != 1:
        raise LayoutChanged(
            f"{page.url}: {len(exports)} links are called Export as CSV, expected one"
        )
    yield from exports


def denied_persons(page: Page) -> Register:
    """All denial orders. A row is an address; those of one person and order are one record,
    since no row has an id.
    """
    printed = table.delimited(
        page, DENIED, delimiter="\t" if "\t" in words(page).partition("\n")[0] else ","
    )
    rows = tuple(map(_levelled, printed.rows))
    if not all(row["name"] for row in rows):
        raise LayoutChanged(
            f"{page.url}: a row without a name, in a column of its own or before the address"
        )
    return table.register(
        "us-bis-denied-persons", table.Table(rows, printed.remarks), id=_known_as, read=order
    )


def _levelled(row: Cells) -> Cells:
    """A row in one form, whether name and address stand in one cell or in columns, and whatever
    the kind of order is called.
    """
    if "address" in row:
        return row
    told = {
        name: cell
        for name, cell in row.items()
        if name not in (*PLACE, "name_and_address", "standard_order", "number")
    }
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
    return key(
        row["name"], f"{int(day[1]):02}/{int(day[2]):02}/{day[3]}" if day else row["effective"]
    )


def order(printed: Sequence[Cells]) -> Listing:
    """One denial order, with all addresses of the person it denies."""
    rows = [_levelled(row) for row in printed]
    told = gather_fields({name: [iso(row.get(name, "")) for row in rows] for name in TOLD})
    places = {row["country"] for row in rows if row["country"]}
    return Listing(
        subject=Entity(
            names={"en": rows[0]["name"]},
            kind="other",  # the list has persons and companies, and does not tell them apart
            country=places.pop() if len(places) == 1 else None,
            addresses=tuple(dict.fromkeys(row["address"] for row in rows if row["address"])),
        ),
        fields=told | ({"countries": tuple(sorted(places))} if len(places) > 1 else {}),
    )


@source(
    name="eCFR versions of EAR part 744",
    authority="us-bis",
    url=VERSIONS,
    every="15 minutes",
    busy=HOURS,
    language="en",
)
def ecfr_versions(page: Page) -> Iterator[Link]:
    """When the supplements that are lists were last amended: each is read as it stood then, so
    only a new version is fetched.
    """
    words(page)
    for number, read in (("4", entity_list), ("6", unverified), ("7", military_end_users)):
        yield _newest(page, f"Supplement No. {number} to Part 744", read)


def _newest(page: Page, name: str, read: Reader) -> Link:
    """The last version of a section or supplement, by its day of issue."""
    versions = [
        version for version in page.rows("content_versions") if version.get("identifier") == name
    ]
    days = [
        str(version.get("issue_date") or version.get("date"))
        for version in versions
        if not version.get("removed")
    ]
    if not days or not re.fullmatch(r"\d{4}-\d\d-\d\d", max(days)):
        raise NotThePage(f"{page.url}: no version of {name} among {len(versions)}")
    kind, part = ("appendix", name[-3:]) if " " in name else ("section", name[:3])
    url = f"{EAR}/full/{max(days)}/title-15.xml?part={part}&{kind}={quote(name)}"
    return Link(url, read=read, title=f"{name}, {max(days)}")


def entity_list(page: Page) -> Register:
    """Supplement No. 4: the Entity List."""
    return supplement(page, "us-bis-entity-list", "4")


def unverified(page: Page) -> Register:
    """Supplement No. 6: the Unverified List."""
    return supplement(page, "us-bis-unverified", "6")


def military_end_users(page: Page) -> Register:
    """Supplement No. 7: the Military End-User (MEU) List."""
    return supplement(page, "us-bis-military-end-users", "7")


@source(
    name="eCFR versions of military-intelligence end users",
    authority="us-bis",
    url=f"{VERSIONS}&section=744.22",
    every="1 hour",
    busy=HOURS,
    language="en",
)
def military_intelligence_versions(page: Page) -> Iterator[Link]:
    """When the section that names them was last amended: it is read as it stood then."""
    words(page)
    yield _newest(page, "744.22", military_intelligence)


def military_intelligence(page: Page) -> Register:
    """Section 744.22 (f)(2): the organisations that the regulation itself names, a paragraph for
    each country.
    """
    lines = [" ".join(html_tables.text(line).split()) for line in xml.whole(page).iter("P")]
    first = next((number for number, line in enumerate(lines) if END_USERS.match(line)), None)
    named = takewhile(
        bool, (OF_COUNTRY.match(line) for line in (lines[first + 1 :] if first is not None else ()))
    )
    rows = [
        {"country": match["country"], "name": name.removeprefix("The ").strip()}
        for match in named
        if match
        for name in BETWEEN.split(match["names"].rstrip(" ."))
    ]
    if not rows:
        raise LayoutChanged(f"{page.url}: no paragraph (2) with the end users by country")
    return table.register(
        "us-bis-military-intelligence",
        table.Table(tuple(rows)),
        id=lambda row: key(row["country"], SHORT.sub("", row["name"])),
        read=end_user,
    )


def end_user(rows: Sequence[Cells]) -> Listing:
    """One organisation."""
    name = rows[0]["name"]
    short = SHORT.search(name)
    country = rows[0]["country"]
    return Listing(
        subject=Entity(
            names={"en": SHORT.sub("", name)},
            aliases=(short[1],) if short else (),
            kind="org",
            # Korea, North
            country=en_places.coded(country)
            or en_places.coded(" ".join(reversed(country.split(", ")))),
        )
    )


@source(
    name="eCFR versions of the EAR",
    authority="us-bis",
    url=f"{EAR}/versions/title-15.json?chapter=VII&subchapter=C",
    every="1 hour",
    busy=HOURS,
    language="en",
)
def regulations(page: Page) -> Register:
    """Every section and supplement of the regulations, with the day since which it stands as it
    does.
    """
    words(page)
    newest: dict[str, dict[str, str]] = {}
    for version in sorted(
        page.rows("content_versions"), key=lambda version: str(version.get("date"))
    ):
        if not (name := str(version.get("identifier") or "")):
            raise LayoutChanged(f"{page.url}: a version without its identifier")
        newest[name] = {
            "section": name,
            "title": str(version.get("name")),
            "amended": str(version.get("date")),
        }
        if version.get("removed"):
            del newest[name]
    return table.register(
        "us-ear", table.Table(tuple(newest.values())), id=lambda row: row["section"], read=section
    )


def section(rows: Sequence[Cells]) -> Listing:
    """One section: when it was amended last, and where it can be read as it stood then."""
    row = rows[0]
    place = "appendix" if " " in row["section"] else "section"
    url = f"https://www.ecfr.gov/on/{row['amended']}/title-15/{place}-{quote(row['section'])}"
    return Listing(
        subject=Item(names={"en": row["title"]}), fields={"amended": row["amended"], "url": url}
    )


@source(
    name="eCFR versions of the Commerce Control List",
    authority="us-bis",
    url=f"{EAR}/versions/title-15.json?part=774",
    every="30 minutes",
    busy=HOURS,
    language="en",
)
def control_list_versions(page: Page) -> Iterator[Link]:
    """When the list was last amended: it is read as it stood then."""
    words(page)
    yield _newest(page, "Supplement No. 1 to Part 774", control_list)


def control_list(page: Page) -> Register:
    """Supplement No. 1 to part 774: the Commerce Control List, a record for each ECCN."""
    rows: list[Cells] = []
    for element in xml.whole(page).iter("FP-2", "FP-1", "FP", "P", "TR"):
        cells = [" ".join(html_tables.text(cell).split()) for cell in _cells(element)]
        if not cells:
            continue
        if entry := ECCN.fullmatch(cells[0]) if element.find("B") is not None else None:
            rows.append({"eccn": entry[1], "at": "", "text": entry[2]})
        elif rows and len(cells) > 1:
            rows.append({"eccn": rows[-1]["eccn"], "at": cells[0], "text": " · ".join(cells[1:])})
        elif rows and cells[0]:
            place = PLACED.fullmatch(cells[0])
            at, text = (place[1] or place[3], place[2] or place[4]) if place else ("note", cells[0])
            rows.append({"eccn": rows[-1]["eccn"], "at": at, "text": text})
    if not rows:
        raise LayoutChanged(f"{page.url}: no entry of the Commerce Control List")
    return table.register(
        "us-ccl",
        table.Table(tuple(rows)),
        id=lambda row: row["eccn"],
        read=entry_of_list,
        proven=True,
    )


def _cells(element: "_Element") -> "list[_Element]":
    return element.findall("TD") if element.tag == "TR" else [element]


def entry_of_list(rows: Sequence[Cells]) -> Listing:
    """One ECCN: its heading, and its paragraphs, reasons and notes each under what stands before
    it.
    """
    told: dict[str, tuple[str, ...]] = {}
    for row in rows:
        told[row["at"]] = (*told.get(row["at"], ()), row["text"])
    headings = told.pop("", (rows[0]["eccn"],))
    fields = {at: texts[0] if len(texts) == 1 else texts for at, texts in told.items()}
    return Listing(subject=Item(names={"en": headings[0]}, codes=(rows[0]["eccn"],)), fields=fields)
