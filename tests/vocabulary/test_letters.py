import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.vocabulary.letters import EAST_ASIAN, HAN, bare


def test_a_name_is_the_same_in_any_width_case_and_punctuation():
    assert bare("ＡＣＭＥ　Co., Ltd.") == bare("Acme Co Ltd") == "acmecoltd"
    assert bare("阿尔法（上海）公司") == "阿尔法上海公司"


@given(st.text())
def test_what_was_folded_is_letters_and_digits_alone(name: str):
    assert all(letter.isalnum() for letter in bare(name))


@pytest.mark.parametrize(("text", "han", "eastern"), [("商务部", True, True), ("カナ", False, True), ("Ж", False, False)])
def test_chinese_characters_are_told_from_other_scripts(text: str, han: bool, eastern: bool):
    assert (bool(HAN.search(text)), bool(EAST_ASIAN.search(text))) == (han, eastern)
