"""Which records of a register have to be understood for what has moved, and what that says."""

from collections.abc import Callable, Mapping

import msgspec
import pytest

from monitor.diff.rows import MOST_WITNESSES, Changes, Scanned, Version, compare, digest, scan, state_of
from monitor.model import Entity, Item, Listing
from monitor.source.page import Record, Register

KNOWN = {str(number): digest(b"as before") for number in range(MOST_WITNESSES + 1)}
MOVED = Version(digest(b"otherwise"), b"")


def wanted(*moved: str, missing: frozenset[str] = frozenset(), known: Mapping[str, bytes] = KNOWN) -> frozenset[str]:
    return Scanned(len(known), dict.fromkeys(moved, MOVED), missing).wanted(known)


def test_of_a_long_register_in_which_one_record_moved_only_that_one_is_understood():
    assert wanted("7") == {"7"}
    assert wanted("7", missing=frozenset({"9"})) == {"7", "9"}
    assert wanted("new") == frozenset()


@pytest.mark.parametrize("count", [3, MOST_WITNESSES])
def test_of_a_short_register_all_records_are_understood_where_one_moved(count: int):
    short = dict(list(KNOWN.items())[:count])

    assert wanted("1", known=short) == short.keys()
    assert wanted("1", missing=frozenset({"2"}), known=short) == short.keys()


def test_those_that_share_an_id_with_what_moved_are_understood_with_it():
    known = KNOWN | {"7##2": digest(b"another"), "8##2": digest(b"another")}

    assert wanted("7", known=known) == {"7", "7##2"}
    assert wanted("7##2", known=known) == {"7", "7##2"}


def test_a_state_is_named_by_what_each_record_is_whatever_their_order():
    one, other = digest(b"one"), digest(b"other")

    assert state_of({"a": one, "b": other}) == state_of({"b": other, "a": one})
    assert len({state_of(digests) for digests in ({}, {"a": one}, {"b": one}, {"a": other}, {"a": one, "b": other})}) == 5


# What it says


def firm(name: str, **more) -> Listing:
    return Listing(subject=Entity(names={"en": name}, kind="org", **more))


def roll(rows: Mapping[str, Listing], *, official: bool = False) -> Register:
    """A register with these rows by id."""
    raws = {msgspec.json.encode([known_as, repr(listing)]): listing for known_as, listing in rows.items()}
    ids = dict(zip(raws, rows, strict=True))
    READ.update(raws)
    return Register("roll", [Record(ids[raw], raw) for raw in raws], READ.__getitem__, proven=True, official_ids=official)


READ: dict[bytes, Listing] = {}


def change(old: Register, new: Register) -> Changes:
    versions: dict[str, Version] = dict(scan(old, {}).moved)
    known = {name: version.digest for name, version in versions.items()}
    _, changes = compare(new, known, lambda names: {name: versions[name].raw for name in names})
    return changes


def renamed(count: int, of: int, to: Callable[[int], str] = "new {}".format) -> tuple[dict[str, Listing], dict[str, Listing]]:
    """Rows before and after so many of them got another id."""
    rows = {f"id {number}": firm(f"NORD {number}") for number in range(of)}
    return rows, {to(at) if at < count else name: listing for at, (name, listing) in enumerate(rows.items())}


@pytest.mark.parametrize(
    ("count", "of", "told"),
    [(9, 30, 9), (10, 30, 0), (2, 30, 2), (2, 2, 0), (1, 1, 1), (1, 2, 1)],
)
def test_ids_of_ours_that_are_put_together_otherwise_in_many_rows_or_in_all_move_none(count: int, of: int, told: int):
    before, after = renamed(count, of)
    found = change(roll(before), roll(after))

    assert sorted([(row.action, row.id, row.fields) for row in found.rows], key=lambda row: row[1]) == [
        ("amend", f"new {at}", {"id": (f"id {at}", f"new {at}")}) for at in range(told)
    ]
    assert found.remarks == (() if told else ("the publisher writes id otherwise: no row is taken to have changed by that",))


def test_ids_of_the_publisher_are_always_told():
    before, after = renamed(30, 30)

    found = change(roll(before, official=True), roll(after, official=True))

    assert (len(found.rows), found.remarks) == (30, ())


def test_a_row_that_is_called_otherwise_is_one_row_under_another_id():
    (row,) = change(roll({"a": firm("Severny Press JSC", country="RU")}), roll({"b": firm("Severny Press", country="RU")})).rows

    assert (row.action, row.id, row.name) == ("amend", "b", "Severny Press")
    assert row.fields == {"id": ("a", "b"), "name": ("Severny Press JSC", "Severny Press")}


def test_a_row_that_came_or_went_is_told_with_whom_or_what_it_lists():
    gallium = Listing(subject=Item(names={"en": "Gallium"}, codes=("3C909",)), fields={"note": "pure"})
    there = {"a": firm("Alpha")}

    (came,) = change(roll(there), roll(there | {"g": gallium})).rows
    (went,) = change(roll({"g": gallium} | there), roll({"g": gallium})).rows

    assert (came.action, came.item, came.entity, came.details) == ("add", gallium.subject, None, {"note": "pure"})
    assert (went.action, went.item, went.entity, went.details) == ("remove", None, there["a"].subject, {})


def test_nothing_is_asked_of_what_was_known_where_nothing_moved():
    rows = {"a": firm("Alpha"), "b": firm("Beta")}

    assert change(roll(rows), roll(dict(reversed(rows.items())))) == Changes()
