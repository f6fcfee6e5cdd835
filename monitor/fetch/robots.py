"""Hosts' robots.txt (RFC 9309), fetched once a day and kept in this process only."""

import asyncio
import logging
import re
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

import httpx
import protego

from monitor.clock import Clock
from monitor.errors import ErrorKind, FetchError, SourceError
from monitor.fetch.answer import clean
from monitor.source.page import Page

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
DISALLOW = re.compile(r"^\s*disallow\s*:\s*([^\s#]+)", re.IGNORECASE | re.MULTILINE)


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
        # The line that forbids it is the longest (RFC 9309, 2.2.2).
        alone = {
            path: protego.Protego.parse(f"User-agent: *\nDisallow: {path}")
            for path in DISALLOW.findall(self.text)
        }
        paths = [path for path, rule in alone.items() if not rule.can_fetch(str(url), self.agent)]
        rule = f"Disallow: {clean(max(paths, key=len, default='/'))}"
        raise FetchError(
            f"{url.host}: its robots.txt has {rule!r}; ask the publisher, or set robots = false"
            " under [fetch] in config.toml",
            kind=ErrorKind.ROBOTS,
        )


@dataclass(frozen=True)
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
