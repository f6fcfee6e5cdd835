"""Notices when the files of an open database are no longer those that were opened: what is written then is lost."""

import os
from dataclasses import dataclass
from pathlib import Path

from monitor.errors import StoreBroken, StoreError

FILES = ("", "-wal", "-shm")  # SQLite keeps the latter two for as long as anybody has the database open
WAY_OUT = "put it back and start again; the monitor ends, lest it take all that is known for news or news for known"


@dataclass(frozen=True, slots=True)
class FileSeen:
    """Which file it was, and how large."""

    device: int
    number: int
    size: int


class Unmoved:
    """Of a database that is read as a copy that nobody writes: whether that is true."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = self._see()

    def check(self) -> None:
        """To be asked before and after what is read.

        Raises:
            StoreError: somebody writes it after all; what was read may be neither the old nor the new.
        """
        if self._see() != self._known:
            raise StoreError(f"{self._path}: was written while it was read; ask again")

    remember = check

    def _see(self) -> tuple[int, int, int, bool]:
        status = self._path.stat()
        log = self._path.with_name(f"{self._path.name}-wal")
        return status.st_ino, status.st_size, status.st_mtime_ns, log.exists() and log.stat().st_size > 0


class Guard:
    """Of the database at `path`. Only looks at names: a second handle, closed, would take SQLite's locks away (fcntl(2))."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, FileSeen] = {}

    def check(self) -> None:
        """To be asked before a transaction.

        Raises:
            StoreBroken: a file was deleted, replaced or cut off since.
        """
        for suffix, known in self._known.items():
            now = self._see(suffix)
            if now is None:
                raise StoreBroken(f"{self._path}{suffix}: deleted while it was in use; {WAY_OUT}")
            if (now.device, now.number) != (known.device, known.number):
                raise StoreBroken(f"{self._path}{suffix}: replaced by another file while it was in use; {WAY_OUT}")
            if not suffix and now.size < known.size:
                raise StoreBroken(f"{self._path}: cut off while it was in use; {WAY_OUT}")

    def remember(self) -> None:
        """To be told after a transaction: the files as they are by then."""
        for suffix in FILES:
            if seen := self._see(suffix):
                self._known[suffix] = seen

    def _see(self, suffix: str) -> FileSeen | None:
        try:
            status = os.stat(f"{self._path}{suffix}")  # noqa: PTH116 - asked six times a transaction: a Path costs more than the answer
        except FileNotFoundError:
            return None
        return FileSeen(status.st_dev, status.st_ino, status.st_size)
