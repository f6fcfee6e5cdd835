"""`PYTHONPATH=tests python -m tests.bench.workers [SOURCES [JOBS]]`: what sharing the work out costs, and what it brings.

Of pgqueuer's jobs, of which each does nothing: CPU of workers and of the database. Of rounds in which every page is as it was:
how long they take with one, two and four workers, as ratios, and CPU a poll. Of whoever is elected: a tick of so many sources.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import postgres
import psycopg
from sqlalchemy import insert

from monitor.clock import SystemClock
from monitor.config import Config, FetchSettings
from monitor.config.stores import Store
from monitor.config.times import Duration
from monitor.history import History
from monitor.history.tables import AddressRow, SourceRow
from monitor.pipeline.assembly import open_pipeline
from monitor.pipeline.round import MOST_POLLS
from monitor.pipeline.work.holding import Holding
from monitor.pipeline.work.queue import SETTINGS, Jobs
from monitor.pipeline.work.tasks import POLLS, Polling, Scheduler
from tests.bench.load import AT_ONCE, Same, _address, _source, line

SOURCES, JOBS = 50_000, 5_000
HERTZ = os.sysconf("SC_CLK_TCK")
NOTHING, EVERYTHING = "nothing", "everything"


class Server:
    """A PostgreSQL, and the CPU seconds that all its processes have taken."""

    def __init__(self) -> None:
        self.server = postgres.Server.made(forgetful=False)

    @property
    def busy(self) -> float:
        head = (self.server.folder / "tables/postmaster.pid").read_text().split()[0]
        spent = 0
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if head in {path.parent.name, fields[1]}:
                spent += sum(map(int, fields[11:15] if path.parent.name == head else fields[11:13]))
        return spent / HERTZ


def config() -> Config:
    """Sources that are each on a host of their own."""
    return Config(packages=("toy_many",), fetch=FetchSettings(robots=False, gap=Duration(milliseconds=1)))


async def work(store: Store, what: str) -> None:
    """Do jobs until SIGTERM, then say what that took: each does `nothing`, or polls a source."""
    assert store.database
    jobs = await Jobs.opened(store.database)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, jobs.stop)
    if what == NOTHING:
        await _timed(jobs, _nothing)
        return
    holding = Holding(store.database)
    async with open_pipeline(config(), store, SystemClock(), transport=lambda _: Same(), gate=holding.gate) as pipeline:
        await _timed(jobs, Polling(pipeline, holding, lambda _outcome, _took: None, _met))
    await holding.aclose()


def _met(error: BaseException) -> None:
    raise error


async def _nothing(_: str) -> timedelta | None:
    return None


async def _timed(jobs: Jobs, handler: object) -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    began = time.process_time()
    await jobs.work({POLLS: handler}, MOST_POLLS)  # type: ignore[dict-item]
    sys.stdout.write(json.dumps(time.process_time() - began) + "\n")
    await jobs.aclose()


class Spent:
    """Of one round: seconds by the clock, CPU seconds of workers and of the database."""

    def __init__(self, wall: float, workers: float, server: float) -> None:
        self.wall, self.workers, self.server = wall, workers, server

    def each(self, count: int) -> str:
        """CPU a job, in milliseconds."""
        both = self.workers + self.server
        return f"{1000 * both / count:.2f} ms ({1000 * self.workers / count:.2f} worker, {1000 * self.server / count:.2f} server)"


@contextmanager
def team(store: Store, size: int, what: str) -> Iterator[list["subprocess.Popen[str]"]]:
    """So many workers that are ready."""
    assert store.database
    command = [sys.executable, "-m", "tests.bench.workers", what, store.database, str(store.folder)]
    workers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(size)]
    for worker in workers:
        assert worker.stdout
        assert worker.stdout.readline() == "ready\n"
    yield workers
    for worker in workers:
        worker.wait()


def done(server: Server, store: Store, size: int, names: Sequence[str], what: str) -> Spent:
    """Have all of these done by so many workers."""
    assert store.database
    with team(store, size, what) as workers, psycopg.connect(store.database, autocommit=True) as connection:
        before, began = server.busy, time.monotonic()
        own = time.process_time()
        asyncio.run(_put(store.database, names))
        own = time.process_time() - own
        left = f"SELECT count(*) FROM {SETTINGS.queue_table}"
        while connection.execute(left).fetchone() != (0,):
            time.sleep(0.1)
        wall, spent = time.monotonic() - began, server.busy - before
        for worker in workers:
            worker.send_signal(signal.SIGTERM)
        said = [worker.communicate()[0] for worker in workers]
    return Spent(wall, own + sum(json.loads(words.splitlines()[-1]) for words in said), spent)


async def _put(database: str, names: Sequence[str]) -> None:
    jobs = await Jobs.opened(database)
    await jobs.put(POLLS, names)
    await jobs.aclose()


async def _ticks(store: Store) -> tuple[float, float]:
    """CPU seconds of the first tick of whoever is elected, and of one at which little is due."""
    assert store.database
    jobs = await Jobs.opened(store.database)
    async with open_pipeline(config(), store, SystemClock(), transport=lambda _: Same()) as pipeline:
        scheduler, began = Scheduler(pipeline), time.process_time()
        await scheduler.tick(jobs)
        first, began = time.process_time() - began, time.process_time()
        await scheduler.tick(jobs)
        again = time.process_time() - began
    await jobs.aclose()
    return first, again


def known(store: Store, sources: int) -> None:
    """A history that has looked at each source before."""
    now = datetime.now(UTC)
    rows = {
        SourceRow: [_source(number, now) | {"examined_at": now} for number in range(sources)],
        AddressRow: [_address(f"https://s{number}.example/", number, now, now, start=True) for number in range(sources)],
    }
    with History(store) as history, history._engine.begin() as connection:
        for table, some in rows.items():
            for first in range(0, sources, AT_ONCE):
                connection.execute(insert(table), some[first : first + AT_ONCE])


def main() -> None:
    """Measure and print."""
    sources, jobs = (*map(int, sys.argv[1:]), SOURCES, JOBS)[:2] if len(sys.argv) > 1 else (SOURCES, JOBS)
    os.environ |= {"TOY_MANY": str(sources), "TOY_MANY_EVERY": "1 day"}
    server = Server()
    with tempfile.TemporaryDirectory(prefix="workers-") as folder:
        try:
            _measure(server, Path(folder), sources, jobs)
        finally:
            server.server.gone()


def _measure(server: Server, folder: Path, sources: int, jobs: int) -> None:
    for size in (1, 4):
        store = Store(folder / f"queue-{size}", server.server.create(f"queue-{size}"))
        asyncio.run(_put(store.database or "", []))
        spent = done(server, store, size, [f"s{number}" for number in range(jobs)], NOTHING)
        line(f"{jobs:,} jobs that do nothing, {size} worker{'s'[: size > 1]}", spent.each(jobs), "at most 2 ms")
    names = [f"many.s{number}" for number in range(sources)]
    store = Store(folder / "round", server.server.create("round"))
    known(store, sources)
    done(server, store, 4, names, EVERYTHING)  # each page is read once: that is no round in which it is as it was
    alone = 0.0
    for size in (1, 2, 4):
        spent = done(server, store, size, names, EVERYTHING)
        alone = alone or spent.wall
        ratio = f"{alone / spent.wall:.2f} times one; {spent.each(sources)}"
        line(f"a round, {size} worker{'s'[: size > 1]}", f"{spent.wall:.0f} s", ratio)
    tick, again = asyncio.run(_ticks(store))
    line("whoever is elected: the first tick, and one more", f"{tick:.2f} s", f"{again * 1000:.0f} ms of CPU")


if __name__ == "__main__":
    if sys.argv[1:2] in ([NOTHING], [EVERYTHING]):
        asyncio.run(work(Store(Path(sys.argv[3]), sys.argv[2]), sys.argv[1]))
    else:
        main()
