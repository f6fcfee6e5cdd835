import re

import pytest

from monitor.vocabulary.forms import (
    ABBREVIATED,
    BEHIND_ABBREVIATED,
    ENDING,
    FORM_OR_CAPITALS,
    NOT_BEHIND_ABBREVIATED,
    SUFFIX,
    TABLE,
    is_ending,
)


@pytest.mark.parametrize("text", ["Inc", "Inc.", "L.L.C.", "LLC", "S.A.", "S.p.A.", "S. de R.L."])
def test_a_legal_form_is_one_with_and_without_its_points(text: str):
    assert is_ending(text)


@pytest.mark.parametrize("text", ["Acme", "Incs", "Beijing", "", "Co., of Ningbo"])
def test_other_words_are_none(text: str):
    assert not is_ending(text)


def test_a_name_goes_on_over_the_commas_of_its_forms():
    name = re.compile(rf"[^,]+(?:, ?(?:{ENDING})+)*", re.IGNORECASE)

    assert name.match("ACME CO., LTD., 5 Main Street")[0] == "ACME CO., LTD."


@pytest.mark.parametrize("name", ["ACME LTD", "Acme Ltd", "ACME S. DE R.L.", "Acme GmbH", "ACME GMBH"])
def test_a_form_is_known_as_it_is_printed_and_in_capitals(name: str):
    assert re.search(rf"\s{FORM_OR_CAPITALS}[.]?$", name)


@pytest.mark.parametrize("words", ["known as", "the co", "limited to", "As-Sahab", "AS-SAHAB"])
def test_words_that_are_spelt_as_one_are_none(words: str):
    assert not re.search(rf"\b{FORM_OR_CAPITALS}", words, re.IGNORECASE)


@pytest.mark.parametrize("end", ["Ltd", "LTD", "Pte", "S.A", "S.p.A", "L.L.C", "Jr"])
def test_the_full_stop_of_a_name_is_its_own(end: str):
    assert re.search(rf"{ABBREVIATED}$", f"Acme {end}")


@pytest.mark.parametrize("end", ["Limited", "GmbH", "LLC", "Widgets", "disco"])
def test_behind_other_words_it_ends_the_sentence(end: str):
    assert not re.search(rf"{ABBREVIATED}$", f"Acme {end}")


def test_a_look_behind_tells_whose_full_stop_it_is():
    text = "Acme Co. Ltd. and Zeta Corp. of Disco. In Tula."

    assert re.split(rf"{NOT_BEHIND_ABBREVIATED}[.]\s", text) == ["Acme Co. Ltd. and Zeta Corp. of Disco", "In Tula."]
    assert re.split(rf"{BEHIND_ABBREVIATED}\s", text) == ["Acme Co.", "Ltd.", "and Zeta Corp.", "of Disco. In Tula."]


def test_what_follows_a_persons_name_is_no_legal_form():
    assert re.fullmatch(SUFFIX, "III")
    assert not is_ending("III")


def test_no_form_stands_twice_in_the_table():
    ways = [
        way.strip("^*.").casefold().replace("-", " ") for line in TABLE.split("\n") for way in line.partition(": ")[2].split("; ")
    ]

    assert sorted(set(ways) - {""}) == sorted(way for way in ways if way)
