"""Forms in which an act says what it does to others, to itself, or to nobody we can name."""

import pytest
from cases import read_cases

from monitor import extract
from monitor.document import Block, BlockKind, Document, read_text
from monitor.extract import zh
from monitor.model import Announcement


def act(*lines, number="商务部公告2030年第9号", signed="商务部"):
    (fact,) = extract.understand(read_text("\n".join([number, *lines, signed, "2030年3月4日"])))
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
        "商务部公告2029年第7号所定暂停期限届满。",
        "停止执行商务部公告2029年第7号的暂停安排。",
    ],
)
def test_the_end_of_a_suspension_is_no_suspension(words):
    fact = act(words)

    assert (fact.measures, fact.understood) == ((), "none")


@pytest.mark.parametrize(
    "title",
    ["撤销有关企业通用许可的公告", "取消对有关人员制裁的决定", "停止向特定用户供应镓的公告"],
)
def test_an_act_never_repeals_itself_through_its_own_title(title):
    fact = act("具体安排见附件。", number=f"商务部公告2030年第9号 {title}")

    assert (fact.key, done(fact), fact.understood) == ("mofcom-2030-9", [], "none")


@pytest.mark.parametrize(
    ("number", "key"),
    read_cases(
        """
        工业和信息化部 商务部公告2030年第9号 | miit-2030-9
        海关总署公告2030年第12号（关于石墨出口申报的公告） | gacc-2030-12
        交通运输部公告2030年第3号 | mot-2030-3
        国家发展改革委公告2030年第4号 | ndrc-2030-4
        外交部令第30号 | mfa-order-2030-30
        """
    ),
)
def test_every_central_issuer_has_its_own_series_and_a_joint_act_that_of_its_first(number, key):
    assert act("石墨出口一律不予许可。", number=number).key == key


@pytest.mark.parametrize("spanned", [("国防工业", ""), ("国防工业", None)])
def test_a_column_of_kinds_is_no_column_of_names(spanned):
    second = ("2", "乙公司", "Beta Ltd") if spanned[1] is None else ("", "2", "乙公司", "Beta Ltd")
    rows = (
        ("类别", "序号", "企业名称", "英文名称"),
        (spanned[0], "1", "甲公司", "Alpha Ltd"),
        second,
    )
    table = Block(BlockKind.TABLE, "", rows)
    document = Document("出口管制管控名单", (Block(BlockKind.PARAGRAPH, "出口管制管控名单"), table))
    (fact,) = zh.annex(document, of="mofcom-2030-9", url="")

    assert [entity.names["zh"] for entity in fact.measures[0].entities] == ["甲公司", "乙公司"]


@pytest.mark.parametrize(
    ("said", "told"),
    read_cases(
        """
        中方决定，暂停对十二家实体的出口管制措施，期限九十天。 | none
        中方决定取消对三名议员的制裁，解除入境限制。 | none
        中方将暂停有关措施。 | None
        商务部公告2030年第7号已经明确，第5号、6号公告暂停实施至2031年5月1日。 | None
        10月9日，商务部发布公告，决定恢复有关措施。 | None
        美方决定暂停其规则，中方表示欢迎。 | None
        """
    ),
)
def test_a_reply_may_act_without_a_number_or_a_day(said, told):
    facts = extract.understand(
        read_text(f"商务部新闻发言人就有关问题答记者问\n2030-03-04\n问：有何安排？\n答：{said}")
    )

    assert [fact.understood for fact in facts if isinstance(fact, Announcement)] == (
        [told] if told else []
    )


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (
            "某国将甲石化（大连）有限公司、乙航运集团有限公司列入制裁名单。",
            ["甲石化（大连）有限公司", "乙航运集团有限公司"],
        ),
        ("某国对丙远能等两家航运企业采取的措施不当限制贸易。", ["丙远能"]),
        ("某国对沿海五家企业作出次级制裁。", []),
    ],
)
def test_a_blocking_order_protects_the_firms_that_it_names(words, names):
    (measure,) = act(words, "现发布禁令：不得承认、执行、遵守上述措施。").measures

    assert [(each.names["zh"], each.kind) for each in measure.entities] == [
        (name, "org") for name in names
    ]


@pytest.mark.parametrize(
    "words",
    [
        "甲咨询公司（Alpha Consulting）已采取补救措施，决定将其移出不可靠实体清单。",
        "甲咨询公司（Alpha Consulting）已经改正其行为。经审核，决定将该公司移出不可靠实体清单。",
    ],
)
def test_a_pronoun_means_the_firm_that_the_sentence_opens_with(words):
    (measure,) = act(
        words, number="不可靠实体清单工作机制公告〔2030〕3号", signed="不可靠实体清单工作机制"
    ).measures

    assert measure.action == "remove"
    assert [entity.names for entity in measure.entities] == [
        {"zh": "甲咨询公司", "en": "Alpha Consulting"}
    ]


def whole(fact):
    """What each measure does, of what and of whom: (action, register, names, goods, start, end)."""
    return [
        (
            str(measure.action),
            (measure.register or "").removeprefix("cn-"),
            [entity.names["zh"] for entity in measure.entities],
            [(item.names["zh"], *item.hs) for item in measure.items],
            measure.starts and measure.starts.on,
            measure.ends and measure.ends.on,
        )
        for measure in fact.measures
    ]


@pytest.mark.parametrize(
    ("words", "made"),
    [
        (
            "经国务院批准，对超声清洗机（参考海关商品编号：8479899910）实施临时管制，期限为两年。自2030年5月1日起执行。",
            (
                "add",
                "dual-use-items",
                [],
                [("超声清洗机", "8479899910")],
                "2030-05-01",
                "2032-05-01",
            ),
        ),
        (
            "自2030年5月1日起不再对超声清洗机实施临时管制。",
            ("remove", "dual-use-items", [], [("超声清洗机",)], "2030-05-01", None),
        ),
        (
            "撤销甲稀土有限公司持有的甲类通用许可，三年内不再受理其申请。",
            ("remove", "general-licences", ["甲稀土有限公司"], [], None, None),
        ),
        (
            "自2030年6月1日起暂停乙贸易有限公司使用通用许可六个月。",
            ("suspend", "general-licences", ["乙贸易有限公司"], [], "2030-06-01", "2030-12-01"),
        ),
        (
            "对出口至葡萄牙、秘鲁的民用测温仪，企业登记填报即可获得出口凭证。试行至2031年5月31日。",
            ("add", "general-licences", [], [("民用测温仪",)], None, "2031-05-31"),
        ),
        (
            "出口钨酸钠的经营者应当在15日内报告最终用户。自2030年4月1日起施行。",
            ("restrict", "", [], [("钨酸钠",)], "2030-04-01", None),
        ),
        (
            "2030年离子型稀土开采指标1.2万吨，萤石（97%）3万吨，不得超指标外销。",
            ("restrict", "state-trading", [], [("离子型稀土",), ("萤石",)], None, None),
        ),
        (
            "自2030年5月1日起，对荷兰籍船舶收取特别港务费，每净吨200元。",
            ("restrict", "port-measures", [], [], "2030-05-01", None),
        ),
        (
            "终止收取对荷兰船舶的特别港务费。本公告2030年5月1日零时生效。",
            ("repeal", "port-measures", [], [], "2030-05-01", None),
        ),
        (
            "即日起，停止进口原产于秘鲁的锌精矿（2608000001）。",
            ("restrict", "", [], [("锌精矿", "2608000001")], "2030-03-04", None),
        ),
        (
            "对出口石英制品实行取样检验。2030年5月1日起试行一年。",
            ("restrict", "", [], [("石英制品",)], "2030-05-01", "2031-05-01"),
        ),
    ],
)
def test_an_act_in_a_form_of_its_own_says_what_it_does_of_what_and_until_when(words, made):
    fact = act(words)

    assert (whole(fact), fact.understood) == ([made], "full")


@pytest.mark.parametrize(
    ("words", "acts", "names"),
    [
        (
            "商务部公告2029年第4号中“甲株式会社”的英文名称更正为“Ko Co., Ltd.”。",
            ["mofcom-2029-4"],
            [{"zh": "甲株式会社", "en": "Ko Co., Ltd."}],
        ),
        ("商务部公告2029年第4号正文“锗”后漏印“锑”字。现予勘误。", ["mofcom-2029-4"], []),
    ],
)
def test_a_correction_names_the_act_that_it_puts_right_and_never_bears_its_number(
    words, acts, names
):
    fact = act(words, number="商务部关于有关公告的更正")

    assert [target.key for measure in fact.measures for target in measure.amends] == acts
    assert [entity.names for measure in fact.measures for entity in measure.entities] == names
    assert fact.key not in acts


@pytest.mark.parametrize(
    "words",
    [
        "如有违反，将示范国甲公司列入不可靠实体清单。",
        "如其不予改正，将示范国甲公司列入出口管制管控名单。",
    ],
)
def test_a_listing_that_is_only_threatened_lists_nobody(words):
    assert act(words).measures == ()
    assert act(words.partition("，")[2]).measures != ()


@pytest.mark.parametrize(
    "words",
    [
        "有关运营者应当停止采购该公司产品。",
        "境内运营者自即日起不得使用上述企业的设备和服务。",
        "各运营者暂停购买其生产的芯片。",
    ],
)
def test_a_ban_on_what_a_firm_makes_is_one_on_the_firm_that_the_words_point_back_to(words):
    fact = act(f"经网络安全审查，甲存储公司（Alpha Memory Inc.）销售的产品未通过审查。{words}")
    (measure,) = fact.measures

    assert (measure.action, measure.items, [each.names["en"] for each in measure.entities]) == (
        "restrict",
        (),
        ["Alpha Memory Inc."],
    )


@pytest.mark.parametrize("way", ["直接或间接从", "直接、间接自", "从"])
def test_goods_kept_out_by_whatever_way_they_come_are_named(way):
    (measure,) = act(
        f"自即日起禁止{way}丹麦输入活禽。", number="海关总署公告2030年第9号", signed="海关总署"
    ).measures

    assert (measure.action, measure.starts.on, [each.names["zh"] for each in measure.items]) == (
        "restrict",
        "2030-03-04",
        ["活禽"],
    )


@pytest.mark.parametrize(
    "heads",
    [
        "2031年锡出口国营贸易企业名单如下：",
        "锡出口配额企业名单为：",
        "2031年度锡供货企业名单如下：",
    ],
)
def test_a_list_of_firms_that_its_heading_alone_announces_is_read(heads):
    (measure,) = act(heads, "甲锡业有限公司", "乙贸易有限公司").measures

    assert (measure.register, [each.names["zh"] for each in measure.entities]) == (
        "cn-state-trading",
        ["甲锡业有限公司", "乙贸易有限公司"],
    )


@pytest.mark.parametrize(
    ("words", "destinations"),
    [
        ("自2030年4月1日起，禁止向东盟、日本出口石墨。", ("JP",)),
        ("对向东盟和日本出口的石墨适用通用许可。", ("JP",)),
        ("对日本、东盟各国最终用户一律不予签发镓出口许可证。", ("JP",)),
    ],
)
def test_a_destination_without_a_code_is_told_and_makes_it_part(words, destinations):
    fact = act(words)

    assert [measure.destinations for measure in fact.measures] == [destinations]
    assert [each.why for each in fact.not_read] == ["a destination was not understood: 东盟"]


@pytest.mark.parametrize(
    ("words", "destinations"),
    [
        ("对向日本、波斯尼亚和黑塞哥维那出口的石墨适用通用许可。", ("JP", "BA")),
        ("对日本境内特定最终用户一律不予签发镓出口许可证。", ("JP",)),
    ],
)
def test_destinations_that_all_have_a_code_are_told_whole(words, destinations):
    fact = act(words)

    assert ([measure.destinations for measure in fact.measures], fact.understood) == (
        [destinations],
        "full",
    )


@pytest.mark.parametrize(
    "words", ["禁止所有两用物项对东盟军事用户出口。", "决定加强对日本、东盟两用物项出口管制。"]
)
def test_a_ban_on_goods_to_where_has_no_code_says_so(words):
    assert any("a destination was not understood: 东盟" in each.why for each in act(words).not_read)


@pytest.mark.parametrize(
    "words",
    [
        "商务部公告2029年第7号暂停实施，第三条除外。",
        "决定将甲公司（Alpha Ltd）列入出口管制管控名单，民用物项除外。",
        "除锗锭以外，对锗实施出口管制。",
    ],
)
def test_what_is_exempt_from_what_an_act_does_is_told_as_not_read(words):
    assert [each.why for each in act(words).not_read] == ["what is exempt from it is only quoted"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (
            "禁止进口日本水产品，恢复进口韩国水产品。",
            "not all that the sentence does was understood",
        ),
        ("对铟、镓实施临时管制，期限分别为一年、两年。", "which term is whose was not understood"),
        (
            "对铟实施临时管制，但科研用途不受此限。",
            "what is exempt from it is only quoted",
        ),
    ],
)
def test_a_sentence_that_says_more_than_one_measure_holds_is_part(words, why):
    assert [each.why for each in act(words).not_read] == [why]
