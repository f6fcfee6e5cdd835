"""Tells what a pass brings while it still looks: who waits for the slowest of a thousand pages hears of the first too late."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Self

from monitor.clock import Clock
from monitor.deliver import Channel, DeliveryPolicy, deliver
from monitor.errors import DeliveryError, Outcome
from monitor.history import outbox
from monitor.history.threaded import HistoryThread


class Telling(AbstractAsyncContextManager["Telling"]):
    """Delivers within the block whenever something is `owed`. The block ends once what was begun is told."""

    def __init__(
        self, history: HistoryThread, channels: Mapping[str, Channel], clock: Clock, policies: Mapping[str, DeliveryPolicy]
    ) -> None:
        self._history, self._channels, self._clock, self._policies = history, channels, clock, policies
        self._owed = asyncio.Event()
        self._over = False
        self._failed: Sequence[DeliveryError] = ()
        self._lost: list[DeliveryError] = []  # for ever

    def owed(self) -> None:
        """Something may be owed now."""
        self._owed.set()

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._tell())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._over = True
        self._owed.set()
        await self._task

    async def _tell(self) -> None:
        while True:
            await self._owed.wait()
            if self._over:
                return
            self._owed.clear()
            failed = await self._deliver()
            self._lost += [failure for failure in failed if failure.outcome == Outcome.PERMANENT]
            self._failed = [failure for failure in failed if failure.outcome != Outcome.PERMANENT]

    async def the_rest(self) -> Sequence[DeliveryError]:
        """Deliver what is still owed; what can't be, and what could not be in the block. To be asked after that."""
        failed = await self._deliver()
        if not failed and self._failed:
            waiting = [owed for name in self._channels for owed in await self._history(outbox.waiting, name)]
            failed = self._failed if waiting else ()  # what failed in the block waits for its next turn
        return [*self._lost, *failed]

    async def _deliver(self) -> Sequence[DeliveryError]:
        return await deliver(self._history, self._channels, self._clock, self._policies)
