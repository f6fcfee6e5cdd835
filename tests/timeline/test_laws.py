"""What holds of any acts in any order."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from statute_books import statute_books, told
from statutes import SEEN, act, measure, timeline

from monitor.timeline import Timeline


@examples(300)
@given(statute_books(), st.randoms(use_true_random=False))
def test_in_whatever_order_acts_arrive_the_timeline_is_the_same(acts, random):
    arrivals = list(acts)
    random.shuffle(arrivals)

    ordered = Timeline((each, SEEN + timedelta(hours=at)) for at, each in enumerate(acts))
    shuffled = Timeline((each, SEEN + timedelta(days=at)) for at, each in enumerate(arrivals))
    assert told(ordered) == told(shuffled)


@examples(300)
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


@examples(60)
@given(
    statute_books(),
    st.sampled_from(
        ["Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York", "Asia/Shanghai"]
    ),
)
def test_no_day_depends_on_where_this_machine_stands(acts, zone):
    clock_times = act(
        "t",
        measure("add", starts="2025-11-10T12:01+08:00"),
        measure("add", starts="2025-11-10T12:01"),
    )
    with local_time("UTC"):
        here = told(timeline(*acts, clock_times))
    with local_time(zone):
        assert told(timeline(*acts, clock_times)) == here
