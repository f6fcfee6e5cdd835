"""Sanctions that the press tells without the name of a list."""

import pytest

from monitor import extract
from monitor.document import read_text
from monitor.model import Report

TITLE = "中國制裁某國軍火商"


def told(*lines):
    return [
        fact
        for fact in extract.understand(read_text("\n".join([TITLE, *lines])))
        if isinstance(fact, Report)
    ]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (
            "中國外交部周二宣布，制裁美國武器承包商甲乙公司（Alpha Arms）。",
            [{"zh": "甲乙公司", "en": "Alpha Arms"}],
        ),
        (
            "中方決定自即日起，對聯邦參議員甲比奧（Al Bio）、乙茲（Be Zee）實施相應制裁。",
            [{"zh": "甲比奧", "en": "Al Bio"}, {"zh": "乙茲", "en": "Be Zee"}],
        ),
        (
            "中方決定對美國國會甲委員會（Alpha Commission）實施制裁。",
            [{"zh": "美國國會甲委員會", "en": "Alpha Commission"}],
        ),
    ],
)
def test_whom_china_sanctions_is_known_by_the_verb(words, names):
    (report,) = told(words)

    assert [entity.names for entity in report.mentions.entities] == names
    assert report.mentions.registers == ("cn-countermeasures",)


@pytest.mark.parametrize(
    "words",
    [
        "美國財政部宣布制裁甲科技公司（Alpha Tech），中方表示反對。",
        "中方當時宣布制裁甲公司（Alpha Tech）。",
        "中方要求美方撤銷對甲公司（Alpha Tech）的制裁。",
        "周二宣布，制裁甲公司（Alpha Arms）。",
    ],
)
def test_neither_what_others_or_nobody_does_nor_what_was_done_before_is_told(words):
    assert told(words) == []


@pytest.mark.parametrize(
    "deed",
    [
        "取消对甲公司采取的禁止境内组织与其进行有关交易、合作等活动的反制裁措施。",
        "取消对甲公司采取的不准入境、限制与中国往来等反制措施。",
        "自2030年3月1日起，停止对甲公司采取的限制合作的反制措施。",
    ],
)
def test_what_a_countermeasure_forbids_leaves_it_a_countermeasure(deed):
    lines = ["外交部令第3号", f"外交部决定：{deed}", "外交部", "2030年2月3日"]
    (fact,) = extract.understand(read_text("\n\n".join(lines)), authority="cn-mfa")

    assert [(each.action, each.register) for each in fact.measures] == [
        ("remove", "cn-countermeasures")
    ]


@pytest.mark.parametrize(
    "breach",
    [
        "上述实体违反承诺的，商务部恢复适用有关措施。",
        "如上述实体未履行承诺的，恢复执行第5号公告规定的措施。",
        "有关企业不再符合条件的，终止暂停实施上述措施。",
    ],
)
def test_what_would_follow_a_breach_is_not_done(breach):
    deed = "自2030年3月1日起至2031年2月28日，暂停对甲公司适用商务部公告2029年第5号规定的措施。"
    lines = ["商务部公告2030年第9号", f"商务部决定：{deed}", breach, "商务部", "2030年2月3日"]
    (fact,) = extract.understand(read_text("\n\n".join(lines)), authority="cn-mofcom")

    assert [each.action for each in fact.measures] == ["suspend"]


def test_a_breach_that_was_found_is_no_condition():
    deed = (
        "经查，甲公司（Alpha Inc.）违反承诺，现决定自2030年3月1日起恢复执行商务部公告2029年第5号。"
    )
    lines = ["商务部公告2030年第9号", deed, "商务部", "2030年2月3日"]
    (fact,) = extract.understand(read_text("\n\n".join(lines)), authority="cn-mofcom")

    assert [each.action for each in fact.measures] == ["resume"]


@pytest.mark.parametrize("whose", ["中方对", "外交部曾对", "商务部已将", "我方决定向"])
def test_whoever_acted_and_the_word_that_leads_to_a_name_are_no_part_of_it(whose):
    told = f"{whose}甲公司（Alpha Inc.）采取了反制措施。"
    deed = "自2030年3月1日起，停止对上述1家企业采取的反制措施。"
    lines = ["外交部令第33号", told, f"外交部决定：{deed}", "外交部", "2030年2月3日"]
    (fact,) = extract.understand(read_text("\n\n".join(lines)), authority="cn-mfa")

    assert [each.names["zh"] for made in fact.measures for each in made.entities] == ["甲公司"]
