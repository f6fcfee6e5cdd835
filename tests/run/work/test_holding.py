"""What workers have against each other, in a database of PostgreSQL; each `Holding` stands for a
worker.
"""

import asyncio
import gc
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import pairwise
from types import SimpleNamespace

import postgres
import pytest

from monitor.run.work import holding
from monitor.run.work.holding import Holding

GAP = timedelta(seconds=0.05)


@pytest.fixture
async def two(postgres_server, with_tables) -> AsyncIterator[tuple[Holding, Holding]]:
    name = postgres.a_name()
    database = postgres_server.create(name, with_tables)
    workers = Holding(database), Holding(database)
    yield workers
    for worker in workers:
        await worker.aclose()
    postgres_server.drop(name)


async def test_all_workers_ask_a_host_a_gap_apart(two):
    passed: list[float] = []

    async def ask(worker: Holding) -> None:
        for _ in range(2):
            await worker.gate("a.example", GAP)
            passed.append(time.monotonic())

    await asyncio.gather(*map(ask, two))
    assert len(passed) == 4
    assert min(later - earlier for earlier, later in pairwise(passed)) >= GAP.total_seconds()


async def test_a_turn_of_which_is_heard_late_is_taken_anew_however_often(two, monkeypatch):
    one, _ = two
    delays = [holding.LAG, holding.LAG, 0.0]
    answered: list[float] = []
    monkeypatch.setattr(holding, "time", SimpleNamespace(monotonic=lambda: sum(answered)))

    async def heard_late(*_: object) -> tuple[float, float]:
        asked = sum(answered)
        answered.append(delays[len(answered)])
        return 0.0, asked

    monkeypatch.setattr(one, "_ask", heard_late)
    await one.gate("a.example", GAP)

    assert answered == delays


async def test_a_destination_and_a_source_are_one_worker_s_for_as_long_as_a_block_lasts(two):
    one, other = two
    for held in (Holding.destination, Holding.source):
        async with held(one, "a") as ours, held(other, "a") as theirs:
            assert (ours, theirs) == (True, False)
        async with held(other, "a") as theirs:
            assert theirs


async def test_who_polls_by_hand_waits_until_no_worker_has_the_source(two, monkeypatch):
    monkeypatch.setattr(holding, "SOON", 0.01)
    one, other = two
    order: list[str] = []

    async def by_hand() -> None:
        async with other.source_at_last("a"):
            order.append("by hand")

    async with one.source("a"):
        waiting = asyncio.ensure_future(by_hand())
        await asyncio.sleep(0.05)
        order.append("worker")
    await waiting
    assert order == ["worker", "by hand"]


async def test_what_is_taken_while_a_worker_is_cut_off_is_given_back_all_the_same(two):
    one, other = two

    async def take() -> None:
        async with one.source("a"):
            await asyncio.Event().wait()

    taking = asyncio.ensure_future(take())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    taking.cancel()
    await asyncio.gather(taking, return_exceptions=True)
    async with other.source("a") as theirs:
        assert theirs


async def test_a_worker_that_ends_while_its_database_goes_away_leaves_no_unread_error(tmp_path):
    unread: list[str] = []
    asyncio.get_running_loop().set_exception_handler(
        lambda _, context: unread.append(context["message"])
    )
    reached, leaving = asyncio.Event(), asyncio.Event()

    async def go_away(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        reached.set()
        await leaving.wait()
        writer.close()

    worker = Holding(f"postgresql:///away?host={tmp_path}")
    async with await asyncio.start_unix_server(go_away, tmp_path / ".s.PGSQL.5432"):
        taking = asyncio.ensure_future(worker.take("a"))
        await reached.wait()
        taking.cancel()
        await asyncio.gather(taking, return_exceptions=True)
        leaving.set()
        await worker.aclose()  # waits for its turn: what was asked has failed by then
    gc.collect()
    await asyncio.sleep(0)

    assert unread == []
