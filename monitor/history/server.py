"""A history in a database of PostgreSQL: opened, made, locked; what it refuses is one line, in which no password stands.

One writes at a time, as on SQLite: each transaction that may write begins by taking the same lock of the database's. So what a
method reads before it writes is as it was when it writes. Who only reads has one state of the whole database for a transaction.
"""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Engine, Index, create_engine, event
from sqlalchemy.dialects.postgresql import base
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, QueuePool
from sqlmodel import Session

from monitor.config.stores import shown_address
from monitor.errors import ConfigError, StoreError
from monitor.history import views
from monitor.history.columns import storable
from monitor.history.disk_errors import of_database
from monitor.history.identity import refuse_another, refuse_if_lost
from monitor.history.migrating import NEWEST, migrate, of_a_newer, of_an_older, stamp
from monitor.history.tables import whole

PARTS = frozenset({"psycopg", "psycopg_binary"})
try:
    import psycopg
    from psycopg import conninfo
    from psycopg.types import string as strings
except ModuleNotFoundError as error:
    if error.name not in PARTS:
        raise
    raise ConfigError("a store in PostgreSQL needs the extra `workers`: pip install 'regulatory-monitor[workers]'") from error

Connected = psycopg.Connection[Any]

WRITING = 7_308_332_045_895_758_194  # a lock that none else of a database's is likely to be called
# So that it is found out within a minute that whoever answered is gone without a word, as after a power cut.
HEARTBEAT = {"keepalives_idle": 20, "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 60_000}
FIRST = {"connect_timeout": 10, "client_encoding": "utf8"}
# A message that was posted must not be found unsent, so what was committed is on the disk. One that stands still in the middle of
# a transaction must not hold up all others for ever.
SETTINGS = """
SELECT set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on'
                                        ELSE current_setting('synchronous_commit') END, false),
       set_config('datestyle', 'ISO', false), set_config('lock_timeout', '60s', false),
       set_config('idle_in_transaction_session_timeout', '5min', false),
       current_setting('server_encoding'), current_setting('server_version_num')::int
"""
OLDEST = 130_000  # 13
STATE = "SELECT pg_current_snapshot()::text"  # differs once somebody else has written anything, and sometimes without


def open_server(database: str, folder: Path, *, read_only: bool) -> Engine:
    """The history in a database, at the newest revision; `folder` is what this machine keeps for itself.

    Raises:
        ConfigError: what is needed for it is not installed, or it is no address of a database.
        StoreAway: nobody answers there.
        StoreError: no history (when only to be read), another's, or from a newer version.
    """
    engine = _engine(database, read_only=read_only)
    try:
        with in_one_line(database), engine.connect() as connection:
            _opened(connection, shown_address(database), folder, read_only=read_only)
            connection.commit()
    except BaseException:
        engine.dispose()
        raise
    return engine


def pool(database: str) -> Engine:
    """Connections for what needs no turn among those who write the history: bodies of the archive, by several threads at a time.

    Raises:
        ConfigError: as `open_server`.
    """
    return _pooled(database, read_only=False, size=5)


def empty(database: str) -> Engine:
    """A database that has nothing yet, to be filled; who comes meanwhile waits for that.

    Raises:
        ConfigError, StoreError: as `open_server`, or it has a history already.
    """
    engine = _engine(database, read_only=False)
    try:
        with in_one_line(database), engine.connect() as connection:
            has_one = _revision(connection, shown_address(database)) is not None
    except BaseException:
        engine.dispose()
        raise
    if has_one:
        engine.dispose()
        raise StoreError(f"{shown_address(database)}: has a history already; name an empty database")
    return engine


def version(database: str) -> str:
    """Which version answers.

    Raises:
        ConfigError, StoreError: as `open_server`.
    """
    engine = _engine(database, read_only=True)
    try:
        with in_one_line(database), engine.connect() as connection:
            return str(connection.exec_driver_sql("SHOW server_version").scalar())
    finally:
        engine.dispose()


def is_there(database: str, folder: Path) -> bool:
    """Whether there is a history in a database.

    Raises:
        ConfigError, StoreError: as `open_server`, or there was one, and it is gone.
    """
    engine = _engine(database, read_only=True)
    try:
        with in_one_line(database), engine.connect() as connection:
            if _revision(connection, shown_address(database)) is None:
                refuse_if_lost(folder, shown_address(database))
                return False
            return True
    finally:
        engine.dispose()


def _opened(connection: Connection, called: str, folder: Path, *, read_only: bool) -> None:
    """See that it is this store's own and of today; whoever may write makes it so. Others wait for that meanwhile."""
    revision = _revision(connection, called)
    if revision is None:
        refuse_if_lost(folder, called)
        if read_only:
            raise StoreError(f"{called}: no history here yet; `monitor poll` begins one")
        _make(connection)
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


def _make(connection: Connection) -> None:
    whole().create_all(connection, checkfirst=False)
    views.make(connection)
    stamp(connection)


def _engine(database: str, *, read_only: bool) -> Engine:
    """Connections one at a time, and a new one where the last was lost."""
    engine = _pooled(database, read_only=read_only, size=1)
    if not read_only:
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITING})"))
    return engine


def _pooled(database: str, *, read_only: bool, size: int) -> Engine:
    connect = partial(_connect, shown_address(database), address_of(database), read_only=read_only)
    engine = create_engine(
        "postgresql+psycopg://",
        creator=connect,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        pool_pre_ping=read_only or size > 1,  # who writes asks for the lock first, which shows it as well
        hide_parameters=True,
    )
    engine.dialect.ddl_compiler = _as_on_sqlite()
    return engine


def connections(database: str) -> Engine:
    """Connections that each hold what is theirs, a lock say, and hold up nobody who writes.

    Raises:
        ConfigError: as `open_server`.
    """
    connect = partial(_connect, shown_address(database), address_of(database), read_only=False)
    engine = create_engine("postgresql+psycopg://", creator=connect, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "connect", _never_hurried)
    return engine


def _never_hurried(connection: Connected, _record: object) -> None:
    """What is claimed is claimed for as long as the work lasts; keep-alives find out who is gone."""
    connection.execute("SET idle_in_transaction_session_timeout = 0")
    connection.commit()


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


def _connect(called: str, address: str, *, read_only: bool) -> Connected:
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


@cache
def _dumper() -> type[strings.StrDumperUnknown]:
    class Storable(strings.StrDumperUnknown):
        """A page may say what PostgreSQL can't keep: it is kept all the same, but for that sign."""

        def dump(self, obj: str) -> Any:
            return super().dump(storable(obj))

    return Storable


def _refuse_unfit(called: str, encoding: str, version: int) -> None:
    if encoding != "UTF8" or version < OLDEST:
        kind = f"a database in {encoding} of PostgreSQL {version // 10_000}"
        raise StoreError(f"{called}: {kind}: it has to be in UTF8, of {OLDEST // 10_000} or later")


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


KINDS = {"VARCHAR": 'VARCHAR COLLATE "C"', "INTEGER": "BIGINT", "SERIAL": "BIGSERIAL"}


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
