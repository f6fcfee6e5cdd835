"""When publishers publish: declared hours and times, and habits that are learnt."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.source.scraper import FEWEST, MOST_HASTE, At, Busy, habit

NEW_YORK = ZoneInfo("America/New_York")
SHANGHAI = ZoneInfo("Asia/Shanghai")
FILINGS = At("Mon-Fri", "08:45 11:15 16:15", "America/New_York", every="1 minute")
OFFICE = Busy("Mon-Fri", "08:30-17:30", "Asia/Shanghai", every="1 minute")
NOW = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)  # a Thursday
moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))


def in_new_york(month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=NEW_YORK).astimezone(UTC)


@pytest.mark.parametrize(("hour", "minute"), [(8, 45), (8, 59), (11, 15), (16, 15), (16, 29)])
def test_the_minutes_after_a_time_are_covered(hour: int, minute: int):
    assert FILINGS.covers(in_new_york(3, 5, hour, minute))


@pytest.mark.parametrize(("hour", "minute"), [(8, 44), (9, 0), (11, 14), (12, 0), (16, 30)])
def test_other_minutes_are_not(hour: int, minute: int):
    assert not FILINGS.covers(in_new_york(3, 5, hour, minute))


def test_a_time_is_that_of_the_publisher_on_both_sides_of_the_change_of_clocks():
    friday, monday = (FILINGS.next_turn(in_new_york(3, day, 3, 0)) for day in (6, 9))  # clocks go forward on the 8th

    assert (friday.hour, friday.minute) == (13, 45)
    assert (monday.hour, monday.minute) == (12, 45)


def test_after_the_last_time_on_friday_comes_the_first_on_monday():
    assert FILINGS.next_turn(in_new_york(3, 6, 16, 30)) == in_new_york(3, 9, 8, 45)


def test_days_may_go_over_the_end_of_the_week():
    office = Busy("Sun-Thu", "08:00-16:00", "Asia/Jerusalem", every="1 minute")
    noons = [datetime(2031, 1, day, 12, tzinfo=office.place) for day in range(6, 13)]  # from a Monday on

    assert [office.covers(noon) for noon in noons] == [True, True, True, True, False, False, True]
    assert office.next_turn(noons[4]) == datetime(2031, 1, 12, 8, tzinfo=office.place)


MONDAYS = Busy("Mon-Mon", "08:00-09:00", "Asia/Shanghai", every="1 minute")


def test_hours_are_those_of_their_days_alone():
    covered = [day for day in range(1, 15) if MONDAYS.covers(datetime(2026, 3, day, 8, 30, tzinfo=SHANGHAI))]

    assert covered == [2, 9]
    assert [OFFICE.covers(datetime(2026, 3, 6, *at, tzinfo=SHANGHAI)) for at in ((8, 29), (8, 30), (17, 29), (17, 30))] == [
        False, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("times", "every"),
    [("", "1 minute"), ("8:45am", "1 minute"), ("23:50", "1 minute"), ("08:45", "often")],
)
def test_times_that_are_none_are_refused_where_they_are_declared(times: str, every: str):
    with pytest.raises(Exception, match=r"times|Invalid|midnight|duration"):
        At("Mon-Fri", times, "America/New_York", every=every)


def test_the_minutes_after_a_time_end_before_midnight():
    late = At("Mon-Fri", "08:45 23:44", "America/New_York", every=timedelta(seconds=30))

    assert late.period == timedelta(seconds=30)
    assert late.covers(in_new_york(3, 5, 23, 58))
    with pytest.raises(ValueError, match="23:45 lasts beyond midnight"):
        At("Mon-Fri", "23:45", "America/New_York", every="1 minute")
    lasting = At("Mon-Fri", "11:00", "America/New_York", every="1 minute", lasting="90 minutes")
    assert [lasting.covers(in_new_york(3, 5, *at)) for at in ((12, 29), (12, 30))] == [True, False]


def weekly(count: int, *, hour: int = 16, weekday: int = 3) -> list[datetime]:
    """One publication a week at that hour in Shanghai, the last of them this week."""
    last = datetime(2026, 3, 2, hour, 20, tzinfo=SHANGHAI) + timedelta(days=weekday)
    return [last - timedelta(weeks=number) for number in range(1, count + 1)]


def test_an_hour_in_which_much_was_published_is_looked_at_more_often():
    learnt = habit(weekly(FEWEST), SHANGHAI, NOW)

    assert learnt is not None
    thursday = datetime(2026, 3, 12, 16, 59, tzinfo=SHANGHAI)
    assert learnt.hastens(thursday) == MOST_HASTE
    assert learnt.hastens(thursday + timedelta(minutes=1)) == 1
    assert learnt.hastens(thursday + timedelta(days=1)) == 1


def test_what_was_published_within_a_year_up_to_this_moment_counts():
    hours = [NOW - timedelta(days=400) + timedelta(days=7 * number) for number in range(FEWEST - 2)]
    ends = [NOW, NOW - timedelta(days=400)]

    assert habit([*hours, *ends], UTC, NOW) is None  # the first of them is the end of the memory, and counts once
    assert habit([*hours, NOW - timedelta(weeks=1), NOW], UTC, NOW) is not None
    assert habit([*hours, NOW - timedelta(weeks=1), NOW + timedelta(seconds=1)], UTC, NOW) is None
    assert habit([*hours[1:], ends[1] - timedelta(seconds=1), *ends[:1], NOW - timedelta(weeks=1)], UTC, NOW) is None


def test_an_hour_into_which_it_fell_on_three_days_is_a_habit_and_on_two_is_none():
    anywhere = [NOW - timedelta(hours=31 * number) for number in range(1, 12)]
    thrice = habit([*anywhere, *weekly(3)], SHANGHAI, NOW)

    assert thrice is not None
    assert [*thrice.haste] == [(3, 16)]
    assert habit([*anywhere, *weekly(2)], SHANGHAI, NOW) is None


def test_what_falls_into_every_hour_alike_hastens_none():
    learnt = habit([NOW - timedelta(hours=number) for number in range(3 * 7 * 24)], UTC, NOW)

    assert learnt is not None
    assert learnt.haste == {}


def test_a_package_of_many_acts_within_an_hour_was_published_once():
    package = [NOW - timedelta(days=1, seconds=number) for number in range(200)]

    assert habit(package, SHANGHAI, NOW) is None


def test_an_hour_that_brings_more_is_looked_at_more_often_but_never_beyond_the_bound():
    seen = [*weekly(40), *weekly(5, hour=10, weekday=0), *(NOW - timedelta(hours=29 * number) for number in range(1, 280))]

    learnt = habit(seen, SHANGHAI, NOW)

    assert learnt is not None
    often = learnt.hastens(datetime(2026, 3, 12, 16, 30, tzinfo=SHANGHAI))
    rarer = learnt.hastens(datetime(2026, 3, 9, 10, 30, tzinfo=SHANGHAI))
    assert 1 < rarer < often <= MOST_HASTE


@given(st.lists(moments, max_size=60), moments)
def test_a_habit_never_makes_a_source_rarer(seen: list[datetime], moment: datetime):
    learnt = habit(seen, SHANGHAI, datetime(2027, 1, 1, tzinfo=UTC))

    assert learnt is None or 1 <= learnt.hastens(moment) <= MOST_HASTE


def test_the_next_hour_begins_at_the_publishers_full_hour_also_where_that_is_no_full_hour_elsewhere():
    kolkata = ZoneInfo("Asia/Kolkata")
    learnt = habit(weekly(20), kolkata, NOW)

    assert learnt is not None
    assert learnt.next_turn(datetime(2026, 3, 5, 12, 10, 5, tzinfo=UTC)) == datetime(2026, 3, 5, 12, 30, tzinfo=UTC)
