"""A history copied whole between a folder and a database: in one transaction, each row compared on both sides."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy import Table as Made
from sqlalchemy.exc import DBAPIError

from monitor.config import files
from monitor.config.stores import Store
from monitor.errors import StoreError
from monitor.store import DATABASE, History, identity, outbox, postgres, taken, upgrades, views
from monitor.store.archive import ARCHIVE, MEGABYTE, FolderArchive
from monitor.store.archive_database import BODY, PIECE
from monitor.store.columns import make_storable
from monitor.store.disk_errors import wrap_database_error
from monitor.store.engine import open_new
from monitor.store.tables import Table

AT_ONCE = 1_000  # rows
BODIES = frozenset({BODY.name, PIECE.name})  # of the archive, which are files of a folder
MADE_AGAIN = frozenset({"naming", "name", "name_key", "name_word", "subject_key"})  # of the others, when somebody asks for a name


def copy_into_folder(source: Store, folder: Path, *, with_archive: bool = False) -> None:
    """Copy the history of a database into a folder, as it stands at one moment.

    Raises:
        StoreError: it can't be read, or the folder not be written.
    """
    path = folder / DATABASE
    files.make_private_file(path)
    with History(source, read_only=True) as history, history.tables() as read:
        if with_archive:
            history.refuse_copy_of_older()  # which has none
        with _open_new(open_new(path), str(path)) as written:
            copy_rows(read, written)
        if with_archive:
            _write_bodies(read, folder / ARCHIVE)
    if with_archive:
        with History(folder):
            """Its name is beside it."""


def copy_into_database(folder: Path, target: Store, now: datetime) -> None:
    """Copy a history in a folder, which may be of an earlier version, into an empty database.

    Nothing is there before all is. From `now` on each message is looked for in its channel before it is sent: by all workers for
    as long as after every loss, and by those of this machine from when they begin.

    Raises:
        StoreError: the database has a history, can't be written, or belongs to another store than this machine's folder.
    """
    assert target.database is not None
    with History(folder) as history:
        history(outbox.doubt_if_behind, now)
        identity.refuse_another(target.folder, str(target), history(taken.store_identity))
        with _open_new(postgres.open_empty_database(target.database), str(target)) as written, history.tables() as read:
            copy_rows(read, written)
            _put_bodies(FolderArchive(folder / ARCHIVE), written, now)
    marks = [mark for mark in (identity.read(folder), identity.read(target.folder)) if mark]
    files.make_private_folder(target.folder)
    identity.save_count_to_file(target.folder, identity.Mark(marks[0].identity, max(mark.sendings for mark in marks) + 1))
    identity.allow_writing_again(target.folder)


def copy_rows(source: Connection, target: Connection) -> None:
    """Make the tables, and copy all rows but those of the archive and those that are made of others. The caller commits.

    Raises:
        StoreError: what was written is not what was read.
    """
    tables, on_server = Table.metadata.sorted_tables, target.dialect.name != "sqlite"
    if on_server:
        postgres.make_untied(target, tables)
    else:
        target.exec_driver_sql("PRAGMA defer_foreign_keys = ON")  # a row may name a later one
        Table.metadata.create_all(target, checkfirst=False)
    for table in (table for table in tables if table.name not in BODIES | MADE_AGAIN):
        _copy(source, target, table)
    if on_server:
        postgres.finish_tables(target, tables)
    views.make(target)
    upgrades.stamp_newest_revision(target)


def _copy(source: Connection, target: Connection, table: Made) -> None:
    count = 0
    for some in _iterate_rows(source, table):
        target.execute(insert(table), some)
        count += len(some)
    pairs = zip_longest(_iterate_rows(source, table), _iterate_rows(target, table))
    if any(read != written for read, written in pairs):
        raise StoreError(f"{table.name}: {count} rows were read, and others written; nothing was copied")


def _iterate_rows(connection: Connection, table: Made) -> Iterator[list[dict[str, Any]]]:
    """Rows as any engine keeps them, by name of column, some at a time, those first whose key is first."""
    asked = select(table).order_by(*table.primary_key.columns)
    with connection.execute(asked, execution_options={"yield_per": AT_ONCE}) as result:
        for some in result.mappings().partitions():
            yield [{name: make_storable(value) for name, value in row.items()} for row in some]


@contextmanager
def _open_new(engine: Engine, called: str) -> Iterator[Connection]:
    """A transaction in which a new history is written."""
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        raise wrap_database_error(error.orig, called) from error
    finally:
        engine.dispose()


def _put_bodies(archive: FolderArchive, written: Connection, now: datetime) -> None:
    """Put the files of an archive into a database, as they are packed."""
    for sha256, path in archive.files():
        written.execute(insert(BODY), {"sha256": sha256, "size": path.stat().st_size, "put_at": now})
        with path.open("rb") as packed:
            for number, piece in enumerate(iter(lambda: packed.read(MEGABYTE), b"")):
                written.execute(insert(PIECE), {"sha256": sha256, "number": number, "packed": piece})


def _write_bodies(read: Connection, folder: Path) -> None:
    """Write the bodies of a database as files of an archive, whole or not."""
    for sha256 in read.execute(select(BODY.c.sha256)).scalars().all():
        path = folder / sha256[:2] / f"{sha256}.zst"
        path.parent.mkdir(parents=True, exist_ok=True)
        pieces = select(PIECE.c.packed).where(PIECE.c.sha256 == sha256).order_by(PIECE.c.number)
        with path.open("xb") as packed:
            packed.writelines(read.execute(pieces, execution_options={"yield_per": 4}).scalars())
