"""Work shared out among processes; each `Jobs` stands for a process."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from monitor.errors import StoreAway
from monitor.run.work import queue as kept
from monitor.run.work.queue import Jobs

pytestmark = pytest.mark.long


@pytest.fixture
async def two(postgres_database) -> AsyncIterator[tuple[Jobs, Jobs]]:
    opened = [await Jobs.opened(postgres_database) for _ in range(2)]
    yield tuple(opened)
    for jobs in opened:
        await jobs.aclose()


async def test_of_two_jobs_with_one_key_there_is_one_until_it_is_done(two):
    one, other = two
    done: Counter[str] = Counter()

    async def handle(key: str) -> None:
        done[key] += 1
        await other.put("polls", [key])
        if len(done) == 3:
            one.stop()

    await one.put("polls", ["a", "b", "a"])
    await other.put("polls", ["b", "c"])
    await one.work({"polls": handle}, 40)
    assert done == {"a": 1, "b": 1, "c": 1}
    await other.forget()


async def test_what_is_to_be_done_again_is_done_again_then(two):
    one, _ = two
    heard: list[str] = []

    async def handle(text: str) -> timedelta | None:
        heard.append(text)
        if len(heard) == 2:
            one.stop()
        return timedelta(seconds=0.1) if len(heard) == 1 else None

    await one.put("polls", ["a"])
    await one.work({"polls": handle}, 40)
    assert heard == ["a"] * 2


async def test_what_a_process_had_begun_that_died_is_done_by_another(two, monkeypatch):
    one, other = two
    monkeypatch.setattr(kept, "SILENCE", timedelta(seconds=0.8))
    monkeypatch.setattr(kept, "LOOK", timedelta(seconds=0.2))
    begun, done = asyncio.Event(), []

    async def hangs(key: str) -> None:
        begun.set()
        await asyncio.Event().wait()

    async def does(key: str) -> None:
        done.append(key)
        other.stop()

    await one.put("polls", ["a"])
    died = asyncio.ensure_future(one.work({"polls": hangs}, 40))
    await begun.wait()
    for connection in one._connections:
        await connection.close()
    await asyncio.wait_for(other.work({"polls": does}, 40), 20)
    assert done == ["a"]
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()
    await asyncio.gather(died, return_exceptions=True)


async def test_a_database_that_goes_away_ends_the_work(own_postgres):
    jobs = await Jobs.opened(own_postgres.create("queue"))
    begun = asyncio.Event()

    async def handle(_: str) -> None:
        begun.set()

    await jobs.put("polls", ["a"])
    working = asyncio.ensure_future(jobs.work({"polls": handle}, 40))
    await begun.wait()
    own_postgres.stop("immediate")
    with pytest.raises(StoreAway):
        await asyncio.wait_for(working, 20)
    with pytest.raises(StoreAway):
        await Jobs.opened(own_postgres.url("queue"))
    await jobs.aclose()
