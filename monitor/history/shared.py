"""What several processes that work on one database hold between them: destinations, sources, turns at hosts, who is elected.

Each is held by a connection, so it ends with the process that has it. What is written here is nobody's history, and waits for
nobody who writes that.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Text, cast, delete, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlmodel import col

from monitor.errors import StoreError
from monitor.history.records import Worker
from monitor.history.server import WRITING, connections, in_one_line
from monitor.history.tables import CourierRow, HostRow, WorkerRow

ELECTED = WRITING + 2
SOURCES = 24  # of the hash by which a source is locked, so that none is called like a lock of another kind
FORGOTTEN = timedelta(hours=1)  # after which nobody asks what became of a worker
LAG = 0.5  # seconds by which the way from a turn to its request's arrival may be longer for one worker than for the next
FAR = 3600.0  # seconds; a turn that is further off is none: the clock of the database was set back

SOON = 0.001  # seconds: somebody was a moment before us

Turn = tuple[str, timedelta]


class Shared:
    """One process's part. Use it from one thread at a time.

    Raises:
        ConfigError: from the constructor, if it is no address of a database, or the driver is not installed.
        StoreError: from a method; `StoreAway` where the database does not answer: then nothing is held any more.
    """

    def __init__(self, database: str) -> None:
        self._database = database
        self._engine: Engine = connections(database)
        self._standing: Connection | None = None  # on which all is held but destinations
        self._elected: Connection | None = None  # the same, where we are
        self._couriers: dict[str, Connection] = {}

    def close(self) -> None:
        """Let go of all."""
        for connection in (*self._couriers.values(), self._standing):
            if connection is not None:
                with suppress(Exception):  # it may be lost already
                    connection.invalidate()
                    connection.close()
        self._couriers, self._standing = {}, None
        self._engine.dispose()

    def claim(self, destination: str) -> bool:
        """Take a destination, unless another process has it."""
        with in_one_line(self._database):
            connection = self._engine.connect()
            try:
                connection.execute(insert(CourierRow).values(destination=destination).on_conflict_do_nothing())
                connection.commit()
                row = select(col(CourierRow.destination)).where(col(CourierRow.destination) == destination)
                if connection.execute(row.with_for_update(skip_locked=True)).first() is None:
                    connection.close()
                    return False
            except BaseException:
                connection.close()
                raise
        self._couriers[destination] = connection
        return True

    def let_go(self, destination: str) -> None:
        """Give a destination back."""
        if connection := self._couriers.pop(destination, None):
            with suppress(StoreError), in_one_line(self._database):  # what is lost is given back
                connection.close()

    def is_elected(self) -> bool:
        """Whether this process is the one that is elected: the first to ask, until it ends or its connection does."""
        with self._held() as connection:
            if connection is not self._elected:
                ours = connection.execute(select(func.pg_try_advisory_lock(ELECTED))).scalar()
                self._elected = connection if ours else None
            else:
                connection.execute(select(1))  # it answers, so the lock is still held
            return self._elected is not None

    def take(self, sources: Sequence[str]) -> list[bool]:
        """Take each of these sources that no other process has."""
        return self._locks("pg_try_advisory_lock", sources)

    def give_back(self, sources: Sequence[str]) -> list[bool]:
        """Give them back."""
        return self._locks("pg_advisory_unlock", sources)

    def _locks(self, function: str, sources: Sequence[str]) -> list[bool]:
        name = func.unnest(cast([*sources], ARRAY(Text))).table_valued("name", with_ordinality="turn").render_derived()
        lock = getattr(func, function)(func.hashtextextended(name.c.name, SOURCES))
        with self._held() as connection:
            return [*connection.execute(select(lock).order_by(name.c.turn)).scalars()]

    def turns(self, asked: Sequence[Turn]) -> list[float]:
        """For each host, whose requests shall start so far apart: 0.0 where it is our turn now, else after how many seconds to
        ask again. A host is named once.
        """
        gaps = dict(sorted(asked))  # all who ask for several lock them in one order
        now = func.extract("epoch", func.clock_timestamp())
        row = insert(HostRow).values([{"name": name, "opens": now + gap.total_seconds() + LAG} for name, gap in gaps.items()])
        opens, mine = col(HostRow.opens), row.excluded.opens
        taken = row.on_conflict_do_update(
            index_elements=[col(HostRow.name)], set_={"opens": mine}, where=or_(opens <= now, opens > mine + FAR)
        ).returning(col(HostRow.name))
        with self._held() as connection:
            ours = set(connection.execute(taken).scalars())
            waits = self._waits(connection, gaps.keys() - ours, now)
        return [0.0 if name in ours else max(waits.get(name, 0.0), SOON) for name, _ in asked]

    @staticmethod
    def _waits(connection: Connection, hosts: Any, now: Any) -> Mapping[str, float]:
        if not hosts:
            return {}
        query = select(col(HostRow.name), col(HostRow.opens) - now).where(col(HostRow.name).in_(hosts))
        return {name: float(wait) for name, wait in connection.execute(query)}

    def beat(self, worker: Worker) -> None:
        """Say that this process lives, and what it does."""
        values = {name: getattr(worker, name) for name in ("name", "began", "seen", "schedules")}
        values |= {"queues": " ".join(worker.queues), "doing": " ".join(worker.doing)}
        row = insert(WorkerRow).values(**values)
        kept = row.on_conflict_do_update(index_elements=[col(WorkerRow.name)], set_=values)
        with self._held() as connection:
            connection.execute(kept)
            connection.execute(delete(WorkerRow).where(col(WorkerRow.seen) < worker.seen - FORGOTTEN))

    def gone(self, name: str) -> None:
        """The process of this name ends."""
        with self._held() as connection:
            connection.execute(delete(WorkerRow).where(col(WorkerRow.name) == name))

    @contextmanager
    def _held(self) -> Iterator[Connection]:
        """The connection that stands for this process; each statement is a transaction of its own."""
        with in_one_line(self._database):
            if self._standing is None:
                self._standing = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            try:
                yield self._standing
            except BaseException:
                self._standing.invalidate()
                self._standing.close()
                self._standing = None
                raise
