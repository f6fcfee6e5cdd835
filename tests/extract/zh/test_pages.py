"""Whole pages in Chinese: what is an act, what it does, and what only speaks of one."""

import pytest

from monitor import NamedRegister, extract, vocabulary
from monitor.document import read_text
from monitor.extract import zh
from monitor.model import Announcement, Report

LAW = "根据《中华人民共和国出口管制法》等法律法规有关规定，"
LISTING = f"""商务部公告2030年第7号 公布将3家日本实体列入出口管制管控名单
【发布文号】商务部公告2030年第7号
【发文日期】2030年03月04日
{LAW}决定将甲株式会社等3家日本实体列入出口管制管控名单（见附件），并采取以下措施：
一、禁止向上述3家日本实体出口两用物项；正在开展的相关出口活动应当立即停止。
本公告自公布之日起正式实施。
附件：出口管制管控名单（2030年3月4日）
商务部
2030年3月4日
附件
出口管制管控名单
（2030年3月4日）
1. 甲株式会社（Alpha Co., Ltd.）
2. 乙大学（Beta University）
3．丙公司（Gamma Inc.)
"""


def read(text, **known):
    return zh.facts(read_text(text), url="", authority=None, **known)


def act(text):
    (fact,) = read(text)
    assert isinstance(fact, Announcement)
    return fact


def one(text):
    (measure,) = act(text).measures
    return measure


def mofcom(number, title, *body, day="2030年3月4日"):
    return "\n".join([f"商务部公告{number} {title}", *body, "商务部", day])


def uel(number, title, *body):
    head = [f"不可靠实体清单工作机制{title}", "不 可 靠 实 体 清 单 工 作 机 制", "公　告", f"2030年 第{number}号"]
    return "\n".join([*head, *body, "不可靠实体清单工作机制", "（商务部代章）", "2030年3月4日"])


def reply(title, answer, day="2030-05-14"):
    return f"来源：商务部新闻办公室 {day} 22:00\n商务部新闻发言人就{title}答记者问\n问：请问有何考虑？\n答：{answer}"


def decision(number, *body):
    return "\n".join(
        [
            "关于对有关实体采取反制措施的决定",
            f"（2030年4月11日中华人民共和国外交部令第{number}号公布，自2030年4月11日起施行）",
            *body,
            "外交部",
            "2030年4月11日",
        ]
    )


def test_listing_names_number_date_register_and_everyone():
    fact = act(LISTING)
    (measure,) = fact.measures

    assert (fact.key, fact.number, fact.published, fact.authority) == (
        "mofcom-2030-7",
        "商务部公告2030年第7号",
        "2030-03-04",
        "cn-mofcom",
    )
    assert (measure.action, measure.register, measure.starts.on, measure.starts.basis) == (
        "add",
        "cn-export-control-entities",
        "2030-03-04",
        "publication",
    )
    assert [entity.names for entity in measure.entities] == [
        {"zh": "甲株式会社", "en": "Alpha Co., Ltd."},
        {"zh": "乙大学", "en": "Beta University"},
        {"zh": "丙公司", "en": "Gamma Inc."},
    ]
    assert {entity.country for entity in measure.entities} == {"JP"}
    assert fact.understood == "full"


def test_every_fact_quotes_the_page():
    measure = one(LISTING)

    assert all(entity.quote in LISTING for entity in measure.entities)
    assert measure.starts.quote == "自公布之日起"
    assert measure.quote in LISTING


def test_fewer_names_than_the_text_counts_are_said():
    fact = act(LISTING.replace("3．丙公司（Gamma Inc.)", ""))

    assert fact.understood == "part"
    assert "3" in fact.not_read[0].why


def test_names_in_prose_without_an_annex():
    text = uel(
        2,
        "关于将甲公司列入不可靠实体清单的公告",
        (
            "不可靠实体清单工作机制决定将参与军售的甲公司（Alpha "
            "Inc.）和乙公司（Beta LLC）等2家实体列入不可靠实体清单，并采取以下处理措施："
        ),
        "一、禁止新增投资。",
        "本公告自2030年3月5日12时01分起实施。",
    )
    fact = act(text)

    assert fact.key == "uel-2030-2"
    assert fact.measures[0].starts.on == "2030-03-05T12:01+08:00"
    assert [entity.names["en"] for entity in fact.measures[0].entities] == ["Alpha Inc.", "Beta LLC"]


def test_bracketed_year_in_the_header_field_is_the_number():
    text = uel(
        2,
        "关于将甲公司列入不可靠实体清单的公告",
        "【发布文号】不可靠实体清单工作机制〔2030〕12号",
        "决定将甲公司（Alpha）列入不可靠实体清单。",
    )

    assert (act(text).key, act(text).number) == ("uel-2030-12", "不可靠实体清单工作机制〔2030〕12号")


def test_investigation_is_no_listing():
    text = uel(
        4,
        "关于对美国甲集团启动不可靠实体清单调查的公告",
        "不可靠实体清单工作机制决定就美国甲集团涉嫌违反正常的市场交易原则行为启动调查。",
    )
    measure = one(text)

    assert (measure.action, measure.register) == ("investigate", "cn-unreliable-entities")
    assert [(entity.names, entity.country) for entity in measure.entities] == [({"zh": "甲集团"}, "US")]


def test_a_further_measure_on_a_listed_entity_restricts_it():
    text = uel(
        6,
        "关于对甲公司采取不可靠实体清单处理措施的公告",
        "决定对被列入不可靠实体清单的甲公司（Alpha, Inc.）采取以下处理措施：",
        "禁止甲公司向中国出口测序仪。",
        "本公告自公布之日起实施。",
    )

    assert one(text).action == "restrict"
    assert one(text).entities[0].names == {"zh": "甲公司", "en": "Alpha, Inc."}


@pytest.mark.parametrize(
    "words",
    [
        "决定将甲株式会社（Alpha）移出关注名单",
        "决定将甲株式会社（Alpha）从关注名单中移出",
        "决定自2030年4月1日起，将甲株式会社（Alpha）从《关注名单》移除",
    ],
)
def test_removal(words):
    measure = one(mofcom("2030年第9号", "公布将有关实体移出关注名单", f"{LAW}{words}。", "本公告自2030年4月1日起实施。"))

    assert (measure.action, measure.register, measure.starts.on) == ("remove", "cn-watch-list", "2030-04-01")
    assert measure.entities[0].names == {"zh": "甲株式会社", "en": "Alpha"}


def test_a_way_out_that_is_only_described_removes_nobody():
    text = LISTING.replace("本公告自", "列入名单的实体可申请移出关注名单。商务部核实后，可以将其移出关注名单。\n本公告自")

    assert one(text).action == "add"


def test_foreign_ministry_order_with_companies_and_persons():
    text = decision(
        5,
        "依据《中华人民共和国反外国制裁法》第三条规定，中方决定对以下美国军工企业及高级管理人员采取反制措施：",
        "一、对甲公司等1家后附《反制清单》列明的企业，冻结在我国境内的财产。",
        "二、对某某·某（乙公司总裁）等1名后附《反制清单》列明的企业高级管理人员，冻结在我国境内的财产。",
        "本决定自2030年4月11日起施行。",
        "附件：反制清单",
        "外交部",
        "2030年4月11日",
        "附件",
        "反制清单",
        "一、企业",
        "（一）甲公司（Alpha)",
        "二、高级管理人员",
        "（一）某某·某（John Doe），男，乙公司总裁",
    )
    fact = act(text)
    (measure,) = fact.measures

    assert (fact.key, fact.authority, measure.register) == ("mfa-order-2030-5", "cn-mfa", "cn-countermeasures")
    assert [(entity.names["en"], entity.kind, entity.role) for entity in measure.entities] == [
        ("Alpha", "org", None),
        ("John Doe", "person", "乙公司总裁"),
    ]


def test_person_named_only_in_the_decision_gets_role_and_country_from_the_recital():
    text = decision(
        7, "日本参议员张三长期散布谬论。中方决定对张三采取以下反制措施：", "一、不准入境。", "本决定自2030年4月11日起施行。"
    )
    (person,) = one(text).entities

    assert (person.names, person.kind, person.role, person.country) == ({"zh": "张三"}, "person", "日本参议员", "JP")


def test_decision_without_a_number_is_known_by_its_words():
    text = (
        "关于对甲公司采取反制措施的决定\n中方决定对甲公司采取以下反制措施：\n一、"
        "冻结财产。\n本决定自2030年4月13日起施行。\n外交部\n2030年4月13日"
    )
    key = act(text).key

    assert key.startswith("cn-mfa-2030-04-13-")
    assert act(text.replace("\n", "\n\n")).key == key
    assert act(text.replace("冻结", "查封")).key != key


def test_ministerial_order_with_chinese_year():
    lines = [
        "中华人民共和国商务部令二〇三〇年第6号 关于对某株式会社2家美国子公司采取反制措施的决定",
        "中华人民共和国商务部令",
        "二〇三〇年 第6号",
        "现公布《关于对某株式会社2家美国子公司采取反制措施的决定》，自2030年10月14日起施行。",
        "部长 某某",
        "2030年10月14日",
        "中方决定将某株式会社2家美国相关子公司Alpha Shipping LLC和HS Holdings Corp.列入反制清单，并采取以下反制措施：禁止交易。",
    ]
    text = "\n".join(lines)
    fact = act(text)

    assert (fact.key, fact.published) == ("mofcom-order-2030-6", "2030-10-14")
    assert [entity.names for entity in fact.measures[0].entities] == [{"en": "Alpha Shipping LLC"}, {"en": "HS Holdings Corp."}]


def test_suspension_of_many_acts_by_elliptic_numbers():
    words = "经批准，自即日起至2031年11月10日，商务部、海关总署公告2030年第55号、56号，及商务部公告2030年第61号、62号暂停实施。"
    measure = one(mofcom("2030年第70号", "公布暂停实施有关公告的决定", words))

    assert [target.key for target in measure.amends] == ["mofcom-2030-55", "mofcom-2030-56", "mofcom-2030-61", "mofcom-2030-62"]
    assert (measure.action, measure.starts.basis, measure.ends.on) == ("suspend", "immediate", "2031-11-10")
    assert measure.quote == words


def test_suspension_of_one_clause():
    (target,) = one(
        mofcom("2030年第72号", "公布暂停实施决定", "经批准，自即日起至2031年11月27日，商务部公告2029年第46号第二款暂停实施。")
    ).amends

    assert (target.key, target.clauses) == ("mofcom-2029-46", ("二",))


def test_two_starts_by_clause_are_two_measures():
    text = mofcom(
        "2030年第61号",
        "公布对境外相关物项实施出口管制的决定",
        "决定采取以下出口管制措施：",
        "一、境外组织出口以下物项前，必须获得许可：",
        "（一）附件1所列物项；",
        "八、本公告“一（一）”部分自2030年12月1日起实施。本公告“一（二）”部分自公布之日起实施。",
        "附件：",
        "1.物项列表",
    )
    fact = act(text)

    assert [(measure.clauses, measure.starts.on) for measure in fact.measures] == [
        (("一(一)",), "2030-12-01"),
        (("一(二)",), "2030-03-04"),
    ]
    assert fact.understood == "part"
    assert [attachment.title for attachment in fact.attachments] == ["物项列表"]


def test_items_with_codes_are_controlled():
    text = mofcom(
        "2030年第10号",
        "公布对甲相关物项实施出口管制的决定",
        "经国务院批准，决定对下列物项实施出口管制：",
        "一、甲相关物项",
        "（一）1C117.d．甲材料（参考海关商品编号：2841801000）。",
        "出口经营者出口上述物项应当申请许可。",
        "本公告自公布之日起实施。",
    )
    measure = one(text)

    assert (measure.action, measure.register) == ("add", "cn-dual-use-items")
    assert [(item.names["zh"], item.codes, item.hs) for item in measure.items] == [("甲材料", ("1C117.d",), ("2841801000",))]


def test_items_without_codes_stop_where_the_procedure_begins():
    text = mofcom(
        "2030年第23号",
        "关于对甲相关物项实施出口管制的公告",
        "经国务院批准，决定对甲相关物项实施出口管制。",
        "一、满足以下特性的物项，未经许可，不得出口：",
        "1.金属甲（单质）（参考海关商品编号：8112929010）。",
        "二、出口经营者应办理手续，提交下列文件：",
        "（一）合同的原件；",
        "八、本公告自2030年8月1日起正式实施。",
    )

    assert [item.names["zh"] for item in one(text).items] == ["金属甲"]


def test_stricter_control_towards_one_country_names_it_and_its_goods():
    text = mofcom(
        "2030年第46号",
        "关于加强相关两用物项对美国出口管制的公告",
        "决定加强相关两用物项对美国出口管制。",
        "一、禁止两用物项对美国军事用户出口。",
        "二、原则上不予许可镓、乙材料相关两用物项对美国出口。",
    )
    measure = one(text)

    assert (measure.action, measure.destinations) == ("restrict", ("US",))
    assert [item.names["zh"] for item in measure.items] == ["镓", "乙材料"]


def test_catalogue_replaces_last_years_and_repeals_its_act():
    text = mofcom(
        "2030年第67号",
        "公布《两用物项和技术进出口许可证管理目录》",
        (
            "根据商务部、海关总署2005年第29号令，商务部对《两用物项和技术进出口许可证管理目录》进行了调整，"
            "现将调整后的《两用物项和技术进出口许可证管理目录》予以公布。"
        ),
        "本公告自2031年1月1日起实施，商务部、海关总署2029年第67号公告同时废止。",
        "附件：两用物项和技术进出口许可证管理目录.pdf",
    )
    fact = act(text)

    assert [(measure.action, measure.register) for measure in fact.measures] == [
        ("replace", "cn-licence-catalogue"),
        ("repeal", None),
    ]
    assert fact.measures[1].amends[0].key == "mofcom-2029-67"
    assert {measure.starts.on for measure in fact.measures} == {"2031-01-01"}
    assert fact.not_read[0].what == "attachment"


def test_acts_that_are_counted_but_not_named_are_said():
    text = mofcom(
        "2030年第51号",
        "关于发布《中华人民共和国两用物项出口管制清单》的公告",
        "现公布《中华人民共和国两用物项出口管制清单》，自2030年12月1日起实施。同日，商务部公告2003年第5号等11个公告废止。",
    )

    assert any("11" in unread.why for unread in act(text).not_read)


def test_adjusted_controls_amend_the_earlier_act():
    text = mofcom(
        "2030年第31号",
        "关于优化调整甲出口管制措施的公告",
        "经国务院批准，决定优化调整甲出口管制措施。",
        "一、调整商务部、海关总署公告2029年第27号中部分物项的标准。",
        "甲成像设备（参考海关商品编号：8525891110）。",
        "三、本公告自2030年9月1日起正式实施。",
    )
    measure = one(text)

    assert (measure.action, measure.amends[0].key) == ("amend", "mofcom-2029-27")
    assert measure.items[0].hs == ("8525891110",)


def test_temporary_control_ends():
    text = mofcom(
        "2030年第28号",
        "关于对甲实施临时出口管制的公告",
        "经批准，决定对甲实施临时出口管制。",
        "八、本公告自2030年9月1日起正式实施，实施期限不超过2年。",
    )

    assert one(text).ends.on == "2032-09-01"


def test_reply_that_suspends_one_act_and_ends_two_others():
    answer = (
        "中方决定自2030年11月10日起，继续暂停4月4日公告（不可靠实体清单工作机制公告〔2030〕7号）相关措施1年，"
        "停止3月4日公告（不可靠实体清单工作机制公告〔2030〕5号和6号）相关措施。"
    )
    fact = act(reply("调整不可靠实体清单措施", answer, day="2030-11-05"))
    first, second = fact.measures

    assert fact.published == "2030-11-05"
    assert (first.action, first.amends[0].key, first.ends.on, first.ends.duration) == (
        "suspend",
        "uel-2030-7",
        "2031-11-10",
        "P1Y",
    )
    assert (second.action, [target.key for target in second.amends], second.ends) == (
        "remove",
        ["uel-2030-5", "uel-2030-6"],
        None,
    )


def test_start_before_a_semicolon_holds_after_it():
    answer = (
        "决定自2030年8月12日起，对4月4日公告（2030年第21号）涉及的实体，"
        "继续暂停相关措施90天；对4月9日公告（2030年第22号）涉及的实体，停止上述措施。"
    )
    fact = act(reply("调整出口管制管控名单措施", answer))

    assert [(measure.action, measure.amends[0].key, measure.starts.on) for measure in fact.measures] == [
        ("suspend", "mofcom-2030-21", "2030-08-12"),
        ("remove", "mofcom-2030-22", "2030-08-12"),
    ]


def test_reply_that_tells_of_a_suspension_announced_elsewhere_is_an_echo():
    answer = (
        "商务部今天发布公告2030年第70号，决定自即日起至2031年11月10日暂停实施商务部公告2030年第61号，对有关出口管制作出安排。"
    )

    assert not [fact for fact in read(reply("暂停出口管制", answer)) if isinstance(fact, Announcement)]


def test_reply_that_tells_what_the_spokesperson_said_before_is_an_echo():
    answer = "11月5日，商务部新闻发言人宣布，自2030年11月10日起，继续暂停不可靠实体清单工作机制公告〔2030〕7号相关措施1年。"

    assert not [fact for fact in read(reply("有关措施", answer)) if isinstance(fact, Announcement)]


def test_reply_that_repeats_a_listing_is_a_restatement():
    (fact,) = read(reply("有关措施", "商务部决定将甲公司等28家美国实体列入出口管制管控名单。"))

    assert isinstance(fact, Report)
    assert (fact.kind, fact.mentions.registers) == ("restatement", ("cn-export-control-entities",))
    assert [entity.names for entity in fact.mentions.entities] == [{"zh": "甲公司"}]


def test_foreign_ministry_may_decide_by_word_of_mouth():
    text = (
        "外交部发言人宣布中方对2家美国企业实施制裁\n2030-01-07 "
        "10:00\n答：中方决定对甲公司、乙公司2家美国军工企业采取制裁措施，冻结在华财产。"
    )

    assert [entity.names["zh"] for entity in one(text).entities] == ["甲公司", "乙公司"]


def test_news_of_several_acts_is_a_press_report():
    text = (
        "央视网消息：商务部发布2030年第18号公告，对甲物项实施出口管制；发布第21号公告，"
        "将16家美国实体列入出口管制管控名单。商务部发布2030年第19、20号公告，发起反倾销立案调查。"
    )
    (fact,) = read(text)

    assert (fact.kind, fact.mentions.keys) == ("press", ("mofcom-2030-18", "mofcom-2030-21"))


@pytest.mark.parametrize(
    "text",
    [
        mofcom("2030年第19号", "公布发起反倾销立案调查", "商务部决定自2030年4月4日起对进口某产品发起反倾销立案调查。"),
        "美国商务部将42家实体列入实体清单\n美国商务部发布公告，决定将23家中国实体列入出口管制管控名单，自公布之日起生效。",
        "某国计划调整出口管制清单\n某国联邦委员会委托经济部提交提案。",
        "两用物项常见问题解答\n根据商务部公告2030年第10号，1C117.d项下物项未经许可不得出口。",
        (
            "不可靠实体清单规定\n（2030年9月19日商务部令第4号公布 自公布之日起施行）\n"
            "第八条 工作机制可以决定将有关外国实体列入不可靠实体清单。"
        ),
        reply("美方发布出口管制规则", "中方注意到有关情况。美方泛化国家安全、滥用出口管制。中方将采取必要措施。"),
        reply("中美磋商", "美方将暂停实施其规则一年。中方将暂停实施10月9日公布的相关出口管制等措施一年。"),
        "央视网消息：中国将建立不可靠实体清单制度，对不遵守规则的外国企业，将列入不可靠实体清单。",
        "央视网消息：欧盟机构已制定反制清单，不应低估欧盟采取反制措施的意愿。",
        (
            "国务院关税税则委员会关于加征关税的公告\n税委会公告2030年第4号\n经国务院批准，"
            "自2030年4月10日起，对原产于美国的进口商品加征关税。"
        ),
    ],
)
def test_what_announces_nothing(text):
    assert read(text) == []


def test_a_decree_that_publishes_a_law_is_told_and_the_law_decides_nothing():
    fact = act(
        "中华人民共和国商务部令2030年第4号 不可靠实体清单规定\n现公布《不可靠实体清单规定》，"
        "自公布之日起施行。\n第八条 工作机制可以决定将有关外国实体列入不可靠实体清单。"
    )

    assert (fact.key, fact.understood, fact.measures) == ("mofcom-order-2030-4", "none", ())


def test_an_act_whose_body_is_not_understood_is_still_told():
    fact = act("商务部公告2030年第8号 公布将5家美国实体列入出口管制管控名单\n正文见附件。\n商务部\n2030年3月4日")

    assert fact.understood == "part"
    assert fact.measures[0].register == "cn-export-control-entities"


def test_language_is_chosen_by_the_words():
    assert extract.understand(read_text(LISTING), url="", authority=None)[0].key == "mofcom-2030-7"
    assert extract.understand(read_text("Hello\nThis is a page."), url="", authority=None) == []


def test_issuer_may_be_told_from_outside():
    (fact,) = zh.facts(read_text(LISTING), url="https://a.example/1", authority="cn-gacc")

    assert (fact.authority, fact.url) == ("cn-gacc", "https://a.example/1")


@pytest.mark.parametrize(
    "answer",
    [
        "中方注意到欧盟决定将一家中国企业移出制裁清单，对此表示欢迎。",
        "我方看到美国商务部决定暂停有关出口管制规则，这符合双方利益。",
        "中方对美国决定取消对中国企业的制裁表示欢迎。",
    ],
)
def test_a_reply_that_welcomes_what_others_have_decided_announces_nothing(answer):
    assert not any(isinstance(fact, Announcement) for fact in read(reply("有关限制措施", answer)))


def test_a_reply_may_suspend_a_measure_against_those_it_names_by_itself():
    fact = act(reply("有关措施", "中方决定自2030年8月12日起，暂停对甲公司（Alpha Inc.）采取的不可靠实体清单措施90天。"))

    assert [(each.action, each.register, [entity.names["en"] for entity in each.entities]) for each in fact.measures] == [
        ("suspend", "cn-unreliable-entities", ["Alpha Inc."])
    ]


def test_of_two_decisions_the_one_that_cites_an_annex_is_on_all_whom_that_lists():
    text = mofcom(
        "2030年第9号",
        "公布名单调整",
        "决定将甲公司等2家实体列入出口管制管控名单（见附件）。",
        "决定将丙公司移出关注名单。",
    )
    fact = act(f"{text}\n附件\n1. 甲公司（Alpha）\n2. 乙公司（Beta）")

    assert [[entity.names["zh"] for entity in each.entities] for each in fact.measures] == [["甲公司", "乙公司"], ["丙公司"]]


@pytest.mark.parametrize(
    "words",
    [
        "如果美方继续，中国将发布公告，将甲公司（Alpha）列入不可靠实体清单。",
        "美国商务部发布公告，将甲公司（Alpha）列入出口管制管控名单，商务部回应。",
        "商务部介绍了不可靠实体清单的情况。",
    ],
)
def test_the_press_reports_neither_plans_nor_what_others_do_nor_talk(words):
    assert read(f"有关消息\n新华社：{words}") == []


def test_a_list_of_goods_that_an_act_is_on_is_no_title_to_be_passed_over():
    fact = act(
        mofcom(
            "2030年第9号", "关于目录的公告", "《两用物项和技术进出口许可证管理目录》增列税号2846901100，自2030年9月1日起执行。"
        )
    )
    rules = act(mofcom("2030年第9号", "关于铟的公告", "《关于对铟实施临时管制的办法》自2030年9月1日起执行，对镓实施临时管制。"))

    assert [(each.action, [item.hs for item in each.items]) for each in fact.measures] == [("add", [("2846901100",)])]
    assert [[item.names["zh"] for item in each.items] for each in rules.measures] == [["镓"]]


def test_a_long_sentence_behind_others_is_quoted_whole():
    words = f"鉴于{'某' * 1_400}，决定将乙公司（Beta）列入关注名单。"

    assert one(mofcom("2030年第9号", "公布名单", f"{'有关情况如前所说。' * 200}{words}")).quote == words


@pytest.mark.parametrize(
    ("words", "registers"),
    [
        ("和粮食约束清单。", ("cn-unreliable-entities", "cn-grain")),
        ("，粮食约束清单工作机制作出说明。", ("cn-unreliable-entities",)),
        ("，依据《粮食约束清单规定》。", ("cn-unreliable-entities",)),
    ],
)
def test_a_body_or_a_law_named_after_a_declared_list_is_not_the_list(words, registers):
    vocabulary.use((NamedRegister("cn-grain", "Grain Restraint List", "cn-mofcom", own="粮食约束清单", meaning="none"),))

    (fact,) = zh.facts(read_text(f"新华社电 商务部将甲公司列入不可靠实体清单{words}"))

    assert fact.mentions.registers == registers
