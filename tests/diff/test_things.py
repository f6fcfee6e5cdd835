"""Firms and goods of two readings: which are the same."""

import pytest

from monitor.diff.acts import Thing, Unpaired, paired, strangers, without
from monitor.model import Entity, Item


def firm(name: str, language: str = "en", **more) -> Entity:
    return Entity(names={language: name}, kind="org", **more)


def goods(name: str, language: str = "zh", **more) -> Item:
    return Item(names={language: name}, **more)


@pytest.mark.parametrize(
    ("known", "found"),
    [
        (firm("Alpha Co., Ltd."), firm("ALPHA CO LTD")),
        (firm("Northrop Systems"), firm("Northrup Systems")),
        (firm("abcdefghijklmnopqrst"), firm("abcdefghijklmnopqxyz")),  # 17 letters of 20
        (firm("Alpha"), firm("Beta", aliases=("Alpha",))),
        (firm("Alpha", ids={"INN": "7701"}), firm("Альфа", "ru", ids={"INN": "7701"})),
        (goods("高纯度氮化镓单晶衬底材料"), goods("高纯度氮化镓单晶衬低材料")),
        (goods("镓"), goods("镓", note="pure")),
        (goods("镓", hs=("811292",)), goods("金属镓", hs=("811292",))),
        (goods("Gallium", "en", codes=("3C909",)), goods("金属镓", codes=("3c909",))),
    ],
    ids=lambda thing: next(iter(thing.names.values())),
)
def test_a_thing_is_the_same_by_a_name_written_a_little_otherwise_a_code_or_an_id(known: Thing, found: Thing):
    assert paired([found], [known]) == Unpaired([])
    assert not strangers([known], [found])


@pytest.mark.parametrize(
    ("known", "found"),
    [
        (firm("Alpha Plant 1"), firm("Alpha Plant 2")),
        (firm("abcdefghijklmnopqrst"), firm("abcdefghijklmnopwxyz")),  # 16 letters of 20
        (firm("北京龙门航空科技有限公司", "zh"), firm("北京龙口航空科技有限公司", "zh")),
        (firm("Объединённый завод", "ru"), firm("Объединенный завод", "ru")),
        (firm("Alpha", ids={"INN": "7701"}), firm("Альфа", "ru", ids={"INN": "7702"})),
        (goods("镓", codes=("3C909",)), goods("镓", codes=("3C910",))),
        (goods("镓", hs=("811292",), codes=("3C909",)), goods("锗", hs=("811292",), codes=("3C910",))),
    ],
    ids=lambda thing: next(iter(thing.names.values())),
)
def test_another_number_code_or_id_is_another_thing_and_so_is_a_firm_with_one_other_character(known: Thing, found: Thing):
    assert paired([found], [known]) == Unpaired([found])
    assert strangers([known], [found])


@pytest.mark.parametrize("language", ["ru", "zh", "he", "el"])
def test_what_is_called_in_another_script_is_counted_and_is_more_only_where_it_is_longer(language: str):
    names = {"ru": ("Альфа", "Бета"), "zh": ("甲公司", "乙公司"), "he": ("אלפא", "ביתא"), "el": ("Αλφα", "Βητα")}[language]
    found = [firm(name, language) for name in names]

    assert paired(found, [firm("Alpha"), firm("Beta")]) == Unpaired([])
    assert paired(found, [firm("Alpha")]) == Unpaired(found, unsure=True)
    assert not strangers(found, [firm("Gamma")])


def test_of_goods_that_are_called_by_a_name_alone_the_new_one_is_known_for_sure():
    assert paired([goods("镓"), goods("锗")], [goods("镓")]) == Unpaired([goods("锗")])


def test_each_is_paired_once():
    assert paired([firm("Alpha"), firm("Alpha")], [firm("Alpha")]) == Unpaired([firm("Alpha")])
    assert paired([firm("Northrop One"), firm("Northrup One")], [firm("Northrap One")]) == Unpaired([firm("Northrup One")])


def test_a_firm_is_taken_off_by_its_name_whatever_else_is_said_of_it_and_never_by_one_in_another_script():
    known = [firm("Alpha", country="CN", quote="Alpha of China"), firm("Beta"), firm("甲公司", "zh")]

    assert without(known, [firm("ALPHA", role="end user"), firm("Альфа", "ru")]) == known[1:]
    assert without(known, []) == known
