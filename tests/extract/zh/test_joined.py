"""Lists that semicolons join in the midst of a sentence: what no fact has of them is said."""

import pytest

from monitor import extract
from monitor.document import read_text

TITLE = "商务部公告2030年第9号"


def act(words):
    (fact,) = extract.understand(read_text(f"{TITLE}\n{words}\n商务部\n2030年3月4日"))
    return fact


def left(words):
    return [part.quote for part in act(words).not_read]


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("禁止向美国出口金属镓；单晶锗；高纯锑。", ["单晶锗", "高纯锑"]),
        ("禁止从日本进口扇贝；海参。", ["海参"]),
        ("决定将甲科技公司；乙科技公司列入不可靠实体清单。", ["决定将甲科技公司"]),
    ],
)
def test_parts_of_a_list_that_no_fact_has_are_said(words, parts):
    assert (act(words).understood, left(words)) == ("part", parts)


@pytest.mark.parametrize(
    "words",
    [
        "禁止向美国出口金属镓；自公布之日起施行。",
        "将下列企业列入不可靠实体清单：甲科技公司；（二）乙科技公司（Beta Tech）；丙科技公司。",
        "禁止向美国出口镓；对其他国家的出口申请不予受理。",
    ],
)
def test_what_does_something_of_its_own_or_is_told_is_no_part_left(words):
    assert [part.why for part in act(words).not_read if "a part of what it lists" in part.why] == []
