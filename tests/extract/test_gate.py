"""One gate before every fact: who decides, and is it decided now?"""

import pytest

from monitor.extract import gate
from monitor.extract.en.words import GATE as ENGLISH
from monitor.extract.gate import Bar
from monitor.extract.zh.words import GATE as CHINESE


@pytest.mark.parametrize(
    ("text", "verb", "bar"),
    [
        ("商务部决定将甲公司列入关注名单。", "决定", None),
        ("鉴于美国政府升级限制,商务部决定采取措施。", "决定", None),
        ("对美国商务部列入清单的企业,决定不予许可。", "决定", None),
        ("美国财政部4月3日决定将甲公司列入名单。", "决定", Bar.STRANGER),
        ("中方表示反对。美方决定维持措施。", "决定", Bar.STRANGER),
        ("董事会决定终止合作。", "决定", Bar.STRANGER),
        ("工作机制可以决定将其列入清单。", "决定", Bar.POWER),
        ("有关部门正在研究是否暂停该措施。", "暂停", Bar.PLAN),
        ("商务部计划恢复该措施。", "恢复", Bar.PLAN),
        ("决定不将甲公司列入关注名单。", "将", Bar.REFUSED),
        ("不予同意将甲公司移出关注名单。", "移出", Bar.REFUSED),
        ("自即日起不再对甲公司采取措施。", "对", None),
        ("商务部此前宣布暂停该措施。", "暂停", Bar.PAST),
        ("现就名单征求意见稿公开征求意见,决定如下。", "决定", Bar.PROPOSAL),
    ],
)
def test_a_chinese_sentence_decides_or_says_why_it_does_not(text, verb, bar):
    assert gate.find_bar(text, text.index(verb), CHINESE) == bar


@pytest.mark.parametrize(
    ("text", "verb", "bar"),
    [
        ("The Ministry has decided to suspend the measures.", "suspend", None),
        ("BIS is removing six persons from the Unverified List.", "removing", None),
        ("The Bureau may suspend the licence.", "suspend", Bar.POWER),
        ("We tell you when a person is added to the List.", "added", Bar.PLAN),
        ("It says so whenever any vessel is removed.", "removed", Bar.PLAN),
        ("The Bureau removed the firm when a court had ruled.", "removed", None),
        ("It is decided not to add the firm to the list.", "add", Bar.REFUSED),
        ("The application to be removed from the list is rejected.", "removed", Bar.REFUSED),
        (
            "BIS has a request of Kashgar Golden Thread Textile Company to be removed.",
            "removed",
            Bar.REFUSED,
        ),
        (
            "BIS has approved the request of Kashgar Golden Thread Textile Company to be removed.",
            "removed",
            None,
        ),
        ("BIS plans to add firms to the list.", "add", Bar.PLAN),
        ("The court suspended the order.", "suspended", Bar.STRANGER),
        ("This proposed rule would amend the list.", "amend", Bar.PROPOSAL),
        ("The Council had previously added him to the list.", "added", Bar.PAST),
    ],
)
def test_an_english_sentence_decides_or_says_why_it_does_not(text, verb, bar):
    assert gate.find_bar(text, text.index(verb), ENGLISH) == bar


def test_a_report_without_a_subject_is_nobodys_decision():
    assert gate.find_bar("决定暂停该措施。", 0, CHINESE, speaker=False) is Bar.STRANGER
