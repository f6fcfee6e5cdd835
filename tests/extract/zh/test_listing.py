"""Whom an act lists behind the colon of a sentence, or on the lines below it."""

import pytest
from each import for_each

from monitor import extract
from monitor.document import read_text


def whom(*lines, number="商务部公告2030年第9号 公布有关名单", signed="商务部"):
    """Whom each measure names, and whether all was understood."""
    (fact,) = extract.understand(read_text("\n".join([number, *lines, signed, "2030年3月4日"])))
    return [
        [entity.names["zh"] for entity in measure.entities] for measure in fact.measures
    ], fact.understood


NAMES = ["甲（集团）有限公司", "乙3D打印公司", "本田丙株式会社", "丁公司"]


@for_each("mark", ["{}. ", "{}、", "（{}）", "", "- ", "{}）"])
@for_each(
    "words",
    [
        "决定将下列实体列入出口管制管控名单：",
        "同意下列实体移出出口管制管控名单：",
        "决定对下列企业采取反制措施：",
        "禁止出口经营者向下列企业出口两用物项：",
        "禁止下列企业所属船舶停靠中国港口：",
        "准予下列企业使用两用物项出口通用许可：",
        "公布2030年锑国营贸易出口企业名单如下：",
    ],
)
def test_firms_below_a_sentence_are_named_as_printed_whatever_mark_stands_before_them(words, mark):
    rows = [f"{mark.format(place)}{name}" for place, name in enumerate(NAMES, 1)]

    assert whom(words, *rows) == ([NAMES], "full")


@pytest.mark.parametrize(
    "words",
    [
        "决定将下列实体列入出口管制管控名单：{}。",
        "决定将以下4家实体移出出口管制管控名单：{}。",
        "同意下列实体移出出口管制管控名单：{}。",
        "决定对下列企业采取反制措施：{}。",
        "禁止出口经营者向下列企业出口两用物项：{}。",
        "禁止下列企业所属船舶停靠中国港口：{}。",
        "准予下列企业使用两用物项出口通用许可：{}。",
        "公布2030年锑国营贸易出口企业名单如下：{}。",
    ],
)
@pytest.mark.parametrize("joint", ["、", "；"])
def test_names_behind_the_colon_of_a_sentence_are_read(words, joint):
    assert whom(words.format(joint.join(NAMES))) == ([NAMES], "full")


def test_a_firm_above_the_sentence_is_whom_it_is_sent_to_and_no_part_of_the_list():
    rows = [
        "中国甲协会",
        "现发布禁令：不得承认、执行、遵守某国对下列企业的制裁：",
        "乙航运集团",
        "丙石化有限公司",
    ]

    assert whom(*rows, number="商务部公告2030年第9号 阻断禁令")[0] == [
        ["乙航运集团", "丙石化有限公司"]
    ]


def test_a_list_that_a_second_sentence_announces_is_that_of_the_one_which_counts_it():
    rows = [
        "同意甲公司等2家企业移出关注名单。",
        "名单如下：",
        "1. 甲公司（Alpha）",
        "2. 乙公司（Beta）",
    ]

    assert whom(*rows) == ([["甲公司", "乙公司"]], "full")


def test_a_number_in_a_clause_on_something_else_is_no_count_of_the_list():
    assert whom(
        "决定将甲公司（Alpha）列入出口管制管控名单。", "一、禁止境内2家企业向其出口两用物项。"
    )[0][0] == ["甲公司"]
    assert (
        whom(
            "决定将甲公司（Alpha）列入出口管制管控名单。", "一、禁止境内2家企业向其出口两用物项。"
        )[1]
        == "full"
    )


@pytest.mark.parametrize("name", ["王㛃", "䶮某", "李㐀明"])
def test_a_person_whose_name_has_a_rare_character_is_named(name):
    """Characters of Unicode's Extension A are as Chinese as the others."""
    order = {"number": "外交部令第9号 关于反制的决定", "signed": "外交部"}

    assert whom(f"决定将下列人员列入反制清单：张三、{name}、赵六。", **order) == (
        [["张三", name, "赵六"]],
        "full",
    )
    assert whom(f"决定对张三、{name}和王五采取反制措施。", **order) == (
        [["张三", name, "王五"]],
        "full",
    )


@pytest.mark.parametrize(
    "deed",
    [
        "决定自2030年5月1日起，在商务部公告2029年第4号所列企业中，对下列两家继续暂停执行有关措施，期限至2031年4月30日：",
        "商务部公告2029年第4号将5家实体列入出口管制管控名单。决定自2030年5月1日起至2031年4月30日，对其中2家实体暂停实施上述措施：",
    ],
)
@pytest.mark.parametrize("between", ["　", " / ", "（"])
def test_those_counted_without_a_noun_or_out_of_others_are_listed_below(deed, between):
    close = "）" if between == "（" else ""
    lines = [
        f"灰鹭导航公司{between}Grey Heron Inc.{close}",
        f"霜湾银行{between}Frost Bay Ltd{close}",
    ]
    page = "\n\n".join(["商务部公告2030年第9号", deed, *lines, "商务部", "2030年3月4日"])
    (fact,) = extract.understand(read_text(page), authority="cn-mofcom")

    assert [
        (each.action, each.ends.on, [entity.names["en"] for entity in each.entities])
        for each in fact.measures
    ] == [("suspend", "2031-04-30", ["Grey Heron Inc.", "Frost Bay Ltd"])]
