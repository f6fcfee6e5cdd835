"""Targets of the Swiss sanctions list, each with the programme and places it refers to: what is
told of them, and where.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from monitor import Entity, Listing
from monitor.source.formats import xml
from monitor.source.formats.xml import Group
from scrapers._kinds import KINDS

if TYPE_CHECKING:
    from lxml.etree import _Element

UNDATED = "0000"  # comes before every day
DAYS = ("effective-date", "enactment-date", "publication-date")
DOCUMENT = ("@document-type", "number", "issuer", "date-of-issue", "expiry-date", "remark")
WHERE = ("c-o", "address-details", "p-o-box", "zip-code", "location", "area", "country", "remarks")
IMO = re.compile(r"\bIMO\b\D{0,12}(\d{7})\b")
PRIMARY = "primary-name"
PART = "a part of its own"
NAME = (
    "@name-type",
    "@quality",
    "name-part/@order",
    "name-part/@name-part-type",
    "name-part/value",
    "name-part/spelling-variant",
)
SPELT = ("@lang", "@script", "@spelling-variant-type")
IDENTITY: dict[str, str | Group] = {
    "nationality/country": "nationalities",
    "identification-document": Group("documents", DOCUMENT),
    **dict.fromkeys((f"name/{path}" for path in NAME), PART),
    **dict.fromkeys(
        (f"day-month-year/{path}" for path in ("@day", "@month", "@year", "@calendar", "@quality")),
        PART,
    ),
    **dict.fromkeys(
        (
            f"{tag}/{path}"
            for tag in ("address", "place-of-birth")
            for path in (*WHERE, "@place-id", "@quality")
        ),
        PART,
    ),
}
SUBJECT: dict[str, str | Group] = {
    "@sex": "gender",
    "justification": "reasons",
    "other-information": "remarks",
    "relation": Group("relations", ("@relation-type", "@target-id", "remark")),
    **{f"identity/{path}": field for path, field in IDENTITY.items()},
}
KNOWN = {
    "foreign-identifier": "reference",
    "programme/name": "programme",
    "programme/set": "measures",
    **{
        f"{tag}/{path}": field
        for tag in ("individual", "entity", "object")
        for path, field in SUBJECT.items()
    },
}
# What only tells how a part is kept (`@lang` of a name, `@main`), which is asked for where it
# matters, and what is told above.
APART = {
    "sanctions-set-id",
    "@sanctions-set-id",
    "modification",
    "place",
    "object/@object-type",
    *(
        f"{tag}/{path}"
        for tag in ("individual", "entity", "object")
        for path in (
            "justification/@lang",
            "other-information/@lang",
            "identity/@main",
            "identity/name/@lang",
            *(f"identity/name/name-part/spelling-variant/{path}" for path in SPELT),
            "identity/nationality/country/@iso-code",
            "identity/identification-document/issuer/@code",
            "identity/address/@main",
            *(f"identity/{where}/country/@iso-code" for where in ("address", "place-of-birth")),
        )
    ),
}


def listing(record: "_Element") -> Listing:
    """One person, entity or object."""
    leaves = xml.leaves(record, KNOWN, APART)
    leaves.take(PART)
    subject = next(
        (part for part in record if xml.tag(part) in {"individual", "entity", "object"}), record
    )
    kind = KINDS.get(str(subject.get("object-type") or xml.tag(subject)), "other")
    places = {place.get("ssid"): place for place in record if xml.tag(place) == "place"}
    for field, words in (*_iterate_days(record), *_iterate_births(subject, places)):
        leaves.add(field, words)
    names = [*_iterate_names(subject)] or [("", PRIMARY, "")]
    for name, _, quality in names:
        leaves.add("weak_aliases", name if quality == "low" else "")
    addresses = list(subject.iterfind("{*}identity/{*}address"))
    imo = dict.fromkeys(
        number for remark in leaves.found.get("remarks", ()) for number in IMO.findall(remark)
    )
    return Listing(
        subject=Entity(
            names={"en": names[0][0]},
            kind=kind,
            aliases=tuple(dict.fromkeys(name for name, _, _ in names[1:] if name != names[0][0])),
            country=_country(subject, addresses, places),
            ids={"IMO": "; ".join(imo)} if imo else {},
            addresses=tuple(
                dict.fromkeys(where for address in addresses if (where := _where(address, places)))
            ),
        ),
        fields=leaves.fields,
        unread=tuple(sorted(leaves.unread)),
    )


def _iterate_days(record: "_Element") -> Iterator[tuple[str, str]]:
    for field, kind in (("listed_on", "listed"), ("amended_on", "amended")):
        last = latest(record, kind)
        yield field, effective(last) if last is not None else ""
    if gone := delisted_on(record):
        yield "delisted_on", gone
        yield "expires", (date.fromisoformat(gone[:10]) - timedelta(days=1)).isoformat()


def _iterate_births(
    subject: "_Element", places: "dict[str | None, _Element]"
) -> Iterator[tuple[str, str]]:
    for birthplace in subject.iterfind("{*}identity/{*}place-of-birth"):
        yield "birthplaces", _where(birthplace, places)
    for birthday in subject.iterfind("{*}identity/{*}day-month-year"):
        parts = (birthday.get(name) for name in ("year", "month", "day"))
        yield "born", "-".join(part.zfill(2) for part in parts if part)


def latest(target: "_Element", *kinds: str) -> "_Element | None":
    """The last modification (of these kinds), by the day it takes effect; of several on one day
    the one told first.
    """
    modifications = [
        modification
        for modification in target.iterfind("{*}modification")
        if not kinds or modification.get("modification-type") in kinds
    ]
    return max(modifications, key=effective, default=None)


def delisted_on(target: "_Element") -> str:
    """From which day on a target is off the list; "" for one that stays on it."""
    last = latest(target)
    is_last = last is not None and last.get("modification-type") == "de-listed"
    return effective(last) or UNDATED if last is not None and is_last else ""


def effective(modification: "_Element") -> str:
    return next((day for name in DAYS if (day := modification.get(name))), "")


def _iterate_names(subject: "_Element") -> Iterator[tuple[str, str, str]]:
    """Each name with its kind and quality, the primary name of the main identity first, spelling
    variants after the names.
    """
    named = [
        (
            identity.get("main", "true") != "true",
            str(name.get("name-type", "")),
            str(name.get("quality", "")),
            _list_name_parts(name),
        )
        for identity in subject.iterfind("{*}identity")
        for name in identity.iterfind("{*}name")
    ]
    ranked = sorted(named, key=lambda name: (name[0], name[1] != PRIMARY))
    for variant in (False, True):
        for _, kind, quality, parts in ranked:
            for spelt in _variants(parts) if variant else ("",):
                told = " ".join(filter(None, (_spelt(part, spelt) for part in parts)))
                if told:
                    yield told, kind, quality


def _list_name_parts(name: "_Element") -> "list[_Element]":
    """The parts of a name in order, without titles."""
    parts = [
        part for part in name.iterfind("{*}name-part") if part.get("name-part-type") != "title"
    ]
    return sorted(parts, key=lambda part: int(part.get("order") or 0))


def _variants(parts: "list[_Element]") -> dict[str, None]:
    """In which languages and scripts parts of a name are spelt otherwise, and how often."""
    return dict.fromkeys(way for part in parts for way in _ways(part))


def _ways(part: "_Element") -> dict[str, str]:
    """A part's other spellings by language, script and a number."""
    ways: dict[str, str] = {}
    for variant in part.iterfind("{*}spelling-variant"):
        manner = f"{variant.get('lang', '')} {variant.get('script', '')}"
        number = sum(way.rpartition(" ")[0] == manner for way in ways)
        ways[f"{manner} {number}"] = " ".join((variant.text or "").split())
    return ways


def _spelt(part: "_Element", way: str) -> str:
    return _ways(part).get(way) or xml.text(part, "value")


def _where(part: "_Element", places: "dict[str | None, _Element]") -> str:
    """An address: what it says itself, before what is said of the place it refers to."""
    place = places.get(part.get("place-id"))
    told = (
        xml.text(part, tag) or (xml.text(place, tag) if place is not None else "") for tag in WHERE
    )
    return ", ".join(words for words in told if words)


def _country(
    subject: "_Element", addresses: "list[_Element]", places: "dict[str | None, _Element]"
) -> str | None:
    """The one nationality, else the one country of all addresses."""
    nationalities = set(xml.texts(subject, "identity/nationality/country/@iso-code"))
    holders = [
        holder
        for address in addresses
        for holder in (address, places.get(address.get("place-id")))
        if holder is not None
    ]
    codes = nationalities or {
        code for holder in holders for code in xml.texts(holder, "country/@iso-code")
    }
    return codes.pop() if len(codes) == 1 else None
