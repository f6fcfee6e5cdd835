"""Acts as law databases and news sites print them, and what the press tells without an act."""

import pytest

from monitor import extract
from monitor.document import read_text
from monitor.model import Announcement, Report

DATABASE = """【发布部门】商务部 海关总署 | 【发文字号】公告2031年第12号 |
【公布日期】2031年5月6日 | 【实施日期】2031年5月8日 |
【时效性】现行有效 |
经国务院批准,决定对下列物项实施出口管制:
一、1C951.a 金属铪(参考海关商品编号:8112310010)。
本公告自2031年5月8日起施行。
"""
NEWS = """我国对铪实施出口管制
2031年05月06日 09:12 来源:新华社
【发布单位】商务部 海关总署
【发布文号】2031年第12号
【发布日期】2031-5-6
经国务院批准,决定对下列物项实施出口管制:
一、1C951.a 金属铪(参考海关商品编号:8112310010)。
本公告自2031年5月8日起施行。
"""


def read(text):
    return extract.understand(read_text(text))


@pytest.mark.parametrize("page", [DATABASE, NEWS], ids=["law database", "news site"])
def test_who_prints_the_ministrys_fields_prints_its_act(page):
    (act,) = read(page)

    assert isinstance(act, Announcement)
    assert (act.key, act.published) == ("mofcom-2031-12", "2031-05-06")
    assert act.number == "商务部公告2031年第12号"
    assert [item.codes for item in act.measures[0].items] == [("1C951.a",)]
    assert act.measures[0].starts.on == "2031-05-08"


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (
            [
                "某市晚报",
                "我方制裁某国有关人员",
                "2031-03-26 来源:外交部网站",
                "中方决定对甲某某、乙某某实施制裁。自即日起禁止有关人员入境,冻结其在华财产。",
            ],
            ["甲某某", "乙某某"],
        ),
        (
            ["首页 > 要闻", "7月31日,外交部发布决定。", "中方决定对某国议员丙某采取以下反制措施:"],
            ["丙某"],
        ),
    ],
)
def test_the_press_tells_a_sanction_also_without_a_latin_name(lines, names):
    (report,) = read("\n".join(lines))

    assert isinstance(report, Report)
    assert report.mentions.registers == ("cn-countermeasures",)
    assert [entity.names["zh"] for entity in report.mentions.entities] == names


def test_what_the_press_says_that_the_taiwan_office_decided_is_a_report():
    (report,) = read(
        "国台办发言人答记者问\n据新华社电 国台办发言人5日表示,甲某某、乙某某等极少数“台独”顽固分子"
        "煽动对立。大陆方面依法对清单在列的上述“台独”顽固分子实施惩戒,禁止其本人及家属进入大陆。\n"
        "有记者问,有关报道是否属实?"
    )

    assert isinstance(report, Report)
    assert report.mentions.registers == ("cn-tao-separatists",)
    assert [entity.names["zh"] for entity in report.mentions.entities] == ["甲某某", "乙某某"]


def test_a_conference_of_the_office_that_recalls_a_penalty_decides_none():
    told = read(
        "国台办:有人不要急\n来源:某网\n2031-11-24\n11月24日,国台办举行例行新闻发布会。\n"
        "国台办发言人对此表示,甲某某、乙某某等“台独”顽固分子挑动对立,我们依法对其实施惩戒。"
    )

    assert not [fact for fact in told if isinstance(fact, Announcement)]


def test_goods_of_one_character_are_goods_and_wholly_forbidden_is_forbidden():
    (act,) = read(
        "商务部公告2031年第40号\n关于禁止自某国进口部分产品的公告\n现采取下列措施:\n"
        "一、自2031年3月5日起,全面禁止自朝鲜进口煤、铁、铁矿石。\n商务部\n2031年2月14日"
    )

    (measure,) = act.measures
    assert (measure.action, measure.starts.on) == ("restrict", "2031-03-05")
    assert [item.names["zh"] for item in measure.items] == ["煤", "铁", "铁矿石"]
