"""Lists and files as lines of JSON, as another program hands them over."""

import pytest
from cases import read_cases

from monitor.errors import ConfigError
from monitor.model import Entity, Item
from monitor.watch.entries import Party, Product
from monitor.watch.exchange import (
    Listed,
    ScreenedLine,
    is_json_lines,
    read_json_lines,
    read_listed,
    read_questions,
)


def read(*lines: str) -> tuple[list[tuple], list[str]]:
    told: list[str] = []
    return list(read_json_lines("list.jsonl", "\n".join(lines).encode(), told.append)), told


def test_a_line_has_its_own_ref_as_it_is_or_else_its_number() -> None:
    rows, told = read(
        '{"ref": "a-1", "name": "Alpha"}',
        "",
        '{"ref": 7, "name": "Beta"}',
        '{"name": "Gamma", "country": ""}',
    )

    assert [(where, ref) for where, ref, _ in rows] == [
        ("list.jsonl line 1", "a-1"),
        ("list.jsonl line 3", 7),
        ("list.jsonl line 4", 4),
    ]
    assert [row for _, _, row in rows] == [{"name": "Alpha"}, {"name": "Beta"}, {"name": "Gamma"}]
    assert told == []


def test_a_line_that_is_no_object_is_told_and_the_others_are_taken() -> None:
    rows, told = read("nonsense", '{"name": "Alpha"}')

    assert [row for _, _, row in rows] == [{"name": "Alpha"}]
    assert told[0].startswith("list.jsonl line 1: no JSON object: ")


def test_a_file_without_any_object_is_one_clear_error() -> None:
    with pytest.raises(ConfigError, match=r"^list\.jsonl: has no line that is a JSON object"):
        read("nonsense")


def of_list(*lines: str) -> tuple[list[Listed], list[str]]:
    told: list[str] = []
    return list(read_listed("list.jsonl", "\n".join(lines).encode(), told.append)), told


def of_asked(*lines: str) -> tuple[list[ScreenedLine], list[str]]:
    told: list[str] = []
    return list(read_questions("asked.jsonl", "\n".join(lines).encode(), told.append)), told


def test_how_much_a_parent_holds_is_taken_and_a_second_one_is_an_owner() -> None:
    (found,), told = of_list('{"name": "Acme", "parent": ["X", "Y"], "share": 60}')

    assert isinstance(found.entry, Party)
    assert [(owner.name, owner.share) for owner in found.entry.all_owners] == [
        ("X", 60),
        ("Y", None),
    ]
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
        (
            "asked.jsonl line 1: kind 'company' is not known (aircraft, org, other, person,"
            " vessel); taken as other"
        ),
        "asked.jsonl line 1: country 'Atlantis' is not known; kept without",
        "asked.jsonl line 2: HS number '84' is not 4 to 12 digits; left out",
    ]


@pytest.mark.parametrize(
    ("line", "kinds"),
    read_cases("""
        {"name": "Alpha"} | ['entity', 'item']  # it may be either
        {"name": "Alpha", "type": "item"} | ['item']
        {"name": "Alpha", "type": "entity"} | ['entity']
        {"name": "Alpha", "codes": "1C909"} | ['item']
        {"name": "Alpha", "note": "an alloy"} | ['item']
        {"name": "Alpha", "country": "DE"} | ['entity']
        {"name": "Alpha", "codes": "1C909", "country": "DE"} | ['entity', 'item']
        {"name": "Alpha", "kind": "vessel"} | ['entity']
        {"ids": "1234567"} | ['entity']
        {"codes": "1C909"} | ['item']
        {"hs": "8505.11"} | ['item']
        """),
)
def test_a_line_is_an_entity_or_goods_by_what_it_says(line: str, kinds: list[str]) -> None:
    found, told = of_asked(line)

    assert [type(one.subject).__name__.lower() for one in found] == kinds
    assert told == []


@pytest.mark.parametrize(
    ("line", "told"),
    read_cases("""
        {"foo": 1} | has no names, ids, codes or HS numbers; it was not compared
        {"name": "Alpha", "foo": 1} | not used: foo
        {"name": "Alpha", "kind": "org", "codes": "1C909"} | not used: codes
        {"name": "Alpha", "materials": "Dy"} | not used: materials
        """),
)
def test_what_nothing_of_a_line_is_asked_by_is_told(line: str, told: str) -> None:
    assert of_asked(line)[1] == [f"asked.jsonl line 1: {told}"]


def test_goods_are_asked_for_by_all_codes_and_names_and_by_the_register_that_prints_them() -> None:
    (one,), _ = of_asked(
        '{"names": {"en": "Chip", "zh": ["芯片", "晶片"]}, "codes": ["3A001", "3A002"], "eccn":'
        ' "5E002", "note": ["a", "b"]}'
    )
    (two,), _ = of_asked('{"codes": "3A001", "hs": "8542.31", "register": "cn-x", "ref": "r"}')
    (three,), _ = of_asked('{"codes": "3A001"}')

    assert isinstance(one.subject, Item)
    assert one.subject.names == {"en": "Chip", "zh": "芯片", "also 1": "晶片"}
    assert (one.subject.codes, one.subject.note, one.name, one.register) == (
        ("3A001", "3A002", "5E002"),
        "a b",
        "Chip",
        "us-ccl",
    )
    assert (two.ref, two.name, two.register, three.register) == ("r", "3A001 854231", "cn-x", None)


def test_whoever_is_asked_for_has_every_name_once_and_every_number_by_its_own() -> None:
    (one,), _ = of_asked(
        '{"names": ["Alpha", "Beta"], "name": ["Beta", "Gamma"], "aliases": "Delta", "kind":'
        ' "individual", "parent": "X", "country": "de", "ids": {"a": 1234567, "b": 2.0, "c": 2.5,'
        ' "d": true, "e": null}}'
    )

    assert isinstance(one.subject, Entity)
    assert one.subject.names == {"0": "Alpha", "1": "Beta"}
    assert one.subject.aliases == ("Gamma", "Delta")
    assert (one.subject.kind, one.subject.parent, one.subject.country) == ("person", "X", "DE")
    assert one.subject.ids == {"a": "1234567", "b": "2", "c": "2.5"}


@pytest.mark.parametrize(
    ("line", "relation"),
    read_cases("""
        {"name": "A"} | supplier
        {"name": "A", "relation": "customer", "kind": "person"} | customer
        {"name": "A", "kind": "item"} | product
        {"name": "A", "relation": "product", "kind": "item"} | product
        {"name": "A", "relation": "part"} | part
        {"name": "A", "hs": "8505", "kind": "product"} | product
        {"name": "A", "hs": "8505", "part_of": "M", "relation": "part"} | part
        {"hs": "8505"} | product
        """),
)
def test_an_entry_is_to_us_what_its_line_says(line: str, relation: str) -> None:
    (found,), told = of_list(line)

    assert (found.entry.relation, told) == (relation, [])
    assert isinstance(found.entry, Product if relation in ("product", "part") else Party)


@pytest.mark.parametrize(
    ("line", "told"),
    read_cases("""
        {"name": "A", "relation": "foo"} | relation 'foo' is not known (supplier, customer, own); taken as supplier
        {"name": "A", "hs": "8505", "kind": "person"} | not used: kind
        {"name": "A", "hs": "8505", "relation": "supplier"} | not used: relation
        {"name": "A", "foo": "x", "country": "DE"} | not used: foo
        {"name": "..."} | '...' is no name
        """),
)
def test_what_an_entry_has_no_use_for_is_told(line: str, told: str) -> None:
    assert of_list(line)[1] == [f"list.jsonl line 1: {told}"]


def test_an_entry_is_called_as_its_line_calls_it_and_has_what_it_says() -> None:
    (found,), _ = of_list(
        '{"ref": 0, "name": ["Acme (gesperrt)", "B"], "kind": "person", "ids": 1234567, "owner":'
        ' "Ann"}'
    )

    assert isinstance(found.entry, Party)
    assert (found.ref, found.name, found.entry.name, found.entry.aliases) == (
        0,
        "Acme (gesperrt)",
        "Acme",
        ("B",),
    )
    assert (found.entry.person, found.entry.ids, found.entry.owner) == (True, ("1234567",), "Ann")


@pytest.mark.parametrize(
    ("file", "body", "is_one"),
    [
        ("a.jsonl", b"", True),
        ("a.NDJSON", b"", True),
        ("a.csv", b'\xef\xbb\xbf \n{"a"', True),
        ("a.csv", b"name\n{", False),
        ("a.txt", b"", False),
    ],
)
def test_json_lines_are_known_by_the_name_of_their_file_or_their_first_letter(
    file: str, body: bytes, is_one: bool
) -> None:
    assert is_json_lines(file, body) is is_one
