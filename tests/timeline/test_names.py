import pytest
from acts import entity

from monitor.model import Entity, Item
from monitor.timeline.values import also_called, called, clause, clauses, code, codes, covers, same_item


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("1C909.a.1", ("1", "c", "909", "a", "1")),
        ("１Ｃ９０９", ("1", "c", "909")),
        ("1C", ("1", "c")),
        ("ML1.b", ("ml1", "b")),
        ("2805.30.19", tuple("28053019")),
        (" 2805. ", tuple("2805")),
        ("1C909..a", ("1", "c", "909", "a")),
        ("", ()),
        (" . ", ()),
    ],
)
def test_a_code_is_its_levels_however_it_is_written(text: str, levels: tuple[str, ...]):
    assert code(text) == levels


def test_an_item_has_its_control_codes_and_its_hs_numbers_and_none_that_says_nothing():
    assert codes(Item(names={"en": "Metal"}, codes=("1C", "", " "), hs=("28", "."))) == {("1", "c"), ("2", "8")}


def test_goods_whose_code_is_blank_are_told_apart_by_their_names():
    blank, other = (Item(names={"en": name}, codes=("",)) for name in ("Holmium", "Erbium"))

    assert not same_item(blank, other)
    assert same_item(blank, Item(names={"zh": "钬", "en": "HOLMIUM"}))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1C909", "1C909.a", True),
        ("1C909.a", "1C909", False),
        ("1C909.a", "1C909.a", True),
        ("1C909.a", "1C909.b", False),
    ],
)
def test_goods_are_the_same_as_what_lies_under_their_code(one: str, other: str, *, same: bool):
    assert same_item(Item(names={"en": "A"}, codes=(one,)), Item(names={"en": "A"}, codes=(other,))) is same


def test_goods_of_which_one_has_no_code_are_the_same_by_name():
    coded = Item(names={"en": "Holmium"}, codes=("1C909",))

    assert same_item(coded, Item(names={"en": "holmium"}))
    assert same_item(Item(names={"en": "holmium"}), coded)
    assert not same_item(Item(names={"en": "Erbium"}), coded)


def test_a_firm_is_called_by_its_names_and_also_by_its_aliases():
    firm = Entity(names={"en": "Acme Ltd", "zh": "顶点", "ja": " "}, kind="org", aliases=("ACME  Trading", "", "Acme Ltd"))

    assert called(firm) == {"acmeltd", "顶点"}
    assert also_called(firm) == {"acmeltd", "顶点", "acmetrading"}
    assert called(entity("")) == set()


@pytest.mark.parametrize(
    ("mark", "levels"),
    [
        ("一（三）", ("一", "三")),
        ("第一条(三)", ("一", "三")),
        ("第三款", ("三",)),
        ("二项", ("二",)),
        ("第二章", ("二",)),
        ("《出口管制法》、二", ("《出口管制法》", "二")),
        ("§ 744.11", ("§", "744", "11")),
        (" ", ()),
    ],
)
def test_a_clause_is_its_levels_however_its_mark_is_printed(mark: str, levels: tuple[str, ...]):
    assert clause(mark) == levels


def test_clauses_are_told_by_their_levels_and_a_mark_that_says_nothing_is_none():
    assert clauses(("一", "第一条", "（）", "二")) == {("一",): "第一条", ("二",): "二"}


def test_a_level_covers_itself_and_what_lies_under_it_alone():
    assert covers(("1",), ("1", "c"))
    assert covers(("1",), ("1",))
    assert not covers(("1", "c"), ("1",))
