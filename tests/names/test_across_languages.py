"""Firms across scripts and languages: Slavic, Chinese, Japanese, and what is written around a
name.
"""

import pytest
from cases import read_cases
from hypothesis import given
from hypothesis import strategies as st

from monitor.names import slavic, sounds, tongues
from monitor.names.likeness import compare_names
from monitor.names.name import get_legal_form, parse_name, read_name, split_names

MATCH, REVIEW = 0.85, 0.70


def score(one: str, other: str) -> float:
    there, back = (
        compare_names(read_name(one), read_name(other)).score,
        compare_names(read_name(other), read_name(one)).score,
    )
    assert there == pytest.approx(back)
    return there


@pytest.mark.parametrize(
    ("one", "other"),
    read_cases("""
        Tambov Scientific Production Enterprise Zarya JSC | AO Tambovskoe nauchno-proizvodstvennoe predpriyatie Zarya
        JSC Research Institute Lazur | AO NII Lazur
        Коломенский тракторный завод | Kolomna Tractor Plant
        JSC Tekhnokom | Technocom Joint Stock Company
        Plant Salyut named after I. Petrov | JSC Zavod Salyut
        Ural Optical Plant Zenit | Urals Optical Plant Zenit
        OBSHCHESTVO S OGRANICHENNOI OTVETSTVENOSTYU VEGALINE | OOO Vegaline  # a legal form misspelt
        北京中科海讯数字科技股份有限公司 | Beijing Zhongke Haixun Digital Technology Co., Ltd.
        深圳市鹏飞货运代理有限公司 | Shenzhen Pengfei Freight Forwarding Co., Ltd.
        ミズサワホールディングス株式会社 | MIZUSAWA Holdings Corporation
        株式会社ブラックストーン | Blackstone Inc.
        東芝機械株式会社 | 东芝机械株式会社
        TechInsights公司 | TechInsights Inc.
        TechInsights集团 | TechInsights Inc.
        Dubna Plant Zenit | Dubnenskogo zavoda Zenit  # a genitive adds six letters
        北京海康威视数字技术有限公司 | 北京海康威示数字技术有限公司  # one character of four written wrongly
        """),
)
def test_one_firm_is_found_in_another_language_or_script(one: str, other: str):
    assert score(one, other) >= MATCH, compare_names(read_name(one), read_name(other))


@pytest.mark.parametrize(
    ("one", "other"),
    read_cases("""
        大和工業 | 豊和工業  # one character in a short name
        兴源环境 | 通源环境
        株式会社アイズ | 株式会社アイル
        Prima Ltd | Prime Ltd
        北京和德宇航技术有限公司 | China Head Aerospace Group
        """),
)
def test_two_firms_are_not_one_for_what_they_share(one: str, other: str):
    assert score(one, other) < MATCH


@pytest.mark.parametrize(
    ("one", "other"),
    read_cases("""
        Zetacom | Hangzhou Zetacom Digital Technology Co., Ltd.  # a brand
        Zetacom | Zetacom by Ypsilon
        大华股份 | 浙江大华技术股份有限公司
        Linda | Linde plc  # a slip in a name of one short word
        """),
)
def test_a_brand_and_a_slip_in_a_short_name_are_for_a_person(one: str, other: str):
    assert REVIEW <= score(one, other) < MATCH


def test_words_of_slavic_languages_are_read_as_common_ones():
    assert tongues.translate_word("priborostroitelnyi", alone=False) == (
        "instrument",
        "construction",
    )
    assert tongues.translate_word("npo", alone=False) == ("research", "production", "association")
    assert tongues.translate_word("npo", alone=True) == ()
    assert slavic.has_same_stem("dubna", "dubnensky")
    assert not slavic.has_same_stem("dahua", "dahai")
    assert not slavic.has_same_stem("tul", "tulskiy")  # too short to be anybody's alone


def test_katakana_and_its_english_word_leave_the_same_consonants():
    heard = sounds.hear_katakana("ブリヂストン"), sounds.hear_english("bridgestone")
    assert len({*map(sounds.strip_heard_vowels, heard)}) == 1
    assert sounds.hear_katakana("漢字") == ""


@given(st.text(max_size=40), st.text(max_size=40), st.booleans())
def test_any_two_texts_can_be_compared(one: str, other: str, person: bool):
    assert 0 <= compare_names(parse_name(one), parse_name(other), person=person).score <= 1
    assert split_names(one) or not one.strip()
    get_legal_form(parse_name(one))


@pytest.mark.parametrize(
    "name",
    read_cases("""
        ـ Ltd
        ъ
        Zeta ь
        ़
        """),
)
def test_a_word_of_which_no_letter_is_left_is_none(name: str):
    assert parse_name(name).joined in {"", "zeta", "ltd"}
