"""What eases an earlier act only for some names these, and nobody else, and never the whole act."""

import pytest

from monitor import extract
from monitor.document import read_text
from monitor.model import Announcement, Measure

NOTICE = """商务部公告2042年第8号 关于有关实体的公告
商务部公告2041年第3号（公布将9家实体列入出口管制管控名单）有关措施调整如下：
"""
UNRELIABLE = "不可靠实体清单工作机制公告〔2042〕8号 关于调整有关措施的公告\n工作机制决定：\n"
ORDER = "外交部令第28号 关于调整反制措施的决定\n依据《中华人民共和国反外国制裁法》，决定：\n"
TWO = "甲光学公司（Alpha Optics Inc.）、乙雷达公司（Beta Radar LLC）"
BOTH = ["Alpha Optics Inc.", "Beta Radar LLC"]


def read_act(head: str, body: str, signed: str = "商务部") -> Announcement:
    (act,) = extract.understand(read_text(f"{head}{body}\n{signed}\n2042年1月11日"))
    assert isinstance(act, Announcement)
    return act


def list_names(measure: Measure) -> list[str]:
    return [each.names.get("en", "") for each in measure.entities]


def list_acts(measure: Measure) -> list[str | None]:
    return [each.key for each in measure.amends]


@pytest.mark.parametrize(
    ("head", "body", "signed", "act"),
    [
        (
            NOTICE,
            f"一、商务部公告2041年第3号附件所列{TWO}2家实体的出口管制管控措施，自2042年2月1日起暂停90天。",
            "商务部",
            "mofcom-2041-3",
        ),
        (
            UNRELIABLE,
            f"一、工作机制公告〔2041〕3号规定的对{TWO}的措施，自2042年2月1日起继续暂停，至2043年1月31日止。",
            "不可靠实体清单工作机制",
            "uel-2041-3",
        ),
        (
            NOTICE,
            f"自2042年2月1日起，暂停对{TWO}执行商务部公告2041年第3号规定的措施，为期90天。",
            "商务部",
            "mofcom-2041-3",
        ),
    ],
)
def test_measures_that_pause_for_some_are_suspended_for_these(
    head: str, body: str, signed: str, act: str
) -> None:
    (measure,) = read_act(head, body, signed).measures
    assert measure.action == "suspend"
    assert list_names(measure) == BOTH
    assert list_acts(measure) == [act]
    assert measure.ends


def test_measures_that_no_longer_reach_some_are_lifted_for_these() -> None:
    (measure,) = read_act(
        ORDER, f"一、外交部令第18号所列{TWO}不再适用反制措施。", "外交部"
    ).measures
    assert (measure.action, measure.register) == ("remove", "cn-countermeasures")
    assert list_names(measure) == BOTH


def test_an_act_is_never_lifted_as_a_whole_where_it_is_for_somebody_it_lists() -> None:
    act = read_act(ORDER, "一、外交部令第18号所列甲论坛停止执行，其他不变。", "外交部")
    assert all(each.action == "amend" or each.entities for each in act.measures)
    assert act.understood != "full"


def test_a_clause_that_is_lifted_for_some_leaves_them_on_the_list() -> None:
    act = read_act(
        UNRELIABLE,
        f"一、停止对{TWO}执行工作机制公告〔2041〕3号第二项措施；第一项措施继续执行。",
        "不可靠实体清单工作机制",
    )
    (measure,) = act.measures
    assert measure.action == "amend"
    assert list_names(measure) == BOTH
    assert act.understood == "part"


def test_a_reply_that_suspends_an_act_for_a_firm_says_for_which() -> None:
    reply = """商务部新闻发言人就有关出口管制措施应询答记者问

2042-01-13　来源：商务部新闻办公室

问：请问商务部对该公司的措施有无变化？

答：经研究，中方决定自2042年1月15日起，暂停对甲光学公司（Alpha Optics Inc.）执行商务部公告2041年第3号规定的措施，为期60天。
"""
    (act,) = extract.understand(read_text(reply))
    assert isinstance(act, Announcement)
    (measure,) = act.measures
    assert (measure.action, list_names(measure)) == ("suspend", ["Alpha Optics Inc."])
    assert list_acts(measure) == ["mofcom-2041-3"]


@pytest.mark.parametrize(
    "body",
    [
        f"一、除{TWO}外，对其他实体暂停实施商务部公告2041年第3号的措施。",
        f"一、暂停实施商务部公告2041年第3号第二项，但{TWO}仍按其执行。",
    ],
)
def test_those_whom_a_sentence_spares_are_in_no_fact(body: str) -> None:
    act = read_act(NOTICE, body)
    assert not [name for each in act.measures for name in list_names(each)]
    assert act.understood != "full"


def test_the_rest_that_goes_on_as_it_was_says_which_act_listed_those_who_are_eased() -> None:
    act = read_act(
        NOTICE,
        f"一、{TWO}自2042年2月1日起移出出口管制管控名单。\n二、其余7家实体继续按照商务部公告2041年第3号执行。",
    )
    (measure,) = act.measures
    assert (measure.action, list_acts(measure)) == ("remove", ["mofcom-2041-3"])


def test_those_who_come_off_a_list_by_name_are_off_it_though_a_clause_is_cited() -> None:
    act = read_act(
        NOTICE,
        f"一、{TWO}不再列入出口管制管控名单，商务部公告2041年第3号第一条对其不再适用。",
    )
    (measure,) = act.measures
    assert (measure.action, list_names(measure)) == ("remove", BOTH)


@pytest.mark.parametrize(
    "kept",
    [
        "商务部公告2041年第3号第二条自2042年2月1日起废止；第一条关于禁止两用物项对甲国军事用途出口的规定继续有效。",
        "一、自2042年2月1日起，有条件放开河砂对甲地区出口。\n二、其余天然砂仍按商务部公告2041年第3号执行，不得对甲地区出口。",
    ],
)
def test_what_goes_on_as_it_was_is_no_new_restriction(kept: str) -> None:
    act = read_act("商务部公告2042年第8号 关于有关事项的公告\n经研究，决定：\n", kept)
    assert "restrict" not in [measure.action for measure in act.measures]
    assert ["mofcom-2041-3"] in [list_acts(measure) for measure in act.measures]
