"""Scrapers read from disk again while the process goes on, as they are when their author changed them."""

import importlib
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import ModuleType

OURS = "monitor"


def unload(names: Iterable[str]) -> dict[str, ModuleType]:
    """Forget these packages or modules, with all beside and below them: the next import reads them from disk.

    What was loaded is the answer; who holds it goes on with it. What is ours is never read again: a new version is a new process.
    """
    roots = {name.partition(".")[0] for name in names} - {OURS}
    now = sys.modules.copy()  # at once: other threads load what they need
    loaded = {name: module for name, module in now.items() if name.partition(".")[0] in roots}
    for name in loaded:
        del sys.modules[name]
    importlib.invalidate_caches()
    return loaded


@contextmanager
def read_again(packages: Iterable[str]) -> Iterator[None]:
    """Import these packages as they now are; where the block fails, those that were loaded before stay."""
    loaded = unload(packages)
    try:
        yield
    except BaseException:
        unload(loaded)
        sys.modules.update(loaded)
        raise
