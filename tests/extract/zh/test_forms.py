"""Forms in which an act says what it does to others, to itself, or to nobody we can name."""

import pytest

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

    assert (fact.number, done(fact)) == (None, [("amend", ["mofcom-2030-7"], None, None)])
    assert fact.key.startswith("cn-mofcom-2030-03-04-")


def test_a_correction_of_a_term_says_that_the_new_end_is_not_known():
    fact = act("第一条中“一年”更正为“两年”。", number="商务部关于2030年第7号公告的更正")

    assert (done(fact), fact.understood) == ([("amend", ["mofcom-2030-7"], None, None)], "part")


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
    facts = extract.understand(read_text(f"商务部新闻发言人就有关问题答记者问\n2030-03-04\n问：有何安排？\n答：{said}"))

    assert [fact.understood for fact in facts if isinstance(fact, Announcement)] == ([told] if told else [])


def test_a_blocking_order_forbids_to_obey_and_tells_how_many_it_protects_where_it_names_nobody():
    words = "现发布禁令：任何主体不得承认、执行或者遵守某国对两家航运企业的限制措施。"
    fact = act(words, "禁令自2030年4月1日零时生效。")
    (measure,) = fact.measures

    assert (measure.action, measure.register, measure.starts.on) == ("restrict", "cn-blocking-orders", "2030-04-01")
    assert (measure.entities, measure.stated.entities, fact.understood) == ((), 2, "full")


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("某国将甲石化（大连）有限公司、乙航运集团有限公司列入制裁名单。", ["甲石化（大连）有限公司", "乙航运集团有限公司"]),
        ("某国对丙远能等两家航运企业采取的措施不当限制贸易。", ["丙远能"]),
        ("某国对沿海五家企业作出次级制裁。", []),
    ],
)
def test_a_blocking_order_protects_the_firms_that_it_names(words, names):
    (measure,) = act(words, "现发布禁令：不得承认、执行、遵守上述措施。").measures

    assert [(each.names["zh"], each.kind) for each in measure.entities] == [(name, "org") for name in names]


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
            ("add", "dual-use-items", [], [("超声清洗机", "8479899910")], "2030-05-01", "2032-05-01"),
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
            "配额如下：甲矿业有限公司20吨；乙矿业有限公司10吨。配额不得转让，12月31日失效。",
            ("restrict", "state-trading", ["甲矿业有限公司", "乙矿业有限公司"], [], None, "2030-12-31"),
        ),
        (
            "自2030年5月1日起，对荷兰籍船舶收取特别港务费，每净吨200元。",
            ("restrict", "port-measures", [], [], "2030-05-01", None),
        ),
        ("终止收取对荷兰船舶的特别港务费。本公告2030年5月1日零时生效。", ("repeal", "port-measures", [], [], "2030-05-01", None)),
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


def test_a_ban_on_a_destination_names_the_goods_and_the_countries():
    fact = act("对秘鲁、葡萄牙军工企业，一律不予签发锑、铋相关物项出口许可证。")
    (measure,) = fact.measures

    assert (measure.action, measure.destinations) == ("restrict", ("PE", "PT"))
    assert [item.names["zh"] for item in measure.items] == ["锑", "铋"]


def test_a_ban_on_a_named_firm_needs_no_word_for_a_list():
    fact = act("自即日起，禁止向甲防务公司（Alpha Defence Ltd）出口任何两用物项。")
    (measure,) = fact.measures

    assert (measure.action, [entity.names["en"] for entity in measure.entities]) == ("restrict", ["Alpha Defence Ltd"])


def test_what_is_added_to_a_catalogue_of_technologies_changed_and_taken_off_is_told_clause_by_clause():
    fact = act(
        "一、限制出口部分新增“钠电池正极制备技术”（编号：252601X）。",
        "二、修改“激光雷达技术”（编号：183501X）控制要点。",
        "三、编号052701X停止适用。",
        number="商务部 科技部公告2030年第9号 关于调整禁止出口限制出口技术目录的公告",
    )

    assert [(str(each.action), [item.codes for item in each.items]) for each in fact.measures] == [
        ("add", [("252601X",)]),
        ("amend", [("183501X",)]),
        ("remove", [("052701X",)]),
    ]
    assert {each.register for each in fact.measures} == {"cn-restricted-technologies"}


def test_what_stands_in_an_annex_that_was_not_read_is_said_to_be_missing():
    fact = act("自2030年5月1日起，对附件所列物项实施临时管制。")

    assert fact.understood == "part"


def test_a_decree_that_changes_a_law_amends_and_decides_nothing_of_what_the_law_will_say():
    fact = act(
        "《国务院关于修改〈甲条例〉的决定》已经通过，现予公布，自2030年5月1日起施行。",
        "一、第四条增加一款：“对中介服务提供者实行登记管理。”",
        number="中华人民共和国国务院令 第900号",
        signed="总理 某某",
    )

    assert whole(fact) == [("amend", "", [], [], "2030-05-01", None)]


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
def test_a_correction_names_the_act_that_it_puts_right_and_never_bears_its_number(words, acts, names):
    fact = act(words, number="商务部关于有关公告的更正")

    assert [target.key for measure in fact.measures for target in measure.amends] == acts
    assert [entity.names for measure in fact.measures for entity in measure.entities] == names
    assert fact.key not in acts


def test_an_extension_by_a_length_counts_from_the_end_that_it_moves():
    old = "商务部公告2029年第7号规定的临时管制将于2030年4月30日届满。"

    assert done(act(old, "决定将临时管制期限延长一年。")) == [("amend", ["mofcom-2029-7"], None, None)]
    assert done(act(old + "决定将临时管制期限延长一年。")) == [("amend", ["mofcom-2029-7"], None, "2031-04-30")]


def test_clauses_that_are_named_again_as_the_rest_live_again():
    words = "商务部公告2029年第7号第二条再停一年实施，至2031年4月1日24时；其余条款2030年4月2日零时恢复效力。"

    assert done(act(words)) == [
        ("suspend", ["mofcom-2029-7"], None, "2031-04-01"),
        ("resume", ["mofcom-2029-7"], "2030-04-02", None),
    ]


@pytest.mark.parametrize(
    "words", ["如有违反，将示范国甲公司列入不可靠实体清单。", "如其不予改正，将示范国甲公司列入出口管制管控名单。"]
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


def test_a_ban_on_what_a_named_firm_makes_is_one_on_that_firm():
    (measure,) = act("经网络安全审查，关键信息基础设施运营者不得采购甲存储公司（Alpha Memory Inc.）的服务器产品。").measures

    assert [each.names for each in measure.entities] == [{"zh": "甲存储公司", "en": "Alpha Memory Inc."}]


@pytest.mark.parametrize("way", ["直接或间接从", "直接、间接自", "从"])
def test_goods_kept_out_by_whatever_way_they_come_are_named(way):
    (measure,) = act(f"自即日起禁止{way}丹麦输入活禽。", number="海关总署公告2030年第9号", signed="海关总署").measures

    assert (measure.action, measure.starts.on, [each.names["zh"] for each in measure.items]) == (
        "restrict",
        "2030-03-04",
        ["活禽"],
    )


@pytest.mark.parametrize(
    "heads", ["2031年锡出口国营贸易企业名单如下：", "锡出口配额企业名单为：", "2031年度锡供货企业名单如下："]
)
def test_a_list_of_firms_that_its_heading_alone_announces_is_read(heads):
    (measure,) = act(heads, "甲锡业有限公司", "乙贸易有限公司").measures

    assert (measure.register, [each.names["zh"] for each in measure.entities]) == (
        "cn-state-trading",
        ["甲锡业有限公司", "乙贸易有限公司"],
    )


def test_a_firm_named_again_without_its_latin_name_keeps_it():
    before = "经审查，甲存储公司（Alpha Memory Inc.）产品未通过网络安全审查。"
    fact = act(f"{before}关键信息基础设施运营者应停止采购甲存储公司产品。")

    assert [each.names for each in fact.measures[0].entities] == [{"zh": "甲存储公司", "en": "Alpha Memory Inc."}]
    assert fact.understood == "full"


def test_goods_kept_out_from_several_countries_are_no_persons():
    words = "自即日起，禁止从巴西、智利进口鲜苹果，暂停受理相关入境申请。"
    (measure,) = act(words, number="海关总署公告2030年第9号", signed="海关总署").measures

    assert (measure.entities, [each.names["zh"] for each in measure.items]) == ((), ["鲜苹果"])


def test_port_dues_that_are_suspended_are_so_whichever_word_comes_first():
    words = "自2030年6月14日起，对某国籍船舶收取的船舶特别港务费暂停一年。"

    assert done(act(words, number="交通运输部公告2030年第6号", signed="交通运输部")) == [
        ("suspend", [], "2030-06-14", "2031-06-14")
    ]


def test_a_blocking_order_protects_the_firms_of_its_annex_and_says_where_that_is_not_there():
    order = [
        "商务部令2030年第4号 阻断禁令",
        "任何单位和个人不得承认、执行、遵守某国对附件所列企业实施的限制措施。",
        "部长 某某",
        "2030年4月28日",
    ]
    annexed = ["附件", "受保护企业名单", "甲通信股份有限公司", "乙航运集团"]
    (fact,) = extract.understand(read_text("\n".join([*order, *annexed])))
    (alone,) = extract.understand(read_text("\n".join(order)))

    assert [each.names["zh"] for each in fact.measures[0].entities] == ["甲通信股份有限公司", "乙航运集团"]
    assert (fact.understood, alone.understood) == ("full", "part")


def test_a_takeover_that_is_forbidden_on_grounds_of_security_is_never_silent():
    words = "依据《外商投资安全审查办法》，禁止甲资本公司（Alpha Capital LLC）收购乙芯片有限公司股权，要求撤销该项收购。"

    assert act(words, number="国家发展改革委公告2030年第4号", signed="国家发展改革委").understood == "none"


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

    assert ([measure.destinations for measure in fact.measures], fact.understood) == ([destinations], "full")


@pytest.mark.parametrize("words", ["禁止所有两用物项对东盟军事用户出口。", "决定加强对日本、东盟两用物项出口管制。"])
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
    assert [each.why for each in act(words).not_read] == ["what is exempt from it is told in its words only"]


def test_an_exemption_by_law_is_no_part_of_what_an_act_does():
    assert act("商务部公告2029年第7号暂停实施，法律另有规定的除外。").understood == "full"


def test_a_firm_that_is_only_renamed_is_not_passed_over():
    assert [each.why for each in act("将甲公司（Alpha Ltd）列入关注名单。", "名单中的乙公司更名为丙公司。").not_read] == [
        "what it changes was not understood"
    ]


def test_what_firms_have_done_already_is_no_ban_of_the_issuer():
    assert act("部分企业已停止从日本进口水产品。").measures == ()


def test_a_technology_has_the_name_behind_its_number_and_the_catalogue_itself_is_none():
    fact = act(
        "调整《中国禁止出口限制出口技术目录》部分内容，修改编号250101X（乙提取技术）控制要点。",
        "调整《中国禁止出口限制出口技术目录》：编号052701X（甲拼接技术）控制要点第2条改为“乙拼接”。",
    )

    assert [(each.names["zh"], each.codes) for measure in fact.measures for each in measure.items] == [
        ("乙提取技术", ("250101X",)),
        ("甲拼接技术", ("052701X",)),
    ]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("禁止进口日本水产品，恢复进口韩国水产品。", "not all that the sentence does was understood"),
        ("对铟、镓实施临时管制，期限分别为一年、两年。", "which term is whose was not understood"),
        ("对铟实施临时管制，但科研用途不受此限。", "what is exempt from it is told in its words only"),
    ],
)
def test_a_sentence_that_says_more_than_one_measure_holds_is_part(words, why):
    assert [each.why for each in act(words).not_read] == [why]


def test_controls_that_end_in_other_words_are_not_passed_over():
    fact = act("对锑实施临时管制。", "对铋、锗停止实施临时管制。")

    assert [each.why for each in fact.not_read] == ["what it changes was not understood"]


def test_a_name_that_is_put_right_in_words_not_understood_is_said():
    fact = act("商务部公告2029年第7号附件中甲公司的名称更正为乙公司。")

    assert (done(fact), fact.understood) == ([("amend", ["mofcom-2029-7"], None, None)], "part")


def test_a_part_of_a_quota_is_no_thing_of_its_own():
    fact = act("2030年度稀土出口配额总量为1万吨，其中第一批6000吨。")

    assert [each.names["zh"] for measure in fact.measures for each in measure.items] == ["稀土"]


def test_an_order_that_names_another_at_the_begin_of_a_sentence_has_not_its_number():
    fact = act(
        "命令将外交部令第52号所列人士纳入禁止入境名册。", number="澳门特别行政区行政长官批示2031年第88号", signed="行政长官 某某"
    )

    assert fact.key.startswith("mo-government-2030-03-04-")


def test_goods_that_are_listed_elsewhere_in_an_act_are_not_those_kept_from_a_firm():
    fact = act("禁止向甲防务公司（Alpha Ltd）出口两用物项。", "1C001 甲粉（税号：28053019）")

    assert [(each.items, [entity.names["en"] for entity in each.entities]) for each in fact.measures] == [((), ["Alpha Ltd"])]


def test_a_latin_name_that_is_put_right_without_the_chinese_one_is_told_in_its_words_only():
    fact = act("商务部公告2029年第4号附件中英文名称更正为Alpha Inc.。", number="商务部关于有关公告的更正")

    assert (done(fact), [each.entities for each in fact.measures]) == ([("amend", ["mofcom-2029-4"], None, None)], [()])
    assert [each.why for each in fact.not_read] == ["what it puts right is told in its words only"]
