"""Numbers decide: the same one is one firm, an LEI that differs is another."""

import pytest

from monitor.model import Entity
from monitor.watch.entries import Party
from monitor.watch.match import WatchList, screen
from monitor.watch.numbers import contradict, number

ONE, OTHER = "5493001KJTIIGC8Y1R12", "213800MBWEIJDM5CU638"  # with their check digits


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("IMO 9187629", "9187629"), ("LEI: 5493001KJTIIGC8Y1R12", ONE),
        ("7402-006-277", "7402006277"), ("INN 7402006277", "7402006277"),
        ("000000", ""), ("123456", ""), ("12345", ""), ("n/a", ""), ("Passport A1234567", "A1234567"), ("MAROON", ""),
    ],
)  # fmt: skip
def test_a_number_is_itself_whatever_stands_before_it(said: str, level: str):
    assert number(said) == level


def found(entity: Entity, party: Party) -> list[tuple[str, str]]:
    return [(match.kind, match.verdict) for match in screen(entity, WatchList([party]))]


def test_a_ship_is_found_by_its_number_whatever_it_is_called():
    ship = Entity(names={"en": "Star 18"}, kind="vessel", ids={"imo": "IMO 9187629"})

    assert found(ship, Party(name="Ocean Pearl", ids=("9187629",))) == [("id", "match")]


def test_a_short_number_of_another_country_is_for_a_person():
    listed = Entity(names={"en": "Acme"}, kind="org", country="RU", ids={"reg": "654321"})

    assert found(listed, Party(name="Zeta", country="GB", ids=("654321",))) == [("id", "possible")]
    assert found(listed, Party(name="Zeta", country="RU", ids=("654321",))) == [("id", "match")]


def test_another_lei_makes_the_same_name_possible_only():
    listed = Entity(names={"en": "Acme Holdings Ltd"}, kind="org", ids={"lei": ONE})

    assert found(listed, Party(name="Acme Holdings Ltd", ids=(OTHER,))) == [("exact", "possible")]
    assert found(listed, Party(name="Acme Holdings Ltd", ids=("DE999999998",))) == [("exact", "match")]
    assert "another LEI" in contradict([ONE], [OTHER])
    assert contradict([ONE], [ONE, OTHER]) == ""


def test_initials_are_an_organisations_alone():
    party = Party(name="Mediterranean Shipping Company Group")

    assert found(Entity(names={"en": "MSCG"}, kind="org"), party) == [("acronym", "match")]
    assert found(Entity(names={"en": "MSCG"}, kind="vessel"), party) == []
    assert found(Entity(names={"en": "MSCG"}, kind="person"), party) == []
