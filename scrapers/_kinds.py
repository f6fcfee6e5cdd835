"""What registers call a person, an organisation, a ship and an aircraft, in small letters."""

from collections.abc import Mapping

from monitor import EntityKind

KINDS: Mapping[str, EntityKind] = {
    "individual": "person",
    "entity": "org",
    "vessel": "vessel",
    "ship": "vessel",
    "aircraft": "aircraft",
}
