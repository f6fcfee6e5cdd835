"""What stands beside a name as names do is in a fact, or makes the act `part`."""

import pytest
from each import for_each

from monitor.extract.neighbours import list_untaken_neighbours
from monitor.model import Action, Announcement, Entity, Item, Measure

NAMES = {
    "zh": ("甲光学公司", "乙地雷达", "丙·海格"),
    "en": ("Acme Optics", "Bolt Radar", "Carl Hague"),
}
# how three names stand on a page
LISTS = {
    "rows": "No.\tName\tAddress\n1\t{0}\tA Street 1\n2\t{1}\tB Street 2\n3\t{2}\tC Street 3",
    "rows below words": "Name\tSince\n{0}\t2031\n{1}\t2032\n{2}\t2033",
    "numbers": "1. {0}\n2. {1}\n3. {2}",
    "numbers, each above an address": "1. {0}\nA Street\n2. {1}\nB Street\n3. {2}\nC Street",
    "numbers on lines of their own": "1.\n{0}\n2.\n{1}\n3.\n{2}",
    "rings": "① {0}\n② {1}\n③ {2}",
    "Chinese figures": "(一){0}\n(二){1}\n(三){2}",
    "eleventh and on": "十、{0}\n十一、{1}\n十二、{2}",
    "dashes": "- {0}\n- {1}\n- {2}",
    "commas between words of one kind": "决定将{0}、{1}、{2}列入清单。",
    "commas and a word": "对{0}、{1}以及{2}采取措施。",
}
IN_MARKS = "The measures on '{0}' (IMO 8712341), '{1}' and '{2}' end."
IN_CAPITALS = "{0}, Riga, Latvia; DOB 3 Mar 1971 (individual).\n{1} (a.k.a. X), Oslo.\n{2}; Tax ID 12 (Linked To: {0})."
CAPITAL_NAMES = ("ADAMS, Jon", "BRIGHT STAR LTD.", "CLAY, Ruth Anne")
LATIN = "将{0}(Acme Optics Inc.)等三家列入;{1}(Bolt Radar LLC)和{2}(Carl Hague)同时列入。"


def list_left(text: str, read: list[Entity | Item], language: str = "zh") -> list[str]:
    """The quotes that are reported of a page whose act names those that were `read`."""
    measure = Measure(
        Action.ADD,
        "some-list",
        entities=tuple(each for each in read if isinstance(each, Entity)),
        items=tuple(each for each in read if isinstance(each, Item)),
        quote="",
    )
    act = Announcement(
        key="a-1",
        authority="cn-mofcom",
        title="Title",
        url="",
        language=language,
        understood="full",
        measures=(measure,),
    )
    return [part.quote or "" for part in list_untaken_neighbours(act, f"Title\n{text}\nEnd.")]


def name_entity(name: str) -> Entity:
    return Entity({"zh": name}, "org")


@for_each("layout", LISTS.values(), ids=LISTS)
@for_each("lost", range(3))
def test_one_of_three_that_was_not_read_is_reported(layout: str, lost: int) -> None:
    names = NAMES["zh"]
    read = [name_entity(name) for name in names if name != names[lost]]
    left = list_left(layout.format(*names), read)
    assert left
    assert all(names[lost] in quote for quote in left)


@pytest.mark.parametrize("layout", LISTS.values(), ids=LISTS)
def test_of_three_that_were_read_nothing_is_reported(layout: str) -> None:
    names = NAMES["zh"]
    assert list_left(layout.format(*names), [name_entity(name) for name in names]) == []


@pytest.mark.parametrize("lost", range(3))
@pytest.mark.parametrize(
    ("layout", "names"),
    [(IN_MARKS, NAMES["en"]), (IN_CAPITALS, CAPITAL_NAMES)],
    ids=["marks", "capitals"],
)
def test_so_it_is_in_english(layout: str, names: tuple[str, ...], lost: int) -> None:
    read: list[Entity | Item] = [name_entity(name) for name in names if name != names[lost]]
    assert any(names[lost] in quote for quote in list_left(layout.format(*names), read, "en"))
    everybody: list[Entity | Item] = [name_entity(name) for name in names]
    assert list_left(layout.format(*names), everybody, "en") == []


def test_a_latin_name_in_chinese_that_nobody_has_is_reported() -> None:
    english = ("Acme Optics Inc.", "Bolt Radar LLC", "Carl Hague")
    pairs = [
        Entity({"zh": own, "en": name}, "org")
        for own, name in zip(NAMES["zh"], english, strict=True)
    ]
    text = LATIN.format(*NAMES["zh"])
    assert list_left(text, [*pairs]) == []
    assert list_left(text, [name_entity(NAMES["zh"][0]), *pairs[1:]]) == ["Acme Optics Inc."]


@pytest.mark.parametrize("lost", range(3))
def test_goods_are_reported_in_rows_and_behind_numbers(lost: int) -> None:
    goods = ("甲烷", "乙烯", "丙酮")
    read: list[Entity | Item] = [Item({"zh": name}) for name in goods if name != goods[lost]]
    for layout in (LISTS["rows"], LISTS["numbers"]):
        assert any(goods[lost] in quote for quote in list_left(layout.format(*goods), read))


@pytest.mark.parametrize(
    "text",
    [
        "No.\tName\n1\t甲光学公司",
        "一、甲光学公司\n二、该公司不再列于名单，自公布之日起施行。",
        "1. 甲光学公司\n2. 人员",
        "一、人员\n1. 甲光学公司",
        "对甲光学公司及其董事长采取措施，禁止交易。",
        "决定将甲光学公司、其子公司列入清单。",
        "《关于甲光学公司、乙地雷达的公告》",
        "1. 甲光学公司\n3. 乙地雷达",
        "- 甲光学公司\n1. 乙地雷达",
        "不再对甲光学公司采取禁止企业、某人与其交易等措施。",
    ],
)
def test_what_is_no_name_beside_a_name_is_not_reported(text: str) -> None:
    assert list_left(text, [name_entity("甲光学公司")]) == []


def test_what_goods_are_like_is_no_entry_of_theirs() -> None:
    assert list_left("1. 甲烷\n- 重于5千克", [Item({"zh": "甲烷"})]) == []


def test_an_act_that_changes_names_has_those_of_before_beside_them() -> None:
    text = "“甲光学公司”改为“乙地雷达”，见“1. 甲光学公司”。"
    act = Announcement(
        key="a-1", authority="cn-mofcom", title="Title", url="", language="ja", understood="full",
        measures=(Measure(Action.AMEND, "some-list", entities=(name_entity("乙地雷达"),), quote=""),),
    )  # fmt: skip
    assert list(list_untaken_neighbours(act, text)) == []
