"""A history and its archive, taken from a folder into a database of PostgreSQL or from there into a folder.

It is moved whole or not at all. A database gets it in one transaction, a folder in a draft that takes its name at the
end: a move that was cut off left nothing, and is begun anew.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import DBAPIError

from monitor.config import files
from monitor.config.stores import Store
from monitor.errors import ConfigError, StoreError
from monitor.history import History, identity, rows, server, there
from monitor.history.archive import ARCHIVE, MEGABYTE, FolderArchive, sync
from monitor.history.archive_database import BODY, PIECE
from monitor.history.disk_errors import of_database, of_disk
from monitor.history.engine import open_new
from monitor.history.lock import Lock
from monitor.history.transactions import DATABASE

BODIES = frozenset({BODY.name, PIECE.name})
LISTS = "lists"  # copies of lists of others, which are a machine's own


@dataclass(frozen=True)
class Moved:
    """What was moved: rows by table, how many `bodies` of pages, and the SHA-256 of those that are damaged and stayed behind."""

    rows: dict[str, int]
    bodies: int
    lost: tuple[str, ...]


def move(source: Store, target: Store, now: datetime) -> Moved:
    """Take a history along, with its archive. Nobody may write the old one meanwhile, and from then on it can only be read.

    Raises:
        ConfigError: both are folders.
        StoreHeld: somebody writes the old one.
        StoreError: there is no history, there is one already where it is to go, or either can't be used.
    """
    if source.database is None and target.database is None:
        raise ConfigError("move: one of both has to be a database; a folder is taken elsewhere by `monitor backup` and `restore`")
    if not there(source):
        raise StoreError(f"{source}: no history here; there is nothing to move")
    with Lock(source), History(source) as history:
        history.doubt_if_behind(now)
        moved = _into_database(history, source, target) if target.database else _into_folder(history, source, target.folder)
    identity.back_again(target.folder)
    with History(target):
        """It opens, and has its name beside it."""
    identity.moved(source.folder, str(target))
    return moved


def copied(source: Store, folder: Path, *, whole: bool = False) -> None:
    """The rows of a database as a history in a folder, as they stand at one moment; with the archive where it is to be `whole`.

    Raises:
        StoreError: it can't be read, or the folder not be written.
    """
    with History(source, read_only=True) as history, history.tables() as read:
        _rows_into_file(read, folder / DATABASE)
        if whole:
            for _ in _write_bodies(read, folder / ARCHIVE):
                """What is damaged is missed by whoever looks for what the history names."""
    if whole:
        with History(folder):
            """Its name is beside it."""


def _into_database(history: History, source: Store, target: Store) -> Moved:
    assert target.database is not None
    identity.refuse_another(target.folder, str(target), history.store_identity())
    with _written(server.empty(target.database), str(target)) as written, history.tables() as read:
        if source.database:
            return Moved(rows.copy(read, written), _bodies(written), ())
        kept = rows.copy(read, written, without=BODIES)
        lost = tuple(_put_bodies(source.folder / ARCHIVE, written))
        count = _bodies(written)
    _take_lists(source, target)
    return Moved(kept, count, lost)


def _into_folder(history: History, source: Store, folder: Path) -> Moved:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError(f"{folder}: is not empty; name a folder that is not there yet")
    draft = folder.absolute().with_name(f".{folder.absolute().name}.part")
    shutil.rmtree(draft, ignore_errors=True)  # of one that was killed
    try:
        files.folder(draft)
        with history.tables() as read:
            kept = _rows_into_file(read, draft / DATABASE)
            lost = tuple(_write_bodies(read, draft / ARCHIVE))
        for path in (*(path for path in draft.rglob("*") if path.is_dir()), draft):
            sync(path)
        if folder.exists():
            folder.rmdir()
        draft.rename(folder)
        sync(folder.absolute().parent)
    except OSError as error:
        raise of_disk(error, f"{error.filename or folder}: can't be written") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    _take_lists(source, Store(folder))
    return Moved(kept, sum(1 for _ in FolderArchive(folder / ARCHIVE).bodies()), lost)


def _rows_into_file(read: Connection, path: Path) -> dict[str, int]:
    files.file(path)
    with _written(open_new(path), str(path)) as written:
        return rows.copy(read, written, without=BODIES)


@contextmanager
def _written(engine: Engine, called: str) -> Iterator[Connection]:
    """A transaction in which a new history is written."""
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        raise of_database(error.orig, called) from error
    finally:
        engine.dispose()


def _put_bodies(folder: Path, written: Connection) -> Iterator[str]:
    """Put the files of an archive into a database as they are packed; the SHA-256 of those that are damaged, and are not."""
    archive = FolderArchive(folder)
    for sha256, path in archive.files():
        if not archive.is_whole(sha256):
            yield sha256
            continue
        state = path.stat()
        put_at = datetime.fromtimestamp(state.st_mtime, UTC)
        written.execute(insert(BODY), {"sha256": sha256, "size": state.st_size, "put_at": put_at})
        with path.open("rb") as packed:
            for number, piece in enumerate(iter(lambda: packed.read(MEGABYTE), b"")):
                written.execute(insert(PIECE), {"sha256": sha256, "number": number, "packed": piece})


def _write_bodies(read: Connection, folder: Path) -> Iterator[str]:
    """Write the bodies of a database as files of an archive; the SHA-256 of those that are damaged, and are not."""
    archive = FolderArchive(folder)
    for sha256, put_at in read.execute(select(BODY.c.sha256, BODY.c.put_at).order_by(BODY.c.sha256)).all():
        path = folder / sha256[:2] / f"{sha256}.zst"
        for place in (folder, path.parent):
            files.folder(place)
        with open(path, "xb", opener=files.opener) as packed:
            packed.writelines(_pieces(read, sha256))
            packed.flush()
            os.fsync(packed.fileno())
        os.utime(path, (put_at.timestamp(), put_at.timestamp()))
        if not archive.is_whole(sha256):
            path.unlink()
            yield sha256


def _pieces(read: Connection, sha256: str) -> Iterator[bytes]:
    asked = select(PIECE.c.packed).where(PIECE.c.sha256 == sha256).order_by(PIECE.c.number)
    yield from read.execute(asked, execution_options={"yield_per": 4}).scalars()


def _bodies(connection: Connection) -> int:
    return rows.digest(connection, BODY).rows


def _take_lists(source: Store, target: Store) -> None:
    """What was fetched of lists of others need not be fetched anew."""
    if (source / LISTS).is_dir() and not (target / LISTS).exists():
        files.folder(target.folder)
        shutil.copytree(source / LISTS, target / LISTS)
