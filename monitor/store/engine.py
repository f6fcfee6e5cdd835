"""Open the database: pragmas, upgrades, and one clear line if that fails.

SQLite reads a database only with its own files beside it, and makes them if missing. On a read-only
medium it cannot. If nobody else has the database open there, it is a copy, read as a file that
never changes (`immutable`).
"""

import logging
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from monitor.config import files
from monitor.errors import StoreError, StoreHeld
from monitor.store import dialect, upgrades
from monitor.store.archive import sync_folder
from monitor.store.columns import Table
from monitor.store.disk_errors import wrap_database_error, wrap_disk_error
from monitor.store.identity import refuse_another, refuse_if_lost
from monitor.store.lock import find_lock_holder

log = logging.getLogger(__name__)
COPY = "ro&immutable=1"  # no locks and no files beside it: only for what nobody writes
# FULL, not NORMAL: after a power loss a message already posted must not be found unsent
# (sqlite.org/pragma.html#pragma_synchronous).
TO_WRITE = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000")
# the latter in KB: the system caches pages as well, for all readers
TO_READ = ("busy_timeout=5000", "cache_size=-500")
DATABASE = "history.sqlite"
# beside it
NO_PLACE = {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY_DIRECTORY,
    sqlite3.SQLITE_READONLY_CANTINIT,
}


def is_copy(path: Path) -> bool:
    """Return whether the database at `path` can only be read as an unchanging copy.

    Raises:
        StoreError: it can't be read at all.
    """
    with _translate_errors(path):
        return path.exists() and _is_copy(path)


def _is_copy(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(_make_uri(path, "ro"), uri=True)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode not in NO_PLACE or not os.access(path, os.R_OK):
            raise
        log = path.with_name(f"{path.name}-wal")
        if log.exists() and log.stat().st_size:
            way = f"copy all of {path.parent} to where it may be written, and ask there"
            raise StoreError(
                f"{path}: its newest part lies in {log.name}, which can't be read here: {way}"
            ) from error
        holder = find_lock_holder(path.parent)
        if holder and holder.is_held:
            raise
        return True
    return False


def open_engine(path: Path, *, read_only: bool, as_copy: bool = False) -> Engine:
    """Open the database at `path` with the tables of this version; `as_copy` if it `is_copy`.

    Raises:
        OlderStore: it is from an older version, and only to be read.
        StoreError: missing (when only to be read), damaged, another store's, from a newer version,
            or not writable.
        StoreHeld: it is from an older version, and in use.
    """
    with _translate_errors(path):
        if not path.exists():
            refuse_if_lost(path.parent, str(path))
            if read_only:
                raise StoreError(f"{path}: no history here yet; `monitor poll` begins one")
        if not read_only:
            _close_to_others(path)
        access = COPY if as_copy else "ro"
        revision = _check_own(path, access)
        older = revision and upgrades.find_older_version(path, revision)
        if older and read_only:
            raise upgrades.OlderStore(path)
        if older:
            _refuse_if_used(path, older)
        engine = (
            _make_database(_make_uri(path, access), read_only=True) if read_only else open_new(path)
        )
        if older:
            keep_older(path, older, partial(copy_to, path))
            with engine.begin() as connection:
                upgrades.upgrade(connection)
        elif revision is None and not read_only:
            make_tables(engine)
    return engine


def _refuse_if_used(path: Path, version: str) -> None:
    """Leave a store alone that another process writes: it knows only the tables of its version."""
    holder = find_lock_holder(path.parent)
    if holder and holder.is_held and holder.pid != os.getpid():
        raise StoreHeld(
            f"{path}: process {holder.pid} uses this store of version {version}; stop it, then this"
            " version upgrades the store"
        )


def keep_older(path: Path, version: str, copy: Callable[[Path], None]) -> None:
    """Copy a history of an earlier version beside the one at `path`, before its upgrade.

    Raises:
        OSError, StoreError: the copy fails.
    """
    kept = path.with_name(f"{path.stem}-{version}{path.suffix}")
    draft = kept.with_name(f".{kept.name}.part")
    draft.unlink(missing_ok=True)  # of a killed process
    copy(draft)
    draft.replace(kept)
    sync_folder(path.parent)
    log.info("store upgraded from %s; its history as it was is kept in %s", version, kept)


def open_new(path: Path) -> Engine:
    """An empty database at `path`, to be filled; it is made with its first transaction."""
    return _make_database(_make_uri(path, "rwc"), read_only=False)


def copy_to(path: Path, copy: Path) -> None:
    """Copy the database at `path`, which others may be writing.

    Raises:
        StoreError: lost, damaged, another store's, or from a newer version.
    """
    with _translate_errors(path):
        # Not mode=ro: a read-only connection leaves its -shm and -wal files behind.
        access = COPY if _is_copy(path) else "rw"
        _check_own(path, COPY if access == COPY else "ro")
        files.make_private_file(copy)
        with (
            closing(sqlite3.connect(_make_uri(path, access), uri=True)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)


@contextmanager
def _translate_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise wrap_disk_error(error, f"{path}: can't be opened") from error
    except (sqlite3.Error, DBAPIError) as error:
        raise wrap_database_error(
            getattr(error, "orig", error), f"{path}: can't be opened"
        ) from error


def _check_own(path: Path, access: str) -> str | None:
    """Return a stamp for the version of the store at `path`; None before its tables exist."""
    revision = _read_revision(path, access)
    if revision is None:
        refuse_if_lost(path.parent, str(path))
    else:
        upgrades.find_older_version(path, revision)
    return revision


def _close_to_others(path: Path) -> None:
    """The folder and the database are their owner's alone; SQLite gives its log and its shared
    memory the database's mode.
    """
    files.make_private_folder(path.parent)
    files.make_private_file(path)
    for beside in ("-wal", "-shm"):
        files.close(path.with_name(f"{path.name}{beside}"))


def _read_revision(path: Path, access: str) -> str | None:
    """Return the stored revision; None if the tables do not exist yet (a new or killed
    database).
    """
    if not path.exists() or path.stat().st_size == 0:
        return None
    with closing(sqlite3.connect(_make_uri(path, access), uri=True)) as connection:
        tables = {
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        if not tables:
            return None
        if "alembic_version" not in tables:
            raise StoreError(f"{path}: a database, but not a history of this monitor")
        if "store" in tables and (
            named := connection.execute("SELECT identity FROM store").fetchone()
        ):
            refuse_another(path.parent, str(path), named[0])
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return row[0] if row else None


def _make_uri(path: Path, access: str) -> str:
    """Make the URI by which SQLite opens a database: `ro`, `rw`, `rwc`, or as a `COPY`."""
    return f"{path.resolve().as_uri()}?mode={access}"


def _make_database(uri: str, *, read_only: bool) -> Engine:
    def connect() -> sqlite3.Connection:
        # We begin transactions ourselves (below): the driver begins them too late for a consistent
        # read.
        return sqlite3.connect(
            uri, uri=True, isolation_level=None, check_same_thread=False, timeout=5
        )

    def set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in TO_READ if read_only else TO_WRITE:
            connection.execute(f"PRAGMA {pragma}")

    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool, hide_parameters=True)
    event.listen(engine, "connect", set_pragmas)
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def make_tables(engine: Engine) -> None:
    """Create the tables, all or none."""
    with engine.begin() as connection:
        Table.metadata.create_all(connection)
        dialect.make(connection)
        upgrades.stamp_newest_revision(connection)
