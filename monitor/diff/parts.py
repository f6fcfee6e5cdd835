"""A watched page as it was + as it is → which of its parts came, went or were reworded; their order means nothing. Pure."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from monitor.diff.quiet import quiet
from monitor.model import Excerpt, Part

ALIKE = 55  # of 100, from which on a part is another wording of one that is gone
MOST_COMPARED = 40_000  # pairs of parts; where more moved at once, it is another page
Name = tuple[str, int]  # what it is known by, and the how many-th it is that is known so
Named = dict[Name, Part]


@dataclass(frozen=True, slots=True)
class Move:
    """A part before and after: None where it was not there, or is no more. `place` is what it stands below, or its own id.

    `name` is what it is known by on the page as it is; of one that is gone, as it was.
    """

    before: Part | None
    after: Part | None
    place: str
    name: Name

    @property
    def texts(self) -> tuple[str, str]:
        """The words before and after; "" where there are none."""
        return (self.before.text if self.before else "", self.after.text if self.after else "")

    @property
    def transition(self) -> str:
        """What it is known by."""
        return digest("\n→\n".join(self.texts))

    @property
    def is_exchange(self) -> bool:
        """Whether another text stands in the place of one, which is more than another wording of it."""
        return all(self.texts) and fuzz.ratio(*self.texts) < ALIKE


def digest(text: str) -> str:
    """A text by what it is remembered."""
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def moved(before: Excerpt, after: Excerpt) -> list[Move]:
    """What differs, in the order of the page as it is; what is gone comes last."""
    old, new = parts_by_name(before.parts), parts_by_name(after.parts)
    stays = old.keys() & new.keys()
    places = _places(before.parts, stays) | _places(after.parts, stays)
    gone = {name: part for name, part in old.items() if name not in new}
    came = {name: part for name, part in new.items() if name not in old}
    partners = _partners(gone, came, places)
    moves = [Move(old[partners[name]] if name in partners else None, part, places[name], name) for name, part in came.items()]
    stayed = (name for name in new if name in stays and old[name].text != new[name].text)
    reworded = [Move(old[name], new[name], places[name], name) for name in stayed]
    left = () if after.window else (name for name in gone if name not in partners.values())
    return [*moves, *reworded, *(Move(old[name], None, places[name], name) for name in left)]


def parts_by_name(parts: Sequence[Part]) -> Named:
    """The parts of a page by their names, in its order."""
    seen: Counter[str] = Counter()
    by_name: Named = {}
    for part in parts:
        known_by = f"#{part.id}" if part.id else part.text
        by_name[known_by, seen[known_by]] = part
        seen[known_by] += 1
    return by_name


def _places(parts: Sequence[Part], stays: set[Name]) -> dict[Name, str]:
    """Where each stands: below which part that is there before and after; one with an id by itself."""
    places: dict[Name, str] = {}
    above = ""
    for name, part in parts_by_name(parts).items():
        places[name] = f"#{part.id}" if part.id else digest(above)
        above = part.text if name in stays else above
    return places


def _partners(gone: Named, came: Named, places: dict[Name, str]) -> dict[Name, Name]:
    """For each part that came the one that is gone whose other wording it is: the same but for noise, alike, at one place."""
    free = {name: part for name, part in gone.items() if not part.id}
    wanting = {name: part for name, part in came.items() if not part.id}
    partners: dict[Name, Name] = {}
    for name, old in _same(wanting, free, lambda name: quiet(wanting.get(name, free.get(name, Part(text=""))).text)):
        partners[name] = old
        del wanting[name], free[old]
    if len(wanting) * len(free) <= MOST_COMPARED:
        for name, old in _alike(wanting, free):
            partners[name] = old
            del free[old]
    wanting = {name: part for name, part in wanting.items() if name not in partners}
    return partners | dict(_same(wanting, free, places.__getitem__))


def _same(wanting: Named, free: Named, of: Callable[[Name], str]) -> list[tuple[Name, Name]]:
    """Those of both that are the same by some measure, in their order."""
    by: dict[str, list[Name]] = {}
    for old in free:
        by.setdefault(of(old), []).append(old)
    return [(name, by[of(name)].pop(0)) for name in wanting if by.get(of(name))]


def _alike(wanting: Named, free: Named) -> Iterator[tuple[Name, Name]]:
    """The nearest that is still free, for each in its turn."""
    left = {old: part.text for old, part in free.items()}
    for name, part in wanting.items():
        best = process.extractOne(part.text, left, scorer=fuzz.ratio, score_cutoff=ALIKE) if left else None
        if best:
            del left[best[2]]
            yield name, best[2]
