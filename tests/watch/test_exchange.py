"""Lists and files as lines of JSON, as another program hands them over."""

import pytest

from monitor.errors import ConfigError
from monitor.watch.exchange import objects


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
