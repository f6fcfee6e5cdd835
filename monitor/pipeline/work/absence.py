"""A database that does not answer: it is waited for, said once, and told to people where it lasted."""

import logging
from datetime import datetime, timedelta

from monitor.clock import Clock
from monitor.errors import StoreAway
from monitor.history import owing
from monitor.history.threaded import HistoryThread

WORTH_A_WORD = timedelta(minutes=1)  # a restart is not
PAUSES = (0.2, 0.5, 1.0, 2.0, 5.0)  # seconds until it is asked again

log = logging.getLogger(__name__)


class Absence:
    """Since when the database is away, if it is."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._since: datetime | None = None
        self._tries = 0

    @property
    def is_away(self) -> bool:
        """Whether it did not answer when it was asked last."""
        return self._since is not None

    def noticed(self, error: StoreAway) -> float:
        """It does not answer; how many seconds to wait before it is asked again."""
        if self._since is None:
            log.error("%s; nothing is told that is not stored, and it is asked again until it answers", error)
            self._since = self._clock.now()
        self._tries += 1
        return PAUSES[min(self._tries, len(PAUSES)) - 1]

    async def over(self, history: HistoryThread) -> None:
        """It answers; people are owed word of it where it was away for long."""
        if self._since is None:
            return
        since, now = self._since, self._clock.now()
        if now - since >= WORTH_A_WORD:
            await history(owing.owe_return, since, now)
        log.info("the database answers again, after %.1f s", (now - since).total_seconds())
        self._since, self._tries = None, 0
