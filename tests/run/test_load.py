"""Many sources for long: what a poll leaves behind, what a tick asks."""

import gc
import tracemalloc
from datetime import timedelta

import pytest
from acts import listing
from polling import ended
from sqlalchemy import func, select

from monitor.run.daemon import Daemon
from monitor.store.columns import Table

HOUR = timedelta(hours=1)
SOURCE = "toy.notices"


async def rows(desk) -> dict[str, int]:
    """How many there are of each table."""
    return await desk.pipeline.history(
        lambda session: {
            table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
            for table in Table.metadata.tables.values()
        }
    )


async def test_a_poll_that_finds_nothing_new_leaves_no_row(desk, ministry):
    ministry.publish("1", listing(1, "Firm 1"))
    await desk.poll()
    before = await rows(desk)

    for _ in range(50):
        await desk.poll()

    assert await rows(desk) == before


async def test_a_source_that_fails_for_days_leaves_no_row_a_poll(desk, ministry):
    await desk.poll()
    ministry.status["index"] = 503
    for _ in range(3):
        await desk.poll(after=HOUR)
    before = await rows(desk)

    for _ in range(50):
        await desk.poll(after=HOUR)

    assert await rows(desk) == before


@pytest.mark.sweep
async def test_memory_is_after_a_simulated_week_what_it_was_after_a_day(
    desk, ministry, httpserver, caplog
):
    for number in range(5):
        ministry.publish(str(number), listing(number, f"Firm {number}"))
    desk.pipeline.registry.__dict__["sources"] = [desk.pipeline.registry.source(SOURCE)]
    daemon = Daemon(desk.pipeline, {})

    async def day() -> int:
        for _ in range(24):
            desk.clock.move_to(desk.clock.now() + HOUR)
            await daemon.tick()
            await ended(daemon)
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
