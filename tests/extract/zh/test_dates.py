import pytest
from cases import read_cases

from monitor.extract.zh import dates, measures
from monitor.extract.zh.lines import make_line
from monitor.model import End


@pytest.mark.parametrize(
    ("text", "on", "basis"),
    read_cases(
        """
        自公布之日起正式实施 | 2025-04-09 | publication
        自即日起至 | 2025-04-09 | immediate
        自2025年4月10日12时01分起实施 | 2025-04-10T12:01+08:00 | explicit
        自二〇二五年十月九日起施行 | 2025-10-09 | explicit
        自5月14日起，暂停 | 2025-05-14 | explicit
        """
    ),
)
def test_starts(text, on, basis):
    start, _, _ = dates.start(make_line(text).text, "2025-04-09")

    assert (start.on, start.basis) == (on, basis)


@pytest.mark.parametrize("text", ["自公布之日起实施", "自2025年13月40日起实施", "自主研发"])
def test_no_start_without_a_day(text):
    assert dates.start(make_line(text).text, None) is None


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("至2026年11月10日暂停", End(on="2026-11-10", basis="explicit")),
        ("暂停4月4日公告措施90天", End(on="2025-08-12", basis="computed", duration="P90D")),
        ("继续暂停措施一年", End(on="2026-05-14", basis="computed", duration="P1Y")),
        ("实施期限不超过两年", End(on="2027-05-14", basis="computed", duration="P2Y")),
        ("期限6个月", End(on="2025-11-14", basis="computed", duration="P6M")),
    ],
)
def test_ends(text, end):
    assert dates.end(make_line(text).text, "2025-05-14")[0] == end


@pytest.mark.parametrize(
    "text", ["暂停商务部公告2025年第8号", "暂停4月9日公告相关措施", "为期90天"]
)
def test_what_is_no_end(text):
    assert dates.end(make_line(text).text, None) is None


def test_a_leap_day_plus_a_year_is_the_last_of_february():
    assert dates.end("期限1年", "2024-02-29")[0].on == "2025-02-28"


def test_a_term_for_payment_is_no_start():
    assert (
        measures.read_effects([make_line("应当自本公告公布之日起15日内缴款。")], "2025-10-09") == []
    )


@pytest.mark.parametrize(
    ("text", "on"),
    read_cases(
        """
        自2025年11月8日24时起实施 | 2025-11-09T00:00+08:00
        自2025年12月31日24时起施行 | 2026-01-01T00:00+08:00
        自2025年11月8日23时59分起实施 | 2025-11-08T23:59+08:00
        自2025年11月8日0时起实施 | 2025-11-08T00:00+08:00
        自2025年11月8日25时起实施 | 2025-11-08
        自2025年11月8日12时60分起实施 | 2025-11-08
        """
    ),
)
def test_the_clock_of_a_start_ends_at_24(text, on):
    start, _, _ = dates.start(make_line(text).text, None)

    assert start.on == on


def test_what_lasts_until_24_lasts_through_that_day():
    assert dates.end("至2026年11月10日24时", "2025-11-10")[0].on == "2026-11-10"


@pytest.mark.parametrize(
    "told",
    [
        "2030年4月,商务部公告2030年第3号将甲公司等3家实体列入出口管制管控名单;",
        "同年5月,商务部公告2030年第5号对上述措施暂停实施90天;",
        "2030年8月,暂停期限再次延长。",
    ],
)
def test_what_an_earlier_act_did_in_a_past_month_is_history(told):
    assert dates.tells_history(told, "2031-02-03")


@pytest.mark.parametrize(
    "said",
    [
        "2031年2月,暂停期限再次延长。",
        "2031年5月,商务部公告2030年第5号恢复实施。",
        "2030年4月,商务部公告2030年第3号暂停实施的措施,现予恢复。",
        "同年5月,对上述实体暂停实施90天。",
        "2030年4月,因情况变化,决定延长第3号公告的期限。",
    ],
)
def test_what_is_done_now_or_later_is_no_history_of_a_month(said):
    assert not dates.tells_history(said, "2031-02-03")
