"""What of an act a Chinese page has, whatever its words mean."""

import pytest

from monitor import extract
from monitor.document import read_text


def told(*lines):
    return [fact.understood for fact in extract.understand(read_text("\n".join(lines)))]


ABOUT = "出口经营者应当停止向有关国家供应两用物项。"
SIGNED = ("商务部", "2030年3月4日")


@pytest.mark.parametrize(
    "page",
    [
        ("商务部通告", ABOUT, *SIGNED),
        ("两用物项有关安排", "商务部公告", ABOUT, *SIGNED),
        ("商务部关于两用物项的决定", ABOUT, "2030年3月4日"),
        ("两用物项通告", ABOUT, "部长 王某某", "商务部", "2030年3月4日"),
        ("商务部公告2030年第7号", ABOUT),
    ],
)
def test_an_act_has_an_issuer_and_a_number_or_a_kind_and_a_signature_or_a_day(page):
    assert told(*page) == ["none"]


@pytest.mark.parametrize(
    "page",
    [
        ("两用物项有关安排", "甲公司对决定作了说明", ABOUT, *SIGNED),
        ("两用物项有关安排", "商务部的决定受到欢迎。", ABOUT, *SIGNED),
        (
            "两用物项有关安排",
            "商务部有关负责同志介绍了今年以来两用物项出口管制工作的若干决定和安排情况",
            ABOUT,
            *SIGNED,
        ),
        ("两用物项通告", ABOUT, "2030年3月4日"),
        ("商务部通告", ABOUT),
        ("美国商务部通告", ABOUT, "美国商务部", "2030年3月4日"),
    ],
)
def test_a_page_that_lacks_one_of_these_is_none(page):
    assert told(*page) == []
