"""Politeness: one small pool of connections a host, few requests at a time, their starts a gap
apart; and what its robots.txt allows.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

import httpx
import protego

from monitor.clock import Clock
from monitor.config.proxies import Proxy
from monitor.errors import ErrorKind, FetchError, SourceError
from monitor.model import frozen
from monitor.source.page import Page

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


@dataclass
class Hosts:
    """The hosts so far, each with its own small pool: a shared one's cost is quadratic
    (encode/httpx#3215). The `gate` orders requests of other processes too.
    """

    connect: Connect
    clock: Clock
    gap: float
    at_a_time: int
    gate: Gate | None
    by_name: dict[str, Host] = field(default_factory=dict)
    asked_gaps: dict[str, float] = field(default_factory=dict)

    def slow_down(self, name: str, gap: float) -> None:
        """Let requests to a host start at least `gap` seconds apart, for as long as we live."""
        self.asked_gaps[name] = gap
        if host := self.by_name.get(name):
            host.gap = max(host.gap, timedelta(seconds=gap))

    @asynccontextmanager
    async def turn(
        self, name: str, proxy: Proxy | None, *, spaced: bool, urgent: bool
    ) -> AsyncIterator[httpx.AsyncBaseTransport]:
        """Wait for our turn at a host, `urgent` ones first; without `spaced`, without the gap
        between two starts. The turn ends with the block.
        """
        host = self.by_name.pop(name, None)
        if host is None:
            gap = timedelta(seconds=max(self.gap, self.asked_gaps.get(name, 0.0)))
            host = Host(gap, asyncio.Semaphore(self.at_a_time), asyncio.Semaphore(self.at_a_time))
        self.by_name[name] = host  # the last in the dict is the last used
        # before the turn: what is slow to make would bring the request near to the next
        if proxy not in host.transports:
            host.transports[proxy] = self.connect(name, proxy)
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
                wait = min(host.opens - self.clock.now(), host.gap)
                if wait > timedelta(0):
                    await self.clock.sleep(wait.total_seconds())
            if self.gate:
                await self.gate(name, host.gap)
            host.opens = self.clock.now() + host.gap

    async def _close_idle(self) -> None:
        surplus = len(self.by_name) - MOST_HOSTS
        idle = [name for name, host in self.by_name.items() if not host.in_flight]
        for host in [self.by_name.pop(name) for name in idle[: max(0, surplus)]]:
            await host.aclose()

    async def aclose(self) -> None:
        """Close every connection."""
        while self.by_name:
            await self.by_name.popitem()[1].aclose()


# Hosts' robots.txt (RFC 9309), fetched once a day and kept in this process only.

log = logging.getLogger(__name__)

LARGEST = 500 * 1024  # RFC 9309, 2.5: what a crawler must be able to parse
LONGEST_GAP = 60.0  # seconds; some ask for hours, meant for crawlers of whole sites
KEPT = timedelta(days=1)
KEPT_UNREACHED = timedelta(hours=1)  # an unreachable host has given no rules yet
ANSWERED = (
    ErrorKind.GONE,
    ErrorKind.REFUSED,
    ErrorKind.SERVER,
    ErrorKind.BUSY,
    ErrorKind.NOT_THE_PAGE,
    ErrorKind.TOO_LARGE,
)
HAS_NONE = (ErrorKind.GONE, ErrorKind.REFUSED)  # RFC 9309, 2.3.1.3: then all is allowed


@dataclass(frozen=True)
class Rules:
    """The rules of one host for one robot; `text` is its robots.txt, empty where there is none."""

    agent: str
    text: str = ""

    @cached_property
    def _parsed(self) -> protego.Protego:
        return protego.Protego.parse(self.text)

    @property
    def gap(self) -> float:
        """Return the host's own gap between requests (seconds), within reason."""
        asked = self._parsed.crawl_delay(self.agent) if self.text else None
        return min(asked or 0.0, LONGEST_GAP)

    def refuse_forbidden(self, url: httpx.URL) -> None:
        """Let a page pass that the rules allow.

        Raises:
            FetchError: they don't ("robots").
        """
        if not self.text or self._parsed.can_fetch(str(url), self.agent):
            return
        raise FetchError(
            f"{url.host}: its robots.txt forbids this address to {self.agent}; ask the publisher,"
            " or set robots = false under [fetch] in config.toml",
            ErrorKind.ROBOTS,
        )


@frozen
class _Kept:
    rules: Rules
    until: datetime
    silent: bool = False  # it is unknown whether the host has rules


class Robots:
    """The rules of all hosts so far. A host without a readable robots.txt allows everything. RFC
    9309 (2.3.1.4) forbids requests to a host with an unreachable robots.txt. That would hide a law
    on the day on which a ministry's server is busy. It is logged, once for as long as it lasts.
    """

    def __init__(self, user_agent: str, clock: Clock) -> None:
        self._agent = user_agent.partition("/")[0].strip()
        self._clock = clock
        self._kept: dict[str, _Kept] = {}
        self._doors: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def of(self, address: str, ask: Callable[[], Awaitable[Page]]) -> Rules:
        """Load the rules at `address`, by `ask` if ours are a day old."""
        async with self._doors[address]:  # of many pages of one host only the first fetches them
            kept = self._kept.get(address)
            if kept is None or self._clock.now() >= kept.until:
                kept = self._kept[address] = await self._asked(
                    ask, known_silent=kept is not None and kept.silent
                )
            return kept.rules

    async def _asked(self, ask: Callable[[], Awaitable[Page]], *, known_silent: bool) -> _Kept:
        try:
            page = await ask()
        except SourceError as error:
            kept, silent = (
                KEPT if error.kind in ANSWERED else KEPT_UNREACHED,
                error.kind not in HAS_NONE,
            )
            if silent and not known_silent:
                # An unreachable host gives no page either, and its sources report that.
                level = logging.WARNING if error.kind in ANSWERED else logging.INFO
                log.log(
                    level,
                    "no robots.txt (%s): until it comes nothing is taken for forbidden",
                    error,
                )
            return _Kept(Rules(self._agent), self._clock.now() + kept, silent)
        text = page.body.whole.decode("utf-8", errors="replace").removeprefix("\ufeff")
        return _Kept(Rules(self._agent, text), self._clock.now() + KEPT)


def make_robots_url(url: httpx.URL) -> str:
    """Return the address of a host's rules."""
    return f"{url.scheme}://{url.netloc.decode('ascii')}/robots.txt"
