"""What a watch list is made of, and what becomes of two rows on one entry."""

import pytest

from monitor.watch.entries import Entry, Owner, Party, Product, describe_owner, merge_entries
from monitor.watch.values import Relation


@pytest.mark.parametrize(
    ("owner", "told"),
    [
        (Owner(name="X"), "owned by X (share not stated)"),
        (Owner(name="X", source="GLEIF"), "owned by X (share not stated; GLEIF)"),
        (Owner(name="X", share=60), "owned 60 % by X"),
        (Owner(name="X", share=0), "owned 0 % by X"),
        (
            Owner(name="X", share=33.5, path=("Y", "Z"), source="GLEIF"),
            "owned through Y, Z, of which X holds 33.5 % (GLEIF)",
        ),
    ],
)
def test_an_owner_is_told_as_a_fact(owner: Owner, told: str):
    assert describe_owner(owner.tie()) == told


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        (Party(name="Acme Ltd."), "supplier:acmeltd"),
        (Party(name="Acme Ltd.", relation=Relation.OWN), "own:acmeltd"),
        (Product(name="Magnet"), "product:magnet"),
        (Product(name="Magnet", relation=Relation.PART, part_of="Motor 2"), "part:motor2:magnet"),
    ],
)
def test_an_entry_is_known_by_what_it_is_and_is_called(entry: Entry, key: str):
    assert entry.key == key


@pytest.mark.parametrize(
    ("one", "more", "both", "otherwise"),
    [
        (
            Party(name="Acme", aliases=("A",), ids=("1",), origin="row 2"),
            Party(name="ACME", aliases=("B", "A"), ids=("1", "2"), country="DE", person=True, origin="row 3"),
            Party(name="Acme", aliases=("A", "B"), ids=("1", "2"), country="DE", person=True, origin="row 2"),
            [],
        ),
        (
            Party(name="Acme", country="DE", owner="Ann", person=True),
            Party(name="Acme", country="FR", owner="Bob"),
            Party(name="Acme", country="DE", owner="Ann", person=True),
            ["country 'FR'", "owner 'Bob'"],
        ),
        (
            Party(name="Acme", parent="X", share=60),
            Party(name="Acme", parent="Y", share=40),
            Party(name="Acme", parent="X", share=60, owners=(Owner(name="Y", share=40),)),
            [],
        ),
        (
            Party(name="Acme", parent="X", share=60),
            Party(name="Acme", parent="X", share=70),
            Party(name="Acme", parent="X", share=60),
            ["share 70"],
        ),
        (
            Party(name="Acme", parent="X"),
            Party(name="Acme", share=70),
            Party(name="Acme", parent="X", share=70),
            [],
        ),
        (Party(name="Acme"), Party(name="Acme", parent="Y"), Party(name="Acme", parent="Y"), []),
        (
            Product(name="Magnet", hs=("850511",), part_of="Motor"),
            Product(name="Magnet", hs=("850519",), part_of="Pump", materials=("Nd",)),
            Product(name="Magnet", hs=("850511", "850519"), part_of="Motor", materials=("Nd",)),
            ["part of 'Pump'"],
        ),
    ],
)  # fmt: skip
def test_two_rows_on_one_entry_say_together_what_both_say_and_what_they_say_otherwise_is_told(
    one: Entry, more: Entry, both: Entry, otherwise: list[str]
):
    assert merge_entries(one, more) == (both, otherwise)
