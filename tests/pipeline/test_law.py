"""The law of a history on a day, as a sequence of which only that is told which somebody looks at."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from acts import UEL, control, listing, suspension
from arrivals import arrive

from monitor.history import History
from monitor.pipeline.law import Law, OnDay

DAY, KNOWN = date(2025, 11, 15), date(2025, 10, 9)


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    with History(tmp_path) as opened:
        arrive(opened, control(57, "1C909.a"), listing(10, "Alpha"), listing(9, "Beta", published="2025-10-01"))
        arrive(opened, suspension(70, "mofcom-2025-57"))
        yield opened


def keys(found: OnDay) -> list[str]:
    return [each.lifecycle.act.key for each in found]


@pytest.mark.parametrize("known_on", [None, KNOWN])
def test_what_stood_on_a_day_is_told_by_its_place_a_stretch_or_from_an_act_on(history: History, known_on: date | None):
    found = Law(history, known_on).standing(DAY)
    every = keys(found)

    assert set(every) >= {"uel-2025-9", "uel-2025-10", "mofcom-2025-57"}
    assert [found[place].lifecycle.act.key for place in range(len(found))] == every
    assert [each.lifecycle.act.key for each in found[1:]] == every[1:]
    for key in every:
        assert keys(found.from_act(key)) == every[every.index(key) :]
    assert keys(found.from_act("mofcom-1999-1")) == []


@pytest.mark.parametrize("known_on", [None, KNOWN])
def test_of_a_register_that_is_told_which_is_on_it_from_its_first_day_on(history: History, known_on: date | None):
    law = Law(history, known_on)

    assert keys(law.standing(DAY, UEL)) == ["uel-2025-9", "uel-2025-10"]
    assert law.first_day(UEL) == date(2025, 10, 1)
    assert law.first_day("un-sc") is None


@pytest.mark.parametrize("known_on", [None, KNOWN])
def test_what_names_no_destination_is_counted_by_how_it_stood_on_the_day(history: History, known_on: date | None):
    law = Law(history, known_on)

    assert law.everywhere(date(2025, 10, 20)) == 3
    assert law.everywhere(date(2025, 9, 1)) == 0
