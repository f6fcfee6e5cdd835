"""A page cut into its parts: which lines a sentence heads."""

import pytest

from monitor import extract
from monitor.document import read_text


def whom(*lines, number="商务部公告2030年第9号 公布有关名单", signed="商务部"):
    """Whom each measure names, and whether all was understood."""
    (fact,) = extract.understand(read_text("\n".join([number, *lines, signed, "2030年3月4日"])))
    return [[entity.names["zh"] for entity in measure.entities] for measure in fact.measures], fact.understood


def firms(count):
    return [f"甲{''.join('零一二三四五六七八九'[int(digit)] for digit in str(place))}公司" for place in range(1, count + 1)]


@pytest.mark.parametrize("count", [310, 1_100])
@pytest.mark.parametrize(
    "words",
    ["同意下列实体移出出口管制管控名单：", "公布2030年锑国营贸易出口企业名单如下："],
)
def test_a_list_below_a_sentence_is_read_to_its_end(words, count):
    rows = [f"{place}. {name}" for place, name in enumerate(firms(count), 1)]

    assert whom(words, *rows) == ([firms(count)], "full")


def test_a_list_ends_where_the_next_begins():
    rows = ["一、同意下列实体移出管控名单：", "1. 甲公司", "2. 乙公司", "二、同意以下实体移出关注名单：", "1. 丙公司"]

    assert whom(*rows) == ([["甲公司", "乙公司"], ["丙公司"]], "full")


def test_a_name_that_is_shortened_ends_no_list():
    rows = ["同意下列实体移出管控名单：", "1. 甲公司（以下简称甲）。", "2. 乙公司。"]

    named, _ = whom(*rows)

    assert named == [["甲公司", "乙公司"]]


def test_a_firm_whose_name_begins_as_a_tool_of_the_page_ends_no_list():
    assert whom("决定将下列实体列入出口管制管控名单：", "甲公司", "打印科技公司", "丙公司") == (
        [["甲公司", "打印科技公司", "丙公司"]],
        "full",
    )


def test_a_tool_of_the_page_above_the_act_hides_nothing():
    assert whom("来源：商务部", "打印", "决定将甲公司列入出口管制管控名单。") == ([["甲公司"]], "full")


def test_an_annex_below_the_footer_of_a_page_is_read():
    lines = [
        "决定将有关实体列入出口管制管控名单（见附件）。",
        "商务部",
        "2030年3月4日",
        "责任编辑：某某",
        "附件",
        "管控名单",
        "1. 甲公司",
    ]

    (fact,) = extract.understand(read_text("\n".join(["商务部公告2030年第9号 公布有关名单", *lines])))

    assert [entity.names["zh"] for entity in fact.measures[0].entities] == ["甲公司"]


def test_below_the_footer_of_a_page_no_act_goes_on():
    lines = [
        "决定将甲公司列入出口管制管控名单。",
        "商务部",
        "2030年3月4日",
        "责任编辑：某某",
        "决定将乙公司列入出口管制管控名单。",
    ]

    (fact,) = extract.understand(read_text("\n".join(["商务部公告2030年第9号 公布有关名单", *lines])))

    assert [entity.names["zh"] for measure in fact.measures for entity in measure.entities] == ["甲公司"]
