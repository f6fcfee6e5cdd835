"""A history that is only read: what every answer rests on, and is dear to look up, is kept until it has moved."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

from monitor.history import History, RegisterStatus
from monitor.model import Announcement

T = TypeVar("T")


class RememberingHistory(History):
    """The same answers; those about all acts and all rows of registers are looked up once for each state of them."""

    def __init__(self, store: Path) -> None:
        super().__init__(store, read_only=True)
        self._remembered: dict[str, tuple[object, object]] = {}

    def registers(self) -> list[RegisterStatus]:
        return self._known("registers", self.registers_read(), super().registers)

    def acts_by_authority(self) -> dict[str, tuple[int, str]]:
        return self._known("acts_by_authority", self.latest_change(), super().acts_by_authority)

    def not_understood(self) -> list[Announcement]:
        return self._known("not_understood", self.latest_change(), super().not_understood)

    def _known(self, name: str, stamp: object, look_up: Callable[[], T]) -> T:
        """What was looked up when things stood as they stand now."""
        if name not in self._remembered or self._remembered[name][0] != stamp:
            self._remembered[name] = (stamp, look_up())
        return cast("T", self._remembered[name][1])
