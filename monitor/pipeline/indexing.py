"""The index of all names on record, kept up with it: a little at a time, between what the history is asked by others."""

from datetime import timedelta
from functools import cache
from importlib.metadata import version

from monitor.clock import Clock
from monitor.config import VERSION
from monitor.history import History
from monitor.history.threaded import HistoryThread

LIBRARIES = ("anyascii", "babel", "opencc-py")  # by which names are read too
AT_ONCE = timedelta(seconds=2)  # of five: what comes meanwhile waits for one portion at most
AT_THE_END = timedelta(minutes=1)  # of a command that polls once: what it leaves is for the next


@cache
def edition() -> str:
    """How the rules of an index begin: what they hang on, as far as it is known without reading them."""
    return " ".join((VERSION, *map(version, LIBRARIES)))


async def index_names(history: HistoryThread, clock: Clock, most: timedelta = AT_ONCE) -> None:
    """Carry the index on for at most so long, where it is not as it should be.

    Raises:
        StoreError: the history can't be used.
    """
    if not await history(History.names_lag, edition()):
        return
    from monitor.pipeline import on_record  # noqa: PLC0415 - it needs the edition

    naming, until = on_record.naming(), clock.now() + most
    while not await history(History.keep_names, naming) and clock.now() < until:
        """Others have their turn between two portions."""
