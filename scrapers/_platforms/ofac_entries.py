"""OFAC's lists in XML: an `sdnEntry` is one person, organisation, vessel or aircraft with its
names, numbers and addresses.

The layout: https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML.xsd
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from monitor import Entity, FieldValue, Listing, Page, Register
from monitor.extract.en import dates as en_dates
from monitor.extract.en import places as en_places
from monitor.source.formats import pairs, xml, zipped
from monitor.source.formats.xml import Group, Leaves
from scrapers._kinds import KINDS

if TYPE_CHECKING:
    from lxml.etree import _Element

LAYOUT = xml.Layout(
    "sdnList",
    records=("sdnEntry",),
    others=("publshInformation",),  # the publisher's own spelling
    namespaces=(
        "http://tempuri.org/sdnList.xsd",
        "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML",
    ),
)
PLACE = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country")
KNOWN: dict[str, str | Group] = {
    **pairs(
        """
firstName first
lastName last
sdnType kind
title title
remarks remarks
programList/program programmes
nationalityList/nationality/country nationalities
citizenshipList/citizenship/country citizenships
dateOfBirthList/dateOfBirthItem/dateOfBirth born
placeOfBirthList/placeOfBirthItem/placeOfBirth birthplaces
vesselInfo/callSign call_sign
vesselInfo/vesselType vessel_type
vesselInfo/vesselFlag flag
vesselInfo/vesselOwner owner
vesselInfo/tonnage tonnage
vesselInfo/grossRegisteredTonnage gross_registered_tonnage
"""
    ),
    "addressList/address": Group("addresses", PLACE),
}
MARKED = (
    "nationalityList/nationality",
    "citizenshipList/citizenship",
    "dateOfBirthList/dateOfBirthItem",
    "placeOfBirthList/placeOfBirthItem",
)
# The entry's own id names the row; those of its parts are numbers in a database; names and ids are
# read part by part.
APART = (
    "uid",
    "addressList/address/uid",
    *(f"{path}/{mark}" for path in MARKED for mark in ("uid", "mainEntry")),
    "akaList",
    "idList",
)
ALIAS = ("firstName", "lastName", "type", "category")
NUMBER = ("idType", "idNumber", "idCountry", "issueDate", "expirationDate")

FORMER = {"f.k.a.": "former_names", "n.k.a.": "later_names"}
# What is given in the place of a number and is none: `Gender`, `Secondary sanctions risk:`,
# `Listing Date (CMIC)`, `Website`.
SAID = re.compile(
    r"[:-]$|\b(?:date|year|gender|risk|type|nationality|name|flag|model|operator|owner|website|e-?mail|phone|telephone|fax"
    r"|information|determination)\b",
    re.IGNORECASE,
)
DAYS = re.compile(r"(?P<what>listing|effective) date\b(?:\s*\((?P<of>[^)]*)\))?", re.IGNORECASE)
DAY_FIELDS = {"listing": "listed_on", "effective": "effective"}
IMO = re.compile(r"IMO\s*(\d{7})")
US_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})")


def register(page: Page, code: str) -> Register:
    """The list on this page, plain or in a ZIP."""
    return xml.register(zipped.unpacked(page), code, LAYOUT, id="uid", read=listing, about=about)


def about(root: "_Element") -> xml.About:
    """The day of publication and the number of entries."""
    day = US_DAY.fullmatch(xml.text(root, "publshInformation/Publish_Date"))
    count = xml.text(root, "publshInformation/Record_Count")
    return xml.About(
        "{2}-{0}-{1}".format(*day.groups()) if day else None,
        int(count) if count.isdecimal() else None,
    )


def listing(record: "_Element") -> Listing:
    """One entry."""
    leaves = xml.leaves(record, KNOWN, APART)
    aliases, names = _aliases(record, leaves)
    ids, facts = numbered(_numbers(record, leaves))
    kind = KINDS.get(leaves.one("kind").lower(), "other")
    name = full_name(leaves.one("last"), leaves.one("first"))
    places = (
        leaves.found.get("nationalities", ())
        + leaves.found.get("citizenships", ())
        + leaves.found.get("flag", ())
    )
    return Listing(
        subject=Entity(
            names={"en": name},
            kind=kind,
            country=country(places or xml.texts(record, "addressList/address/country")),
            aliases=aliases,
            ids=ids,
            addresses=leaves.take("addresses"),
        ),
        fields=leaves.fields | names | facts,
        unread=tuple(sorted(leaves.unread)),
    )


def full_name(last: str, first: str) -> str:
    """`AL-QADI, Samira`, as OFAC prints it; an organisation has no first name."""
    return ", ".join(part for part in (last, first) if part)


def country(places: Iterable[str]) -> str | None:
    """The country that all of these places are, if they are one that has a code."""
    codes = {en_places.coded(place) for place in places}
    return codes.pop() if len(codes) == 1 else None


def _aliases(record: "_Element", leaves: Leaves) -> tuple[tuple[str, ...], dict[str, FieldValue]]:
    """All other names; and by field those that are of the past, or too common to be matched
    alone.
    """
    aliases = Leaves()
    for alias in _parts(record, "akaList/aka", ALIAS, leaves):
        name = full_name(alias.one("lastName"), alias.one("firstName"))
        aliases.add("aliases", name)
        if when := FORMER.get(alias.one("type").lower()):
            aliases.add(when, name)
        if alias.one("category").lower() == "weak":
            aliases.add("weak_aliases", name)
    return aliases.take("aliases"), aliases.fields


def _numbers(record: "_Element", leaves: Leaves) -> Iterator[tuple[str, str, str, str]]:
    """Each number: its kind, itself, its country, its dates."""
    for number_leaves in _parts(record, "idList/id", NUMBER, leaves):
        kind, number, place, issued, expires = (number_leaves.one(part) for part in NUMBER)
        days = {"issued": issued, "expires": expires}
        yield kind, number, place, " ".join(f"{what} {day}" for what, day in days.items() if day)


def _parts(record: "_Element", path: str, known: Iterable[str], leaves: Leaves) -> Iterator[Leaves]:
    """Yield the parts at a path, one by one; note their unknown fields in `leaves`."""
    container, _, name = path.partition("/")
    for part in (part for outer in record if xml.tag(outer) == container for part in outer):
        inner = xml.leaves(part, {name: name for name in known}, ("uid",))
        leaves.unread |= {f"{container}/{xml.tag(part)}/{place}" for place in inner.unread}
        if xml.tag(part) == name:
            yield inner
        else:
            leaves.unread.add(f"{container}/{xml.tag(part)}")


def numbered(
    numbers: Iterable[tuple[str, str, str, str]],
) -> tuple[dict[str, str], dict[str, FieldValue]]:
    """Numbers (kind, number, country, dates) → those that identify, by kind; and all else that
    stands among them, as fields.
    """
    ids, facts, days = Leaves(), Leaves(), list[tuple[str, str, str]]()
    for kind, number, place, dates in numbers:
        if day := _day(kind, number):
            days.append(day)
        elif SAID.search(kind):
            facts.add(_field(kind), _within(number, place))
        else:
            of, bare = _identified(kind, number)
            ids.add(_within(of, place), bare)
            facts.add("documents", f"{of} {bare}, {dates}" if dates else "")
    by_kind = {kind: "; ".join(sorted(values)) for kind, values in ids.found.items()}
    return by_kind, facts.fields | _dated(days)


def _within(words: str, place: str) -> str:
    return f"{words} ({place})" if place else words


def _identified(kind: str, number: str) -> tuple[str, str]:
    """A ship's IMO number, and its owner's, are called by their name."""
    if imo := IMO.fullmatch(number):
        return ("IMO" if "vessel" in kind.lower() else "IMO company number"), imo[1]
    return kind, number


def _field(kind: str) -> str:
    return "_".join(re.findall(r"\w+", kind.lower())) or "remarks"


def _day(kind: str, words: str) -> tuple[str, str, str] | None:
    """A day that says since when: which field it belongs to, of which programme, and itself in
    ISO.
    """
    told = DAYS.match(kind)
    iso = en_dates.first_day(words) if told else None
    return (DAY_FIELDS[told["what"].lower()], told["of"] or "", iso) if told and iso else None


def _dated(days: Iterable[tuple[str, str, str]]) -> dict[str, FieldValue]:
    """A day alone is a plain date; of several programmes each says whose it is."""
    by_name: dict[str, list[tuple[str, str]]] = {}
    for name, of, iso in days:
        by_name.setdefault(name, []).append((iso, of))
    return {
        name: several[0][0] if len(several) == 1 else tuple(_within(iso, of) for iso, of in several)
        for name, several in by_name.items()
    }
