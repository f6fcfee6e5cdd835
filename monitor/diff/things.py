"""Compare the names and items of two readings of one act. Pure.

Names are compared script by script, so that a translation is neither new nor different; codes and
ids in any language.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import field, replace
from typing import Generic, TypeVar

from rapidfuzz import fuzz

from monitor.model import Entity, Item, Target, frozen
from monitor.vocabulary.letters import EAST_ASIAN, bare

P = TypeVar("P", Entity, Item, Target, str)

Thing = Entity | Item
T = TypeVar("T", bound=Thing)
MOST_PAIRS = 200_000  # similarity of names, letter by letter
ALIKE = 85  # of 100; a comma, a legal form or a slip of the pen
OTHER = re.compile(r"[\u0370-\u06ff]")  # Greek, Cyrillic, Hebrew, Arabic
DIGITS = re.compile(r"\d+")
Mark = tuple[str, str]  # a script, a kind of id, "code" or "hs"; and what is written


@frozen
class Unpaired(Generic[T]):
    """The subjects of one reading that the other lacks; `unsure` if more names of another script
    were counted. `same` are the pairs, known first, with a common name, code or id.
    """

    new: list[T] = field(default_factory=list)
    unsure: bool = False
    same: list[tuple[T, T]] = field(default_factory=list, compare=False)


def find_unpaired(found: Sequence[T], known: Sequence[T]) -> Unpaired[T]:
    """The `found` ones that are none of the `known`."""
    left, free, same = pair_by_marks(found, known)
    left, free, alike = _pair_by_likeness(left, free)
    return replace(_pair_by_number(left, free), same=[*same, *alike])


def unite(known: T, found: T, said: Collection[Mark] = ()) -> T:
    """Merge the known subject's names, codes and ids, without those in `said`, which only the other
    reading has.
    """
    marks = {*list_marks(known, every=True), *said}
    fresh = [
        mark
        for mark in list_marks(found, every=True)
        if mark not in marks and not _are_alike(_list_letter_marks(known), [mark])
    ]
    names = {language: name for language, name in found.names.items() if _mark_name(name) in fresh}
    first = {language: name for language, name in names.items() if language not in known.names}
    if isinstance(known, Entity) and isinstance(found, Entity):
        others = [name for language, name in names.items() if language not in first]
        aliases = [*others, *(name for name in found.aliases if _mark_name(name) in fresh)]
        ids = {
            kind: value for kind, value in found.ids.items() if (f"id {kind}", bare(value)) in fresh
        }
        return known.replace(
            names=known.names | first,
            aliases=(*known.aliases, *dict.fromkeys(aliases)),
            ids=ids | known.ids,
        )
    assert isinstance(known, Item), "things of one kind are paired"
    assert isinstance(found, Item), "things of one kind are paired"
    codes = [code for code in found.codes if ("code", bare(code)) in fresh]
    hs = [number for number in found.hs if ("hs", number) in fresh]
    return known.replace(
        names=known.names | first, codes=(*known.codes, *codes), hs=(*known.hs, *hs)
    )


def subtract_parts(known: Sequence[P], gone: Sequence[P]) -> list[P]:
    """Remove what is gone from the known, by name, code or id; a name in another script proves
    nothing.
    """
    if any(isinstance(part, Entity | Item) for part in gone):
        return list(pair_by_marks(known, gone)[0])  # type: ignore[type-var]
    return [part for part in known if part not in gone]


def strip_quotes(part: P) -> P:
    """Return the part without its quotes."""
    return part.replace(quote="") if isinstance(part, Entity | Item) else part


def has_nothing_common(one: Sequence[Thing], other: Sequence[Thing]) -> bool:
    """Return whether two lists that could overlap do not."""
    if not any(
        ours & theirs
        for ours in set(map(_list_scripts, one))
        for theirs in set(map(_list_scripts, other))
    ):
        return False
    left, free, _ = pair_by_marks(one, other)
    left, _, _ = _pair_by_likeness(left, free)
    return len(left) == len(one)


# what is left of the found and of the known, and the pairs
Pairing = tuple[list[T], list[T], list[tuple[T, T]]]


def pair_by_marks(found: Sequence[T], known: Sequence[T]) -> Pairing[T]:
    """Pair subjects with a common name, code or id, each once; first pairs without a contradiction
    in any script or kind.
    """
    waiting: dict[Mark, list[int]] = {}
    for place, thing in enumerate(known):
        for mark in list_marks(thing):
            waiting.setdefault(mark, []).append(place)
    partners: dict[int, int] = {}
    taken: set[int] = set()
    for fits in (_agree, _share):
        for number, thing in enumerate(found):
            if number in partners:
                continue
            places = (
                at for mark in list_marks(thing) for at in waiting.get(mark, ()) if at not in taken
            )
            if (free := next((at for at in places if fits(thing, known[at])), None)) is not None:
                partners[number] = free
                taken.add(free)
    left = [thing for number, thing in enumerate(found) if number not in partners]
    free_ones = [thing for place, thing in enumerate(known) if place not in taken]
    return left, free_ones, [(known[at], found[number]) for number, at in sorted(partners.items())]


def _agree(one: Thing, other: Thing) -> bool:
    """Return whether the two share a mark in each script and kind of id that both have."""
    ours, theirs = set(list_marks(one)), set(list_marks(other))
    return (_list_scripts(one) & _list_scripts(other)) == {kind for kind, _ in ours & theirs}


def _share(_one: Thing, _other: Thing) -> bool:
    """One common mark is enough."""
    return True


def _pair_by_likeness(found: Sequence[T], known: Sequence[T]) -> Pairing[T]:
    """Pair the rest by names with small differences in spelling."""
    if len(found) * len(known) > MOST_PAIRS:
        return list(found), list(known), []
    free, left, pairs = (
        [(thing, _list_letter_marks(thing)) for thing in known],
        list[T](),
        list[tuple[T, T]](),
    )
    for thing in found:
        letters = _list_letter_marks(thing)
        same = next(
            (at for at, (_, others) in enumerate(free) if _are_alike(letters, others)), None
        )
        if same is None:
            left.append(thing)
        else:
            pairs.append((free.pop(same)[0], thing))
    return left, [thing for thing, _ in free], pairs


def _pair_by_number(found: Sequence[T], known: Sequence[T]) -> Unpaired[T]:
    """Without a comparison, a list no longer than the other counts as the same; all of a longer one
    may be new.
    """
    theirs = Counter(map(_list_scripts, known))
    sides = [(thing, not all(_list_scripts(thing) & kind for kind in theirs)) for thing in found]
    foreign = [thing for thing, is_foreign in sides if is_foreign]
    ours = set(map(_list_scripts, foreign))
    others = sum(number for kind, number in theirs.items() if not all(kind & own for own in ours))
    if len(foreign) > others:
        return Unpaired(list(found), unsure=True)
    return Unpaired([thing for thing, is_foreign in sides if not is_foreign])


def _list_scripts(thing: Thing) -> frozenset[str]:
    """Return the scripts and kinds of id of a subject."""
    return frozenset(kind for kind, _ in list_marks(thing))


def list_marks(thing: Thing, *, every: bool = False) -> list[Mark]:
    """Return a subject's marks: for an item with control codes only these, because many may share
    an HS number or name. With `every` all its names are included.
    """
    names = list(map(_mark_name, (*thing.names.values(), *getattr(thing, "aliases", ()))))
    if isinstance(thing, Entity):
        return [
            mark
            for mark in (
                *names,
                *((f"id {kind}", bare(value)) for kind, value in thing.ids.items()),
            )
            if mark[1]
        ]
    codes = [("code", bare(code)) for code in thing.codes]
    return (
        [*codes, *names, *(("hs", number) for number in thing.hs)] if every or not codes else codes
    )


def _list_letter_marks(thing: Thing) -> list[Mark]:
    """The names that may be misspelt: in Chinese one other character is another firm, but not
    another item.
    """
    return [
        mark
        for mark in list_marks(thing)
        if mark[0] == "latin" or (mark[0] == "eastern" and isinstance(thing, Item))
    ]


def _are_alike(one: Sequence[Mark], other: Sequence[Mark]) -> bool:
    return any(
        kind == others
        and DIGITS.findall(mine) == DIGITS.findall(theirs)
        and fuzz.ratio(mine, theirs) >= ALIKE
        for kind, mine in one
        for others, theirs in other
    )


def _mark_name(name: str) -> Mark:
    script = "eastern" if EAST_ASIAN.search(name) else "other" if OTHER.search(name) else "latin"
    return script, bare(name)
