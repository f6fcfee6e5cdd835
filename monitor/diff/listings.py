"""What two versions of one row say differently; order, white space, width and case are of no importance. Pure."""

from collections.abc import Mapping

from monitor.model import Entity, FieldValue, Item, Listing
from monitor.vocabulary.letters import folded


def name_of(listing: Listing) -> str:
    """What a row is called: the English name where it has one."""
    names = listing.subject.names
    return names.get("en") or next(iter(names.values()), "")


def differences(old: Listing, new: Listing) -> dict[str, tuple[FieldValue, FieldValue]]:
    """For each field that differs its value before and after."""
    before, after = flat(old), flat(new)
    names = [*after, *(name for name in before if name not in after)]
    sides = {name: (before.get(name, ""), after.get(name, "")) for name in names}
    return {name: both for name, both in sides.items() if plain(both[0]) != plain(both[1])}


def meaning(listing: Listing) -> str:
    """What a row says, as one text: of two rows the same where they differ in nothing."""
    return repr(sorted((name, plain(value)) for name, value in flat(listing).items()))


def flat(listing: Listing) -> Mapping[str, FieldValue]:
    """All that a row says, by field; what is empty is not there."""
    subject = listing.subject
    words: dict[str, FieldValue] = {"name": name_of(listing)}
    words |= {f"name.{language}": name for language, name in subject.names.items() if language != "en"}
    words |= _of_entity(subject) if isinstance(subject, Entity) else _of_item(subject)
    return {name: value for name, value in (words | listing.fields).items() if value}


def _of_entity(entity: Entity) -> dict[str, FieldValue]:
    return {
        "aliases": entity.aliases,
        "kind": entity.kind,
        "country": entity.country or "",
        "role": entity.role or "",
        "parent": entity.parent or "",
        "addresses": entity.addresses,
        **{f"ids.{name}": value for name, value in entity.ids.items()},
    }


def _of_item(item: Item) -> dict[str, FieldValue]:
    return {"codes": item.codes, "hs": item.hs, "note": item.note}


def plain(value: FieldValue) -> object:
    """A value without what is of no importance."""
    return folded(value) if isinstance(value, str) else sorted(folded(one) for one in value)
