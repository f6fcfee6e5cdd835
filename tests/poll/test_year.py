"""A simulated season, and a fortnight: every fault of sites, of Slack and of ourselves at
realistic rates.
"""

from datetime import timedelta

import pytest
from toy_offices import offices
from year.account import Account
from year.life import live
from year.plan import drawn

DAY = timedelta(days=1)
ONE_OF_EACH = ("office0", "office1", "office2", "office3", "office4")
HALVES = (offices.NAMES[:25], offices.NAMES[25:])  # each lives by itself, on a core of its own


def lived(
    seed: int, names: tuple[str, ...], *, days: int, changes: int, rate: float = 1.0
) -> Account:
    return Account(live(drawn(seed, names, lasting=days * DAY, changes=changes, rate=rate)))


@pytest.mark.long
def test_in_a_bad_fortnight_each_change_is_told_once_and_each_outage_in_time():
    account = lived(14, ONE_OF_EACH, days=14, changes=16, rate=10)

    assert account.shortcomings() == []
    assert account.once == 16
    assert len(account.outages) >= 1


@pytest.mark.parametrize(
    ("half", "days", "rate"),
    [
        pytest.param(0, 20, 3.0, marks=pytest.mark.sweep),  # as many faults, and fewer idle days
        *(pytest.param(half, 60, 1.0, marks=pytest.mark.sweep) for half in (0, 1)),
    ],
)
def test_in_a_season_each_of_fifty_changes_is_told_once_each_outage_in_time_and_all_within_a_cadence(
    half: int, days: int, rate: float
):
    account = lived(4 + half, HALVES[half], days=days, changes=25, rate=rate)

    assert account.shortcomings() == []
    assert account.once == 25
    assert account.median <= 0.5
    assert account.p95 <= 1.0
