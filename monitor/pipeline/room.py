"""What the daemon does while the disk is full: it asks nobody for pages that it can't keep, and says so once there is room."""

import logging
from datetime import datetime, timedelta

from monitor.clock import Clock
from monitor.errors import StoreFull
from monitor.history import owing
from monitor.history.threaded import HistoryThread

FIRST, LONGEST = timedelta(seconds=5), timedelta(minutes=1)  # until it is tried again whether there is room
SAID = timedelta(hours=1)  # a disk that is full now and again is told no oftener

log = logging.getLogger(__name__)


class Room:
    """Whether there is room to work in, as far as is known."""

    def __init__(self, history: HistoryThread, clock: Clock) -> None:
        self._history = history
        self._clock = clock
        self._since: datetime | None = None
        self._again: datetime | None = None
        self._told: datetime | None = None
        self._tries = 0

    def ran_out(self, error: StoreFull) -> None:
        """Something could not be stored."""
        log.error("%s; nothing is told that is not stored, and it is tried again", error)
        now = self._clock.now()
        self._since = self._since or now
        self._again = now + min(FIRST * 2**self._tries, LONGEST)
        self._tries = min(self._tries + 1, 10)

    @property
    def is_full(self) -> bool:
        """Whether something could not be stored, and nothing has been since."""
        return self._tries > 0

    def was_enough(self) -> None:
        """Something was stored that had been read."""
        self._tries = 0

    async def again(self) -> bool:
        """Whether it is time to work; where there was no room before, people are owed word of it first.

        Raises:
            StoreFull: there is none yet.
        """
        now = self._clock.now()
        if self._again and now < self._again <= now + LONGEST:  # no longer than we ever wait, should the clock be set back
            return False
        if self._since and not (self._told and timedelta(0) <= now - self._told < SAID):
            await self._history(owing.owe_room, self._since, now)
            log.info("there is room again")
            self._since, self._told = None, now
        return True
