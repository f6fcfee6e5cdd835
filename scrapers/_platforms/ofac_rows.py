"""OFAC's lists in CSV: no header, `-0-` for nothing, a last byte 0x1A; addresses, names and long
remarks in files of their own.

The columns: https://ofac.treasury.gov/specially-designated-nationals-list-data-formats-data-schemas
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from monitor import (
    Entity,
    ErrorKind,
    LayoutChanged,
    Listing,
    NotThePage,
    Page,
    Record,
    Register,
    Unreadable,
)
from monitor.source.formats import prose
from monitor.source.formats.xml import Leaves
from scrapers._kinds import KINDS
from scrapers._platforms.ofac_entries import FORMER, country, numbered

if TYPE_CHECKING:
    from monitor import FieldValue

END = b"\x1a"
NOTHING = "-0-"
AS_SAID = (
    "title",
    "call_sign",
    "vessel_type",
    "tonnage",
    "gross_registered_tonnage",
    "flag",
    "owner",
)
COLUMNS = {
    "list": ("uid", "name", "kind", "programmes", *AS_SAID, "remarks"),
    "names": ("uid", "number", "kind", "name", "remarks"),
    "addresses": ("uid", "number", "street", "city", "country", "remarks"),
    "comments": ("uid", "remarks"),
}
BETWEEN_PROGRAMMES = "] ["
LONGEST = 200  # letters of a remark that is a number; longer ones are sentences

NUMBER_KIND = (
    r"[^;:]*?(?:No\.?|#|\b(?:Number|ID|Passport|Identification|License|Card|MMSI|IMO|SWIFT/BIC|BIK"
    r" \(RU\)|ISIN|Ticker"
    r"|N\.?I\.?T\.?|R\.?U\.?C\.?|R\.?I\.?F\.?|R\.?F\.?C\.?|D\.N\.I\.|C\.U\.[A-Z.]+)|\(MSN\)|\(USCC\)|Address"
    r" - \w+)"
)
NUMBERED = re.compile(
    rf"(?P<kind>{NUMBER_KIND}) (?P<number>(?:IMO )?\S*\d[^();,]*?|(?<=SWIFT/BIC )\w+)(?:"
    r" \((?P<country>[A-Z][^()]*)\))?"
    r"(?P<dates> (?:issued|expires) .*)?"
)
SAID = {  # what a remark begins with, and the field that it is
    "DOB ": "born",
    "POB ": "birthplaces",
    "nationality ": "nationalities",
    "citizen ": "citizenships",
    "Gender ": "gender",
    "Linked To: ": "linked_to",
    "Secondary sanctions risk: ": "secondary_sanctions_risk",
    "Additional Sanctions Information - ": "additional_sanctions_information",
    "Organization Established Date ": "organization_established_date",
}
ALIAS = re.compile(r"(?P<kind>[a-z]\.k\.a\.),? '(?P<name>.+)'")


def register(page: Page, code: str) -> Register:
    """The list on this page, with what its companions say of each entry."""
    beside = _beside(page)
    lines = _lines(page, "list")
    return Register(
        register=code,
        records=(
            Record(uid, b"".join((line, *sorted(beside.get(uid, ()))))) for uid, line in lines
        ),
        read=listing,
        proven=True,
        official_ids=True,
    )


def _beside(page: Page) -> dict[str, list[bytes]]:
    """Map each entry to the lines of the companion files about it, each under its file's name."""
    lines: dict[str, list[bytes]] = {}
    for name, companion in page.companions.items():
        for uid, line in _lines(companion, name):
            lines.setdefault(uid, []).append(name.encode() + b"," + line)
    return lines


def _lines(page: Page, table: str) -> Iterator[tuple[str, bytes]]:
    """Each row's id and its own bytes: they are compared before anything in them is understood.

    Raises:
        NotThePage: another page stands in the file's place.
        Unreadable: it has not the mark that ends it.
        LayoutChanged: a row has another number of cells.
    """
    body = page.body.whole
    row = _row(len(COLUMNS[table]))
    if not row.match(body):
        _refuse(page, body)
    return _walk(page.url, body, row)


def _walk(url: str, body: bytes, row: re.Pattern[bytes]) -> Iterator[tuple[str, bytes]]:
    if not body.rstrip(b"\r\n ").endswith(END):
        raise Unreadable(
            f"{url}: the list is cut: it does not end with its end mark", kind=ErrorKind.TRUNCATED
        )
    at = 0
    while match := row.match(body, at):
        yield match[1].decode(), match[0]
        at = match.end()
    if body[at:].strip() != END:
        raise LayoutChanged(f"{url}: not a row of the list: {body[at : at + 80]!r}")


def _row(cells: int) -> re.Pattern[bytes]:
    """A row of so many cells; a quoted one may hold commas and line breaks, and quotes where
    they are doubled.
    """
    return re.compile(
        rb'(\d+)(?: ?,(?:"[^"]*(?:""[^"]*)*"|[^",\r\n\x1a]*)){%d} *(?:\r?\n|(?=\x1a))' % (cells - 1)
    )


def _refuse(page: Page, body: bytes) -> None:
    if not body.strip(END + b"\r\n "):
        raise NotThePage(f"{page.url}: the page is empty", kind=ErrorKind.EMPTY)
    prose.words(page)
    raise NotThePage(f"{page.url}: not the list: {page.text[:60]!r}")


def listing(raw: bytes) -> Listing:
    """One entry, with the rows that hang on it."""
    first, *others = csv.reader(io.StringIO(_decoded(raw), newline=""))
    row = _cells("list", first)
    leaves = Leaves()
    remarks = row["remarks"]
    for name, *cells in others:
        more = _cells(name, cells)
        if name == "comments":
            remarks += more["remarks"]  # what was too long for the first file
        elif name == "names":
            _add_alias(leaves, more["kind"], more["name"])
        else:
            leaves.add("places", more["country"])
            leaves.add(
                "addresses",
                ", ".join(
                    more[part] for part in ("street", "city", "country", "remarks") if more[part]
                ),
            )
    numbers = list(remarked(leaves, remarks.removesuffix(".").split("; ")))
    return _listing(row, leaves, numbers)


def _listing(
    row: dict[str, str], leaves: Leaves, numbers: list[tuple[str, str, str, str]]
) -> Listing:
    ids, facts = numbered(numbers)
    places = (
        *leaves.found.get("nationalities", ()),
        *leaves.found.get("citizenships", ()),
        row["flag"],
    )
    where = leaves.take("places")
    programmes = tuple(row["programmes"].split(BETWEEN_PROGRAMMES)) if row["programmes"] else ()
    fields: dict[str, FieldValue] = {name: row[name] for name in AS_SAID if row[name]}
    if programmes:
        fields["programmes"] = programmes[0] if len(programmes) == 1 else programmes
    return Listing(
        subject=Entity(
            names={"en": row["name"]},
            kind=KINDS.get(row["kind"].lower() or "entity", "other"),
            country=country([place for place in places if place] or where),
            aliases=leaves.take("aliases"),
            ids=ids,
            addresses=leaves.take("addresses"),
        ),
        fields=fields | leaves.fields | facts,
    )


def _cells(table: str, cells: list[str]) -> dict[str, str]:
    words = (" ".join(cell.split()) for cell in cells)
    return {
        name: "" if cell == NOTHING else cell
        for name, cell in zip(COLUMNS[table], words, strict=True)
    }


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _add_alias(leaves: Leaves, kind: str, name: str) -> None:
    leaves.add("aliases", name)
    if when := FORMER.get({"fka": "f.k.a.", "nka": "n.k.a."}.get(kind, kind)):
        leaves.add(when, name)


def remarked(leaves: Leaves, remarks: Iterable[str]) -> Iterator[tuple[str, str, str, str]]:
    """Put each remark where it belongs; the numbers among them come back: kind, number, country,
    dates.
    """
    for part in remarks:
        remark = part.strip().removeprefix("alt. ")
        beginning = next((opening for opening in SAID if remark.startswith(opening)), None)
        if beginning:
            leaves.add(SAID[beginning], remark.removeprefix(beginning))
        elif alias := ALIAS.fullmatch(remark):
            _add_alias(leaves, alias["kind"], alias["name"])
            leaves.add("weak_aliases", alias["name"])  # the others stand in a file of their own
        elif len(remark) < LONGEST and (number := NUMBERED.fullmatch(remark)):
            yield (
                number["kind"],
                number["number"],
                number["country"] or "",
                (number["dates"] or "").strip(),
            )
        else:
            leaves.add("remarks", remark)
