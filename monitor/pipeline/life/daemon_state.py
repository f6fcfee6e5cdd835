"""Whether a daemon runs on a store, and what it does, for `monitor status`. It asks; nothing is written."""

import os
from enum import StrEnum

import msgspec

from monitor.config.stores import Store
from monitor.errors import StoreHeld
from monitor.history.lock import holder
from monitor.pipeline.control import SOCKET, ask_what_now
from monitor.pipeline.life.pulse import Working

PATIENCE = 5.0  # seconds


class DaemonState(StrEnum):
    """What stands of a daemon."""

    WORKING = "working"  # it answers
    SILENT = "silent"  # a process holds the store, and does not say what it does
    GONE = "gone"  # one ran, and did not end by itself: it was killed, or the power failed
    NONE = "none"  # nothing runs


class DaemonSeen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What can be said of a store's daemon; `pid` is the process that holds the store, or held it last."""

    state: DaemonState
    pid: int | None = None
    why: str = ""
    does: Working | None = None


async def seen(store: Store, *, patience: float = PATIENCE) -> DaemonSeen:
    """Ask the daemon of a store, or say why it can't be asked; it has `patience` seconds to answer.

    Raises:
        StoreError: nobody can tell whether one runs.
    """
    place = store / SOCKET
    there = os.access(place, os.F_OK)  # false also in a folder that we may not enter, where holder() says so
    held = holder(store)
    if held is None or not held.is_held:
        state = DaemonState.GONE if there and held else DaemonState.NONE
        return DaemonSeen(state=state, pid=held.pid if held else None)
    if not there:
        why = "it has no socket: it is no daemon, such as `monitor poll`, or one that begins or ends"
        return DaemonSeen(state=DaemonState.SILENT, pid=held.pid, why=why)
    try:
        does = await ask_what_now(place, patience)
    except StoreHeld as error:
        return DaemonSeen(state=DaemonState.SILENT, pid=held.pid, why=str(error).partition(": ")[2])
    if does is None:
        return DaemonSeen(state=DaemonState.SILENT, pid=held.pid, why="it is of a version that does not say what it does")
    return DaemonSeen(state=DaemonState.WORKING, pid=does.pid, does=does)
