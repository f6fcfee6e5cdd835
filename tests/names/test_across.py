"""A name in Chinese or Japanese against one in Latin letters: by its sound, and by what else
both say.
"""

import pytest
from cases import read_cases

from monitor.names.alignment import Likeness
from monitor.names.likeness import compare_names
from monitor.names.name import read_name


def alike(one: str, other: str) -> Likeness:
    """The same whichever comes first."""
    there, back = (
        compare_names(read_name(one), read_name(other)),
        compare_names(read_name(other), read_name(one)),
    )
    assert there == back
    return there


@pytest.mark.parametrize(
    ("chinese", "other", "score"),
    read_cases("""
        鹏飞达 | Pengfeida | 0.87
        鹏飞 | Pengfei | 0.76  # two syllables without tones are many firms
        北京鹏飞 | Beijing Pengfei | 0.87  # not with a place
        鹏飞贸易 | Pengfei Trading | 0.87  # nor with a trade
        鹏贸易 | Peng Trading | 0.76
        鹏飞贸易 | Pengfei Maoyi | 0.76  # a trade that nobody translated
        深圳鹏飞货运代理有限公司 | Shenzhen Pengfei Freight Forwarding | 0.93  # the more agrees the surer
        杭州海康威视数字技术有限公司 | Hangzhou Haikangweishi Digital Technology | 0.95
        鹏飞第三工厂 | Pengfei No. 3 Factory | 0.87
        王小明 | Xiaoming Wang | 0.87  # a family name may stand last
        王明 | Ming Wang | 0.76
        欧阳小明 | Xiaoming Ouyang | 0.87
        海康威视达 | Da Haikangweishi | 0  # of five characters it is no person's
        """),
)
def test_a_chinese_name_is_known_by_its_sound_the_surer_the_more_of_it_agrees(
    chinese: str, other: str, score: float
):
    assert alike(chinese, other).score == pytest.approx(score)


@pytest.mark.parametrize(
    ("chinese", "other", "score", "reason"),
    read_cases("""
        深圳鹏飞货运代理有限公司 | Guangzhou Pengfei Freight Forwarding | 0.45 | another place: “深圳”, “guangzhou”
        深圳鹏飞货运代理有限公司 | Pengfei Freight Forwarding | 0.891 | only one has the place “深圳”
        鹏飞 | Pengfei Trading | 0.737 | only one has the trade “trading”
        深圳鹏飞科技 | Shenzhen Pengfei Trading | 0.739 | another trade: “keji”, “trading”
        鹏飞第三工厂 | Pengfei No. 4 Factory | 0.348 | another number: “3”, “4”
        鹏飞第三工厂 | Pengfei Factory | 0.522 | only one has the number “3”
        """),
)
def test_what_only_one_of_the_two_says_is_told(chinese: str, other: str, score: float, reason: str):
    found = alike(chinese, other)

    assert (found.how, round(found.score, 3), found.reasons[-1]) == (
        "transliteration",
        score,
        reason,
    )
    assert found.reasons[0] == "“pengfei” is how “鹏飞” sounds"


@pytest.mark.parametrize("other", ["Kelong Electronic", "Haixin Kelong Electronic"])
def test_a_name_of_other_syllables_is_another_firms(other: str):
    assert alike("海信电子", other).score == 0


@pytest.mark.parametrize(
    ("chinese", "other", "score", "reason"),
    read_cases("""
        XYZ科技公司 | XYZ Technology | 0.96 | written in letters in “XYZ科技公司” too
        XYZ北京科技公司 | XYZ Technology | 0.95 | only one has the place “北京”
        XYZ科技公司 | XYZ Trading | 0.816 | another trade: “keji”, “trading”
        """),
)
def test_letters_within_a_chinese_name_are_the_same_letters(
    chinese: str, other: str, score: float, reason: str
):
    found = alike(chinese, other)

    assert (found.how, round(found.score, 3), found.reasons) == ("legal-form", score, (reason,))


@pytest.mark.parametrize(
    ("japanese", "other", "score"),
    read_cases("""
        株式会社ブラックストーン | Blackstone Inc. | 0.87
        アルバトロス | Albatross | 0.87
        アルバトロス | Lbatross | 0  # a vowel at the beginning is spoken
        ブラックストーン | Glackstone | 0
        トラスコ | Trusco | 0.76  # of four consonants a person has to look
        ラーシェ | Larche | 0  # of fewer nobody could tell
        """),
)
def test_a_word_of_katakana_is_the_english_one_with_the_same_consonants(
    japanese: str, other: str, score: float
):
    found = alike(japanese, other)

    assert found.score == score
    assert found.reasons == (
        (f"“{read_name(other).joined}” is how “{read_name(japanese).joined}” sounds",)
        if score
        else ()
    )
