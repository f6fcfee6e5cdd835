import pytest
from cases import read_cases
from names.labelled import PAIRS, TUNED, precision_and_recall, scored

from monitor.names.likeness import compare_names
from monitor.names.name import normalize_name, read_name
from monitor.watch.match import MATCH, REVIEW


def alike(one: str, other: str, *, person: bool = False) -> float:
    return compare_names(read_name(one), read_name(other), person=person).score


@pytest.mark.parametrize("pairs", [PAIRS, TUNED], ids=["all", "tuned on"])
def test_the_default_threshold_finds_nearly_all_and_is_seldom_wrong(pairs):
    precision, recall = precision_and_recall(scored(pairs), MATCH)

    assert recall >= 0.95
    assert precision >= 0.90


@pytest.mark.parametrize(
    ("one", "other"),
    read_cases("""
        Plant No. 5 | Plant No. 6
        Orient Trading Ltd | Orient Training Ltd
        Siemens AG | Siemens (China) Co., Ltd.
        Hunan Metals | Henan Metals
        第五十四研究所 | 第五十五研究所
        """),
)
def test_a_word_that_tells_two_firms_apart_is_never_a_slip(one: str, other: str):
    assert alike(one, other) < MATCH


def test_a_family_name_alone_is_nobody():
    assert alike("Zhang Wei", "Zhang Min", person=True) < 0.7
    assert alike("王建国", "王建军", person=True) < 0.7
    assert alike("Zhang Wei", "Zhang", person=True) < 0.7


def test_legal_forms_of_two_countries_are_two_firms_and_one_left_out_is_not():
    assert alike("BAE Systems, Inc.", "BAE Systems plc") < MATCH
    assert alike("BAE Systems", "BAE Systems plc") >= MATCH


def test_likeness_does_not_depend_on_who_comes_first():
    assert [alike(pair.one, pair.other) for pair in PAIRS] == [
        alike(pair.other, pair.one) for pair in PAIRS
    ]


def test_a_key_keeps_the_legal_form_and_levels_all_else():
    assert normalize_name("ＨＵＡＷＥＩ  Technologies") == normalize_name("Huawei-Technologies")
    assert normalize_name("BAE Systems, Inc.") != normalize_name("BAE Systems plc")


@pytest.mark.parametrize(
    "text",
    read_cases("""
        ""
        ...
        股份有限公司
        Ltd.
        "(株)"
        "()"
        a
        № 5
        🙂
        Co., Ltd. (China)
        """),
)
def test_a_name_of_nothing_but_trimmings_is_read_and_is_like_no_other(text: str):
    assert alike(text, "Huawei Technologies") == alike("", text) == 0.0


@pytest.mark.parametrize(
    ("one", "other", "score"),
    read_cases("""
        Sun Rise Metals | Sunrise Metals | 1.0
        Sun Rise Metals Ltd | Sunrise Metals | 0.951
        Micro Flexon Trading Metals | Microflexon Metals Trading | 0.97
        Micro Flexon Trading Metals | Microflexn Metals Trading | 0.922  # and a slip
        """),
)
def test_a_name_spaced_otherwise_is_the_same_name(one: str, other: str, score: float):
    assert alike(one, other) == alike(other, one) == pytest.approx(score, abs=0.001)


def test_what_only_spaces_part_is_no_other_number_and_no_other_word():
    assert alike("Plant 1 2 Metals Trading", "Plant 12 Trading Metals") < REVIEW
    assert alike("Sun Rise Metals Trading", "Moonrise Trading Metals") < REVIEW


@pytest.mark.parametrize(
    ("short", "full"),
    read_cases("""
        CETC | China Electronics Technology Group Corporation  # the group is skipped
        CETGC | China Electronics Technology Group Corporation
        CETG | China Electronics Technology Group Corporation  # and the legal form
        CAST | China Academy of Space Technology  # and what only joins
        AVIC | Aviation Industry Corporation of China
        SMIC | Semiconductor Manufacturing International Corporation
        """),
)
def test_initials_may_skip_a_word_that_says_little(short: str, full: str):
    found = compare_names(read_name(short), read_name(full))

    assert (found.how, found.score) == ("acronym", 0.86)
    assert compare_names(read_name(full), read_name(short)) == found


@pytest.mark.parametrize("short", ["CTGC", "CE", "CETD"])
def test_initials_skip_no_other_word(short: str):
    assert alike(short, "China Electronics Technology Group Corporation") < REVIEW


@pytest.mark.parametrize(
    ("short", "full", "score"),
    read_cases("""
        SAP | Semiconductor Applied Products | 0.76  # three letters are many firms'
        SAPS | Semiconductor Applied Products Services | 0.86
        SAP SE | Semiconductor Applied Products | 0  # a name of its own, with a legal form
        SAPS SE | Semiconductor Applied Products Services | 0.86
        SA PS | Semiconductor Applied Products Services | 0
        ZH | Zeta Heavy Company | 0
        """),
)
def test_initials_of_three_letters_are_for_a_person_and_none_with_a_legal_form(
    short: str, full: str, score: float
):
    assert alike(short, full) == alike(full, short) == score


@pytest.mark.parametrize(
    ("brand", "whole", "score"),
    read_cases("""
        Dedrone | Dedrone by Axon | 0.72
        Dedrone | Dedrone, part of Axon | 0.72
        Zeta | Zeta, a Vega company | 0.72
        Ded | Ded by Axon | 0.6  # too short to be known by
        Dedron | Dedrone by Axon | 0.474
        """),
)
def test_a_brand_is_its_owners_where_the_owner_follows(brand: str, whole: str, score: float):
    assert alike(brand, whole) == alike(whole, brand) == pytest.approx(score, abs=0.001)


@pytest.mark.parametrize(
    ("short", "score"),
    read_cases("""
        海康股份 | 0.72  # as stock exchanges shorten it
        海康 | 0  # two characters alone are many firms'
        康威 | 0
        康威视 | 0.72
        杭州康威 | 0.72  # with the seat
        北京康威视 | 0  # with another
        杭州海威 | 0
        海威股份 | 0
        数字技术 | 0  # nothing of its own
        海康威视 | 0.735
        """),
)
def test_a_short_chinese_name_within_a_whole_one_is_for_a_person(short: str, score: float):
    whole = "杭州海康威视数字技术股份有限公司"

    assert alike(short, whole) == alike(whole, short) == pytest.approx(score, abs=0.001)


def test_of_two_ways_to_be_alike_the_surer_counts():
    assert alike("浙江大华股份", "浙江大华技术股份有限公司") == 0.8
    assert alike("大华股份", "大华股份有限公司") == 1.0
    assert alike("大", "大华") == 0.0


@pytest.mark.parametrize(
    ("one", "other", "score", "how", "reason"),
    read_cases("""
        Zeta GmbH | Zeta AG | 0.8 | legal-form | another legal form of one country: “GmbH”, “AG”
        Zeta GmbH | Zeta Ltd | 0.8 | legal-form | legal forms of different countries: “GmbH”, “Ltd”
        Zeta Inc | Zeta Corp | 0.97 | legal-form | legal forms written otherwise: “Inc”, “Corp”
        Zeta plc | Zeta Ltd | 0.93 | legal-form | another legal form: “plc”, “Ltd”
        泽塔有限公司 | 泽塔股份有限公司 | 0.93 | legal-form | another legal form: “有限公司”, “股份有限公司”
        Zeta Ltd | Zeta | 0.98 | legal-form | only one has “Ltd”
        泽塔有限公司 | 泽塔 | 0.98 | legal-form | only one has “有限公司”
        Zeta Ltd | Zeta Limited | 1.0 | legal-form | ""
        Zeta Sp zo.o | Zeta | 0.98 | legal-form | only one has “Sp zo o”
        Zeta Sp zo.o | Zeta spółka z ograniczoną odpowiedzialnością | 1.0 | legal-form | ""
        ООО Зета | Zeta LLC | 0.95 | transliteration | written in another script
        Зета | Zeta | 1.0 | exact | ""
        Zeta Metals Ltd | Zetta Metals | 0.931 | fuzzy | only one has “Ltd”
        Zeta Metal Ltd | Zeta Metals | 0.98 | legal-form | only one has “Ltd”
        """),
)
def test_legal_forms_and_scripts_that_differ_are_told(
    one: str, other: str, score: float, how: str, reason: str
):
    for found in (
        compare_names(read_name(one), read_name(other)),
        compare_names(read_name(other), read_name(one)),
    ):
        assert (round(found.score, 3), found.how) == (score, how)
        assert not reason or found.reasons[-1] in (reason, _turned(reason))


def _turned(reason: str) -> str:
    """The same reason of the two the other way round."""
    said, _, forms = reason.partition(": ")
    return f"{said}: {', '.join(reversed(forms.split(', ')))}"


def test_a_persons_legal_form_says_nothing():
    assert alike("王建国有限公司", "王建国股份公司", person=True) == 1.0
    assert alike("王建国", "王建國", person=True) == 1.0


def test_persons_in_two_scripts_are_said_to_be_transliterated():
    found = compare_names(read_name("Иван Петров"), read_name("Ivan Petrof"), person=True)

    assert (found.how, found.score) == ("transliteration", 0.9)
    assert compare_names(read_name("Zhang Wei"), read_name("Wei Zhang"), person=True).how == "fuzzy"
