"""When two texts mean the same: names of entities, codes of items, marks of clauses."""

import re
import unicodedata
from collections.abc import Hashable, Iterable

from monitor.model import Entity, Item
from monitor.vocabulary.letters import bare

Path = tuple[str, ...]

_CODE = re.compile(r"(\d)([a-z])(\d+)?")
_MARK = re.compile(r"《[^》]*》|[^()\[\]\s、,.;:]+")


def called(entity: Entity) -> set[str]:
    """The names it is printed under, in any language, folded."""
    return {fold for name in entity.names.values() if (fold := bare(name))}


def also_called(entity: Entity) -> set[str]:
    """Its names and aliases, folded."""
    return called(entity) | {fold for name in entity.aliases if (fold := bare(name))}


def code(text: str) -> Path:
    """The levels of a control code or of its beginning, `1C909.a.1` as 1, c, 909, a, 1, or an HS number's digits; () of none."""
    plain = unicodedata.normalize("NFKC", text).casefold().strip().strip(".")
    if plain.replace(".", "").isdigit():
        return tuple(plain.replace(".", ""))
    first, *more = plain.split(".")
    match = _CODE.fullmatch(first)
    return tuple(level for level in (*(match.groups() if match else (first,)), *more) if level)


def codes(item: Item) -> set[Path]:
    """All codes of an item, control codes and HS numbers."""
    return {path for text in (*item.codes, *item.hs) if (path := code(text))}


def covers(upper: Path, lower: Path) -> bool:
    """Whether `lower` is `upper` or lies under it."""
    return lower[: len(upper)] == upper


def same_item(one: Item, other: Item) -> bool:
    """Whether `one` names `other` or something it is part of: by code where both have one, else by name."""
    ours, theirs = codes(one), codes(other)
    if ours and theirs:
        return any(covers(upper, lower) for upper in ours for lower in theirs)
    return bool({bare(name) for name in one.names.values()} & {bare(name) for name in other.names.values()})


def identity(thing: Entity | Item) -> Hashable:
    """What tells a subject of an act from the others: its names, and of goods their codes."""
    names = frozenset(map(bare, thing.names.values()))
    return (names, thing.codes, thing.hs) if isinstance(thing, Item) else names


def identities(things: Iterable[Entity | Item]) -> frozenset[Hashable]:
    """The same of several."""
    return frozenset(map(identity, things))


def clause(mark: str) -> Path:
    """The levels of a clause's mark: `一（三）`, `第一条(三)` as 一, 三."""
    parts = _MARK.findall(unicodedata.normalize("NFKC", mark))
    return tuple(plain for part in parts if (plain := re.sub(r"^第(.+?)[条款项章]?$|^(.+?)[条款项]$", r"\1\2", part)))


def clauses(marks: Iterable[str]) -> dict[Path, str]:
    """Clauses by their levels."""
    return {path: mark for mark in marks if (path := clause(mark))}
