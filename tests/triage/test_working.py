"""For how long people could have worked on something."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from monitor.config.times import WorkingHours
from monitor.triage.values import DeskRules, compute_working_time

BERLIN = ZoneInfo("Europe/Berlin")
HOURS = WorkingHours.of("Mon-Fri 09:00-18:00 Europe/Berlin")
HOUR = timedelta(hours=1)


def at(day: int, hour: int, minute: int = 0, month: int = 10) -> datetime:
    return datetime(2025, month, day, hour, minute, tzinfo=BERLIN)


def nothing_said(_: date) -> None:
    return None


@pytest.mark.parametrize(
    ("since", "until", "hours"),
    [
        (at(8, 10), at(8, 12), 2),
        (at(8, 7), at(8, 10), 1),  # before they come nobody works
        (at(8, 17), at(9, 10), 2),  # nor at night
        (at(10, 17), at(13, 10), 2),  # nor at a weekend: the 10th is a Friday
        (at(11, 10), at(12, 10), 0),
        (at(24, 17), at(27, 10), 2),  # the clock goes back meanwhile
        (at(8, 12), at(8, 10), 0),  # a clock that was set back
    ],
)
def test_only_their_hours_count(since, until, hours):
    assert compute_working_time(HOURS, nothing_said, since, until) == hours * HOUR


def test_a_week_of_work_may_begin_on_a_sunday():
    hours = WorkingHours.of("Sun-Thu 09:00-18:00 Asia/Riyadh")
    # from a Sunday on
    noon = [datetime(2025, 10, day, 12, tzinfo=hours.zone) for day in range(5, 13)]

    assert [compute_working_time(hours, nothing_said, day, day + HOUR) / HOUR for day in noon] == [
        1,
        1,
        1,
        1,
        1,
        0,
        0,
        1,
    ]


def test_without_hours_all_of_it_counts():
    assert compute_working_time(None, nothing_said, at(11, 10), at(12, 10)) == 24 * HOUR


def test_a_calendar_frees_a_day_and_makes_a_weekend_worked():
    def works(day: date) -> bool | None:
        return {date(2025, 10, 9): False, date(2025, 10, 11): True}.get(day)

    assert compute_working_time(HOURS, works, at(8, 17), at(11, 10)) == (1 + 9 + 1) * HOUR


def test_what_should_have_been_taken_is_late():
    desk = DeskRules(after=4 * HOUR, hours=HOURS)

    assert not desk.is_late(at(10, 16), at(12, 23))
    assert desk.is_late(at(10, 16), at(13, 11))
    assert not DeskRules(hours=HOURS).is_late(at(10, 16), at(30, 11))


def test_a_wait_of_years_is_looked_at_for_a_bounded_number_of_days():
    assert compute_working_time(
        HOURS, nothing_said, at(8, 9), at(8, 9).replace(year=2225)
    ) < timedelta(days=400)
