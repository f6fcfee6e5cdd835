"""A deed within a deed is never told as the plain one: each verb that lists or controls, within each
wording that lifts, denies or puts off, in every language that has a grammar.

The wordings are ours; many are in no table. The deed is turned, or not told at all. Each wording
meets every other deed; those that are left go to the sweep.
"""

from collections.abc import Sequence
from itertools import product
from typing import TypeVar

import pytest
from examples import sweep

from monitor import extract
from monitor.document import read_text
from monitor.extract.en.words import TABLES
from monitor.model import Action, Announcement

BURDENS = {Action.ADD, Action.RESTRICT}
EASINGS = {Action.REMOVE, Action.REPEAL, Action.SUSPEND}
FIRM, GOODS = "赫里姆传感公司（Herim Sensing Inc.）", "金属钪（参考海关商品编号：2805301500）"
HERIM, GERMAN = "Herim Sensing Inc.", "scandium (HS 2805301500)"
KANA, HANGUL = "ヘリム・センシング（Herim Sensing Inc.）", "헤림 센싱(Herim Sensing Inc.)"


def done(text: str) -> set[Action]:
    facts = extract.understand(read_text(text))
    return {
        measure.action
        for fact in facts
        if isinstance(fact, Announcement)
        for measure in fact.measures
    }


def spell(pattern: str, *parts: tuple[str, ...]) -> list[str]:
    return [pattern.format(*each) for each in product(*parts)]


CHINESE = [
    *spell(
        f"将{FIRM}{{}}{{}}",
        ("列入", "纳入", "增列入", "补充列入", "编入", "增补进"),
        ("出口管制管控名单", "不可靠实体清单"),
    ),
    *spell(f"对{FIRM}{{}}{{}}", ("采取", "实施", "施加"), ("反制措施", "制裁", "出口管制措施")),
    *spell(
        f"对{GOODS}{{}}{{}}",
        ("实施", "实行", "采取", "施加"),
        ("出口管制", "临时出口管制", "出口许可证管理"),
    ),
    *spell(f"{{}}向日本出口{GOODS}", ("禁止", "限制", "不准")),
]
LIFTED_IN_CHINESE = """
    撤销{}的决定|取消{}的措施|废止{}的规定|收回{}的决定|推翻{}的决定|宣布{}的决定无效
    叫停{}的做法|解除{}的措施|{}的决定予以撤销|{}的决定自始无效|{}的决定作废|{}的决定失去效力
    {}的措施告终|{}的措施到期后不再延续|{}的公告作废|{}的决定应予废除|{}的决定被法院撤销
    {}一事不再继续|决定不{}|不再{}|停止{}|决定停止{}|放弃{}|结束{}|免于{}|不予{}|暂停{}|暂缓{}
    暂不{}|没有必要再{}|不应再{}|无须继续{}|谢绝{}|婉拒{}
"""

LISTS = ("the Export Control List", "the Unreliable Entity List")
OFF = {"include": "in", "add": "to", "subject": "to"}
FORMS = {  # gerund and participle of the verbs that list somebody, as the tables have them
    verb: (
        verb.removesuffix("e") + ("ting" if verb == "put" else "ing"),
        verb if verb == "put" else verb.removesuffix("e") + "ed",
    )
    for verb in TABLES.as_written["deciding"]["add"].split()
    if verb in ("add", "include", "place", "list", "designate", "put")
}
LISTING = [
    (
        f"{verb} {HERIM} {OFF.get(verb, 'on')} {on}",
        f"{being} {HERIM} {OFF.get(verb, 'on')} {on}",
        HERIM,
        f"{been} {OFF.get(verb, 'on')} {on}",
    )
    for (verb, (being, been)), on in product(FORMS.items(), LISTS)
]
CONTROLLING = [
    (
        f"{verb}e export controls on {GERMAN}",
        f"{verb}ing export controls on {GERMAN}",
        f"export controls on {GERMAN}",
        f"{verb}ed",
    )
    for verb in ("impos", "introduc")
] + [
    (f"{verb} exports of {GERMAN} to Japan", f"{ing} exports of {GERMAN} to Japan", what, been)
    for what in (f"exports of {GERMAN} to Japan",)
    for verb, ing, been in (
        ("prohibit", "prohibiting", "prohibited"),
        ("ban", "banning", "banned"),
        ("restrict", "restricting", "restricted"),
    )
]
FREEING = [
    (
        f"{verb} {HERIM} from {LISTS[0]}",
        f"{being} {HERIM} from {LISTS[0]}",
        HERIM,
        f"{been} from {LISTS[0]}",
    )
    for verb, being, been in (
        ("remove", "removing", "removed"),
        ("delete", "deleting", "deleted"),
        ("strike", "striking", "struck"),
    )
] + [
    (
        f"lift export controls on {GERMAN}",
        f"lifting export controls on {GERMAN}",
        f"export controls on {GERMAN}",
        "lifted",
    )
]
LIFTED_IN_ENGLISH = """
    The decision to {0} is revoked|MOFCOM has decided to revoke the decision to {0}
    MOFCOM hereby withdraws the order to {0}|MOFCOM rescinds the decision {1}
    It is decided not to {0}|MOFCOM will not {0}|MOFCOM will no longer {0}
    MOFCOM declines to {0}|MOFCOM has decided to stop {1}|MOFCOM ceases {1}
    MOFCOM has decided against {1}|MOFCOM has decided to refrain from {1}
    MOFCOM abandons its decision to {0}|The order to {0} is void
    The decision to {0} is null and void|The decision to {0} has lapsed
    The decision to {0} shall not take effect|The decision to {0} is of no effect
    The decision to {0} is reversed|MOFCOM postpones {1}|MOFCOM has decided to forgo {1}
    MOFCOM has dropped its plan to {0}|There are no grounds to {0}|The measure {1} is lifted
    The notice {1} is cancelled|{2} is no longer {3}|{2} shall no longer be {3}
    {2} shall not be {3}|{2} will not be {3}|{2} need not be {3}|{2} ceases to be {3}
    {2} shall neither be {3} nor otherwise treated|The decision to {0} was unsound
"""
JAPANESE = [
    *spell(f"{KANA}を外国ユーザーリストに{{}}", ("追加", "掲載")),
    *spell(f"{KANA}を資産凍結等の措置の対象に{{}}", ("指定", "追加")),
]
LIFTED_IN_JAPANESE = """
    {}する決定を取り消す。|{}することを取りやめる。|{}しないこととした。|{}しない。
    {}する告示を廃止する。|{}する措置を解除する。|{}することを見送る。|{}することを中止する。
    {}する必要はないと判断した。|{}することを撤回する。|{}することを断念した。
    {}する予定はない。
"""
KOREAN = [
    *spell(f"{HANGUL}을 금융제재대상자로 {{}}", ("지정", "추가", "등재")),
    *spell(f"{HANGUL}을 전략물자 수출통제 대상에 {{}}", ("추가", "포함")),
]
LIFTED_IN_KOREAN = """
    {}하는 결정을 철회한다.|{}하지 아니한다.|{}하지 않기로 결정하였다.|{}하는 조치를 해제한다.
    {}하는 고시를 폐지한다.|{}하는 것을 중단한다.|{}한 것을 취소한다.
    {}하는 결정은 무효로 한다.|{}하는 것을 유예한다.|{}할 필요가 없다고 판단하였다.
    {}한 조치는 효력을 상실한다.
"""


def wordings(written: str) -> list[str]:
    return [each.strip() for line in written.strip().splitlines() for each in line.split("|")]


Deed = TypeVar("Deed")


def each_with_half(written: str, deeds: Sequence[Deed]) -> list[object]:
    """Each wording with every other of the deeds, in turn; and with the others, for `make sweep`."""
    turns = [
        [(wording, deeds[(at + turn) % 2 :: 2]) for at, wording in enumerate(wordings(written))]
        for turn in (0, 1)
    ]
    return [*turns[0], *sweep(*turns[1])]


def chinese(deed: str) -> str:
    law = "根据《中华人民共和国出口管制法》有关规定，经国务院批准，自2033年5月1日起，"
    return (
        f"商务部公告2033年第8号 关于有关事项的公告\n2033-04-02\n{law}{deed}。\n商务部\n2033年4月2日"
    )


def english(deed: str) -> str:
    head = "MOFCOM Announcement No. 8 of 2033 on Matters of Export Control\nApril 2, 2033"
    sentence = deed[0].upper() + deed[1:]
    return f"{head}\n{sentence} from May 1, 2033.\nMinistry of Commerce\nApril 2, 2033"


def japanese(deed: str) -> str:
    law = "外国為替及び外国貿易法に基づき、令和15年5月1日から、"
    return f"外国ユーザーリストの改正について\n\n令和15年4月2日\n経済産業省\n\n{law}{deed}\n"


def korean(deed: str) -> str:
    head = "금융제재대상자 지정 변경 고시\n기획재정부 고시 제2033-8호\n2033. 4. 2.\n기획재정부장관"
    return f"{head}\n\n외국환거래법에 따라 2033년 5월 1일부터 {deed}\n"


@pytest.mark.parametrize(("wording", "deeds"), each_with_half(LIFTED_IN_CHINESE, CHINESE))
def test_no_chinese_deed_that_another_verb_lifts_is_told_as_done(wording, deeds):
    assert not [deed for deed in deeds if done(chinese(wording.format(deed))) & BURDENS]


@pytest.mark.parametrize(
    ("wording", "deeds"), each_with_half(LIFTED_IN_ENGLISH, LISTING + CONTROLLING)
)
def test_no_english_deed_that_another_verb_lifts_is_told_as_done(wording, deeds):
    assert not [deed for deed in deeds if done(english(wording.format(*deed))) & BURDENS]


@pytest.mark.parametrize(("wording", "deeds"), each_with_half(LIFTED_IN_ENGLISH, FREEING))
def test_no_english_easing_that_another_verb_lifts_is_told_as_done(wording, deeds):
    assert not [deed for deed in deeds if done(english(wording.format(*deed))) & EASINGS]


@pytest.mark.parametrize(("wording", "deeds"), each_with_half(LIFTED_IN_JAPANESE, JAPANESE))
def test_no_japanese_deed_that_another_verb_lifts_is_told_as_done(wording, deeds):
    assert not [deed for deed in deeds if done(japanese(wording.format(deed))) & BURDENS]


@pytest.mark.parametrize(("wording", "deeds"), each_with_half(LIFTED_IN_KOREAN, KOREAN))
def test_no_korean_deed_that_another_verb_lifts_is_told_as_done(wording, deeds):
    assert not [deed for deed in deeds if done(korean(wording.format(deed))) & BURDENS]


@pytest.mark.parametrize(
    ("page", "deeds"),
    [
        (chinese("决定{}"), [deed for deed in CHINESE if "管控名单" in deed]),
        (english("It is decided to {}"), [deed for deed, *_ in LISTING]),
        (japanese("{}する。"), JAPANESE),
        (korean("{}한다."), KOREAN),
    ],
)
def test_the_plain_deeds_are_told(page, deeds):
    """Else the laws above would hold of a grammar that reads nothing."""
    told = [bool(done(page.format(deed)) & BURDENS) for deed in deeds]
    assert sum(told) >= len(told) * 2 / 3
