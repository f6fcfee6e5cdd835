"""Which workers work on a history in a database and what they do, for `monitor status`. Pure but for this machine's name."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from socket import gethostname

import msgspec

from monitor.clock import iso
from monitor.history import Worker
from monitor.render import dates
from monitor.render.text import first_names

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


def seen(workers: Iterable[Worker], now: datetime) -> list[WorkerSeen]:
    """Each as it was heard of last."""
    return [
        WorkerSeen(
            worker.name, iso(worker.began), worker.queues, worker.doing, iso(worker.seen), is_alive(worker, now), worker.schedules
        )
        for worker in workers
    ]


def is_alive(worker: Worker, now: datetime) -> bool:
    """Whether it was heard of a moment ago."""
    return now - worker.seen <= SILENT


def work_goes_on(workers: Sequence[Worker], now: datetime, machine: str | None = None) -> bool:
    """Whether a worker of this `machine` is there; on one that never had any, whether there is one at all."""
    begins = f"{machine or gethostname()}:"
    own = [worker for worker in workers if worker.name.startswith(begins)]
    return any(is_alive(worker, now) for worker in own or workers)


def worker_lines(workers: Sequence[WorkerSeen]) -> Iterator[str]:
    """What stands of them, in lines."""
    if not any(worker.is_alive for worker in workers):
        yield NOBODY
    for worker in workers:
        if not worker.is_alive:
            yield f"worker {worker.name}: not heard of since {dates.day(worker.heard)}; what it had begun is taken up by others"
            continue
        at = f"at {first_names(worker.doing, NAMED)}" if worker.doing else "at nothing this moment"
        due = "; says what is due" if worker.schedules else ""
        yield f"worker {worker.name} works since {dates.day(worker.since)} on {', '.join(worker.queues)}: {at}{due}"
