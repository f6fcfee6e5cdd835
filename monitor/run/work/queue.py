"""Work shared among processes by pgqueuer, in tables beside the history's. The history can restore
all of them: they are not logged, and are empty after a crash of the database. Of one key at most
one job waits or runs.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import Self

import psycopg
from pgqueuer.adapters.drivers.psycopg import PsycopgDriver
from pgqueuer.adapters.persistence.qb import (
    QueryBuilderEnvironment,
    QueryQueueBuilder,
    QuerySchedulerBuilder,
)
from pgqueuer.core.qm import QueueManager
from pgqueuer.domain.models import Job
from pgqueuer.domain.settings import DBSettings, Durability
from pgqueuer.errors import FailingListenerError, RetryRequested
from pgqueuer.ports.driver import NotifyCallback
from pgqueuer.queries import Queries

from monitor.config.stores import hide_address_secrets
from monitor.errors import StoreAway
from monitor.store import postgres
from monitor.store.postgres import translate_errors

SETTINGS = DBSettings(prefix="monitor_", durability=Durability.volatile)
SILENCE = timedelta(seconds=10)  # time without a report after which another worker takes up a job
# how often it is looked for such jobs, and for those of which no word came
LOOK = timedelta(seconds=5)
AT_ONCE = 20  # taken together: fewer cost more, and more leave the other workers idle

Handler = Callable[[str], Awaitable[timedelta | None]]
"""Does the job of this key; gives after how long it is to be done again, or nothing."""

# it logs tracebacks where we log a line
logging.getLogger("pgqueuer").setLevel(logging.CRITICAL + 1)


class TwoLines(PsycopgDriver):
    """Listens on its own connection: a listening one cannot answer for a second."""

    def __init__(self, asking: psycopg.AsyncConnection, hearing: psycopg.AsyncConnection) -> None:
        super().__init__(asking)
        self._hearing = PsycopgDriver(hearing)
        self._listens = asyncio.Event()

    async def add_listener(self, channel: str, callback: NotifyCallback) -> None:
        await self._hearing.add_listener(channel, callback)
        self._listens.set()

    async def notify(self, channel: str, payload: str) -> None:
        await self._listens.wait()  # earlier calls are lost, and look like a dead connection
        await super().notify(channel, payload)

    async def remove_listener(self, channel: str, callback: NotifyCallback) -> None:
        await self._hearing.remove_listener(channel, callback)

    async def __aenter__(self) -> Self:
        await self._hearing.__aenter__()
        return await super().__aenter__()

    async def __aexit__(self, *error: object) -> None:
        await super().__aexit__(*error)
        await self._hearing.__aexit__(*error)


@dataclass
class Jobs:
    """The jobs of one database, as one process sees them.

    Raises:
        StoreError: from a method; `StoreAway` if the database does not answer.
    """

    database: str
    _connections: tuple[psycopg.AsyncConnection, psycopg.AsyncConnection]
    _queries: Queries
    _manager: QueueManager | None = None

    @classmethod
    async def opened(cls, database: str) -> Self:
        """Connect, and make the tables where there are none, or bring them up to this version of
        pgqueuer.
        """
        builders = (
            QueryBuilderEnvironment(SETTINGS),
            QueryQueueBuilder(SETTINGS),
            QuerySchedulerBuilder(SETTINGS),
        )
        async with AsyncExitStack() as stack:
            asking, hearing = [
                await stack.enter_async_context(await postgres.connect(database)) for _ in range(2)
            ]
            jobs = cls(database, (asking, hearing), Queries(TwoLines(asking, hearing), *builders))
            with translate_errors(database):
                await jobs._make()
            stack.pop_all()
        return jobs

    async def _make(self) -> None:
        async with self._queries.schema_lock():
            if not await self._queries.schema_is_installed():
                await self._queries.install()
                return
        await self._queries.upgrade()

    async def aclose(self) -> None:
        """Let go of the database."""
        for connection in self._connections:
            await connection.close()

    async def put(self, kind: str, keys: Sequence[str]) -> None:
        """Have these done, each unless it waits or is being done already."""
        if keys:
            number, known_as, texts = (
                len(keys),
                [f"{kind} {key}" for key in keys],
                [key.encode() for key in keys],
            )
            with translate_errors(self.database):
                await self._queries.enqueue(
                    [kind] * number,
                    [*texts],
                    [0] * number,
                    dedupe_key=[*known_as],
                    on_conflict="skip",
                )

    async def forget(self) -> None:
        """Delete pgqueuer's log of finished jobs."""
        with translate_errors(self.database):
            await self._queries.clear_queue_log()

    async def work(self, handlers: Mapping[str, Handler], at_a_time: int) -> None:
        """Run jobs of these kinds as they come, so many at a time, until a stop; running ones are
        finished.

        Raises:
            StoreError: the database refuses; StoreAway if it went away.
        """
        self._manager = manager = QueueManager(self._queries, channel=SETTINGS.channel)
        for kind, handler in handlers.items():
            manager.entrypoint(kind)(_make_entrypoint(handler))
        with translate_errors(self.database):
            try:
                await manager.run(
                    dequeue_timeout=LOOK,
                    batch_size=min(AT_ONCE, at_a_time // 2),
                    max_concurrent_tasks=at_a_time,
                    shutdown_on_listener_failure=True,
                    heartbeat_timeout=SILENCE,
                    log_aggregation_interval=timedelta(0),
                )
            except FailingListenerError as error:
                raise StoreAway(
                    f"{hide_address_secrets(self.database)}: no word comes from it any more"
                ) from error

    def stop(self) -> None:
        """Take no more."""
        if self._manager:
            self._manager.shutdown.set()


def _make_entrypoint(handler: Handler) -> Callable[[Job], Awaitable[None]]:
    async def work(job: Job) -> None:
        again = await handler((job.payload or b"").decode())
        if again is not None:
            raise RetryRequested(delay=again)

    return work
