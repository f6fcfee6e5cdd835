import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.vocabulary.letters import EAST_ASIAN, HAN, SPACELESS_RANGE, WIDE_RANGE, bare, every_han, folded


def test_a_name_is_the_same_in_any_width_case_and_punctuation():
    assert bare("ＡＣＭＥ　Co., Ltd.") == bare("Acme Co Ltd") == "acmecoltd"
    assert bare("阿尔法（上海）公司") == "阿尔法上海公司"


def test_a_text_is_the_same_in_any_width_case_and_spacing_but_not_in_other_punctuation():
    assert folded("ＡＣＭＥ　Co.,\nLtd.") == folded("Acme  Co., Ltd.") == "ACME CO., LTD."
    assert folded("Acme Co Ltd") != folded("Acme Co., Ltd.")


@given(st.text())
def test_what_was_folded_is_letters_and_digits_alone(name: str):
    assert all(letter.isalnum() for letter in bare(name))


@pytest.mark.parametrize(("text", "han", "eastern"), [("商务部", True, True), ("カナ", False, True), ("Ж", False, False)])
def test_chinese_characters_are_told_from_other_scripts(text: str, han: bool, eastern: bool):
    assert (bool(HAN.search(text)), bool(EAST_ASIAN.search(text))) == (han, eastern)


def test_a_range_that_has_others_in_it_has_all_that_they_have():
    wide, spaceless = (re.compile(f"[{each}]") for each in (WIDE_RANGE, SPACELESS_RANGE))
    every = every_han()

    assert (every[0], every[-1], len(every)) == ("㐀", "\u9fff", 0x9FFF - 0x3400 + 1)
    assert all(spaceless.match(each) and wide.match(each) for each in every)
    assert all(wide.match(each) for each in "カｶひ（，。Ａ㈱　〇")
    assert not any(wide.match(each) for each in "a é(")
    assert not spaceless.match("（")
