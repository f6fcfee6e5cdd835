"""What a worker does with a job, and what becomes of it when it is cut off."""

import asyncio
from contextlib import asynccontextmanager

from monitor.errors import StoreAway
from monitor.poll.rota import REST
from monitor.run.work.tasks import AT_ONCE, ELSEWHERE, Polling, UnderWay
from monitor.store import troubles


class Holding:
    """Has what is not `theirs`."""

    def __init__(self, *theirs: str) -> None:
        self.theirs = theirs

    @asynccontextmanager
    async def source(self, name):
        yield name not in self.theirs


async def test_what_is_cut_off_is_to_be_done_again_at_once_and_one_name_is_done_once_at_a_time():
    under_way, began = UnderWay(), asyncio.Event()

    async def for_ever():
        began.set()
        await asyncio.Event().wait()

    first = asyncio.ensure_future(under_way.do("a", for_ever()))
    await began.wait()
    assert await under_way.do("a", for_ever()) == ELSEWHERE
    assert [*under_way.tasks] == ["a"]
    under_way.cut()
    assert await first == AT_ONCE
    assert not under_way.tasks


async def test_a_source_that_another_worker_has_is_left_to_it_and_one_that_nobody_knows_to_nobody(
    desk, caplog
):
    polled = []
    polling = Polling(
        desk.pipeline,
        Holding("toy.notices"),
        lambda outcome, took: polled.append(outcome.source.id),
        polled.append,
    )

    assert await polling("toy.notices") == ELSEWHERE
    assert await polling("toy.yearbook") is None
    assert await polling("of.another.config") is None
    assert polled == ["toy.yearbook"]
    assert "of.another.config: queued by a worker with another config.toml" in caplog.text


async def test_a_poll_during_which_the_database_goes_away_is_no_failure_of_its_source(
    desk, monkeypatch
):
    async def away(_pipeline, source):
        raise StoreAway("nobody answers")

    monkeypatch.setattr(type(desk.pipeline), "poll", away)
    met, outcomes = [], []
    polling = Polling(
        desk.pipeline, Holding(), lambda outcome, took: outcomes.append(outcome), met.append
    )

    assert await polling("toy.notices") == REST
    assert [str(error) for error in met] == ["nobody answers"]
    assert [outcome.recorded for outcome in outcomes] == [False]
    assert (await desk.pipeline.history(troubles.load_source_healths)).get("toy.notices") is None
