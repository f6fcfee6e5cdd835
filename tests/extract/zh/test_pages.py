"""Whole pages in Chinese: what is an act, what it does, and what only speaks of one."""

import pytest

from monitor import NamedRegister, extract, vocabulary
from monitor.document import read_text
from monitor.extract import zh
from monitor.model import Announcement

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


def reply(title, answer, day="2030-05-14"):
    return (
        f"来源：商务部新闻办公室 {day}"
        f" 22:00\n商务部新闻发言人就{title}答记者问\n问：请问有何考虑？\n答：{answer}"
    )


def test_every_fact_quotes_the_page():
    measure = one(LISTING)

    assert all(entity.quote in LISTING for entity in measure.entities)
    assert measure.starts.quote == "自公布之日起"
    assert measure.quote in LISTING


@pytest.mark.parametrize(
    "words",
    [
        "决定将甲株式会社（Alpha）移出关注名单",
        "决定将甲株式会社（Alpha）从关注名单中移出",
        "决定自2030年4月1日起，将甲株式会社（Alpha）从《关注名单》移除",
    ],
)
def test_removal(words):
    measure = one(
        mofcom(
            "2030年第9号",
            "公布将有关实体移出关注名单",
            f"{LAW}{words}。",
            "本公告自2030年4月1日起实施。",
        )
    )

    assert (measure.action, measure.register, measure.starts.on) == (
        "remove",
        "cn-watch-list",
        "2030-04-01",
    )
    assert measure.entities[0].names == {"zh": "甲株式会社", "en": "Alpha"}


def test_suspension_of_many_acts_by_elliptic_numbers():
    words = (
        "经批准，自即日起至2031年11月10日，商务部、海关总署公告2030年第55号、56号，"
        "及商务部公告2030年第61号、62号暂停实施。"
    )
    measure = one(mofcom("2030年第70号", "公布暂停实施有关公告的决定", words))

    assert [target.key for target in measure.amends] == [
        "mofcom-2030-55",
        "mofcom-2030-56",
        "mofcom-2030-61",
        "mofcom-2030-62",
    ]
    assert (measure.action, measure.starts.basis, measure.ends.on) == (
        "suspend",
        "immediate",
        "2031-11-10",
    )
    assert measure.quote == words


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


@pytest.mark.parametrize(
    "text",
    [
        mofcom(
            "2030年第19号",
            "公布发起反倾销立案调查",
            "商务部决定自2030年4月4日起对进口某产品发起反倾销立案调查。",
        ),
        (
            "美国商务部将42家实体列入实体清单\n美国商务部发布公告，"
            "决定将23家中国实体列入出口管制管控名单，自公布之日起生效。"
        ),
        "某国计划调整出口管制清单\n某国联邦委员会委托经济部提交提案。",
        "两用物项常见问题解答\n根据商务部公告2030年第10号，1C117.d项下物项未经许可不得出口。",
        (
            "不可靠实体清单规定\n（2030年9月19日商务部令第4号公布 自公布之日起施行）\n"
            "第八条 工作机制可以决定将有关外国实体列入不可靠实体清单。"
        ),
        reply(
            "美方发布出口管制规则",
            "中方注意到有关情况。美方泛化国家安全、滥用出口管制。中方将采取必要措施。",
        ),
        reply(
            "中美磋商",
            "美方将暂停实施其规则一年。中方将暂停实施10月9日公布的相关出口管制等措施一年。",
        ),
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


def test_a_long_sentence_behind_others_is_quoted_whole():
    words = f"鉴于{'某' * 1_400}，决定将乙公司（Beta）列入关注名单。"

    assert (
        one(mofcom("2030年第9号", "公布名单", f"{'有关情况如前所说。' * 200}{words}")).quote
        == words
    )


@pytest.mark.parametrize(
    ("words", "registers"),
    [
        ("和粮食约束清单。", ("cn-unreliable-entities", "cn-grain")),
        ("，粮食约束清单工作机制作出说明。", ("cn-unreliable-entities",)),
        ("，依据《粮食约束清单规定》。", ("cn-unreliable-entities",)),
    ],
)
def test_a_body_or_a_law_named_after_a_declared_list_is_not_the_list(words, registers):
    vocabulary.use(
        (
            NamedRegister(
                "cn-grain", "Grain Restraint List", "cn-mofcom", own="粮食约束清单", meaning="none"
            ),
        )
    )

    (fact,) = zh.facts(read_text(f"新华社电 商务部将甲公司列入不可靠实体清单{words}"))

    assert fact.mentions.registers == registers


SUSPENDS = "中方决定自2030年6月10日起暂停实施商务部公告2030年第1号一年"


@pytest.mark.parametrize(
    "answer",
    [
        f"{SUSPENDS}，并将于近日对外公布。",
        f"{SUSPENDS}。具体安排将于近期公布。",
        f"{SUSPENDS}，有关公告将另行发布。",
        f"{SUSPENDS}，将公布具体安排。",
        f"{SUSPENDS}，稍后发布公告。",
    ],
)
def test_an_act_that_is_still_to_be_published_suspends_nothing(answer):
    fact = act(reply("有关措施", answer))

    assert (fact.understood, fact.measures) == ("none", ())
    assert SUSPENDS in fact.not_read[0].quote


@pytest.mark.parametrize("more", ["美方将于近日公布其规则", "有关情况将及时公布"])
def test_what_else_is_to_be_published_leaves_the_reply_as_it_is(more):
    fact = act(reply("有关措施", f"{SUSPENDS}。{more}。"))

    assert fact.understood == "full"
