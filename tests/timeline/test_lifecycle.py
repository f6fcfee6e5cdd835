from datetime import date

import pytest
from acts import DUAL_USE, UEL, control, entity, listing, suspension
from statutes import SIX, act, all_on, measure, on_day, status_of, stood, timeline

from monitor.model import Action, Unread, tell_in_part
from monitor.timeline import MeasureQuery


def test_a_measure_is_announced_until_its_first_day_and_in_force_from_then_on():
    acts = [control(57, "1C909.a")]

    assert [
        on_day(acts, "mofcom-2025-57", day)
        for day in ("2025-10-08", "2025-10-09", "2025-11-07", "2025-11-08")
    ] == [
        [],
        [("", "announced")],
        [("", "announced")],
        [("", "in force")],
    ]


def test_the_last_day_that_is_stated_is_a_day_of_effect():
    acts = [act("mofcom-2025-1", measure("add", starts="2025-11-01", ends="2025-12-31"))]

    assert on_day(acts, "mofcom-2025-1", "2025-12-31") == [("", "in force")]
    assert on_day(acts, "mofcom-2025-1", "2026-01-01") == [("", "ended: expired")]


@pytest.mark.parametrize(("in_part", "after"), [(True, "in force"), (False, "ended: expired")])
def test_the_last_day_of_what_is_done_for_some_only_is_not_that_of_the_act(in_part, after):
    first = act("mofcom-2025-1", measure("add", starts="2025-11-01"))
    changes = measure(
        "amend", "mofcom-2025-1", starts="2025-12-01", ends="2025-12-31", quote="for some"
    )
    later = act("mofcom-2025-2", changes)
    unread = Unread("measure", tell_in_part(Action.SUSPEND), "for some")
    later = later.replace(not_read=(unread,) if in_part else ())

    assert on_day([first, later], "mofcom-2025-1", "2026-01-01") == [("", after)]


def test_what_begins_and_ends_on_one_day_is_in_force_on_it():
    acts = [act("mofcom-2025-1", measure("add", starts="2025-12-31", ends="2025-12-31"))]

    assert on_day(acts, "mofcom-2025-1", "2025-12-31") == [("", "in force")]
    assert on_day(acts, "mofcom-2025-1", "2026-01-01") == [("", "ended: expired")]


def test_six_controls_are_suspended_for_a_year_and_then_nobody_has_said_that_they_apply_again():
    acts = [*(control(int(key[-2:]), "1C909.a") for key in SIX), suspension(70, *SIX)]

    for key in SIX:
        assert on_day(acts, key, "2025-11-06") == [("", "announced")]
        assert on_day(acts, key, "2025-11-15") == [("", "suspended")]
        assert on_day(acts, key, "2026-11-10") == [("", "suspended")]
        assert on_day(acts, key, "2026-11-11") == [("", "suspension ended")]


@pytest.mark.parametrize("deed", ["amend", "suspend"])
@pytest.mark.parametrize("starts", ["2026-11-10", "2026-10-20", "2026-11-11"])
def test_six_controls_stay_suspended_where_the_suspension_itself_is_extended(deed, starts):
    extends = measure(deed, "mofcom-2025-70", starts=starts, ends="2027-11-10")
    acts = [
        *(control(int(key[-2:]), "1C909.a") for key in SIX),
        suspension(70, *SIX),
        act("mofcom-2026-80", extends),
    ]

    for key in SIX:
        assert on_day(acts, key, "2026-11-10") == [("", "suspended")]
        assert on_day(acts, key, "2026-11-11") == [("", "suspended")]
        assert on_day(acts, key, "2027-11-10") == [("", "suspended")]
        assert on_day(acts, key, "2027-11-11") == [("", "suspension ended")]


def test_a_second_suspension_carries_on_where_the_first_one_ends():
    acts = [
        listing(7, "Teledyne", published="2025-04-04"),
        act(
            "a",
            measure("suspend", "uel-2025-7", starts="2025-05-14", ends="2025-08-12"),
            published="2025-05-14",
        ),
        act(
            "b",
            measure("suspend", "uel-2025-7", starts="2025-08-12", ends="2025-11-10"),
            published="2025-08-12",
        ),
    ]

    assert [
        on_day(acts, "uel-2025-7", day)[0][1] for day in ("2025-05-13", "2025-08-13", "2025-11-11")
    ] == [
        "in force",
        "suspended",
        "suspension ended",
    ]


def test_what_was_repealed_stays_repealed_when_the_repealing_act_is_itself_repealed():
    acts = [
        act("a", measure("add", starts="2020-01-01"), published="2020-01-01"),
        act("b", measure("repeal", "a", starts="2022-01-01"), published="2021-12-31"),
        act("c", measure("repeal", "b", starts="2026-01-01"), published="2025-12-31"),
    ]

    assert on_day(acts, "a", "2026-06-01") == [("", "ended: repealed")]


def test_a_repeal_before_the_first_day_leaves_nothing_to_take_effect():
    acts = [
        control(57, "1C909.a"),
        act("b", measure("repeal", "mofcom-2025-57", starts="2025-11-01")),
    ]

    assert on_day(acts, "mofcom-2025-57", "2025-11-08") == [("", "ended: repealed")]


def test_only_the_clause_that_is_named_is_suspended():
    acts = [
        act(
            "mofcom-2024-46",
            measure("restrict", starts="2024-12-03", destinations=("US",)),
            published="2024-12-03",
        ),
        act(
            "mofcom-2025-72",
            measure("suspend", "mofcom-2024-46 二", starts="2025-11-09", ends="2026-11-27"),
        ),
    ]

    assert on_day(acts, "mofcom-2024-46", "2025-11-15") == [
        ("US", "in force"),
        ("二 US", "suspended"),
    ]


@pytest.mark.parametrize(
    ("named", "statuses"),
    [
        ("一（三）", [("一(一)", "in force"), ("一(三)", "suspended")]),
        ("第一条", [("一(一)", "suspended"), ("一(三)", "suspended")]),
        ("二", [("一(一)", "in force"), ("一(三)", "in force"), ("二", "suspended")]),
    ],
)
def test_clauses_meet_by_their_levels_however_they_are_printed(
    named: str, statuses: list[tuple[str, str]]
):
    parts = [
        measure("add", starts="2025-10-09", clauses=(mark,), register=DUAL_USE)
        for mark in ("一(一)", "一(三)")
    ]
    acts = [
        act("mofcom-2025-61", *parts),
        act("s", measure("suspend", f"mofcom-2025-61 {named}", starts="2025-11-07")),
    ]

    assert on_day(acts, "mofcom-2025-61", "2025-11-15") == statuses


def test_a_suspension_for_some_entities_within_a_clause_leaves_all_others_as_they_are():
    suspends = measure(
        "suspend", "uel-2025-10 二", starts="2025-11-10", entities=(entity("Teledyne FLIR, LLC"),)
    )
    acts = [listing(10, "Teledyne FLIR LLC", "Dedrone"), act("s", suspends)]

    assert on_day(acts, "uel-2025-10", "2025-11-15") == [
        ("Dedrone", "in force"),
        ("Teledyne FLIR LLC", "in force"),
        ("二 Dedrone", "in force"),
        ("二 Teledyne FLIR LLC", "suspended"),
    ]


def test_a_name_that_is_listed_again_after_its_removal_stands_there_again():
    removes = measure("remove", register=UEL, starts="2025-12-01", entities=(entity("Dedrone"),))
    acts = [
        listing(10, "Dedrone"),
        act("uel-2025-12", removes, published="2025-12-01"),
        listing(13, "Dedrone", published="2026-01-05"),
    ]

    found = stood(timeline(*acts), date(2026, 2, 1), MeasureQuery(register=UEL))
    assert {on_day.lifecycle.act.key: status_of(on_day) for on_day in found} == {
        "uel-2025-10": "ended: removed",
        "uel-2025-13": "in force",
    }


def test_a_removal_on_one_register_says_nothing_of_another():
    removes = measure(
        "remove", register="cn-watch-list", starts="2025-12-01", entities=(entity("Dedrone"),)
    )

    assert on_day([listing(10, "Dedrone"), act("w", removes)], "uel-2025-10", "2026-01-01") == [
        ("Dedrone", "in force")
    ]


def test_a_new_edition_of_a_whole_register_replaces_the_one_before_it():
    acts = [
        act(
            f"catalogue-{year}",
            measure("replace", register="cn-licence-catalogue", starts=f"{year}-01-01"),
            published=f"{year}-01-01",
        )
        for year in (2022, 2026)
    ]

    assert on_day(acts, "catalogue-2022", "2025-12-31") == [("", "in force")]
    assert on_day(acts, "catalogue-2022", "2026-01-01") == [("", "ended: replaced")]


def test_a_thousand_acts_each_of_which_suspends_the_one_before_are_told_as_well():
    acts = [
        act(f"mofcom-2025-{at}", measure("suspend", f"mofcom-2025-{at - 1}", starts="2025-11-08"))
        for at in range(1, 1001)
    ]

    assert on_day(acts, "mofcom-2025-999", "2025-11-08") == [("", "suspended")]


def test_acts_that_suspend_each_other_come_to_an_end_too():
    acts = [
        act("a", measure("suspend", "b", starts="2025-11-01")),
        act("b", measure("suspend", "a", starts="2025-11-01")),
    ]

    assert {
        status_of(each)
        for key in ("a", "b")
        for each in all_on(timeline(*acts), key, date(2025, 11, 2))
    } == {
        "in force",
        "suspended",
    }
