"""Statements of an office that publishes no acts but decides by word of channel: the Taiwan
Affairs Office.
"""

import pytest

from monitor.document import read_text
from monitor.extract import zh
from monitor.model import Announcement, Report

LISTED, CALLED, PENALISED = "cn-tao-separatists", "cn-tao-accomplices", "cn-tao-penalties"


def read(*lines, title="国台办：发言人答复", authority="cn-tao", day="2030-03-04"):
    document = read_text("\n".join([title, f"来源：国台办 {day} 10:00", *lines]))
    return zh.facts(document, url="https://www.gwytb.gov.cn/a.htm", authority=authority)


def told(*lines, **known):
    """(action, register, names) of each measure."""
    return [
        (
            str(measure.action),
            measure.register,
            [next(iter(each.names.values())) for each in measure.entities],
        )
        for fact in read(*lines, **known)
        if isinstance(fact, Announcement)
        for measure in fact.measures
    ]


@pytest.mark.parametrize(
    "words",
    [
        (
            "大陆方面决定将甲某某、乙某某列入“台独”顽固分子清单，禁止其本人及家属前往大陆和香港、"
            "澳门特别行政区。"
        ),
        "决定将甲某某和乙某某列入“台独顽固分子”清单并实施制裁。",
        "将甲某某、乙某某列为“台独”顽固分子，依法实施惩戒。",
        "将甲某某、乙某某列为'台独'顽固分子，对其实施惩戒。",
        "决定公布甲某某、乙某某等为列入清单的“台独”顽固分子。",
        "决定依法对清单在列的甲某某、乙某某等极少数“台独”顽固分子实施惩戒，绝不允许其关联企业和金主谋利。",
    ],
)
def test_whoever_is_put_on_the_list_or_called_what_it_lists_is_listed(words):
    assert told(words) == [("add", LISTED, ["甲某某", "乙某某"])]


def test_the_scare_quotes_of_a_traditional_text_are_no_part_of_the_name_of_the_list():
    assert told("決定將甲某某、張某某列入「台獨」頑固分子清單。", title="國台辦：決定") == [
        ("add", LISTED, ["甲某某", "張某某"])
    ]


def test_a_decision_that_only_the_title_tells_is_told_as_read_in_part():
    (fact,) = read("详情请见视频。", title="国台办：依法对甲某某、乙某某和“某某学院”实施惩戒")

    assert (fact.understood, fact.not_read[0].what) == ("part", "body")
    assert [entity.names["zh"] for entity in fact.measures[0].entities] == [
        "甲某某",
        "乙某某",
        "某某学院",
    ]


def test_an_office_that_heads_the_title_speaks_wherever_its_page_is_from():
    known = {"title": "国务院台办：依法将甲某某列为“台独”打手帮凶", "authority": None}
    words = "国务院台办发言人宣布，决定将甲某某列入“台独”打手帮凶名单。"

    assert told(words, **known) == [("add", "cn-tao-accomplices", ["甲某某"])]


@pytest.mark.parametrize(
    "words",
    [
        "我们将依法对极少数“台独”顽固分子实施惩戒，绝不姑息。",
        "我们将依法惩戒“台独”打手与帮凶，欢迎举报。",
        "对极少数“台独”打手与帮凶，我们将依法研究、视情采取惩戒措施。",
        "“台独”顽固分子清单上绝不止这些人。",
        "截至目前，已公布“台独”顽固分子14人，“台独”打手帮凶12人。",
        "禁止其本人及家属前往大陆和香港、澳门特别行政区。",
        "如果甲某某不思悔改，我们将依法对甲某某实施惩戒。",
    ],
)
def test_a_threat_or_a_count_names_nobody_and_decides_nothing(words):
    assert told(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "请问是否会将甲某某列为“台独”顽固分子？",
        "某台记者：有人说大陆方面将甲某某列为“台独”顽固分子。",
        "有消息称，大陆方面将甲某某列入“台独”顽固分子清单，依法实施惩戒。",
        "许多民众举报，要求依法对甲某某实施惩戒。",
        "我们不会将甲某某列为“台独”顽固分子。",
    ],
)
def test_what_is_asked_wanted_or_denied_is_not_decided(words):
    assert told(words) == []


def test_the_press_that_tells_of_it_reports_and_lists_nobody():
    words = (
        "新华社北京电 国务院台办发言人宣布，决定将甲某某列入“台独”顽固分子清单，"
        "将乙某某列为“台独”打手帮凶。"
    )
    (fact,) = read(words, title="一批人员受惩戒", authority=None)

    assert isinstance(fact, Report)
    assert fact.mentions.registers == (LISTED, CALLED)
    assert [entity.names["zh"] for entity in fact.mentions.entities] == ["甲某某", "乙某某"]


def test_only_the_office_itself_decides_for_it():
    words = "国务院台办发言人表示，决定将甲某某列入“台独”顽固分子清单。"

    assert not [
        fact
        for fact in read(words, title="国台办发言人答记者问", authority=None)
        if isinstance(fact, Announcement)
    ]


@pytest.mark.parametrize(
    "words",
    [
        "美国国务院宣布，即日起对甲公司实施制裁，禁止与乙公司进行任何交易。",
        "根据《反外国制裁法》，国务院有关部门可以决定将参与制裁的甲公司列入反制清单。",
        "美方日前决定对甲公司实施制裁。",
        "台湾当局决定对甲某某实施制裁，禁止其入境。",
    ],
)
def test_what_others_do_and_what_a_law_allows_is_no_act_of_the_office(words):
    assert not [fact for fact in read(words) if isinstance(fact, Announcement)]


def test_what_begins_at_once_is_decided_at_a_conference_too():
    words = "发言人在例行新闻发布会上宣布，自即日起将甲某某列入“台独”顽固分子清单。"
    (fact,) = read(words)

    assert [entity.names["zh"] for entity in fact.measures[0].entities] == ["甲某某"]
