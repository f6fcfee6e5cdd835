import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from acts import DUAL_USE, UEL, control, entity, listing, suspension
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model import Action, Announcement, End, Item, Measure, Start, Target
from monitor.timeline import Asked, Reading, Sighting, Status, StatusOnDay, Timeline, known

SEEN = datetime(2025, 10, 9, 8, 0, tzinfo=UTC)
SIX = tuple(f"mofcom-2025-{number}" for number in (55, 56, 57, 58, 61, 62))


def act(key: str, *measures: Measure, published: str | None = "2025-11-01", authority: str = "cn-mofcom") -> Announcement:
    return Announcement(key=key, authority=authority, title=key, published=published, measures=measures, understood="full")


def measure(action: str, *targets: str, starts: str = "", ends: str = "", clauses: tuple[str, ...] = (), **more) -> Measure:
    """A measure on whole acts (`mofcom-2025-57`) or on clauses of them (`mofcom-2024-46 二`)."""
    amends = tuple(Target(key=key, clauses=(mark,) if mark else ()) for key, _, mark in (each.partition(" ") for each in targets))
    return Measure(
        action=Action(action),
        amends=amends,
        clauses=clauses,
        starts=Start(on=starts, basis="explicit", quote=f"from {starts}") if starts else None,
        ends=End(on=ends, basis="explicit", quote=f"to {ends}") if ends else None,
        **more,
    )


def timeline(*acts: Announcement) -> Timeline:
    return Timeline((each, SEEN) for each in acts)


def on_day(acts: tuple[Announcement, ...] | list[Announcement], key: str, day: str) -> list[tuple[str, str]]:
    """How an act's measures stand on a day: the clauses or names of each part, and its status."""
    on = date.fromisoformat(day)
    return sorted((_part(on_day), _status(on_day)) for on_day in _all(timeline(*acts), key, on))


def _all(line: Timeline, key: str, on: date) -> list[StatusOnDay]:
    return [StatusOnDay(lifecycle, span) for lifecycle in line.of_act(key) if (span := lifecycle.on(on))]


def _part(on_day: StatusOnDay) -> str:
    names = [name for entity in on_day.lifecycle.entities for name in entity.names.values()]
    return " ".join([*on_day.lifecycle.clauses, *names, *on_day.lifecycle.destinations])


def _status(on_day: StatusOnDay) -> str:
    return f"{on_day.span.status}: {on_day.span.why}" if on_day.span.why else str(on_day.span.status)


def test_a_measure_is_announced_until_its_first_day_and_in_force_from_then_on():
    acts = [control(57, "1C909.a")]

    assert [on_day(acts, "mofcom-2025-57", day) for day in ("2025-10-08", "2025-10-09", "2025-11-07", "2025-11-08")] == [
        [],
        [("", "announced")],
        [("", "announced")],
        [("", "in force")],
    ]


def test_the_last_day_that_is_stated_is_a_day_of_effect():
    acts = [act("mofcom-2025-1", measure("add", starts="2025-11-01", ends="2025-12-31"))]

    assert on_day(acts, "mofcom-2025-1", "2025-12-31") == [("", "in force")]
    assert on_day(acts, "mofcom-2025-1", "2026-01-01") == [("", "ended: expired")]


def test_six_controls_are_suspended_for_a_year_and_then_nobody_has_said_that_they_apply_again():
    acts = [*(control(int(key[-2:]), "1C909.a") for key in SIX), suspension(70, *SIX)]

    for key in SIX:
        assert on_day(acts, key, "2025-11-06") == [("", "announced")]
        assert on_day(acts, key, "2025-11-15") == [("", "suspended")]
        assert on_day(acts, key, "2026-11-10") == [("", "suspended")]
        assert on_day(acts, key, "2026-11-11") == [("", "suspension ended")]


def test_the_suspension_is_its_own_evidence_and_says_its_last_day():
    (lifecycle,) = timeline(control(57, "1C909.a"), suspension(70, "mofcom-2025-57")).of_act("mofcom-2025-57")
    over = lifecycle.on(date(2026, 11, 11))

    assert over is not None
    assert over.last == date(2026, 11, 10)
    assert [cause.act.key for cause in over.because] == ["mofcom-2025-70"]


def test_a_second_suspension_carries_on_where_the_first_one_ends():
    acts = [
        listing(7, "Teledyne", published="2025-04-04"),
        act("a", measure("suspend", "uel-2025-7", starts="2025-05-14", ends="2025-08-12"), published="2025-05-14"),
        act("b", measure("suspend", "uel-2025-7", starts="2025-08-12", ends="2025-11-10"), published="2025-08-12"),
    ]

    assert [on_day(acts, "uel-2025-7", day)[0][1] for day in ("2025-05-13", "2025-08-13", "2025-11-11")] == [
        "in force",
        "suspended",
        "suspension ended",
    ]


def test_an_amendment_of_the_suspending_act_moves_its_last_day():
    acts = [
        control(57, "1C909.a"),
        suspension(70, "mofcom-2025-57"),
        act("mofcom-2026-80", measure("amend", "mofcom-2025-70", starts="2026-11-01", ends="2027-11-10"), published="2026-11-01"),
    ]

    assert on_day(acts, "mofcom-2025-57", "2026-11-11") == [("", "suspended")]
    assert on_day(acts, "mofcom-2025-57", "2027-11-11") == [("", "suspension ended")]


def test_resuming_an_act_ends_its_suspension_before_its_last_day():
    acts = [
        control(57, "1C909.a"),
        suspension(70, "mofcom-2025-57"),
        act("mofcom-2026-5", measure("resume", "mofcom-2025-57", starts="2026-02-01"), published="2026-01-20"),
    ]

    assert [on_day(acts, "mofcom-2025-57", day)[0][1] for day in ("2026-01-31", "2026-02-01", "2026-11-11")] == [
        "suspended",
        "in force",
        "in force",
    ]


def test_a_suspension_that_follows_a_resumption_counts_anew():
    acts = [
        control(57, "1C909.a"),
        suspension(70, "mofcom-2025-57"),
        act("mofcom-2026-5", measure("resume", "mofcom-2025-57", starts="2026-02-01"), published="2026-01-20"),
        act("mofcom-2026-9", measure("suspend", "mofcom-2025-57", starts="2026-03-01"), published="2026-03-01"),
    ]

    assert on_day(acts, "mofcom-2025-57", "2026-03-01") == [("", "suspended")]


@pytest.mark.parametrize("action", ["repeal", "remove", "replace"])
def test_when_the_suspending_act_is_ended_its_target_applies_again(action: str):
    acts = [
        control(57, "1C909.a"),
        suspension(70, "mofcom-2025-57"),
        act("mofcom-2026-5", measure(action, "mofcom-2025-70", starts="2026-02-01"), published="2026-01-20"),
    ]

    assert [on_day(acts, "mofcom-2025-57", day)[0][1] for day in ("2026-01-31", "2026-02-01")] == ["suspended", "in force"]


def test_a_suspended_suspension_does_not_suspend():
    acts = [
        control(57, "1C909.a"),
        suspension(70, "mofcom-2025-57"),
        act("c", measure("suspend", "mofcom-2025-70", starts="2026-02-01", ends="2026-02-28"), published="2026-02-01"),
    ]

    assert [on_day(acts, "mofcom-2025-57", day)[0][1] for day in ("2026-01-31", "2026-02-01", "2026-03-01")] == [
        "suspended",
        "in force",
        "suspended",
    ]


def test_what_was_repealed_stays_repealed_when_the_repealing_act_is_itself_repealed():
    acts = [
        act("a", measure("add", starts="2020-01-01"), published="2020-01-01"),
        act("b", measure("repeal", "a", starts="2022-01-01"), published="2021-12-31"),
        act("c", measure("repeal", "b", starts="2026-01-01"), published="2025-12-31"),
    ]

    assert on_day(acts, "a", "2026-06-01") == [("", "ended: repealed")]


def test_a_repeal_before_the_first_day_leaves_nothing_to_take_effect():
    acts = [control(57, "1C909.a"), act("b", measure("repeal", "mofcom-2025-57", starts="2025-11-01"))]

    assert on_day(acts, "mofcom-2025-57", "2025-11-08") == [("", "ended: repealed")]


def test_only_the_clause_that_is_named_is_suspended():
    acts = [
        act("mofcom-2024-46", measure("restrict", starts="2024-12-03", destinations=("US",)), published="2024-12-03"),
        act("mofcom-2025-72", measure("suspend", "mofcom-2024-46 二", starts="2025-11-09", ends="2026-11-27")),
    ]

    assert on_day(acts, "mofcom-2024-46", "2025-11-15") == [("US", "in force"), ("二 US", "suspended")]


@pytest.mark.parametrize(
    ("named", "statuses"),
    [
        ("一（三）", [("一(一)", "in force"), ("一(三)", "suspended")]),
        ("第一条", [("一(一)", "suspended"), ("一(三)", "suspended")]),
        ("二", [("一(一)", "in force"), ("一(三)", "in force"), ("二", "suspended")]),
    ],
)
def test_clauses_meet_by_their_levels_however_they_are_printed(named: str, statuses: list[tuple[str, str]]):
    parts = [measure("add", starts="2025-10-09", clauses=(mark,), register=DUAL_USE) for mark in ("一(一)", "一(三)")]
    acts = [act("mofcom-2025-61", *parts), act("s", measure("suspend", f"mofcom-2025-61 {named}", starts="2025-11-07"))]

    assert on_day(acts, "mofcom-2025-61", "2025-11-15") == statuses


def test_of_a_measure_under_two_clauses_the_one_that_is_not_suspended_stays_in_force():
    both = act("mofcom-2025-61", measure("add", starts="2025-10-09", clauses=("一", "二"), register=DUAL_USE))
    one = act("s", measure("suspend", "mofcom-2025-61 一", starts="2025-11-07", ends="2026-11-10"))

    assert on_day([both, one], "mofcom-2025-61", "2025-11-15") == [("一", "suspended"), ("二", "in force")]
    assert on_day([both, one], "mofcom-2025-61", "2026-11-11") == [("一", "suspension ended"), ("二", "in force")]


def test_a_suspension_for_some_entities_within_a_clause_leaves_all_others_as_they_are():
    suspends = measure("suspend", "uel-2025-10 二", starts="2025-11-10", entities=(entity("Teledyne FLIR, LLC"),))
    acts = [listing(10, "Teledyne FLIR LLC", "Dedrone"), act("s", suspends)]

    assert on_day(acts, "uel-2025-10", "2025-11-15") == [
        ("Dedrone", "in force"),
        ("Teledyne FLIR LLC", "in force"),
        ("二 Dedrone", "in force"),
        ("二 Teledyne FLIR LLC", "suspended"),
    ]


def test_a_name_taken_off_a_register_ends_its_listing_though_the_act_that_listed_it_is_not_named():
    removes = measure("remove", register=UEL, starts="2025-12-01", entities=(entity("DEDRONE  by Axon"),))
    acts = [listing(10, "Dedrone by Axon", "TechInsights"), act("uel-2025-12", removes)]

    assert on_day(acts, "uel-2025-10", "2025-12-01") == [("Dedrone by Axon", "ended: removed"), ("TechInsights", "in force")]


def test_a_name_that_is_listed_again_after_its_removal_stands_there_again():
    removes = measure("remove", register=UEL, starts="2025-12-01", entities=(entity("Dedrone"),))
    acts = [
        listing(10, "Dedrone"),
        act("uel-2025-12", removes, published="2025-12-01"),
        listing(13, "Dedrone", published="2026-01-05"),
    ]

    found = timeline(*acts).on(date(2026, 2, 1), Asked(entity="dedrone"))
    assert {on_day.lifecycle.act.key: _status(on_day) for on_day in found} == {
        "uel-2025-10": "ended: removed",
        "uel-2025-13": "in force",
    }


def test_a_removal_on_one_register_says_nothing_of_another():
    removes = measure("remove", register="cn-watch-list", starts="2025-12-01", entities=(entity("Dedrone"),))

    assert on_day([listing(10, "Dedrone"), act("w", removes)], "uel-2025-10", "2026-01-01") == [("Dedrone", "in force")]


def test_an_item_is_suspended_with_the_code_that_it_lies_under():
    suspends = measure("suspend", "mofcom-2025-57", starts="2025-11-09", items=(Item(names={}, codes=("1C909",)),))
    line = timeline(control(57, "1C909.a", "1C910.a"), act("s", suspends))

    found = line.on(date(2025, 11, 15), Asked(register=DUAL_USE))
    assert {on_day.lifecycle.items[0].codes: str(on_day.span.status) for on_day in found} == {
        ("1C909.a",): "suspended",
        ("1C910.a",): "in force",
    }


def test_a_suspension_for_one_destination_leaves_the_others():
    acts = [
        act("a", measure("restrict", starts="2025-01-01", destinations=("US", "JP")), published="2025-01-01"),
        act("s", measure("suspend", "a", starts="2025-11-09", destinations=("US",))),
    ]

    assert on_day(acts, "a", "2025-11-15") == [("JP", "in force"), ("US", "suspended")]


def test_of_an_act_that_nobody_has_shown_us_the_words_of_others_are_told():
    line = timeline(act("s", measure("suspend", "uel-2025-7", register=UEL, starts="2025-05-14", ends="2025-08-12")))

    (found,) = line.on(date(2025, 6, 1), Asked(register=UEL))
    assert (found.lifecycle.act.key, found.lifecycle.seen, found.span.status) == ("uel-2025-7", False, Status.SUSPENDED)
    assert line.on(date(2025, 5, 13), Asked(register=UEL)) == []


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
    acts = [act(f"mofcom-2025-{at}", measure("suspend", f"mofcom-2025-{at - 1}", starts="2025-11-08")) for at in range(1, 1001)]

    assert on_day(acts, "mofcom-2025-999", "2025-11-08") == [("", "suspended")]


def test_acts_that_suspend_each_other_come_to_an_end_too():
    acts = [act("a", measure("suspend", "b", starts="2025-11-01")), act("b", measure("suspend", "a", starts="2025-11-01"))]

    assert {_status(each) for key in ("a", "b") for each in _all(timeline(*acts), key, date(2025, 11, 2))} == {
        "in force",
        "suspended",
    }


@pytest.mark.parametrize(("asked", "number"), [("EAR99", 1), ("ear99", 1), ("ML1", 1), ("ml1.b", 1), ("ML", 0), ("EAR9", 0)])
def test_a_code_of_one_level_is_found_as_a_whole(asked: str, number: int):
    assert len(timeline(control(57, "EAR99", "ML1")).on(date(2025, 11, 8), Asked(item=asked))) == number


@pytest.mark.parametrize(
    ("asked", "number"), [("1C909.a", 1), ("1c909", 1), ("1C", 1), ("1D", 0), ("1C909.a.1", 1), ("1C90", 0), ("1C910", 0)]
)
def test_a_code_is_found_by_what_it_lies_under_and_by_what_lies_under_it(asked: str, number: int):
    assert len(timeline(control(57, "1C909.a")).on(date(2025, 11, 8), Asked(item=asked))) == number


@pytest.mark.parametrize(("asked", "number"), [("2805", 1), ("28053019", 1), ("2805301900", 1), ("2806", 0)])
def test_an_hs_number_is_found_by_its_beginning(asked: str, number: int):
    item = Item(names={"zh": "钬"}, hs=("28053019",))
    acts = [act("a", measure("add", register=DUAL_USE, starts="2025-11-08", items=(item,)))]

    assert len(timeline(*acts).on(date(2025, 11, 8), Asked(item=asked))) == number


@pytest.mark.parametrize("asked", ["Dedrone by Axon", "ＤＥＤＲＯＮＥ by  Axon", "反无人机技术公司"])
def test_an_entity_is_found_by_any_of_its_names_however_it_is_written(asked: str):
    listed = measure("add", register=UEL, starts="2025-10-09", entities=(entity("Dedrone by Axon", "反无人机技术公司"),))

    assert len(timeline(act("a", listed)).on(date(2025, 11, 8), Asked(entity=asked))) == 1


def test_a_destination_is_found_where_a_measure_names_it():
    acts = [act("a", measure("restrict", starts="2025-01-01", destinations=("US",))), listing(10, "Dedrone")]

    assert [each.lifecycle.act.key for each in timeline(*acts).on(date(2025, 11, 8), Asked(destination="us"))] == ["a"]


def test_everything_that_is_asked_has_to_be_met():
    acts = [listing(10, "Dedrone"), control(57, "1C909.a")]

    assert timeline(*acts).on(date(2025, 11, 8), Asked(register=UEL, item="1C909")) == []


def test_a_clock_time_is_a_day_of_the_authority():
    late = measure("add", starts="2025-04-09T23:30-04:00")

    assert on_day([act("a", late, published="2025-04-09")], "a", "2025-04-10") == [("", "in force")]
    assert on_day([act("b", late, published="2025-04-09", authority="us-bis")], "b", "2025-04-09") == [("", "in force")]


def test_an_act_without_any_day_counts_from_the_day_on_which_we_saw_it():
    acts = [act("a", measure("restrict"), published=None)]

    assert on_day(acts, "a", "2025-10-08") == []
    assert on_day(acts, "a", "2025-10-09") == [("", "in force")]


def sighting(first: Announcement, at: datetime, *later: tuple[Announcement, datetime], baseline: bool = False) -> Sighting:
    return Sighting((Reading(at, first), *(Reading(moment, each) for each, moment in later)), baseline)


def test_what_was_known_on_a_day_ends_with_that_day_in_the_authoritys_zone():
    midnight = datetime(2025, 11, 7, 15, 59, tzinfo=UTC)  # 23:59 in Beijing
    seen = [sighting(suspension(70, "mofcom-2025-57"), midnight), sighting(control(57, "1C909.a"), SEEN)]
    later = [sighting(suspension(70, "mofcom-2025-57"), midnight + timedelta(minutes=2))]

    assert len(known(seen, date(2025, 11, 7))) == 2
    assert known(later, date(2025, 11, 7)) == []


def test_an_act_that_was_there_before_we_were_counts_as_known_from_its_publication():
    old = control(18, "1C902.a", published="2025-04-04")

    assert known([sighting(old, SEEN, baseline=True)], date(2025, 5, 1)) == [(old, SEEN)]
    assert known([sighting(old, SEEN)], date(2025, 5, 1)) == []


def test_an_act_that_was_there_before_we_were_was_not_known_before_it_was_published():
    old = control(18, "1C902.a", published="2025-04-04")
    undated = msgspec.structs.replace(old, published=None)

    assert known([sighting(old, SEEN, baseline=True)], date(2025, 4, 4)) == [(old, SEEN)]
    assert known([sighting(old, SEEN, baseline=True)], date(2025, 4, 3)) == []
    assert known([sighting(undated, SEEN, baseline=True)], date(2025, 10, 8)) == []


def test_what_was_known_on_a_day_is_the_act_as_it_was_understood_then():
    before, after = control(57, "1C909.a"), control(57, "1C909.a", "1C910.a")
    seen = [sighting(before, SEEN, (after, SEEN + timedelta(days=3)))]

    assert known(seen, date(2025, 10, 10)) == [(before, SEEN)]
    assert known(seen) == [(after, SEEN)]


ACTIONS = st.sampled_from(["add", "suspend", "resume", "repeal", "remove", "replace", "amend", "restrict"])
DAYS = st.integers(0, 40).map(lambda days: (date(2025, 11, 1) + timedelta(days=days)).isoformat())
KEYS = [f"mofcom-2025-{number}" for number in range(1, 7)]
TARGETS = st.lists(st.sampled_from([*KEYS, "mofcom-2025-1 二", "mofcom-2025-2 一(三)", "unseen-2024-1"]), max_size=2, unique=True)
MEASURES = st.builds(
    lambda action, targets, starts, ends, register, names: measure(
        action, *targets, starts=starts, ends=ends, register=register, entities=tuple(entity(name) for name in names)
    ),
    ACTIONS,
    TARGETS,
    st.one_of(st.just(""), DAYS),
    st.one_of(st.just(""), DAYS),
    st.sampled_from([None, UEL]),
    st.lists(st.sampled_from(["Dedrone", "Epirus", "Teledyne"]), max_size=2, unique=True),
)


@st.composite
def statute_books(draw: st.DrawFn) -> list[Announcement]:
    keys = draw(st.lists(st.sampled_from(KEYS), min_size=1, unique=True))
    return [act(key, *draw(st.lists(MEASURES, max_size=2)), published=draw(DAYS)) for key in keys]


def told(line: Timeline) -> list[object]:
    """A timeline as plain values."""
    return [
        (lifecycle.act.key, lifecycle.clauses, lifecycle.apart, msgspec.to_builtins(lifecycle.entities), lifecycle.seen, [
            (span.since, span.until, span.status, span.why, span.last, [cause.act.key for cause in span.because])
            for span in lifecycle.spans
        ])
        for lifecycle in line.lifecycles
    ]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(statute_books(), st.randoms(use_true_random=False))
def test_in_whatever_order_acts_arrive_the_timeline_is_the_same(acts, random):
    arrivals = list(acts)
    random.shuffle(arrivals)

    ordered = Timeline((each, SEEN + timedelta(hours=at)) for at, each in enumerate(acts))
    shuffled = Timeline((each, SEEN + timedelta(days=at)) for at, each in enumerate(arrivals))
    assert told(ordered) == told(shuffled)


@settings(max_examples=300, deadline=None)
@given(statute_books())
def test_a_life_has_one_status_on_every_day_from_its_first_to_the_last_that_there_is(acts):
    for lifecycle in timeline(*acts).lifecycles:
        days = [day for span in lifecycle.spans for day in (span.since, span.until)]
        assert days == sorted(days)
        assert days[-1] == date.max
        assert all(lifecycle.on(day) for day in days)


@contextmanager
def local_time(zone: str) -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
        time.tzset()


@settings(max_examples=60, deadline=None)
@given(statute_books(), st.sampled_from(["Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York", "Asia/Shanghai"]))
def test_no_day_depends_on_where_this_machine_stands(acts, zone):
    clock_times = act("t", measure("add", starts="2025-11-10T12:01+08:00"), measure("add", starts="2025-11-10T12:01"))
    with local_time("UTC"):
        here = told(timeline(*acts, clock_times))
    with local_time(zone):
        assert told(timeline(*acts, clock_times)) == here
