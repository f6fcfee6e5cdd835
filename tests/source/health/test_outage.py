from datetime import UTC, datetime, timedelta

import pytest

from monitor.model import Problem
from monitor.source.health import Health, Verdict, health_after_poll, is_stale, told_by_itself, told_stale

START = datetime(2025, 10, 9, 3, 30, tzinfo=UTC)
DOWN = Problem(kind="server", text="answered 503")
STILL_DOWN = Problem(kind="server", text="answered 502 at 12:01")
LOST = Problem(kind="dns", text="there is no such host")


def lived(*minutes_and_problems: tuple[int, Problem | None]) -> list[Verdict]:
    health, said = Health(), []
    for minutes, problem in minutes_and_problems:
        health, verdict = health_after_poll(health, problem, START + timedelta(minutes=minutes), patience=timedelta(minutes=30))
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
    health, _ = health_after_poll(Health(), None, START, patience=timedelta(minutes=30))
    health, _ = health_after_poll(health, DOWN, START + timedelta(hours=1), patience=timedelta(minutes=30))
    health, _ = health_after_poll(health, None, START + timedelta(hours=2), patience=timedelta(minutes=30))

    assert health.first_ok == START


def test_a_source_of_which_nothing_came_for_longer_than_its_bound_is_stale_until_that_is_told():
    hour = timedelta(hours=1)
    health = Health(last_ok=START)

    assert [is_stale(health, START + waited, bound=hour, awake=START) for waited in (hour, 2 * hour)] == [False, True]
    assert not is_stale(told_stale(health, START + 2 * hour), START + 3 * hour, bound=hour, awake=START)


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    "health",
    [
        Health(since=START),
        Health(since=START, last_ok=START - 9 * HOUR, last_poll=START + 9 * HOUR),
        Health(last_ok=START, last_poll=START - 9 * HOUR),
        Health(last_poll=START),
    ],
)
def test_nothing_good_has_come_since_the_trouble_began_or_else_the_last_good_poll_or_the_last_of_all(health: Health):
    awake = START - 20 * HOUR

    assert [is_stale(health, START + waited, bound=HOUR, awake=awake) for waited in (HOUR, HOUR + timedelta(seconds=1))] == [
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("health", "text", "since"),
    [
        (Health(last_ok=START), "no poll of it has come to an end since 2025-10-09 03:30 UTC", START),
        (Health(), "no poll of it has come to an end since it was first asked", START + 9 * HOUR),
        (Health(last_ok=START, since=START + HOUR, problem=DOWN, failures=3), DOWN.text, START + HOUR),
    ],
)
def test_what_is_told_of_a_stale_source_is_its_trouble_or_that_no_poll_ends(health: Health, text: str, since: datetime):
    told = told_stale(health, START + 9 * HOUR)

    assert (told.told, told.problem.text, told.since, told.failures) == (True, text, since, health.failures)


def test_failures_are_counted_since_they_began_and_forgotten_with_a_good_poll():
    health = Health(first_ok=START - HOUR)
    for minutes in (0, 10, 20):
        health, _ = health_after_poll(health, DOWN, START + timedelta(minutes=minutes), patience=HOUR)

    assert (health.failures, health.since, health.last_poll, health.told) == (3, START, START + timedelta(minutes=20), False)
    health, _ = health_after_poll(health, None, START + HOUR, patience=HOUR)
    assert health == Health(first_ok=START - HOUR, last_poll=START + HOUR, last_ok=START + HOUR)


def test_of_what_was_told_it_is_known_that_it_was_until_it_is_over():
    health, _ = health_after_poll(Health(), DOWN, START, patience=timedelta())
    assert health.told
    health, verdict = health_after_poll(health, DOWN, START + HOUR, patience=9 * HOUR)
    assert (health.told, verdict) == (True, Verdict.NOTHING)


def test_how_long_a_trouble_lasts_is_said_once_at_each_of_its_ages_however_rarely_it_is_asked():
    days = (0, 1, 2, 3, 4, 7, 8, 29, 31, 89, 91, 200)
    told = lived((0, DOWN), (30, DOWN), *((24 * 60 * day + 31, STILL_DOWN) for day in days[1:]))

    assert [days[at - 1] for at, verdict in enumerate(told) if verdict is Verdict.CHANGED] == [1, 3, 7, 31, 91]


def test_what_was_told_before_its_cause_was_known_is_put_right_by_it():
    _, verdict = health_after_poll(told_by_itself(Health(since=START), told=True), DOWN, START + HOUR, patience=HOUR)

    assert verdict is Verdict.CHANGED


def test_a_trouble_that_was_told_together_with_others_counts_as_told_or_not():
    assert told_by_itself(Health(failures=3), told=True) == Health(failures=3, told=True)
    assert told_by_itself(Health(failures=3, told=True), told=False) == Health(failures=3)
