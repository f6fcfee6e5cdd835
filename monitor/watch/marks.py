"""By what a subject on record is found: keys of its names, its numbers, and what goods are or are made of. Pure.

That nothing is lost by it hangs on one thing: whoever searches in memory (`AllListed`) asks for these very keys, of these very
names, and scores nothing that has none of them in common with what is asked. So a subject that is not under a key is none that
the walk of all subjects would have come to by it, whatever a score would have made of the two.
"""

from typing import NamedTuple

from monitor.model import Entity, Item
from monitor.watch import goods
from monitor.watch.candidates import hashed, keys_of, shape_of, words_of
from monitor.watch.names import parse
from monitor.watch.parties import of_entity


class OfName(NamedTuple):
    """The keys of one name, its words that may be misspelt, and its shape (`candidates.shape_of`)."""

    keys: frozenset[int]
    words: frozenset[str]
    shape: int = 0


class Marks(NamedTuple):
    """The keys of each name of a subject, in their order, and of all else by which it is found."""

    names: tuple[OfName, ...] = ()
    others: frozenset[int] = frozenset()


NOTHING = Marks()


def of_subject(subject: Entity | Item, *more: str) -> Marks:
    """By what it is found; `more` are keys that others know of."""
    if isinstance(subject, Item):
        return Marks(others=frozenset(hashed((*map(of_goods, goods.keys_of(subject)), *more))))
    known_by = of_entity(subject)
    names = tuple(_of_name(text, person=known_by.person) for text, _ in known_by.spelt)
    return Marks(names, frozenset(hashed((*map(of_number, known_by.ids), *more))))


def of_goods(key: str) -> str:
    """A key that goods have in common, among the keys of all else."""
    return f"goods {key}"


def of_number(mark: str) -> str:
    """A number that somebody is registered under, among them."""
    return f"number {mark}"


def _of_name(text: str, *, person: bool) -> OfName:
    name = parse(text)
    return OfName(frozenset(keys_of(name, person=person)), frozenset(words_of(name)), shape_of(name, person=person))
