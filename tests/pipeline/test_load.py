"""Many sources for long: what a poll leaves behind, what a tick asks. The figures are those of `python -m tests.bench.load`."""

import asyncio
import gc
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from acts import listing
from sqlalchemy import event, func, insert, select

from monitor.history.tables import SourceRow, Table
from monitor.pipeline.daemon import Daemon

HOUR = timedelta(hours=1)
SOURCE = "toy.notices"


def rows(desk) -> dict[str, int]:
    """How many there are of each table."""
    with desk.pipeline.history._history._engine.connect() as connection:
        tables = Table.metadata.tables.values()
        return {table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables}


@contextmanager
def statements(desk) -> Iterator[list[str]]:
    """What is asked of the database meanwhile."""
    asked: list[str] = []
    engine = desk.pipeline.history._history._engine

    def heard(_connection, _cursor, statement, *_rest) -> None:
        asked.append(statement)

    event.listen(engine, "after_cursor_execute", heard)
    yield asked
    event.remove(engine, "after_cursor_execute", heard)


async def test_a_poll_that_finds_nothing_new_leaves_no_row(desk, ministry):
    ministry.publish("1", listing(1, "Firm 1"))
    await desk.poll()
    before = rows(desk)

    for _ in range(50):
        await desk.poll()

    assert rows(desk) == before


async def test_a_source_that_fails_for_days_leaves_no_row_a_poll(desk, ministry):
    await desk.poll()
    ministry.status["index"] = 503
    for _ in range(3):
        await desk.poll(after=HOUR)
    before = rows(desk)

    for _ in range(50):
        await desk.poll(after=HOUR)

    assert rows(desk) == before


@pytest.mark.parametrize("silent", [False, True])
async def test_a_tick_asks_as_little_of_the_history_with_two_thousand_sources_as_with_twenty(open_desk, silent: bool):
    asked = {}
    for number in (20, 2_000):
        async with open_desk() as desk:
            asked[number] = await _asked_in_a_tick(desk, number, silent=silent)

    assert asked[2_000] == asked[20]


async def _asked_in_a_tick(desk, number: int, *, silent: bool) -> int:
    """How many statements a tick takes at which nothing is due; `silent`, with a look for sources that give nothing."""
    now, pattern = desk.clock.now(), desk.pipeline.registry.source(SOURCE)
    sources = [replace(pattern, id=f"toy.s{at}", every=timedelta(days=2)) for at in range(number)]
    desk.pipeline.registry.__dict__["sources"] = sources
    states = [
        {"id": source.id, "first_ok": now, "last_poll": now, "last_ok": now, "failures": 0, "told": False, "hold": 0.0}
        for source in sources
    ]
    with desk.pipeline.history._history._engine.begin() as connection:
        connection.execute(SourceRow.__table__.delete())
        connection.execute(insert(SourceRow), states)
    daemon = Daemon(desk.pipeline, {})
    for _ in range(80 if silent else 2):
        await daemon.tick()
        desk.clock.move_to(desk.clock.now() + timedelta(seconds=59 if silent else 5))
    with statements(desk) as asked:
        await daemon.tick()
    assert daemon._polling == {}
    return len(asked)


@pytest.mark.long
async def test_memory_is_after_a_simulated_week_what_it_was_after_a_day(desk, ministry, httpserver, caplog):
    for number in range(5):
        ministry.publish(str(number), listing(number, f"Firm {number}"))
    desk.pipeline.registry.__dict__["sources"] = [desk.pipeline.registry.source(SOURCE)]
    daemon = Daemon(desk.pipeline, {})

    async def day() -> int:
        for _ in range(48):
            desk.clock.move_to(desk.clock.now() + timedelta(minutes=30))
            await daemon.tick()
            while daemon._polling:
                await asyncio.gather(*daemon._polling.values())
        ministry.asked.clear()
        httpserver.clear_log()
        caplog.clear()
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        await day()
        after_two = await day()
        after_week = [await day() for _ in range(5)][-1]
    finally:
        tracemalloc.stop()

    assert after_week - after_two < 200_000
