import pytest
from watch.labelled import PAIRS, TUNED, precision_and_recall, scored

from monitor.watch.likeness import likeness
from monitor.watch.match import MATCH, REVIEW
from monitor.watch.names import Kind, parse, plain, read
from monitor.watch.spellings import spellings


def alike(one: str, other: str, *, person: bool = False) -> float:
    return likeness(read(one), read(other), person=person).score


def test_the_labelled_pairs_are_many_and_of_both_kinds():
    assert len(PAIRS) >= 300
    assert min(sum(pair.same for pair in PAIRS), sum(not pair.same for pair in PAIRS)) >= 100


@pytest.mark.parametrize("pairs", [PAIRS, TUNED], ids=["all", "tuned on"])
def test_the_default_threshold_finds_nearly_all_and_is_seldom_wrong(pairs):
    precision, recall = precision_and_recall(scored(pairs), MATCH)

    assert recall >= 0.95
    assert precision >= 0.90


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Plant No. 5", "Plant No. 6"),
        ("Orient Trading Ltd", "Orient Training Ltd"),
        ("Siemens AG", "Siemens (China) Co., Ltd."),
        ("Hunan Metals", "Henan Metals"),
        ("第五十四研究所", "第五十五研究所"),
    ],
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
    assert [alike(pair.one, pair.other) for pair in PAIRS] == [alike(pair.other, pair.one) for pair in PAIRS]


def test_a_name_is_read_word_by_word():
    words = parse("Zhejiang Dahua Technologies No. 3 Plant Co., Ltd.").words

    assert [(word.text, word.kind) for word in words] == [
        ("zhejiang", Kind.PLACE),
        ("dahua", Kind.OWN),
        ("technology", Kind.COMMON),
        ("3", Kind.NUMBER),
        ("factory", Kind.COMMON),
    ]


def test_a_chinese_name_is_cut_at_places_and_common_words():
    words = parse("浙江省大華技術股份有限公司").words

    assert [(word.raw, word.kind) for word in words] == [("浙江", Kind.PLACE), ("大华", Kind.OWN), ("技术", Kind.COMMON)]


def test_a_cell_with_two_names_gives_both():
    assert spellings("华为技术有限公司（Huawei Technologies Co., Ltd.）") == ("华为技术有限公司", "Huawei Technologies Co., Ltd.")
    assert spellings("China Electronics Technology Group (CETC)") == ("China Electronics Technology Group", "CETC")
    assert spellings("Siemens (China) Co., Ltd.")[0].split() == ["Siemens", "China", "Co.,", "Ltd."]


def test_a_key_keeps_the_legal_form_and_levels_all_else():
    assert plain("ＨＵＡＷＥＩ  Technologies") == plain("Huawei-Technologies")
    assert plain("BAE Systems, Inc.") != plain("BAE Systems plc")


@pytest.mark.parametrize("text", ["", "...", "股份有限公司", "Ltd.", "(株)", "()", "a", "№ 5", "🙂", "Co., Ltd. (China)"])
def test_a_name_of_nothing_but_trimmings_is_read_and_is_like_no_other(text: str):
    assert alike(text, "Huawei Technologies") == alike("", text) == 0.0


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [
        ("Sun Rise Metals", "Sunrise Metals", 1.0),
        ("Sun Rise Metals Ltd", "Sunrise Metals", 0.951),
        ("Micro Flexon Trading Metals", "Microflexon Metals Trading", 0.97),
        ("Micro Flexon Trading Metals", "Microflexn Metals Trading", 0.922),  # and a slip
    ],
)
def test_a_name_spaced_otherwise_is_the_same_name(one: str, other: str, score: float):
    assert alike(one, other) == alike(other, one) == pytest.approx(score, abs=0.001)


def test_what_only_spaces_part_is_no_other_number_and_no_other_word():
    assert alike("Plant 1 2 Metals Trading", "Plant 12 Trading Metals") < REVIEW
    assert alike("Sun Rise Metals Trading", "Moonrise Trading Metals") < REVIEW


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("CETC", "China Electronics Technology Group Corporation"),  # the group is skipped
        ("CETGC", "China Electronics Technology Group Corporation"),
        ("CETG", "China Electronics Technology Group Corporation"),  # and the legal form
        ("CAST", "China Academy of Space Technology"),  # and what only joins
        ("AVIC", "Aviation Industry Corporation of China"),
        ("SMIC", "Semiconductor Manufacturing International Corporation"),
    ],
)
def test_initials_may_skip_a_word_that_says_little(short: str, full: str):
    found = likeness(read(short), read(full))

    assert (found.how, found.score) == ("acronym", 0.86)
    assert likeness(read(full), read(short)) == found


@pytest.mark.parametrize("short", ["CTGC", "CE", "CETD"])
def test_initials_skip_no_other_word(short: str):
    assert alike(short, "China Electronics Technology Group Corporation") < REVIEW
