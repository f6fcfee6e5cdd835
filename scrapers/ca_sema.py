"""Canada: Global Affairs Canada: Consolidated Canadian Autonomous Sanctions List (SEMA and
JVCFOA).
"""

import re
from typing import TYPE_CHECKING

from monitor import Entity, Listing, Page, Register, source
from monitor.source.formats import key, xml
from monitor.source.formats.numbers import imo
from monitor.source.formats.xml import Leaves
from monitor.vocabulary.forms import FORM_OR_CAPITALS, SUFFIX

if TYPE_CHECKING:
    from lxml.etree import _Element

LAYOUT = xml.Layout("data-set", records=("record",))

# The tags were English until they were given in both languages: `Country` became `Country-Pays`.
TAGS = {
    "country": ("Country", "Country-Pays"),
    "last_name": ("LastName", "LastName-NomDeFamille"),
    "given_name": ("GivenName", "GivenName-Prenom"),
    "organisation": ("Entity", "EntityOrShip", "EntityOrShip-EntiteOuNavire"),
    "aliases": ("Aliases", "Aliases-Alias"),
    "title": ("Title", "TitleOrShip", "TitleOrShipType", "TitleOrShipType-TitreOuTypeDeNavire"),
    "imo": ("ShipIMONumber", "ShipIMONumber-NumeroOMIDuNavire"),
    "born": (
        "DateOfBirth",
        "DateOfBirthOrShipBuildDate",
        "DateOfBirthOrShipBuildDate-DateDeNaissanceOuDateDeConstructionDuNavire",
    ),
    "schedule": ("Schedule", "Schedule-Annexe"),
    "item": ("Item", "Item-NumeroDarticle"),
    "listed_on": ("DateOfListing", "DateOfListing-DateDinscription"),
}
KNOWN = {name: field for field, names in TAGS.items() for name in names}
IN_FRENCH = re.compile(r"[/|].*", re.DOTALL)
# Semicolons part names in other scripts, within which commas part further ones; a legal form alone
# belongs to the name before it.
BETWEEN = re.compile(rf";|,(?!\s*+(?>(?:(?:{FORM_OR_CAPITALS}|{SUFFIX})[. ]*+)+)(?:[;,()]|$))")

MARKS = re.compile(r"[;,()（）]")


@source(
    name="Canada's autonomous sanctions list",
    authority="ca-gac",
    url=(
        "https://www.international.gc.ca/world-monde/assets/office_docs/international_relations-relations_internationales"
        "/sanctions/sema-lmes.xml"
    ),
    every="30 minutes",
    language="en",
    captured="2026-09",
)
def consolidated(page: Page) -> Register:
    """Everybody listed in a schedule of a sanctions regulation. No row has an id: a place in a
    schedule is none, for it moves.
    """
    return xml.register(page, "ca-sema", LAYOUT, id=known_as, read=listing, official_ids=False)


def known_as(record: "_Element") -> str:
    """The regulation's country and the name, by which a row is known."""
    leaves = xml.leaves(record, KNOWN)
    name = name_of(leaves)
    return key(leaves.one("country"), name) if name else ""


def name_of(leaves: Leaves) -> str:
    """The name of an organisation or ship, or a person's as it is filed: family name first."""
    organisation = leaves.one("organisation")
    return organisation or ", ".join(
        part for part in (leaves.one("last_name"), leaves.one("given_name")) if part
    )


def listing(record: "_Element") -> Listing:
    """One person, organisation or ship.

    `Country` names the regulation, not where anybody is from: Russians stand under Ukraine, and
    some rows under no country.
    """
    leaves = xml.leaves(record, KNOWN)
    person = "organisation" not in leaves.found
    ship = imo(leaves.take("imo"))
    leaves.add("programme", IN_FRENCH.sub("", leaves.one("country")).rstrip())
    if ship:
        leaves.add("built", leaves.one("born"))
        leaves.add("ship_type", IN_FRENCH.sub("", leaves.one("title")).rstrip())
    return Listing(
        subject=Entity(
            names={"en": name_of(leaves)},
            kind="vessel" if ship else "person" if person else "org",
            aliases=_aliases(leaves.one("aliases")),
            ids={"IMO": ship} if ship else {},
        ),
        fields=leaves.fields,
        unread=tuple(sorted(leaves.unread)),
    )


def _aliases(told: str) -> tuple[str, ...]:
    """The names between semicolons and commas outside brackets."""
    depth, start, names = 0, 0, []
    for mark in MARKS.finditer(told):
        depth = max(depth + (mark[0] in "(（") - (mark[0] in ")）"), 0)
        if not depth and BETWEEN.match(told, mark.start()):
            names.append(told[start : mark.start()])
            start = mark.end()
    return tuple(dict.fromkeys(alias for name in (*names, told[start:]) if (alias := name.strip())))
