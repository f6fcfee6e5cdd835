"""A daemon's knowledge of its own work: its start, its ticks, the end of its last good cycle."""

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

import msgspec

from monitor.clock import format_instant
from monitor.config import VERSION

LATE = 60.0  # seconds without a tick, where one comes every five


class DaemonTrouble(StrEnum):
    """The possible problems; `blind` is about the publishers, all others about the monitor
    itself.
    """

    TICKS = "ticks"
    STORE = "store"
    OUTBOX = "outbox"
    BLIND = "blind"


class Complaint(msgspec.Struct, frozen=True):
    """One thing that is wrong, in a line for a person."""

    kind: DaemonTrouble
    text: str


class Next(msgspec.Struct, frozen=True):
    """The next source and its time (UTC, ISO)."""

    source: str
    at: str


class Working(msgspec.Struct, frozen=True, kw_only=True):
    """The present state of a daemon; instants are UTC, ISO. `polling` are the sources in progress,
    `next` the next one, if known in time. `last_tick` is the last completed tick, `last_good_cycle`
    when all due sources were polled and stored. `wrong` lists its known problems.
    """

    pid: int
    version: str
    since: str
    sources: int
    polling: tuple[str, ...]
    next: Next | None = None
    ticks: int
    last_tick: str | None
    last_good_cycle: str | None
    wrong: tuple[Complaint, ...] = ()

    @property
    def goes_round(self) -> bool:
        """Return whether its ticks are regular, as far as it knows itself."""
        return all(complaint.kind is not DaemonTrouble.TICKS for complaint in self.wrong)


@dataclass
class Pulse:
    """A daemon's work, counted as it is done. `began` is the start of its process; `elapsed` counts
    seconds by a clock that is never set.
    """

    began: datetime
    elapsed: Callable[[], float] = time.monotonic
    ticks: int = 0
    ticked: datetime | None = None
    through: datetime | None = None
    # of the sources that were due when the present cycle began
    _unlooked: set[str] = field(default_factory=set)
    _cycle: datetime | None = None
    _stumbled: bool = False
    _beaten: float = field(init=False)

    def __post_init__(self) -> None:
        self._beaten = self.elapsed()

    def due(self, sources: Iterable[str], now: datetime) -> None:
        """These are due. The cycle that is over, if one is, was a good one; the next begins with
        them.
        """
        if self._unlooked:
            return
        self.through = now if self._cycle else self.through
        self._cycle, self._unlooked = now, set(sources)

    def looked(self, source: str) -> None:
        """Note a recorded end of its poll, good or bad."""
        self._unlooked.discard(source)

    def tick(self, now: datetime) -> None:
        """A tick came to a good end."""
        self.ticks += 1
        self.ticked = now
        self._stumbled = False
        self._beaten = self.elapsed()

    def stumbled(self) -> None:
        """A tick came to a bad end."""
        self._stumbled = True

    @property
    def goes_on(self) -> bool:
        """Return whether the last tick ended well, not long ago."""
        return self.ticked is not None and not self._stumbled and not self.is_late

    @property
    def is_late(self) -> bool:
        """Return whether ticks are missing; after a clock change or a sleep of the machine none
        counts as missed.
        """
        return self.elapsed() - self._beaten > LATE

    def working(
        self, sources: int, polling: Iterable[str], coming: Next | None, wrong: Iterable[Complaint]
    ) -> Working:
        """All that as one value."""
        return Working(
            pid=os.getpid(),
            version=VERSION,
            since=format_instant(self.began),
            sources=sources,
            polling=tuple(sorted(polling)),
            next=coming,
            ticks=self.ticks,
            last_tick=format_instant(self.ticked) if self.ticked else None,
            last_good_cycle=format_instant(self.through) if self.through else None,
            wrong=tuple(wrong),
        )
