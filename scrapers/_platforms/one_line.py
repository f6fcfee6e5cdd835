"""Name and address in one cell, parts between commas: `ACME CO., LTD., 5 MAIN STREET, BAKU, ,
AZ, AZ1000`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.extract.en import places
from monitor.vocabulary.forms import FORM, SUFFIX

MARK = re.compile(r"[,()]")
ENDS = re.compile(rf"(?:{FORM}\s?|{SUFFIX})+", re.IGNORECASE)
GIVEN = re.compile(r"[^\W\d_]++(?>(?:[-' ][^\W\d_]++){0,2})")
PLACE = re.compile(
    r"\b(?:STREET|ST|ROAD|AVENUE|TOWER|BUILDING|HOUSE|PLAZA|CENT(?:ER|RE)|FLOOR|BOX|VILLA|PARK|SQUARE|LANE|DRIVE|INDUSTRIAL|ESTATE"
    r"|ZONE|DISTRICT|AIRPORT|BASE|VILLAGE)\b"
)
STREET = re.compile(r"\W*\d|P\.? ?O\.? ?BOX|C/O\b|NO\.? ?\d")
FIXED = 5  # street, city, state, country and postal code, each there though it may be empty


@dataclass(frozen=True)
class NameAndPlace:
    """What such a cell says: the name as it is printed, the address, and the code of its
    country.
    """

    name: str
    address: str
    country: str | None


def parted(cell: str) -> NameAndPlace:
    """The name with its legal form or suffix, and `JIN, ZHONGDA` whole; the country is the last
    part but one.
    """
    words = " ".join(cell.split())
    starts = [0, *_after_commas(words)]
    parts = [
        words[start:end].rstrip(",").strip()
        for start, end in zip(starts, [*starts[1:], len(words)], strict=True)
    ]
    first = _parts_of_the_name(parts)
    name = words[: starts[first]] if first < len(starts) else words
    return NameAndPlace(
        name.rstrip(", "),
        ", ".join(part for part in parts[first:] if part),
        _country(parts[first:]),
    )


def _after_commas(words: str) -> Iterator[int]:
    """Where a part begins; a comma in brackets parts nothing, unless the bracket is never
    closed.
    """
    closed = words.rfind(")")
    depth = 0
    for mark in MARK.finditer(words):
        depth = max(depth + (mark[0] == "(" and mark.start() < closed) - (mark[0] == ")"), 0)
        if mark[0] == "," and not depth:
            yield mark.end()


def _parts_of_the_name(parts: list[str]) -> int:
    if _is_family_name_first(parts):
        return 2
    count = 1
    while count < len(parts) and ENDS.fullmatch(parts[count].upper().replace(".", "")):
        count += 1
    return count


def _is_family_name_first(parts: list[str]) -> bool:
    """One word, then words without a figure, then a street: were the second part a street, the
    third would be a place.
    """
    if len(parts) <= FIXED + 1 or not GIVEN.fullmatch(parts[0]) or " " in parts[0]:
        return False
    given = parts[1].upper()
    return bool(
        GIVEN.fullmatch(given)
        and not PLACE.search(given)
        and not ENDS.fullmatch(given)
        and STREET.match(parts[2].upper())
    )


def _country(place: list[str]) -> str | None:
    return places.coded(place[-2]) if len(place) >= FIXED else None
