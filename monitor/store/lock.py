"""One writer: the writer of a store in a folder holds its lock file; the lock ends with its
process. A database has many writers, whose transactions take turns there (`postgres.py`).
"""

import fcntl
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

from monitor.config import files
from monitor.config.stores import Store
from monitor.errors import StoreError, StoreHeld
from monitor.model import frozen
from monitor.store.disk_errors import wrap_disk_error

TRIES, PAUSE = 25, 0.02  # seconds: a process that only tests the lock holds it for a moment


@frozen
class Holder:
    """The present or last holder of a store's lock: whether it `is_held` now, and by which process,
    if known.
    """

    is_held: bool
    pid: int | None


def find_lock_holder(store: Store | Path) -> Holder | None:
    """Find the holder of the store's lock; None if nobody ever held it. Writes nothing.

    Raises:
        StoreError: the lock is unreadable.
    """
    try:
        with (store / "lock").open(encoding="ascii", errors="replace") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return Holder(is_held=True, pid=_parse_pid(file.read()))
            return Holder(is_held=False, pid=_parse_pid(file.read()))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StoreError(
            f"{store / 'lock'}: can't be read: {error.strerror}; the store's holder is unknown"
        ) from error


def _parse_pid(text: str) -> int | None:
    return int(text) if text.strip().isdecimal() else None


class Lock:
    """Hold the store's lock while the `with` block runs; a database has none.

    Raises:
        StoreHeld: another process holds it (its pid is in the file).
        StoreError: the folder can't be written.
    """

    def __init__(self, store: Store | Path) -> None:
        self._store = Store.of(store)
        self._path = self._store / "lock"

    def __enter__(self) -> Self:
        if self._store.database is None:
            self._hold()
        return self

    def _hold(self) -> None:
        try:
            files.make_private_folder(self._path.parent)
            self._file = open(self._path, "a+", encoding="ascii", opener=files.open_private)  # noqa: SIM115 - closed by __exit__
        except OSError as error:
            raise StoreError(
                f"{self._path.parent}: can't be written: {error.strerror}; choose another with"
                " --store"
            ) from error
        try:
            self._take()
        except BlockingIOError as error:
            other = self._read_holder() or "unknown"
            self._file.close()
            raise StoreHeld(
                f"{self._path.parent}: held by another monitor (process {other}): stop it, or"
                " choose another --store"
            ) from error
        try:
            self._file.truncate(0)
            os.write(self._file.fileno(), str(os.getpid()).encode())
        except OSError as error:
            self._file.close()
            raise wrap_disk_error(
                error,
                f"{self._path.parent}: can't be written",
                "make room, or choose another --store",
            ) from error

    def _take(self) -> None:
        for _ in range(TRIES - 1):
            with suppress(BlockingIOError):
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            time.sleep(PAUSE)
        fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _read_holder(self) -> str:
        """Return the holding process; a new holder writes its number in a moment."""
        for _ in range(TRIES):
            self._file.seek(0)
            if pid := self._file.read().strip():
                return pid
            time.sleep(PAUSE)
        return ""

    def __exit__(self, *_: object) -> None:
        if self._store.database is None:
            self._file.close()
