"""What is dear to look up, kept until what it was made of has moved; and a history that is only read and does so."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar, cast

from monitor.config.stores import Store
from monitor.history import History, RegisterStatus, TroubleState
from monitor.model import Announcement
from monitor.source.health import Health
from monitor.source.mute import Mute
from monitor.timeline.clues import Clue
from monitor.watch.entries import Entry
from monitor.watch.match import Dismissal

T = TypeVar("T")


class Memory:
    """The last of each thing that was looked up, with what it rested on."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[object, object]] = {}

    def of(self, name: str, stamp: object, look_up: Callable[[], T]) -> T:
        """What was looked up when things stood as they stand now; else it is looked up."""
        if name not in self._known or self._known[name][0] != stamp:
            self._known.pop(name, None)  # so that there is never room for both
            self._known[name] = (stamp, look_up())
        return cast("T", self._known[name][1])

    def forget(self) -> None:
        """Let go of all of it."""
        self._known.clear()


class RememberingHistory(History):
    """The same answers; those on which every answer rests are looked up once for each state of acts and registers."""

    blocks_waited_for = 4  # a second or two

    def __init__(self, store: Store) -> None:
        super().__init__(store, read_only=True)
        self._memory = Memory()
        self._moved: object = None

    @contextmanager
    def at_one_moment(self) -> Iterator[object]:
        with super().at_one_moment() as self._moved:
            yield self._moved

    def latest_change(self) -> int:
        return self._memory.of("latest", self._moved, super().latest_change)

    def registers_read(self) -> dict[str, tuple[str, datetime]]:
        return self._memory.of("read", self._moved, super().registers_read)

    def registers(self) -> list[RegisterStatus]:
        return self._memory.of("registers", self.registers_read(), super().registers)

    def acts_by_authority(self) -> dict[str, tuple[int, str]]:
        return self._memory.of("acts", self.latest_change(), super().acts_by_authority)

    def not_understood(self) -> list[Announcement]:
        return self._memory.of("not understood", self.latest_change(), super().not_understood)

    def registers_named(self) -> set[str]:
        return self._memory.of("named", self.latest_change(), super().registers_named)

    def watched(self) -> list[Entry]:
        return self._memory.of("watched", self._moved, super().watched)

    def dismissals(self) -> list[Dismissal]:
        return self._memory.of("dismissals", self._moved, super().dismissals)

    def health(self) -> dict[str, Health]:
        return self._memory.of("health", self._moved, super().health)

    def mutes(self, now: datetime) -> list[Mute]:
        return self._memory.of("mutes", (self._moved, now), lambda: super(RememberingHistory, self).mutes(now))

    def troubles(self) -> list[TroubleState]:
        return self._memory.of("troubles", self._moved, super().troubles)

    def keys_holding(self, clue: Clue, text: str) -> set[str]:
        """In memory where it is titles: a walk of them, for whatever is looked up, takes longer than all else."""
        if clue is not Clue.TITLE:
            return super().keys_holding(clue, text)
        words = self._memory.of(clue, self.latest_change(), lambda: self.words_of(clue))
        return self.keys_numbered(words.holding(text))

    def unread(self, source: str) -> list[str]:
        """As it was when it was last asked whether anything has moved."""
        lacking = self._memory.of("lacking", self._moved, self.leave_unread)
        return super().unread(source) if source in lacking else []
