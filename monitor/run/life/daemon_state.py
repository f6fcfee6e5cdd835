"""Find whether a daemon runs on a store, and its state, for `monitor status`. Reads only."""

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from socket import gethostname

import msgspec

from monitor.clock import format_instant
from monitor.config.stores import Store
from monitor.errors import StoreHeld
from monitor.render import dates
from monitor.render.text import join_first_names
from monitor.run.control import SOCKET, ask_what_now
from monitor.run.life.pulse import Working
from monitor.store import Worker
from monitor.store.lock import find_lock_holder

# The workers on a history in a database and their work, for `monitor status`. No I/O except this
# machine's name.

SILENT = timedelta(seconds=30)  # without a word, where one comes every five seconds
NAMED = 4  # sources and destinations that one is at
NOBODY = "no worker works on this store: nothing is polled; `monitor run` begins one"


class WorkerSeen(msgspec.Struct, frozen=True):
    """A worker: its start, queues, work and last report (UTC, ISO), whether it is alive, and
    whether it handles due dates.
    """

    name: str
    since: str
    queues: Sequence[str]
    doing: Sequence[str]
    heard: str
    is_alive: bool
    schedules: bool


def describe_workers(workers: Iterable[Worker], now: datetime) -> list[WorkerSeen]:
    """Each worker's last report."""
    return [
        WorkerSeen(
            worker.name,
            format_instant(worker.began),
            worker.queues,
            worker.doing,
            format_instant(worker.seen),
            is_alive(worker, now),
            worker.schedules,
        )
        for worker in workers
    ]


def is_alive(worker: Worker, now: datetime) -> bool:
    """Return whether its last report is recent."""
    return now - worker.seen <= SILENT


def has_live_worker(workers: Sequence[Worker], now: datetime, machine: str | None = None) -> bool:
    """Return whether a worker of this `machine` is alive; on a machine without any, whether any
    worker is.
    """
    begins = f"{machine or gethostname()}:"
    own = [worker for worker in workers if worker.name.startswith(begins)]
    return any(is_alive(worker, now) for worker in own or workers)


def format_workers(workers: Sequence[WorkerSeen]) -> Iterator[str]:
    """Describe the workers in lines."""
    if not any(worker.is_alive for worker in workers):
        yield NOBODY
    for worker in workers:
        if not worker.is_alive:
            since = dates.format_date(worker.heard)
            yield (
                f"worker {worker.name}: no report since {since}; what it had begun is taken up by"
                " others"
            )
            continue
        at = (
            f"at {join_first_names(worker.doing, NAMED)}"
            if worker.doing
            else "at nothing this moment"
        )
        due = "; handles due dates" if worker.schedules else ""
        yield (
            f"worker {worker.name} works since {dates.format_date(worker.since)} on"
            f" {', '.join(worker.queues)}: {at}{due}"
        )


PATIENCE = 5.0  # seconds


class DaemonState(StrEnum):
    """The state of a store's daemon."""

    WORKING = "working"  # it answers
    SILENT = "silent"  # a process holds the store, and does not answer
    GONE = "gone"  # one ran, and did not end by itself: it was killed, or the power failed
    NONE = "none"  # nothing runs


class DaemonSeen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The state of a store's daemon, as far as known; `pid` is the present or last holder of the
    store.
    """

    state: DaemonState
    pid: int | None = None
    why: str = ""
    does: Working | None = None


async def ask_daemon(store: Store, *, patience: float = PATIENCE) -> DaemonSeen:
    """Ask a store's daemon for its state, within `patience` seconds, or return why that fails.

    Raises:
        StoreError: it is unknown whether one runs.
    """
    place = store / SOCKET
    # false also in a folder that we may not enter; there holder() raises
    there = os.access(place, os.F_OK)
    held = find_lock_holder(store)
    if held is None or not held.is_held:
        state = DaemonState.GONE if there and held else DaemonState.NONE
        return DaemonSeen(state=state, pid=held.pid if held else None)
    if not there:
        why = (
            "it has no socket: it is no daemon, such as `monitor poll`, or one that begins or ends"
        )
        return DaemonSeen(state=DaemonState.SILENT, pid=held.pid, why=why)
    try:
        does = await ask_what_now(place, patience)
    except StoreHeld as error:
        return DaemonSeen(state=DaemonState.SILENT, pid=held.pid, why=str(error).partition(": ")[2])
    if does is None:
        return DaemonSeen(
            state=DaemonState.SILENT, pid=held.pid, why="its version does not report its state"
        )
    return DaemonSeen(state=DaemonState.WORKING, pid=does.pid, does=does)
