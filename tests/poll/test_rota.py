"""Which sources the daemon polls next."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from acts import listing
from editions import board, firms

from monitor.errors import StoreFull
from monitor.poll.assembly import poll
from monitor.poll.outcome import Outcome
from monitor.poll.rota import LESSON, MOST_POLLS, Rota
from monitor.source.scraper import FEWEST, MEMORY, Source
from monitor.store import sightings

WEEK = timedelta(weeks=1)


@dataclass
class SetClock:
    """A clock that somebody sets, also back."""

    at: datetime

    def now(self) -> datetime:
        return self.at

    async def sleep(self, seconds: float) -> None:
        raise NotImplementedError


def only(desk, name: str) -> Source:
    """Leave this source alone in the registry."""
    source = desk.pipeline.registry.source(name)
    desk.pipeline.registry.sources[:] = [source]
    return source


async def wait(desk, rota: Rota) -> timedelta:
    """Until the next source may be due."""
    moment, _ = (await rota.timetable()).coming()
    return moment - desk.clock.now()


async def cadence(desk, rota: Rota) -> timedelta:
    """Until a source that was just polled is due again."""
    (source,) = await rota.due(0)
    await desk.pipeline.poll(source)
    await rota.ended(Outcome(source))
    return await wait(desk, rota)


async def test_what_it_keeps_of_the_last_polls_is_what_the_history_keeps(desk, ministry):
    source, rota = only(desk, "toy.notices"), Rota(desk.pipeline)
    await rota.ticked()
    for status in (503, 200, 503):
        ministry.status = {"index": status}
        desk.clock.move_to(desk.clock.now() + timedelta(hours=1))
        await rota.ended(await poll(desk.pipeline, source))

        assert await wait(desk, rota) == await wait(desk, Rota(desk.pipeline)) > timedelta()


async def test_a_source_is_due_again_within_a_minute_where_a_row_is_missing_and_then_at_its_own_pace(
    desk, ministry
):
    source, rota, due = only(desk, "rolls.board"), Rota(desk.pipeline), []
    await rota.ticked()
    for count in (40, 39, 39):
        ministry.publish("board", board(firms(count)))
        desk.clock.move_to(desk.clock.now() + timedelta(minutes=1))
        await rota.ended(await poll(desk.pipeline, source))
        due.append(await wait(desk, rota))

    assert [wait <= timedelta(minutes=1) for wait in due] == [False, True, False]


@pytest.mark.parametrize(
    ("left", "minutes"),
    [((8, 6, 6), 10), ((8, 5, 5), None)],  # more than a quarter: a person asks
)
async def test_a_source_of_which_rows_are_withheld_is_due_in_ten_minutes_also_after_a_restart(
    desk, ministry, left, minutes
):
    source, rota, due = only(desk, "rolls.board"), Rota(desk.pipeline), []
    await rota.ticked()
    for count in left:
        ministry.publish("board", board(firms(count)))
        outcome = await poll(desk.pipeline, source)
        await rota.ended(outcome)
        assert await wait(desk, rota) == await wait(desk, Rota(desk.pipeline))
        due.append((await wait(desk, rota), outcome.withheld))
        desk.clock.move_to(desk.clock.now() + await wait(desk, rota))

    assert [withheld != "" for _, withheld in due] == [False, True, minutes is None]
    assert (due[1][0] == timedelta(minutes=10)) is (minutes == 10)
    assert len(await desk.owed()) == (minutes == 10)


async def test_hours_in_which_acts_were_told_are_learnt_from_the_history_once_a_day(desk, ministry):
    await desk.poll()
    for number in range(FEWEST):
        ministry.publish(str(number), listing(number, f"Firm {number}"))
        await desk.poll(after=WEEK)
    only(desk, "toy.notices")
    rota = Rota(desk.pipeline)
    desk.clock.move_to(desk.clock.now() + WEEK)
    await rota.ticked()

    assert await cadence(desk, rota) <= timedelta(minutes=5) / 3
    # the next hour has brought nothing yet
    desk.clock.move_to(desk.clock.now() + timedelta(hours=1))
    assert await cadence(desk, rota) > timedelta(minutes=4)


async def test_a_baseline_is_no_news_and_teaches_nothing(desk, ministry):
    for number in range(3):
        ministry.publish(str(number), listing(number, f"Firm {number}"))
    await desk.poll()
    since = desk.clock.now() - MEMORY

    assert await desk.pipeline.history(sightings.list_publishing_times, since) == {}
    ministry.publish("9", listing(9, "Firm 9"))
    await desk.poll()
    assert await desk.pipeline.history(sightings.list_publishing_times, since) == {
        "toy.notices": [desk.clock.now()]
    }


async def test_the_history_is_asked_when_things_were_published_no_oftener_than_once_a_day(
    desk, monkeypatch
):
    asked = []
    published = sightings.list_publishing_times
    monkeypatch.setattr(
        sightings, "list_publishing_times", lambda *args: asked.append(1) or published(*args)
    )
    rota, begun = Rota(desk.pipeline), desk.clock.now()
    for _ in range(50):
        await rota.ticked()
        desk.clock.move_to(desk.clock.now() + timedelta(seconds=5))
    before = len(asked)
    desk.clock.move_to(begun + LESSON)
    await rota.ticked()

    assert (before, len(asked)) == (1, 2)


@pytest.mark.parametrize(
    ("apart", "slept"),
    [
        (timedelta(), False),
        (timedelta(seconds=59), False),
        (timedelta(seconds=60), True),
        (timedelta(seconds=-1), True),  # the clock was set back
    ],
)
async def test_we_are_awake_since_the_first_tick_after_a_sleep_or_since_the_clock_was_set_back(
    desk, apart: timedelta, slept: bool
):
    clock = SetClock(begun := desk.clock.now())
    rota = Rota(replace(desk.pipeline, clock=clock))
    first = await rota.ticked()
    clock.at = begun + timedelta(seconds=30)
    second = await rota.ticked()
    clock.at += apart
    third = await rota.ticked()

    assert (first, second) == (begun, begun)
    assert third == (clock.at if slept else begun)


async def test_a_poll_that_could_not_be_kept_rests_for_a_minute_and_one_for_want_of_room_only_waits_for_room(
    desk,
):
    for full, rests in ((None, True), (StoreFull("no room"), False)):
        rota = Rota(desk.pipeline)
        await rota.ticked()
        desk.clock.move_to(desk.clock.now() + timedelta(minutes=1))
        source = next(one for one in await rota.due(0) if one.id == "toy.notices")
        await rota.ended(Outcome(source, recorded=False, full=full))
        at_once = [one.id for one in await rota.due(0)]
        desk.clock.move_to(desk.clock.now() + timedelta(minutes=1))
        later = [one.id for one in await rota.due(0)]

        assert ("toy.notices" in at_once, "toy.notices" in later) == (not rests, rests)


async def test_no_more_polls_begin_than_there_is_room_for(desk):
    rota = Rota(desk.pipeline)
    await rota.ticked()
    desk.clock.move_to(desk.clock.now() + timedelta(minutes=1))

    assert await rota.due(MOST_POLLS) == []
    assert len(await rota.due(MOST_POLLS - 1)) == 1
    assert await rota.due(0)
