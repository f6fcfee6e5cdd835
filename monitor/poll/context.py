"""What a pass over sources works with: one value, which whoever fetches, reads, judges or records is handed."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from monitor.alert.event import Windows
from monitor.alert.route import Router
from monitor.clock import Clock
from monitor.config import Config
from monitor.fetch import Fetcher
from monitor.poll.readers import Readers
from monitor.poll.watchlist import Watching
from monitor.source.registry import Registry
from monitor.store.archive import Archive
from monitor.store.threaded import HistoryThread

Progress = Callable[[str, int], None]  # a source's id, and how many more pages it owes us: -1 when one of them is settled


def _nobody() -> None:
    """Nobody waits for what is owed."""


def _unwatched(source: str, owed: int) -> None:
    """Nobody looks on."""


@dataclass(frozen=True, kw_only=True)
class Context:
    """What there is to work with. `since`: of a first read, what was published from that day on is told.

    `progress` is told how far a poll is; it may show that, and changes nothing. `owed` is told that people may be owed a message.
    `turns`: one register is recorded by one reader at a time, whoever fetched it. `again`: sources to be looked at shortly.
    `landings`: where redirects led the pages of a source in its last poll, empty where to no other path. `http_only`: hosts at
    which https failed, and when. `aged`: how old (seconds) an answer is that is too old, by source.
    """

    config: Config
    registry: Registry
    archive: Archive
    history: HistoryThread
    readers: Readers
    clock: Clock
    fetcher: Fetcher
    watching: Watching
    since: date | None = None
    progress: Progress = _unwatched
    owed: Callable[[], None] = _nobody
    turns: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    again: set[str] = field(default_factory=set)
    landings: dict[str, set[str]] = field(default_factory=dict)
    http_only: dict[str, datetime] = field(default_factory=dict)
    aged: dict[str, int] = field(default_factory=dict)

    @cached_property
    def router(self) -> Router:
        """Who is told what, as config.toml says."""
        return Router(self.config.routes, self.config.topics)

    @cached_property
    def windows(self) -> Windows:
        """How near things must be to be one happening, as config.toml says."""
        return Windows(self.config.events.package, self.config.events.press)
