"""Names that a printer has wrapped over the lines of an entry are read whole, and no two in one."""

import pytest

from monitor.document import read_text
from monitor.extract.zh.pages import facts
from monitor.model import Announcement

HEAD = """商务部公告2031年第{number}号 公布将{count}家实体列入出口管制管控名单

【发布文号】商务部公告2031年第{number}号
【发文日期】2031年03月05日

根据《中华人民共和国出口管制法》等法律法规，决定将附件所列{count}家实体列入出口管制管控名单。

本公告自公布之日起实施。

附件：出口管制管控名单

商务部
2031年3月5日

附件
出口管制管控名单

"""


def read_list(count: int, lines: str) -> Announcement:
    (act,) = facts(read_text(HEAD.format(number=4, count=count) + lines))
    assert isinstance(act, Announcement)
    return act


def list_names(act: Announcement) -> list[tuple[str | None, str | None]]:
    return [
        (each.names.get("zh"), each.names.get("en"))
        for measure in act.measures
        for each in measure.entities
    ]


WRAPPED = {
    "a legal form of each script stands alone": (
        (
            "1　　 柳溪海事与水下系统有限\n　　　公司\n　　　Willow Creek Maritime & Subsea\n"
            "　　　Limited\n\n2　　 松岗光学公司\n　　　Pine Ridge Optics Oy\n"
        ),
        [
            ("柳溪海事与水下系统有限公司", "Willow Creek Maritime & Subsea Limited"),
            ("松岗光学公司", "Pine Ridge Optics Oy"),
        ],
    ),
    "the rest of a name is more than its form": (
        (
            "1. 柳溪海事与水下系统工程研\n究中心\nWillow Creek Centre for Subsea\nand Maritime Research\n"
            "2. 松岗光学公司\nPine Ridge Optical Instruments\nManufacturing LLC\n"
        ),
        [
            (
                "柳溪海事与水下系统工程研究中心",
                "Willow Creek Centre for Subsea and Maritime Research",
            ),
            ("松岗光学公司", "Pine Ridge Optical Instruments Manufacturing LLC"),
        ],
    ),
    "entries in brackets, a comma before the form": (
        (
            "（一）柳溪航空股份有限\n责任公司\nWillow Creek Aero,\nGmbH\n"
            "（二）松岗光学公司\nPine Ridge Optics Oy\n"
        ),
        [
            ("柳溪航空股份有限责任公司", "Willow Creek Aero, GmbH"),
            ("松岗光学公司", "Pine Ridge Optics Oy"),
        ],
    ),
}


@pytest.mark.parametrize("lay_out", WRAPPED)
def test_a_wrapped_name_is_one_name_and_whole(lay_out: str) -> None:
    lines, names = WRAPPED[lay_out]
    act = read_list(2, lines)
    assert list_names(act) == names
    assert act.understood == "full"


def test_a_second_latin_name_below_a_whole_one_is_another_name_of_it() -> None:
    act = read_list(
        2,
        "1. 柳溪航空公司\nWillow Creek Aeronautics Company\nWillow Aero LLC\n"
        "2. 松岗光学公司\nPine Ridge Optics Oy\n",
    )
    (measure,) = act.measures
    assert [each.names["en"] for each in measure.entities] == [
        "Willow Creek Aeronautics Company",
        "Pine Ridge Optics Oy",
    ]
    assert measure.entities[0].aliases == ("Willow Aero LLC",)
    assert act.understood == "full"


def test_a_short_line_that_has_room_for_the_next_word_is_not_joined_and_a_doubt_is_told() -> None:
    act = read_list(
        2,
        "1. 柳溪航空公司\nWillow Creek\nWillow Aero LLC\n"
        "2. 松岗光学公司\nPine Ridge Optical Instruments and Lenses Oy\n",
    )
    assert list_names(act)[0] == ("柳溪航空公司", "Willow Creek")
    assert ("annex line", "Willow Aero LLC") in [(each.what, each.quote) for each in act.not_read]


def test_a_firm_below_a_person_or_below_a_whole_name_is_no_end_of_it() -> None:
    act = read_list(
        2,
        "1. 艾伦·柳溪\n柳溪航空公司\nAllen Willow\n2. 松岗光学公司\n松岗电子公司\nPine Ridge Optics Oy\n",
    )
    names = [own for own, _ in list_names(act)]
    assert "艾伦·柳溪柳溪航空公司" not in names
    assert "松岗光学公司松岗电子公司" not in names
    assert act.understood == "part"
