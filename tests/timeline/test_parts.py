"""How a measure is cut into parts by what touches only some of it."""

import pytest
from acts import DUAL_USE, control, entity
from statutes import act, measure, on_day, timeline

from monitor.model import Announcement, Item

DAY = "2025-12-01"


def suspends(target: str = "a", **narrowly) -> Announcement:
    return act("s", measure("suspend", target, starts="2025-11-10", **narrowly))


def restricts(**more) -> Announcement:
    return act("a", measure("restrict", starts="2025-11-01", **more))


def codes(*acts: Announcement) -> dict[tuple[str, ...], str]:
    """The codes of each part of an act, and how it stands in the end."""
    return {
        tuple(code for item in lifecycle.items for code in item.codes): str(
            lifecycle.spans[-1].status
        )
        for lifecycle in timeline(*acts).of_act("a")
    }


def goods(*codes: str) -> tuple[Item, ...]:
    return tuple(Item(names={"en": f"goods {code}"}, codes=(code,)) for code in codes)


def test_what_only_the_other_act_names_is_cut_out_of_a_measure_that_names_nobody():
    assert on_day([restricts(), suspends(entities=(entity("Dedrone"),))], "a", DAY) == [
        ("", "in force"),
        ("Dedrone", "suspended"),
    ]
    assert codes(restricts(), suspends(items=goods("1C909"))) == {
        ("1C909",): "suspended",
        (): "in force",
    }
    assert on_day([restricts(), suspends(destinations=("US",))], "a", DAY) == [
        ("", "in force"),
        ("US", "suspended"),
    ]


def test_what_several_acts_name_of_a_measure_that_names_nobody_is_cut_out_for_each():
    acts = [restricts(), suspends(entities=(entity("Dedrone"), entity("Epirus")))]
    repeals = act("r", measure("repeal", "a", starts="2025-11-20", entities=(entity("Epirus"),)))

    assert on_day([*acts, repeals], "a", DAY) == [
        ("", "in force"),
        ("Dedrone", "suspended"),
        ("Epirus", "ended: repealed"),
    ]


def test_those_that_share_one_fate_are_one_part():
    firms = tuple(entity(name) for name in ("Dedrone", "Epirus", "Teledyne"))

    assert on_day([restricts(entities=firms)], "a", DAY) == [
        ("Dedrone Epirus Teledyne", "in force")
    ]
    assert on_day([restricts(entities=firms), suspends(entities=firms[:2])], "a", DAY) == [
        ("Dedrone Epirus", "suspended"),
        ("Teledyne", "in force"),
    ]


@pytest.mark.parametrize(
    "narrowly",
    [
        {"entities": (entity("Epirus"),), "destinations": ("US",)},
        {"entities": (entity("Dedrone"),), "destinations": ("DE",)},
        {"entities": (entity("Epirus"),)},
        {"destinations": ("DE",)},
        {"items": goods("1C909")},
    ],
    ids=["another firm", "another destination", "a firm alone", "a destination alone", "goods"],
)
def test_an_act_on_what_a_measure_does_not_name_leaves_it_whole(narrowly: dict):
    acts = [
        restricts(entities=(entity("Dedrone"),), destinations=("US", "JP")),
        suspends(**narrowly),
    ]

    assert on_day(acts, "a", DAY) == [("Dedrone US JP", "in force")]


def test_a_firm_and_a_destination_are_cut_out_together():
    firms, places = tuple(entity(name) for name in ("Dedrone", "Epirus")), ("US", "JP")
    acts = [
        restricts(entities=firms, destinations=places),
        suspends(entities=firms[:1], destinations=places[:1]),
    ]

    assert on_day(acts, "a", DAY) == [
        ("Dedrone JP", "in force"),
        ("Dedrone US", "suspended"),
        ("Epirus JP", "in force"),
        ("Epirus US", "in force"),
    ]


def test_goods_are_cut_out_by_code_and_those_without_one_by_name():
    named = Item(names={"en": "Holmium"})
    acts = [
        restricts(items=(*goods("1C909.a", "1C910"), named)),
        suspends(items=(*goods("1C909"), Item(names={"en": "HOLMIUM"}))),
    ]

    assert codes(*acts) == {("1C909.a",): "suspended", ("1C910",): "in force"}
    assert [[item.names["en"] for item in each.items] for each in timeline(*acts).of_act("a")] == [
        ["goods 1C909.a", "Holmium"],
        ["goods 1C910"],
    ]


def test_a_measure_on_firms_and_goods_is_cut_by_both():
    acts = [
        restricts(entities=(entity("Dedrone"),), items=goods("1C909")),
        suspends(items=goods("1C909")),
    ]

    assert codes(*acts) == {("1C909",): "suspended", (): "in force"}
    assert on_day(acts, "a", DAY) == [("", "suspended"), ("Dedrone", "in force")]


def test_a_replacement_is_of_the_whole_measure_whatever_it_names_itself():
    replaces = measure(
        "replace", "a", starts="2025-11-10", entities=(entity("Epirus"),), destinations=("US",)
    )

    assert on_day([restricts(entities=(entity("Dedrone"),)), act("b", replaces)], "a", DAY) == [
        ("Dedrone", "ended: replaced")
    ]


def test_an_act_on_clauses_that_a_measure_has_all_of_leaves_it_in_one_part():
    both = restricts(clauses=("一（一）", "一（二）"))

    assert on_day([both, suspends("a 一")], "a", DAY) == [("一（一） 一（二）", "suspended")]
    assert on_day([both, suspends("a 一（二）")], "a", DAY) == [
        ("一（一）", "in force"),
        ("一（二）", "suspended"),
    ]


def test_a_clause_under_the_one_that_a_measure_stands_in_is_cut_out_and_named_as_apart():
    apart = {
        each.clauses: each.apart
        for each in timeline(restricts(clauses=("一",)), suspends("a 一（三）")).of_act("a")
    }

    assert on_day([restricts(clauses=("一",)), suspends("a 一（三）")], "a", DAY) == [
        ("一", "in force"),
        ("一（三）", "suspended"),
    ]
    assert apart == {("一",): ("一（三）",), ("一（三）",): ()}


def test_of_a_measure_without_clauses_those_that_are_named_are_apart_and_the_rest_is_left():
    lives = timeline(
        restricts(), suspends("a 二"), act("r", measure("repeal", "a 三", starts="2025-11-20"))
    ).of_act("a")

    assert [(each.clauses, each.apart, str(each.spans[-1].status)) for each in lives] == [
        (("三",), (), "ended"),
        (("二",), (), "suspended"),
        ((), ("三", "二"), "in force"),
    ]


def test_a_clause_and_one_under_it_may_have_two_fates():
    acts = [
        restricts(),
        suspends("a 一"),
        act("r", measure("repeal", "a 一（三）", starts="2025-11-20")),
    ]

    assert on_day(acts, "a", DAY) == [
        ("", "in force"),
        ("一", "suspended"),
        ("一（三）", "ended: repealed"),
    ]


def test_what_of_a_suspension_is_suspended_itself_for_one_firm_holds_for_all_others():
    acts = [
        restricts(entities=(entity("Dedrone"), entity("Epirus"))),
        suspends(),
        act("t", measure("suspend", "s", starts="2025-11-20", entities=(entity("Dedrone"),))),
    ]

    assert on_day(acts, "a", DAY) == [("Dedrone Epirus", "suspended")]
    assert on_day(acts, "s", DAY) == [("", "in force"), ("Dedrone", "suspended")]


def test_an_act_on_one_register_may_touch_goods_of_a_measure_that_stands_on_it():
    lifts = act(
        "r", measure("remove", register=DUAL_USE, starts="2025-11-20", items=goods("1C909.b"))
    )
    found = timeline(control(57, "1C909.a", "1C909.b"), lifts).of_act("mofcom-2025-57")

    assert [[item.codes[0] for item in each.items] for each in found] == [["1C909.a"], ["1C909.b"]]
    assert [each.spans[-1].why for each in found] == [None, "removed"]
