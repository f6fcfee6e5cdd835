"""Whoever is elected says what is due, and hears from the history who looked."""

from datetime import timedelta

import pytest

from monitor.run.work.tasks import POLLS, Scheduler

MINUTE, TICK = timedelta(minutes=1), timedelta(seconds=30)


class Queue:
    """What was given out, and not yet taken away by a test."""

    def __init__(self) -> None:
        self.waiting: dict[str, dict[str, str]] = {POLLS: {}}
        self.forgot = 0

    async def put(self, kind, keys):
        for key in keys:
            self.waiting[kind].setdefault(key, key)

    async def forget(self):
        self.forgot += 1


@pytest.fixture
def queue() -> Queue:
    return Queue()


async def ticked(
    scheduler: Scheduler, queue: Queue, desk, *, lasting: timedelta = 2 * MINUTE
) -> list[str]:
    """The sources that are heard of while time passes."""
    looked = []
    for _ in range(lasting // TICK):
        looked += await scheduler.tick(queue)
        desk.clock.move_to(desk.clock.now() + TICK)
    return looked


async def test_each_source_is_given_out_once_and_anew_when_the_history_has_that_somebody_looked(
    desk, queue
):
    scheduler = Scheduler(desk.pipeline)
    await ticked(scheduler, queue, desk)
    assert queue.waiting[POLLS].keys() == {source.id for source in desk.pipeline.registry.sources}

    await desk.poll(after=timedelta())
    del queue.waiting[POLLS]["toy.notices"]
    assert await ticked(scheduler, queue, desk, lasting=4 * MINUTE) == ["toy.notices"]
    assert "toy.notices" not in queue.waiting[POLLS]
    assert await ticked(scheduler, queue, desk, lasting=2 * MINUTE) == []
    assert "toy.notices" in queue.waiting[POLLS]


async def test_that_somebody_looked_is_heard_at_the_next_tick_and_not_only_with_lost_work(
    desk, queue
):
    scheduler = Scheduler(desk.pipeline)
    await ticked(scheduler, queue, desk, lasting=TICK)
    await desk.poll(after=timedelta())

    assert await scheduler.tick(queue) == ["toy.notices"]


async def test_what_was_given_out_and_is_nowhere_is_given_out_anew(desk, queue):
    scheduler = Scheduler(desk.pipeline)
    await ticked(scheduler, queue, desk)
    assert queue.waiting[POLLS].pop("toy.notices")
    await ticked(scheduler, queue, desk, lasting=2 * MINUTE)
    assert "toy.notices" in queue.waiting[POLLS]


async def test_what_the_queue_keeps_of_work_that_is_done_goes_now_and_then(desk, queue):
    scheduler = Scheduler(desk.pipeline)
    await ticked(scheduler, queue, desk, lasting=2 * MINUTE)
    assert queue.forgot == 2
