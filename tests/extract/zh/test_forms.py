"""Forms in which an act says what it does to others, to itself, or to nobody we can name."""

import pytest

from monitor import extract
from monitor.document import Block, BlockKind, Document, from_text
from monitor.extract import zh
from monitor.model import Announcement


def act(*lines, number="商务部公告2030年第9号", signed="商务部"):
    (fact,) = extract.understand(from_text("\n".join([number, *lines, signed, "2030年3月4日"])))
    assert isinstance(fact, Announcement)
    return fact


def done(fact):
    """(action, acts, start, end) of each measure."""
    return [
        (
            str(measure.action),
            [target.key for target in measure.amends],
            measure.starts and measure.starts.on,
            measure.ends and measure.ends.on,
        )
        for measure in fact.measures
    ]


@pytest.mark.parametrize(
    "words",
    [
        "商务部决定将商务部公告2029年第7号的暂停实施期限延长至2031年11月10日。",
        "商务部公告2029年第7号原定至2030年11月10日的暂停措施，延长至2031年11月10日。",
        "商务部公告2029年第7号继续暂停实施至2031年11月10日。",
    ],
)
def test_an_extended_suspension_has_the_new_end(words):
    assert done(act(words)) == [("suspend", ["mofcom-2029-7"], None, "2031-11-10")]


@pytest.mark.parametrize(
    "words",
    [
        "商务部公告2029年第7号规定的暂停提前终止，有关公告自2030年4月1日起恢复实施。",
        "商务部公告2029年第7号所定暂停期限届满。",
        "停止执行商务部公告2029年第7号的暂停安排。",
    ],
)
def test_the_end_of_a_suspension_is_no_suspension(words):
    fact = act(words)

    assert (fact.measures, fact.understood) == ((), "none")


@pytest.mark.parametrize("title", ["撤销有关企业通用许可的公告", "取消对有关人员制裁的决定", "停止向特定用户供应镓的公告"])
def test_an_act_never_repeals_itself_through_its_own_title(title):
    fact = act("具体安排见附件。", number=f"商务部公告2030年第9号 {title}")

    assert (fact.key, done(fact), fact.understood) == ("mofcom-2030-9", [], "none")


def test_what_is_called_an_announcement_is_none_of_the_series_of_orders():
    fact = act("2023年第57号公告同时废止。", number="商务部 科技部令2030年第2号")

    assert (fact.key, done(fact)) == ("mofcom-order-2030-2", [("repeal", ["mofcom-2023-57"], None, None)])


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("工业和信息化部 商务部公告2030年第9号", "miit-2030-9"),
        ("海关总署公告2030年第12号（关于石墨出口申报的公告）", "gacc-2030-12"),
        ("交通运输部公告2030年第3号", "mot-2030-3"),
        ("国家发展改革委公告2030年第4号", "ndrc-2030-4"),
        ("外交部令第30号", "mfa-order-2030-30"),
    ],
)
def test_every_central_issuer_has_its_own_series_and_a_joint_act_that_of_its_first(number, key):
    assert act("石墨出口一律不予许可。", number=number).key == key


def test_a_correction_has_not_the_key_of_what_it_corrects():
    fact = act("附件商品编号更正为8414804010。", number="商务部关于2030年第7号公告的更正")

    assert (fact.understood, fact.number) == ("none", None)
    assert fact.key.startswith("cn-mofcom-2030-03-04-")


def test_a_start_or_an_end_or_a_deed_that_no_fact_has_taken_makes_it_part():
    words = "商务部公告2029年第7号暂停实施。"

    assert act(words).understood == "full"
    assert [each.why for each in act(words, "本公告自2030年4月1日起实施。").not_read] == []
    assert [each.why for each in act(words, "乙公司恢复出口。").not_read] == ["what it changes was not understood"]
    assert [each.why for each in act(words, "措施为期两年。").not_read] == ["when it ends was not understood"]


def test_a_removal_that_names_nobody_is_part():
    fact = act("决定将下列四家企业移出出口管制管控名单（见附件）。")

    assert (fact.measures[0].action, fact.understood) == ("remove", "part")


def test_an_office_without_a_name_is_nobody():
    fact = act("决定对联邦众议员采取反制措施，自公布之日起施行。", number="外交部令第9号", signed="外交部")

    assert (fact.measures[0].entities, fact.understood) == ((), "part")


def test_shares_that_make_no_whole_are_said():
    fact = act("决定将甲公司（Alpha）、乙公司（Beta）和丙公司（Gamma）等3家企业列入关注名单，其中日本2家、美国2家。")

    assert [each.why for each in fact.not_read] == ["the destinations add up to 4, the text says 3"]


@pytest.mark.parametrize("spanned", [("国防工业", ""), ("国防工业", None)])
def test_a_column_of_kinds_is_no_column_of_names(spanned):
    second = ("2", "乙公司", "Beta Ltd") if spanned[1] is None else ("", "2", "乙公司", "Beta Ltd")
    rows = (("类别", "序号", "企业名称", "英文名称"), (spanned[0], "1", "甲公司", "Alpha Ltd"), second)
    table = Block(BlockKind.TABLE, "", rows)
    document = Document("出口管制管控名单", (Block(BlockKind.PARAGRAPH, "出口管制管控名单"), table))
    (fact,) = zh.annex(document, of="mofcom-2030-9", url="")

    assert [entity.names["zh"] for entity in fact.measures[0].entities] == ["甲公司", "乙公司"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("中方决定，暂停对十二家实体的出口管制措施，期限九十天。", "none"),
        ("中方决定取消对三名议员的制裁，解除入境限制。", "none"),
        ("中方将暂停有关措施。", None),
        ("10月9日，商务部发布公告，决定恢复有关措施。", None),
        ("美方决定暂停其规则，中方表示欢迎。", None),
    ],
)
def test_a_reply_may_act_without_a_number_or_a_day(said, told):
    facts = extract.understand(from_text(f"商务部新闻发言人就有关问题答记者问\n2030-03-04\n问：有何安排？\n答：{said}"))

    assert [fact.understood for fact in facts if isinstance(fact, Announcement)] == ([told] if told else [])


def test_a_blocking_order_forbids_to_obey_and_says_that_it_does_not_know_whom_it_protects():
    words = "现发布禁令：任何主体不得承认、执行或者遵守某国对两家航运企业的限制措施。"
    fact = act(words, "禁令自2030年4月1日零时生效。")
    (measure,) = fact.measures

    assert (measure.action, measure.register, measure.starts.on) == ("restrict", "cn-blocking-orders", "2030-04-01")
    assert [each.what for each in fact.not_read] == ["firms"]


def test_what_a_firm_may_not_obey_elsewhere_is_no_blocking_order():
    assert not act("企业不得执行上述采购限制。", number="商务部公告2030年第9号 关于国营贸易企业的公告").measures


@pytest.mark.parametrize(
    "words",
    [
        "甲咨询公司（Alpha Consulting）已采取补救措施，决定将其移出不可靠实体清单。",
        "甲咨询公司（Alpha Consulting）已经改正其行为。经审核，决定将该公司移出不可靠实体清单。",
    ],
)
def test_a_pronoun_means_the_firm_that_the_sentence_opens_with(words):
    (measure,) = act(words, number="不可靠实体清单工作机制公告〔2030〕3号", signed="不可靠实体清单工作机制").measures

    assert measure.action == "remove"
    assert [entity.names for entity in measure.entities] == [{"zh": "甲咨询公司", "en": "Alpha Consulting"}]
