"""Pause polling while the disk is full: pages could not be stored. Report it once there is room."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.clock import Clock
from monitor.errors import StoreFull
from monitor.store import owing
from monitor.store.threaded import HistoryThread

log = logging.getLogger(__name__)

# until it is tried again whether there is room
FIRST, LONGEST = timedelta(seconds=5), timedelta(seconds=20)
# the shortest time between reports on a disk that fills up again and again
SAID = timedelta(hours=1)


@dataclass
class Room:
    """Tells whether the disk has room, as far as known."""

    history: HistoryThread
    clock: Clock
    _since: datetime | None = None
    _again: datetime | None = None
    _told: datetime | None = None
    _tries: int = 0

    def ran_out(self, error: StoreFull) -> None:
        """Something could not be stored."""
        log.error("%s; alerts wait until the store works; next try soon", error)
        now = self.clock.now()
        self._since = self._since or now
        self._again = now + min(FIRST * 2**self._tries, LONGEST)
        self._tries = min(self._tries + 1, 10)

    @property
    def is_full(self) -> bool:
        """Return whether the last write failed for want of room."""
        return self._tries > 0

    def was_enough(self) -> None:
        """Something was stored that had been read."""
        self._tries = 0

    async def again(self) -> bool:
        """Return whether to work; after a full disk, enqueue a report first.

        Raises:
            StoreFull: there is no room yet.
        """
        now = self.clock.now()
        # no longer than we ever wait, should the clock be set back
        if self._again and now < self._again <= now + LONGEST:
            return False
        if self._since and not (self._told and timedelta(0) <= now - self._told < SAID):
            await self.history(owing.enqueue_disk_full, self._since, now)
            log.info("there is room again")
            self._since, self._told = None, now
        return True
