"""Many sources by when they are due, kept in memory."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.source.page import Request
from monitor.source.schedule import SPREAD, Timetable, Tried
from monitor.source.scraper import At, Busy, Habit, Source

NOW = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai, a Thursday
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
TICK = timedelta(seconds=5)


def source(name: str, *, every: timedelta = 5 * MINUTE, **more: object) -> Source:
    return Source(
        name, name, "cn-mofcom", Request(f"https://{name}.example/"), lambda page: [], every, **more
    )  # type: ignore[arg-type]


def many(count: int) -> list[Source]:
    return [source(f"s{number}") for number in range(count)]


def ticks(
    table: Timetable, begins: datetime, lasting: timedelta
) -> Iterator[tuple[datetime, Source]]:
    """Each source that is given out as due, with the moment; it is polled at once, and well."""
    for moment in (begins + TICK * number for number in range(lasting // TICK)):
        for due in table.due(moment, 10_000):
            table.polled(due.id, moment)
            yield moment, due


def test_after_start_all_are_polled_once_within_a_minute_and_never_most_of_them_together():
    looked = list(ticks(Timetable(many(50), {}, NOW), NOW, 2 * MINUTE))

    assert Counter(due.id for _, due in looked) == Counter(f"s{number}" for number in range(50))
    assert max(moment for moment, _ in looked) - NOW <= SPREAD
    assert max(Counter(moment for moment, _ in looked).values()) <= 5


def test_the_ministry_whose_minutes_count_comes_first():
    hours = Busy("Mon-Fri", "08:30-17:30", "Asia/Shanghai", every="1 minute")
    sources = [*many(40), source("zz", every=30 * MINUTE), source("urgent", busy=hours)]

    assert Timetable(sources, {}, NOW).due(NOW, 1)[0].id == "urgent"


def test_what_is_to_be_looked_at_again_shortly_is_due_after_a_minute_and_then_at_its_own_pace():
    table = Timetable([source("s", every=HOUR)], {}, NOW)
    table.due(NOW, 1)
    table.polled("s", NOW, again=MINUTE)
    looked = [moment for moment, _ in ticks(table, NOW + TICK, 2 * HOUR)]

    assert looked[0] - NOW < MINUTE + TICK
    assert looked[1] - looked[0] > 50 * MINUTE


def test_after_eight_hours_of_sleep_each_is_polled_once_spread_over_a_minute():
    table = Timetable(many(50), {}, NOW)
    list(ticks(table, NOW, 10 * MINUTE))
    woken = NOW + 8 * HOUR
    table.begin_anew(woken)

    looked = list(ticks(table, woken, 2 * MINUTE))

    assert Counter(due.id for _, due in looked) == Counter(f"s{number}" for number in range(50))
    assert max(Counter(moment for moment, _ in looked).values()) <= 5


def test_who_waits_already_does_not_begin_to_wait_anew():
    table = Timetable(many(50), {}, NOW)
    late = NOW + timedelta(seconds=58)
    table.begin_anew(late)

    assert len(table.due(late, 10_000)) >= 48


def test_a_clock_set_back_silences_nobody():
    table = Timetable(many(20), {}, NOW)
    list(ticks(table, NOW, 10 * MINUTE))
    earlier = NOW - HOUR
    table.begin_anew(earlier)

    assert len({due.id for _, due in ticks(table, earlier, 2 * MINUTE)}) == 20


def test_what_is_under_way_is_not_begun_twice_though_the_clock_jumps():
    table = Timetable(many(1), {}, NOW)
    first = table.due(NOW, 1)
    table.begin_anew(NOW + HOUR)

    assert [due.id for due in first] == ["s0"]
    assert table.due(NOW + 2 * HOUR, 1) == []


def test_one_that_hangs_is_known_to_be_owed():
    table = Timetable(many(2), {}, NOW)
    table.due(NOW, 10)
    table.polled("s0", NOW)

    assert table.owed == {"s1"}
    table.polled("s1", NOW)
    assert table.owed == set()


def test_one_that_has_just_become_due_may_still_answer_and_one_that_hangs_may_not():
    table = Timetable(many(1), {}, NOW)
    table.due(NOW, 1)

    assert table.just_due(NOW + MINUTE) == {"s0"}
    assert table.just_due(NOW + 2 * MINUTE) == set()
    table.polled("s0", NOW + MINUTE)
    assert table.just_due(NOW + MINUTE) == set()


def test_one_whose_failure_could_not_be_kept_rests():
    table = Timetable(many(1), {}, NOW)
    table.due(NOW, 1)
    table.rest("s0", NOW + MINUTE)

    assert table.due(NOW + MINUTE - TICK, 1) == []
    assert [due.id for due in table.due(NOW + MINUTE, 1)] == ["s0"]


def test_a_time_is_met_to_the_minute_though_the_cadence_is_half_an_hour():
    filings = At("Mon-Fri", "08:45 11:15 16:15", "America/New_York", every="1 minute")
    midnight = datetime(2026, 3, 5, 0, 0, tzinfo=ZoneInfo("America/New_York")).astimezone(UTC)
    table = Timetable([source("filings", every=30 * MINUTE, at=filings)], {}, midnight)

    looked = [moment for moment, _ in ticks(table, midnight, 24 * HOUR)]

    for hour, minute in ((8, 45), (11, 15), (16, 15)):
        time = midnight + timedelta(hours=hour, minutes=minute)
        assert any(time <= moment <= time + MINUTE for moment in looked)
        assert sum(time <= moment < time + 15 * MINUTE for moment in looked) >= 14
    assert len(looked) < 48 * 1.2 + 3 * 19


def test_hours_that_were_learnt_make_it_oftener_and_only_then():
    table = Timetable([source("s0", every=30 * MINUTE)], {}, NOW)
    table.learn({"s0": Habit(ZoneInfo("Asia/Shanghai"), {(3, 11): 3.0})}, NOW)

    # from 10:00 in Shanghai on
    looked = Counter(moment.hour for moment, _ in ticks(table, NOW, 3 * HOUR))

    assert looked[3] >= 6
    assert looked[2] <= 3
    assert looked[4] <= 3


def test_what_others_looked_at_is_due_again_by_what_is_on_record_of_it_and_only_what_is_new_counts():
    table = Timetable(many(1), {"s0": Tried(NOW - HOUR)}, NOW)
    assert [due.id for due in table.due(NOW, 9)] == ["s0"]
    assert [*table.under_way] == ["s0"]

    assert not table.heard("s0", Tried(NOW - HOUR), NOW)
    assert [*table.under_way] == ["s0"]
    assert table.heard("s0", Tried(NOW + MINUTE, hold=HOUR), NOW + MINUTE)
    assert not table.under_way
    assert not table.owed
    assert table.due(NOW + HOUR, 9) == []
    assert [due.id for due in table.due(NOW + MINUTE + HOUR, 9)] == ["s0"]


def test_a_look_of_a_machine_whose_clock_is_ahead_is_not_due_again_at_once():
    table = Timetable(many(1), {}, NOW)
    table.due(NOW, 9)

    assert table.heard("s0", Tried(NOW + MINUTE), NOW)
    assert table.due(NOW + MINUTE, 9) == []
    assert len(table.due(NOW + 5 * MINUTE, 9)) == 1


def test_no_more_are_given_out_than_are_asked_for_and_the_others_stay_due():
    table = Timetable(many(4), {}, NOW)

    assert [len(table.due(NOW, 3)), len(table.due(NOW, 0)), len(table.due(NOW, 3))] == [3, 0, 1]
    assert len(table.under_way) == len(table.owed) == 4


def polls(ends: str) -> list[float]:
    """How many minutes pass from each of these polls, which fail (x) or do not, to the next."""
    table, now, waits = Timetable(many(1), {}, NOW), NOW, []
    for end in ends:
        table.due(now, 1)
        table.polled("s0", now, failed=end == "x")
        waits.append((table.coming()[0] - now) / MINUTE)
        now = table.coming()[0]
    return waits


def test_failures_in_a_row_make_a_source_rarer_and_one_good_poll_ends_that():
    waits = polls("xxxx.xx")

    assert [wait > 5 for wait in waits] == [False, False, True, True, False, False, False]


def fail(table: Timetable, begins: datetime, lasting: timedelta) -> datetime:
    """Poll what is due for so long, in vain; the moment after."""
    for moment in (begins + TICK * number for number in range(lasting // TICK)):
        for due in table.due(moment, 10_000):
            table.polled(due.id, moment, failed=True)
    return begins + lasting


def test_once_the_network_is_back_all_that_failed_are_polled_within_minutes():
    rare = [source(f"r{number}", every=12 * HOUR) for number in range(40)]
    table = Timetable([source("often"), *rare], {}, NOW)
    later = fail(table, NOW, 5 * HOUR)

    looked = list(ticks(table, later, 15 * MINUTE))

    assert {due.id for _, due in looked} == {"often", *(each.id for each in rare)}
    assert max(Counter(moment for moment, _ in looked).values()) <= 5


def test_after_a_start_what_fails_is_soon_tried_again():
    table = Timetable([source("s", every=12 * HOUR)], {"s": Tried(NOW - HOUR, 9)}, NOW)

    assert [due.id for due in table.due(NOW, 9)] == ["s"]


def test_those_that_always_fail_are_left_alone_though_the_others_go_well():
    refuse = [source(f"x{number}", every=12 * HOUR) for number in range(20)]
    table, asked = Timetable([source("often"), *refuse], {}, NOW), Counter[str]()
    for moment in (NOW + TICK * number for number in range(12 * HOUR // TICK)):
        for due in table.due(moment, 10_000):
            asked[due.id] += 1
            table.polled(due.id, moment, failed=due.id != "often")

    assert max(asked[each.id] for each in refuse) <= 11


def test_what_is_learnt_of_one_that_is_under_way_begins_no_second_poll():
    table = Timetable(many(1), {}, NOW)
    table.due(NOW, 1)
    table.learn({"s0": Habit(ZoneInfo("UTC"), {(3, 2): 3.0})}, NOW)

    assert table.due(NOW + HOUR, 1) == []
    assert table.coming() is None
    table.polled("s0", NOW)
    assert table.coming()[0] - NOW <= 5 * MINUTE / 3


def test_what_is_learnt_of_those_that_wait_for_their_turn_makes_no_rush():
    sources = many(50)
    table = Timetable(sources, {}, NOW)
    table.learn({each.id: Habit(ZoneInfo("UTC"), {(3, 2): 3.0}) for each in sources}, NOW)

    assert len(table.due(NOW, 100)) <= 5


def test_the_next_is_the_first_of_those_that_are_due_as_it_is_known_by_now():
    table = Timetable(many(2), {"s0": Tried(NOW - 3 * MINUTE), "s1": Tried(NOW - 2 * MINUTE)}, NOW)
    moment, name = table.coming()

    assert (name, moment) == ("s0", table.coming()[0])
    table.rest("s0", NOW + HOUR)
    assert table.coming()[1] == "s1"
    table.rest("s1", NOW + 2 * HOUR)
    assert table.coming() == (NOW + HOUR, "s0")
    assert table.owed == set()


def test_of_an_empty_table_nothing_is_due():
    table = Timetable([], {}, NOW)

    assert (table.due(NOW, 9), table.coming(), table.owed) == ([], None, set())


def test_one_that_becomes_due_while_its_cadence_turns_is_asked_again_for():
    # half an hour from now
    busy = Busy("Mon-Fri", "10:30-17:30", "Asia/Shanghai", every="1 minute")
    table = Timetable([source("s0", every=4 * HOUR, busy=busy)], {"s0": Tried(NOW)}, NOW)

    assert table.coming()[0] == NOW + 30 * MINUTE
    assert [due.id for due in table.due(NOW + 30 * MINUTE, 9)] == ["s0"]
    assert (
        Timetable([source("s0", every=4 * HOUR, busy=busy)], {"s0": Tried(NOW)}, NOW).due(
            NOW + 29 * MINUTE, 9
        )
        == []
    )
