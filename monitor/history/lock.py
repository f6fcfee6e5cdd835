"""One writer: whoever writes the store holds its lock file; the lock dies with its process."""

import fcntl
import os
from pathlib import Path
from typing import Self

from monitor.config import private
from monitor.errors import StoreError, StoreHeld


class Lock:
    """The store's lock, held while the `with` block runs.

    Raises:
        StoreHeld: another process holds it (its pid is in the file).
        StoreError: the folder can't be written.
    """

    def __init__(self, store: Path) -> None:
        self._path = store / "lock"

    def __enter__(self) -> Self:
        try:
            private.folder(self._path.parent)
            self._file = open(self._path, "a+", encoding="ascii", opener=private.opener)  # closed by __exit__
        except OSError as error:
            raise StoreError(f"{self._path.parent}: can't be written: {error.strerror}; choose another with --store") from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._file.seek(0)
            holder = self._file.read().strip() or "unknown"
            self._file.close()
            raise StoreHeld(f"{self._path.parent}: held by another monitor (process {holder})") from error
        self._file.truncate(0)
        self._file.write(str(os.getpid()))
        self._file.flush()
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
