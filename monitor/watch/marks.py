"""By what a subject on record is found: its names with their keys, its numbers, and what goods are or are made of. Pure.

Nothing is lost by it: whoever searches in memory (`AllListed`) asks for these very keys, of these very names.
"""

from typing import NamedTuple

from monitor.model import Entity, Item
from monitor.watch import glosses, goods
from monitor.watch.candidates import hashed, keys_of, shape_of, words_of
from monitor.watch.names import parse
from monitor.watch.parties import of_entity


class NameMarks(NamedTuple):
    """One name of a subject and what it is to it, its keys, its words that may be misspelt, and its shape (`shape_of`)."""

    text: str
    role: str
    keys: frozenset[int]
    words: frozenset[str]
    shape: int


class Marks(NamedTuple):
    """All names of a subject, in their order, and the keys of all else by which it is found."""

    names: tuple[NameMarks, ...] = ()
    others: frozenset[int] = frozenset()


def of_subject(subject: Entity | Item) -> Marks:
    """By what a subject is found."""
    if isinstance(subject, Item):
        return Marks(others=frozenset(hashed((*map(of_goods, goods.keys_of(subject)), *glosses.keys(subject)))))
    known_by = of_entity(subject)
    names = tuple(of_name(text, role, person=known_by.person) for text, role in known_by.spelt)
    return Marks(names, frozenset(hashed(map(of_number, known_by.ids))))


def of_name(text: str, role: str = "name", *, person: bool = False) -> NameMarks:
    """By what a name is found."""
    name = parse(text)
    return NameMarks(
        text, role, frozenset(keys_of(name, person=person)), frozenset(words_of(name)), shape_of(name, person=person)
    )


def of_goods(key: str) -> str:
    """A key that goods have in common, among the keys of all else."""
    return f"goods {key}"


def of_number(mark: str) -> str:
    """A number that somebody is registered under, among them."""
    return f"number {mark}"
