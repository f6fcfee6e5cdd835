"""Politeness: one small pool of connections a host, few requests at a time, their starts a gap
apart.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import httpx

from monitor.clock import Clock
from monitor.config.proxies import Proxy

AT_A_TIME = 2  # requests to one host, by default
Connect = Callable[[str, Proxy | None], httpx.AsyncBaseTransport]
Gate = Callable[[str, timedelta], Awaitable[None]]
"""Waits for this host's next turn among all that share the gate, with a gap between requests."""

# httpcore closes an idle connection only when its pool is used again, and a process has 1024 files
MOST_HOSTS = 200


@dataclass(eq=False)
class Host:
    """One host: its turns, and its connections, those through each proxy by themselves."""

    gap: timedelta
    queue: asyncio.Semaphore  # at most so many wait for a slot
    slots: asyncio.Semaphore
    door: asyncio.Lock = field(default_factory=asyncio.Lock)
    opens: datetime | None = None
    transports: dict[Proxy | None, httpx.AsyncBaseTransport] = field(default_factory=dict)
    in_flight: int = 0

    async def aclose(self) -> None:
        """Close its connections."""
        while self.transports:
            await self.transports.popitem()[1].aclose()


class Hosts:
    """The hosts so far, each with its own small pool: a shared one's cost is quadratic
    (encode/httpx#3215). The `gate` orders requests of other processes too.
    """

    def __init__(
        self, connect: Connect, *, clock: Clock, gap: float, at_a_time: int, gate: Gate | None
    ) -> None:
        self._connect = connect
        self._clock = clock
        self._gap = gap
        self._at_a_time = at_a_time
        self._gate = gate
        self._by_name: dict[str, Host] = {}
        self._asked_gaps: dict[str, float] = {}

    def slow_down(self, name: str, gap: float) -> None:
        """Let requests to a host start at least `gap` seconds apart, for as long as we live."""
        self._asked_gaps[name] = gap
        if host := self._by_name.get(name):
            host.gap = max(host.gap, timedelta(seconds=gap))

    @asynccontextmanager
    async def turn(
        self, name: str, proxy: Proxy | None, *, spaced: bool, urgent: bool
    ) -> AsyncIterator[httpx.AsyncBaseTransport]:
        """Wait for our turn at a host, `urgent` ones first; without `spaced`, without the gap
        between two starts. The turn ends with the block.
        """
        host = self._by_name.pop(name, None)
        if host is None:
            gap = timedelta(seconds=max(self._gap, self._asked_gaps.get(name, 0.0)))
            host = Host(gap, asyncio.Semaphore(self._at_a_time), asyncio.Semaphore(self._at_a_time))
        self._by_name[name] = host  # the last in the dict is the last used
        # before the turn: what is slow to make would bring the request near to the next
        if proxy not in host.transports:
            host.transports[proxy] = self._connect(name, proxy)
        host.in_flight += 1
        try:
            async with nullcontext() if urgent else host.queue, host.slots:
                if spaced:
                    await self._pass(name, host)
                await self._close_idle()
                yield host.transports[proxy]
        finally:
            host.in_flight -= 1

    async def _pass(self, name: str, host: Host) -> None:
        async with host.door:
            if host.opens is not None:
                # never longer than the gap: a wall clock set back an hour must not close the door
                # for an hour
                wait = min(host.opens - self._clock.now(), host.gap)
                if wait > timedelta(0):
                    await self._clock.sleep(wait.total_seconds())
            if self._gate:
                await self._gate(name, host.gap)
            host.opens = self._clock.now() + host.gap

    async def _close_idle(self) -> None:
        surplus = len(self._by_name) - MOST_HOSTS
        idle = [name for name, host in self._by_name.items() if not host.in_flight]
        for host in [self._by_name.pop(name) for name in idle[: max(0, surplus)]]:
            await host.aclose()

    async def aclose(self) -> None:
        """Close every connection."""
        while self._by_name:
            await self._by_name.popitem()[1].aclose()
