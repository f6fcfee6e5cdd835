"""What is dear to look up, kept until what it was made of has moved; and a history that is only read and does so."""

from collections.abc import Callable
from typing import TypeVar, cast

from monitor.config.stores import Store
from monitor.history import History, RegisterStatus
from monitor.model import Announcement

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

    def __init__(self, store: Store) -> None:
        super().__init__(store, read_only=True)
        self._memory = Memory()
        self._moved: object = None

    def moves(self) -> object:
        self._moved = super().moves()
        return self._moved

    def registers(self) -> list[RegisterStatus]:
        return self._memory.of("registers", self.registers_read(), super().registers)

    def acts_by_authority(self) -> dict[str, tuple[int, str]]:
        return self._memory.of("acts", self.latest_change(), super().acts_by_authority)

    def not_understood(self) -> list[Announcement]:
        return self._memory.of("not understood", self.latest_change(), super().not_understood)

    def unread(self, source: str) -> list[str]:
        """As it was when it was last asked whether anything has moved."""
        lacking = self._memory.of("lacking", self._moved, self.leave_unread)
        return super().unread(source) if source in lacking else []
