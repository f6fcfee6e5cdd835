"""The words of two names compared with each other: what each difference costs, and how it is
said.
"""

import pytest
from cases import read_cases
from each import for_each

from monitor.names.likeness import compare_names
from monitor.names.name import read_name


def alike(one: str, other: str) -> tuple[float, str]:
    """The score and its reasons, whichever comes first."""
    there, back = (
        compare_names(read_name(one), read_name(other)),
        compare_names(read_name(other), read_name(one)),
    )
    assert there.score == pytest.approx(back.score)
    return round(there.score, 3), "; ".join(there.reasons)


@pytest.mark.parametrize(
    ("one", "other", "score"),
    read_cases("""
        Zetacom Technologies | Zetacom Technology | 1.0  # two forms of one word
        Zetacom Trading Metals | Metals Trading Zetacom | 0.97
        Zetacom Shipping | Zetacom Shopping | 0.6  # two words that exist are no slip
        Zetacom Marine | Zetacom Mariner | 0.6
        Vega Optical Instruments | Zenit Optical Instruments | 0  # what they share says not which firm it is
        Zetacom Optics 3 | Zetacom Optics 4 | 0.3
        Zetacom Optics Berlin | Zetacom Optics Munich | 0.5
        Zetacom Optics Group | Zetacom Optics Concern | 0.96
        Konzern Zetacom Optics | Concern Zetacom Optics | 1.0
        """),
)
def test_what_two_names_say_otherwise_counts_by_what_it_tells(one: str, other: str, score: float):
    assert alike(one, other)[0] == score


@pytest.mark.parametrize(
    ("one", "other", "score", "reason"),
    read_cases("""
        Zetacom Trading | Zetacom | 0.8 | only one has the trade “trading”
        Zetacom Metals Trading | Zetacom Metals | 0.88 | only one has the trade “trading”  # they share more
        Zetacom Metals Trading Research | Zetacom Metals | 0.792 | only one has the trade “trading research”
        海康电子技术 | 海康电子 | 0.8 | only one has the trade “技术”
        Berlin Zetacom Optics | Zetacom Optics | 0.88 | only one has the place “berlin”  # its seat
        Zetacom Optics Berlin | Zetacom Optics | 0.83 | only one has the place “berlin”  # a branch
        Zetacom Optics 3 | Zetacom Optics | 0.5 | only one has the number “3”
        Zetacom Optics Group Holding | Zetacom Optics | 0.96 | only one has the group “group holding”
        Vega Plant named after Petrov | Vega Plant | 0.93 | only one has the name after “petrov”
        Zetac Trading Metals | Zetac | 0.75 | a short form of the other; only one has the trade “trading metals”
        Zeta Trading Metals | Zeta | 0.69 | only one has the trade “trading metals”  # too short to be sure
        海康威技术贸易 | 海康威 | 0.75 | a short form of the other; only one has the trade “技术 贸易”
        海康技术贸易 | 海康 | 0.72 | only one has the trade “技术 贸易”
        Zetacom Trading 3 | Zetacom | 0.4 | only one has the trade “trading”; only one has the number “3”
        """),
)
def test_what_only_one_of_two_names_says_is_told(one: str, other: str, score: float, reason: str):
    assert alike(one, other) == (score, reason)


@pytest.mark.parametrize(
    ("one", "other", "score"),
    read_cases("""
        Optical Instruments Ltd | Optical Ltd | 0.69
        National Bank Holdings Corp | National Bank | 0.774  # a group more
        Silver Wire Trading | Wire Silver Trading | 0.97
        Gold Wire | Wire Gold | 0.69  # of two words the order tells
        Shenzhen Optical Instruments Research | Shenzhen Optical Instruments | 0.8
        Optical Instruments Research Trading Design Marine Security | Optical Instruments Research | 0.583
        Optical Instruments Trading Design Security | Optical Instruments | 0
        """),
)
def test_names_without_a_word_of_their_own_are_one_by_most_of_what_they_say(
    one: str, other: str, score: float
):
    assert alike(one, other)[0] == score


@for_each(
    ("one", "other", "score"),
    read_cases("""
        Hydromet | Hydromit | 0.95
        Zetacom | Zetacam | 0.79  # alone and short it is as often another name
        Hydromet Optics | Hydromek Optics | 0.78  # another consonant
        Vega Optics | Wega Optics | 0.95  # one sound
        Fot Optics | Phot Optics | 0  # ditto, too short
        Baranov Optics | Baronov Optics | 0.95  # the same consonants
        Baranov Optics | Boronov Optics | 0.69  # two letters of a short word
        Pyungwon Trading | Ponwong Trading | 0
        Zetacom Trading | Zetacim | 0.632  # a slip, and a trade more
        Baranov Optics | Borinuv Optics | 0
        Kalaminova Optics | Kolomenova Optics | 0.95
        Behzadi Optics | Bezadi Optics | 0.95
        Sohrab Optics | Sorab Optics | 0.93
        Zhangwei Optics | Zhengwei Optics | 0.8  # another syllable of Chinese
        Zhangwei Optics | Zhangwej Optics | 0.95
        Metalls Optics | Metals Optics | 0.95  # a word that exists, misspelt
        Metalls | Metals Trading Research | 0  # they share no word of a firm's own
        Autonation | Automation Concern | 0
        Northgate Optics | Southgate Optics | 0
        Silverline Optics | Silverpime Optics | 0.8  # two letters of a long word
        Sonos | Sofos | 0.69  # so short, and another consonant
        Camtek | Catec | 0  # two letters
        Moscov Zetacom | Moscow Zetacom | 0.95  # a place, misspelt
        Moskoy Zetacom | Moscow Zetacom | 0.48
        Milan Zetacom | Mylan Zetacom | 0.95
        """),
)
def test_a_word_may_be_misspelt_where_no_other_word_comes_of_it(one: str, other: str, score: float):
    assert alike(one, other)[0] == score


@pytest.mark.parametrize(
    ("one", "other", "score"),
    read_cases("""
        海康威视技术 | 海康威示技术 | 0.9
        海康威视部 | 海康威示部 | 0  # in a shorter name it is another firm
        海康电子科技 | 海康电子科枝 | 0.8  # half of a word that exists
        海康电子哈尔滨 | 海康电子哈尔宾 | 0.9
        北京海康电子技术 | 北京海抗电子技术 | 0
        A电子技术研究 | 院电子技术研究 | 0  # a letter is none
        """),
)
def test_a_chinese_character_written_wrongly_is_a_slip_in_a_long_name(
    one: str, other: str, score: float
):
    assert alike(one, other)[0] == score


@pytest.mark.parametrize(
    ("one", "other", "score"),
    read_cases("""
        ООО «Гранит» | АО «Гранит» | 0.84  # another firm, where so many are called so
        ООО «Зетаком» | АО «Зетаком» | 0.93
        АО «Гранит» | АО «Гранит» | 1.0
        АО «Гранит» | Granit Machine Building Plant JSC | 0.656
        Granit | Granit Machine Building Plant JSC | 0.735  # it may be short for it
        Orange | Orange Bank JSC | 0.774
        Orange SA | Orange Bank JSC | 0.552
        Palm Marine Services LLC | Palm Service Ltd | 0.782
        Zetacom Marine Services LLC | Zetacom Service Ltd | 0.871
        Fossil Group Inc | Fossil Agro | 0.676
        Zetacom Engineering Ltd | Zetacom Holdings | 0.676  # each says what the other does not
        Zetacom | Zetacom Holdings | 0.79
        Zetacom Group Technologies | Zetacom Group | 0.8
        Kalashnikova | Kalashnikova Holdings | 0.96  # so long a word is nobody else's
        Beta (China) Co., Ltd. | Beta Co., Ltd. | 0.8
        Three Zetacom | 3 Zetacom | 1.0
        Three Zetacom | 4 Zetacom | 0.3
        MV Zetacom Spirit | Zetacom Spirit | 1.0
        """),
)
def test_a_single_word_that_many_are_called_by_needs_a_second_ground(
    one: str, other: str, score: float
):
    assert alike(one, other)[0] == alike(other, one)[0] == pytest.approx(score, abs=0.001)
