"""Sanctions that the press tells without the name of a list."""

import pytest

from monitor import extract
from monitor.document import read_text
from monitor.model import Report

TITLE = "中國制裁某國軍火商"


def told(*lines):
    return [
        fact
        for fact in extract.understand(read_text("\n".join([TITLE, *lines])))
        if isinstance(fact, Report)
    ]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (
            "中國外交部周二宣布，制裁美國武器承包商甲乙公司（Alpha Arms）。",
            [{"zh": "甲乙公司", "en": "Alpha Arms"}],
        ),
        (
            "中方決定自即日起，對聯邦參議員甲比奧（Al Bio）、乙茲（Be Zee）實施相應制裁。",
            [{"zh": "甲比奧", "en": "Al Bio"}, {"zh": "乙茲", "en": "Be Zee"}],
        ),
        (
            "中方決定對美國國會甲委員會（Alpha Commission）實施制裁。",
            [{"zh": "美國國會甲委員會", "en": "Alpha Commission"}],
        ),
    ],
)
def test_whom_china_sanctions_is_known_by_the_verb(words, names):
    (report,) = told(words)

    assert [entity.names for entity in report.mentions.entities] == names
    assert report.mentions.registers == ("cn-countermeasures",)


@pytest.mark.parametrize(
    "words",
    [
        "美國財政部宣布制裁甲科技公司（Alpha Tech），中方表示反對。",
        "中方當時宣布制裁甲公司（Alpha Tech）。",
        "中方要求美方撤銷對甲公司（Alpha Tech）的制裁。",
        "周二宣布，制裁甲公司（Alpha Arms）。",
    ],
)
def test_neither_what_others_or_nobody_does_nor_what_was_done_before_is_told(words):
    assert told(words) == []
