"""A copy of the history for a rehearsal, which may write as it likes."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitor.config import private
from monitor.history import DATABASE, there


@contextmanager
def scratch_copy(store: Path) -> Iterator[Path]:
    """A copy of the history in a folder that is gone afterwards; the archive stays where it is."""
    with tempfile.TemporaryDirectory(prefix="monitor-dry-run-") as folder:
        if there(store):
            # Not mode=ro: a read-only connection leaves its -shm and -wal files behind.
            source = sqlite3.connect(store / DATABASE)
            private.file(Path(folder) / DATABASE)
            copy = sqlite3.connect(Path(folder) / DATABASE)
            with source, copy:
                source.backup(copy)
            source.close()
            copy.close()
        yield Path(folder)
