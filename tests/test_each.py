"""A test that goes through its cases promises as much as one test for each of them."""

import inspect
import logging
import os
from collections.abc import Collection
from types import SimpleNamespace

import costly
import pytest
from each import fold, for_each

from monitor import vocabulary
from monitor.vocabulary import Authority

NUMBERS = [("one", 1), ("two", 2), ("three", 3)]
DECLARED = Authority("nz-mft", "Ministry of Foreign Trade of New Zealand")


def test_all_are_tried_and_each_that_fails_is_named_with_its_reason():
    tried = set()

    @for_each(("word", "number"), NUMBERS)
    def is_one(word: str, number: int):
        tried.add(word)
        assert number == 1, f"{word} is more"

    with pytest.raises(ExceptionGroup) as raised:
        is_one()

    assert tried == {"one", "two", "three"}
    said, *named = str(raised.value.message).split()
    assert (said, sorted(named[-2:])) == ("2", ["three-3", "two-2"])
    assert sorted((*error.__notes__, str(error)) for error in raised.value.exceptions) == [
        ("so in the case: three-3", "three is more\nassert 3 == 1"),
        ("so in the case: two-2", "two is more\nassert 2 == 1"),
    ]


def test_a_mistake_that_was_expected_and_did_not_come_is_a_failure():
    @for_each("number", [1])
    def raises(number: int):
        with pytest.raises(ValueError, match="nothing"):
            abs(number)

    with pytest.raises(BaseExceptionGroup, match="1 of 1 cases fail"):
        raises()


def test_of_an_order_that_is_another_each_time_none_is_left_out():
    tried = []

    @for_each("number", range(40))
    def kept(number: int):
        tried.append(number)

    kept()
    kept()

    assert sorted(tried[:40]) == sorted(tried[40:]) == [*range(40)]
    assert tried[:40] != tried[40:]


def test_parts_have_each_case_once():
    tried = []

    @for_each("number", range(7), parts=3)
    def kept(number: int):
        tried.append(number)

    (divided,) = kept.pytestmark
    for part in divided.args[1]:
        kept(part=part)

    assert sorted(tried) == [*range(7)]


def test_two_tables_are_tried_each_with_each():
    tried = []

    @for_each("first, second", [(1, 2), (3, 4)])
    @for_each("third", [5, 6])
    def kept(first: int, second: int, third: int):
        tried.append((first, second, third))

    kept()

    assert sorted(tried) == [(1, 2, 5), (1, 2, 6), (3, 4, 5), (3, 4, 6)]


@for_each("number", [1, 2])
def test_what_no_case_has_is_of_the_fixtures(number: int, tmp_path):
    assert tmp_path.is_dir()
    assert number in {1, 2}


def test_only_fixtures_are_asked_of_pytest():
    @for_each("number", [1])
    def wants(number: int, tmp_path): ...

    assert [*inspect.signature(wants).parameters] == ["tmp_path"]


def test_what_a_case_set_holds_for_it_only():
    @for_each("number", range(3))
    def begins_anew(number: int):
        assert vocabulary.current().declared == ()
        assert logging.getLogger("monitor").level == logging.NOTSET
        vocabulary.use([DECLARED])
        logging.getLogger("monitor").setLevel(logging.ERROR)

    begins_anew()


def test_one_alone_is_tried_by_its_name(monkeypatch: pytest.MonkeyPatch):
    tried = []

    @for_each(("word", "number"), NUMBERS, ids=lambda value: f"a {value}")
    def kept(word: str, number: int):
        tried.append(word)

    monkeypatch.setenv("CASE", "a two")
    kept()

    assert tried == ["two"]

    monkeypatch.setenv("CASE", "a four")
    with pytest.raises(pytest.skip.Exception, match="no case is called a four"):
        kept()


def test_many_that_are_cheap_cost_no_more_than_one():
    """By `costly.py`, which leaves to `make long` what takes much for each of its cases."""

    @for_each("number", range(10), parts=2)
    def kept(number: int): ...

    assert costly.cases_within(SimpleNamespace(function=kept)) == 5
    assert costly.cases_within(SimpleNamespace(function=test_parts_have_each_case_once)) == 1


def test_a_case_that_lacks_something_keeps_no_other_from_being_tried():
    tried = []

    @for_each("number", range(3))
    def wants(number: int):
        tried.append(number)
        if not number:
            pytest.skip("there is none here")
        assert number != 2

    with pytest.raises(ExceptionGroup, match="1 of 3 cases fail"):
        wants()

    assert sorted(tried) == [0, 1, 2]


def test_where_none_fails_what_a_case_lacks_is_said():
    @for_each("number", range(3))
    def wants(number: int):
        if not number:
            pytest.skip("there is none here")

    with pytest.raises(pytest.skip.Exception, match="there is none here"):
        wants()


@pytest.mark.parametrize("rows", [[1, 2], (pytest.param(1, id="one"), pytest.param(2, id="two"))])
def test_a_parametrized_test_is_folded_into_one_of_all_its_cases(rows: Collection[object]):
    tried = []

    @pytest.mark.parametrize("number", rows)
    @pytest.mark.parametrize(("word", "known"), [("a", True), ("b", False)], ids=str)
    def kept(number: int, word: str, known: bool):
        tried.append((number, word))
        assert known

    whole = fold(kept)

    assert whole
    with pytest.raises(BaseExceptionGroup, match="2 of 2 cases fail") as raised:
        whole(number=None, word=None, known=None)
    assert {str(error.message) for error in raised.value.exceptions} == {
        "1 of 2 cases fail:\n  b-False\n"
    }
    assert sorted(tried) == [(1, "a"), (1, "b"), (2, "a"), (2, "b")]
    assert (whole.cases, whole.pytestmark) == (4, [])


def test_what_is_marked_or_wants_a_fixture_is_left_as_it_is():
    @pytest.mark.parametrize("number", [1, pytest.param(2, marks=pytest.mark.long)])
    def has_a_long_case(number: int): ...

    @pytest.mark.long
    @pytest.mark.parametrize("number", [1, 2])
    def is_long(number: int): ...

    @pytest.mark.parametrize("settings", [1, 2], indirect=True)
    def has_its_cases_made(settings: int): ...

    @pytest.mark.parametrize("number", [1, 2])
    def wants(number: int, tmp_path): ...

    assert [*map(fold, (has_a_long_case, is_long, has_its_cases_made, wants))] == [None] * 4


@pytest.mark.parametrize("number", [1, 2])
def test_of_two_cases(number: int):
    assert number in {1, 2}


def test_one_of_several_processes_has_one_test_for_cases_that_need_no_fixture(
    request: pytest.FixtureRequest,
):
    named = [item.name for item in request.session.items if "of_two_cases" in item.nodeid]

    several = "PYTEST_XDIST_WORKER" in os.environ
    ids = ["2 cases"] if several else ["1", "2"]
    assert sorted(named) == [f"test_of_two_cases[{each}]" for each in ids]
