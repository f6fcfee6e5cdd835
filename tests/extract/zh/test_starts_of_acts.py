"""When acts begin whose own words tell it in an unusual place, and what only looks like it."""

import pytest

from monitor import extract
from monitor.document import read_text
from monitor.model import Announcement

BAN = """商务部 海关总署公告2031年第40号
{fields}
根据《中华人民共和国对外贸易法》，现公告如下：
一、{start}，全面禁止自朝鲜进口煤、铁矿石。{beside}
商务部
海关总署
2031年8月14日"""


def list_starts(**words: str) -> set[str]:
    told = {"fields": "", "beside": "", "start": "自公告执行之日起"} | words
    (act,) = extract.understand(read_text(BAN.format(**told)))
    assert isinstance(act, Announcement)
    return {measure.starts.on for measure in act.measures if measure.starts}


@pytest.mark.parametrize("start", ["自2031年8月15日（含）起", "自2031年8月15日（含当日）起"])
def test_a_day_that_is_included_begins_an_act(start):
    assert list_starts(start=start) == {"2031-08-15"}


@pytest.mark.parametrize("day", ["2031年8月15日", "2031-8-15", "2031.08.15"])
def test_a_field_at_the_head_tells_when_an_act_begins_that_does_not_say_it(day):
    assert list_starts(fields=f"【实施日期】{day}") == {"2031-08-15"}


def test_the_words_of_an_act_go_before_the_fields_at_its_head():
    own = "\n二、本公告自2031年8月20日起施行。"

    assert list_starts(fields="【实施日期】2031-8-15", beside=own) == {"2031-08-20"}


@pytest.mark.parametrize(
    "beside",
    [
        "自9月5日零时起，不再办理进口手续。",
        "\n二、自2031年1月1日至2031年12月31日及之后的每12个月内，各国对朝原油出口不得超过400万桶。",
    ],
)
def test_how_a_ban_is_carried_out_and_how_much_is_free_begin_on_other_days(beside):
    assert list_starts(beside=beside) == set()
