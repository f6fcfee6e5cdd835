"""What an act can be found by, and by what it hangs together with others, without anybody reading all acts. Pure.

A clue may lead to more than is asked for, never to less: whoever follows it looks at what he finds.
"""

from collections.abc import Hashable, Iterable, Iterator
from enum import StrEnum

from monitor.model import Announcement, Measure
from monitor.timeline.effects import LISTING, TOUCHING, extends, listed, struck
from monitor.timeline.names import Path, also_called, code, codes
from monitor.vocabulary.letters import bare

LEVEL = "."  # ends each level of a code, so that what lies under one begins as it does


class Clue(StrEnum):
    """By what."""

    AMENDS = "amends"  # the key of an act that it changes
    LISTS = "lists"  # a register and a name that it puts there,
    STRIKES = "strikes"  # and one that it may take off
    NAMES = "names"  # a name or an alias of whom or what it names
    CODE = "code"  # the levels of a code
    TO = "to"  # a destination
    ON = "on"  # a register
    LAW = "law"  # the law that it rests on
    TITLE = "title"
    CALLED = "called"  # its number, and where it stands


def clues(act: Announcement) -> Iterator[tuple[Clue, str]]:
    """All clues to an act."""
    yield Clue.TITLE, bare(act.title)
    yield from ((Clue.CALLED, word) for word in (bare(act.number or ""), act.url, *(annex.url for annex in act.attachments)))
    yield from ((Clue.LAW, bare(basis)) for basis in act.legal_basis)
    for measure in act.measures:
        yield from _of_measure(measure)


def _of_measure(measure: Measure) -> Iterator[tuple[Clue, str]]:
    yield from ((Clue.AMENDS, target.key) for target in measure.amends)
    yield from ((Clue.TO, place) for place in measure.destinations)
    yield from ((Clue.NAMES, name) for entity in measure.entities for name in also_called(entity))
    yield from ((Clue.NAMES, bare(name)) for item in measure.items for name in item.names.values())
    yield from ((Clue.CODE, levels(path)) for item in measure.items for path in codes(item))
    if measure.register is None:
        return
    yield Clue.ON, measure.register
    if measure.action in LISTING:
        yield from ((Clue.LISTS, _on(measure.register, name)) for name in listed(measure))
    if measure.action in TOUCHING or extends(measure):
        yield from ((Clue.STRIKES, _on(measure.register, name)) for name in struck(measure))


def _on(register: str, name: str | Path) -> str:
    return f"{register}\n{name if isinstance(name, str) else levels(name)}"


def levels(path: Path) -> str:
    """A code by its levels: those that lie under it begin with the same."""
    return "".join(f"{level}{LEVEL}" for level in path)


def upper(path: Path) -> list[str]:
    """The levels of a code, and of all that it lies under."""
    return [levels(path[:length]) for length in range(1, len(path) + 1)]


def of_identities(identities: Iterable[Hashable]) -> Iterator[tuple[Clue, str]]:
    """Clues to what is told from others by its names, or by its names and its codes."""
    for identity in identities:
        names, *written = identity if isinstance(identity, tuple) else (identity,)
        yield from ((Clue.NAMES, str(name)) for name in names)
        yield from ((Clue.CODE, levels(path)) for texts in written for text in texts if (path := code(text)))
