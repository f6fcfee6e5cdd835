"""United States: International Trade Administration: the Consolidated Screening List, a copy of
three departments' lists.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from monitor import (
    Entity,
    ErrorKind,
    FieldValue,
    LayoutChanged,
    Listing,
    NotThePage,
    Page,
    Record,
    Register,
    Unreadable,
    source,
)
from monitor.source.formats import objects, pairs, prose
from scrapers._kinds import KINDS
from scrapers._platforms.ofac_entries import country, numbered

PLACE = ("address", "city", "state", "postal_code", "country")
FIELDS = pairs("""
source list
programs programmes
title title
federal_register_notice citation
start_date effective
end_date expires
standard_order standard_order
license_requirement requirement
license_policy policy
call_sign call_sign
vessel_type vessel_type
gross_tonnage tonnage
gross_registered_tonnage gross_registered_tonnage
vessel_flag flag
vessel_owner owner
remarks remarks
citizenships citizenships
nationalities nationalities
dates_of_birth born
places_of_birth birthplaces
entity_number reference
""")
SUBJECT = ("name", "type", "addresses", "alt_names", "ids", "country")
# the row's own key, and where the list is published
APART = ("id", "source_list_url", "source_information_url")
# Lists that are read a day or more earlier where they are published: each change of theirs would be
# told twice.
COPIED = re.compile(
    r"Treasury Department|Bureau of Industry and Security|Debarred|Homeland Security"
)


class Rows(msgspec.Struct):
    """The file: each row is left as it is printed, since nearly all are known already."""

    results: list[msgspec.Raw]


class Known(msgspec.Struct):
    """What a row is known by."""

    id: str
    source: str = ""


@source(
    name="US Consolidated Screening List",
    authority="us-ita",
    url="https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.json",
    every="12 hours",
    size_limit=100 * 1024 * 1024,
    deadline="5 minutes",
    language="en",
    attribution=(
        "Consolidated Screening List, International Trade Administration, U.S. Department of"
        " Commerce"
    ),
)
def consolidated(page: Page) -> Register:
    """All rows of the lists that are read nowhere else: today the State Department's
    nonproliferation sanctions.
    """
    return Register(
        register="us-csl",
        records=_records(page),
        read=listing,
        proven=True,
        remarks=(),
        shape=objects.SHAPE,
    )


def _records(page: Page) -> Iterator[Record]:
    for raw in _rows(page):
        row = bytes(raw)
        known = _known_as(page.url, row)
        if not COPIED.search(known.source):
            yield Record(known.id, row)


def _known_as(url: str, row: bytes) -> Known:
    try:
        return msgspec.json.decode(row, type=Known)
    except msgspec.ValidationError as error:
        raise LayoutChanged(f"{url}: a row without its id: {row[:120]!r}") from error


def _rows(page: Page) -> Sequence[msgspec.Raw]:
    body = page.body.whole.removeprefix(BOM_UTF8)
    if not body.strip():
        raise NotThePage(f"{page.url}: the page is empty", kind=ErrorKind.EMPTY)
    try:
        return msgspec.json.decode(body, type=Rows).results
    except msgspec.ValidationError as error:
        prose.words(page)
        raise LayoutChanged(f"{page.url}: no list of results: {error}") from error
    except msgspec.DecodeError as error:
        prose.words(page)
        if body.lstrip().startswith(b"{"):
            raise Unreadable(
                f"{page.url}: not whole JSON: {error}", kind=ErrorKind.TRUNCATED
            ) from error
        raise NotThePage(f"{page.url}: expected JSON, got {page.text[:60]!r}") from error


def listing(raw: bytes) -> Listing:
    """One row."""
    row = {
        name: value
        for name, value in msgspec.json.decode(raw, type=dict[str, Any]).items()
        if value not in (None, "", [])
    }
    addresses = [_place(address) for address in row.get("addresses", ())]
    ids, facts = numbered(_numbers(row.get("ids", ())))
    countries = [
        address["country"] for address in row.get("addresses", ()) if address.get("country")
    ]
    return Listing(
        subject=Entity(
            names={"en": str(row.get("name", ""))},
            kind=KINDS.get(str(row.get("type", "")).lower(), "other"),
            country=country([row["country"]] if "country" in row else countries),
            aliases=_words(row.get("alt_names", ())),
            ids=ids,
            addresses=tuple(where for where in addresses if where),
        ),
        fields={ours: _value(row[name]) for name, ours in FIELDS.items() if name in row} | facts,
        unread=tuple(sorted(row.keys() - {*FIELDS, *SUBJECT, *APART})),
    )


def _place(address: Mapping[str, Any]) -> str:
    return ", ".join(str(address[part]) for part in PLACE if address.get(part))


def _numbers(ids: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str, str, str]]:
    for number_printed in ids:
        kind, number, place = (
            str(number_printed.get(name) or "") for name in ("type", "number", "country")
        )
        days = {
            "issued": number_printed.get("issue_date"),
            "expires": number_printed.get("expiration_date"),
        }
        yield kind, number, place, " ".join(f"{what} {day}" for what, day in days.items() if day)


def _words(value: Any) -> tuple[str, ...]:
    return (
        tuple(str(part) for part in value)
        if isinstance(value, list)
        else (str(value),)
        if value
        else ()
    )


def _value(value: Any) -> FieldValue:
    words = _words(value)
    return words[0] if len(words) == 1 else words
