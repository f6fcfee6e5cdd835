from datetime import UTC, date, datetime, timedelta

import pytest
from acts import UEL, control, listing, suspension
from statutes import act, measure, timeline

from monitor.model import End, KeyDate, KeyDateKind, Measure, Target
from monitor.timeline import Reading, Sighting
from monitor.timeline.timeline import Law, list_due_reminders, list_key_dates

SEEN = datetime(2025, 10, 9, 8, 0, tzinfo=UTC)


def days(*acts, since: date = date.min, until: date = date.max) -> list[tuple[str, str, str]]:
    law = Law([Sighting((Reading(SEEN, known),), baseline=False) for known in acts])
    return [(each.on, each.kind, each.act) for each in law.list_key_dates(since, until)]


def test_first_days_that_are_still_ahead_and_last_days_are_key_dates():
    sunset = act("a", measure("add", starts="2025-11-01", ends="2026-04-30"))

    assert days(control(57, "1C909.a"), sunset, listing(10, "Dedrone")) == [
        ("2025-11-08", "start", "mofcom-2025-57"),
        ("2026-04-30", "end", "a"),
    ]


def test_an_act_whose_clauses_begin_on_two_days_has_two_key_dates():
    parts = [
        measure("add", starts=on, clauses=(mark,))
        for mark, on in (("一", "2025-11-08"), ("二", "2025-12-01"))
    ]

    assert [(each.on, each.clauses) for each in list_key_dates(timeline(act("a", *parts)))] == [
        ("2025-11-08", ("一",)),
        ("2025-12-01", ("二",)),
    ]


def test_what_is_suspended_on_its_first_day_does_not_take_effect_on_it():
    (ends,) = list_key_dates(
        timeline(
            control(57, "1C909.a"),
            control(58, "3A001"),
            suspension(70, "mofcom-2025-57", "mofcom-2025-58"),
        )
    )

    assert (ends.on, ends.kind, ends.act) == ("2026-11-10", "suspension end", "mofcom-2025-70")
    assert ends.amends == (Target(key="mofcom-2025-57"), Target(key="mofcom-2025-58"))


def test_a_suspension_that_goes_on_does_not_end_and_one_that_was_given_a_later_day_ends_then():
    acts = [control(57, "1C909.a"), suspension(70, "mofcom-2025-57")]
    again = act(
        "b",
        measure("suspend", "mofcom-2025-57", starts="2026-11-10", ends="2027-11-10"),
        published="2026-11-01",
    )
    moved = act(
        "c",
        measure("amend", "mofcom-2025-70", starts="2026-11-01", ends="2027-05-10"),
        published="2026-11-01",
    )

    assert ("2026-11-10", "suspension end", "mofcom-2025-70") not in days(*acts, again)
    assert ("2027-11-10", "suspension end", "b") in days(*acts, again)
    assert [each for each in days(*acts, moved) if each[1] == "suspension end"] == [
        ("2027-05-10", "suspension end", "mofcom-2025-70")
    ]


def test_what_is_repealed_before_it_ends_has_no_last_day():
    acts = [
        act("a", measure("add", starts="2025-11-01", ends="2026-04-30")),
        act("b", measure("repeal", "a", starts="2026-01-01")),
    ]

    assert days(*acts) == [("2026-01-01", "start", "b")]


def test_a_day_that_no_text_prints_is_computed():
    ends = End(on="2026-11-10", basis="computed", duration="P1Y", quote="1年")
    suspends = Measure(
        action="suspend", register=UEL, amends=(Target(key="uel-2025-7"),), ends=ends
    )

    (found,) = list_key_dates(timeline(act("a", suspends, published="2025-11-10")))
    assert (found.computed, found.duration, found.quote) == (True, "P1Y", "1年")


def test_the_calendar_is_cut_where_it_is_asked_to_be():
    acts = [
        control(57, "1C909.a"),
        act("a", measure("add", starts="2025-11-01", ends="2026-04-30")),
    ]

    assert days(*acts, since=date(2025, 11, 8), until=date(2025, 11, 8)) == [
        ("2025-11-08", "start", "mofcom-2025-57")
    ]
    assert days(*acts, since=date(2025, 11, 9), until=date(2026, 4, 29)) == []


END = KeyDate(kind=KeyDateKind.END, on="2026-11-10", act="a", authority="cn-mofcom", action="add")


def due(
    on: str, *, hour: int = 4, seen: datetime = SEEN, end: KeyDate = END
) -> list[tuple[int, int]]:
    """What falls due at an hour (UTC) of a day: how many days before, and how late."""
    now = datetime.combine(date.fromisoformat(on), datetime.min.time(), UTC) + timedelta(hours=hour)
    return [(each.before, each.late) for each in list_due_reminders([end], {"a": seen}, now)]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2026-10-10", []),
        ("2026-10-11", [(30, 0)]),
        ("2026-11-02", [(30, 22)]),
        ("2026-11-03", [(7, 0)]),
        ("2026-11-09", [(1, 0)]),
        ("2026-11-10", [(0, 0)]),
        ("2026-11-13", [(0, 3)]),
        ("2026-12-11", []),
    ],
)
def test_on_each_day_the_reminder_that_has_fallen_due_last_is_owed(
    on: str, expected: list[tuple[int, int]]
):
    assert due(on) == expected


def test_days_begin_in_the_authoritys_zone():
    american = KeyDate(
        kind=KeyDateKind.END, on="2026-11-10", act="a", authority="us-bis", action="add"
    )

    assert due("2026-11-09", hour=15) == [(1, 0)]
    assert due("2026-11-09", hour=16) == [(0, 0)]  # midnight in Beijing
    assert due("2026-11-10", hour=4, end=american) == [(1, 0)]
    assert due("2026-11-10", hour=5, end=american) == [(0, 0)]  # midnight in New York


def test_what_fell_due_before_the_act_was_seen_is_not_made_up_for():
    assert due("2026-11-10", seen=datetime(2026, 11, 4, tzinfo=UTC)) == [(0, 0)]
    assert due("2026-11-05", seen=datetime(2026, 11, 4, tzinfo=UTC)) == []
    assert due("2026-11-12", seen=datetime(2026, 11, 11, tzinfo=UTC)) == []


def test_a_key_date_says_what_the_act_does_and_the_end_of_a_suspension_that_it_was_one():
    start, ends = list_key_dates(
        timeline(
            control(57, "1C909.a"),
            listing(10, "Dedrone"),
            suspension(70, "mofcom-2025-58"),
            control(58, "3A001"),
        )
    )
    sunset = act("a", measure("restrict", starts="2025-11-01", ends="2026-04-30"))
    (last,) = list_key_dates(timeline(sunset))

    assert (start.kind, start.action) == ("start", "add")
    assert (ends.kind, ends.action) == ("suspension end", "suspend")
    assert (last.kind, last.action) == ("end", "restrict")


def test_two_things_that_an_act_does_from_one_day_on_are_two_key_dates():
    both = act(
        "a",
        measure("add", starts="2025-12-01", clauses=("一",)),
        measure("restrict", starts="2025-12-01", clauses=("二",)),
    )

    assert [(each.action, each.clauses) for each in list_key_dates(timeline(both))] == [
        ("add", ("一",)),
        ("restrict", ("二",)),
    ]


def test_two_parts_of_an_act_that_begin_to_do_the_same_on_one_day_are_one_key_date():
    parts = [measure("add", starts="2025-12-01", clauses=(mark,)) for mark in ("一", "二")]
    (found,) = list_key_dates(timeline(act("a", *parts)))

    assert found.clauses == ("一", "二")


def test_a_key_date_says_its_register_and_the_words_that_name_its_day():
    acts = act(
        "a",
        measure(
            "restrict", "b", starts="2025-12-01", ends="2026-04-30", register=UEL, clauses=("一",)
        ),
    )
    start, end = list_key_dates(timeline(acts))

    assert (start.register, start.quote, start.clauses, start.amends) == (
        UEL,
        "from 2025-12-01",
        ("一",),
        (Target(key="b"),),
    )
    assert (end.register, end.quote, end.clauses, end.amends) == (UEL, "to 2026-04-30", ("一",), ())
    assert (start.computed, end.computed) == (False, False)


def test_the_last_day_that_another_act_gave_is_told_of_that_act_and_names_the_one_that_ends():
    for_good = measure("restrict", starts="2025-11-01", clauses=("二",))
    sunset = act(
        "a", measure("restrict", starts="2025-11-01", ends="2026-04-30", clauses=("一",)), for_good
    )
    later = act(
        "b",
        measure("amend", "a 一", starts="2026-01-01", ends="2027-04-30"),
        published="2025-12-01",
    )
    (end,) = (
        each
        for each in list_key_dates(timeline(sunset, later))
        if each.action == "restrict" and each.kind == "end"
    )

    assert (end.on, end.act, end.quote) == ("2027-04-30", "b", "to 2027-04-30")
    assert (end.clauses, end.amends) == ((), (Target(key="a", clauses=("一",)),))


@pytest.mark.parametrize(
    ("suspended", "named"),
    [(("a 一", "a 二"), ("一", "二")), (("a 一", "a 二", "a 三"), ()), (("a",), ())],
    ids=["some", "all", "it"],
)
def test_a_suspension_of_all_clauses_that_an_act_has_is_one_of_the_act(
    suspended: tuple[str, ...], named: tuple[str, ...]
):
    parts = [
        measure("restrict", starts="2025-11-01", clauses=(mark,)) for mark in ("一", "二", "三")
    ]
    suspends = measure("suspend", *suspended, starts="2025-11-10", ends="2026-11-10")
    _starts, ends = list_key_dates(timeline(act("a", *parts), act("s", suspends)))

    assert ends.amends == (Target(key="a", clauses=named),)


def test_a_suspension_of_one_clause_of_an_act_that_nobody_has_shown_us_is_of_that_clause():
    stay = measure("suspend", "a 二", starts="2025-11-10", ends="2026-11-10")

    ends = list_key_dates(timeline(act("b", stay)))[-1]

    assert ends.kind is KeyDateKind.SUSPENSION_END
    assert ends.amends == (Target(key="a", clauses=("二",)),)


@pytest.mark.parametrize(
    ("begins", "changed"), [("2026-11-11", ("b",)), ("2026-11-12", ())], ids=["on it", "later"]
)
def test_the_day_after_a_suspension_is_changed_by_what_begins_by_then(begins, changed):
    control = act("a", measure("add", starts="2025-11-01"))
    stay = act("s", measure("suspend", "a", starts="2025-11-10", ends="2026-11-10"))
    change = act("b", measure("amend", "a", starts=begins), published="2026-11-01")

    (end,) = [
        each
        for each in list_key_dates(timeline(control, stay, change))
        if each.kind is KeyDateKind.SUSPENSION_END
    ]

    assert end.changed == changed


def test_the_acts_whose_suspension_ends_are_named_in_the_order_of_their_numbers():
    controls = [control(number, "1C909.a") for number in (100, 57, 9)]
    (ends,) = list_key_dates(
        timeline(*controls, suspension(70, "mofcom-2025-100", "mofcom-2025-57", "mofcom-2025-9"))
    )

    assert [target.key for target in ends.amends] == [
        "mofcom-2025-9",
        "mofcom-2025-57",
        "mofcom-2025-100",
    ]


def test_a_suspension_is_over_on_its_last_day_though_what_it_suspended_had_expired_by_then_and_was_taken_up_again():
    acts = [
        act("a", measure("add", starts="2025-11-01", ends="2026-01-31")),
        act(
            "s",
            measure("suspend", "a", starts="2025-12-01", ends="2026-01-15"),
            published="2025-12-01",
        ),
        act(
            "x",
            measure("amend", "a", starts="2026-05-01", ends="2027-04-30"),
            published="2026-05-01",
        ),
    ]

    assert [each for each in days(*acts) if each[1] == "suspension end"] == [
        ("2026-01-15", "suspension end", "s")
    ]


def test_on_the_day_on_which_an_act_is_first_seen_nobody_is_reminded_of_it():
    assert due("2026-11-03", seen=datetime(2026, 11, 2, 15, 59, tzinfo=UTC)) == [(7, 0)]
    # midnight in Beijing
    assert due("2026-11-03", seen=datetime(2026, 11, 2, 16, tzinfo=UTC)) == []


def test_a_reminder_may_be_thirty_days_late_and_one_of_an_act_that_nobody_has_seen_is_owed_to_nobody():
    assert due("2026-12-10") == [(0, 30)]
    assert list_due_reminders([END], {"b": SEEN}, datetime(2026, 11, 10, tzinfo=UTC)) == []


def test_what_gives_an_act_a_later_last_day_has_none_of_its_own_beside_it():
    sunset = act("a", measure("add", starts="2025-11-01", ends="2026-04-30"))
    later = act(
        "b", measure("amend", "a", starts="2026-02-01", ends="2026-12-31"), published="2026-01-05"
    )

    ends = [each for each in list_key_dates(timeline(sunset, later)) if each.kind == "end"]

    assert [(each.on, each.act, each.amends) for each in ends] == [
        ("2026-12-31", "b", (Target(key="a"),))
    ]


def test_what_gives_an_act_that_is_not_known_a_last_day_and_what_ends_itself_keep_theirs():
    alone = act(
        "b", measure("amend", "a", starts="2026-02-01", ends="2026-12-31"), published="2026-01-05"
    )
    own = act(
        "c",
        measure("amend", "a", starts="2026-02-01", ends="2026-12-31"),
        measure("add", ends="2026-12-31"),
    )

    assert [on for on, kind, _ in days(alone) if kind == "end"] == ["2026-12-31"]
    assert ("2026-12-31", "end", "c") in days(act("a", measure("add", ends="2026-04-30")), own)
