"""GLEIF's level 2 (who consolidates whom) and level 1 (what an LEI is called), as a person brings them: CSV, streamed. Pure."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from monitor.errors import ConfigError
from monitor.watch.entries import Entry, Owner, Party
from monitor.watch.numbers import number

CHILD, PARENT = "Relationship.StartNode.NodeID", "Relationship.EndNode.NodeID"
KIND, STATUS = "Relationship.RelationshipType", "Relationship.RelationshipStatus"
DIRECT, ULTIMATE = "IS_DIRECTLY_CONSOLIDATED_BY", "IS_ULTIMATELY_CONSOLIDATED_BY"
LEI, NAME = "LEI", "Entity.LegalName"
FURTHEST = 12  # owners above one another; more is a circle


@dataclass(frozen=True, slots=True)
class Ownership:
    """Each LEI's direct and ultimate parent, and what LEIs are called."""

    direct: dict[str, str]
    ultimate: dict[str, str]
    names: dict[str, str]


def nothing() -> Ownership:
    """No relationship yet."""
    return Ownership({}, {}, {})


def add(file: str, lines: Iterable[str], known: Ownership, wanted: frozenset[str] | None) -> None:
    """Take up one file; of names only those of LEIs that are `wanted`, where that is known.

    Raises:
        ConfigError: it is neither of GLEIF's two files, or no CSV to its end.
    """
    reader = csv.DictReader(lines, strict=True)  # else a quotation mark that is not closed takes in all that follows
    try:
        _add(file, reader, known, wanted)
    except csv.Error as error:
        raise ConfigError(f"{file}: after line {reader.line_num}: {error}") from error


def _add(file: str, reader: "csv.DictReader[str]", known: Ownership, wanted: frozenset[str] | None) -> None:
    heads, rows = set(reader.fieldnames or ()), _whole(file, reader)
    if {CHILD, PARENT, KIND} <= heads:
        _relationships(rows, known)
    elif {LEI, NAME} <= heads:
        known.names.update((row[LEI], row[NAME]) for row in rows if wanted is None or row[LEI] in wanted)
    else:
        raise ConfigError(f"{file}: is no GLEIF file of relationships ({CHILD}, …) or of entities ({LEI}, {NAME}, …)")


def _whole(file: str, reader: "csv.DictReader[str]") -> Iterator[dict[str, str]]:
    """The rows; one that was cut hides an owner, and nobody would hear of it."""
    *_, last = reader.fieldnames or ("",)
    for row in reader:
        if None in row or row[last] is None:
            raise ConfigError(f"{file} line {reader.line_num}: a row has more or fewer cells than there are headings; is it cut?")
        yield row


def _relationships(rows: Iterable[Mapping[str, str]], known: Ownership) -> None:
    for row in rows:
        if row.get(STATUS, "ACTIVE") not in ("ACTIVE", "PUBLISHED", ""):
            continue
        table = {DIRECT: known.direct, ULTIMATE: known.ultimate}.get(row[KIND])
        if table is not None:
            table[row[CHILD]] = row[PARENT]


def leis(entries: Iterable[Entry], known: Ownership) -> frozenset[str]:
    """All LEIs of the entries and of whoever stands above them."""
    own = {
        mark
        for entry in entries
        if isinstance(entry, Party)
        for mark in map(number, entry.ids)
        if mark in known.direct or mark in known.ultimate
    }
    return frozenset(own | {above for mark in own for above in _above(mark, known)})


def with_owners(entries: Iterable[Entry], known: Ownership) -> list[Entry]:
    """The entries, each with the owners that GLEIF knows of it."""
    return [_with_owners(entry, known) if isinstance(entry, Party) else entry for entry in entries]


def _with_owners(party: Party, known: Ownership) -> Party:
    owners = tuple(owner for mark in map(number, party.ids) for owner in _owners(mark, known))
    return party.owned_by(*owners) if owners else party


def _owners(mark: str, known: Ownership) -> Iterator[Owner]:
    path: list[str] = []
    for above in _above(mark, known):
        name = known.names.get(above, f"LEI {above}")
        yield Owner(name=name, ids=(above,), path=tuple(path), source="GLEIF, consolidated accounts")
        path.append(name)


def _above(mark: str, known: Ownership) -> list[str]:
    """Who stands above an LEI, the nearest first."""
    above: list[str] = []
    here = mark
    while (here := known.direct.get(here, "")) and here not in above and here != mark and len(above) < FURTHEST:
        above.append(here)
    last = known.ultimate.get(mark, "")
    return [*above, last] if last and last not in above and last != mark else above
