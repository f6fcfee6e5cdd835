"""Ids that stay the same in every answer."""

from acts import entity

from monitor.model import Item
from monitor.pipeline.lines import numbered, subject_id


def test_an_id_that_comes_again_has_its_number_behind_it():
    assert list(numbered("abaab", str.upper)) == [("A", "a"), ("B", "b"), ("A.2", "a"), ("A.3", "a"), ("B.2", "b")]


def test_a_subject_has_the_id_of_its_names_however_they_are_written_and_goods_that_of_their_codes_too():
    assert subject_id(entity("Alpha  LTD", "阿尔法")) == subject_id(entity("alpha ltd", "阿尔法"))
    assert subject_id(entity("Alpha Ltd")) != subject_id(entity("Beta Ltd"))
    goods = [Item(names={"zh": "钬"}, codes=(code,)) for code in ("1C909.a", "1C909.b")]
    assert len({subject_id(thing) for thing in (*goods, Item(names={"zh": "钬"}))}) == 3
