"""A store with acts, registers, a watch list and messages, as an earlier day left it."""

import shutil
from pathlib import Path

from command import ROOT

from monitor.store import History


def kept(folder: Path) -> Path:
    """A copy of it, with the tables of today."""
    store = shutil.copytree(ROOT / "tests/stores/0.2.0/store", folder / "store")
    History(store).close()
    return store
