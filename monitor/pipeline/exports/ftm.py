"""Somebody on record as FollowTheMoney JSON (followthemoney.tech): who they are, and what says that they are listed. Pure.

Of each come a Person, Company, Organization, LegalEntity, Vessel or Airplane, a Sanction with the list and its days, and their
addresses and numbers as entities of their own. What is on record of one name in two acts has one id, so that it merges; a row of
a register has the id of its publisher.
"""

from collections.abc import Iterator, Mapping

from monitor import vocabulary
from monitor.model import Entity, Value
from monitor.pipeline.exports.walks import ExportedEntity
from monitor.pipeline.ids import digest, subject_id
from monitor.render.text import web_address
from monitor.watch import names

SCHEMAS = {"person": "Person", "vessel": "Vessel", "aircraft": "Airplane", "other": "LegalEntity"}
THINGS = frozenset({"Vessel", "Airplane"})  # which hold no papers: their numbers are their own
NUMBERS = {"IMO": "imoNumber", "LEI": "leiCode", "SWIFT/BIC": "swiftBic", "MMSI": "mmsi"}
HELD_BY = {"imoNumber": ("Vessel", "Company", "Organization"), "mmsi": ("Vessel",)}  # the others by whoever can hold a number
PREFIX = "rm"


class FtmEntity(Value, frozen=True, kw_only=True):
    """An entity of FollowTheMoney: `schema` is one of its schemata, each property has its values."""

    id: str
    schema: str
    properties: Mapping[str, tuple[str, ...]]


def ftm_entities(exported: ExportedEntity) -> Iterator[FtmEntity]:
    """Somebody, where they are listed, and what belongs to them."""
    entity, schema = exported.entity, schema_of(exported.entity)
    known = _id(subject_id(entity)) if exported.act else _id(exported.register, exported.row)
    papers = list(_papers(known, entity, schema))
    addresses = [_address(address) for address in dict.fromkeys(entity.addresses)]
    numbers = dict(_own_numbers(entity, schema))
    yield _entity(
        known,
        schema,
        name=tuple(dict.fromkeys(entity.names.values())),
        alias=entity.aliases,
        country=_country(entity),
        position=_words(entity.role) if schema == "Person" else (),
        summary=_words(entity.role) if schema != "Person" else (),
        notes=(f"belongs to {entity.parent}",) if entity.parent else (),
        addressEntity=tuple(address.id for address in addresses),
        sourceUrl=_words(web_address(exported.url)),
        **numbers,
    )
    yield _sanction(known, exported)
    yield from addresses
    yield from papers


def schema_of(entity: Entity) -> str:
    """What somebody is called there: an organisation with a legal form in its name is a Company."""
    if entity.kind != "org":
        return SCHEMAS.get(entity.kind, "LegalEntity")
    return "Company" if any(names.parse(name).forms for name in entity.names.values()) else "Organization"


def _sanction(known: str, exported: ExportedEntity) -> FtmEntity:
    """What lists them: nothing is said of what follows from it."""
    register = exported.register
    return _entity(
        _id(known, exported.id),
        "Sanction",
        entity=(known,),
        authority=_words(_authority(exported)),
        program=_words(vocabulary.register(register) if register else exported.title),
        programId=_words(register),
        recordId=_words(exported.row or exported.act),
        provisions=_words(exported.action),
        startDate=_words(exported.starts[:10]),
        endDate=_words((exported.ends or exported.gone)[:10]),
        status=_words(exported.state),
        sourceUrl=_words(web_address(exported.url)),
    )


def _authority(exported: ExportedEntity) -> str:
    """Whose act or register it is, by name; "" where that is nobody known."""
    return vocabulary.authority(exported.authority) if exported.authority else ""


def _address(full: str) -> FtmEntity:
    return _entity(_id("address", full), "Address", full=(full,))


def _papers(known: str, entity: Entity, schema: str) -> Iterator[FtmEntity]:
    """The numbers of somebody that are none of theirs by name: of what, and which."""
    if schema in THINGS:
        return
    for kind, number in _numbers(entity):
        if not _is_own(kind, schema):
            yield _entity(_id(known, kind, number), "Identification", holder=(known,), number=(number,), type=(kind,))


def _own_numbers(entity: Entity, schema: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The numbers that have a property of their own; of a ship or an aircraft all others are its registration."""
    by_name: dict[str, list[str]] = {}
    for kind, number in _numbers(entity):
        if _is_own(kind, schema):
            by_name.setdefault(NUMBERS[kind], []).append(f"IMO{number}" if kind == "IMO" and number.isdecimal() else number)
        elif schema in THINGS:
            by_name.setdefault("registrationNumber" if schema == "Vessel" else "serialNumber", []).append(number)
    return ((name, tuple(dict.fromkeys(numbers))) for name, numbers in by_name.items())


def _is_own(kind: str, schema: str) -> bool:
    name = NUMBERS.get(kind, "")
    if name in HELD_BY:
        return schema in HELD_BY[name]
    return bool(name) and schema not in THINGS


def _numbers(entity: Entity) -> Iterator[tuple[str, str]]:
    for kind, text in entity.ids.items():
        yield from ((kind, number.strip()) for number in text.split(";") if number.strip())


def _country(entity: Entity) -> tuple[str, ...]:
    return (entity.country.lower(),) if entity.country else ()


def _words(text: str | None) -> tuple[str, ...]:
    return (text,) if text else ()


def _id(*parts: str) -> str:
    return f"{PREFIX}-{digest(*parts)}"


def _entity(known: str, schema: str, **properties: tuple[str, ...]) -> FtmEntity:
    return FtmEntity(id=known, schema=schema, properties={name: values for name, values in properties.items() if values})
