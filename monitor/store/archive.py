"""Raw bytes as evidence, under their SHA-256.

This is the interface of an archive. There are two: a folder, and a database that many machines
share. Another, an object store say, is a class with these methods and a line in `open_archive`.
Archives must be safe to use from several threads.
"""

import errno
import hashlib
import os
import re
import threading
import weakref
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from io import BufferedIOBase, BytesIO
from itertools import count
from pathlib import Path
from secrets import token_hex
from typing import IO, cast

import zstandard
from sqlalchemy import ColumnElement, Connection, Engine, delete, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from monitor.config import files
from monitor.config.stores import Store
from monitor.errors import EvidenceLost, StoreError
from monitor.store.columns import Table
from monitor.store.disk_errors import wrap_database_error, wrap_disk_error
from monitor.store.tables import BodyRow, PieceRow

ARCHIVE = "archive"  # the archive's folder in a store
MEGABYTE = 1024 * 1024


class Archive(ABC):
    """Bodies by their SHA-256, in hex. It also reads the archive `beneath`, and never writes it. It
    returns the bytes that were put, or raises.

    Raises:
        StoreFull: there is no room.
        StoreBroken: the medium failed; the body may or may not be there.
        StoreError: it cannot be read or written for another reason.
    """

    def __init__(self, beneath: "Archive | None" = None) -> None:
        self._beneath = beneath

    def put(self, body: bytes) -> str:
        """Save a body and return its SHA-256. After the return it survives a power cut. A damaged
        copy is replaced.
        """
        return self.put_stream(BytesIO(body))

    def put_stream(self, body: BufferedIOBase) -> str:
        """Save a body too large for memory; as `put`. It is read from its start, twice if new. An
        existing whole one counts as young again.
        """
        body.seek(0)
        sha256 = hashlib.file_digest(body, "sha256").hexdigest()
        if not (self.is_whole(sha256) and self._renew(sha256)):
            body.seek(0)
            self._write(sha256, body)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The body that was put, checked against its hash.

        Raises:
            EvidenceLost: it is missing, damaged or unreadable.
        """
        if self._beneath and not self._is_here(sha256):
            return self._beneath.get(sha256)
        content = b"".join(self._iterate_body(sha256))
        if hashlib.sha256(content).hexdigest() != sha256:
            raise EvidenceLost(f"damaged in the archive: {self._name(sha256)}")
        return content

    def pieces(self, sha256: str) -> Iterator[bytes]:
        """Iterate over a body by the megabyte, for one too large for memory. It is read twice.

        Raises:
            EvidenceLost: it is missing or damaged; raised before the first piece.
        """
        if self._beneath and not self._is_here(sha256):
            return self._beneath.pieces(sha256)
        if not self.is_whole(sha256):
            raise EvidenceLost(f"not in the archive, or damaged there: {self._name(sha256)}")
        return self._iterate_body(sha256)

    def is_whole(self, sha256: str) -> bool:
        """Return whether the body is here and matches its SHA-256."""
        digest = hashlib.sha256()
        try:
            for piece in self._iterate_body(sha256):
                digest.update(piece)
        except EvidenceLost:
            return False
        return digest.hexdigest() == sha256

    def __contains__(self, sha256: str | None) -> bool:
        """Return whether the body is here, whole or not."""
        here = sha256 is not None and self._is_here(sha256)
        return here or (self._beneath is not None and sha256 in self._beneath)

    def _iterate_body(self, sha256: str) -> Iterator[bytes]:
        try:
            yield from self._unpack(sha256)
        except zstandard.ZstdError as error:
            raise EvidenceLost(f"damaged in the archive: {self._name(sha256)}") from error

    @abstractmethod
    def _unpack(self, sha256: str) -> Iterator[bytes]:
        """Read the body here, some at a time; it may raise what zstandard raises."""

    @abstractmethod
    def _write(self, sha256: str, body: BufferedIOBase) -> None:
        """Keep a body that is not here, or is damaged."""

    @abstractmethod
    def _renew(self, sha256: str) -> bool:
        """Let a body be young from now on; whether it is here."""

    @abstractmethod
    def _is_here(self, sha256: str) -> bool:
        """Return whether a body is here, complete or not, and not in the archive beneath."""

    @abstractmethod
    def _name(self, sha256: str) -> object:
        """Name the body in an error."""

    @abstractmethod
    def takes(self, sha256: str) -> int:
        """Return a body's stored size in bytes; 0 if it is not here."""

    @abstractmethod
    def bodies(self) -> Iterator[str]:
        """The SHA-256 of each body that is here, whole or not, in that order."""

    @abstractmethod
    def older(self, before: datetime) -> list[str]:
        """List the bodies here that were last put before a moment."""

    @abstractmethod
    def remove(self, sha256: str, before: datetime) -> int | None:
        """Delete a body that was last put before a moment, and return its size in bytes.

        Return None if it stays, or is already gone. A later reader finds it lost. After a crash it
        may be there or not; a power cut may bring it back.
        """

    @abstractmethod
    def sweep(self, before: datetime) -> int:
        """Remove the drafts that a writer never finished; return how many."""


# Only this file is broken (a bad block of the disk, say): the caller does without it, and reports
# it.
LOST = {
    errno.ENOENT,
    errno.ENOTDIR,
    errno.EISDIR,
    errno.EACCES,
    errno.EPERM,
    errno.ELOOP,
    errno.EIO,
}

_turn = threading.Lock()  # no deletion while a writer needs the body


class FolderArchive(Archive):
    """Bodies by their SHA-256, in `<folder>/ab/<sha256>.zst`."""

    def __init__(self, folder: Path, beneath: Archive | None = None) -> None:
        super().__init__(beneath)
        self._folder = folder

    def _write(self, sha256: str, body: BufferedIOBase) -> None:
        path = self._name(sha256)
        try:
            for folder in (path.parent, self._folder):
                files.make_private_folder(folder)
            with open_whole(path) as file:
                zstandard.ZstdCompressor().copy_stream(cast("IO[bytes]", body), file)
            _sync_names(path, self._folder)
        except OSError as error:
            raise wrap_disk_error(error, "can't write to the archive", path) from error

    def _unpack(self, sha256: str) -> Iterator[bytes]:
        path = self._name(sha256)
        try:
            with path.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as body:
                while piece := body.read(MEGABYTE):
                    yield piece
        except FileNotFoundError as error:
            raise EvidenceLost(f"not in the archive: {path}") from error
        except OSError as error:
            if error.errno in LOST:
                raise EvidenceLost(
                    f"unreadable in the archive ({error.strerror}): {path}"
                ) from error
            raise wrap_disk_error(error, "can't read from the archive", path) from error

    def _is_here(self, sha256: str) -> bool:
        return self._name(sha256).is_file()

    def takes(self, sha256: str) -> int:
        with suppress(OSError):
            return self._name(sha256).stat().st_size
        return 0

    def bodies(self) -> Iterator[str]:
        yield from (sha256 for sha256, _ in self.files())

    def files(self) -> Iterator[tuple[str, Path]]:
        """The SHA-256 that each file here is called by, whole or not, and the file."""
        for path in sorted(self._folder.glob("[0-9a-f][0-9a-f]/*.zst")):
            if re.fullmatch("[0-9a-f]{64}", path.stem):
                yield path.stem, path

    def _renew(self, sha256: str) -> bool:
        try:
            with _turn:
                os.utime(self._name(sha256))
        except FileNotFoundError:
            return False
        except OSError as error:
            raise wrap_disk_error(
                error, "can't write to the archive", self._name(sha256)
            ) from error
        return True

    def older(self, before: datetime) -> list[str]:
        written = ((sha256, _get_write_time(path)) for sha256, path in self.files())
        return [
            sha256
            for sha256, moment in written
            if moment is not None and moment < before.timestamp()
        ]

    def remove(self, sha256: str, before: datetime) -> int | None:
        path = self._name(sha256)
        with _turn:
            return _remove_file(path, before)

    def sweep(self, before: datetime) -> int:
        return sum(
            _remove_file(path, before) is not None
            for path in self._folder.glob("[0-9a-f][0-9a-f]/.*.part")
        )

    def _name(self, sha256: str) -> Path:
        if not re.fullmatch("[0-9a-f]{64}", sha256):
            raise StoreError(f"{sha256[:70]!r} is not a SHA-256")
        return self._folder / sha256[:2] / f"{sha256}.zst"


def _get_write_time(path: Path) -> float | None:
    """Return when a file was written or renewed; None if it has gone meanwhile."""
    with suppress(FileNotFoundError):
        return path.stat().st_mtime
    return None


def _remove_file(path: Path, before: datetime) -> int | None:
    try:
        status = path.stat()
        if status.st_mtime >= before.timestamp():
            return None
        path.unlink()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise wrap_disk_error(error, "can't be removed from the archive", path) from error
    return status.st_size


@contextmanager
def open_whole(path: Path, draft: Path | None = None) -> Iterator[IO[bytes]]:
    """Yield a draft that is the file at the end of the block, and is gone if that fails. Rename is
    atomic, but only bytes that were synced before it are there after a power cut: see rename(2) and
    fsync(2).
    """
    draft = draft or path.with_name(f".{path.stem}.{token_hex(4)}.part")
    try:
        with open(draft, "wb", opener=files.open_private) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def _sync_names(path: Path, folder: Path) -> None:
    """Sync the file's name, and that of a new folder around it. If that fails, the file is
    removed.
    """
    try:
        for directory in (path.parent, folder):
            sync_folder(directory)
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut.

    Raises:
        OSError: they may not survive it.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def open_archive(place: Store | Path, beneath: Archive | None = None) -> Archive:
    """Open the archive of a store. It also reads the archive `beneath`, and never writes there."""
    store = Store.of(place)
    if store.database:
        from monitor.store import postgres  # noqa: PLC0415 - of an extra

        engine = postgres.open_pool(store.database, read_only=False, size=5)
        archive = DatabaseArchive(engine, beneath)
        weakref.finalize(archive, engine.dispose)
        return archive
    return FolderArchive(store / ARCHIVE, beneath)


# An archive in a database that many machines share: each body packed, in pieces, all of them in one
# transaction.

TOGETHER = 4  # pieces that are fetched at a time
BODY, PIECE = (Table.metadata.tables[str(row.__tablename__)] for row in (BodyRow, PieceRow))


class DatabaseArchive(Archive):
    """Bodies in the tables `body` and `piece`."""

    def __init__(self, engine: Engine, beneath: Archive | None = None) -> None:
        super().__init__(beneath)
        self._engine = engine

    def _write(self, sha256: str, body: BufferedIOBase) -> None:
        packed = zstandard.ZstdCompressor().read_to_iter(
            cast("IO[bytes]", body), write_size=MEGABYTE
        )
        size = 0
        try:
            with self._transaction() as connection:
                _delete_body(connection, sha256)
                connection.execute(
                    insert(BODY).values(sha256=sha256, size=size, put_at=datetime.now(UTC))
                )
                for number, piece in enumerate(packed):
                    connection.execute(
                        insert(PIECE).values(sha256=sha256, number=number, packed=piece)
                    )
                    size += len(piece)
                connection.execute(update(BODY).where(BODY.c.sha256 == sha256).values(size=size))
        except IntegrityError as error:
            if not self.is_whole(sha256):  # as it is where somebody put the same at the same time
                raise wrap_database_error(error.orig, "can't write to the archive") from error

    def _is_here(self, sha256: str) -> bool:
        return self._find_size(sha256) is not None

    def takes(self, sha256: str) -> int:
        return self._find_size(sha256) or 0

    def _find_size(self, sha256: str) -> int | None:
        with self._transaction() as connection:
            size: int | None = connection.execute(
                select(BODY.c.size).where(BODY.c.sha256 == sha256)
            ).scalar()
        return size

    def bodies(self) -> Iterator[str]:
        last = ""
        while some := self._select_hashes(BODY.c.sha256 > last, most=MEGABYTE // 64):
            yield from some
            last = some[-1]

    def older(self, before: datetime) -> list[str]:
        return self._select_hashes(BODY.c.put_at < before)

    def _select_hashes(self, which: ColumnElement[bool], most: int | None = None) -> list[str]:
        with self._transaction() as connection:
            query = select(BODY.c.sha256).where(which).order_by(BODY.c.sha256).limit(most)
            return list(connection.execute(query).scalars())

    def remove(self, sha256: str, before: datetime) -> int | None:
        with self._transaction() as connection:
            old = (BODY.c.sha256 == sha256) & (BODY.c.put_at < before)
            size: int | None = connection.execute(
                select(BODY.c.size).where(old).with_for_update()
            ).scalar()
            if size is not None:
                _delete_body(connection, sha256)
        return size

    def sweep(self, before: datetime) -> int:  # noqa: ARG002 - what was not finished was never there
        return 0

    def _renew(self, sha256: str) -> bool:
        with self._transaction() as connection:
            return (
                connection.execute(
                    update(BODY).where(BODY.c.sha256 == sha256).values(put_at=datetime.now(UTC))
                ).rowcount
                > 0
            )

    def _unpack(self, sha256: str) -> Iterator[bytes]:
        """The body as it comes out of its pieces, of which few are fetched at a time."""
        unpacking = zstandard.ZstdDecompressor().decompressobj()
        for first in count(step=TOGETHER):
            with self._transaction() as connection:
                some = (
                    (PIECE.c.sha256 == sha256)
                    & (PIECE.c.number >= first)
                    & (PIECE.c.number < first + TOGETHER)
                )
                pieces = (
                    connection.execute(select(PIECE.c.packed).where(some).order_by(PIECE.c.number))
                    .scalars()
                    .all()
                )
            if not (first or pieces):
                raise EvidenceLost(f"not in the archive: {sha256}")
            yield from map(unpacking.decompress, pieces)
            if len(pieces) < TOGETHER:
                return

    def _name(self, sha256: str) -> str:
        return sha256

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except IntegrityError:
            raise
        except DBAPIError as error:
            raise wrap_database_error(error.orig, "the archive can't be used") from error


def _delete_body(connection: Connection, sha256: str) -> None:
    for table in (PIECE, BODY):
        connection.execute(delete(table).where(table.c.sha256 == sha256))
