"""Whom or what two readings of one act list: which are the same. Pure.

Names are held together script by script, so that a translation is neither new nor another; codes and ids in any language.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import msgspec
from rapidfuzz import fuzz

from monitor.model import Entity, Item, Target
from monitor.vocabulary.letters import EAST_ASIAN, bare

Thing = Entity | Item
T = TypeVar("T", bound=Thing)
P = TypeVar("P", Entity, Item, Target, str)
MOST_PAIRS = 200_000  # of names held together letter by letter
ALIKE = 85  # of 100; a comma, a legal form or a slip of the pen
OTHER = re.compile(r"[\u0370-\u06ff]")  # Greek, Cyrillic, Hebrew, Arabic
DIGITS = re.compile(r"\d+")
Mark = tuple[str, str]  # a script, a kind of id, "code" or "hs"; and what is written


@dataclass(frozen=True, slots=True)
class Unpaired(Generic[T]):
    """Those of one reading that the other does not have; `unsure` where more of another script were counted than there are."""

    new: list[T] = field(default_factory=list)
    unsure: bool = False


def paired(found: Sequence[T], known: Sequence[T]) -> Unpaired[T]:
    """The `found` ones that are none of the `known`."""
    left, free = _by_marks(found, known)
    left, free = _by_likeness(left, free)
    return _by_number(left, free)


def without(known: Sequence[P], gone: Sequence[P]) -> list[P]:
    """What is known without what is gone, known by a name, a code or an id; a name in another script proves nothing."""
    if any(isinstance(part, Entity | Item) for part in gone):
        return list(_by_marks(known, gone)[0])  # type: ignore[type-var]
    return [part for part in known if part not in gone]


def unquoted(part: P) -> P:
    """The part without the words that say so."""
    return msgspec.structs.replace(part, quote="") if isinstance(part, Entity | Item) else part


def strangers(one: Sequence[Thing], other: Sequence[Thing]) -> bool:
    """Whether two lists that could have something in common have nothing."""
    if not any(_meet(ours, theirs) for ours in _kinds(one) for theirs in _kinds(other)):
        return False
    left, _ = _by_likeness(*_by_marks(one, other))
    return len(left) == len(one)


def _by_marks(found: Sequence[T], known: Sequence[T]) -> tuple[list[T], list[T]]:
    """What is left on both sides when all that share a name, a code or an id are paired, each once."""
    waiting: dict[Mark, list[int]] = {}
    for place, thing in enumerate(known):
        for mark in _marks(thing):
            waiting.setdefault(mark, []).append(place)
    taken: set[int] = set()
    left: list[T] = []
    for thing in found:
        free = next((at for mark in _marks(thing) for at in waiting.get(mark, ()) if at not in taken), None)
        if free is None:
            left.append(thing)
        else:
            taken.add(free)
    return left, [thing for place, thing in enumerate(known) if place not in taken]


def _by_likeness(found: Sequence[T], known: Sequence[T]) -> tuple[list[T], list[T]]:
    """Of what neither side has in common, the names that are written a little otherwise."""
    if len(found) * len(known) > MOST_PAIRS:
        return list(found), list(known)
    free, left = [(thing, _letters(thing)) for thing in known], []
    for thing in found:
        letters = _letters(thing)
        same = next((at for at, (_, others) in enumerate(free) if _alike(letters, others)), None)
        if same is None:
            left.append(thing)
        else:
            del free[same]
    return left, [thing for thing, _ in free]


def _by_number(found: Sequence[T], known: Sequence[T]) -> Unpaired[T]:
    """Where nothing can be compared a list no longer than the other is the same; of a longer one all may be new."""
    theirs = _kinds(known)
    sides = [(thing, any(not _meet(_kind(thing), kind) for kind in theirs)) for thing in found]
    foreign = [thing for thing, is_foreign in sides if is_foreign]
    ours = _kinds(foreign)
    others = sum(number for kind, number in theirs.items() if any(not _meet(kind, own) for own in ours))
    if len(foreign) > others:
        return Unpaired(list(found), unsure=True)
    return Unpaired([thing for thing, is_foreign in sides if not is_foreign])


def _kinds(things: Sequence[Thing]) -> Counter[frozenset[str]]:
    return Counter(map(_kind, things))


def _kind(thing: Thing) -> frozenset[str]:
    """In which scripts, and by which kinds of id, a thing is known."""
    return frozenset(kind for kind, _ in _marks(thing))


def _meet(one: frozenset[str], other: frozenset[str]) -> bool:
    return not one.isdisjoint(other)


def _marks(thing: Thing) -> list[Mark]:
    """What a thing can be known by: of an item with control codes these alone, since many may have one HS number or name."""
    names = [(_script(name), bare(name)) for name in (*thing.names.values(), *getattr(thing, "aliases", ()))]
    if isinstance(thing, Entity):
        return [mark for mark in (*names, *((f"id {kind}", bare(value)) for kind, value in thing.ids.items())) if mark[1]]
    return [("code", bare(code)) for code in thing.codes] or [*names, *(("hs", number) for number in thing.hs)]


def _letters(thing: Thing) -> list[Mark]:
    """The names that may be misspelt: in Chinese one other character is another firm, but not another item."""
    return [mark for mark in _marks(thing) if mark[0] == "latin" or (mark[0] == "eastern" and isinstance(thing, Item))]


def _alike(one: Sequence[Mark], other: Sequence[Mark]) -> bool:
    return any(
        kind == others and DIGITS.findall(mine) == DIGITS.findall(theirs) and fuzz.ratio(mine, theirs) >= ALIKE
        for kind, mine in one
        for others, theirs in other
    )


def _script(name: str) -> str:
    return "eastern" if EAST_ASIAN.search(name) else "other" if OTHER.search(name) else "latin"
