"""What a name is made of, as it is compared."""

import pytest
from cases import read_cases
from each import for_each

from monitor.names.name import get_legal_form, parse_name


def kinds(name: str) -> str:
    """Each word as it is compared, with the first letter of its kind."""
    return " ".join(f"{word.text}/{word.kind.name[0]}" for word in parse_name(name).words)


@pytest.mark.parametrize(
    ("name", "read_as"),
    read_cases(
        """
        第五十四研究所 | 54/N 研究/C 所/C  # 研 too, which has an older shape
        五十四研究所 | 54/N 研究/C 所/C
        叙利亚泽塔贸易 | sy/P 泽塔/O 贸易/C
        上海第三机床厂 | shanghai/P 3/N 机床/C 厂/C
        泽塔集团 | 泽塔/O 集团/S
        泽塔第十二厂 | 泽塔/O 12/N 厂/O
        泽塔101厂 | 泽塔/O 101/N 厂/O
        深圳市泽塔 | shenzhen/P 泽塔/O
        深圳市 | shenzhen/P 市/O
        泽塔部 | 泽塔/O 部/C  # a single character is a word at the end alone
        部泽塔 | 部泽塔/O
        泽部塔 | 泽部塔/O
        泽与塔技术 | 泽和塔/O 技术/C
        北京市泽塔技术有限公司上海分公司 | beijing/P 泽塔/O 技术/C shanghai/P 分/O
        北京维吾尔自治区泽塔 | beijing/P 泽塔/O
        哈尔滨工业大学 | harbin/P 工业/C 大学/C
        泽塔エレクトロニクス | 泽塔/O エレクトロニクス/C  # a word of nine characters
        有限公司 | 有限/O
        """
    ),
)
def test_a_chinese_name_is_cut_at_the_longest_words_that_are_no_firms_own(name: str, read_as: str):
    assert kinds(name) == read_as


@for_each(
    ("name", "read_as"),
    read_cases(
        """
        Zeta 1st Plant | zeta/O 1/N factory/C
        Zeta First Plant | zeta/O 1/N factory/C
        Zeta II | zeta/O 2/N
        Zeta 007 | zeta/O 7/N
        Zeta 000 | zeta/O 0/N
        Zeta-7 Optics | zeta/O 7/N optics/C
        Hong Kong Zeta Group | hongkong/P zeta/O group/S
        Zeta New York | zeta/O newyork/P
        Zeta O'Hara and Sons | zeta/O ohara/O sons/C
        A.B.C. Zeta | abc/O zeta/O
        The Zeta | zeta/O
        On AG | on/O
        Łódź Zeta | lodz/O zeta/O
        Scientific Research Institute Zeta | research/C institute/C zeta/O  # said twice
        Research Zeta Research | research/C zeta/O
        Vacuumschmelze GmbH | vacuumschmelze/O  # a name that begins as a word of trade does
        Sistema Electronica | system/C electronic/C
        Zeta Zeta | zeta/O zeta/O
        Zeta Co., Ltd., China | zeta/O  # the country of its address
        Zeta Co., Ltd., Shenzhen | zeta/O shenzhen/P
        Zeta Works, China | zeta/O factory/C cn/P
        """
    ),
)
def test_a_name_in_letters_is_read_word_by_word(name: str, read_as: str):
    assert kinds(name) == read_as


@pytest.mark.parametrize(
    ("name", "read_as"),
    read_cases(
        """
        AO NII Lazur imeni Petrova | research/C institute/C lazur/O petrova/H
        Институт Зета им. Петрова | institute/C zeta/O petrova/H
        Plant Salyut named after I. Petrov | factory/C salyut/O petrov/H
        Plant Zeta named after Petrov Omsk | factory/C zeta/O petrov/H omsk/P
        Plant named after Petrov | factory/C petrov/O  # nothing else tells which
        Omsk Plant named after Petrov | omsk/P factory/C petrov/H
        Zeta named after | zeta/O
        Named Zeta | named/O zeta/O
        Named After Zeta | named/O after/O zeta/O
        NPO | npo/O  # an acronym alone is a name
        NPO Zeta | research/C production/C association/C zeta/O
        Mechanical Engineering Plant Zeta | machine/C factory/C zeta/O
        Engineering Mechanical Zeta | engineering/C mechanical/C zeta/O
        Zavod Zeta | factory/C zeta/O
        """
    ),
)
def test_whom_a_firm_is_named_after_and_what_russian_words_mean_is_known(name: str, read_as: str):
    assert kinds(name) == read_as


@pytest.mark.parametrize(
    ("name", "form"),
    read_cases(
        """
        Zeta and Sons Ltd | Ltd
        Zeta Ltd and Zeta | Ltd
        Zeta Zeta G.m.b.H. | GmbH
        OOO Zeta | OOO
        泽塔 有限公司 | 有限公司
        有限泽塔 | ""
        and | ""
        """
    ),
)
def test_of_a_name_the_words_of_law_alone_are_its_form(name: str, form: str):
    assert get_legal_form(parse_name(name)) == form
