"""What a worker has that no other may have meanwhile, asked for on a thread of its own: destinations, sources, turns at hosts."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import timedelta
from typing import Concatenate, ParamSpec, TypeVar

from monitor.errors import StoreError
from monitor.history.postgres import LAG, Shared

SOON = 1.0  # seconds until a source is asked for again that a worker has

P = ParamSpec("P")
T = TypeVar("T")


class Holding:
    """`await holding(Shared.is_elected)` runs `shared.is_elected()` there, one call after another.

    Raises:
        StoreAway: the database does not answer: nothing is held any more.
    """

    def __init__(self, database: str) -> None:
        self._shared = Shared(database)
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="holding")

    async def __call__(self, method: Callable[Concatenate[Shared, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, lambda: method(self._shared, *args, **kwargs))

    async def gate(self, host: str, gap: timedelta) -> None:
        """Wait until a host may be asked again by any of the workers; a turn of which we hear late is over, and taken anew."""
        while True:
            asked = time.monotonic()
            if wait := await self(Shared.turn, host, gap):
                await asyncio.sleep(wait)
            elif time.monotonic() - asked <= LAG / 2:
                return

    def destination(self, name: str) -> AbstractAsyncContextManager[bool]:
        """Have a destination for as long as the block lasts, unless another worker has it."""
        return self._had(f"destination {name}")

    def source(self, name: str) -> AbstractAsyncContextManager[bool]:
        """Have a source for as long as the block lasts, unless another worker has it."""
        return self._had(f"source {name}")

    @asynccontextmanager
    async def _had(self, name: str) -> AsyncIterator[bool]:
        """Have something for as long as the block lasts; whoever is cut off while it is taken gives it back all the same."""
        taking = asyncio.ensure_future(self(Shared.take, name))
        try:
            yield await asyncio.shield(taking)
        finally:
            await asyncio.shield(asyncio.ensure_future(self._given_back(taking, name)))

    async def _given_back(self, taking: "asyncio.Future[bool]", name: str) -> None:
        with suppress(StoreError):  # where the database went away it is given back already
            if await taking:
                await self(Shared.give_back, name)

    @asynccontextmanager
    async def source_at_last(self, name: str) -> AsyncIterator[None]:
        """Have a source for as long as the block lasts, as soon as no worker has it."""
        while True:
            async with self.source(name) as is_ours:
                if is_ours:
                    yield
                    return
            await asyncio.sleep(SOON)

    def close(self) -> None:
        """Let go of all."""
        self._executor.shutdown()
        self._shared.close()
