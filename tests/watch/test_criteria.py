"""By what more than a name an act controls goods, and whether ours are said to meet that."""

import pytest
from cases import read_cases

from monitor.model import Item
from monitor.watch.criteria import (
    BEYOND,
    describe_criteria,
    find_criteria,
    gather_criteria,
    is_met,
    list_limits,
    read_printed,
)

CELL = Item(
    names={"zh": "二次电池"},
    codes=("3A900",),
    quote="能量密度大于等于250 Wh/kg的二次电池（参考税则号列：85076000）。",
)


@pytest.mark.parametrize(
    ("text", "said"),
    read_cases("""
        粒径小于等于40 μm的粉 | ≤ 40 μm
        粒径大于5μm且小于或等于40 μm | > 5μm, ≤ 40 μm
        纯度不低于99.9% | ≥ 99.9%
        含钨80%以上的合金 | ≥ 80%
        冷却15 min以下 | ≤ 15 min
        容积0.5~9.5 m3的槽 | ≥ 0.5 m3, ≤ 9.5 m3
        均匀性±2 ℃以内 | ± 2 ℃
        流量超过1,200 L/min | > 1,200 L/min
        純度が95%以上のもの | ≥ 95%
        a range exceeding 300 km | > 300 km
        a purity of 99 % or more and not more than 2 kg | ≥ 99 %, ≤ 2 kg
        equal to or greater than 5 kW | ≥ 5 kW
        less than 3 mm | < 3 mm
    """),
)
def test_the_amounts_that_an_act_sets_are_told_with_their_signs(text: str, said: str):
    assert ", ".join(list_limits(text)) == said


@pytest.mark.parametrize("text", ["Model 300 saws", "第55号公告", "1C900.a 30 kg"])
def test_a_number_that_nothing_compares_with_is_no_limit(text: str):
    assert list_limits(text) == ()


@pytest.mark.parametrize(
    ("name", "quote", "said"),
    [
        ("电池", "能量密度大于等于250 Wh/kg的电池。", "≥ 250 Wh/kg"),
        ("线锯", "具有以下所有特性的线锯：", BEYOND),
        ("萃取设备", "用于某种生产的萃取设备。", BEYOND),
        ("药剂", "含有某类成分的药剂。", BEYOND),
        ("矿", "矿（参考税则号列：25309020）：", BEYOND),
        (
            "槽",
            "用于提纯的容积2~9 m3的槽。",
            "≥ 2 m3, ≤ 9 m3 and further criteria quoted in the act",
        ),
        ("金属钬", "金属钬（参考税则号列：28053019）。", ""),
        ("金属钐", "1\t1C902.a\t金属钐", ""),
        ("P507", "P507：某酯（CAS 14802-03-0）（参考税则号列：29319000）；", ""),
        ("压力机", "非2B104项所管制的压力机。", ""),
        ("钬", "", ""),
        ("", "物", ""),
    ],
)
def test_goods_are_told_by_their_name_only_where_the_act_asks_no_more(name, quote, said):
    assert describe_criteria(Item(names={"zh": name}, quote=quote)) == said


def test_what_a_note_exempts_is_a_criterion():
    note = "说明：2C900项不管制首饰。"

    assert describe_criteria(Item(names={"zh": "单晶"}, note=note)) == BEYOND
    assert describe_criteria(Item(names={"zh": "单晶"}, note="说明：包括各种单晶。")) == ""


def test_the_words_of_the_act_are_as_printed_without_the_tariff_number():
    assert read_printed(CELL) == "能量密度大于等于250 Wh/kg的二次电池。"
    assert read_printed(Item(names={"zh": "钬"}, quote="钬")) == ""


def test_of_several_goods_the_first_are_told_with_their_amounts_and_the_rest_counted():
    bare, open_ended = (
        Item(names={"zh": "钬"}),
        Item(names={"zh": "锯"}, quote="具有以下特性的锯："),
    )

    assert gather_criteria([bare]) == ""
    assert gather_criteria([bare, CELL]) == "3A900 ≥ 250 Wh/kg"
    assert gather_criteria([CELL, open_ended]) == f"3A900 ≥ 250 Wh/kg; 1 more item {BEYOND}"
    assert gather_criteria([open_ended, open_ended]) == f"2 items {BEYOND}"
    assert gather_criteria([CELL] * 5).endswith(f"; 2 more items {BEYOND}")


@pytest.mark.parametrize(
    ("ours", "met"),
    read_cases("""
        battery 260 Wh/kg | True
        battery 250Wh/kg | True
        battery 249 Wh/kg | False
        batteries of 180 Wh/kg and 260 Wh/kg | False
        battery 260 Wh | None
        battery | None
        """),
)
def test_ours_meets_an_amount_where_it_states_one_in_that_unit(ours, met):
    criteria = find_criteria(CELL)

    assert criteria is not None
    assert is_met(criteria, ours) is met


def test_what_is_asked_beyond_amounts_is_never_met_and_may_yet_be_failed():
    criteria = find_criteria(Item(names={"zh": "槽"}, quote="用于提纯的容积2~9 m3的槽。"))

    assert criteria is not None
    assert is_met(criteria, "tank 5 m3") is None
    assert is_met(criteria, "tank 50 m3") is False
