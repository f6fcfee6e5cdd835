"""What comes and goes, weighed without a page: which return is told, and which is held."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.diff.flaps import STABLE, WITHIN, Flaps, record_telling, weigh_flap

NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
PATIENCE = 10 * MINUTE


def test_a_first_return_is_held_without_a_word_until_it_has_stayed_for_a_while():
    became = record_telling(Flaps(current="old"), "new", NOW)

    first = weigh_flap(became, "old", NOW + HOUR, PATIENCE)
    still = weigh_flap(first.flaps, "old", NOW + HOUR + 9 * MINUTE, PATIENCE)
    stayed = weigh_flap(still.flaps, "old", NOW + HOUR + PATIENCE, PATIENCE)

    assert [(one.held, one.begins, one.flaps.current) for one in (first, still, stayed)] == [
        (True, False, "new"),
        (True, False, "new"),
        (False, False, "old"),
    ]


def test_from_the_second_return_on_what_alternates_is_held_and_that_is_said_once():
    became = record_telling(record_telling(Flaps(current="old"), "new", NOW), "old", NOW + HOUR)

    first = weigh_flap(became, "new", NOW + 2 * HOUR)
    again = weigh_flap(first.flaps, "new", NOW + 3 * HOUR)

    assert [(one.held, one.begins, one.flaps.begun) for one in (first, again)] == [
        (True, True, NOW + HOUR),
        (True, False, NOW + HOUR),
    ]
    assert not weigh_flap(again.flaps, "third", NOW + 4 * HOUR).held
    assert weigh_flap(again.flaps, "new", NOW + 2 * HOUR + STABLE - SECOND).held
    assert not weigh_flap(again.flaps, "new", NOW + 2 * HOUR + STABLE).held


def test_what_was_told_last_is_never_held_and_ends_the_waiting_for_what_came_between():
    between = weigh_flap(
        record_telling(Flaps(current="old"), "new", NOW), "old", NOW + HOUR, PATIENCE
    )

    back = weigh_flap(between.flaps, "new", NOW + 2 * HOUR, PATIENCE)
    again = weigh_flap(back.flaps, "old", NOW + 2 * HOUR + MINUTE, PATIENCE)

    assert not back.held
    assert back.flaps.returns == ()
    assert again.held  # it has stayed for a minute, and not for an hour


def test_another_version_that_comes_back_waits_for_its_own_time():
    became = record_telling(
        record_telling(Flaps(current="first"), "second", NOW), "third", NOW + HOUR
    )

    first = weigh_flap(became, "first", NOW + 2 * HOUR, PATIENCE)
    second = weigh_flap(first.flaps, "second", NOW + 2 * HOUR + PATIENCE, PATIENCE)

    assert second.held
    assert not weigh_flap(second.flaps, "second", NOW + 2 * HOUR + 2 * PATIENCE, PATIENCE).held


@pytest.mark.parametrize(("after", "is_held"), [(WITHIN, True), (WITHIN + SECOND, False)])
def test_a_version_is_remembered_for_a_day(after: timedelta, is_held: bool):
    became = record_telling(Flaps(current="old"), "new", NOW)

    assert weigh_flap(became, "old", NOW + after, PATIENCE).held is is_held


def test_what_has_not_come_back_for_a_day_is_no_longer_said_to_alternate():
    alternating = Flaps(current="new", others={"old": NOW}, returns=(NOW, NOW), begun=NOW)

    quiet = weigh_flap(alternating, "third", NOW + 2 * WITHIN).flaps

    assert (quiet.returns, quiet.begun) == ((), None)
    # a first return, told at once
    assert not weigh_flap(quiet, "new", NOW + 2 * WITHIN + HOUR).held


@pytest.mark.parametrize(
    ("age", "begun", "is_held"),
    [(WITHIN, False, True), (WITHIN + SECOND, False, False), (2 * WITHIN, True, True)],
)
def test_a_return_counts_for_a_day_and_where_people_know_that_it_alternates_until_it_rests(
    age: timedelta, begun: bool, is_held: bool
):
    flaps = Flaps(
        current="new",
        others={"old": NOW + age - HOUR},
        returns=(NOW,),
        begun=NOW if begun else None,
    )

    assert weigh_flap(flaps, "old", NOW + age).held is is_held
