"""Read watch lists and queries as JSON lines: one object a line, with a `ref` for the answer. Pure.

A party has `name`, `aliases`, `country`, `ids`, `kind`. A product has `name`, `hs`, `codes`,
`eccn`, `materials`, `relation`, `part_of`. A query is an entity or an item as `monitor read --json`
prints it. A field may be one value, a list or an object of values. Unused fields are reported.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import msgspec

from monitor.errors import ConfigError
from monitor.model import Entity, EntityKind, Item, frozen
from monitor.vocabulary.registers import COMMERCE_CONTROL
from monitor.watch import cells, lists
from monitor.watch.entries import Entry
from monitor.watch.lists import OF_GOODS
from monitor.watch.parties import Names
from monitor.watch.values import Relation

Tell = Callable[[str], None]
Ref = str | int
KINDS = frozenset({"org", "person", "vessel", "aircraft", "other"})
ABOUT_ITEM = ("register", "note")
ABOUT_PARTY = ("ids", "country", "aliases")
IN_LIST = [
    *"name aliases country ids kind parent share held_from held_until owner relation note".split(),  # noqa: SIM905 -- in a row
    *OF_GOODS,
]
IN_ENTITY = "names name aliases country kind ids parent type quote".split()  # noqa: SIM905 -- in a row
IN_ITEM = "names name codes hs note register type quote eccn".split()  # noqa: SIM905 -- in a row


@frozen
class Listed:
    """An entry of the list, and what it is called there."""

    ref: Ref
    name: str
    entry: Entry


@frozen
class ScreenedLine:
    """A subject that is compared with the list; `register` is the one that printed the control codes
    of an item.

    `known` is what a party is known by that comes with its owners' shares.
    """

    ref: Ref
    name: str
    subject: Entity | Item
    register: str | None = None
    known: Names | None = None


def is_json_lines(file: str, body: bytes) -> bool:
    """Return whether a file is JSON lines, by its name or its first letter."""
    return file.lower().endswith((".jsonl", ".ndjson", ".json")) or body.lstrip(
        b"\xef\xbb\xbf \r\n\t"
    ).startswith(b"{")


def read_json_lines(
    file: str, body: bytes, tell: Tell
) -> Iterator[tuple[str, Ref, dict[str, Any]]]:
    """Each line that is a JSON object, with where it stands and its `ref`, the line's number where
    it has none.

    Raises:
        ConfigError: there is not one.
    """
    some = False
    for number, line in enumerate(body.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        if not line.strip():
            continue
        where = f"{file} line {number}"
        try:
            row = msgspec.json.decode(line, type=dict[str, Any])
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            tell(f"{where}: no JSON object: {error}")
            continue
        some = True
        ref = row.pop("ref", None)
        yield (
            where,
            number if ref is None else ref if isinstance(ref, str | int) else str(ref),
            {key: value for key, value in row.items() if value},
        )
    if not some:
        raise ConfigError(
            f'{file}: has no line that is a JSON object; one entry a line, such as {{"ref": 1,'
            ' "name": "…"}'
        )


def _tell_where(tell: Tell, where: str, why: str) -> None:
    tell(f"{where}: {why}")


def read_listed(file: str, body: bytes, tell: Tell) -> Iterator[Listed]:
    """The entries of a list."""
    for where, ref, row in read_json_lines(file, body, tell):
        relation = _read_relation(row)
        if unused := [key for key in row if key not in IN_LIST or not _is_used(key, row, relation)]:
            tell(f"{where}: not used: {', '.join(unused)}")
        cells_of = {key: texts for key in IN_LIST if (texts := _list_texts(row.get(key)))}
        entry = lists.read_entry(cells_of, relation, where, partial(_tell_where, tell, where))
        if entry is not None:
            yield Listed(ref, next(iter(_list_texts(row.get("name"))), entry.name), entry)


def _is_used(key: str, row: Mapping[str, Any], relation: Relation) -> bool:
    # what the line is, which a product says by having a number as well
    if key in ("kind", "relation"):
        return not relation.is_goods or row[key] in (relation, "product", "item")
    return key in lists.list_used_fields(relation)


def read_questions(file: str, body: bytes, tell: Tell) -> Iterator[ScreenedLine]:
    """Read the queried names and goods; a line that may be either is both."""
    for where, ref, row in read_json_lines(file, body, tell):
        made = list(_list_asked(ref, row, partial(_tell_where, tell, where)))
        if not made:
            tell(f"{where}: has no names, ids, codes or HS numbers; it was not compared")
        used = {
            key for one in made for key in (IN_ITEM if isinstance(one.subject, Item) else IN_ENTITY)
        }
        if made and (unused := [key for key in row if key not in used]):
            tell(f"{where}: not used: {', '.join(unused)}")
        yield from made


def _list_asked(ref: Ref, row: Mapping[str, Any], tell: Tell) -> Iterator[ScreenedLine]:
    names, more = _parse_names(row)
    called = next(iter(names.values()), "")
    of_goods = row.get("type") == "item" or any(key in row for key in (*OF_GOODS, *ABOUT_ITEM))
    of_parties = (
        row.get("type") == "entity"
        or row.get("kind") in KINDS
        or any(key in row for key in ABOUT_PARTY)
    )
    if (names or row.get("ids")) and (of_parties or not of_goods):
        yield ScreenedLine(ref, called, _make_entity(names, more, row, tell))
    if (
        (names or row.get("codes") or row.get("hs"))
        and (of_goods or not of_parties)
        and row.get("kind") not in KINDS
    ):
        item = Item(
            names=names | {f"also {number}": name for number, name in enumerate(more, 1)},
            codes=tuple(_list_texts(row.get("codes")) + _list_texts(row.get("eccn"))),
            hs=tuple(_list_tariff_numbers(row, tell)),
            note=" ".join(_list_texts(row.get("note"))),
        )
        register = row.get("register") or (COMMERCE_CONTROL.code if row.get("eccn") else None)
        yield ScreenedLine(
            ref,
            called or " ".join((*item.codes, *item.hs)),
            item,
            str(register) if register else None,
        )


def _list_tariff_numbers(row: Mapping[str, Any], tell: Tell) -> Iterator[str]:
    """The tariff numbers that are printed, as they are printed."""
    for written in _list_texts(row.get("hs")):
        if number := cells.parse_tariff(written):
            yield number
        else:
            tell(f"HS number {written!r} is not 4 to 12 digits; left out")


def _make_entity(
    names: dict[str, str], more: Sequence[str], row: Mapping[str, Any], tell: Tell
) -> Entity:
    parent, *parents = [*_list_texts(row.get("parent")), ""]
    if others := list(filter(None, parents)):
        tell(f"parent {', '.join(others)} is left out; there is one")
    return Entity(
        names=names,
        kind=_read_kind(row, tell),
        aliases=(*more, *_list_texts(row.get("aliases"))),
        country=cells.parse_country({"country": _list_texts(row.get("country"))}, tell),
        ids={
            f"{name} {number}" if number > 1 else name: words
            for name, several in _iterate_labelled(row.get("ids"))
            for number, words in enumerate(_list_texts(several), 1)
        },
        parent=parent or None,
    )


def _read_kind(row: Mapping[str, Any], tell: Tell) -> EntityKind:
    written = str(row.get("kind") or "other")
    if lists.is_person(written):
        return "person"
    if written not in KINDS:
        tell(f"kind {written!r} is not known ({', '.join(sorted(KINDS))}); taken as other")
    return written if written in KINDS else "other"  # type: ignore[return-value]  # one of them


def _iterate_labelled(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        yield from ((str(name), words) for name, words in value.items())
    else:
        yield from ((str(number), words) for number, words in enumerate(_list_texts(value)))


def _parse_names(row: Mapping[str, Any]) -> tuple[dict[str, str], list[str]]:
    """The first name of each language, and the further ones."""
    names, more = dict[str, str](), list[str]()
    for language, written in _iterate_labelled(row.get("names") or row.get("name")):
        first, *others = [*_list_texts(written), ""]
        names |= {language: first} if first else {}
        more += filter(None, others)
    also = _list_texts(row.get("name")) if row.get("names") else []
    return names, [name for name in dict.fromkeys((*more, *also)) if name not in names.values()]


def _list_texts(value: Any) -> list[str]:
    """All texts and numbers of a value, whichever way they are packed."""
    if isinstance(value, dict):
        return [text for part in value.values() for text in _list_texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in _list_texts(part)]
    if value is None or isinstance(value, bool):
        return []
    text = f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value)
    return [text.strip()] if text.strip() else []


def _read_relation(row: Mapping[str, Any]) -> Relation:
    written = row.get("relation")
    if written in (Relation.PRODUCT, Relation.PART):
        return Relation(written)
    goods = any(key in row for key in OF_GOODS) or row.get("kind") in ("product", "item")
    return Relation.PRODUCT if goods else Relation.SUPPLIER
