"""Upkeep of the daemon at a quiet time, or by `monitor poll --tidy` at once. It deletes archived
bodies that are no evidence, and abandoned drafts; and it repeats recorded screenings.

A page with a fact stays. Its further reads may lie there in many forms without a change. Those go
that no row names and nobody has put there for a while. The order makes this safe. A body is put,
and so young, before a row names it. A deletion first asks for such a row. And a young body always
stays.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from monitor.clock import Clock
from monitor.config import Config
from monitor.config.events import Happened, log_event
from monitor.errors import EvidenceLost
from monitor.model import frozen
from monitor.run.record import rescreen
from monitor.source.page import Body, Page
from monitor.store import page_words, proofs
from monitor.store.archive import Archive
from monitor.store.threaded import HistoryThread

EVERY = timedelta(days=1)
FIRST = timedelta(minutes=10)  # after the start, when much else is to be done
IMPATIENT = timedelta(days=1)  # so long overdue it no longer waits for a moment without polls
STEP = 200  # bodies
FEW = 20  # pages indexed at a time
DRAFT = timedelta(days=1)  # by then its writer is gone


@frozen
class Freed:
    """The room gained by one upkeep."""

    bodies: int = 0
    size: int = 0
    drafts: int = 0


@dataclass
class Upkeep:
    """Cleans the archive once a day; `keep` is how long an unreferenced body stays."""

    history: HistoryThread
    archive: Archive
    clock: Clock
    keep: timedelta
    config: Config = field(default_factory=Config)
    _next: datetime | None = None

    async def step(self, *, quiet: bool) -> None:
        """Do it, if it is time; `quiet` where no poll is under way.

        Raises:
            StoreError: the archive or the history can't be used.
        """
        now = self.clock.now()
        if self._next is None or self._next > now + EVERY:  # the start; or the clock was set back
            self._next = now + FIRST
        if now >= self._next and (quiet or now > self._next + IMPATIENT):
            await self.whole()
            self._next = now + EVERY

    async def whole(self) -> Freed:
        """Repeat screenings, and delete unreferenced bodies, a few at a time so that others can
        work.

        Raises:
            StoreError: the archive or history can't be used.
        """
        now = self.clock.now()
        await rescreen(self.history, self.config, now)
        await self._index_words()
        if not await self.history(proofs.has_all_references):
            lying = await asyncio.to_thread(lambda: [*self.archive.bodies()])
            await self.history(proofs.take_for_proofs, lying, now)
        drafts = await asyncio.to_thread(self.archive.sweep, now - DRAFT)
        gone: dict[str, int] = {}
        older = iter(await asyncio.to_thread(self.archive.older, now - self.keep))
        while bodies := list(islice(older, STEP)):
            gone |= await self._free(bodies, now - self.keep)
        freed = Freed(len(gone), sum(gone.values()), drafts)
        if gone or drafts:
            log_event(Happened.FREED, bodies=freed.bodies, bytes=freed.size, drafts=freed.drafts)
        return freed

    async def _index_words(self) -> None:
        """Index pages read before the index existed; an interrupted run continues."""
        lacking = iter(await self.history(page_words.list_pages_without_words))
        while some := list(islice(lacking, FEW)):
            await self.history(
                page_words.keep_words, await asyncio.to_thread(self._read_words, some)
            )

    def _read_words(self, pages: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
        """Return the lines of these pages; a lost or unreadable one has none."""
        read: dict[str, list[str]] = {}
        for sha256, url in pages:
            try:
                # a scan has an empty line, or it would be read again each day
                read[sha256] = Page(url, Body(self.archive.get(sha256))).list_words()
            except EvidenceLost:
                read[sha256] = [""]
        return read

    async def _free(self, bodies: Sequence[str], before: datetime) -> dict[str, int]:
        """Sum the sizes of the deleted bodies."""
        needed = await self.history(proofs.select_needed_bodies, bodies)

        def remove() -> dict[str, int]:
            sizes = {
                body: self.archive.remove(body, before) for body in bodies if body not in needed
            }
            return {body: size for body, size in sizes.items() if size is not None}

        gone = await asyncio.to_thread(remove)
        if gone:
            await self.history(proofs.forget_retrievals, gone, before)
        return gone
