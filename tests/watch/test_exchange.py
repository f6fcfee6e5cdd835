"""Lists and files as lines of JSON, as another program hands them over."""

import pytest

from monitor.errors import ConfigError
from monitor.model import Entity, Item
from monitor.watch.entries import Party
from monitor.watch.exchange import Asked, Listed, asked, listed, objects


def read(*lines: str) -> tuple[list[tuple], list[str]]:
    told: list[str] = []
    return list(objects("list.jsonl", "\n".join(lines).encode(), told.append)), told


def test_a_line_has_its_own_ref_as_it_is_or_else_its_number() -> None:
    rows, told = read('{"ref": "a-1", "name": "Alpha"}', "", '{"ref": 7, "name": "Beta"}', '{"name": "Gamma", "country": ""}')

    assert [(where, ref) for where, ref, _ in rows] == [
        ("list.jsonl line 1", "a-1"),
        ("list.jsonl line 3", 7),
        ("list.jsonl line 4", 4),
    ]
    assert [row for _, _, row in rows] == [{"name": "Alpha"}, {"name": "Beta"}, {"name": "Gamma"}]
    assert told == []


def test_a_ref_that_is_neither_text_nor_number_is_said_as_text() -> None:
    ((_, ref, _),), _ = read('{"ref": [1, 2], "name": "Alpha"}')

    assert ref == "[1, 2]"


def test_a_line_that_is_no_object_is_told_and_the_others_are_taken() -> None:
    rows, told = read("nonsense", '{"name": "Alpha"}')

    assert [row for _, _, row in rows] == [{"name": "Alpha"}]
    assert told[0].startswith("list.jsonl line 1: no JSON object: ")


def test_a_file_without_any_object_is_one_clear_error() -> None:
    with pytest.raises(ConfigError, match=r"^list\.jsonl: has no line that is a JSON object"):
        read("nonsense")


def of_list(*lines: str) -> tuple[list[Listed], list[str]]:
    told: list[str] = []
    return list(listed("list.jsonl", "\n".join(lines).encode(), told.append)), told


def of_asked(*lines: str) -> tuple[list[Asked], list[str]]:
    told: list[str] = []
    return list(asked("asked.jsonl", "\n".join(lines).encode(), told.append)), told


def test_a_ref_that_is_null_is_the_lines_number() -> None:
    ((_, ref, _),), _ = read('{"ref": null, "name": "Alpha"}')

    assert ref == 1


def test_what_a_product_of_a_list_has_no_use_for_is_told() -> None:
    _, told = of_list(
        '{"name": "Lamp", "hs": "940540", "aliases": ["Lux"], "country": "CN", "kind": "org", "relation": "supplier"}'
    )

    assert told == ["list.jsonl line 1: not used: aliases, country, kind, relation"]


def test_what_a_product_says_it_is_is_used() -> None:
    _, told = of_list('{"name": "Lamp", "kind": "product", "relation": "product"}')

    assert told == []


def test_how_much_a_parent_holds_is_taken_and_a_second_one_is_an_owner() -> None:
    (found,), told = of_list('{"name": "Acme", "parent": ["X", "Y"], "share": 60}')

    assert isinstance(found.entry, Party)
    assert [(owner.name, owner.share) for owner in found.entry.all_owners] == [("X", 60), ("Y", None)]
    assert told == []


def test_every_name_and_number_that_is_asked_for_counts() -> None:
    (found,), told = of_asked(
        '{"names": {"en": ["Alpha", "Beta"]}, "name": "Gamma", "kind": "org", "ids": {"tax": ["1234567", "7654321"]}}'
    )

    assert isinstance(found.subject, Entity)
    assert found.subject.names == {"en": "Alpha"}
    assert found.subject.aliases == ("Beta", "Gamma")
    assert found.subject.ids == {"tax": "1234567", "tax 2": "7654321"}
    assert told == []


def test_what_can_not_be_used_of_what_is_asked_for_is_told() -> None:
    (firm, good), told = of_asked(
        '{"name": "Alpha", "kind": "company", "country": "Atlantis", "parent": ["X", "Y"]}',
        '{"name": "Lamp", "hs": ["84", "9405.40"]}',
    )

    assert isinstance(firm.subject, Entity)
    assert isinstance(good.subject, Item)
    assert good.subject.hs == ("940540",)
    assert told == [
        "asked.jsonl line 1: parent Y is left out; there is one",
        "asked.jsonl line 1: kind 'company' is not known (aircraft, org, other, person, vessel); taken as other",
        "asked.jsonl line 1: country 'Atlantis' is not known; kept without",
        "asked.jsonl line 2: HS number '84' is not 4 to 12 digits; left out",
    ]
