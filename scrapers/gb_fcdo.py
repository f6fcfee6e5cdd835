"""United Kingdom: Foreign, Commonwealth & Development Office: the UK Sanctions List."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from monitor import (
    ErrorKind,
    LayoutChanged,
    Listing,
    NotThePage,
    Page,
    Record,
    Register,
    Unreadable,
    source,
)
from monitor.extract.en import dates
from monitor.source.formats import objects, prose, xml
from monitor.source.formats.table import Columns
from monitor.source.formats.xml import Group
from scrapers._platforms.uk_designations import FIELDS, GROUPS, Name, day, designation

if TYPE_CHECKING:
    from lxml.etree import _Element

REGISTER = "gb-sanctions"
LAYOUT = xml.Layout("Designations", records=("Designation",), others=("DateGenerated",))
NAME = tuple(f"Name{number}" for number in range(1, 7))  # given names first, the family name last
PART = "a part of its own"
KNOWN: dict[str, str | Group] = (
    {path: field for field, (path, _) in FIELDS.items()}
    | {path: Group(field, parts) for field, (path, parts, _) in GROUPS.items()}
    | {f"Names/Name/{part}": PART for part in (*NAME, "NameType", "AliasStrength")}
)
# The id; what the measures are, told a second time; how a script is called.
APART = (
    "UniqueID",
    "SanctionsImposedIndicators",
    "NonLatinNames/NonLatinName/NonLatinScriptType",
    "NonLatinNames/NonLatinName/NonLatinScriptLanguage",
)
NAME_HEADINGS = tuple(f"Name {number}" for number in range(1, 7))
HEADINGS = (
    *(
        "Unique ID",
        "Name type",
        "Alias strength",
        "Non-latin script type",
        "Non-latin script language",
        *NAME_HEADINGS,
    ),
    *(heading for _, heading in FIELDS.values()),
    *(heading for _, _, headings in GROUPS.values() for heading in headings),
)
COLUMNS = Columns(
    {heading: (heading,) for heading in HEADINGS},
    needed=("Unique ID", "Name 6", "Name type", "Regime Name"),
)


@source(
    name="UK Sanctions List",
    authority="gb-fcdo",
    url="https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.xml",
    every="15 minutes",
    absence="60 days",
    size_limit=100 * 1024 * 1024,
    deadline="5 minutes",
    language="en",
    captured="2026-08",
)
def sanctions(page: Page) -> Register:
    """Every designation of a person, entity or ship; since January 2026 there is no other UK
    list.
    """
    return xml.register(page, REGISTER, LAYOUT, id="UniqueID", read=listing, about=about)


def about(root: "_Element") -> xml.About:
    """When the list was generated."""
    generated = day(xml.text(root, "DateGenerated"))
    return xml.About(published=generated if re.fullmatch(r"\d{4}-\d\d-\d\d", generated) else None)


def listing(record: "_Element") -> Listing:
    """One designation in the XML."""
    leaves = xml.leaves(record, KNOWN, APART)
    leaves.take(PART)
    countries = xml.texts(record, "Addresses/Address/AddressCountry")
    return designation(
        leaves.found | {"countries": countries},
        [_name(name) for name in record.iterfind("{*}Names/{*}Name")],
        leaves.unread,
    )


def _name(name: "_Element") -> Name:
    parts = (xml.text(name, part) for part in NAME)
    return (
        xml.text(name, "NameType"),
        xml.text(name, "AliasStrength"),
        " ".join(part for part in parts if part),
    )


def sanctions_csv(page: Page) -> Register:
    """Read the list as CSV, for saved files.

    It can't prove that it is whole, and polling both would report everything twice. It has a row
    for every combination of a designation's names, addresses, numbers: those of one Unique ID are
    one record.
    """
    text = prose.words(page)
    if text.lstrip()[:1] == "<":
        raise NotThePage(f"{page.url}: markup where a table of text is expected")
    rows = csv.reader(io.StringIO(text, newline=""))
    reported = next(rows, [""])[0]
    places, remarks = COLUMNS.find(next(rows, []), page.url)
    return Register(
        register=REGISTER,
        records=_folded(_whole(rows, places, page.url), page.url),
        read=_combined,
        official_ids=True,
        published=dates.first_day(reported.replace("-", " ")),
        remarks=remarks,
        shape=objects.SHAPE,
    )


def _whole(
    rows: Iterator[list[str]], places: Sequence[str | None], url: str
) -> Iterator[Mapping[str, str]]:
    """The rows by heading, what is empty left out."""
    for number, row in enumerate(rows, 3):
        if row and len(row) != len(places):
            if next(rows, None) is None:
                raise Unreadable(
                    f"{url}: cut: the last row has {len(row)} cells of {len(places)}",
                    kind=ErrorKind.TRUNCATED,
                )
            raise LayoutChanged(
                f"{url}: row {number:,} has {len(row)} cells under {len(places)} headings"
            )
        yield {
            heading: told
            for heading, cell in zip(places, row, strict=False)
            if heading and (told := " ".join(cell.split()))
        }


def _folded(rows: Iterable[Mapping[str, str]], url: str) -> Iterator[Record]:
    """A record for each Unique ID, its values in an order of their own."""
    designations: dict[str, dict[str, set[str | Name]]] = {}
    for row in rows:
        if row and "Unique ID" not in row:
            raise LayoutChanged(
                f"{url}: a row without its Unique ID: {', '.join(row.values())[:120]}"
            )
        for field, told in _told(row):
            designations.setdefault(row["Unique ID"], {}).setdefault(field, set()).add(told)
    for known_as, fields in designations.items():
        yield Record(
            known_as,
            msgspec.json.encode({field: sorted(fields[field]) for field in sorted(fields)}),
        )


def _told(row: Mapping[str, str]) -> Iterator[tuple[str, str | Name]]:
    if name := " ".join(row[part] for part in NAME_HEADINGS if part in row):
        yield "names", (row.get("Name type", ""), row.get("Alias strength", ""), name)
    yield from ((field, row[heading]) for field, (_, heading) in FIELDS.items() if heading in row)
    for field, (_, _, headings) in GROUPS.items():
        if parts := [row[heading] for heading in headings if heading in row]:
            yield field, ", ".join(parts)
    if country := row.get("Address Country"):
        yield "countries", country


def _combined(raw: bytes) -> Listing:
    """One designation of the CSV."""
    fields = msgspec.json.decode(raw)
    names = [(kind, strength, name) for kind, strength, name in fields.pop("names", [])]
    return designation({field: tuple(values) for field, values in fields.items()}, names)
