"""What two versions of a row say differently, field by field."""

import pytest

from monitor.diff.listings import differences, flat, meaning, name_of
from monitor.model import Entity, Item, Listing


def firm(names: dict[str, str] | None = None, **more) -> Listing:
    return Listing(subject=Entity(names=names or {"en": "Severny Press"}, kind="org", **more))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("country", "RU", "RU"),
        ("role", "end user", "end user"),
        ("parent", "Severny Holding", "Severny Holding"),
        ("addresses", ("1 Main Street",), ("1 Main Street",)),
        ("aliases", ("SP",), ("SP",)),
    ],
)
def test_what_a_row_says_of_a_firm_for_the_first_time_differs_from_nothing(field, value, said):
    assert differences(firm(), firm(**{field: value})) == {field: ("", said)}
    assert differences(firm(**{field: value}), firm()) == {field: (said, "")}


def test_ids_and_names_of_other_languages_are_fields_of_their_own():
    row = firm({"en": "Severny Press", "ru": "Северный пресс"}, ids={"INN": "7701"})

    assert flat(row) == {"name": "Severny Press", "name.ru": "Северный пресс", "kind": "org", "ids.INN": "7701"}


def test_goods_differ_by_their_codes_numbers_and_note():
    def goods(**more) -> Listing:
        return Listing(subject=Item(names={"en": "Gallium"}, **more))

    assert differences(goods(codes=("3C909",)), goods(codes=("3C910",), hs=("811292",), note="pure")) == {
        "codes": (("3C909",), ("3C910",)),
        "hs": ("", ("811292",)),
        "note": ("", "pure"),
    }


def test_a_row_is_called_by_its_english_name_and_where_it_has_none_by_the_first():
    assert name_of(firm({"ru": "Северный пресс", "en": "Severny Press"})) == "Severny Press"
    assert name_of(firm({"ru": "Северный пресс", "uk": "Північний прес"})) == "Северный пресс"
    assert name_of(Listing(subject=Entity(names={}, kind="org"))) == ""


def test_order_case_and_width_are_no_difference():
    one, other = (
        firm(addresses=("1 Main Street", "Baku")),
        firm({"en": "ＳＥＶＥＲＮＹ  press"}, addresses=("BAKU", "1 main street")),
    )

    assert differences(one, other) == {}
    assert meaning(one) == meaning(other) != meaning(firm())
