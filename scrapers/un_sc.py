"""United Nations: Security Council Consolidated List, all persons and entities under its
sanctions.
"""

from typing import TYPE_CHECKING

from monitor import Entity, Listing, Page, Register, source
from monitor.source.formats import pairs, xml
from monitor.source.formats.xml import Group

if TYPE_CHECKING:
    from lxml.etree import _Element

LAYOUT = xml.Layout("CONSOLIDATED_LIST", records=("INDIVIDUALS/INDIVIDUAL", "ENTITIES/ENTITY"))
NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
PLACE = ("NOTE", "STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
ALIAS = ("QUALITY", "NOTE", "DATE_OF_BIRTH", "CITY_OF_BIRTH", "COUNTRY_OF_BIRTH")
BORN = ("TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE")
DOCUMENT = (
    "TYPE_OF_DOCUMENT",
    "TYPE_OF_DOCUMENT2",
    "NUMBER",
    "ISSUING_COUNTRY",
    "COUNTRY_OF_ISSUE",
    "CITY_OF_ISSUE",
)

# Persons and entities have the same parts under different tags (the schema:
# https://www.un.org/sc/resources/sc-sanctions.xsd).
KNOWN: dict[str, str | Group] = {
    **pairs(
        """
NAME_ORIGINAL_SCRIPT original_script
VERSIONNUM version
UN_LIST_TYPE programme
REFERENCE_NUMBER reference
LISTED_ON listed_on
SUBMITTED_ON submitted_on
SUBMITTED_BY submitted_by
DELISTED_ON delisted_on
GENDER gender
COMMENTS1 comments
TITLE/VALUE titles
DESIGNATION/VALUE designations
NATIONALITY/VALUE nationalities
NATIONALITY2 nationalities
LIST_TYPE/VALUE list
LAST_DAY_UPDATED/VALUE updated_on
"""
    ),
    **{name: name for name in NAMES},
    "INDIVIDUAL_ADDRESS": Group("addresses", PLACE),
    "ENTITY_ADDRESS": Group("addresses", PLACE),
    "INDIVIDUAL_ALIAS": Group("aliases", ("ALIAS_NAME", *ALIAS), " · "),
    "ENTITY_ALIAS": Group("aliases", ("ALIAS_NAME", *ALIAS), " · "),
    "INDIVIDUAL_DATE_OF_BIRTH": Group("born", BORN),
    "INDIVIDUAL_PLACE_OF_BIRTH": Group("birthplaces", PLACE),
    "INDIVIDUAL_DOCUMENT": Group("documents", (*DOCUMENT, "DATE_OF_ISSUE", "NOTE")),
}
# the id, which names the row, and the publisher's own ordering
APART = ("DATAID", "SORT_KEY", "SORT_KEY_LAST_MOD")


@source(
    name="UN Security Council Consolidated List",
    authority="un-sc",
    url="https://scsanctions.un.org/resources/xml/en/consolidated.xml",
    every="30 minutes",
    absence="150 days",
    language="en",
    captured="2022-10",
)
def consolidated(page: Page) -> Register:
    """The whole list, persons first."""
    return xml.register(page, "un-sc", LAYOUT, id="DATAID", read=listing, about=about)


def about(root: "_Element") -> xml.About:
    """When the list was generated."""
    return xml.About(published=root.get("dateGenerated"))


def listing(record: "_Element") -> Listing:
    """One person or entity."""
    leaves = xml.leaves(record, KNOWN, APART)
    names = {"en": " ".join(words for part in NAMES for words in leaves.take(part))}
    aliases = leaves.take("aliases")
    notes = tuple(alias for alias in aliases if " · " in alias)
    return Listing(
        subject=Entity(
            names=names,
            kind="person" if xml.tag(record) == "INDIVIDUAL" else "org",
            aliases=(
                *(alias.partition(" · ")[0] for alias in aliases),
                *leaves.take("original_script"),
            ),
            addresses=leaves.take("addresses"),
        ),
        fields=leaves.fields | ({"alias_notes": notes} if notes else {}),
        unread=tuple(sorted(leaves.unread)),
    )
