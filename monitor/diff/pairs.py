"""Rows that went and rows that came on one day: which of them are one row under another id, name or label. Pure."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from monitor.diff.listings import differences, name_of
from monitor.model import Entity, Listing
from monitor.register import folded

ALIKE = 90.0  # of 100, by the words both names share: "(Pvt.) Limited" for "Pvt Ltd.", a native name added in brackets
SHORTEST = 6  # letters; below, names are alike by accident


@dataclass(frozen=True, slots=True)
class Side:
    """A row on one side of a comparison."""

    id: str
    listing: Listing


Pairs = list[tuple[Side, Side]]


def paired(removed: Sequence[Side], added: Sequence[Side], *, alike: bool) -> Pairs:
    """The rows that are one and the same: of the same name, and, where `alike` is allowed, of nearly the same name.

    Only where ids are derived from names may names differ: an official id that is gone under another name is gone.
    """
    pairs = _by(removed, added, _full_name)
    if alike:
        pairs += _by(*_left(removed, added, pairs), _letters)
        pairs += _by_likeness(*_left(removed, added, pairs))
    return pairs


def _left(removed: Sequence[Side], added: Sequence[Side], pairs: Pairs) -> tuple[list[Side], list[Side]]:
    old, new = {id(old) for old, _ in pairs}, {id(new) for _, new in pairs}
    return [side for side in removed if id(side) not in old], [side for side in added if id(side) not in new]


def _by(removed: Sequence[Side], added: Sequence[Side], key: Callable[[Side], Hashable]) -> Pairs:
    """Pair rows with an equal key; of several the ones that differ least."""
    waiting: dict[Hashable, list[Side]] = {}
    for new in added:
        waiting.setdefault(key(new), []).append(new)
    pairs = []
    for old in removed:
        if same := waiting.get(key(old)):
            nearest = min(same, key=lambda new: len(differences(old.listing, new.listing)))
            same.remove(nearest)
            pairs.append((old, nearest))
    return pairs


def _full_name(side: Side) -> Hashable:
    return folded(name_of(side.listing))


def _letters(side: Side) -> Hashable:
    return "".join(letter for letter in folded(name_of(side.listing)) if letter.isalnum())


def _by_likeness(removed: Sequence[Side], added: Sequence[Side]) -> Pairs:
    """Pair rows of one country whose names are nearly the same, the most alike first."""
    taken: set[int] = set()
    pairs = []
    for _, old_at, new_at in sorted(_alike(removed, added), reverse=True):
        old, new = removed[old_at], added[new_at]
        if id(old) not in taken and id(new) not in taken:
            taken |= {id(old), id(new)}
            pairs.append((old, new))
    return pairs


def _alike(removed: Sequence[Side], added: Sequence[Side]) -> Iterator[tuple[float, int, int]]:
    names: list[str] = [folded(name_of(side.listing)) for side in added]
    for old_at, old in enumerate(removed):
        name = folded(name_of(old.listing))
        if len(name) < SHORTEST:
            continue
        for _, score, new_at in process.extract(name, names, scorer=_score, score_cutoff=ALIKE):
            if _country(old) == _country(added[new_at]):
                yield score, old_at, new_at


def _score(one: Sequence[Hashable], other: Sequence[Hashable], *, score_cutoff: float | None) -> float:
    return max(scorer(str(one), str(other), score_cutoff=score_cutoff) for scorer in (fuzz.token_sort_ratio, fuzz.ratio))


def _country(side: Side) -> str | None:
    return side.listing.subject.country if isinstance(side.listing.subject, Entity) else None
