"""Politeness: one small pool of connections a host, few requests at a time, their starts a gap apart."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx

from monitor.clock import Clock
from monitor.config.proxies import Proxy

AT_A_TIME = 2  # requests to one host, where nobody says otherwise
Connect = Callable[[str, Proxy | None], httpx.AsyncBaseTransport]
Gate = Callable[[str, timedelta], Awaitable[None]]
"""Waits until the host of this name may be asked again by any of those who share the gate, its requests so far apart."""

MOST_HOSTS = 200  # httpcore closes an idle connection only when its pool is used again, and a process has 1024 files


@dataclass(frozen=True)
class Pace:
    """How hosts are asked: connected to how, by which clock, how far apart, how many at a time, and after whom (`gate`)."""

    connect: Connect
    clock: Clock
    gap: float
    at_a_time: int
    gate: Gate | None


class Host:
    """One host: its connections, those through each proxy by themselves, and its turns, which all of them share."""

    def __init__(self, name: str, pace: Pace, gap: float) -> None:
        self._name = name
        self._pace = pace
        self._transports: dict[Proxy | None, httpx.AsyncBaseTransport] = {}
        self.in_flight = 0
        self._gap = timedelta(seconds=gap)
        self._queue = asyncio.Semaphore(pace.at_a_time)  # at most so many wait for a slot
        self._slots = asyncio.Semaphore(pace.at_a_time)
        self._door = asyncio.Lock()
        self._opens: datetime | None = None

    def transport(self, proxy: Proxy | None) -> httpx.AsyncBaseTransport:
        """The way to it."""
        if proxy not in self._transports:
            self._transports[proxy] = self._pace.connect(self._name, proxy)
        return self._transports[proxy]

    async def aclose(self) -> None:
        """Close its connections."""
        while self._transports:
            await self._transports.popitem()[1].aclose()

    def slow_down(self, gap: float) -> None:
        """Let requests start at least `gap` seconds apart from now on."""
        self._gap = max(self._gap, timedelta(seconds=gap))

    @asynccontextmanager
    async def turn(self, *, spaced: bool, urgent: bool) -> AsyncIterator[None]:
        """Wait until this host may be asked again, an `urgent` one before all that queue; the turn ends with the block."""
        self.in_flight += 1
        try:
            async with nullcontext() if urgent else self._queue, self._slots:
                if spaced:
                    await self._pass()
                yield
        finally:
            self.in_flight -= 1

    async def _pass(self) -> None:
        clock = self._pace.clock
        async with self._door:
            if self._opens is not None:
                # never longer than the gap: a wall clock set back an hour must not close the door for an hour
                wait = min(self._opens - clock.now(), self._gap)
                if wait > timedelta(0):
                    await clock.sleep(wait.total_seconds())
            if self._pace.gate:
                await self._pace.gate(self._name, self._gap)
            self._opens = clock.now() + self._gap


class Hosts:
    """The hosts asked so far, each with its own small pool: the cost of a shared one is quadratic (encode/httpx#3215).

    Through the `gate` those go one by one who ask from other processes as well.
    """

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._by_name: dict[str, Host] = {}
        self._asked_gaps: dict[str, float] = {}

    def slow_down(self, name: str, gap: float) -> None:
        """Let requests to a host start at least `gap` seconds apart, for as long as we live."""
        self._asked_gaps[name] = gap
        if name in self._by_name:
            self._by_name[name].slow_down(gap)

    @asynccontextmanager
    async def turn(
        self, name: str, proxy: Proxy | None, *, spaced: bool, urgent: bool
    ) -> AsyncIterator[httpx.AsyncBaseTransport]:
        """The way to a host, when it is our turn, an `urgent` one first; not `spaced`, without the gap between two starts."""
        host = self._by_name.pop(name, None)
        if host is None:
            host = Host(name, self._pace, max(self._pace.gap, self._asked_gaps.get(name, 0.0)))
        self._by_name[name] = host  # the last in the dict is the last used
        way = host.transport(proxy)  # before the turn: what is slow to make would make the request late, and near to the next
        async with host.turn(spaced=spaced, urgent=urgent):
            await self._close_idle()
            yield way

    async def _close_idle(self) -> None:
        surplus = len(self._by_name) - MOST_HOSTS
        idle = [name for name, host in self._by_name.items() if not host.in_flight]
        for host in [self._by_name.pop(name) for name in idle[: max(0, surplus)]]:
            await host.aclose()

    async def aclose(self) -> None:
        """Close every connection."""
        while self._by_name:
            _, host = self._by_name.popitem()
            await host.aclose()
