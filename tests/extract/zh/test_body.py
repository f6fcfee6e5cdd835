"""Whom the lists and annexes of an act name, each for the sentence that it belongs to."""

import pytest

from monitor import extract
from monitor.document import Block, BlockKind, Document, read_text

HEAD = ("商务部公告2030年第9号 公布名单调整情况",)
END = ("本公告自公布之日起实施。", "商务部", "2030年3月4日")
ALPHA, BETA, GAMMA = "甲公司（Alpha Ltd.）", "乙公司（Beta Ltd.）", "丙公司（Gamma Ltd.）"


def told(document):
    (fact,) = extract.understand(document)
    return [
        (str(each.action), [entity.names["zh"] for entity in each.entities])
        for each in fact.measures
    ], fact.understood


def act(*lines, annexes=()):
    return told(read_text("\n".join([*HEAD, *lines, *END, *annexes])))


BOTH = ([("add", ["甲公司", "乙公司"]), ("remove", ["丙公司"])], "full")


@pytest.mark.parametrize("off", ["关注名单", "出口管制管控名单"])
@pytest.mark.parametrize(
    ("first", "second", "third"), [(ALPHA, BETA, GAMMA), ("甲公司", "乙公司", "丙公司")]
)
def test_of_two_lists_each_is_that_of_its_sentence(off, first, second, third):
    lines = [
        "一、决定将下列实体列入出口管制管控名单：",
        f"1. {first}",
        f"2. {second}",
        f"二、决定将下列实体移出{off}：",
        f"1. {third}",
    ]

    assert act(*lines) == BOTH


@pytest.mark.parametrize("off", ["关注名单", "出口管制管控名单"])
def test_of_two_annexes_each_is_that_of_the_sentence_which_cites_it(off):
    lines = [
        "一、决定将有关实体列入出口管制管控名单（见附件1）。",
        f"二、决定将有关实体移出{off}（见附件2）。",
    ]
    annexes = ["附件1", "实体名单", f"1. {ALPHA}", f"2. {BETA}", "附件2", "实体名单", f"1. {GAMMA}"]

    assert act(*lines, annexes=annexes) == BOTH


def test_whoever_is_named_in_a_sentence_is_not_confused_with_the_list_of_another():
    lines = [
        "一、决定将有关实体列入出口管制管控名单（见附件）。",
        f"二、决定将{GAMMA}移出出口管制管控名单。",
    ]

    assert act(*lines, annexes=["附件", "实体名单", f"1. {ALPHA}", f"2. {BETA}"]) == BOTH


def test_a_list_that_another_decision_follows_takes_nobody_of_it():
    lines = [
        "一、决定将下列实体列入出口管制管控名单：",
        f"1. {ALPHA}",
        f"2. {BETA}",
        "二、同意下列实体移出管控名单：",
        f"1. {GAMMA}",
    ]

    assert act(*lines) == BOTH


def test_the_rows_of_a_table_below_a_sentence_are_its_list():
    def table(*names):
        return Block(
            BlockKind.TABLE,
            "",
            (
                ("序号", "国家", "名称"),
                *((str(at), "美国", name) for at, name in enumerate(names, 1)),
            ),
        )

    def paragraphs(*lines):
        return [Block(BlockKind.PARAGRAPH, line) for line in lines]

    blocks = [
        *paragraphs("一、决定将下列实体列入出口管制管控名单："),
        table("甲公司", "乙公司"),
        *paragraphs("二、决定将下列实体移出关注名单："),
        table("丙公司"),
        *paragraphs(*END),
    ]

    assert told(Document(title=HEAD[0], blocks=tuple(blocks))) == BOTH
