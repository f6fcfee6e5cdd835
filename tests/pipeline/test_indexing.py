from datetime import datetime, timedelta

import pytest
from acts import listing
from editions import PEOPLE, roll

from monitor.history import History
from monitor.pipeline import indexing
from monitor.pipeline.indexing import edition, index_names
from monitor.pipeline.on_record import KeptRecords

SECOND = timedelta(seconds=1)


class Hurried:
    """A clock by which each look at it takes a second."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        self._now += SECOND
        return self._now


async def lags(desk) -> bool:
    return await desk.pipeline.history(History.names_lag, edition())


async def test_all_that_polls_brought_is_in_the_index_of_names_once_it_was_carried_on(desk, ministry):
    ministry.publish("61", listing(1, "Teal Drones"))
    ministry.publish("roll", roll(PEOPLE))
    await desk.poll()
    await desk.poll(source="rolls.roll")
    assert await lags(desk)

    await index_names(desk.pipeline.history, desk.clock)

    assert not await lags(desk)
    assert await desk.pipeline.history(lambda history: len(KeptRecords(history))) == 4
    ministry.publish("roll", roll({**PEOPLE, "4": "Delta AG"}, "2025-10-10"))
    await desk.poll(source="rolls.roll")
    assert await lags(desk)


@pytest.mark.long
async def test_the_index_of_names_is_carried_on_no_longer_than_it_may(desk, ministry, monkeypatch):
    ministry.publish("roll", roll(PEOPLE))
    await desk.poll(source="rolls.roll")
    portions: list[bool] = []
    keep = History.keep_names
    monkeypatch.setattr(History, "keep_names", lambda history, names: portions.append(keep(history, names, 1)) or portions[-1])

    await index_names(desk.pipeline.history, Hurried(desk.clock.now()), 2 * SECOND)

    assert portions == [False, False]
    await index_names(desk.pipeline.history, desk.clock)
    assert (portions[-1], await lags(desk)) == (True, False)


async def test_an_index_of_names_that_is_as_it_should_be_is_let_alone(desk, monkeypatch):
    await index_names(desk.pipeline.history, desk.clock)
    monkeypatch.setattr(History, "keep_names", None)

    await index_names(desk.pipeline.history, desk.clock)

    assert not await lags(desk)


async def test_an_index_made_by_another_edition_of_a_library_that_reads_names_is_not_as_it_should_be(desk, ministry, monkeypatch):
    ministry.publish("61", listing(1, "Teal Drones"))
    await desk.poll()
    await index_names(desk.pipeline.history, desk.clock)
    assert not await lags(desk)

    monkeypatch.setattr(indexing, "edition", lambda: f"{edition()} of another day")
    assert await desk.pipeline.history(History.names_lag, indexing.edition())
