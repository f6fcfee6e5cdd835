"""What several processes hold between them, in a database of PostgreSQL; each `Holding` stands
for a process.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import postgres
import pytest
from command import FAR

from monitor.config.stores import Store
from monitor.errors import StoreAway
from monitor.run.work.holding import LAG, Holding
from monitor.store import History, Worker, looks

NOW = datetime(2026, 3, 5, tzinfo=UTC)
GAP = timedelta(seconds=0.2)
LONG = timedelta(seconds=5)


@pytest.fixture
def store(postgres_server, with_tables, tmp_path: Path) -> Iterator[Store]:
    name = postgres.a_name()
    yield Store(tmp_path / "own", postgres_server.create(name, with_tables))
    postgres_server.drop(name)


@pytest.fixture
async def process(store) -> AsyncIterator[Callable[[], Holding]]:
    made: list[Holding] = []

    def another() -> Holding:
        made.append(Holding(store.database))
        return made[-1]

    yield another
    for holding in made:
        await holding.aclose()


async def eventually(is_so: Callable[[], Awaitable[object]]) -> None:
    deadline = time.monotonic() + FAR
    while not await is_so():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.01)


async def test_a_name_is_one_process_s_until_it_gives_it_back_or_ends(process):
    one, other = process(), process()
    assert [await one.take("a"), await one.take("b")] == [True, True]
    assert [await other.take("b"), await other.take("c")] == [False, True]
    assert await one.give_back("b")
    assert await other.take("b")
    assert not await one.give_back("b")
    await one.aclose()
    await eventually(lambda: other.take("a"))


async def test_the_first_who_asks_is_elected_until_it_ends(process):
    one, other = process(), process()
    assert [await one.is_elected(), await other.is_elected(), await one.is_elected()] == [
        True,
        False,
        True,
    ]
    await one.aclose()
    await eventually(other.is_elected)


async def test_a_host_is_asked_by_one_process_at_a_time_a_gap_apart_and_no_other_host_waits_for_that(
    process,
):
    one, other = process(), process()
    await other.turn("d.example", GAP)  # it is connected
    assert [await one.turn("b.example", LONG), await one.turn("a.example", LONG)] == [0.0, 0.0]
    shared, free = await other.turn("a.example", GAP), await other.turn("c.example", GAP)
    assert free == 0.0
    assert 0 < shared <= LONG.total_seconds() + LAG
    await asyncio.sleep(shared)
    assert await other.turn("a.example", GAP) == 0.0


async def test_turns_of_a_clock_that_was_set_back_close_no_host(process):
    one = process()
    await one.turn("a.example", timedelta(days=1))
    assert await one.turn("a.example", GAP) == 0.0


async def test_who_works_at_what_is_on_record_until_it_ends_or_long_after_it_died(process, store):
    one = process()
    worker = Worker("here:1", NOW, NOW, ("polls", "rounds"), ("a", "b"), schedules=True)
    with History(store) as history:
        await one.beat(Worker("here:0", NOW, NOW - timedelta(days=2), ("polls",)))
        await one.beat(Worker("here:1", NOW, NOW, ("polls",)))
        await one.beat(worker)
        assert [
            (known.name, [*known.doing], known.schedules) for known in history(looks.list_workers)
        ] == [("here:1", ["a", "b"], True)]
        await one.gone("here:1")
        assert history(looks.list_workers) == []


@pytest.mark.long
async def test_a_database_that_goes_away_takes_all_along_and_all_is_free_when_it_is_back(
    own_postgres, tmp_path
):
    store = Store(tmp_path / "own", own_postgres.create("held"))
    History(store).close()
    one = Holding(store.database)
    assert await one.take("alerts")
    assert await one.is_elected()
    own_postgres.stop("immediate")
    with pytest.raises(StoreAway):
        await one.is_elected()
    with pytest.raises(StoreAway):
        await one.take("ops")
    with pytest.raises(StoreAway):
        await one.give_back("alerts")
    own_postgres.start()
    other = Holding(store.database)
    assert await other.is_elected()
    assert not await one.is_elected()
    assert await other.take("alerts")
    await one.aclose()
    await other.aclose()
