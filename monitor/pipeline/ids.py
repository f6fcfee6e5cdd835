"""Ids that stay: made of what tells a part of a measure, a subject or a day from others, so that they are the same in every
answer and after every start, for as long as the act is understood in the same way. Pure.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

import msgspec

from monitor.model import Entity, Item
from monitor.pipeline.lines import PartLine
from monitor.timeline.values import identity

V = TypeVar("V")


def digest(*parts: object) -> str:
    """Twelve figures that tell these from all else."""
    return hashlib.blake2b(msgspec.json.encode(parts), digest_size=6).hexdigest()


def part_id(part: PartLine) -> str:
    """`mofcom-2025-61:3f…`: the act, and of it the clauses, whom and what."""
    named = sorted(str(sorted(names.items())) for names in (*_names(part.entities), *_names(part.items)))
    codes = [item.codes for item in part.items]
    return f"{part.act}:{digest(part.action, part.register, part.clauses, part.all_but_clauses, named, codes, part.destinations)}"


def _names(things: Iterable[Entity | Item]) -> list[Mapping[str, str]]:
    return [thing.names for thing in things]


def subject_id(subject: Entity | Item) -> str:
    """What tells a subject from others, as `identity` does."""
    names = identity(subject)
    return digest(sorted(map(str, names)) if isinstance(names, frozenset) else [sorted(names[0]), *names[1:]])  # type: ignore[index]


def numbered(things: Iterable[V], id_of: Callable[[V], str]) -> Iterator[tuple[str, V]]:
    """Each thing with its id, as far as somebody asks for; where an id comes again its number behind it."""
    counted: Counter[str] = Counter()
    for thing in things:
        known = id_of(thing)
        counted[known] += 1
        yield (known if counted[known] == 1 else f"{known}.{counted[known]}"), thing
