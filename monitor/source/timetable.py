"""When each of many sources is looked at next, kept in memory: a tick costs by what is due, not by how many sources there are.

No I/O here: what it knows of the last polls it is told.
"""

import heapq
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

from monitor.source.hours import Habit
from monitor.source.schedule import Tried, look_again, next_poll, spread
from monitor.source.scraper import Source

NO_HOLD = timedelta()


class Timetable:
    """The sources, when each was last `tried`, and when it is to be looked at again.

    A source that was given out as due is not due again before it is said that it was `polled`, or has to `rest`.
    """

    def __init__(self, sources: Iterable[Source], tried: Mapping[str, Tried], now: datetime) -> None:
        self._sources = {source.id: source for source in sources}
        self._tried = {name: tried[name] for name in self._sources.keys() & tried.keys()}
        self._next: dict[str, datetime] = {}
        # With what is no longer so: an entry holds while `_next` says the same. Of one moment the first that was put comes first.
        self._queue: list[tuple[datetime, int, str]] = []
        self._turns = count()
        self._owed: dict[str, datetime] = {}  # since when those are due that were not polled yet
        self._under_way: set[str] = set()
        self.begin_anew(now)

    def begin_anew(self, now: datetime) -> None:
        """We just started, or slept, or the clock was set: what is due by now begins over the next minute, not at once."""
        begun = {name: self._next[name] for name in self._owed.keys() & self._next.keys()}
        self._next, self._queue = {}, []
        self._owed = {name: since for name, since in self._owed.items() if name in self._under_way}
        waiting = []
        for name, source in self._sources.items():
            if name in self._under_way:
                continue
            due = next_poll(source, self._tried.get(name), now)
            if due <= now:
                self._owed[name] = due
                waiting.append(source)
            else:
                self._put(name, self._look_again(name, now))
        for source, begins in spread(waiting, now):
            self._put(source.id, min(begins, begun.get(source.id, begins)))  # who waits already does not begin to wait anew

    def due(self, now: datetime, most: int) -> list[Source]:
        """Those to be polled now, the longest waiting first, and no more than `most` of them."""
        due: list[Source] = []
        while self._queue and self._queue[0][0] <= now and len(due) < most:
            moment, _, name = heapq.heappop(self._queue)
            if self._next.get(name) != moment:
                continue
            source = self._sources[name]
            since = next_poll(source, self._tried.get(name), now)
            if since <= now:
                del self._next[name]
                self._under_way.add(name)
                self._owed.setdefault(name, since)
                due.append(source)
            else:
                self._put(name, self._look_again(name, now))
        return due

    def polled(
        self, name: str, now: datetime, *, failed: bool = False, hold: timedelta = NO_HOLD, again: timedelta | None = None
    ) -> None:
        """A poll of this source came to its end, and was kept; its server may ask us to `hold` off, or what it brought to look
        `again` so shortly.
        """
        if name in self._sources:
            before = self._tried.get(name)
            self._tried[name] = Tried(now, (before.failures if before else 0) + 1 if failed else 0, hold, again)
            self._owed.pop(name, None)
            self._under_way.discard(name)
            self._put(name, self._look_again(name, now))

    def heard(self, name: str, tried: Tried, now: datetime) -> bool:
        """Somebody else looked at this source, and it is on record; whether that is news."""
        before = self._tried.get(name)
        if name not in self._sources or (before and tried.at <= before.at):
            return False
        self._tried[name] = replace(tried, at=min(tried.at, now))  # by another machine's clock, which may be ahead
        self._owed.pop(name, None)
        self._under_way.discard(name)
        self._put(name, self._look_again(name, now))
        return True

    def rest(self, name: str, until: datetime) -> None:
        """Let a source that was due or polled alone until then."""
        if name in self._sources:
            self._under_way.discard(name)
            self._put(name, until)

    def learn(self, habits: Mapping[str, Habit | None], now: datetime) -> None:
        """Know from now on when sources publish; those that are not named have no habit."""
        for name, source in self._sources.items():
            if source.habit != habits.get(name):
                self._sources[name] = replace(source, habit=habits.get(name))
                if name in self._next and name not in self._owed:
                    self._put(name, self._look_again(name, now))

    @property
    def under_way(self) -> Collection[str]:
        """Those that were given out as due, and of which nothing was heard since."""
        return self._under_way

    @property
    def owed(self) -> Collection[str]:
        """Those that are due, or were and are under way."""
        return self._owed.keys()

    def oldest_owed(self) -> datetime | None:
        """Since when that source is due that has been so for longest, be it under way; None where none is."""
        return min(self._owed.values(), default=None)

    def next(self) -> datetime | None:
        """When a source may be due next; None where all are under way."""
        coming = self.coming()
        return coming[0] if coming else None

    def coming(self) -> tuple[datetime, str] | None:
        """When which source may be due next; None where all are under way."""
        while self._queue and self._next.get(self._queue[0][2]) != self._queue[0][0]:
            heapq.heappop(self._queue)
        return (self._queue[0][0], self._queue[0][2]) if self._queue else None

    def _look_again(self, name: str, now: datetime) -> datetime:
        return look_again(self._sources[name], self._tried.get(name), now)

    def _put(self, name: str, moment: datetime) -> None:
        self._next[name] = moment
        heapq.heappush(self._queue, (moment, next(self._turns), name))
