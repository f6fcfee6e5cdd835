"""What an act prints that no fact has taken is said, and nothing else."""

import pytest

from monitor import extract
from monitor.document import read_text

LISTED = "决定将甲公司（Alpha Holdings Inc.）列入关注名单。"


def left(*lines):
    (fact,) = extract.understand(
        read_text("\n".join(["商务部公告2030年第9号", *lines, "商务部", "2030年3月4日"]))
    )
    return [part.why for part in fact.not_read]


@pytest.mark.parametrize(
    "words",
    [
        "甲公司（Alpha Holdings）已被告知。",
        "甲公司未提供材料，情况不明。",
        "出口经营者应当说明情况，违反的，撤销其许可。",
        "本公告自公布之日起实施。",
        "申请移出名单的，应当提交报告。",
    ],
)
def test_how_an_act_is_carried_out_and_whom_it_names_again_is_not_left(words):
    assert left(LISTED, words) == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("乙公司（Beta Works）在其列。", "a name was not understood"),
        ("恢复乙物项的出口。", "what it changes was not understood"),
        ("有关措施为期两年。", "when it ends was not understood"),
    ],
)
def test_names_deeds_terms_and_exemptions_that_no_measure_has_are_left(words, why):
    assert left(LISTED, words) == [why]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (
            "商务部公告2029年第7号暂停实施，有关条款恢复实施。",
            "what lives again was not understood",
        ),
        (
            "商务部公告2029年第7号自2030年5月1日起暂停实施。自2030年6月1日起生效。",
            "a day on which something begins was not understood",
        ),
    ],
)
def test_of_what_a_sentence_does_beside_its_measure_it_is_said_what_is_left(words, why):
    assert why in left(words)


def test_what_an_entry_of_goods_frees_is_left():
    decided = "经国务院批准，决定对下列物项实施出口管制："
    entries = (
        "一、1C920 甲永磁体（参考税则号列：85051110）",
        "二、1C921 乙永磁体，但用于玩具的除外",
    )

    assert left(decided, *entries) == ["what of it is exempt is only quoted"]
    assert left(decided, entries[0]) == []
