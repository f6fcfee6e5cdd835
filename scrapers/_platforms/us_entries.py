"""Entries as US gazettes print them, name, aliases and addresses in one cell; and the
supplements of the eCFR made of them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor import Entity, LayoutChanged, Listing, NotThePage, Page, Register
from monitor.extract.en import places
from monitor.source.formats import gather_fields, html_tables, key, table, xml
from monitor.source.formats.table import Cells, Columns
from monitor.vocabulary.forms import ENDING, NOT_BEHIND_ABBREVIATED, SUFFIX

if TYPE_CHECKING:
    from lxml.etree import _Element

COLUMNS = Columns.of(
    """
country: Country
entity: Entity | Listed person and address | Entity and address | Entity name and address
requirement: License requirement
policy: License review policy
citation: Federal Register citation | Federal Register citation and date of publication
""",
    needed="country, entity, citation",
)
TOLD = ("requirement", "policy", "citation")
RESERVED = re.compile(r"\[reserved\]", re.IGNORECASE)
ALIASED = re.compile(
    r"(?:[,;]|(?<!\s))\s*+\(?\b(?:a\.?k\.?a\b\.?|also known"
    r" as)[,:]?\s*(?:[^:\n]{0,40}?alias(?:es)?\s*:)?",
    re.IGNORECASE,
)
NEXT_PART = re.compile(r"[,;(\n]")
LEGAL_FORM = re.compile(rf",\s*(?:{ENDING}|{SUFFIX}[. ]*)+(?=[,;(\n]|$|(?<=\. )[A-Z\d])")
SHORT_NAME = re.compile(r"(?<!\s)\s*+\(([^()]{2,40})\)(?=[.,;\s]|$)")
FULL_STOP = re.compile(rf"(?<!\b[A-Z]){NOT_BEHIND_ABBREVIATED}\.$")
TRAILING = re.compile(r"(?:[;,]\s*+(?:(?:and|or)\s*+)?|(?<!\s)\s++and\s*+|\.\s*+)$")
DASH = "—"
DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def iso(printed: str) -> str:
    """`6/5/2019` as ISO; one that is none stays as it is printed."""
    match = DAY.fullmatch(printed)
    return f"{match[3]}-{int(match[1]):02}-{int(match[2]):02}" if match else printed


@dataclass(frozen=True)
class Entry:
    """What one cell says: a name, its aliases, and where they are."""

    name: str
    aliases: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


def entry(cell: str) -> Entry:
    """`Acme, Ltd., a.k.a., the following two aliases: —Acme Trading; and —Acme Group. 5 Main
    Street, Baku; and Box 7, Baku`.
    """
    name, rest = headed(cell)
    short, rest = _in_brackets(rest)
    aliased = ALIASED.match(rest)
    if aliased is None:
        return Entry(name, short, _addresses(rest))
    rest = rest[aliased.end() :].lstrip()
    aliases, where = _split_dashed_aliases(rest) if rest.startswith(DASH) else _first(rest)
    return Entry(name, (*short, *aliases), _addresses(where))


def headed(words: str) -> tuple[str, str]:
    """The name that an entry begins with, its legal form with it, and the rest."""
    start = 0
    aliased = ALIASED.search(words)
    ends = [aliased.start()] if aliased else []
    while mark := NEXT_PART.search(words, start):
        if form := LEGAL_FORM.match(words, mark.start()):
            start = form.end()
            if not words[start : start + 1].isalnum():
                continue
            ends.append(start)  # an address begins after the full stop
            break
        ends.append(mark.start())
        break
    end = min(ends, default=len(words))
    return FULL_STOP.sub("", " ".join(words[:end].split())), words[end:]


def _split_dashed_aliases(rest: str) -> tuple[tuple[str, ...], str]:
    """Aliases each after a dash; the last one ends with its line, or where an address begins
    after its full stop.
    """
    *aliases, last = [piece.strip() for piece in rest.split(DASH) if piece.strip()]
    name, _, where = last.partition("\n")
    names, where = ((name,), where) if where else _first(name)
    return tuple(_trimmed(name) for name in (*aliases, *names)), where


def _first(words: str) -> tuple[tuple[str, ...], str]:
    name, rest = headed(words)
    short, rest = _in_brackets(rest)
    return (_trimmed(name), *short), rest


def _in_brackets(rest: str) -> tuple[tuple[str, ...], str]:
    """The short name that follows a name, and what is left."""
    bracket = SHORT_NAME.match(rest)
    return (
        ((bracket[1],), rest[bracket.end() :])
        if bracket and not ALIASED.match(bracket[0])
        else ((), rest)
    )


def _addresses(words: str) -> tuple[str, ...]:
    pieces = re.split(r";\s*(?:and\s+)?", " ".join(words.split()))
    return tuple(
        piece for piece in (_trimmed(piece_there.lstrip(", .)")) for piece_there in pieces) if piece
    )


def _trimmed(words: str) -> str:
    """Without the `; and` that leads to the next one; the full stop of a legal form stays."""
    bare = " ".join(words.split())
    while (shorter := TRAILING.sub("", bare)) != bare and not LEGAL_FORM.search(
        ", " + bare.rpartition(" ")[2]
    ):
        bare = shorter
    return re.sub(r";\s*and$|;$", "", bare).strip()


def supplement(page: Page, code: str, number: str) -> Register:
    """The register that stands in supplement `number` to part 744, alone or among others.

    Raises:
        NotThePage: the page has other parts of the regulations.
        LayoutChanged: the supplement has no such table.
    """
    title = f"Supplement No. {number} to Part 744"
    root = xml.whole(page)
    part = next(
        (
            div
            for div in root.iter("DIV9")
            if " ".join(str(div.get("N")).split()).casefold() == title.casefold()
        ),
        None,
    )
    if part is None:
        raise NotThePage(f"{page.url}: no {title} in it, the root is {xml.tag(root)!r}")
    printed = table.named(_inherited(_rows(part)), COLUMNS, page.url)
    rows = tuple(row for row in printed.rows if not RESERVED.match(row["entity"]))
    if unnamed := [row for row in rows if not headed(row["entity"])[0]]:
        raise LayoutChanged(f"{page.url}: {len(unnamed)} rows without the name of an entity")
    return table.register(
        code,
        table.Table(rows, printed.remarks),
        id=lambda row: key(row["country"], headed(row["entity"])[0]),
        read=listing,
        proven=True,
    )


def _rows(part: "_Element") -> Iterator[tuple[str, ...]]:
    for element in part.iter():
        if html_tables.name(element) in {"table", "gpotable"}:
            yield from html_tables.grid(element)


def _inherited(rows: Iterator[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """A country is printed once, above its entities."""
    country = ""
    for row in rows:
        country = row[0].rstrip(".") or country
        if any(row[1:]):
            yield (country, *row[1:])


def listing(rows: Sequence[Cells]) -> Listing:
    """One entity; two rows of one name under one country are read as one. A country that has no
    code is told as it is printed.
    """
    entries = [entry(row["entity"]) for row in rows]
    country = places.coded(rows[0]["country"])
    fields = TOLD if country else ("country", *TOLD)
    return Listing(
        subject=Entity(
            names={"en": entries[0].name},
            aliases=tuple(dict.fromkeys(alias for entry in entries for alias in entry.aliases)),
            kind="other",  # the lists have persons and organisations, and do not tell them apart
            country=country,
            addresses=tuple(dict.fromkeys(where for entry in entries for where in entry.addresses)),
        ),
        fields=gather_fields({name: [row.get(name, "") for row in rows] for name in fields}),
    )
