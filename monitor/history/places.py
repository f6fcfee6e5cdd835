"""The place of each subject on record, by which all of them are in one order, and by which rules each is found.

What acts name comes in the order in which these were first seen, then the rows of registers, then the titles of acts whose own
lists could not be read.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

from monitor.history import watched
from monitor.history.watched import OnRecord
from monitor.model import Announcement, Entity, Item
from monitor.watch.marks import Marks

ACT, ROW, TITLE = range(3)  # kinds of places
KIND = 45  # bits behind the kind of a place
OF_ACT = 19  # bits behind the first change of an act: one act names fewer


@dataclass(frozen=True)
class Naming:
    """How names on record are indexed: by which `rules`, by what a subject is found, which titles of acts may be about goods."""

    rules: str
    marks: Callable[[Entity | Item], Marks]
    titles: Callable[[Announcement], Iterable[OnRecord]]


def rules_of(naming: Naming) -> str:
    """The same rules, and those by which places are given here."""
    return f"{naming.rules} {_own_rules()}"


@cache
def _own_rules() -> str:
    return blake2b(b"".join(Path(module).read_bytes() for module in (__file__, watched.__file__)), digest_size=16).hexdigest()


def place(kind: int, owner: int) -> int:
    """The place of a row by its number, or of what an act names by the act's first change and its own number in the act."""
    return kind << KIND | owner


def of_act(naming: Naming, first: int, act: Announcement) -> Iterator[tuple[int, OnRecord]]:
    """What an act names, by place; `first` is the change by which it was first seen."""
    for kind, records in ((ACT, watched.by_act(act)), (TITLE, () if act.understood == "full" else naming.titles(act))):
        yield from ((place(kind, first << OF_ACT | number), record) for number, record in enumerate(records))
