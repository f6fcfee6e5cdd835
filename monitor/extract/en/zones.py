"""The time zones that English texts name, by what the vocabulary knows of them, by towns and by countries."""

import re
from collections.abc import Iterator
from datetime import timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from monitor.extract.en import places
from monitor.vocabulary import PerVocabulary, Vocabulary, current
from monitor.vocabulary.authorities import country_of
from monitor.vocabulary.countries import ABBREVIATIONS, AMBIGUOUS, CAPITALS, IN_WORDS, TOWNS, zone_of

OFFSET = re.compile(r"(?:UTC|GMT)\s?(?P<sign>[+\-−–])\s?(?P<hours>\d{1,2})(?::?(?P<minutes>[0-5]\d))?")
SAID = (
    rf"(?:(?:UTC|GMT)\s?[+\-−–]\s?\d{{1,2}}(?::?[0-5]\d)?\b|\b(?:{'|'.join([*ABBREVIATIONS, *AMBIGUOUS])})\b"
    r"|(?:[a-z][a-z.]{0,20}+,?\s){1,3}?time\b)"
)
AROUND = re.compile(r"^(?:in |the ){1,3}|(?: standard| daylight| summer| savings?){0,3} time$")
FURTHEST = timedelta(hours=14)


def zone_called(words: str, authority: str) -> tzinfo | None:
    """The zone that `words` name in an act of `authority`: `Eastern time`, `BST`, `UTC+8`, `Beijing`, `local time`.

    None where they name none, or one that is not known.
    """
    written = " ".join(words.replace("’", "'").split())
    if offset := OFFSET.fullmatch(written.upper()):
        return _apart(offset)
    name = ABBREVIATIONS.get(written.upper()) or AMBIGUOUS.get(written.upper(), {}).get(country_of(authority))
    if name:
        return ZoneInfo(name)
    place = AROUND.sub("", AROUND.sub("", written.lower())).replace(".", "").replace(",", "")
    if place == "local":
        return current().known_zone(authority)
    return _zone(IN_WORDS.get(place, "")) or _towns().get(place) or _of_country(place)


def _apart(offset: re.Match[str]) -> tzinfo | None:
    ahead = timedelta(hours=int(offset["hours"]), minutes=int(offset["minutes"] or 0))
    return timezone(ahead if offset["sign"] == "+" else -ahead) if ahead <= FURTHEST else None


def _of_country(place: str) -> tzinfo | None:
    code = places.coded(place) if len(place) > len("US") else None  # two letters are an abbreviation
    return _zone(zone_of(code.lower())) if code else None


def _zone(name: str) -> tzinfo | None:
    return ZoneInfo(name) if name else None


def _all_towns(known: Vocabulary) -> Iterator[tuple[str, tzinfo]]:
    """The towns by which zones are called, and the capitals that count their days by one which is called otherwise."""
    for name in CAPITALS.values():
        yield _town(name), ZoneInfo(name)
    for authority in known.authorities.values():
        zone = known.zone(authority.code)
        yield _town(str(zone)), zone
        if town := TOWNS.get(authority.country):
            yield town.lower(), zone


def _town(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ").lower()


_towns = PerVocabulary(lambda known: dict(_all_towns(known)))
