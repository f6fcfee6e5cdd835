"""Under which destinations a rule lists its entities, and how many under each."""

import re
from functools import cache

from monitor.extract.en import places as en_places
from monitor.extract.en.numerals import NUMBER, number
from monitor.extract.named import Names, Phrase
from monitor.model import Action
from monitor.vocabulary.registers import COMMERCE_CONTROL

COUNT = rf"(?P<count>{NUMBER}|\b(?:an?|another)\b)"
BEFORE = Phrase(
    lambda: (
        rf"{COUNT}\s+(?:(?!of\b|to\b|and\b)[\w-]+\s+){{0,3}}?(?:(?:will be |are |is )?(?:listed|added|removed)\s+)?"
        rf"(?:on the (?:{'|'.join(REGISTERS)})\s+)?$"
    )
)


def places(zone: str) -> tuple[dict[str, int], tuple[str, ...]]:
    """Under which destinations, and how many each where that is said."""
    shares: dict[str, int] = {}
    destinations: dict[str, None] = {}
    for match in under().finditer(zone):
        named = listed(match["list"])
        destinations.update(dict.fromkeys(named))
        shares.update({code: count for code, count in named.items() if count})
        if match["each"]:
            shares.update(dict.fromkeys(named, 1))
        elif len(named) == 1 and (count := _before(zone[: match.start()])):
            shares.setdefault(next(iter(named)), count)
    return shares, tuple(destinations)


@cache
def under() -> re.Pattern[str]:
    """`under the destinations of China (4) and Iran`, `located in twenty-six destinations: …`."""
    place = rf"(?:the\s+)?{en_places.country_pattern()}(?:\s*\([^()]{{1,40}}\))*"
    opening = (
        r"(?P<each>\bone\s+(?:each\s+|(?:entity\s+|entry\s+)?(?=under each of\b)))?"
        r"(?:\b(?:under|located in)\s+(?:each\s+of\s+)?(?:the\s+)?(?:following\s+)?(?:destinations?(?:\s+of)?:?\s+)?"
        rf"|\b{NUMBER}\s+destinations:\s+)"
    )
    return re.compile(rf"{opening}(?P<list>{place}(?:(?:\s*[,;]\s*(?:and\s+)?|\s+and\s+){place})*)")


@cache
def _one_place() -> re.Pattern[str]:
    return re.compile(rf"(?P<name>{en_places.country_pattern()})(?P<brackets>(?:\s*\([^()]*\))*)")


def listed(text: str) -> dict[str, int]:
    """The countries of a list, each with its number in brackets, or 0."""
    shares: dict[str, int] = {}
    for match in _one_place().finditer(text):
        digits = re.search(r"\((\d+)\)", match["brackets"])
        shares.setdefault(en_places.countries()[match["name"]], int(digits[1]) if digits else 0)
    return shares


def _before(text: str) -> int | None:
    """How many are said right before `under`."""
    match = BEFORE.search(text[-120:])
    return number(match["count"]) if match else None


# The words of United States rules as tables: verbs, who is listed. A new phrase is a line here; what lists are called is in the
# vocabulary.

NOT_FOLLOWED = "not followed"
REGISTERS: Names[str] = Names(  # phrase → register
    lambda known: (
        {
            phrase: register.code
            for register in known.registers.values()
            if register.country == "us"
            for phrase in register.phrases
        }
        | {r"\bValidated[- ]+End[- ]+User\b|\bVEUs?\b": NOT_FOLLOWED}
    )
)
GOODS = frozenset({COMMERCE_CONTROL.code})
CHANGES_GOODS = rf"\w++\s++(?:\w++\s++){{0,5}}?(?:the\s++)?(?:{'|'.join(COMMERCE_CONTROL.phrases)})"
VERBS = {
    Action.ADD: "adds|adding|to add",
    Action.REMOVE: "removes|removing|to remove|deletes|deleting",
    Action.AMEND: (
        "revises|revising|to revise|modifies|modifying|to modify|corrects|correcting|to correct|updates|updating|to update"
        "|expands|expanding|makes|making|to make|clarifies and corrects|amends|amending|renames|renaming"
    ),
}
NOUN = (
    r"(?:entit(?:y|ies)|entr(?:y|ies)|persons?|individuals?|compan(?:y|ies)|organizations?|affiliates?|part(?:y|ies)|"
    r"addresses|address"
    r"|vessels?|aircraft)"
)
EDITORIAL = (
    r"\b(?:corrections?|clarifications?|(?:editorial|clerical|technical|conforming) (?:changes?|revisions?|amendments?))\b"
)
LISTS_THEM = (
    r"\b(?:listed|added|being added|placed|are|included)\b[^.]{0,60}\bunder\b"
    r"|\b(?:entities|entries|persons)\b[^.]{0,1000}?\bunder the\b"
)
EXPLAINS = r"\baccounting for the difference\b|\bunder multiple entries\b"
WITHOUT_LAW = (  # titles of papers that change nothing
    r"Public Briefing|Comment Period|Request for (?:Public )?Comments|Public Meeting|Open Meeting|Partially Closed Meeting"
    r"|Notice of Inquiry|Information Collection|Advisory Committee|Civil Monetary Penalt|Inflation Adjustment"
)
TITLES = {  # what a title alone says
    Action.ADD: r"\badditions?\b|\badding\b",
    Action.REMOVE: r"\bremovals?\b|\bremoving\b",
    Action.AMEND: r"\b(?:revisions?|modifications?|corrections?|clarifications?)\b",
}
