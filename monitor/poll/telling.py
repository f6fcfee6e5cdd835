"""Send messages during a cycle: otherwise the first would wait for the slowest of a thousand pages."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Self

from monitor import errors
from monitor.clock import Clock
from monitor.deliver.channel import Channel, DeliveryPolicy
from monitor.deliver.sending import deliver
from monitor.errors import DeliveryError
from monitor.store import outbox
from monitor.store.threaded import HistoryThread


@dataclass
class Telling(AbstractAsyncContextManager["Telling"]):
    """Delivers within the block whenever `owed` is set. The block ends once running deliveries
    end.
    """

    history: HistoryThread
    channels: Mapping[str, Channel]
    clock: Clock
    policies: Mapping[str, DeliveryPolicy]
    owed: asyncio.Event
    _over: bool = False
    _failed: Sequence[DeliveryError] = ()
    _lost: list[DeliveryError] = field(default_factory=list)  # for ever

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._tell())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._over = True
        self.owed.set()
        await self._task

    async def _tell(self) -> None:
        while True:
            await self.owed.wait()
            if self._over:
                return
            self.owed.clear()
            failed = await self._deliver()
            self._lost += [
                failure for failure in failed if failure.outcome == errors.Outcome.PERMANENT
            ]
            self._failed = [
                failure for failure in failed if failure.outcome != errors.Outcome.PERMANENT
            ]

    async def the_rest(self) -> Sequence[DeliveryError]:
        """Deliver what is still pending after the block, and return all failures."""
        failed = await self._deliver()
        if not failed and self._failed:
            waiting = [
                owed
                for name in self.channels
                for owed in await self.history(outbox.list_pending, name)
            ]
            # what failed in the block waits for its next turn
            failed = self._failed if waiting else ()
        return [*self._lost, *failed]

    async def _deliver(self) -> Sequence[DeliveryError]:
        return await deliver(self.history, self.channels, self.clock, self.policies)
