"""What a worker has that no other may have meanwhile, asked for on a thread of its own: destinations, sources, turns at hosts."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar

from monitor.errors import StoreError
from monitor.history.shared import LAG, Shared, Turn
from monitor.pipeline.together import Together

SOON = 1.0  # seconds until a source is asked for again that a worker has

P = ParamSpec("P")
T = TypeVar("T")


async def _given_back(taking: asyncio.Future[bool], back: Callable[[], Coroutine[Any, Any, object]]) -> None:
    """Give back what was taken, if it was; where the database went away it is given back already."""
    with suppress(StoreError):
        if await taking:
            await back()


class Holding:
    """`await holding(Shared.is_elected)` runs `shared.is_elected()` there, one call after another.

    Raises:
        StoreAway: the database does not answer: nothing is held any more.
    """

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="holding")
        self._turns: Together[Turn, float] = Together(lambda asked: self(Shared.turns, asked), patience=0.0)
        self._taken: Together[str, bool] = Together(lambda asked: self(Shared.take, asked), patience=0.0)
        self._returned: Together[str, bool] = Together(lambda asked: self(Shared.give_back, asked), patience=0.0)

    async def __call__(self, method: Callable[Concatenate[Shared, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, lambda: method(self._shared, *args, **kwargs))

    async def gate(self, host: str, gap: timedelta) -> None:
        """Wait until a host may be asked again by any of the workers; a turn of which we hear late is over, and taken anew."""
        while True:
            asked = time.monotonic()
            if wait := await self._turns((host, gap)):
                await asyncio.sleep(wait)
            elif time.monotonic() - asked <= LAG / 2:
                return

    @asynccontextmanager
    async def destination(self, name: str) -> AsyncIterator[bool]:
        """Have a destination for as long as the block lasts, unless another worker has it."""
        async with self._had(self(Shared.claim, name), lambda: self(Shared.let_go, name)) as is_ours:
            yield is_ours

    @asynccontextmanager
    async def source(self, name: str) -> AsyncIterator[bool]:
        """Have a source for as long as the block lasts, unless another worker has it."""
        async with self._had(self._taken(name), lambda: self._returned(name)) as is_ours:
            yield is_ours

    @asynccontextmanager
    async def _had(
        self, taking: Coroutine[Any, Any, bool], back: Callable[[], Coroutine[Any, Any, object]]
    ) -> AsyncIterator[bool]:
        """Have something for as long as the block lasts; whoever is cut off while it is taken gives it back all the same."""
        task = asyncio.ensure_future(taking)
        try:
            yield await asyncio.shield(task)
        finally:
            await asyncio.shield(asyncio.ensure_future(_given_back(task, back)))

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
