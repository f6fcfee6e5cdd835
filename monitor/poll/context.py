"""The tools of a poll: one value for all that fetch, read, decide or record."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from monitor.alert.event import NoticeKind
from monitor.alert.route import Router
from monitor.clock import Clock
from monitor.config import Config
from monitor.errors import ErrorKind
from monitor.fetch import Fetcher
from monitor.model import Problem
from monitor.poll.outcome import Held
from monitor.poll.readers import Readers
from monitor.poll.watchlist import Watching
from monitor.source.registry import Registry
from monitor.source.scraper import Source
from monitor.store import owing
from monitor.store.archive import Archive
from monitor.store.threaded import HistoryThread

# a source's id, and how many more pages it has pending: -1 when one of them is settled
Progress = Callable[[str, int], None]


@dataclass
class Findings:
    """What a poll found about its source: whether to poll it `again` shortly, what its register
    withholds, where redirects led its pages (empty for no other path), the age of a too old answer
    (seconds).
    """

    again: bool = False
    held: Held | None = None
    landings: set[str] = field(default_factory=set)
    age: int = 0


@dataclass(frozen=True, kw_only=True)
class Context:
    """The tools of a poll.

    `since`: a first read sends messages on what was published from that day on. `progress` gets the
    state of a poll, for display only. `owed` is set when messages may be pending. `turns`: one
    reader at a time records a register. `http_only`: hosts whose https failed, and when. `awake`:
    since when a daemon polls without a break. `findings` are those of the polls in progress, by
    source.
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
    progress: Progress = lambda _source, _pages: None
    owed: asyncio.Event = field(default_factory=asyncio.Event)
    turns: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    http_only: dict[str, datetime] = field(default_factory=dict)
    awake: Callable[[], datetime | None] = lambda: None
    findings: defaultdict[str, Findings] = field(default_factory=lambda: defaultdict(Findings))

    @property
    def now(self) -> datetime:
        """The present moment."""
        return self.clock.now()

    async def remark(self, source: Source, kind: ErrorKind, text: str) -> None:
        """Send the operators a note on a source, once for the same words."""
        said = Problem(kind, text)
        await self.history(owing.enqueue_remark, NoticeKind.REMARK, source.id, said, self.now)

    @cached_property
    def router(self) -> Router:
        """The rules of config.toml for destinations."""
        return Router(self.config.routes, self.config.topics)
