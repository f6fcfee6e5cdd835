"""What stands before the first deed of an act, and only tells what was done on earlier days."""

import pytest

from monitor import extract
from monitor.document import read_text
from monitor.extract.zh import preamble, sections

DEED = "经研究，决定自2031年6月1日起将灰鹭导航公司（Grey Heron Inc.）移出关注名单。"


def print_act(before, deed):
    return f"商务部公告2031年第9号\n\n{before}\n\n{deed}\n\n商务部\n\n2031年5月20日"


def understand(before, deed=DEED):
    (fact,) = extract.understand(read_text(print_act(before, deed)), authority="cn-mofcom")
    return fact


@pytest.mark.parametrize(
    "before",
    [
        "2030年3月4日和4月4日，商务部先后发布2030年第3号、第4号公告，对有关企业作出列入决定。",
        "2030年3月4日，商务部发布公告2030年第3号，决定自即日起至2032年3月3日对有关企业暂停实施上述措施。",
        "有关措施曾于2030年5月14日暂停90天，并在2030年8月12日期满后部分取消。",
        "2030年以来，双方恢复交流，有关机构已撤回其报告，并停止了相关活动。",
        "一年来，企业多次反映，有关措施自实施以来增加了成本。",
        "2030年11月10日，商务部宣布停止执行有关措施一年。现该期限即将届满。",
    ],
)
def test_what_only_tells_what_was_done_before_leaves_an_act_understood(before):
    fact = understand(before)

    assert fact.understood == "full", fact.not_read
    assert [(each.action, each.starts.on) for each in fact.measures] == [("remove", "2031-06-01")]


@pytest.mark.parametrize(
    "before",
    [
        "2030年3月4日，商务部发布公告2030年第3号，现暂停实施该公告。",
        "2030年以来，有关机构多次违规，自2031年6月1日起恢复实施有关措施。",
        "2030年3月4日以来，有关企业拒不配合，一律停止向其出口。",
        "2030年3月4日，商务部发布公告2030年第3号，经研究，该公告所列措施停止执行。",
        "有关措施取消。",
        "2031年6月5日，商务部宣布取消有关措施。",
        "2030年5月6日暂停的措施应当恢复。",
        "对其他企业的有关措施仍暂停90天。",
    ],
)
def test_a_deed_of_now_before_the_first_that_was_read_is_not_passed_over(before):
    fact = understand(before)
    page = sections.read_sections(read_text(print_act(before, DEED)))

    assert fact.measures
    assert preamble.find_history(page, fact.measures) == frozenset()


def test_what_stands_behind_a_deed_is_no_history():
    behind = "有关措施已于2031年5月6日取消。"
    page = sections.read_sections(read_text(print_act("", f"{DEED}{behind}")))
    found = preamble.find_history(page, understand("", deed=f"{DEED}{behind}").measures)

    assert found == frozenset()


def test_an_act_of_which_only_its_title_gave_a_fact_has_no_preamble():
    page = sections.read_sections(read_text(print_act("2030年3月4日，措施已取消。", DEED)))

    assert preamble.find_history(page, ()) == frozenset()
