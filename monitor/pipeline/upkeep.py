"""What the daemon does at a quiet time, and `monitor tidy` at once: bodies leave the archive that prove nothing any more, and
drafts that nobody will finish.

A page is kept when it gave a fact. Read again it may lie there in many forms that changed nothing; those go that no row names
and nobody has put there again for a while. The order is what makes it safe: a body is put, and so made young, before a row
names it; it is asked whether a row names it before it goes; and one that is young stays, whatever the answer was.
"""

import asyncio
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from monitor.clock import Clock
from monitor.config.events import Happened, happened
from monitor.history import proofs
from monitor.history.archive import Archive
from monitor.history.threaded import HistoryThread

EVERY = timedelta(days=1)
FIRST = timedelta(minutes=10)  # after the start, when much else is to be done
IMPATIENT = timedelta(days=1)  # so long overdue it no longer waits for a moment without polls
STEP = 200  # bodies
DRAFT = timedelta(days=1)  # by then whoever wrote it is gone


@dataclass(frozen=True, slots=True)
class Freed:
    """What one round gave back."""

    bodies: int = 0
    size: int = 0
    drafts: int = 0

    def and_bodies(self, sizes: Collection[int]) -> "Freed":
        """With bodies of these sizes, in bytes."""
        return replace(self, bodies=self.bodies + len(sizes), size=self.size + sum(sizes))


@dataclass
class Upkeep:
    """Frees the archive once a day, in small steps; `keep` is how long a body that proves nothing stays."""

    history: HistoryThread
    archive: Archive
    clock: Clock
    keep: timedelta
    _next: datetime | None = None
    _left: Iterator[str] | None = None
    _freed: Freed = Freed()

    async def step(self, *, quiet: bool) -> None:
        """Do a little of it, if it is time; `quiet` where no poll is under way.

        Raises:
            StoreError: the archive or the history can't be used.
        """
        now = self.clock.now()
        if self._next is None or self._next > now + EVERY:  # the start; or the clock was set back
            self._next = now + FIRST
        if now < self._next or not (quiet or now > self._next + IMPATIENT):
            return
        if self._left is None:
            await self._begin(now)
        elif bodies := list(islice(self._left, STEP)):
            await self._free(bodies, now)
        else:
            self._end(now)

    async def whole(self) -> Freed:
        """All of it at once, for who waits for it.

        Raises:
            StoreError: the archive or the history can't be used.
        """
        now = self.clock.now()
        await self._begin(now)
        while bodies := list(islice(self._left or (), STEP)):
            await self._free(bodies, now)
        self._end(now)
        return self._freed

    async def _begin(self, now: datetime) -> None:
        if not await self.history(proofs.are_known):
            lying = await asyncio.to_thread(lambda: [*self.archive.bodies()])
            await self.history(proofs.take_for_proofs, lying, now)
        self._freed = Freed(drafts=await asyncio.to_thread(self.archive.sweep, now - DRAFT))
        self._left = iter(await asyncio.to_thread(self.archive.older, now - self.keep))

    async def _free(self, bodies: Sequence[str], now: datetime) -> None:
        needed = await self.history(proofs.needed, bodies)
        gone = await asyncio.to_thread(self._removed, [body for body in bodies if body not in needed], now - self.keep)
        if gone:
            await self.history(proofs.forget_retrievals, gone, now - self.keep)
        self._freed = self._freed.and_bodies(gone.values())

    def _removed(self, bodies: Sequence[str], before: datetime) -> dict[str, int]:
        return {body: size for body in bodies if (size := self.archive.remove(body, before)) is not None}

    def _end(self, now: datetime) -> None:
        self._left, self._next = None, now + EVERY
        if self._freed.bodies or self._freed.drafts:
            happened(Happened.FREED, bodies=self._freed.bodies, bytes=self._freed.size, drafts=self._freed.drafts)
