"""A sentence that decides nothing leaves an act understood in full; one that decides does not.

`texts/closure.zh.txt`: sentences in the wordings of acts, under what they stand in and whether they
decide.
"""

from functools import cache
from pathlib import Path

import pytest
from each import for_each

from monitor import extract
from monitor.document import read_text
from monitor.model import Announcement

LINES = (Path(__file__).parents[1] / "texts/closure.zh.txt").read_text(encoding="utf-8")
ACTS = {
    "on goods": (
        "商务部 海关总署公告2031年第12号 公布对铪相关物项实施出口管制的决定\n"
        "根据《中华人民共和国出口管制法》有关规定，经国务院批准，决定对下列物项实施出口管制：\n"
        "一、1C961.a. 纯度大于等于99.99%的铪粉（参考海关商品编号：8112310010）。\n"
        "{}\n本公告自2031年6月1日起实施。\n商务部 海关总署\n2031年5月1日\n"
    ),
    "on somebody": (
        "商务部公告2031年第13号 公布将1家外国实体列入出口管制管控名单\n"
        "根据《中华人民共和国出口管制法》有关规定，决定将贝尔登光学公司（Belden Optics Inc.）列入出口管制管控名单，"
        "禁止出口经营者向其出口两用物项。\n"
        "{}\n本公告自2031年6月1日起实施。\n商务部\n2031年5月1日\n"
    ),
    "on taking off": (
        "商务部公告2031年第14号 公布将1家外国实体移出出口管制管控名单\n"
        "{}\n根据《中华人民共和国出口管制法》有关规定，"
        "决定自2031年6月1日起将贝尔登光学公司（Belden Optics Inc.）移出出口管制管控名单。\n"
        "商务部\n2031年5月1日\n"
    ),
    "on staying": (
        "商务部公告2031年第15号\n经国务院批准，自2031年6月1日起至2032年5月31日，暂停实施商务部公告2030年第8号。\n"
        "{}\n商务部\n2031年5月1日\n"
    ),
}
SENTENCES = [
    (*heading.split(", "), sentence)
    for part in LINES.removeprefix("# ").rstrip("\n").split("\n# ")
    for heading, *sentences in [part.split("\n")]
    for sentence in sentences
]


@cache  # each act is read once with what says nothing
def read(kind: str, sentence: str) -> Announcement:
    (act,) = extract.understand(read_text(ACTS[kind].format(sentence)))
    assert isinstance(act, Announcement)
    return act


def deeds(act: Announcement) -> list[object]:
    return [
        (measure.action, measure.register, measure.starts and measure.starts.on,
         measure.ends and measure.ends.on, measure.amends, measure.entities, measure.items)
        for measure in act.measures
    ]  # fmt: skip


def told(act: Announcement) -> list[object]:
    return [*deeds(act), *(term for measure in act.measures for term in measure.terms)]


@pytest.mark.parametrize("kind", ACTS)
def test_the_acts_are_understood_without_the_sentence(kind):
    act = read(kind, "特此公告。")

    assert (act.understood, act.not_read) == ("full", ())


@for_each(("kind", "sentence"), [(k, s) for k, what, s in SENTENCES if what == "decides nothing"])
def test_what_decides_nothing_leaves_an_act_understood_in_full(kind, sentence):
    act = read(kind, sentence)

    assert (act.understood, act.not_read) == ("full", ())
    assert deeds(act) == deeds(read(kind, "特此公告。"))


@for_each(("kind", "sentence"), [(k, s) for k, what, s in SENTENCES if what == "decides something"])
def test_what_decides_is_a_fact_or_is_said_not_to_be_understood(kind, sentence):
    act = read(kind, sentence)

    assert act.understood != "full" or told(act) != told(read(kind, "特此公告。"))


@for_each(("kind", "sentence"), [(k, s) for k, what, s in SENTENCES if what == "is quoted beside"])
def test_what_goes_with_the_act_is_quoted_beside_it(kind, sentence):
    act = read(kind, sentence)

    assert (act.understood, deeds(act)) == ("full", deeds(read(kind, "特此公告。")))
    assert sentence in act.beside
