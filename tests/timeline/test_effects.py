"""Which measure touches which, as it shows in what is in force."""

from datetime import date

import pytest
from acts import DUAL_USE, UEL, control, entity, listing
from statutes import act, all_on, measure, on_day, status_of, stood, timeline

from monitor.model import Item
from monitor.timeline import MeasureQuery


def standing(
    *acts, register: str = DUAL_USE, day: str = "2026-06-01"
) -> dict[tuple[str, ...], str]:
    """How whatever stands on a register stands on a day, by codes or else by names."""
    found = stood(timeline(*acts), date.fromisoformat(day), MeasureQuery(register=register))
    things = [(each, item) for each in found for item in each.lifecycle.items]
    return {item.codes or tuple(item.names.values()): status_of(each) for each, item in things}


def test_a_code_taken_off_a_register_takes_off_all_that_lies_under_it_and_nothing_that_it_lies_under():
    removes = act(
        "r",
        measure(
            "remove",
            register=DUAL_USE,
            starts="2026-01-01",
            items=(Item(names={}, codes=("1C909",)),),
        ),
    )

    assert standing(control(57, "1C909.a", "1C909.b.1", "1C910.a", "1C"), removes) == {
        ("1C909.a",): "ended: removed",
        ("1C909.b.1",): "ended: removed",
        ("1C910.a",): "in force",
        ("1C",): "in force",
    }


def test_goods_without_a_code_are_taken_off_a_register_by_their_name():
    goods = tuple(Item(names={"en": name}) for name in ("Holmium metal", "Erbium metal"))
    lists = act("a", measure("add", register=DUAL_USE, starts="2025-11-01", items=goods))
    removes = act(
        "r",
        measure(
            "remove",
            register=DUAL_USE,
            starts="2026-01-01",
            items=(Item(names={"en": "HOLMIUM metal"}),),
        ),
    )

    assert standing(lists, removes) == {
        ("Holmium metal",): "ended: removed",
        ("Erbium metal",): "in force",
    }


def test_goods_with_a_code_are_held_together_by_it_whatever_they_are_called():
    called = Item(names={"en": "Metal"}, codes=("1C910",))
    lists = act(
        "a",
        measure(
            "add",
            register=DUAL_USE,
            starts="2025-11-01",
            items=(Item(names={"en": "Metal"}, codes=("1C909",)),),
        ),
    )
    removes = act("r", measure("remove", register=DUAL_USE, starts="2026-01-01", items=(called,)))

    assert standing(lists, removes)["1C909",] == "in force"


def test_a_removal_is_not_undone_by_the_removal_of_one_who_was_listed_again():
    removes, again = (
        act(
            key,
            measure("remove", register=UEL, starts=on, entities=(entity("Dedrone"),)),
            published=on,
        )
        for key, on in (("uel-2025-12", "2025-12-01"), ("uel-2026-2", "2026-02-01"))
    )
    acts = [listing(10, "Dedrone"), removes, listing(13, "Dedrone", published="2026-01-05"), again]

    assert on_day(acts, "uel-2025-12", "2026-03-01") == [("Dedrone", "in force")]
    assert on_day(acts, "uel-2025-13", "2026-03-01") == [("Dedrone", "ended: removed")]


def test_a_removal_leaves_what_is_listed_later_and_what_stands_in_the_same_act():
    both = act(
        "uel-2025-12",
        measure("add", register=UEL, starts="2025-12-01", entities=(entity("Dedrone"),)),
        measure("remove", register=UEL, starts="2025-12-02", entities=(entity("Dedrone"),)),
        published="2025-12-01",
    )

    assert ("Dedrone", "in force") in on_day([both], "uel-2025-12", "2026-01-01")
    assert on_day(
        [both, listing(13, "Dedrone", published="2026-01-05")], "uel-2025-13", "2026-02-01"
    ) == [("Dedrone", "in force")]


def test_an_investigation_of_a_firm_is_not_ended_by_taking_it_off_the_register():
    asks = act(
        "i",
        measure("investigate", register=UEL, starts="2025-11-01", entities=(entity("Dedrone"),)),
    )
    removes = act(
        "r",
        measure("remove", register=UEL, starts="2026-01-01", entities=(entity("Dedrone"),)),
        published="2026-01-01",
    )

    assert on_day([asks, removes], "i", "2026-02-01") == [("Dedrone", "in force")]


@pytest.mark.parametrize(
    "named", [{"entities": (entity("Epirus"),)}, {"items": (Item(names={"en": "Metal"}),)}]
)
def test_a_replacement_of_some_entries_leaves_the_edition_of_the_register_as_it_is(named: dict):
    edition = act(
        "old", measure("replace", register=UEL, starts="2022-01-01"), published="2022-01-01"
    )
    some = act(
        "new",
        measure("replace", register=UEL, starts="2026-01-01", **named),
        published="2026-01-01",
    )

    assert on_day([edition, some], "old", "2026-02-01") == [("", "in force")]


def test_a_new_edition_of_one_register_leaves_the_editions_of_others():
    editions = [
        act(key, measure("replace", register=register, starts=on), published=on)
        for key, register, on in (("a", UEL, "2022-01-01"), ("b", DUAL_USE, "2026-01-01"))
    ]

    assert on_day(editions, "a", "2026-02-01") == [("", "in force")]


def test_a_measure_that_names_acts_touches_those_and_not_what_else_stands_on_its_register():
    acts = [
        listing(10, "Dedrone"),
        listing(11, "Dedrone"),
        act(
            "s",
            measure(
                "suspend",
                "uel-2025-10",
                register=UEL,
                starts="2025-11-10",
                entities=(entity("Dedrone"),),
            ),
        ),
        act(
            "r",
            measure(
                "remove",
                "uel-2025-10",
                register=UEL,
                starts="2026-01-01",
                entities=(entity("Dedrone"),),
            ),
        ),
    ]

    assert on_day(acts, "uel-2025-11", "2025-12-01") == [("Dedrone", "in force")]
    assert on_day(acts, "uel-2025-10", "2025-12-01") == [("Dedrone", "suspended")]
    # A removal takes a name off the register whatever act put it there.
    assert on_day(acts, "uel-2025-11", "2026-02-01") == [("Dedrone", "ended: removed")]


@pytest.mark.parametrize(
    ("extends", "ends"),
    [
        (measure("amend", "a", starts="2026-01-01", ends="2027-04-30"), False),
        (measure("add", "a", starts="2026-01-01", ends="2027-04-30"), False),
        (measure("amend", "a", starts="2026-01-01"), True),
        (measure("add", "a", starts="2026-01-01"), True),
        (
            measure(
                "add", "a", starts="2026-01-01", ends="2027-04-30", entities=(entity("Epirus"),)
            ),
            True,
        ),
        (
            measure(
                "add",
                "a",
                starts="2026-01-01",
                ends="2027-04-30",
                items=(Item(names={"en": "Metal"}),),
            ),
            True,
        ),
        (measure("restrict", "a", starts="2026-01-01", ends="2027-04-30"), True),
    ],
    ids=[
        "amends",
        "adds",
        "amends without a day",
        "adds without a day",
        "adds a firm",
        "adds goods",
        "restricts",
    ],
)
def test_an_act_has_another_last_day_where_one_amends_it_or_adds_nothing_but_that_day(
    extends, *, ends: bool
):
    acts = [
        act("a", measure("add", starts="2025-11-01", ends="2026-04-30")),
        act("b", extends, published="2026-01-01"),
    ]

    assert on_day(acts, "a", "2026-05-01") == [("", "ended: expired" if ends else "in force")]
    assert on_day(acts, "a", "2027-05-01") == [("", "ended: expired")]


def test_what_is_given_another_last_day_by_name_alone_is_not_made_up():
    extends = act("b", measure("amend", "a", register=UEL, starts="2026-01-01", ends="2027-04-30"))

    assert timeline(extends).of_act("a") == []


def test_a_clause_that_nobody_has_read_ends_with_its_act_and_leaves_no_rest_of_it_behind():
    acts = [
        act("a", measure("restrict", starts="2025-01-01", clauses=("一",)), published="2025-01-01"),
        act("s", measure("suspend", "a 二", starts="2025-11-09")),
        act("r", measure("repeal", "a", starts="2026-01-01"), published="2026-01-01"),
    ]

    assert on_day(acts, "a", "2025-12-01") == [("一", "in force"), ("二", "suspended")]
    assert on_day(acts, "a", "2026-02-01") == [("一", "ended: repealed"), ("二", "ended: repealed")]


def test_of_an_act_nobody_has_read_one_clause_may_be_suspended_and_then_all_of_it_be_repealed():
    suspends = act("s", measure("suspend", "a 二", register=UEL, starts="2025-11-09"))
    repeals = act(
        "r", measure("repeal", "a", register=UEL, starts="2026-01-01"), published="2026-01-01"
    )

    assert on_day([suspends, repeals], "a", "2025-12-01") == [("二", "suspended")]
    assert on_day([suspends, repeals], "a", "2026-02-01") == [
        ("", "ended: repealed"),
        ("二", "ended: repealed"),
    ]
    assert all(
        not each.lifecycle.seen
        for each in all_on(timeline(suspends, repeals), "a", date(2026, 2, 1))
    )


def test_a_measure_does_nothing_to_others_of_its_own_act():
    both = act(
        "a", measure("restrict", starts="2025-11-01"), measure("suspend", "a", starts="2025-11-01")
    )

    assert on_day([both], "a", "2025-11-02") == [("", "in force"), ("", "in force")]


def test_a_measure_without_a_day_counts_from_the_publication_of_its_act_and_one_of_an_undated_act_from_its_own():
    undated = act("a", measure("restrict", starts="2025-12-01"), published=None)
    dated = act("b", measure("restrict"), published="2025-12-01")

    assert [on_day([undated, dated], key, "2025-11-30") for key in "ab"] == [[], []]
    assert [on_day([undated, dated], key, "2025-12-01") for key in "ab"] == [
        [("", "in force")],
        [("", "in force")],
    ]


def test_a_measure_that_both_names_an_act_and_strikes_from_its_register_touches_it_once():
    removes = measure(
        "remove", "uel-2025-10", register=UEL, starts="2026-01-01", entities=(entity("Dedrone"),)
    )
    (ended,) = all_on(
        timeline(listing(10, "Dedrone"), act("r", removes)), "uel-2025-10", date(2026, 2, 1)
    )

    assert [cause.act.key for cause in ended.span.because] == ["r"]


def test_who_is_taken_off_a_register_is_off_it_though_somebody_else_had_touched_the_listing_before():
    removes = measure("remove", register=UEL, starts="2026-01-01", entities=(entity("Dedrone"),))
    acts = [
        listing(10, "Dedrone"),
        act("s", measure("suspend", "uel-2025-10", starts="2025-11-10", ends="2026-11-10")),
        act("r", removes, published="2026-01-01"),
    ]

    assert on_day(acts, "uel-2025-10", "2025-12-31") == [("Dedrone", "suspended")]
    assert on_day(acts, "uel-2025-10", "2026-01-01") == [("Dedrone", "ended: removed")]
