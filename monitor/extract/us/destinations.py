"""Under which destinations a rule lists its entities, and how many under each."""

import re
from functools import cache

from monitor.extract.en import places as en_places
from monitor.extract.en.numerals import NUMBER, number
from monitor.extract.named import Phrase
from monitor.extract.us import tables

COUNT = rf"(?P<count>{NUMBER}|\b(?:an?|another)\b)"
BEFORE = Phrase(
    lambda: (
        rf"{COUNT}\s+(?:(?!of\b|to\b|and\b)[\w-]+\s+){{0,3}}?(?:(?:will be |are |is )?(?:listed|added|removed)\s+)?"
        rf"(?:on the (?:{'|'.join(tables.REGISTERS)})\s+)?$"
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
