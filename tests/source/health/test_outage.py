from datetime import UTC, datetime, timedelta

from monitor.model import Problem
from monitor.source.health import Health, Verdict, after, is_stale, told_stale

START = datetime(2025, 10, 9, 3, 30, tzinfo=UTC)
DOWN = Problem(kind="server", text="answered 503")
STILL_DOWN = Problem(kind="server", text="answered 502 at 12:01")
LOST = Problem(kind="dns", text="there is no such host")


def lived(*minutes_and_problems: tuple[int, Problem | None]) -> list[Verdict]:
    health, said = Health(), []
    for minutes, problem in minutes_and_problems:
        health, verdict = after(health, problem, START + timedelta(minutes=minutes), patience=timedelta(minutes=30))
        said.append(verdict)
    return said


def test_a_short_outage_is_nobodys_business():
    assert lived((0, DOWN), (5, DOWN), (29, DOWN), (31, None)) == [Verdict.NOTHING] * 4


def test_a_long_outage_is_told_once_and_its_end_once():
    assert lived((0, DOWN), (30, DOWN), (45, DOWN), (60, None), (61, None)) == [
        Verdict.NOTHING,
        Verdict.PROBLEM,
        Verdict.NOTHING,
        Verdict.RECOVERED,
        Verdict.NOTHING,
    ]


def test_a_trouble_of_which_people_were_told_is_put_right_once_it_has_another_cause_or_has_lasted_long():
    told = lived((0, DOWN), (30, DOWN), (45, STILL_DOWN), (60, LOST), (75, LOST), (359, LOST), (360, LOST), (361, LOST))

    assert [at for at, verdict in enumerate(told) if verdict is Verdict.CHANGED] == [3, 6]


def test_patience_starts_anew_after_a_good_poll():
    assert lived((0, DOWN), (29, None), (31, DOWN), (59, DOWN)) == [Verdict.NOTHING] * 4


def test_the_first_good_poll_is_remembered_for_ever():
    health, _ = after(Health(), None, START, patience=timedelta(minutes=30))
    health, _ = after(health, DOWN, START + timedelta(hours=1), patience=timedelta(minutes=30))
    health, _ = after(health, None, START + timedelta(hours=2), patience=timedelta(minutes=30))

    assert health.first_ok == START


def test_a_source_of_which_nothing_came_for_longer_than_its_bound_is_stale_until_that_is_told():
    hour = timedelta(hours=1)
    health = Health(last_ok=START)

    assert [is_stale(health, START + waited, bound=hour, awake=START) for waited in (hour, 2 * hour)] == [False, True]
    assert not is_stale(told_stale(health, START + 2 * hour), START + 3 * hour, bound=hour, awake=START)


def test_nothing_is_stale_before_we_have_been_awake_for_the_bound():
    hour = timedelta(hours=1)

    assert not is_stale(Health(last_ok=START), START + 9 * hour, bound=hour, awake=START + 8 * hour)
