from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.source.hours import Busy
from monitor.source.page import Link, Page
from monitor.source.schedule import LATEST_RETRY, Tried, cadence, next_look, next_poll, next_try
from monitor.source.scraper import Source, source

NOW = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai, a Thursday


def declared(busy: Busy | None = None) -> Source:
    @source(name="Notices", authority="xx", url="https://notices.example/", every="5 minutes", busy=busy)
    def notices(page: Page) -> list[Link]:
        return []

    return notices


BUSY = declared(Busy("Mon-Fri", "08:30-17:30", "Asia/Shanghai", every="1 minute"))
moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))


def test_a_source_never_polled_is_due_at_once():
    assert next_poll(BUSY, None, NOW) == NOW


def test_busy_hours_are_those_of_the_publisher_not_of_this_machine():
    assert cadence(BUSY, NOW) == timedelta(minutes=1)
    assert cadence(BUSY, datetime(2025, 10, 9, 10, 0, tzinfo=UTC)) == timedelta(minutes=5)


def test_on_a_saturday_nobody_is_busy():
    assert cadence(BUSY, datetime(2025, 10, 11, 1, 0, tzinfo=UTC)) == timedelta(minutes=5)


def test_the_closing_minute_is_no_longer_busy():
    assert cadence(BUSY, datetime(2025, 10, 9, 9, 30, tzinfo=UTC)) == timedelta(minutes=5)


@given(moments)
def test_the_next_poll_is_one_cadence_away_at_most_and_nine_tenths_at_least(now: datetime):
    wait = next_poll(BUSY, Tried(now), now) - now

    assert cadence(BUSY, now) * 0.9 <= wait <= cadence(BUSY, now)


def test_busy_hours_end_with_one_more_look_at_their_pace_since_who_publishes_then_may_be_late():
    last = datetime(2025, 10, 9, 9, 29, 30, tzinfo=UTC)  # half a minute before they end
    closed = last + timedelta(minutes=1)

    assert next_poll(BUSY, Tried(last), closed) <= closed
    assert next_poll(BUSY, Tried(closed), closed) >= closed + timedelta(minutes=4)


def test_busy_hours_that_begin_are_not_waited_out():
    before = datetime(2025, 10, 9, 0, 29, tzinfo=UTC)

    assert next_poll(BUSY, Tried(before), before + timedelta(minutes=1)) <= before + timedelta(minutes=1)


def test_one_failure_does_not_slow_a_source_down_and_many_do_but_never_beyond_ten_minutes():
    waits = [next_poll(BUSY, Tried(NOW, failures=n), NOW) - NOW for n in (1, 2, 3, 50)]

    assert waits[0] <= timedelta(minutes=1) < waits[1] < waits[2] < waits[3] <= timedelta(minutes=10)


def test_a_server_that_asks_to_wait_is_left_alone_that_long():
    assert next_poll(BUSY, Tried(NOW, failures=1, hold=timedelta(minutes=42)), NOW) == NOW + timedelta(minutes=42)


def test_a_clock_set_back_does_not_silence_a_source():
    assert next_poll(BUSY, Tried(NOW + timedelta(hours=1)), NOW) == NOW


def test_a_page_that_failed_once_is_tried_at_the_very_next_poll():
    assert next_try(1, NOW) == NOW


@given(st.integers(min_value=1, max_value=10_000))
def test_a_page_owed_a_read_is_never_given_up(attempts: int):
    assert next_try(attempts, NOW) - NOW <= LATEST_RETRY


def test_a_young_act_is_looked_at_again_within_an_hour_or_so_and_an_old_one_within_two_weeks():
    assert next_look(NOW, NOW) - NOW == timedelta(hours=1)
    assert next_look(NOW - timedelta(days=400), NOW) - NOW == timedelta(days=14)
