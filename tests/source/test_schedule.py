from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.source.page import Link, Page
from monitor.source.schedule import (
    Tried,
    compute_longest_gap,
    compute_longest_silence,
    compute_next_check,
    compute_next_poll,
    compute_next_try,
    count_denials,
    find_next_turn,
    get_cadence,
    is_quarantined,
    learn_habits,
    look_again,
    should_ask_for_all,
    sort_sources,
    spread_starts,
)
from monitor.source.scraper import At, Busy, Habit, Source, source

NOW = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai, a Thursday


def declared(busy: Busy | None = None) -> Source:
    @source(
        name="Notices", authority="xx", url="https://notices.example/", every="5 minutes", busy=busy
    )
    def notices(page: Page) -> list[Link]:
        return []

    return notices


BUSY = declared(Busy("Mon-Fri", "08:30-17:30", "Asia/Shanghai", every="1 minute"))
DAY, HOUR, MINUTE, SECOND = (
    timedelta(days=1),
    timedelta(hours=1),
    timedelta(minutes=1),
    timedelta(seconds=1),
)
moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))


def test_a_source_never_polled_is_due_at_once():
    assert compute_next_poll(BUSY, None, NOW) == NOW


def test_busy_hours_are_those_of_the_publisher_not_of_this_machine():
    assert get_cadence(BUSY, NOW) == timedelta(minutes=1)
    assert get_cadence(BUSY, datetime(2025, 10, 9, 10, 0, tzinfo=UTC)) == timedelta(minutes=5)


@given(moments)
def test_the_next_poll_is_one_cadence_away_at_most_and_nine_tenths_at_least(now: datetime):
    wait = compute_next_poll(BUSY, Tried(now), now) - now

    assert get_cadence(BUSY, now) * 0.9 <= wait <= get_cadence(BUSY, now)


def test_busy_hours_end_with_one_more_look_at_their_pace_since_who_publishes_then_may_be_late():
    last = datetime(2025, 10, 9, 9, 29, 30, tzinfo=UTC)  # half a minute before they end
    closed = last + timedelta(minutes=1)

    assert compute_next_poll(BUSY, Tried(last), closed) <= closed
    assert compute_next_poll(BUSY, Tried(closed), closed) >= closed + timedelta(minutes=4)


def test_busy_hours_that_begin_are_not_waited_out():
    before = datetime(2025, 10, 9, 0, 29, tzinfo=UTC)

    assert compute_next_poll(
        BUSY, Tried(before), before + timedelta(minutes=1)
    ) <= before + timedelta(minutes=1)


def test_a_clock_set_back_does_not_silence_a_source():
    assert compute_next_poll(BUSY, Tried(NOW + timedelta(hours=1)), NOW) == NOW


NOON = At("Mon-Fri", "12:00", "Asia/Shanghai", every="2 minutes", lasting="10 minutes")
MIDDAY = datetime(2025, 10, 9, 4, 0, tzinfo=UTC)


def hasty(times: float, source: Source = BUSY) -> Source:
    """The same where its publisher was seen to publish from nine to ten on Thursdays."""
    return replace(source, habit=Habit(ZoneInfo("Asia/Shanghai"), {(3, 9): times}))


@pytest.mark.parametrize(
    ("declared_as", "moment", "pace"),
    [
        (replace(declared(), at=NOON), MIDDAY, 2 * MINUTE),
        (replace(declared(), at=NOON), MIDDAY - SECOND, 5 * MINUTE),
        (replace(BUSY, at=NOON), MIDDAY, MINUTE),  # the more often of both
        (replace(BUSY, at=NOON), MIDDAY + 6 * HOUR, 5 * MINUTE),
        (hasty(2.5, declared()), NOW, 2 * MINUTE),
        (hasty(2.5, declared()), NOW + HOUR, 5 * MINUTE),
        (hasty(9.0, declared()), NOW, MINUTE),  # no oftener than once a minute by what is learnt
        # nor rarer than is set
        (hasty(3.0, replace(declared(), every=30 * SECOND)), NOW, 30 * SECOND),
    ],
)
def test_how_often_to_look_is_the_most_often_of_what_is_set_and_learnt(
    declared_as: Source, moment: datetime, pace: timedelta
):
    assert get_cadence(declared_as, moment) == pace


def test_a_cadence_turns_with_whichever_hours_begin_or_end_first():
    assert find_next_turn(declared(), NOW) is None
    assert find_next_turn(replace(declared(), at=NOON), NOW) == MIDDAY
    assert find_next_turn(replace(BUSY, at=NOON), MIDDAY) == MIDDAY + 10 * MINUTE
    assert find_next_turn(replace(hasty(2.0), at=NOON), NOW) == NOW + HOUR


def test_a_source_is_asked_again_for_when_it_is_due_or_its_cadence_turns():
    slow = replace(declared(), every=12 * HOUR)
    due = compute_next_poll(slow, Tried(NOW), NOW)

    assert look_again(slow, Tried(NOW), NOW) == due
    assert look_again(replace(slow, at=NOON), Tried(NOW), NOW) == MIDDAY
    assert look_again(replace(BUSY, at=NOON), Tried(NOW), NOW) == compute_next_poll(
        BUSY, Tried(NOW), NOW
    )


def test_for_how_long_nothing_may_come_is_the_longest_of_patience_and_three_looks():
    assert compute_longest_silence(declared(), MINUTE, NOW) == 15 * MINUTE
    assert compute_longest_silence(BUSY, MINUTE, NOW) == 3 * MINUTE
    assert compute_longest_silence(BUSY, HOUR, NOW) == HOUR
    assert compute_longest_silence(replace(BUSY, patience=2 * HOUR), HOUR, NOW) == 2 * HOUR
    assert compute_longest_silence(replace(BUSY, patience=MINUTE), HOUR, NOW) == HOUR


def test_a_gap_is_longer_than_three_looks_at_the_slower_pace_of_its_ends():
    evening = datetime(2025, 10, 9, 10, 0, tzinfo=UTC)

    assert compute_longest_gap(BUSY, NOW, NOW) == 3 * MINUTE
    assert (
        compute_longest_gap(BUSY, NOW, evening)
        == compute_longest_gap(BUSY, evening, NOW)
        == 15 * MINUTE
    )


@pytest.mark.parametrize(
    ("failures", "least", "most"),
    [(0, 54, 60), (1, 54, 60), (2, 108, 120), (3, 216, 240), (4, 432, 480), (5, 540, 600)],
)
def test_each_failure_after_the_first_doubles_the_wait(failures: int, least: int, most: int):
    assert (
        least * SECOND <= compute_next_poll(BUSY, Tried(NOW, failures), NOW) - NOW <= most * SECOND
    )


def test_a_source_that_is_looked_at_rarely_is_tried_again_within_minutes_then_ever_later_up_to_its_pace():
    rare = replace(declared(), every=2 * HOUR)
    waits = [
        (compute_next_poll(rare, Tried(NOW, failures), NOW) - NOW) / MINUTE
        for failures in (1, 2, 3, 6, 7, 400)
    ]

    assert all(
        0.9 * most <= wait <= most
        for wait, most in zip(waits, (2, 4, 8, 64, 120, 120), strict=True)
    )


@pytest.mark.parametrize(
    ("asked", "kept"), [(7 * MINUTE, 7 * MINUTE), (HOUR, HOUR), (400 * DAY, HOUR)]
)
def test_a_server_is_obeyed_for_an_hour_at_most(asked: timedelta, kept: timedelta):
    assert compute_next_poll(BUSY, Tried(NOW, hold=asked), NOW) == NOW + kept


def test_what_is_to_be_looked_at_again_shortly_is_never_looked_at_later_for_it():
    assert (
        54 * SECOND <= compute_next_poll(declared(), Tried(NOW, again=MINUTE), NOW) - NOW <= MINUTE
    )
    assert compute_next_poll(declared(), Tried(NOW, again=HOUR), NOW) == compute_next_poll(
        declared(), Tried(NOW), NOW
    )


def test_habits_are_learnt_in_the_zone_of_the_source_and_else_of_its_authority():
    # nine o'clock in Shanghai, one at night in Greenwich
    published = [NOW - timedelta(weeks=number) for number in range(20)]
    sources = [
        replace(declared(), id=name, authority="cn-mofcom", stated_zone=zone)
        for name, zone in (
            ("a", None),
            ("b", ZoneInfo("Asia/Tokyo")),
            ("c", None),
            ("e", ZoneInfo("UTC")),
        )
    ]
    learnt = learn_habits(
        sources, {"a": published, "b": published, "d": published, "e": published}, NOW
    )

    assert {name: [*known.haste] for name, known in learnt.items() if known} == {
        "a": [(3, 9)],
        "b": [(3, 10)],
        "e": [(3, 1)],
    }


def test_those_begin_first_that_are_looked_at_most_often_and_of_these_those_of_the_ministry_of_commerce():
    mofcom, other = (
        replace(declared(), authority=authority) for authority in ("cn-mofcom", "us-bis")
    )
    sources = [
        replace(other, id="unknown", authority="xx"),
        replace(other, id="b"),
        replace(other, id="a"),
        replace(mofcom, id="z"),
        replace(other, id="at", at=NOON),
        replace(other, id="busy", busy=BUSY.busy),
        replace(mofcom, id="rare", every=HOUR),
    ]

    assert [each.id for each in sort_sources(sources)] == [
        "busy",
        "at",
        "z",
        "a",
        "b",
        "unknown",
        "rare",
    ]


def test_a_few_begin_at_once_and_the_others_one_after_another_within_a_minute():
    few, many = (
        [replace(BUSY, id=f"{number:03}") for number in range(count)] for count in (6, 120)
    )

    assert [(begins - NOW).total_seconds() for _, begins in spread_starts(few, NOW)] == [
        0,
        0,
        0,
        0,
        6.0,
        7.5,
    ]
    assert [(begins - NOW).total_seconds() for _, begins in spread_starts(many, NOW)][3:6] == [
        0,
        2.0,
        2.5,
    ]
    assert [*spread_starts([], NOW)] == []


def test_a_page_that_could_not_be_read_is_tried_ever_more_rarely():
    assert [(compute_next_try(attempts, NOW) - NOW) / MINUTE for attempts in range(7)] == [
        0,
        0,
        2,
        4,
        8,
        16,
        30,
    ]


@pytest.mark.parametrize(
    ("age", "wait", "of_baseline"),
    [
        (timedelta(), HOUR, HOUR),
        (3 * HOUR, 1.5 * HOUR, 1.5 * HOUR),
        (10 * HOUR, 2.5 * HOUR, 5 * HOUR),
        (6 * DAY, 2.5 * HOUR, 2.8 * DAY),
        (90 * DAY, 2.8 * DAY, 2.8 * DAY),
        (91 * DAY, 14 * DAY, 14 * DAY),
    ],
)
def test_an_act_is_looked_at_again_the_more_rarely_the_older_it_is(
    age: timedelta, wait: timedelta, of_baseline: timedelta
):
    assert compute_next_check(NOW - age, NOW) == NOW + wait
    assert compute_next_check(NOW - age, NOW, is_baseline=True) == NOW + of_baseline


def test_in_its_first_ninety_days_an_act_is_looked_at_no_oftener_than_once_a_day_would_be():
    now, looks = NOW, 0
    while (now := compute_next_check(NOW, now)) < NOW + 90 * DAY:
        looks += 1

    assert looks <= 90


@pytest.mark.parametrize(
    ("kills", "ago", "left_alone"),
    [
        (1, SECOND, False),
        (2, SECOND, True),
        (3, DAY - SECOND, True),
        (2, DAY, False),
        (9, 2 * DAY, False),
        (9, None, False),
    ],
)
def test_a_page_that_stopped_its_reader_twice_is_left_alone_for_a_day(
    kills: int, ago: timedelta | None, left_alone: bool
):
    assert is_quarantined(kills, NOW - ago if ago else None, NOW) is left_alone


@pytest.mark.parametrize(
    ("ago", "lies", "whole"),
    [
        (None, 0, True),
        (timedelta(), 0, False),
        (-SECOND, 0, True),  # the clock was set back
        (DAY - SECOND, 2, False),
        (DAY, 0, True),
        (HOUR - SECOND, 3, False),
        (HOUR, 3, True),
        (HOUR, 2, False),
    ],
)
def test_word_that_nothing_moved_is_believed_for_a_day_and_of_a_liar_for_an_hour(
    ago: timedelta | None, lies: int, whole: bool
):
    assert should_ask_for_all(None if ago is None else NOW - ago, NOW, lies=lies) is whole


@pytest.mark.parametrize(
    ("lies", "came", "same", "same_stamp", "then"),
    [
        (1, 2 * DAY, DAY, False, 2),  # it said so after the bytes came that are others now
        (1, 2 * DAY, DAY, True, 3),  # and names both by one stamp
        (1, 2 * DAY, 3 * DAY, True, 1),  # it said so only before
        (1, 2 * DAY, 2 * DAY, True, 1),
        (1, 2 * DAY, None, True, 1),
        (1, None, DAY, True, 1),
        (2, HOUR, MINUTE, True, 0),  # not asked for the whole, it has owned up
    ],
)
def test_a_server_lied_that_gives_other_bytes_only_where_it_is_asked_for_the_whole(
    lies, came, same, same_stamp, then
):
    moments = (None if ago is None else NOW - ago for ago in (came, same))

    assert count_denials(lies, *moments, NOW, same_stamp=same_stamp) == then
