"""Whether a daemon runs on a store, and what it does, for `monitor status`. It asks; nothing is written."""

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

# Which workers work on a history in a database and what they do, for `monitor status`. Pure but for this machine's name.

SILENT = timedelta(seconds=30)  # without a word, where one comes every five seconds
NAMED = 4  # sources and destinations that one is at
NOBODY = "no worker works on this store: nothing is polled; `monitor run` begins one"


class WorkerSeen(msgspec.Struct, frozen=True):
    """A worker: since when, for which queues, at what, when it was heard of last (UTC, ISO), whether it is still there, and
    whether it is the one that says what is due.
    """

    name: str
    since: str
    queues: Sequence[str]
    doing: Sequence[str]
    heard: str
    is_alive: bool
    schedules: bool


def describe_workers(workers: Iterable[Worker], now: datetime) -> list[WorkerSeen]:
    """Each as it was heard of last."""
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
    """Whether it was heard of a moment ago."""
    return now - worker.seen <= SILENT


def has_live_worker(workers: Sequence[Worker], now: datetime, machine: str | None = None) -> bool:
    """Whether a worker of this `machine` is there; on one that never had any, whether there is one at all."""
    begins = f"{machine or gethostname()}:"
    own = [worker for worker in workers if worker.name.startswith(begins)]
    return any(is_alive(worker, now) for worker in own or workers)


def format_workers(workers: Sequence[WorkerSeen]) -> Iterator[str]:
    """What stands of them, in lines."""
    if not any(worker.is_alive for worker in workers):
        yield NOBODY
    for worker in workers:
        if not worker.is_alive:
            since = dates.format_date(worker.heard)
            yield f"worker {worker.name}: not heard of since {since}; what it had begun is taken up by others"
            continue
        at = f"at {join_first_names(worker.doing, NAMED)}" if worker.doing else "at nothing this moment"
        due = "; says what is due" if worker.schedules else ""
        yield f"worker {worker.name} works since {dates.format_date(worker.since)} on {', '.join(worker.queues)}: {at}{due}"


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


async def ask_daemon(store: Store, *, patience: float = PATIENCE) -> DaemonSeen:
    """Ask the daemon of a store, or say why it can't be asked; it has `patience` seconds to answer.

    Raises:
        StoreError: nobody can tell whether one runs.
    """
    place = store / SOCKET
    there = os.access(place, os.F_OK)  # false also in a folder that we may not enter, where holder() says so
    held = find_lock_holder(store)
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
