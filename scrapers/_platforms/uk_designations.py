"""Designations of the UK Sanctions List, whatever file they stand in: what is told of them,
where, and what it means.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from monitor import Entity, Listing
from monitor.extract.en import dates
from monitor.source.formats.nationalities import country
from monitor.source.formats.numbers import imo
from scrapers._kinds import KINDS

HOME = {"person": "nationalities", "org": "countries", "vessel": "flags"}
IDS: dict[str, tuple[str, Callable[[Iterable[str]], str]]] = {
    "imo": ("IMO", imo),
    "registration": ("registration", "; ".join),
}
PRIMARY = "primary name"
DATES = ("listed_on", "updated_on", "born")
DAY = re.compile(
    r"(?:(?:(?P<day>\d{1,2})|dd)/)?(?:(?:(?P<month>\d{1,2})|mm)/)?(?P<year>\d{4})", re.IGNORECASE
)
PERSON, ORG, SHIP = "IndividualDetails/Individual", "EntityDetails/Entity", "ShipDetails/Ship"

# Field → where it stands in the XML, and the heading of its column in the CSV.
FIELDS = {
    field: (path, heading)
    for field, path, heading in (
        line.split(maxsplit=2)
        for line in """
kind IndividualEntityShip Designation Type
updated_on LastUpdated Last Updated
listed_on DateDesignated Date Designated
ofsi_group OFSIGroupID OFSI Group ID
un_reference UNReferenceNumber UN Reference Number
programme RegimeName Regime Name
source DesignationSource Designation source
measures SanctionsImposed Sanctions Imposed
remarks OtherInformation Other Information
reasons UKStatementofReasons UK Statement of Reasons
titles Titles/Title Title
original_script NonLatinNames/NonLatinName/NameNonLatinScript Name non-latin script
phones PhoneNumbers/PhoneNumber Phone number
websites Websites/Website Website
emails EmailAddresses/EmailAddress Email address
born IndividualDetails/Individual/DOBs/DOB D.O.B
nationalities IndividualDetails/Individual/Nationalities/Nationality Nationality(/ies)
positions IndividualDetails/Individual/Positions/Position Position
gender IndividualDetails/Individual/Genders/Gender Gender
entity_types EntityDetails/Entity/TypeOfEntities/TypeOfEntity Type of entity
subsidiaries EntityDetails/Entity/Subsidiaries/Subsidiary Subsidiaries
parents EntityDetails/Entity/ParentCompanies/ParentCompany Parent company
registration EntityDetails/Entity/BusinessRegistrationNumbers/BusinessRegistrationNumber Business registration number (s)
imo ShipDetails/Ship/IMONumbers/IMONumber IMO number
owners ShipDetails/Ship/CurrentOwnerOperators/CurrentOwnerOperator Current owner/operator (s)
former_owners ShipDetails/Ship/PreviousOwnerOperators/PreviousOwnerOperator Previous owner/operator (s)
flags ShipDetails/Ship/CurrentBelievedFlagOfShips/CurrentBelievedFlagOfShip Current believed flag of ship
former_flags ShipDetails/Ship/PreviousFlags/PreviousFlag Previous flags
ship_types ShipDetails/Ship/TypeOfShipDetails/TypeOfShip Type of ship
tonnage ShipDetails/Ship/TonnageOfShipDetails/TonnageOfShip Tonnage of ship
length ShipDetails/Ship/LengthOfShipDetails/LengthOfShip Length of ship
built ShipDetails/Ship/YearsBuilt/YearBuilt Year Built
hull_number ShipDetails/Ship/HullIdentificationNumbers/HullIdentificationNumber Hull identification number (HIN)
""".strip().splitlines()
    )
}
# Field → what is told together: where it stands in the XML, the tags and the headings of its parts.
LINES = range(1, 7)
GROUPS = {
    "addresses": (
        "Addresses/Address",
        (*(f"AddressLine{line}" for line in LINES), "AddressPostalCode", "AddressCountry"),
        (*(f"Address Line {line}" for line in LINES), "Address Postal Code", "Address Country"),
    ),
    "birthplaces": (
        f"{PERSON}/BirthDetails/Location",
        ("TownOfBirth", "CountryOfBirth"),
        ("Town of birth", "Country of birth"),
    ),
    "passports": (
        f"{PERSON}/PassportDetails/Passport",
        ("PassportNumber", "PassportAdditionalInformation"),
        ("Passport number", "Passport additional information"),
    ),
    "national_ids": (
        f"{PERSON}/NationalIdentifierDetails/NationalIdentifier",
        ("NationalIdentifierNumber", "NationalIdentifierAdditionalInformation"),
        ("National Identifier number", "National Identifier additional information"),
    ),
}
Name = tuple[str, str, str]  # its kind, its strength, the name


def designation(
    told: dict[str, tuple[str, ...]], names: Sequence[Name], unread: Iterable[str] = ()
) -> Listing:
    """One designation by field. Where two names are primary, their order is of no importance."""
    fields = _fields(told, names)
    kind = KINDS.get("".join(fields.pop("kind", ())).lower(), "other")
    codes = {country(home) for home in fields.get(HOME.get(kind, ""), ())}
    ids = {
        number: tell(values)
        for field, (number, tell) in IDS.items()
        if (values := fields.pop(field, ()))
    }
    addresses, original = fields.pop("addresses", ()), fields.pop("original_script", ())
    fields.pop("countries", ())
    all_names = [name for _, _, name in names]
    first = min(
        (name for kind_of_name, _, name in names if kind_of_name.lower() == PRIMARY),
        default=next(iter(all_names), ""),
    )
    return Listing(
        subject=Entity(
            names={"en": first},
            kind=kind,
            aliases=tuple(name for name in dict.fromkeys([*all_names, *original]) if name != first),
            country=codes.pop() if len(codes) == 1 else None,
            ids=ids,
            addresses=addresses,
        ),
        fields={
            field: values[0] if len(values) == 1 else values
            for field, values in fields.items()
            if values
        },
        unread=tuple(sorted(unread)),
    )


def _fields(told: dict[str, tuple[str, ...]], names: Sequence[Name]) -> dict[str, tuple[str, ...]]:
    """What is told by field: days as dates, each measure by itself, how strong a name is."""
    return {
        **told,
        **{field: tuple(map(day, told[field])) for field in DATES if field in told},
        "measures": tuple(
            measure.strip() for words in told.get("measures", ()) for measure in words.split("|")
        ),
        "alias_notes": tuple(f"{name} · {strength}" for _, strength, name in names if strength),
    }


def day(printed: str) -> str:
    """`23/03/1980` as an ISO date, `dd/03/1980` as a month, `dd/mm/1980` as a year; what is none
    of these as it is printed.
    """
    match = DAY.fullmatch(printed)
    if not match:
        return printed
    parts = (match["year"], match["month"], match["day"] if match["month"] else None)
    told = "-".join(part.zfill(2) for part in parts if part)
    return told if len(told) < len("1980-03-23") else dates.day(told) or printed
