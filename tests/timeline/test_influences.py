"""What of all that touches a measure decides on a day, and which measures are named as the reason."""

from datetime import date

import pytest
from statutes import act, all_on, measure, on_day, timeline

from monitor.model import Announcement

A = act("a", measure("restrict", starts="2025-11-10"), published="2025-11-01")


def on(day: str, *acts: Announcement, key: str = "a") -> tuple[str, list[str]]:
    """How an act's only measure stands on a day, and the acts that made it so."""
    (found,) = all_on(timeline(*acts), key, date.fromisoformat(day))
    return str(found.span.status), [cause.act.key for cause in found.span.because]


def later(key: str, action: str, target: str, starts: str, ends: str = "") -> Announcement:
    return act(key, measure(action, target, starts=starts, ends=ends), published=starts)


def test_a_later_day_that_begins_to_hold_the_day_after_the_last_one_leaves_no_gap():
    acts = [
        act("a", measure("restrict", starts="2025-11-10", ends="2026-04-30")),
        later("x", "amend", "a", "2026-05-01", "2027-04-30"),
    ]

    assert [on_day(acts, "a", day)[0][1] for day in ("2026-04-30", "2026-05-01", "2027-04-30", "2027-05-01")] == [
        "in force",
        "in force",
        "in force",
        "ended: expired",
    ]


def test_of_two_last_days_that_were_given_one_after_the_other_the_newer_counts():
    acts = [A, later("x", "amend", "a", "2026-01-01", "2027-04-30"), later("y", "amend", "a", "2026-02-01", "2026-06-30")]

    assert on("2026-06-30", *acts) == ("in force", ["a"])
    assert on("2026-07-01", *acts) == ("ended", ["y"])


def test_what_expired_may_be_given_a_later_day_and_is_in_force_again():
    acts = [
        act("a", measure("restrict", starts="2025-11-10", ends="2026-04-30")),
        later("x", "amend", "a", "2026-07-01", "2027-04-30"),
    ]

    assert on("2026-06-30", *acts) == ("ended", ["a"])
    assert on("2026-07-01", *acts) == ("in force", ["a"])


def test_from_the_day_on_which_it_is_resumed_the_resumption_is_named_beside_the_act():
    acts = [A, later("s", "suspend", "a", "2025-12-01", "2026-11-10"), later("r", "resume", "a", "2026-02-01")]

    assert on("2026-01-31", *acts) == ("suspended", ["s"])
    assert on("2026-02-01", *acts) == ("in force", ["a", "r"])
    assert on("2026-11-11", *acts) == ("in force", ["a", "r"])


def test_a_resumption_after_the_last_day_of_a_suspension_says_that_the_act_applies_again():
    acts = [A, later("s", "suspend", "a", "2025-12-01", "2026-01-31"), later("r", "resume", "a", "2026-03-01")]

    assert on("2026-02-28", *acts) == ("suspension ended", ["s"])
    assert on("2026-03-01", *acts) == ("in force", ["a", "r"])


def test_a_resumption_on_the_day_after_the_last_of_a_suspension_leaves_nobody_in_doubt():
    acts = [A, later("s", "suspend", "a", "2025-12-01", "2026-01-31"), later("r", "resume", "a", "2026-02-01")]

    assert on("2026-01-31", *acts) == ("suspended", ["s"])
    assert on("2026-02-01", *acts) == ("in force", ["a", "r"])


def test_a_resumption_from_before_a_suspension_ends_nothing_of_it_and_says_nothing_of_what_follows():
    acts = [
        A,
        later("s", "suspend", "a", "2025-12-01", "2026-01-31"),
        later("r", "resume", "a", "2026-03-01"),
        later("t", "suspend", "a", "2026-04-01", "2026-05-31"),
    ]

    assert on("2026-04-01", *acts) == ("suspended", ["t"])
    assert on("2026-06-01", *acts) == ("suspension ended", ["t"])


def test_of_two_resumptions_the_first_ends_a_suspension_and_the_last_is_named():
    acts = [
        A,
        later("s", "suspend", "a", "2025-12-01", "2026-11-10"),
        later("r", "resume", "a", "2026-02-01"),
        later("q", "resume", "a", "2026-03-01"),
    ]

    assert on("2026-02-28", *acts) == ("in force", ["a", "r"])
    assert on("2026-03-01", *acts) == ("in force", ["a", "q"])


def test_a_suspension_that_begins_on_the_day_of_a_resumption_is_ended_by_it_if_the_resumption_comes_later():
    suspends = later("b", "suspend", "a", "2026-02-01", "2026-11-10")

    assert on("2026-02-01", A, suspends, later("c", "resume", "a", "2026-02-01")) == ("in force", ["a", "c"])
    assert on("2026-02-01", A, later("0", "resume", "a", "2026-02-01"), suspends) == ("suspended", ["b"])


@pytest.mark.parametrize("action", ["repeal", "remove", "replace"])
def test_what_its_suspension_was_ended_by_is_named_beside_the_act_that_applies_again(action: str):
    acts = [A, later("s", "suspend", "a", "2025-12-01", "2026-11-10"), later("r", action, "s", "2026-02-01")]

    assert on("2026-02-01", *acts) == ("in force", ["a", "r"])


def test_while_its_suspension_is_suspended_that_is_named_beside_the_act():
    acts = [
        A,
        later("s", "suspend", "a", "2025-12-01", "2026-11-10"),
        later("t", "suspend", "s", "2026-02-01", "2026-02-28"),
    ]

    assert on("2026-02-01", *acts) == ("in force", ["a", "t"])
    assert on("2026-03-01", *acts) == ("suspended", ["s"])
    assert on("2026-11-11", *acts) == ("suspension ended", ["s"])


def test_a_suspension_that_others_gave_a_later_day_ends_by_theirs():
    acts = [
        A,
        later("s", "suspend", "a", "2025-12-01", "2026-11-10"),
        later("x", "amend", "s", "2026-10-01", "2027-11-10"),
    ]

    assert on("2027-11-10", *acts) == ("suspended", ["s"])
    assert on("2027-11-11", *acts) == ("suspension ended", ["s", "x"])


def test_of_two_suspensions_that_end_one_after_the_other_the_later_says_what_follows():
    acts = [
        A,
        later("s", "suspend", "a", "2025-12-01", "2026-06-30"),
        later("t", "suspend", "a", "2026-01-01", "2026-03-31"),
    ]

    assert on("2026-01-01", *acts) == ("suspended", ["s", "t"])
    assert on("2026-04-01", *acts) == ("suspended", ["s"])
    assert on("2026-07-01", *acts) == ("suspension ended", ["s"])


@pytest.mark.parametrize(
    ("last", "after"), [("2025-11-08", "announced"), ("2025-11-09", "in force"), ("2025-11-10", "suspension ended")]
)
def test_a_suspension_over_before_the_first_day_leaves_that_as_it_was_announced(last: str, after: str):
    acts = [A, later("s", "suspend", "a", "2025-11-05", last)]
    next_day = date.fromordinal(date.fromisoformat(last).toordinal() + 1).isoformat()

    assert on("2025-11-04", *acts) == ("announced", ["a"])
    assert on(last, *acts) == ("suspended", ["s"])
    assert on(next_day, *acts)[0] == after
    assert on("2025-11-11", *acts)[0] == ("suspension ended" if after == "suspension ended" else "in force")


def test_what_is_repealed_is_ended_from_that_day_whatever_else_is_said_of_it():
    acts = [
        A,
        later("s", "suspend", "a", "2025-12-01", "2026-11-10"),
        later("r", "repeal", "a", "2026-02-01"),
        later("q", "remove", "a", "2026-03-01"),
    ]

    assert on_day(acts, "a", "2026-01-31") == [("", "suspended")]
    assert on_day(acts, "a", "2026-02-01") == [("", "ended: repealed")]
    assert on_day(acts, "a", "2026-06-01") == [("", "ended: repealed")]


def test_an_act_that_takes_effect_never_does_nothing_to_others():
    """A repeal that is itself repealed before its first day."""
    acts = [
        A,
        act("r", measure("repeal", "a", starts="2026-06-01"), published="2026-01-01"),
        later("q", "repeal", "r", "2026-02-01"),
    ]

    assert on("2026-06-01", *acts) == ("in force", ["a"])


def test_of_an_act_nobody_has_read_nothing_is_said_beyond_what_others_say():
    suspended = later("s", "suspend", "u", "2025-12-01", "2026-01-31")
    resumed = later("r", "resume", "u", "2026-03-01")

    assert on_day([suspended], "u", "2025-11-30") == []
    assert on("2026-02-01", suspended, resumed, key="u") == ("suspension ended", ["s"])
    assert on("2026-03-01", suspended, resumed, key="u") == ("in force", ["r"])
    assert on_day([resumed], "u", "2026-02-28") == []


def test_of_an_act_nobody_has_read_whose_suspension_is_repealed_the_repeal_is_named_alone():
    acts = [later("s", "suspend", "u", "2025-12-01"), later("q", "repeal", "s", "2026-02-01")]

    assert on("2026-02-01", *acts, key="u") == ("in force", ["q"])


def test_what_nobody_ends_lasts_to_the_last_day_there_is():
    assert on("9999-12-31", A) == ("in force", ["a"])
    assert on("9999-12-31", A, later("s", "suspend", "a", "2025-12-01")) == ("suspended", ["s"])


def test_stretches_in_which_nothing_changes_are_one():
    acts = [A, later("x", "amend", "a", "2026-01-01", "2027-04-30")]
    (lifecycle,) = timeline(*acts).of_act("a")

    assert [(span.since.isoformat(), str(span.status)) for span in lifecycle.spans] == [
        ("2025-11-01", "announced"),
        ("2025-11-10", "in force"),
        ("2027-05-01", "ended"),
    ]
    assert [span.until for span in lifecycle.spans] == [date(2025, 11, 9), date(2027, 4, 30), date.max]


def test_on_the_day_from_which_it_is_resumed_an_act_is_in_force_though_its_suspension_names_that_day_as_its_last():
    acts = [A, later("s", "suspend", "a", "2025-12-01", "2026-01-31"), later("r", "resume", "a", "2026-01-31")]

    assert on("2026-01-30", *acts) == ("suspended", ["s"])
    assert on("2026-01-31", *acts) == ("in force", ["a", "r"])
    assert on("2026-02-01", *acts) == ("in force", ["a", "r"])


def test_a_suspension_of_one_day_that_comes_after_a_resumption_of_that_day_is_not_ended_by_it():
    acts = [A, later("b", "resume", "a", "2026-02-01"), later("c", "suspend", "a", "2026-02-01", "2026-02-01")]

    assert on("2026-02-01", *acts) == ("suspended", ["c"])
    assert on("2026-02-02", *acts) == ("suspension ended", ["c"])
