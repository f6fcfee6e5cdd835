"""A copy of the history for a rehearsal, which may write as it likes."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitor.history import DATABASE, there
from monitor.history.engine import copy_to


@contextmanager
def scratch_copy(store: Path) -> Iterator[Path]:
    """A copy of the history in a folder that is gone afterwards; the archive stays where it is.

    Raises:
        StoreError: the history is lost, damaged, or another store's.
    """
    with tempfile.TemporaryDirectory(prefix="monitor-dry-run-") as folder:
        if there(store):
            copy_to(store / DATABASE, Path(folder) / DATABASE)
        yield Path(folder)
