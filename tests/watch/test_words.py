"""The common words of company names and the places in them."""

import pytest

from monitor.watch import words


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("germany", "de"),
        ("costarica", "cr"),
        ("比利时", "be"),
        ("southsudan", "ss"),
        ("british", "gb"),
        ("中国", "cn"),
        ("munich", "munich"),
        ("wien", "vienna"),
        ("深圳", "shenzhen"),
        ("peking", "beijing"),
        ("jordan", None),  # a first name, too
        ("turkey", None),
        ("turkiye", "tr"),
        ("atlantis", None),
    ],
)
def test_a_place_is_known_by_each_of_its_names(name: str, place: str | None):
    assert words.places().get(name) == place


@pytest.mark.parametrize(
    ("form", "word"),
    [("technologies", "technology"), ("tech", "technology"), ("engineers", "engineering"), ("trading", "trade"), ("zeta", None)],
)
def test_the_forms_of_a_common_word_are_one(form: str, word: str | None):
    assert words.common().get(form) == word


@pytest.mark.parametrize(
    ("chinese", "word"), [("科技", "technology"), ("集团", "group"), ("システムズ", "system"), ("货代", "agency"), ("泽塔", None)]
)
def test_a_common_word_of_chinese_or_japanese_has_an_english_one(chinese: str, word: str | None):
    assert words.common_han().get(chinese) == word


def test_words_of_which_the_absence_says_little_are_known_in_each_form():
    assert {"group", "holdings", "concern", "corporation"} <= words.soft()
    assert not {"technology", "trading"} & words.soft()


def test_a_chinese_word_is_found_by_the_shape_that_names_are_read_in():
    known = words.han_words()

    assert (known["硏究所"], known["敍利亚"], known["深圳"], known["集团"]) == ("研究所", "叙利亚", "深圳", "集团")
    assert not any(shape.isascii() for shape in known)
