"""Make the marks by which a subject on record is found: names with keys, numbers, goods and
materials. Pure.

No match is lost: a search in memory (`AllListed`) looks up the same keys of the same names.
"""

from typing import NamedTuple

from monitor.model import Entity, Item
from monitor.names.candidates import NameMarks, hash_keys, make_name_marks
from monitor.watch import glosses, goods
from monitor.watch.parties import make_subject_names


class Marks(NamedTuple):
    """All names of a subject, in their order, and the keys of all else by which it is found."""

    names: tuple[NameMarks, ...] = ()
    others: frozenset[int] = frozenset()


def make_subject_marks(subject: Entity | Item) -> Marks:
    """Make the marks of a subject; the names of goods are those of the firms that they name."""
    known_by = make_subject_names(subject)
    names = tuple(
        make_name_marks(text, role, person=known_by.person) for text, role in known_by.spelt
    )
    others = (
        (
            *map(make_goods_mark, goods.make_keys_of_goods(subject)),
            *glosses.make_goods_keys(subject),
        )
        if isinstance(subject, Item)
        else map(make_number_mark, known_by.ids)
    )
    return Marks(names, frozenset(hash_keys(others)))


def make_goods_mark(key: str) -> str:
    """A key that goods have in common, among the keys of all else."""
    return f"goods {key}"


def make_number_mark(mark: str) -> str:
    """Make the mark of a registration number."""
    return f"number {mark}"
