"""The outermost verb of a clause decides what becomes of a deed: each class in Chinese and
English, in texts of our own.
"""

import pytest

from monitor import extract
from monitor.document import read_text
from monitor.extract import frame
from monitor.extract.zh.words import CHINESE
from monitor.model import Action, Announcement

FIRM, OTHER = "赫里姆传感公司（Herim Sensing Inc.）", "多兰光学公司（Doran Optics Ltd.）"
HERIM, DORAN = "Herim Sensing Inc.", "Doran Optics Ltd."
SCANDIUM = "\n一、金属钪（参考海关商品编号：2805301500）"
LAW = "根据《中华人民共和国出口管制法》有关规定，经国务院批准，"
ITEM = "\n1. Scandium (HS 2805301500)"
LIST = "the Unreliable Entity List"


def chinese(body: str) -> str:
    return (
        f"商务部公告2033年第8号 关于有关事项的公告\n2033-04-02\n{LAW}{body}\n商务部\n2033年4月2日"
    )


def english(body: str) -> str:
    return (
        f"MOFCOM Announcement No. 8 of 2033 on Export Control\nApril 2, 2033\n{body}\nMinistry of"
        " Commerce\nApril 2, 2033"
    )


def done(text: str) -> list[str]:
    """What an act does to whom or what."""
    facts = extract.understand(read_text(text))
    told = []
    for act in facts:
        assert isinstance(act, Announcement)
        for measure in act.measures:
            names = [
                next(iter(each.names.values())) for each in (*measure.entities, *measure.items)
            ]
            told += [" ".join([measure.action, *names])]
    return list(dict.fromkeys(told))


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (f"自2033年5月1日起，对下列物项不再实施出口管制：{SCANDIUM}", ["remove 金属钪"]),
        (f"自2033年5月1日起，不对下列物项实施出口管制：{SCANDIUM}", ["remove 金属钪"]),
        (f"自2033年5月1日起，停止对下列物项实施出口管制：{SCANDIUM}", ["remove 金属钪"]),
        (f"自2033年5月1日起，出口下列物项无须取得许可：{SCANDIUM}", ["remove 金属钪"]),
        (
            "将金属钪（参考海关商品编号：2805301500）不再列入两用物项出口管制清单，自公布之日起执行。",
            ["remove 金属钪"],
        ),
        (f"自2033年5月1日起，暂停对下列物项实施出口管制：{SCANDIUM}", ["suspend 金属钪"]),
        (f"自2033年5月1日起，恢复对下列物项实施出口管制：{SCANDIUM}", ["resume 金属钪"]),
        (f"自2033年5月1日起，对下列物项实施出口管制：{SCANDIUM}", ["add 金属钪"]),
        ("解除禁止两用物项向日本军事用户出口的措施，自公布之日起实施。", ["remove"]),
        (
            f"决定撤销将{FIRM}列入出口管制管控名单的决定，自公布之日起执行。",
            ["remove 赫里姆传感公司"],
        ),
        (f"决定取消将{FIRM}列入不可靠实体清单的措施。", ["remove 赫里姆传感公司"]),
        (f"决定暂停将{FIRM}列入出口管制管控名单，为期一年。", ["suspend 赫里姆传感公司"]),
        (f"决定不再暂停将{FIRM}列入出口管制管控名单。", ["resume 赫里姆传感公司"]),
        (
            f"{FIRM}不再符合列入情形，将其移出出口管制管控名单，自公布之日起执行。",
            ["remove 赫里姆传感公司"],
        ),
        (f"决定将{FIRM}列入出口管制管控名单，自公布之日起执行。", ["add 赫里姆传感公司"]),
    ],
)
def test_a_chinese_deed_is_what_its_outermost_verb_makes_of_it(body, told):
    assert done(chinese(body)) == told


@pytest.mark.parametrize(
    ("body", "removed"),
    [
        (f"{FIRM}于2032年5月1日被列入出口管制管控名单，经核实已整改，决定将其移出。", True),
        (
            f"2032年第3号公告将{FIRM}列入出口管制管控名单，该公司已整改，经核实，现予以移出。",
            True,
        ),
        (f"{FIRM}自2032年起列入出口管制管控名单，现已完成整改，准予移出。", True),
        (f"{FIRM}列入出口管制管控名单，经审查，不再符合列入情形，依法予以移出。", True),
        (f"将{FIRM}列入出口管制管控名单，整改到位的，予以移出。", False),
        (f"{FIRM}列入出口管制管控名单，已申请移出，现不予移出。", False),
        (f"{FIRM}列入出口管制管控名单，经核实已整改后，可予以移出。", False),
        (f"将{FIRM}列入出口管制管控名单，乙公司已整改，予以移出。", False),
    ],
)
def test_who_was_listed_and_is_taken_off_in_one_sentence_is_removed_and_not_added(body, removed):
    told = done(chinese(body).replace(LAW, ""))

    assert ("remove 赫里姆传感公司" in told) is removed
    assert not removed or told == ["remove 赫里姆传感公司"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (f"The decision to add {HERIM} to {LIST} shall no longer apply.", [f"remove {HERIM}"]),
        (
            f"The mechanism has decided to revoke the decision to add {HERIM} to {LIST}.",
            [f"remove {HERIM}"],
        ),
        (
            (
                f"It is decided to withdraw the decision to include {HERIM} in the Export Control"
                " List."
            ),
            [f"remove {HERIM}"],
        ),
        (
            f"MOFCOM hereby rescinds the listing of {HERIM} on the Export Control List.",
            [f"remove {HERIM}"],
        ),
        (
            f"It has been decided that {HERIM} shall be taken off the Export Control List.",
            [f"remove {HERIM}"],
        ),
        (f"It is decided to add {HERIM} to {LIST}.", [f"add {HERIM}"]),
        (
            "It is decided to stop imposing export controls on the following items:" + ITEM,
            ["remove Scandium"],
        ),
        (
            "The following items shall no longer be subject to export control:" + ITEM,
            ["remove Scandium"],
        ),
        (
            "It is decided to suspend imposing export controls on the following items:" + ITEM,
            ["suspend Scandium"],
        ),
    ],
)
def test_an_english_deed_is_what_its_outermost_verb_makes_of_it(body, told):
    assert done(english(body)) == told


@pytest.mark.parametrize(
    "body",
    [
        f"决定不将{FIRM}列入出口管制管控名单。",
        f"{OTHER}申请移出，经审查，{FIRM}不具备继续列入的理由，有关情况另行公布。",
        f"商务部公告2032年第3号将{FIRM}列入出口管制管控名单的决定，已引起广泛关注。",
    ],
)
def test_a_deed_that_is_denied_or_a_thing_of_before_lists_nobody(body):
    assert not any(told.startswith("add") for told in done(chinese(body)))


def test_two_verbs_that_come_to_nothing_known_are_unclear():
    sentence = "决定暂停中止将甲公司列入出口管制管控名单"

    assert (
        frame.find_turn(sentence, sentence.index("列入"), CHINESE.table("frame"))
        is frame.Turn.UNCLEAR
    )
    assert (
        frame.settle_action(Action.ADD, sentence, sentence.index("列入"), CHINESE.table("frame"))
        is None
    )


EARLIER = "MOFCOM Announcement No. 5 of 2031"


@pytest.mark.parametrize(
    "earlier",
    [
        f"{HERIM} was added to {LIST} by {EARLIER}.",
        f"{EARLIER} added {HERIM} to {LIST}.",
        f"{HERIM} was added to {LIST} on May 1, 2031.",
        f"The Ministry of Commerce added {HERIM} to {LIST} on 1 May 2031.",
        f"Having been added to {LIST}, {HERIM} has met its undertakings.",
        f"The ban on {HERIM}, imposed when it was added to {LIST}, is discussed.",
    ],
)
def test_what_an_earlier_act_did_is_not_told_anew(earlier):
    decided = f"It is decided to add {DORAN} to {LIST}."

    assert done(english(f"{decided}\n{earlier}")) == [f"add {DORAN}"]


@pytest.mark.parametrize(
    "now",
    [
        f"{HERIM} was added to {LIST} by this announcement.",
        f"{HERIM} was added to {LIST} on April 2, 2033.",
        f"{HERIM} has been added to {LIST} under Order No. 4 of 2031.",
        f"The Ministry of Commerce added {HERIM} to {LIST} pursuant to the Law of May 1, 2021.",
        f"{HERIM} was added to {LIST} by the Ministry of Commerce under {EARLIER}.",
        f"In accordance with {EARLIER}, the Ministry of Commerce added {HERIM} to {LIST}.",
    ],
)
def test_what_an_act_did_itself_is_told_though_in_the_past(now):
    assert done(english(now)) == [f"add {HERIM}"]
