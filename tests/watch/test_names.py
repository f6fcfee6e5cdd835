"""What a name is made of, as it is compared."""

import pytest

from monitor.watch.names import Kind, form_of, parse, read


@pytest.mark.parametrize(
    ("name", "barely"),
    [
        ("Institute for the Physics of Plasma and Lasers", "Institute Physics Plasma Lasers"),
        ("Instituto de la Marina", "Instituto Marina"),
        ("Factory Number 7 of Omsk", "Factory 7 Omsk"),
    ],
)
def test_words_that_only_join_others_and_words_for_a_number_are_no_part_of_a_name(name: str, barely: str):
    assert read(name).words == read(barely).words


@pytest.mark.parametrize(
    ("name", "place"), [("Sirius Belgium", "be"), ("Sirius Costa Rica", "cr"), ("天狼比利时公司", "be"), ("Sirius Jordan", "")]
)
def test_a_country_is_no_part_of_a_firm_s_own_name_unless_firms_are_called_so_too(name: str, place: str):
    words = read(name).words

    assert [word.text for word in words if word.kind is Kind.PLACE] == [place] * bool(place)
    assert len([word for word in words if word.kind is Kind.OWN]) == (1 if place else 2)


@pytest.mark.parametrize("name", ["Sudoremont Sirius UK", "Sirius UK"])
def test_a_country_is_one_also_beside_russian_words_of_whose_acronyms_it_would_be_one(name: str):
    assert [word.text for word in read(name).words if word.kind is Kind.PLACE] == ["gb"]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Kawasaki Heavy Industries", {"khi"}),
        ("Kawasaki Heavy Industries Ltd", {"khi", "khil"}),
        ("China National Offshore Oil Corporation", {"cnooc", "cnoo"}),
        ("Kawasaki Industries", set()),
        ("3 Heavy Industries Kawasaki", set()),
    ],
)
def test_a_name_of_three_words_may_be_called_by_their_first_letters(name: str, short: set[str]):
    assert set(read(name).initials) >= short
    assert bool(read(name).initials) is bool(short)


def kinds(name: str) -> str:
    """Each word as it is compared, with the first letter of its kind."""
    return " ".join(f"{word.text}/{word.kind.name[0]}" for word in parse(name).words)


@pytest.mark.parametrize(
    ("name", "read_as"),
    [
        ("第五十四研究所", "54/N 研究所/C"),  # 研 too, which has an older shape
        ("五十四研究所", "54/N 研究所/C"),
        ("叙利亚泽塔贸易", "sy/P 泽塔/O 贸易/C"),
        ("上海第三机床厂", "shanghai/P 3/N 机床/C 厂/C"),
        ("泽塔集团", "泽塔/O 集团/S"),
        ("泽塔第十二厂", "泽塔/O 12/N 厂/O"),
        ("泽塔101厂", "泽塔/O 101/N 厂/O"),
        ("深圳市泽塔", "shenzhen/P 泽塔/O"),
        ("深圳市", "shenzhen/P 市/O"),
        ("泽塔部", "泽塔/O 部/C"),  # a single character is a word at the end alone
        ("部泽塔", "部泽塔/O"),
        ("泽部塔", "泽部塔/O"),
        ("泽与塔技术", "泽和塔/O 技术/C"),
        ("北京市泽塔技术有限公司上海分公司", "beijing/P 泽塔/O 技术/C shanghai/P 分/O"),
        ("北京维吾尔自治区泽塔", "beijing/P 泽塔/O"),
        ("哈尔滨工业大学", "harbin/P 工业/C 大学/C"),
        ("泽塔エレクトロニクス", "泽塔/O エレクトロニクス/C"),  # a word of nine characters
        ("有限公司", "有限/O"),
    ],
)
def test_a_chinese_name_is_cut_at_the_longest_words_that_are_no_firms_own(name: str, read_as: str):
    assert kinds(name) == read_as


@pytest.mark.parametrize(
    ("name", "read_as"),
    [
        ("Zeta 1st Plant", "zeta/O 1/N factory/C"),
        ("Zeta First Plant", "zeta/O 1/N factory/C"),
        ("Zeta II", "zeta/O 2/N"),
        ("Zeta 007", "zeta/O 7/N"),
        ("Zeta 000", "zeta/O 0/N"),
        ("Zeta-7 Optics", "zeta/O 7/N optics/C"),
        ("Hong Kong Zeta Group", "hongkong/P zeta/O group/S"),
        ("Zeta New York", "zeta/O newyork/P"),
        ("Zeta O'Hara and Sons", "zeta/O ohara/O sons/C"),
        ("A.B.C. Zeta", "abc/O zeta/O"),
        ("The Zeta", "zeta/O"),
        ("On AG", "on/O"),
        ("Łódź Zeta", "lodz/O zeta/O"),
        ("Scientific Research Institute Zeta", "research/C institute/C zeta/O"),  # said twice
        ("Research Zeta Research", "research/C zeta/O research/C"),
        ("Zeta Zeta", "zeta/O zeta/O"),
        ("Zeta Co., Ltd., China", "zeta/O"),  # the country of its address
        ("Zeta Co., Ltd., Shenzhen", "zeta/O shenzhen/P"),
        ("Zeta Works, China", "zeta/O factory/C cn/P"),
    ],
)
def test_a_name_in_letters_is_read_word_by_word(name: str, read_as: str):
    assert kinds(name) == read_as


@pytest.mark.parametrize(
    ("name", "read_as"),
    [
        ("AO NII Lazur imeni Petrova", "research/C institute/C lazur/O petrova/H"),
        ("Институт Зета им. Петрова", "institute/C zeta/O petrova/H"),
        ("Plant Salyut named after I. Petrov", "factory/C salyut/O petrov/H"),
        ("Plant Zeta named after Petrov Omsk", "factory/C zeta/O petrov/H omsk/P"),
        ("Plant named after Petrov", "factory/C petrov/O"),  # nothing else tells which
        ("Omsk Plant named after Petrov", "omsk/P factory/C petrov/H"),
        ("Zeta named after", "zeta/O"),
        ("Named Zeta", "named/O zeta/O"),
        ("Named After Zeta", "named/O after/O zeta/O"),
        ("NPO", "npo/O"),  # an acronym alone is a name
        ("NPO Zeta", "research/C production/C association/C zeta/O"),
        ("Mechanical Engineering Plant Zeta", "machine/C construction/C factory/C zeta/O"),
        ("Engineering Mechanical Zeta", "engineering/C mechanical/C zeta/O"),
        ("Zavod Zeta", "factory/C zeta/O"),
    ],
)
def test_whom_a_firm_is_named_after_and_what_russian_words_mean_is_known(name: str, read_as: str):
    assert kinds(name) == read_as


@pytest.mark.parametrize(
    ("name", "kinds_of_form", "joined"),
    [
        ("株式会社泽塔", ["stock"], "泽塔"),
        ("泽塔股份有限公司", ["stock"], "泽塔"),
        ("TechInsights公司", ["company"], "techinsights"),
        ("TechInsights Ltd 公司", ["company", "limited"], "techinsights"),
        ("ООО Зета", ["limited"], "zeta"),
        ("Zeta", [], "zeta"),
    ],
)
def test_legal_forms_are_told_beside_the_name(name: str, kinds_of_form: list[str], joined: str):
    found = parse(name)

    assert ([form.kind for form in found.forms], found.joined) == (kinds_of_form, joined)


@pytest.mark.parametrize(
    ("name", "joined", "foreign"),
    [
        ("ＡＣＭＥ Ltd", "acme", False),  # in full width
        ("Łódź Straße", "lodzstrasse", False),
        ("Việt Ḁlpha", "vietalpha", False),
        ("Зета Метал", "zetametal", True),
        ("The Zeta", "zeta", False),
        ("The The", "thethe", False),
    ],
)
def test_accents_and_widths_are_no_other_script(name: str, joined: str, foreign: bool):
    assert (parse(name).joined, parse(name).foreign) == (joined, foreign)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Zeta and Sons Ltd", "Ltd"),
        ("Zeta Ltd and Zeta", "Ltd"),
        ("Zeta Zeta G.m.b.H.", "GmbH"),
        ("OOO Zeta", "OOO"),
        ("泽塔 有限公司", "有限公司"),
        ("有限泽塔", ""),
        ("and", ""),
    ],
)
def test_of_a_name_the_words_of_law_alone_are_its_form(name: str, form: str):
    assert form_of(parse(name)) == form


def test_initials_are_of_the_name_alone():
    assert parse("ООО Zeta Heavy Industries").initials == parse("Zeta Heavy Industries").initials == ("zhi",)
    assert parse("China North Industries Group Corporation").initials == ("cnigc", "cnic", "cni", "cnig")
    assert {"avic", "aic", "avicc"} <= set(parse("Aviation Industry Corporation of China").initials)
    assert {"cnnc", "chnnc", "cnnb"} <= set(parse("China National Nuclear Corporation Beijing").initials)
    assert "ca" not in parse("Zeta Academy China").initials
