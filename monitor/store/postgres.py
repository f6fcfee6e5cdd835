"""All that is special to PostgreSQL: how to open and make a history there, and what its workers
share.

One process writes at a time, as on SQLite: a writing transaction first takes one lock of the
database. So its reads stay true when it writes. A reader sees one state of the database for a
transaction. A refusal of the database becomes one line without any password.
"""

import os
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    MetaData,
    create_engine,
    event,
    insert,
    select,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, QueuePool

from monitor.config import files
from monitor.config.stores import hide_address_secrets
from monitor.errors import ConfigError, StoreError
from monitor.store import (
    dialect,
    tables,  # noqa: F401 - of which the indexes are
    upgrades,
)
from monitor.store.columns import Table, make_storable
from monitor.store.disk_errors import wrap_database_error
from monitor.store.engine import DATABASE, keep_older
from monitor.store.identity import refuse_another, refuse_if_lost
from monitor.store.session import Session

try:
    import psycopg
    from psycopg import conninfo
    from psycopg.types.string import StrDumperUnknown
except ModuleNotFoundError as error:
    if error.name not in {"psycopg", "psycopg_binary"}:
        raise
    raise ConfigError(
        "a store in PostgreSQL needs the extra `workers`: pip install 'regulatory-monitor[workers]'"
    ) from error

# a lock that no other program is likely to use in the same database
WRITING = 7_308_332_045_895_758_194
# A server that is gone without a word, as after a power cut, is noticed within a minute.
HEARTBEAT = {
    "keepalives_idle": 20,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
FIRST = {"connect_timeout": 10, "client_encoding": "utf8"}
# A posted message must not be found unsent, so a commit is on the disk. A process that hangs in a
# transaction must not block all others for ever.
SETTINGS = """
SELECT set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on'
                                        ELSE current_setting('synchronous_commit') END, false),
       set_config('datestyle', 'ISO', false), set_config('lock_timeout', '60s', false),
       set_config('idle_in_transaction_session_timeout', '5min', false),
       current_setting('server_encoding'), current_setting('server_version_num')::int
"""
OLDEST = 130_000  # 13
AT_ONCE = 1_000  # rows

# What workers share (`holding.py`). A lock ends with its connection; its hash has a seed, to avoid
# collisions.
TAKE = "SELECT pg_try_advisory_lock(hashtextextended(%s, 24))"
GIVE_BACK = "SELECT pg_advisory_unlock(hashtextextended(%s, 24))"
ELECT = f"SELECT pg_try_advisory_lock({WRITING + 2})"
ANSWER = "SELECT true"
# Seconds until a turn at a host, by the clock of the database. Over an hour counts as none: the
# clock was set back. The turn of a process that came just before us is not visible yet.
TURN = """
WITH turn AS (
    INSERT INTO host (name, opens) VALUES (%(host)s, extract(epoch FROM clock_timestamp()) + %(gap)s)
    ON CONFLICT (name) DO UPDATE SET opens = excluded.opens
    WHERE host.opens <= extract(epoch FROM clock_timestamp()) OR host.opens > excluded.opens + 3600 RETURNING 0.0 AS wait
)
SELECT coalesce((SELECT wait FROM turn),
                (SELECT greatest(opens - extract(epoch FROM clock_timestamp()), 0.001) FROM host WHERE name = %(host)s), 0.001)
"""
BEAT = """
INSERT INTO worker (name, began, seen, queues, doing, schedules)
VALUES (%(name)s, %(began)s, %(seen)s, %(queues)s, %(doing)s, %(schedules)s)
ON CONFLICT (name) DO UPDATE SET (began, seen, queues, doing, schedules)
    = (excluded.began, excluded.seen, excluded.queues, excluded.doing, excluded.schedules)
"""
FORGET = "DELETE FROM worker WHERE seen < %s"
GONE = "DELETE FROM worker WHERE name = %s"


def open_server(database: str, folder: Path, *, read_only: bool) -> Engine:
    """Open the history in a database, with tables of this version; `folder` has this machine's own
    files.

    Raises:
        OlderStore: of an older version, and only for reading.
        ConfigError: it is no address of a database.
        StoreAway: nothing answers there.
        StoreError: no history (when only reading), another store's, or of a newer version.
    """
    engine = _make_engine(database, read_only=read_only)
    with _begin_first(engine, database) as connection:
        _open_history(connection, hide_address_secrets(database), folder, read_only=read_only)
        connection.commit()
    return engine


def open_empty_database(database: str) -> Engine:
    """A database that has nothing yet, to be filled.

    Raises:
        ConfigError, StoreError: as `open_server`, or it has a history already.
    """
    engine = _make_engine(database, read_only=False)
    with _begin_first(engine, database) as connection:
        if _read_revision(connection, hide_address_secrets(database)) is not None:
            raise StoreError(
                f"{hide_address_secrets(database)}: has a history already; name an empty database"
            )
    return engine


def load_version(database: str) -> str:
    """Return the server's version.

    Raises:
        ConfigError, StoreError: as `open_server`.
    """
    with translate_errors(database), _make_unpooled(database).connect() as connection:
        return str(connection.exec_driver_sql("SHOW server_version").scalar())


def is_there(database: str, folder: Path) -> bool:
    """Return whether a database has a history.

    Raises:
        ConfigError, StoreError: as `open_server`, or the history is gone.
    """
    with translate_errors(database), _make_unpooled(database).connect() as connection:
        there = _read_revision(connection, hide_address_secrets(database)) is not None
    if not there:
        refuse_if_lost(folder, hide_address_secrets(database))
    return there


@contextmanager
def _begin_first(engine: Engine, database: str) -> Iterator[Connection]:
    """The first transaction of an engine, which is let go of where the block fails."""
    try:
        with translate_errors(database), engine.connect() as connection:
            yield connection
    except BaseException:
        engine.dispose()
        raise


def _open_history(connection: Connection, called: str, folder: Path, *, read_only: bool) -> None:
    """Check that the history is this store's own and of this version; a writer upgrades it."""
    revision = _read_revision(connection, called)
    if revision is None:
        refuse_if_lost(folder, called)
        if read_only:
            raise StoreError(f"{called}: no history here yet; `monitor poll` begins one")
        Table.metadata.create_all(connection, checkfirst=False)
        dialect.make(connection)
        upgrades.stamp_newest_revision(connection)
        return
    older = upgrades.find_older_version(called, revision)
    if identity := connection.exec_driver_sql("SELECT identity FROM store").scalar():
        refuse_another(folder, called, identity)
    if older and read_only:
        raise upgrades.OlderStore(called)
    if older:
        keep_older(folder / DATABASE, older, partial(copy_older, connection, older))
        upgrades.upgrade(connection)


def copy_to(database: str, path: Path) -> None:
    """Write a history in a database, as an earlier version left it, into a file.

    Raises:
        ConfigError, StoreError: as `open_server`.
    """
    called = hide_address_secrets(database)
    with translate_errors(database), _make_unpooled(database).connect() as connection:
        copy_older(
            connection,
            upgrades.find_older_version(called, _read_revision(connection, called) or "") or "",
            path,
        )


def copy_older(connection: Connection, version: str, path: Path) -> None:
    """Write a history of an earlier version from a database into a file, without its archive."""
    files.make_private_folder(path.parent)
    files.make_private_file(path)
    with closing(sqlite3.connect(path)) as made:
        made.executescript(upgrades.load_old_tables(version))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as written:
        tables = MetaData()
        event.listen(
            tables,
            "column_reflect",
            lambda _inspector, _table, column: column.update(type=column["type"].as_generic()),
        )
        tables.reflect(written)
        for table in tables.sorted_tables:
            if table.name not in {"body", "piece"}:
                for some in (
                    connection.execute(select(table), execution_options={"yield_per": AT_ONCE})
                    .mappings()
                    .partitions()
                ):
                    written.execute(insert(table), [dict(row) for row in some])
    engine.dispose()


def _read_revision(connection: Connection, called: str) -> str | None:
    """The stored revision; None for a database that has nothing yet."""
    there = "SELECT to_regclass('alembic_version') IS NOT NULL, to_regclass('change') IS NOT NULL"
    is_ours, has_ours = connection.exec_driver_sql(there).one()
    if has_ours and not is_ours:
        raise StoreError(
            f"{called}: has tables, but not of a history of this monitor; name an empty database"
        )
    return (
        connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        if is_ours
        else None
    )


def _make_engine(database: str, *, read_only: bool) -> Engine:
    """Connections one at a time, and a new one where the last was lost."""
    engine = open_pool(database, read_only=read_only, size=1)
    if not read_only:
        event.listen(
            engine,
            "begin",
            lambda connection: connection.exec_driver_sql(
                f"SELECT pg_advisory_xact_lock({WRITING})"
            ),
        )
    return engine


def open_pool(database: str, *, read_only: bool, size: int) -> Engine:
    """Make a pool of connections. With several, none waits for the write lock, as for the bodies of
    the archive.

    Raises:
        ConfigError: as `open_server`.
    """
    return create_engine(
        "postgresql+psycopg://",
        creator=partial(
            _connect_checked,
            hide_address_secrets(database),
            make_address(database),
            read_only=read_only,
        ),
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        # a writer takes the lock first, which also tests the connection
        pool_pre_ping=read_only or size > 1,
        hide_parameters=True,
    )


def _make_unpooled(database: str) -> Engine:
    """Open a connection for one query, outside the writers' turns."""
    connect = partial(
        _connect_checked, hide_address_secrets(database), make_address(database), read_only=True
    )
    return create_engine(
        "postgresql+psycopg://", creator=connect, poolclass=NullPool, hide_parameters=True
    )


def make_address(database: str) -> str:
    """Complete the address with our defaults.

    Raises:
        ConfigError: it is no address.
    """
    try:
        given = conninfo.conninfo_to_dict(database)
    except psycopg.ProgrammingError as error:  # its words would show what the address holds
        wrong = (
            "is no address as PostgreSQL reads one; write it as postgresql://host:port/name?user=…"
        )
        raise ConfigError(f"{hide_address_secrets(database)}: {wrong}") from error
    name = {"fallback_application_name": f"monitor {os.getpid()} on {socket.gethostname()}"[:63]}
    return conninfo.make_conninfo(
        "", **{key: str(value) for key, value in (FIRST | HEARTBEAT | name | given).items()}
    )


async def connect(database: str) -> psycopg.AsyncConnection:
    """A connection that holds what is a worker's own; each statement is a transaction of its own.

    Raises:
        ConfigError, StoreError: as `open_server`.
    """
    with translate_errors(database):
        return await psycopg.AsyncConnection.connect(make_address(database), autocommit=True)


def _connect_checked(called: str, address: str, *, read_only: bool) -> psycopg.Connection[Any]:
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
    connection.adapters.register_dumper(str, Storable)
    return connection


def _refuse_unfit(called: str, encoding: str, version: int) -> None:
    if encoding != "UTF8" or version < OLDEST:
        kind = f"a database in {encoding} of PostgreSQL {version // 10_000}"
        raise StoreError(f"{called}: {kind}: it has to be in UTF8, of {OLDEST // 10_000} or later")


class Storable(StrDumperUnknown):
    """A text without the character that PostgreSQL refuses."""

    def dump(self, obj: str) -> Any:
        return super().dump(make_storable(obj))


for table in Table.metadata.tables.values():
    for index in table.indexes:  # a partial one has the same rows as on SQLite
        index.dialect_options["postgresql"]["where"] = index.dialect_options["sqlite"]["where"]


@contextmanager
def translate_errors(database: str) -> Iterator[None]:
    """Translate an error of the database into one line.

    Raises:
        StoreError: of the kind that shows how to go on.
    """
    try:
        yield
    except DBAPIError as error:
        raise wrap_database_error(error.orig, hide_address_secrets(database)) from error
    except psycopg.Error as error:
        raise wrap_database_error(error, hide_address_secrets(database)) from error


def begin(session: Session) -> None:
    """Begin a transaction; where the connection was lost since the last one, on a new one.
    Nothing was done yet.
    """
    try:
        session.connection()
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        session.rollback()
        session.connection()
