"""PostgreSQL, all that is its own: how a history there is opened and made, and what the workers on it have between them.

One writes at a time, as on SQLite: each transaction that may write begins by taking the same lock of the database, and ends with
it. So what it reads before it writes is as it was when it writes. Who only reads has one state of the whole database for a
transaction. What the database refuses is one line, in which no password stands.
"""

import os
import socket
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Engine, Index, create_engine, delete, event, func, select, text
from sqlalchemy import Table as Made
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import base
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, QueuePool
from sqlalchemy.schema import AddConstraint, CreateIndex, CreateTable
from sqlmodel import Session, col

from monitor.config.stores import shown_address
from monitor.errors import ConfigError, StoreError
from monitor.history import views
from monitor.history.columns import storable
from monitor.history.disk_errors import of_database
from monitor.history.identity import refuse_another, refuse_if_lost
from monitor.history.migrating import NEWEST, migrate, of_a_newer, of_an_older, stamp
from monitor.history.records import Worker
from monitor.history.tables import WorkerRow, whole

PARTS = frozenset({"psycopg", "psycopg_binary"})
try:
    import psycopg
    from psycopg import conninfo
    from psycopg.types import string as strings
except ModuleNotFoundError as error:
    if error.name not in PARTS:
        raise
    raise ConfigError("a store in PostgreSQL needs the extra `workers`: pip install 'regulatory-monitor[workers]'") from error

WRITING = 7_308_332_045_895_758_194  # a lock that no other program is likely to use in the same database
ELECTED = WRITING + 2
HELD = 24  # seeds the hash of a name that is locked, so that it is no other lock
# A server that is gone without a word, as after a power cut, is noticed within a minute.
HEARTBEAT = {"keepalives_idle": 20, "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 60_000}
FIRST = {"connect_timeout": 10, "client_encoding": "utf8"}
# A message that was posted must not be found unsent, so what was committed is on the disk. A process that stands still in the
# middle of a transaction must not hold up all others for ever.
SETTINGS = """
SELECT set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on'
                                        ELSE current_setting('synchronous_commit') END, false),
       set_config('datestyle', 'ISO', false), set_config('lock_timeout', '60s', false),
       set_config('idle_in_transaction_session_timeout', '5min', false),
       current_setting('server_encoding'), current_setting('server_version_num')::int
"""
OLDEST = 130_000  # 13
KINDS = {"VARCHAR": 'VARCHAR COLLATE "C"', "INTEGER": "BIGINT", "SERIAL": "BIGSERIAL"}

FORGOTTEN = timedelta(hours=1)  # after which nobody asks what became of a worker
LAG = 0.5  # seconds by which the way from a turn to its request's arrival may be longer for one worker than for the next
FAR = 3600.0  # seconds; a turn that is further off is none: the clock of the database was set back
SOON = 0.001  # seconds: another process was a moment before us
TURN = """
INSERT INTO host (name, opens) VALUES (:host, extract(epoch FROM clock_timestamp()) + :gap)
ON CONFLICT (name) DO UPDATE SET opens = excluded.opens
WHERE host.opens <= extract(epoch FROM clock_timestamp()) OR host.opens > excluded.opens + :far RETURNING name
"""
WAIT = "SELECT opens - extract(epoch FROM clock_timestamp()) FROM host WHERE name = :host"


def open_server(database: str, folder: Path, *, read_only: bool) -> Engine:
    """The history in a database, at the newest revision; `folder` is what this machine keeps for itself.

    Raises:
        ConfigError: what is needed for it is not installed, or it is no address of a database.
        StoreAway: nobody answers there.
        StoreError: no history (when only to be read), another's, or from a newer version.
    """
    engine = _engine(database, read_only=read_only)
    with _begun(engine, database) as connection:
        _open(connection, shown_address(database), folder, read_only=read_only)
        connection.commit()
    return engine


def pool(database: str) -> Engine:
    """Connections for the bodies of the archive, which several threads ask for at a time; none waits for a turn to write.

    Raises:
        ConfigError: as `open_server`.
    """
    return _pooled(database, read_only=False, size=5)


def empty(database: str) -> Engine:
    """A database that has nothing yet, to be filled.

    Raises:
        ConfigError, StoreError: as `open_server`, or it has a history already.
    """
    engine = _engine(database, read_only=False)
    with _begun(engine, database) as connection:
        if _revision(connection, shown_address(database)) is not None:
            raise StoreError(f"{shown_address(database)}: has a history already; name an empty database")
    return engine


def version(database: str) -> str:
    """Which version answers.

    Raises:
        ConfigError, StoreError: as `open_server`.
    """
    with in_one_line(database), _unpooled(database).connect() as connection:
        return str(connection.exec_driver_sql("SHOW server_version").scalar())


def is_there(database: str, folder: Path) -> bool:
    """Whether there is a history in a database.

    Raises:
        ConfigError, StoreError: as `open_server`, or there was one, and it is gone.
    """
    with in_one_line(database), _unpooled(database).connect() as connection:
        there = _revision(connection, shown_address(database)) is not None
    if not there:
        refuse_if_lost(folder, shown_address(database))
    return there


@contextmanager
def _begun(engine: Engine, database: str) -> Iterator[Connection]:
    """The first transaction of an engine, which is let go of where the block fails."""
    try:
        with in_one_line(database), engine.connect() as connection:
            yield connection
    except BaseException:
        engine.dispose()
        raise


def _open(connection: Connection, called: str, folder: Path, *, read_only: bool) -> None:
    """See that the history is this store's own, and of this version: whoever may write brings it there."""
    revision = _revision(connection, called)
    if revision is None:
        refuse_if_lost(folder, called)
        if read_only:
            raise StoreError(f"{called}: no history here yet; `monitor poll` begins one")
        whole().create_all(connection, checkfirst=False)
        views.make(connection)
        stamp(connection)
        return
    if revision > NEWEST:
        raise of_a_newer(called, revision)
    if identity := connection.exec_driver_sql("SELECT identity FROM store").scalar():
        refuse_another(folder, called, identity)
    if revision != NEWEST:
        if read_only:
            raise of_an_older(called)
        migrate(connection)


def _revision(connection: Connection, called: str) -> str | None:
    """The stored revision; None for a database that has nothing yet."""
    there = "SELECT to_regclass('alembic_version') IS NOT NULL, to_regclass('change') IS NOT NULL"
    is_ours, has_ours = connection.exec_driver_sql(there).one()
    if has_ours and not is_ours:
        raise StoreError(f"{called}: has tables, but not of a history of this monitor; name an empty database")
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() if is_ours else None


def make_untied(connection: Connection, tables: Collection[Made]) -> None:
    """Make tables to be filled: a row need not wait for those that it names."""
    for table in tables:
        connection.execute(CreateTable(table, include_foreign_key_constraints=[]))


def tie(connection: Connection, tables: Collection[Made]) -> None:
    """Make what such tables lack, once they are filled; the next number of each comes after its greatest."""
    for table in tables:
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.execute(CreateIndex(index))
        for key in sorted(table.foreign_key_constraints, key=lambda key: str(key.name)):
            connection.execute(AddConstraint(key, isolate_from_table=False))
        if (column := table.autoincrement_column) is not None:
            greatest = connection.execute(select(func.max(column))).scalar()
            own = func.pg_get_serial_sequence(f'"{table.name}"', column.name)
            connection.execute(select(func.setval(own, greatest or 1, greatest is not None)))
    connection.exec_driver_sql("ANALYZE")


def _engine(database: str, *, read_only: bool) -> Engine:
    """Connections one at a time, and a new one where the last was lost."""
    engine = _pooled(database, read_only=read_only, size=1)
    if not read_only:
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITING})"))
    return engine


def _pooled(database: str, *, read_only: bool, size: int) -> Engine:
    engine = create_engine(
        "postgresql+psycopg://",
        creator=partial(_connect, shown_address(database), address_of(database), read_only=read_only),
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        pool_pre_ping=read_only or size > 1,  # who writes asks for the lock first, which shows it as well
        hide_parameters=True,
    )
    engine.dialect.ddl_compiler = _as_on_sqlite()
    return engine


def _unpooled(database: str) -> Engine:
    """Connections that each stand for themselves; each statement is a transaction of its own."""
    connect = partial(_connect, shown_address(database), address_of(database), read_only=False)
    address, plain = "postgresql+psycopg://", {"poolclass": NullPool, "isolation_level": "AUTOCOMMIT"}
    return create_engine(address, creator=connect, hide_parameters=True, **plain)


def address_of(database: str) -> str:
    """The address with what is to be so unless it says otherwise.

    Raises:
        ConfigError: it is no address.
    """
    try:
        given = conninfo.conninfo_to_dict(database)
    except psycopg.ProgrammingError as error:  # its words would show what the address holds
        wrong = "is no address as PostgreSQL reads one; write it as postgresql://host:port/name?user=…"
        raise ConfigError(f"{shown_address(database)}: {wrong}") from error
    name = {"fallback_application_name": f"monitor {os.getpid()} on {socket.gethostname()}"[:63]}
    return conninfo.make_conninfo("", **{key: str(value) for key, value in (FIRST | HEARTBEAT | name | given).items()})


def _connect(called: str, address: str, *, read_only: bool) -> psycopg.Connection[Any]:
    connection = psycopg.connect(address)
    try:
        *_, encoding, version = connection.execute(SETTINGS).fetchone() or ()
        connection.commit()
        _refuse_unfit(called, encoding, version)
    except BaseException:
        connection.close()
        raise
    levels = psycopg.IsolationLevel
    connection.isolation_level = levels.REPEATABLE_READ if read_only else levels.READ_COMMITTED
    connection.read_only = read_only
    connection.adapters.register_dumper(str, _dumper())
    return connection


def _refuse_unfit(called: str, encoding: str, version: int) -> None:
    if encoding != "UTF8" or version < OLDEST:
        kind = f"a database in {encoding} of PostgreSQL {version // 10_000}"
        raise StoreError(f"{called}: {kind}: it has to be in UTF8, of {OLDEST // 10_000} or later")


@cache
def _dumper() -> type[strings.StrDumperUnknown]:
    class Storable(strings.StrDumperUnknown):
        """A text that PostgreSQL can't keep as a page says it is kept all the same, but for that sign."""

        def dump(self, obj: str) -> Any:
            return super().dump(storable(obj))

    return Storable


@cache
def _as_on_sqlite() -> type[base.PGDDLCompiler]:
    """What makes columns and indexes, whoever asks for them: texts are compared by their bytes and numbers have 64 bits, however
    the database is, and an index has the rows that it has on SQLite.
    """

    class AsOnSqlite(base.PGDDLCompiler):
        def get_column_specification(self, column: Column[Any], **options: Any) -> str:
            name, _, rest = str(super().get_column_specification(column, **options)).partition(" ")  # type: ignore[no-untyped-call]
            kind, there, further = rest.partition(" ")
            return f"{name} {KINDS.get(kind, kind)}{there}{further}"

        def visit_create_index(self, create: Any, *words: Any, **options: Any) -> str:
            index: Index = create.element
            if (rows := index.dialect_options["sqlite"]["where"]) is not None:
                index.dialect_options["postgresql"]["where"] = rows
            return str(super().visit_create_index(create, *words, **options))  # type: ignore[no-untyped-call]

    return AsOnSqlite


@contextmanager
def in_one_line(database: str) -> Iterator[None]:
    """What the database refuses becomes one line.

    Raises:
        StoreError: of the kind that says how it goes on.
    """
    try:
        yield
    except DBAPIError as error:
        raise of_database(error.orig, shown_address(database)) from error
    except psycopg.Error as error:
        raise of_database(error, shown_address(database)) from error


def begin(session: Session) -> None:
    """Begin a transaction; where the connection was lost since the last one, on a new one. Nothing was done yet."""
    try:
        session.connection()
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        session.rollback()
        session.connection()


class Shared:
    """One worker's part of what all workers on a database have between them: names that each locks, turns at hosts, who lives.

    All of it is held by one connection, so it ends with the process that has it. What is written here is no part of the history,
    and waits for nobody who writes that. Use it from one thread at a time.

    Raises:
        ConfigError: from the constructor, if it is no address of a database, or the driver is not installed.
        StoreError: from a method; `StoreAway` where the database does not answer: then nothing is held any more.
    """

    def __init__(self, database: str) -> None:
        self._database = database
        self._engine = _unpooled(database)
        self._connection: Connection | None = None
        self._elected: Connection | None = None  # the same, where we are

    def close(self) -> None:
        """Let go of all."""
        if self._connection is not None:
            with suppress(Exception):  # it may be lost already
                self._connection.invalidate()
                self._connection.close()
        self._connection = None

    def take(self, name: str) -> bool:
        """Lock a name, unless another process has it."""
        return self._locks(func.pg_try_advisory_lock(func.hashtextextended(name, HELD)))

    def give_back(self, name: str) -> bool:
        """Let go of it; whether we had it."""
        return self._locks(func.pg_advisory_unlock(func.hashtextextended(name, HELD)))

    def _locks(self, asked: Any) -> bool:
        with self._held() as connection:
            return bool(connection.execute(select(asked)).scalar())

    def is_elected(self) -> bool:
        """Whether this process is the one that is elected: the first to ask, until it ends or its connection does."""
        with self._held() as connection:
            if connection is not self._elected:
                ours = connection.execute(select(func.pg_try_advisory_lock(ELECTED))).scalar()
                self._elected = connection if ours else None
            else:
                connection.execute(select(1))  # it answers, so the lock is still held
            return self._elected is not None

    def turn(self, host: str, gap: timedelta) -> float:
        """0.0 where it is our turn now at a host whose requests shall start so far apart, else after how many seconds to ask
        again.
        """
        with self._held() as connection:
            asked = {"host": host, "gap": gap.total_seconds() + LAG, "far": FAR}
            if connection.execute(text(TURN), asked).first():
                return 0.0
            wait = connection.execute(text(WAIT), {"host": host}).scalar()
        return max(float(wait or 0.0), SOON)

    def beat(self, worker: Worker) -> None:
        """Say that this process lives, and what it does."""
        values = {name: getattr(worker, name) for name in ("name", "began", "seen", "schedules")}
        values |= {"queues": " ".join(worker.queues), "doing": " ".join(worker.doing)}
        row = postgresql.insert(WorkerRow).values(**values)
        with self._held() as connection:
            connection.execute(row.on_conflict_do_update(index_elements=[col(WorkerRow.name)], set_=values))
            connection.execute(delete(WorkerRow).where(col(WorkerRow.seen) < worker.seen - FORGOTTEN))

    def gone(self, name: str) -> None:
        """The process of this name ends."""
        with self._held() as connection:
            connection.execute(delete(WorkerRow).where(col(WorkerRow.name) == name))

    @contextmanager
    def _held(self) -> Iterator[Connection]:
        """The connection that stands for this process."""
        with in_one_line(self._database):
            self._connection = self._connection or self._engine.connect()
            try:
                yield self._connection
            except BaseException:
                self._connection.invalidate()
                self._connection.close()
                self._connection = None
                raise
