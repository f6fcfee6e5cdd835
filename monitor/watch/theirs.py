"""Lists that others have made: FollowTheMoney's lines of JSON, and OpenSanctions' table of
targets. Pure.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any, BinaryIO

import msgspec

from monitor.errors import ConfigError, NotThePage
from monitor.model import Entity, EntityKind, frozen
from monitor.names.name import read_name
from monitor.names.numbers import normalize_number
from monitor.watch.entries import Entry, Owner, Party

KINDS: Mapping[str, EntityKind] = {
    "Person": "person",
    "Vessel": "vessel",
    "Airplane": "aircraft",
    "Organization": "org",
    "Company": "org",
    "LegalEntity": "org",
    "PublicBody": "org",
}
NAMES, ALIASES = ("name",), ("alias", "weakAlias", "previousName", "abbreviation")
COUNTRIES = ("country", "jurisdiction", "nationality", "flag", "mainCountry", "citizenship")
NUMBERS = """
registrationNumber leiCode uscCode imoNumber mmsi innCode ogrnCode taxNumber vatCode
dunsCode idNumber passportNumber uniqueEntityId swiftBic cikCode serialNumber
""".split()  # noqa: SIM905 -- in rows
DATES = ("last_change", "last_seen")
COLUMNS = ("id", "schema", "name", "aliases", "countries", "identifiers")
NO_TARGET, NAMELESS = "named there, and no target itself", "without a name"

LONGEST = 16 * 1024 * 1024  # bytes of a line: of somebody with all that belongs to them

Tell = Callable[[str], None]


@frozen
class Theirs:
    """A subject of an external list: its id, what the list says, and the day of its newest word
    (ISO, or "").
    """

    ref: str
    entity: Entity
    says: str
    on: str = ""


def read_ftm(file: BinaryIO, tell: Tell) -> Iterator[Theirs]:
    """Read the subjects in lines of FollowTheMoney (`entities.ftm.json`, `targets.nested.json`).

    Those without a name are reported.

    Raises:
        NotThePage: a line is no entity of FollowTheMoney; then no part of the list is used.
    """
    left_out: Counter[str] = Counter()
    for number, line in enumerate(iter(lambda: file.readline(LONGEST), b""), 1):
        if not line.strip():
            continue
        row = _decode_line(line, number)
        schema, properties = str(row["schema"]), row["properties"]
        if schema not in KINDS:
            left_out[schema] += 1
        elif theirs := _read_ftm(row, schema, properties):
            yield theirs
        else:
            left_out[f"{schema} {NAMELESS}"] += 1
    _tell_of(left_out, tell)


def _tell_of(left_out: Counter[str], tell: Tell) -> None:
    if left_out:
        told = ", ".join(f"{count:,} {schema}" for schema, count in left_out.most_common(6))
        more = f"; {left_out.total():,} in all" if len(left_out) > 6 else ""
        tell(f"left out, since they name nobody: {told}{more}")


def _decode_line(line: bytes, number: int) -> dict[str, Any]:
    try:
        row = msgspec.json.decode(line, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotThePage(f"line {number} is no JSON object: {error}") from error
    if not isinstance(row.get("schema"), str) or not isinstance(row.get("properties"), dict):
        raise NotThePage(
            f"line {number} is no entity of FollowTheMoney: it has no schema, or no properties"
        )
    return row


def _read_ftm(row: dict[str, Any], schema: str, properties: dict[str, Any]) -> Theirs | None:
    called = _list_texts(properties, NAMES) or _list_texts(row, ("caption",))
    if not called:
        return None
    ids = {
        f"{key} {number}" if number > 1 else key: written
        for key in NUMBERS
        for number, written in enumerate(_list_texts(properties, (key,)), 1)
    }
    entity = _make_listed(
        schema, called, _list_texts(properties, ALIASES), _list_texts(properties, COUNTRIES), ids
    )
    topics = [*_list_texts(row, ("datasets",)), *_list_texts(properties, ("topics", "program"))]
    says = ", ".join(dict.fromkeys([*topics, *([NO_TARGET] if row.get("target") is False else [])]))
    return Theirs(
        str(row.get("id", "")), entity, says, max(_list_texts(row, DATES), default="")[:10]
    )


def read_simple_targets(lines: Iterable[str], tell: Tell) -> Iterator[Theirs]:
    """Read OpenSanctions' table of targets (`targets.simple.csv`); rows without a name are
    reported.

    Raises:
        NotThePage: it is another table, or a row was cut.
    """
    rows, left_out = csv.reader(lines, strict=True), Counter[str]()
    try:
        head = next(rows, [])
        if missing := [column for column in COLUMNS if column not in head]:
            raise NotThePage(
                f"no table of targets of OpenSanctions: it has no column {missing[0]!r}"
            )
        for cells in filter(None, rows):
            if len(cells) != len(head):
                raise NotThePage(
                    f"line {rows.line_num} has {len(cells)} cells under {len(head)} headings"
                )
            if theirs := _read_csv_row(dict(zip(head, cells, strict=True))):
                yield theirs
            else:
                left_out[f"rows {NAMELESS}"] += 1
    except csv.Error as error:
        raise NotThePage(f"line {rows.line_num}: {error}") from error
    _tell_of(left_out, tell)


def _read_csv_row(row: Mapping[str, str]) -> Theirs | None:
    name = row["name"].strip()
    if not name.strip("; "):
        return None
    ids = {str(number): written for number, written in enumerate(_split_cell(row["identifiers"]))}
    entity = _make_listed(
        row["schema"], [name], _split_cell(row["aliases"]), _split_cell(row["countries"]), ids
    )
    says = "; ".join(filter(None, (row.get("dataset", ""), row.get("sanctions", ""))))
    return Theirs(
        row["id"], entity, says, max((row.get(column, "") for column in DATES), default="")[:10]
    )


def _make_listed(
    schema: str,
    called: Sequence[str],
    aliases: Sequence[str],
    countries: Sequence[str],
    ids: Mapping[str, str],
) -> Entity:
    """Make an entity of ours: a first name in each script, the rest as aliases."""
    by_script: dict[str, str] = {}
    for name in called:
        chinese = not name.isascii() and read_name(name).cjk
        by_script.setdefault("zh" if chinese else "en", name)
    others = [name for name in dict.fromkeys((*called, *aliases)) if name not in by_script.values()]
    codes = [country.upper() for country in countries if len(country) == 2 and country.isalpha()]
    return Entity(
        names=by_script,
        kind=KINDS.get(schema, "other"),
        aliases=tuple(others),
        country=codes[0] if len(set(codes)) == 1 else None,
        ids=dict(ids),
    )


def _list_texts(of: Mapping[str, Any], keys: Sequence[str]) -> list[str]:
    """List the texts under these keys, single or several; nested values name somebody else."""
    several = ([value] if isinstance(value, str) else value for value in map(of.get, keys))
    values = (value for each in several if isinstance(each, list) for value in each)
    return [text.strip() for text in values if isinstance(text, str) and text.strip()]


def _split_cell(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


# GLEIF's level 2 (which firm consolidates which) and level 1 (what an LEI is called), as people
# bring them: CSV. Pure.

CHILD, PARENT = "Relationship.StartNode.NodeID", "Relationship.EndNode.NodeID"
KIND, STATUS = "Relationship.RelationshipType", "Relationship.RelationshipStatus"
DIRECT, ULTIMATE = "IS_DIRECTLY_CONSOLIDATED_BY", "IS_ULTIMATELY_CONSOLIDATED_BY"
LEI, NAME = "LEI", "Entity.LegalName"
FURTHEST = 12  # owners above one another; more is a circle


@frozen
class Ownership:
    """Each LEI's direct and ultimate parent, and what LEIs are called."""

    direct: dict[str, str] = field(default_factory=dict)
    ultimate: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


def add_file(
    file: str, lines: Iterable[str], known: Ownership, wanted: frozenset[str] | None
) -> None:
    """Take up one file; of names only those of LEIs that are `wanted`, where that is known.

    Raises:
        ConfigError: it is neither of GLEIF's two files, or no CSV to its end.
    """
    # else a quotation mark that is not closed takes in all that follows
    reader = csv.DictReader(lines, strict=True)
    try:
        _add_rows(file, reader, known, wanted)
    except csv.Error as error:
        raise ConfigError(f"{file}: after line {reader.line_num}: {error}") from error


def _add_rows(
    file: str, reader: "csv.DictReader[str]", known: Ownership, wanted: frozenset[str] | None
) -> None:
    heads, rows = set(reader.fieldnames or ()), _list_whole_rows(file, reader)
    if {CHILD, PARENT, KIND} <= heads:
        tables = {DIRECT: known.direct, ULTIMATE: known.ultimate}
        for row in rows:
            if row[KIND] in tables and row.get(STATUS, "ACTIVE") in ("ACTIVE", "PUBLISHED", ""):
                tables[row[KIND]][row[CHILD]] = row[PARENT]
    elif {LEI, NAME} <= heads:
        known.names.update(
            (row[LEI], row[NAME]) for row in rows if wanted is None or row[LEI] in wanted
        )
    else:
        raise ConfigError(
            f"{file}: is no GLEIF file of relationships ({CHILD}, …) or of entities ({LEI},"
            f" {NAME}, …)"
        )


def _list_whole_rows(file: str, reader: "csv.DictReader[str]") -> Iterator[dict[str, str]]:
    """The rows; one that was cut would hide an owner."""
    *_, last = reader.fieldnames or ("",)
    for row in reader:
        if None in row or row[last] is None:
            raise ConfigError(
                f"{file} line {reader.line_num}: a row has more or fewer cells than there are"
                " headings; is it cut?"
            )
        yield row


def list_leis(entries: Iterable[Entry], known: Ownership) -> frozenset[str]:
    """All LEIs of the entries and of those above them."""
    own = {
        mark
        for entry in entries
        if isinstance(entry, Party)
        for mark in map(normalize_number, entry.ids)
        if mark in known.direct or mark in known.ultimate
    }
    return frozenset(own | {above for mark in own for above in _list_above(mark, known)})


def add_owners(entries: Iterable[Entry], known: Ownership) -> list[Entry]:
    """Add to each entry the owners that GLEIF knows."""
    return [
        (
            entry.owned_by(*owners)
            if isinstance(entry, Party)
            and (
                owners := [
                    owner
                    for mark in map(normalize_number, entry.ids)
                    for owner in _list_owners(mark, known)
                ]
            )
            else entry
        )
        for entry in entries
    ]


def _list_owners(mark: str, known: Ownership) -> Iterator[Owner]:
    path: list[str] = []
    for above in _list_above(mark, known):
        name = known.names.get(above, f"LEI {above}")
        yield Owner(
            name=name, ids=(above,), path=tuple(path), source="GLEIF, consolidated accounts"
        )
        path.append(name)


def _list_above(mark: str, known: Ownership) -> list[str]:
    """List the owners above an LEI, the nearest first."""
    above: list[str] = []
    here = mark
    while (
        (here := known.direct.get(here, ""))
        and here not in above
        and here != mark
        and len(above) < FURTHEST
    ):
        above.append(here)
    last = known.ultimate.get(mark, "")
    return [*above, last] if last and last not in above and last != mark else above
