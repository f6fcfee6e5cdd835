from datetime import UTC, datetime, timedelta

from monitor.model import Problem
from monitor.source.health import Health, Verdict, after

START = datetime(2025, 10, 9, 3, 30, tzinfo=UTC)
DOWN = Problem(kind="server", text="answered 503")


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


def test_patience_starts_anew_after_a_good_poll():
    assert lived((0, DOWN), (29, None), (31, DOWN), (59, DOWN)) == [Verdict.NOTHING] * 4


def test_the_first_good_poll_is_remembered_for_ever():
    health, _ = after(Health(), None, START, patience=timedelta(minutes=30))
    health, _ = after(health, DOWN, START + timedelta(hours=1), patience=timedelta(minutes=30))
    health, _ = after(health, None, START + timedelta(hours=2), patience=timedelta(minutes=30))

    assert health.first_ok == START
