"""Raw bytes as evidence, kept under their SHA-256: what a place for them has to do, wherever it is.

Two places are ours: a folder, and a database that many machines share (`archive_database.py`). Another, an
object store say, is a class with these methods and a line in `of_store`. It has to be safe to use from several threads.
"""

import errno
import hashlib
import os
import re
import threading
import weakref
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from io import BufferedIOBase, BytesIO
from pathlib import Path
from secrets import token_hex
from typing import IO, cast

import zstandard

from monitor.config import files
from monitor.config.stores import Store
from monitor.errors import EvidenceLost, StoreError
from monitor.store.disk_errors import wrap_disk_error

ARCHIVE = "archive"  # the folder of a store that it lies in
MEGABYTE = 1024 * 1024


class Archive(ABC):
    """Bodies by their SHA-256, in hex; those of the archive `beneath` are read too, and never written.

    What it gives back is what was put, or an error.

    Raises:
        StoreFull: there is no room.
        StoreBroken: the place failed; whether a body is there, nobody knows.
        StoreError: it can't be read or written for another reason.
    """

    def __init__(self, beneath: "Archive | None" = None) -> None:
        self._beneath = beneath

    def put(self, body: bytes) -> str:
        """Keep a body; its SHA-256. When this returns it survives a power cut. What lies here damaged is put anew."""
        return self.put_stream(BytesIO(body))

    @abstractmethod
    def put_stream(self, body: BufferedIOBase) -> str:
        """Keep a body that is too large to be held at once; as `put`. It is read from its start, twice where it is new.

        One that lies here whole is as young as if it were new.
        """

    @abstractmethod
    def get(self, sha256: str) -> bytes:
        """The body that was put, checked against its hash.

        Raises:
            EvidenceLost: it is missing, damaged or unreadable.
        """

    @abstractmethod
    def pieces(self, sha256: str) -> Iterator[bytes]:
        """The same body a megabyte at a time, for one that may be too large to be held. It is read twice.

        Raises:
            EvidenceLost: it is missing or damaged; said before the first piece.
        """

    @abstractmethod
    def is_whole(self, sha256: str) -> bool:
        """Whether the body is here, and is what its name says."""

    def __contains__(self, sha256: str | None) -> bool:
        """Whether the body is here, whole or not."""
        here = sha256 is not None and self._is_here(sha256)
        return here or (self._beneath is not None and sha256 in self._beneath)

    @abstractmethod
    def _is_here(self, sha256: str) -> bool:
        """The same, without the one beneath."""

    @abstractmethod
    def takes(self, sha256: str) -> int:
        """How many bytes a body takes as it lies here; 0 where it does not."""

    @abstractmethod
    def bodies(self) -> Iterator[str]:
        """The SHA-256 of each body that is here, whole or not, in that order."""

    @abstractmethod
    def older(self, before: datetime) -> list[str]:
        """The bodies here that nobody has put since a moment."""

    @abstractmethod
    def remove(self, sha256: str, before: datetime) -> int | None:
        """Let a body go that nobody has put since a moment: how many bytes it took. None where it stays, or is gone already.

        Whoever wanted it after all finds it lost. A crash leaves it, or takes it; a power cut may bring it back.
        """

    @abstractmethod
    def sweep(self, before: datetime) -> int:
        """Remove the drafts that whoever wrote them never finished; how many there were."""


def is_sha256(pieces: Iterable[bytes], sha256: str) -> bool:
    """Whether a body in pieces is what its name says."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest() == sha256


# What is wrong with this one file alone, a worn block of the disk included: whoever needs it does without it, and says so.
LOST = {errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EACCES, errno.EPERM, errno.ELOOP, errno.EIO}

_turn = threading.Lock()  # nothing goes while it is wanted anew


class FolderArchive(Archive):
    """Bodies by their SHA-256, in `<folder>/ab/<sha256>.zst`."""

    def __init__(self, folder: Path, beneath: Archive | None = None) -> None:
        super().__init__(beneath)
        self._folder = folder

    def put_stream(self, body: BufferedIOBase) -> str:
        body.seek(0)
        sha256 = hashlib.file_digest(body, "sha256").hexdigest()
        body.seek(0)
        if not (self.is_whole(sha256) and self._renewed(sha256)):
            path = self._path(sha256)
            try:
                for folder in (path.parent, self._folder):
                    files.make_private_folder(folder)
                _write_whole(path, body)
                _sync_names(path, self._folder)
            except OSError as error:
                raise wrap_disk_error(error, "can't write to the archive", path) from error
        return sha256

    def get(self, sha256: str) -> bytes:
        path = self._path(sha256)
        if self._beneath and not path.is_file():
            return self._beneath.get(sha256)
        try:
            with _open_unpacked(path) as body:
                content = body.read()
        except FileNotFoundError as error:
            raise EvidenceLost(f"not in the archive: {path}") from error
        except OSError as error:
            if error.errno in LOST:
                raise EvidenceLost(f"unreadable in the archive ({error.strerror}): {path}") from error
            raise wrap_disk_error(error, "can't read from the archive", path) from error
        except zstandard.ZstdError as error:
            raise EvidenceLost(f"damaged in the archive: {path}") from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise EvidenceLost(f"damaged in the archive: {path}")
        return content

    def pieces(self, sha256: str) -> Iterator[bytes]:
        if not self.is_whole(sha256):
            raise EvidenceLost(f"not in the archive, or damaged there: {self._path(sha256)}")
        with _open_unpacked(self._path(sha256)) as body:
            while piece := body.read(MEGABYTE):
                yield piece

    def is_whole(self, sha256: str) -> bool:
        try:
            with _open_unpacked(self._path(sha256)) as body:
                return is_sha256(iter(lambda: body.read(MEGABYTE), b""), sha256)
        except zstandard.ZstdError:
            return False
        except OSError as error:
            if error.errno in LOST:
                return False
            raise wrap_disk_error(error, "can't read from the archive", self._path(sha256)) from error

    def _is_here(self, sha256: str) -> bool:
        return self._path(sha256).is_file()

    def takes(self, sha256: str) -> int:
        with suppress(OSError):
            return self._path(sha256).stat().st_size
        return 0

    def bodies(self) -> Iterator[str]:
        yield from (sha256 for sha256, _ in self.files())

    def files(self) -> Iterator[tuple[str, Path]]:
        """The SHA-256 that each file here is called by, whole or not, and the file."""
        for path in sorted(self._folder.glob("[0-9a-f][0-9a-f]/*.zst")):
            if re.fullmatch("[0-9a-f]{64}", path.stem):
                yield path.stem, path

    def _renewed(self, sha256: str) -> bool:
        """Whether the body is still here; from now on it is young."""
        try:
            with _turn:
                os.utime(self._path(sha256))
        except FileNotFoundError:
            return False
        except OSError as error:
            raise wrap_disk_error(error, "can't write to the archive", self._path(sha256)) from error
        return True

    def older(self, before: datetime) -> list[str]:
        written = ((sha256, _get_write_time(path)) for sha256, path in self.files())
        return [sha256 for sha256, moment in written if moment is not None and moment < before.timestamp()]

    def remove(self, sha256: str, before: datetime) -> int | None:
        path = self._path(sha256)
        with _turn:
            return _remove_file(path, before)

    def sweep(self, before: datetime) -> int:
        return sum(_remove_file(path, before) is not None for path in self._folder.glob("[0-9a-f][0-9a-f]/.*.part"))

    def _path(self, sha256: str) -> Path:
        if not re.fullmatch("[0-9a-f]{64}", sha256):
            raise StoreError(f"{sha256[:70]!r} is not a SHA-256")
        return self._folder / sha256[:2] / f"{sha256}.zst"


def _get_write_time(path: Path) -> float | None:
    """When a file was written or renewed; None where it has gone meanwhile."""
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
def _open_unpacked(path: Path) -> Iterator[IO[bytes]]:
    with path.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as body:
        yield cast("IO[bytes]", body)


def _write_whole(path: Path, body: BufferedIOBase) -> None:
    # rename is atomic, but only bytes that were synced before it are there after a power cut (rename(2), fsync(2))
    draft = path.with_name(f".{path.stem}.{token_hex(4)}.part")
    try:
        with open(draft, "xb", opener=files.open_private) as file:
            zstandard.ZstdCompressor().copy_stream(cast("IO[bytes]", body), file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def _sync_names(path: Path, folder: Path) -> None:
    """See that the file's name, and that of a folder made for it, survive; a file of which that isn't sure is not kept."""
    try:
        for directory in (path.parent, folder):
            sync_folder(directory)
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise


def sync_folder(folder: Path) -> None:
    """See that the names in a folder survive a power cut.

    Raises:
        OSError: nobody knows whether they do.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def open_archive(place: Store | Path, beneath: Archive | None = None) -> Archive:
    """The archive of a store; what is not in it is looked for in the one `beneath`, which is never written."""
    store = Store.of(place)
    if store.database:
        from monitor.store import archive_database, postgres  # noqa: PLC0415 - of an extra

        engine = postgres.open_pool(store.database, read_only=False, size=5)
        archive = archive_database.DatabaseArchive(engine, beneath)
        weakref.finalize(archive, engine.dispose)
        return archive
    return FolderArchive(store / ARCHIVE, beneath)
