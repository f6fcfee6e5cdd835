"""European Union: European Commission, Financial Sanctions Files: the consolidated list of EU
financial sanctions.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from monitor import Entity, EntityKind, Listing, Page, Register, source
from monitor.source.formats import pairs, xml
from monitor.source.formats.numbers import imo

if TYPE_CHECKING:
    from lxml.etree import _Element

LAYOUT = xml.Layout(
    "export", records=("sanctionEntity",), namespaces=("http://eu.europa.ec/fpi/fsd/export",)
)
NUMBERS = {"imo": "IMO", "regnumber": "registration", "fiscalcode": "tax", "swiftbic": "SWIFT"}
KINDS: dict[str, EntityKind] = {"person": "person", "P": "person", "enterprise": "org", "E": "org"}

# What is said of the entity itself, by the attribute or element that says it.
KNOWN = pairs(
    """
@euReferenceNumber reference
@unitedNationId un_reference
@designationDate listed_on
@designationDetails details
remark remarks
regulation/@programme programme
regulation/@numberTitle act
regulation/@regulationType act_kind
regulation/@publicationDate act_published_on
regulation/@entryIntoForceDate act_in_force_on
regulation/publicationUrl act_url
nameAlias/@function functions
nameAlias/@title titles
nameAlias/@gender gender
"""
)
# Parts of which each is told as one value, with all that is read of them.
PLACE = ("@place", "@street", "@poBox", "@zipCode", "@city", "@region", "@countryDescription")
BORN = ("@birthdate", "@year", "@yearRangeFrom", "@yearRangeTo", "@circa", "@calendarType")
DOCUMENT = (
    "@identificationTypeDescription",
    "@number",
    "@latinNumber",
    "@nameOnDocument",
    "@issuedBy",
    "@issueDate",
    "@validFrom",
    "@validTo",
    "@region",
    "@countryDescription",
)
STATES = pairs(
    """
@diplomatic diplomatic
@knownExpired expired
@knownFalse false
@reportedLost lost
@revokedByIssuer revoked
"""
)
PARTS = {
    "nameAlias": (
        "@wholeName",
        "@firstName",
        "@middleName",
        "@lastName",
        "@nameLanguage",
        "@strong",
        "remark",
    ),
    "address": (
        *PLACE,
        "@countryIso2Code",
        "@asAtListingTime",
        "remark",
        "contactInfo/@key",
        "contactInfo/@value",
    ),
    "birthdate": (*BORN, "@dayOfMonth", "@monthOfYear", *PLACE, "@countryIso2Code", "remark"),
    "citizenship": ("@countryDescription", "@countryIso2Code", "@region", "remark"),
    "identification": (*DOCUMENT, *STATES, "@identificationTypeCode", "@countryIso2Code", "remark"),
    "subjectType": ("@code", "@classificationCode"),
}
PART = "a part of its own"
READ = KNOWN | {f"{part}/{path}": PART for part, paths in PARTS.items() for path in paths}
# The publisher's numbering; and the act that each single part stands in, which moves whenever an
# act is consolidated.
APART = (
    "@logicalId",
    "regulation/@logicalId",
    "regulation/@organisationType",
    *(
        f"{part}/{path}"
        for part in PARTS
        for path in ("@logicalId", "@regulationLanguage", "regulationSummary")
    ),
)


@source(
    name="EU consolidated financial sanctions list",
    authority="eu-commission",
    url="https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content?token=dG9rZW4tMjAxNw",
    every="30 minutes",
    absence="60 days",
    size_limit=100 * 1024 * 1024,
    deadline="5 minutes",  # the file is made when it is asked for
    patience="12 hours",  # it often can't be
    language="en",
    captured="2026-08",
)
def consolidated(page: Page) -> Register:
    """Everybody whose funds are frozen. It follows the Official Journal by days."""
    return xml.register(
        page, "eu-financial-sanctions", LAYOUT, id="@logicalId", read=listing, about=about
    )


def about(root: "_Element") -> xml.About:
    """When the list was generated."""
    return xml.About(published=root.get("generationDate"))


def listing(record: "_Element") -> Listing:
    """One person, group or entity."""
    leaves = xml.leaves(record, READ, APART)
    leaves.take(PART)
    for field, words in _iterate_parts(record):
        leaves.add(field, words)
    kind = KINDS.get(
        xml.text(record, "subjectType/@code")
        or xml.text(record, "subjectType/@classificationCode"),
        "other",
    )
    name, *aliases = _list_names(record)
    return Listing(
        subject=Entity(
            names={"en": name},
            kind=kind,
            aliases=tuple(aliases),
            country=_country(record, "citizenship" if kind == "person" else "address"),
            ids=_numbers(record),
            addresses=tuple(
                dict.fromkeys(
                    words
                    for part in _find_children(record, "address")
                    if (words := ", ".join(_told(part, PLACE)))
                )
            ),
        ),
        fields=leaves.fields,
        unread=tuple(sorted(leaves.unread)),
    )


def _iterate_parts(record: "_Element") -> Iterator[tuple[str, str]]:
    """Iterate over the fields that stand in parts of their own."""
    for field, tell in (
        ("born", _birth),
        ("citizenships", _citizenship),
        ("documents", _document),
        ("contacts", _contact),
    ):
        yield from ((field, words) for words in tell(record))
    for alias in _find_children(record, "nameAlias"):
        if alias.get("strong") == "false":
            yield "weak_aliases", _name(alias)
        for note in xml.texts(alias, "remark"):
            yield "alias_notes", f"{_name(alias)}: {note}"


def _find_children(record: "_Element", tag: str) -> "Iterator[_Element]":
    return (part for part in record if xml.tag(part) == tag)


def _name(alias: "_Element") -> str:
    leaves = xml.leaves(
        alias,
        {
            "@wholeName": "whole",
            **dict.fromkeys(("@firstName", "@middleName", "@lastName"), "parts"),
        },
    )
    return leaves.one("whole") or " ".join(leaves.take("parts"))


def _list_names(record: "_Element") -> list[str]:
    """All names. None is marked as the first: that is a strong one, in no other language than
    English, as early as can be.
    """
    ranked = sorted(
        _find_children(record, "nameAlias"),
        key=lambda alias: (
            alias.get("strong") == "false",
            alias.get("nameLanguage", "") not in {"", "EN"},
        ),
    )
    return list(dict.fromkeys(name for alias in ranked if (name := _name(alias)))) or [""]


def _country(record: "_Element", tag: str) -> str | None:
    """The one country of all such parts."""
    codes = set(xml.texts(record, f"{tag}/@countryIso2Code")) - {"00"}
    return codes.pop() if len(codes) == 1 else None


def _told(part: "_Element", paths: tuple[str, ...]) -> list[str]:
    """List the texts of a part at these paths, without unknown countries."""
    words = (xml.text(part, path) for path in (*paths, "remark"))
    return [word for word in words if word and word != "UNKNOWN"]


def _numbers(record: "_Element") -> dict[str, str]:
    """The numbers of firms and ships, by kind; those of persons stand in their documents only."""
    numbers: dict[str, str] = {}
    for part in _find_children(record, "identification"):
        kind, number = (
            NUMBERS.get(xml.text(part, "@identificationTypeCode")),
            xml.text(part, "@number"),
        )
        if kind and number:
            numbers[kind] = f"{numbers[kind]}; {number}" if kind in numbers else number
    return numbers | ({"IMO": imo([numbers["IMO"]])} if "IMO" in numbers else {})


def _contact(record: "_Element") -> Iterator[str]:
    for address in _find_children(record, "address"):
        for contact in _find_children(address, "contactInfo"):
            yield f"{contact.get('key', '').lower()}: {contact.get('value', '')}"


def _citizenship(record: "_Element") -> Iterator[str]:
    return (
        ", ".join(_told(part, ("@region", "@countryDescription")))
        for part in _find_children(record, "citizenship")
    )


def _birth(record: "_Element") -> Iterator[str]:
    """When and where: the day, else the year, else the years it lies between."""
    for part in _find_children(record, "birthdate"):
        years = "–".join(
            xml.text(part, path)
            for path in ("@yearRangeFrom", "@yearRangeTo")
            if xml.text(part, path)
        )
        day = xml.text(part, "@birthdate") or xml.text(part, "@year") or years
        calendar = xml.text(part, "@calendarType").lower()
        about_then = "about " if day and part.get("circa") == "true" else ""
        other = f" ({calendar})" if day and calendar not in {"", "gregorian"} else ""
        yield ", ".join(
            words for words in (f"{about_then}{day}{other}", *_told(part, PLACE)) if words
        )


def _document(record: "_Element") -> Iterator[str]:
    for part in _find_children(record, "identification"):
        states = (word for attribute, word in STATES.items() if part.get(attribute[1:]) == "true")
        yield ", ".join((*_told(part, DOCUMENT), *states))
