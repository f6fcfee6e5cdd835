"""Acts of which a page has lost a part: the list behind them, or the numbers within brackets."""

import pytest

from monitor import extract
from monitor.document import read_text
from monitor.model import Announcement

ORDER = """关于对某国军工企业及高级管理人员采取反制措施的决定
外交部公布决定
全文如下
某社北京2月18日电
（2031年2月18日中华人民共和国外交部令第36号公布，自2031年2月20日起施行）
依据《中华人民共和国反外国制裁法》第三条规定，中方决定对以下美国企业及高级管理人员采取反制措施：
一、对海格洛夫公司、林登火控公司等2家后附《反制清单》列明的企业，冻结在我国境内的财产。
二、对马丁·霍尔（林登火控公司董事长、总裁）等1名后附《反制清单》列明的高级管理人员，不准入境。
本决定自2031年2月20日起施行。
"""
LIST = """反制清单
一、企业
1.海格洛夫公司（Haeglof Inc.）
2.林登火控公司（Linden Fire Control）
二、高级管理人员
1.马丁·霍尔（Martin Hall）"""


def read(text: str) -> Announcement:
    (act,) = extract.understand(read_text(text))
    assert isinstance(act, Announcement)
    return act


@pytest.mark.parametrize("behind", ["", LIST])
def test_who_is_on_a_list_behind_an_act_is_also_named_in_its_clauses(behind):
    act = read(ORDER + behind)

    (measure,) = act.measures
    assert [entity.names["zh"] for entity in measure.entities] == [
        "海格洛夫公司",
        "林登火控公司",
        "马丁·霍尔",
    ]
    assert act.published == "2031-02-18"


def test_a_clause_that_counts_more_than_it_names_is_told():
    act = read(ORDER.replace("等2家", "等3家"))

    assert act.understood == "part"


@pytest.mark.parametrize("lost", ["", "、", "、、"])
def test_tariff_numbers_that_a_site_has_lost_are_told(lost):
    text = (
        "商务部公告2031年第18号 公布对锆相关物项实施出口管制的决定\n"
        "根据《中华人民共和国出口管制法》，决定对下列物项实施出口管制：\n"
        "（一）1C902.a 氧化锆（参考海关商品编号：{}）。\n"
        "本公告自2031年4月4日起施行。\n商务部\n2031年4月4日"
    )

    assert read(text.format("2825600090")).understood == "full"
    assert read(text.format(lost)).understood == "part"


STATEMENT = """外交部发言人宣布中方对英方有关人员实施制裁
2031-03-26
中方决定对英方3名人员实施制裁，包括：{}。自即日起禁止有关人员入境，冻结其在华财产。"""


def test_who_is_meant_stands_behind_a_colon():
    (act,) = extract.understand(read_text(STATEMENT.format("霍尔、林登、迈尔")), authority="cn-mfa")
    assert isinstance(act, Announcement)

    assert [entity.names["zh"] for entity in act.measures[0].entities] == ["霍尔", "林登", "迈尔"]


def test_measures_behind_a_colon_are_nobody():
    (act,) = extract.understand(
        read_text(STATEMENT.format("禁止入境、冻结财产、不予签证")), authority="cn-mfa"
    )
    assert isinstance(act, Announcement)

    named = [name for each in act.measures[0].entities for name in each.names.values()]
    assert not any(words in name for name in named for words in ("入境", "财产", "签证"))
    assert act.understood == "part"
