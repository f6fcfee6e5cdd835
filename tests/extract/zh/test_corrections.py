"""Acts that put another one right: what stands there from now on, and never what stood there."""

import pytest

from monitor import extract
from monitor.document import read_text

TITLE = "商务部关于更正商务部公告2031年第5号有关内容的公告"


def correct(*lines, title=TITLE):
    (fact,) = extract.understand(
        read_text("\n\n".join([title, *lines, "商务部", "2031年6月3日"])), authority="cn-mofcom"
    )
    return fact


def told(fact):
    targets = {target.key for measure in fact.measures for target in measure.amends}
    items = [
        (item.names["zh"], "、".join(item.codes), "、".join(item.hs))
        for measure in fact.measures
        for item in measure.items
    ]
    names = [entity.names for measure in fact.measures for entity in measure.entities]
    return fact.understood, targets, items or names


HAFNIUM = ("full", {"mofcom-2031-5"}, [("铪靶材", "1C933.b", "8112390091、8112390092")])


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        (
            TITLE,
            [
                "商务部公告2031年第5号附件中，有一处参考海关商品编号排印有误，现予更正：",
                "物项1C933.b“铪靶材”的参考海关商品编号“8112390090”，应为“8112390091、8112390092”。",
            ],
        ),
        (
            "更正说明",
            [
                "商务部公告2031年第5号（公布对铪相关物项实施出口管制的决定）第一条表述有误，更正如下：",
                "“1C933.b. 铪靶材（税号：8112390090）”更正为“1C933.b. 铪靶材（税号：8112390091、8112390092）”。",
                "网站版本已相应更新，请以更正后的文本为准。",
            ],
        ),
        (
            TITLE,
            [
                "商务部公告2031年第5号部分参考海关商品编号有误，现更正如下：",
                "一、1C933.b. 铪靶材的参考海关商品编号由“8112390090”更正为“8112390091、8112390092”。",
                "其他内容不变。",
            ],
        ),
    ],
)
def test_a_thing_has_the_numbers_that_are_right_all_of_them_and_its_name(title, lines):
    assert told(correct(*lines, title=title)) == HAFNIUM


FIRM = ("full", {"mofcom-2031-5"}, [{"zh": "灰鹭导航公司", "en": "Grey Heron Navigation Inc."}])


@pytest.mark.parametrize(
    "lines",
    [
        [
            "现将商务部公告2031年第5号附件中的一处错误更正如下：",
            "原文：灰鹤导航公司（Gray Heron Navigation Inc.）",
            "更正为：灰鹭导航公司（Grey Heron Navigation Inc.）",
        ],
        [
            "商务部公告2031年第5号附件有误，更正如下：",
            "附件第2项中文名称由“灰鹤导航公司”更正为“灰鹭导航公司”，即：灰鹭导航公司（Grey Heron Navigation Inc.）。",
        ],
        [
            "商务部公告2031年第5号附件有误，更正如下：",
            "位置　　误　　正",
            "第2项　　灰鹤导航公司（Gray Heron Navigation Inc.）　　灰鹭导航公司（Grey Heron Navigation Inc.）",
        ],
    ],
)
def test_somebody_bears_the_name_that_is_right(lines):
    assert told(correct(*lines)) == FIRM


def test_a_number_in_a_table_is_that_of_the_code_before_it():
    fact = correct(
        "商务部公告2031年第5号附表有误，现更正如下：",
        "管制编码\t更正事项\t原公布内容\t更正后内容",
        "1C933.b\t海关商品编号\t8112390090\t8112390091",
    )

    assert told(fact)[2] == [("1C933.b", "1C933.b", "8112390091")]


@pytest.mark.parametrize(
    "line",
    [
        "第一条中“纯度大于99%”应为“纯度大于等于99%”。",
        "附表第2行“厚度小于8112390090微米”应为“厚度小于1微米”。",
        "附件第2项的名称有误，另行更正。",
    ],
)
def test_what_else_is_put_right_makes_no_thing_and_no_name(line):
    fact = correct("商务部公告2031年第5号部分内容有误，现更正如下：", line)

    assert told(fact)[2] == []
    assert fact.understood == "part"
