"""A worker's exclusive claims: sources, destinations, turns at hosts, the handling of due dates.
One connection holds all of them, so they end with their process. They are no part of the history,
and wait for no writer of it.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import UTC, timedelta
from typing import Any

import psycopg

from monitor.errors import StoreError
from monitor.store import Worker, postgres

SOON = 1.0  # seconds until the next try for a source that another worker has
LATE = 0.001  # seconds until the next try after a turn that was reported late
LAG = 0.5  # seconds by which the way from a turn to its request may differ between workers
FORGOTTEN = timedelta(hours=1)  # time after which nobody needs a worker's last state


class Holding:
    """One worker's claims, for use within one event loop.

    Raises:
        ConfigError: from the constructor, if it is no database's address, or the driver is missing.
        StoreAway: from a method, if the database does not answer: then all claims are lost.
    """

    def __init__(self, database: str) -> None:
        postgres.make_address(database)
        self.database = database
        self._connection: psycopg.AsyncConnection | None = None
        self._elected: psycopg.AsyncConnection | None = None  # the same, where we are
        self._one_by_one = asyncio.Lock()
        self.delivering = set[str]()  # the destinations that we have

    async def _ask(
        self, words: str, values: Sequence[object] | Mapping[str, object] = ()
    ) -> tuple[Any, float]:
        """Query the database; return the answer and the time of the query. A cancelled caller
        leaves the connection intact.
        """
        asked = asyncio.ensure_future(self._asked(words, values))
        # nobody may be left to read its error
        asked.add_done_callback(lambda task: task.cancelled() or task.exception())
        return await asyncio.shield(asked)

    async def _asked(
        self, words: str, values: Sequence[object] | Mapping[str, object]
    ) -> tuple[Any, float]:
        async with self._one_by_one:
            self._connection = self._connection or await postgres.connect(self.database)
            asked = time.monotonic()
            try:
                with postgres.translate_errors(self.database):
                    cursor = await self._connection.execute(words, values)
                    row = await cursor.fetchone() if cursor.description else None
            except BaseException:
                await self._let_go()
                raise
        return row[0] if row else None, asked

    async def _let_go(self) -> None:
        if self._connection is not None:
            with suppress(psycopg.Error):  # it may be lost already
                await self._connection.close()
        self._connection = None

    async def aclose(self) -> None:
        """Let go of all."""
        async with self._one_by_one:
            await self._let_go()

    async def take(self, name: str) -> bool:
        """Lock a name, unless another process has it."""
        return bool((await self._ask(postgres.TAKE, [name]))[0])

    async def give_back(self, name: str) -> bool:
        """Release a claim; return whether we had it."""
        return bool((await self._ask(postgres.GIVE_BACK, [name]))[0])

    async def is_elected(self) -> bool:
        """Return whether this process is elected: the first to ask, until it or its connection
        ends.
        """
        has_it = self._connection is not None and self._elected is self._connection
        is_ours, _ = await self._ask(postgres.ANSWER if has_it else postgres.ELECT)
        self._elected = self._connection if is_ours else None
        return self._elected is not None

    async def turn(self, host: str, gap: timedelta) -> float:
        """Return 0.0 if it is our turn at a host, else the seconds until the next try. Requests
        start so far apart; a turn reported late has passed.
        """
        wait, asked = await self._ask(
            postgres.TURN, {"host": host, "gap": gap.total_seconds() + LAG}
        )
        return float(wait) or (LATE if time.monotonic() - asked > LAG / 2 else 0.0)

    async def gate(self, host: str, gap: timedelta) -> None:
        """Wait until one of the workers may ask a host again."""
        while True:
            wait = await self.turn(host, gap)
            if not wait:
                return
            await asyncio.sleep(wait)

    async def beat(self, worker: Worker) -> None:
        """Report that this process is alive, and its work."""
        began, seen = (
            moment.astimezone(UTC).replace(tzinfo=None) for moment in (worker.began, worker.seen)
        )
        lists = {"queues": " ".join(worker.queues), "doing": " ".join(worker.doing)}
        values = {
            "name": worker.name,
            "began": began,
            "seen": seen,
            "schedules": worker.schedules,
        } | lists
        await self._ask(postgres.BEAT, values)
        await self._ask(postgres.FORGET, [seen - FORGOTTEN])

    async def gone(self, name: str) -> None:
        """The process of this name ends."""
        await self._ask(postgres.GONE, [name])

    @asynccontextmanager
    async def destination(self, name: str) -> AsyncIterator[bool]:
        """Have a destination for as long as the block lasts, unless another worker has it."""
        async with self._had(f"destination {name}") as is_ours:
            self.delivering |= {name} if is_ours else set()
            yield is_ours
        self.delivering.discard(name)

    def source(self, name: str) -> AbstractAsyncContextManager[bool]:
        """Have a source for as long as the block lasts, unless another worker has it."""
        return self._had(f"source {name}")

    @asynccontextmanager
    async def _had(self, name: str) -> AsyncIterator[bool]:
        """Hold a claim for the length of the block; a caller cancelled meanwhile gives it back
        too.
        """
        taking = asyncio.ensure_future(self.take(name))
        try:
            yield await asyncio.shield(taking)
        finally:
            await asyncio.shield(asyncio.ensure_future(self._given_back(taking, name)))

    async def _given_back(self, taking: "asyncio.Future[bool]", name: str) -> None:
        with suppress(StoreError):  # where the database went away it is given back already
            if await taking:
                await self.give_back(name)

    @asynccontextmanager
    async def source_at_last(self, name: str) -> AsyncIterator[None]:
        """Have a source for as long as the block lasts, as soon as no worker has it."""
        while True:
            async with self.source(name) as is_ours:
                if is_ours:
                    yield
                    return
            await asyncio.sleep(SOON)
