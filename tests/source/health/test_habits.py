"""What is normal for a source is learnt from its own past, and never so narrow that a holiday is
too long.
"""

import random
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from cases import read_cases
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import to_json
from monitor.source.habits import (
    HOLIDAYS,
    UNKNOWN,
    Habits,
    compute_silence,
    compute_stillness,
    update_entries,
)

START = datetime(2023, 1, 2, 1, 0, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
# The days on which a ministry in Beijing rests: Spring Festival and Golden Week of three years,
# with the days around them.
REST = {
    date(year, month, day) + timedelta(days=more)
    for year, month, day, length in (
        (2023, 1, 20, 10), (2023, 9, 28, 11), (2024, 2, 8, 11), (2024, 9, 30, 9), (2025, 1, 27, 10), (2025, 9, 30, 10),
    )
    for more in range(length)
}  # fmt: skip


def lived(*after: timedelta) -> Habits:
    """Habits of a source whose bytes changed after each of these."""
    habits, now = Habits(since=START).with_move(START), START
    for rest in after:
        now += rest
        habits = habits.with_move(now)
    return habits


def spoken(*days: date) -> Habits:
    """Habits of a source with news on these days."""
    habits = Habits(since=START)
    for day in days:
        habits = habits.with_news(day.isoformat(), datetime(2026, 1, 1, tzinfo=UTC))
    return habits


def office_days(seed: int, every: float) -> list[date]:
    """The days on which an office publishes, on average once in so many working days, in bursts
    and with holidays.
    """
    random_ = random.Random(seed)
    working = [
        day
        for n in range(3 * 365)
        if (day := START.date() + n * DAY).weekday() < 5 and day not in REST
    ]
    return [day for day in working if random_.random() < (2 if day.day < 11 else 0.5) / every]


def test_what_is_said_of_a_source_goes_before_what_is_learnt():
    habits = lived(*[DAY] * 60)

    assert compute_stillness(habits, 5 * DAY, START + 60 * DAY).bound == 5 * DAY
    assert compute_silence(habits, 45 * DAY).bound == 45 * DAY


@pytest.mark.parametrize(
    ("moves", "watched", "known"),
    [(8, 30 * DAY, True), (7, 30 * DAY, False), (20, 30 * DAY - HOUR, False)],
)
def test_eight_changes_in_thirty_days_tell_how_a_page_moves(
    moves: int, watched: timedelta, known: bool
):
    habits = lived(*[DAY] * (moves - 1))

    assert compute_stillness(habits, None, START + watched).learnt is known
    assert (compute_stillness(habits, None, START + watched).bound == UNKNOWN) is not known


@pytest.mark.parametrize(
    ("days", "watched", "known"),
    [(21, 180, True), (20, 180, False), (21, 179, False), (30, 180, True), (30, 179, False)],
)
def test_news_on_more_than_twenty_days_in_half_a_year_tell_how_a_publisher_speaks(
    days: int, watched: int, known: bool
):
    newest = START.date() + watched * DAY
    habits = spoken(*(newest - number * DAY for number in range(days)))

    assert compute_silence(habits, None).learnt is known
    assert (compute_silence(habits, None).bound == UNKNOWN) is not known


@pytest.mark.parametrize(
    ("said", "known"),
    read_cases(
        """
        2023-01-06T08:00+08:00 | "06"
        2023-01-07T23:59 | "07"
        2023-01-08 | "07"
        2023-02-30 | "07"
        today | "07"
        """
    ),
)
def test_news_is_of_its_day_and_never_of_one_to_come(said: str, known: str):
    assert Habits(since=START).with_news(said, START + 5 * DAY).days == (f"2023-01-{known}",)


@given(st.lists(st.floats(min_value=0.1, max_value=200), min_size=40, max_size=80))
def test_too_long_is_twice_the_longest_of_many_rests_and_never_less_than_a_holiday(rests):
    habits = lived(*(rest * DAY for rest in rests))
    normal = compute_stillness(habits, None, START + sum(rests) * DAY)

    assert normal.bound >= 2 * max(rests) * DAY * 0.999
    assert normal.bound >= (10 * DAY if max(rests) < 1 else HOLIDAYS)


def test_it_is_said_on_what_a_bound_rests():
    normal = compute_silence(
        spoken(*(date(2025, 1, 1) + timedelta(days=12 * n) for n in range(30))), None
    )

    assert normal.bound == 36 * DAY
    assert (
        normal.because
        == "between the last 30 days with news, since 2025-01-01, never more than 12 days passed"
    )


def false_alarms(offices: int, every: float) -> int:
    """How often in three years offices of this pace rest for longer than is thought normal of
    them at that moment.
    """
    alarms = 0
    for seed in range(offices):
        habits = Habits(since=START)
        for day in office_days(seed, every):
            now = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
            newest = (
                datetime.fromisoformat(habits.days[-1]).replace(tzinfo=UTC)
                if habits.days
                else START
            )
            alarms += now - newest > compute_silence(habits, None).bound
            habits = habits.with_news(day.isoformat(), now)
    return alarms


def test_hardly_any_rest_of_an_office_is_ever_taken_for_too_long():
    """720 years of offices that publish every day to every month, in bursts, with the holidays
    of Beijing.
    """
    assert sum(false_alarms(60, every) for every in (1, 3, 8, 20)) <= 2


def test_an_office_that_speaks_a_few_times_a_year_is_rarely_doubted():
    assert false_alarms(60, 60) <= 9  # in 180 years


def test_a_publisher_that_goes_on_elsewhere_is_found_out():
    bounds = {
        every: sorted(
            compute_silence(spoken(*office_days(seed, every)), None).bound for seed in range(60)
        )
        for every in (1, 3, 8)
    }

    assert [bounds[every][30] <= days * DAY for every, days in ((1, 45), (3, 80), (8, 180))] == [
        True
    ] * 3


def test_a_page_that_moves_all_the_time_is_frozen_after_five_days():
    assert compute_stillness(lived(*[HOUR] * 24 * 40), None, START + 40 * DAY).bound == 5 * DAY


@pytest.mark.parametrize(
    ("moves", "bound"),
    [(8, 60 * DAY), (19, 60 * DAY), (20, 45 * DAY), (39, 45 * DAY), (40, 30 * DAY)],
)
def test_the_fewer_changes_were_seen_the_longer_a_rest_may_be(moves: int, bound: timedelta):
    assert (
        compute_stillness(lived(*[15 * DAY] * (moves - 1)), None, START + 365 * DAY).bound == bound
    )


def test_hardly_any_rest_of_a_page_is_taken_for_frozen():
    """720 years of pages that move only when their offices publish."""
    alarms = 0
    for seed, every in product(range(60), (1, 3, 8, 20)):
        habits = Habits(since=START)
        for day in office_days(seed, every):
            now = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
            alarms += now - (habits.moved or START) > compute_stillness(habits, None, now).bound
            habits = habits.with_move(now)

    assert alarms <= 6


def test_what_is_kept_of_a_source_stays_small_however_long_it_lives():
    habits = Habits(since=START)
    for n in range(3_000):
        now = START + n * DAY
        habits = habits.with_move(now).with_news(now.date().isoformat(), now)

    assert len(to_json(habits)) < 1_200


def read(lists, *, apart: timedelta = 3 * DAY):
    """What is known of a list after these readings."""
    known = None
    for n, ids in enumerate(lists):
        known = update_entries(known, ids, START + n * apart)
    return known


GROWING = [list(range(n, 0, -1)) for n in range(10, 40)]


def test_entries_that_always_stood_there_are_missed():
    assert read([*GROWING, GROWING[-1][:-7]]).missing == (1, 2, 3, 4, 5, 6, 7)
    assert read([*GROWING, GROWING[-1][:-7], GROWING[-1]]).missing == ()


def test_a_list_that_lets_its_oldest_go_misses_nothing():
    scrolling = [list(range(n, n - 10, -1)) for n in range(10, 60)]

    assert read(scrolling).missing == ()
    assert read(scrolling).left == 49


def test_what_stays_away_for_two_weeks_is_how_the_list_is_now():
    shorter = GROWING[-1][:-7]

    assert read([*GROWING, *[shorter] * 5]).missing
    assert not read([*GROWING, *[shorter] * 6]).missing


def test_a_list_with_less_than_half_of_the_fewest_it_ever_had_is_short():
    steady = [list(range(n, n - 20, -1)) for n in range(20, 60)]

    assert [read([*steady, list(range(count))]).is_few for count in (20, 10, 9, 0)] == [
        False,
        False,
        True,
        True,
    ]
    assert not read([[1, 2, 3, 4], [1]]).is_few


LISTED = tuple(range(5))


@pytest.mark.parametrize(
    ("reads", "days", "listed", "missed"),
    [(20, 60, 5, True), (19, 60, 5, False), (20, 59, 5, False), (20, 60, 4, False)],
)
def test_only_a_list_that_was_read_often_and_long_and_has_enough_entries_is_known_to_grow(
    reads, days, listed, missed: bool
):
    before, now = None, START + days * DAY
    for number in range(reads):
        before = update_entries(before, LISTED[:listed], START if number == 0 else now)

    assert (before.reads, before.only_grows(now)) == (reads, missed)
    assert bool(update_entries(before, LISTED[1:listed], now).missing) is missed


def test_one_that_comes_back_after_it_was_missed_did_not_leave():
    known = read([*GROWING, GROWING[-1][:-7], GROWING[-1], GROWING[-1]])

    assert (known.left, known.missing, known.odd_since, known.reads) == (
        0,
        (),
        None,
        len(GROWING) + 3,
    )
