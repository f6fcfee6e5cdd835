"""What is done to a part of an earlier act, or for some only, is never told of the whole act."""

from dataclasses import replace

import pytest
from each import for_each

from monitor import extract
from monitor.document import Block, BlockKind, read_text
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


@for_each(
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
        "自2030年4月1日起，停止商务部公告2029年第5号对Tornell, Inc.、Vasker, LLC采取的措施。",
        "商务部公告2029年第5号对Tornell Co., Ltd.的规定自2030年4月1日起暂停执行90天。",
        "自即日起停止实施商务部公告2029年第5号中针对Tornell, Inc.的措施。",
        (
            "自2030年4月1日起，停止商务部公告2029年第5号对Tornell Maritime Insurance Corporation、"
            "Vasker Precision Machinery Industries Limited采取的措施。"
        ),
        # the list of an act, or some of it: the words do not say which
        "自2030年4月1日起，停止商务部公告2029年第5号对上述实体采取的管控措施。",
        "自2030年4月1日起，停止商务部公告2029年第5号对其采取的管控措施。",
        "自2030年4月1日起，商务部公告2029年第5号对上述物项的管制停止实施。",
        "自2030年4月1日起，停止对上述实体采取商务部公告2029年第5号的措施。",
        # behind the verb
        "自2030年4月1日起，暂停对欧盟实施商务部公告2029年第5号。",
        "自2030年4月1日起，停止对远山光学公司采取商务部公告2029年第5号规定的措施。",
        "自2030年4月1日起，商务部公告2029年第5号停止对美国适用。",
    ],
)
def test_what_holds_for_some_is_told_as_a_change_of_the_act_that_a_person_reads(words):
    fact = act(words)

    assert fact.understood != "full"
    assert not any(
        action in EASINGS and ("mofcom-2029-5", ()) in acts for action, acts in done(fact)
    )
    assert any(words[:20] in unread.quote or unread.quote in words for unread in fact.not_read)


def test_the_last_day_of_what_is_suspended_for_some_is_kept():
    (measure,) = act(
        "自2030年4月1日起至2030年12月31日，对远山磁材股份有限公司暂停实施商务部公告2029年第5号。"
    ).measures

    assert (measure.action, measure.ends.on) == ("amend", "2030-12-31")


def test_what_goes_on_without_a_subject_of_its_own_holds_for_the_same_some():
    words = "商务部公告2029年第7号对远山光学公司的措施自2030年4月1日起恢复实施，不再适用商务部公告2029年第5号。"

    assert not any(action in EASINGS for action, _ in done(act(words)))


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
        "自2030年4月1日起，暂停对商务部公告2029年第5号所列物项实施出口管制。",
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


def listed_in(entry):
    fact = act(
        "决定将下列实体列入出口管制管控名单，自公布之日起实施：\n"
        f"1. 甲光学公司（Jia Optics Inc.）\n{entry}\n3. 乙光学公司（Yi Optics Inc.）"
    )
    names = [entity.names for measure in fact.measures for entity in measure.entities]
    return fact, [name.get("en") or name["zh"] for name in names]


@pytest.mark.parametrize(
    "entry", ["2. 远山", "2. 远山光学", "2. Far Hill Inc.（远山公司）", "2. 远山 Far Hill"]
)
def test_an_entry_between_others_is_a_name_or_is_said_to_be_lost(entry):
    fact, names = listed_in(entry)

    assert len(names) == 3 or entry in [unread.quote for unread in fact.not_read]


@pytest.mark.parametrize(
    "name",
    ["Far Hill (Singapore) Pte. Ltd.", "Far Hill (Hong Kong) Limited", "Far Hill (Asia) Co., Ltd."],
)
def test_brackets_within_a_latin_name_are_part_of_it(name):
    fact, names = listed_in(f"2. {name}")

    assert (names[1], fact.understood) == (name, "full")


def test_of_headings_that_stand_twice_side_by_side_both_halves_are_read():
    table = Block(
        BlockKind.TABLE,
        "",
        rows=(
            ("序号", "中文名称", "英文名称", "序号", "中文名称", "英文名称"),
            ("1", "甲光学公司", "Jia Optics Inc.", "2", "乙光学公司", "Yi Optics Inc."),
            ("3", "丙光学公司", "Bing Optics Inc.", "", "", ""),
        ),
    )
    page = read_text(
        "商务部公告2030年第9号\n决定将附件所列实体列入出口管制管控名单，自公布之日起实施。\n商务部\n2030年3月4日\n附件"
    )
    (fact,) = extract.understand(replace(page, blocks=(*page.blocks, table)))

    names = [entity.names["en"] for measure in fact.measures for entity in measure.entities]
    assert names == ["Jia Optics Inc.", "Yi Optics Inc.", "Bing Optics Inc."]


@pytest.mark.parametrize(
    "words",
    [
        "2029年6月30日，商务部发布2029年第5号公告，将甲光学公司等列入出口管制管控名单。",
        "2029年3月6日，商务部公布公告，决定将甲光学公司（Jia Optics Inc.）列入出口管制管控名单，并要求其改正。",
    ],
)
def test_what_was_published_on_an_earlier_day_is_no_deed_of_this_act(words):
    fact = act(f"{words}\n自2030年4月1日起，将甲光学公司移出出口管制管控名单。")

    assert {str(measure.action) for measure in fact.measures} == {"remove"}


def test_what_needs_no_licence_while_an_act_is_suspended_is_no_deed_of_its_own():
    fact = act(
        "一、自2030年4月1日起至2031年3月31日，暂停实施商务部公告2029年第5号。\n"
        "二、暂停实施期间，出口经营者出口石英相关物项无需申领两用物项出口许可证件。"
    )

    assert [str(measure.action) for measure in fact.measures] == ["suspend"]


@pytest.mark.parametrize(
    "words",
    [
        "决定将商务部公告2029年第5号的实施日期推迟至2031年3月1日。",
        "经研究，决定将商务部公告2029年第5号的实施日期由2030年12月25日推迟至2031年3月1日。",
        "将商务部公告2029年第5号的生效日期延长至2031年3月1日。",
        "商务部公告2029年第5号延期至2031年3月1日实施。",
        "将商务部公告2029年第5号推迟到2031年3月1日施行。",
    ],
)
def test_a_first_day_that_is_put_off_is_no_last_day(words):
    fact = act(words)

    assert done(fact) == [("amend", [("mofcom-2029-5", ())])]
    assert [(measure.starts, measure.ends) for measure in fact.measures] == [(None, None)]
    whys = [part.why for part in fact.not_read]
    assert whys[0] == "it moves the first day of an act, which is only quoted"
    assert "when it ends was not understood" not in whys


@pytest.mark.parametrize(
    "words",
    [
        "商务部公告2029年第5号的实施期限延长至2031年3月1日。",
        "商务部公告2029年第5号规定的暂停实施日期延长至2031年3月1日。",
    ],
)
def test_a_term_that_is_extended_has_a_last_day(words):
    assert [measure.ends.on for measure in act(words).measures] == ["2031-03-01"]
