"""What is done to a part of an earlier act, or for some only, is never told of the whole act."""

import pytest

from monitor import extract
from monitor.document import read_text
from monitor.model import Announcement

EASINGS = {"suspend", "repeal", "remove", "resume"}


def act(words):
    (fact,) = extract.understand(
        read_text(f"商务部 海关总署公告2030年第9号\n{words}\n商务部\n海关总署\n2030年3月4日")
    )
    assert isinstance(fact, Announcement)
    return fact


def done(fact):
    return [
        (str(measure.action), [(each.key, each.clauses) for each in measure.amends])
        for measure in fact.measures
    ]


@pytest.mark.parametrize(
    "words",
    [
        "经批准，自2030年4月1日起，对最终用户为民用电机制造企业的，商务部公告2029年第5号暂停实施。",
        "自2030年4月1日起，对欧盟暂停实施商务部公告2029年第5号。",
        "自即日起至2030年12月31日，对远山磁材股份有限公司暂停实施商务部公告2029年第5号。",
        "自2030年4月1日起，除向美国出口外，商务部公告2029年第5号停止执行。",
        "向东盟国家出口的，自2030年4月1日起商务部公告2029年第5号暂停实施。",
        "商务部公告2029年第5号中1C909.a物项的出口管制自2030年4月1日起暂停实施。",
        "自2030年4月1日起，商务部公告2029年第5号附件中钬相关物项的管制停止执行。",
        "符合附件条件的，自2030年4月1日起不再执行商务部公告2029年第5号。",
        "自2030年4月1日起，商务部公告2029年第5号对远山光学公司采取的措施停止实施。",
        "自2030年4月1日起，对用于医疗用途的，恢复实施商务部公告2029年第5号。",
        "自2030年4月1日起，仅对单价一万元以下的货物暂停实施商务部公告2029年第5号。",
    ],
)
def test_what_holds_for_some_is_told_as_a_change_of_the_act_that_a_person_reads(words):
    fact = act(words)

    assert fact.understood != "full"
    assert not any(
        action in EASINGS and ("mofcom-2029-5", ()) in acts for action, acts in done(fact)
    )
    assert any(words[:20] in unread.quote or unread.quote in words for unread in fact.not_read)


@pytest.mark.parametrize(
    "words",
    [
        "自2030年4月1日起，商务部公告2029年第7号中有关第5号公告的规定停止执行。",
        "商务部公告2029年第7号涉及商务部公告2029年第5号的内容自2030年4月1日起停止执行。",
        "自2030年4月1日起，废止商务部公告2029年第7号关于第5号公告的条款。",
    ],
)
def test_what_one_act_says_of_another_ends_without_the_other(words):
    fact = act(words)

    assert fact.understood != "full"
    assert not any(action in EASINGS for action, _ in done(fact))


@pytest.mark.parametrize(
    ("words", "acts"),
    [
        (
            "商务部公告2029年第5号第一条第（二）项自2030年4月1日起废止。",
            [("repeal", [("mofcom-2029-5", ("一(二)",))])],
        ),
        (
            "自2030年4月1日起，停止执行商务部公告2029年第5号第三条第一款。",
            [("repeal", [("mofcom-2029-5", ("三(一)",))])],
        ),
        (
            "自2030年4月1日起，商务部公告2029年第5号第二条、第四条暂停实施。",
            [("suspend", [("mofcom-2029-5", ("二", "四"))])],
        ),
    ],
)
def test_a_part_of_a_clause_is_named_by_its_levels(words, acts):
    assert done(act(words)) == acts


@pytest.mark.parametrize(
    "words",
    [
        "商务部公告2029年第7号规定的暂停实施期限延长至2031年11月10日。",
        "商务部公告2029年第7号公布的暂停期限顺延至2031年11月10日。",
        "将商务部公告2029年第7号确定的中止实施期限延长至2031年11月10日。",
        "商务部公告2029年第7号有关暂停实施的期限延长至2031年11月10日。",
    ],
)
def test_an_act_that_orders_a_suspension_is_prolonged_and_not_suspended(words):
    fact = act(words)

    assert done(fact) == [("amend", [("mofcom-2029-7", ())])]
    assert [measure.ends.on for measure in fact.measures] == ["2031-11-10"]


@pytest.mark.parametrize(
    "words",
    [
        "自2030年4月1日起，对商务部公告2029年第5号暂停实施。",
        "鉴于有关情况，经批准，自2030年4月1日至2031年3月31日，商务部、海关总署公告2029年第5号暂停实施。",
        "自2030年4月1日起，暂停实施商务部公告2029年第5号（关于对石英相关物项实施出口管制的公告）。",
        "自2030年4月1日起，商务部公告2029年第5号所列物项的出口管制措施暂停实施。",
        "自2030年4月1日起，暂停执行商务部公告2029年第5号规定的有关措施。",
    ],
)
def test_the_whole_act_is_still_told_as_a_whole(words):
    assert done(act(words)) == [("suspend", [("mofcom-2029-5", ())])]


@pytest.mark.parametrize(
    "words",
    [
        "商务部公告2029年第5号附件中“Far Hill, LLC”更正为“Far Hill Defense, Inc.”。",
        "商务部公告2029年第5号第一条中“锗”应为“锗、镓”。",
        "商务部公告2029年第5号中“军事用户”应为“军事用户和军事用途”，特此更正。",
    ],
)
def test_a_correction_of_which_no_fact_is_read_is_never_full(words):
    fact = act(words)

    assert fact.understood == "part"
    assert [(action, acts[0][0]) for action, acts in done(fact)] == [("amend", "mofcom-2029-5")]


@pytest.mark.parametrize("marks", ["一、 二、 三、", "（一） （二） （三）", "1. 2. 3."])
@pytest.mark.parametrize("lost", ["稀土永磁电机及其零件", "含镝的电机"])
def test_goods_without_a_code_beside_goods_with_one_are_said_to_be_lost(marks, lost):
    first, second, third = marks.split()
    fact = act(
        "根据《中华人民共和国出口管制法》，决定对下列物项实施出口管制：\n"
        f"{first}1C920 钕铁硼永磁体（参考海关商品编号：85051110）\n"
        f"{second}1C921 永磁铁氧体（参考海关商品编号：85051190）\n"
        f"{third}{lost}\n本公告自2030年4月15日起正式实施。"
    )

    assert fact.understood == "part"
    assert [unread.quote for unread in fact.not_read] == [f"{third}{lost}"]
