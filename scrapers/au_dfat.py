"""Australia: Department of Foreign Affairs and Trade, Australian Sanctions Office: the
Consolidated List.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from monitor import Entity, LayoutChanged, Listing, NotThePage, Page, Register, source
from monitor.source.formats import gather_fields, key, prose, table
from monitor.source.formats.nationalities import countries
from monitor.source.formats.numbers import imo
from monitor.source.formats.table import Cells, Columns
from scrapers._kinds import KINDS

COLUMNS = Columns.of(
    """
reference: Reference
name: Name of Individual or Entity
kind: Type
name_type: Name Type
strength: Alias Strength
born: Date of Birth
birthplaces: Place of Birth
citizenship: Citizenship
address: Address
remarks: Additional Information
listing: Listing Information
imo: IMO Number
programme: Committees
control_date: Control Date
instrument: Instrument of Designation
Targeted Financial Sanction: Targeted Financial Sanction | Targeted Financial Sanctions
Travel Ban: Travel Ban
Arms Embargo: Arms Embargo
Maritime Restriction: Maritime Restriction | Maritime Restrictions
""",
    needed="reference, name, kind, name_type, control_date",
)
MEASURES = ("Targeted Financial Sanction", "Travel Ban", "Arms Embargo", "Maritime Restriction")
TOLD = (
    "born",
    "birthplaces",
    "citizenship",
    "remarks",
    "listing",
    "programme",
    "control_date",
    "instrument",
)
# 34, its further names 34a and 34 c, in older files 34c1
REFERENCE = re.compile(r"(\d+)\s*(?:[a-z]{1,3}\d*)?", re.IGNORECASE)
PRIMARY = "primary name"
NOTHING = {"NA", "N/A"}  # as older files print an empty cell
YES = {"true", "yes", "1"}
NO = {"false", "no", "0", ""}
CARRIAGE = re.compile(r"_x000D_\s*")  # how a sheet writes the end of a line within a cell


@source(
    name="Australia's Consolidated List",
    authority="au-dfat",
    url="https://www.dfat.gov.au/sites/default/files/Australian_Sanctions_Consolidated_List.xlsx",
    every="1 hour",
    size_limit=50 * 1024 * 1024,
    language="en",
    captured="2026-04",
)
def consolidated(page: Page) -> Register:
    """Everybody listed by Australia or by the UN, a row a name: those of reference 2, 2a and 2b are
    one record.

    A reference is no id: it has been given to somebody else while it was in use, and after. A
    record is known by reference and first name; under another name it is the same one only where
    the two names have something in common.
    """
    printed = table.named(_rows(page), COLUMNS, page.url)
    records = _records(printed.rows, page.url)
    rows = tuple({**row, "known_as": known_as} for known_as, names in records for row in names)
    return table.register(
        "au-dfat",
        replace(printed, rows=rows),
        id=lambda row: row["known_as"],
        read=listing,
        proven=True,  # the directory of a packed file stands at its end
    )


def _rows(page: Page) -> Iterator[Sequence[str]]:
    """The rows of every sheet; a page of words in its place is refused for what it says."""
    workbook = page.binary()
    if workbook is None:
        prose.words(page)
        raise NotThePage(f"{page.url}: not a workbook: {page.text[:60]!r}")
    yield from (row for block in workbook.blocks for row in block.rows)


def _records(rows: Sequence[Cells], url: str) -> Iterator[tuple[str, list[Cells]]]:
    """The rows of each record. A further name belongs to the first name of its reference that
    was told last, even past others.
    """
    for reference, names in _by_reference(rows, url).items():
        blocks: list[list[Cells]] = []
        for row in names:
            if row["name_type"].lower() == PRIMARY or not blocks:
                blocks.append([])
            blocks[-1].append(row)
        if len(blocks) > 1 and blocks[0][0]["name_type"].lower() != PRIMARY:
            blocks = [blocks[0] + blocks[1], *blocks[2:]]  # further names told before the first one
        for block in blocks:
            yield key(reference, _first_name(block)), block


def _by_reference(rows: Sequence[Cells], url: str) -> Mapping[str, list[Cells]]:
    by_reference: dict[str, list[Cells]] = {}
    for row in rows:
        reference = REFERENCE.fullmatch(row["reference"])
        if not reference or not row["name"]:
            wrong = (
                "without a name"
                if reference
                else f"whose reference is not read: {row['reference']!r}"
            )
            raise LayoutChanged(f"{url}: a row {wrong}: {' | '.join(row.values())[:120]}")
        by_reference.setdefault(reference[1], []).append(row)
    return by_reference


def _first_name(rows: Sequence[Cells]) -> str:
    return next(
        (row["name"] for row in rows if row["name_type"].lower() == PRIMARY), rows[0]["name"]
    )


def listing(rows: Sequence[Cells]) -> Listing:
    """One person, entity or vessel with all its names. Every row repeats what is told, and not
    always in the same words.
    """
    name = _first_name(rows)
    told = {field: _each(rows, field) for field in TOLD}
    told["measures"] = tuple(
        measure for measure in MEASURES if any(row.get(measure, "").lower() in YES for row in rows)
    )
    told["weak_aliases"] = tuple(
        row["name"] for row in rows if row.get("strength", "").lower() == "weak"
    )
    ship = imo(_each(rows, "imo"))
    codes = {code for words in told["citizenship"] for code in countries(words) or (None,)}
    return Listing(
        subject=Entity(
            names={"en": name},
            kind=KINDS.get(rows[0]["kind"].lower(), "other"),
            aliases=tuple(dict.fromkeys(row["name"] for row in rows if row["name"] != name)),
            country=codes.pop() if len(codes) == 1 else None,
            ids={"reference": rows[0]["known_as"].partition("|")[0]}
            | ({"IMO": ship} if ship else {}),
            addresses=_each(rows, "address"),
        ),
        fields=gather_fields(told),
        unread=tuple(
            f"{measure}: {cell}"
            for measure in MEASURES
            for cell in _each(rows, measure)
            if cell.lower() not in YES | NO
        ),
    )


def _each(rows: Sequence[Cells], field: str) -> tuple[str, ...]:
    """List the words of one column in the rows, each once."""
    return tuple(dict.fromkeys(words for row in rows if (words := _said(row.get(field, "")))))


def _said(cell: str) -> str:
    words = CARRIAGE.sub(" ", cell).strip()
    return "" if words.upper() in NOTHING else words
