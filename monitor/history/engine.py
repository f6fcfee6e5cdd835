"""Opens the database: pragmas, migrations, and one clear line when it can't be used."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from monitor.config import private
from monitor.errors import StoreError
from monitor.history.disk_errors import of_database, of_disk
from monitor.history.identity import refuse_another, refuse_if_lost
from monitor.lazy import lazy

if TYPE_CHECKING:
    from alembic import command
    from alembic import config as alembic_config
else:
    command = lazy("alembic.command")
    alembic_config = lazy("alembic.config")

MIGRATIONS = Path(__file__).parent / "migrations"
NEWEST = max(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def open_engine(path: Path, *, read_only: bool) -> Engine:
    """The database at `path`, at the newest revision.

    Raises:
        StoreError: missing (when only to be read), damaged, another store's, from a newer version, or not writable.

    """
    with _in_one_line(path):
        if not path.exists():
            refuse_if_lost(path)
            if read_only:
                raise StoreError(f"{path}: no history here yet; `monitor poll` begins one")
        if not read_only:
            _close_to_others(path)
        revision = _own(path)
        engine = _engine(path, read_only=read_only)
        if revision != NEWEST:
            _migrate(engine, path, read_only=read_only)
    return engine


def copy_to(path: Path, copy: Path) -> None:
    """Copy the database at `path`, which others may be writing.

    Raises:
        StoreError: lost, damaged, another store's, or from a newer version.
    """
    with _in_one_line(path):
        _own(path)
        private.file(copy)
        # Not mode=ro: a read-only connection leaves its -shm and -wal files behind.
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)


@contextmanager
def _in_one_line(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise of_disk(error, f"{path}: can't be opened") from error
    except (sqlite3.Error, DBAPIError) as error:
        raise of_database(getattr(error, "orig", error), f"{path}: can't be opened") from error


def _own(path: Path) -> str | None:
    """The revision of what is at `path`, which is this store's own; None where it is still to be made."""
    revision = _revision(path)
    if revision is None:
        refuse_if_lost(path)
    elif revision > NEWEST:
        raise StoreError(
            f"{path}: written by a newer version (revision {revision}, this one knows {NEWEST}); upgrade the monitor"
        )
    return revision


def _close_to_others(path: Path) -> None:
    """The folder and the database are their owner's alone; SQLite gives its log and its shared memory the database's mode."""
    private.folder(path.parent)
    private.file(path)
    for beside in ("-wal", "-shm"):
        private.close(path.with_name(f"{path.name}{beside}"))


def _revision(path: Path) -> str | None:
    """The stored revision; None for a database that is still to be made, or was killed before its tables were there."""
    if not path.exists() or path.stat().st_size == 0:
        return None
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if tables and "alembic_version" not in tables:
            raise StoreError(f"{path}: a database, but not a history of this monitor")
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if tables else None
        if named := connection.execute("SELECT identity FROM store").fetchone() if "store" in tables else None:
            refuse_another(path, named[0])
    finally:
        connection.close()
    return row[0] if row else None


def _engine(path: Path, *, read_only: bool) -> Engine:
    uri = f"{path.resolve().as_uri()}?mode={'ro' if read_only else 'rwc'}"

    def connect() -> sqlite3.Connection:
        # Transactions are begun by us (below): the driver's own way starts them too late for a consistent read.
        return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=5)

    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool, hide_parameters=True)
    event.listen(engine, "connect", _pragmas_read_only if read_only else _pragmas)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE"))
    return engine


def _pragmas(connection: sqlite3.Connection, _record: object) -> None:
    # FULL, not NORMAL: after a power loss a message already posted must not be found unsent
    # (sqlite.org/pragma.html#pragma_synchronous).
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")


def _pragmas_read_only(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA busy_timeout=5000")


def _migrate(engine: Engine, path: Path, *, read_only: bool) -> None:
    if read_only:
        raise StoreError(f"{path}: from an older version; a command that writes, such as `monitor poll`, brings it up to date")
    config = alembic_config.Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = engine
    command.upgrade(config, "head")
