"""Raw bytes as evidence: kept under their SHA-256, compressed, written so that a crash leaves a whole file or none."""

import hashlib
import os
import re
from contextlib import suppress
from io import BufferedIOBase, BytesIO
from pathlib import Path
from secrets import token_hex
from typing import IO, cast

import zstandard

from monitor.errors import StoreError
from monitor.refusals import of_disk


class Archive:
    """Bodies by their SHA-256, in `<folder>/ab/<sha256>.zst`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, body: bytes) -> str:
        """Keep a body; its SHA-256 in hex. When this returns it survives a power cut.

        Raises:
            StoreFull: there is no room.
        StoreBroken: the disk failed; whether it is there, nobody knows.
        StoreError: it can't be written for another reason.
        """
        return self.put_stream(BytesIO(body))

    def put_stream(self, body: BufferedIOBase) -> str:
        """Keep a body that is too large to be held at once; as `put`. It is read from its start, twice where it is new."""
        body.seek(0)
        sha256 = hashlib.file_digest(body, "sha256").hexdigest()
        body.seek(0)
        if sha256 not in self:
            path = self._path(sha256)
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                _write_whole(path, body)
                _sync_names(path, self._folder)
            except OSError as error:
                raise of_disk(error, "can't write to the archive", path) from error
        return sha256

    def get(self, sha256: str) -> bytes:
        """The body that was put, checked against its hash.

        Raises:
            StoreError: it is missing or damaged.
        """
        path = self._path(sha256)
        try:
            with path.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as body:
                content = body.read()
        except FileNotFoundError as error:
            raise StoreError(f"not in the archive: {path}") from error
        except OSError as error:
            raise of_disk(error, "can't read from the archive", path) from error
        except zstandard.ZstdError as error:
            raise StoreError(f"damaged in the archive: {path}") from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise StoreError(f"damaged in the archive: {path}")
        return content

    def __contains__(self, sha256: str | None) -> bool:
        return sha256 is not None and self._path(sha256).is_file()

    def _path(self, sha256: str) -> Path:
        if not re.fullmatch("[0-9a-f]{64}", sha256):
            raise StoreError(f"{sha256[:70]!r} is not a SHA-256")
        return self._folder / sha256[:2] / f"{sha256}.zst"


def _write_whole(path: Path, body: BufferedIOBase) -> None:
    # rename is atomic, but only bytes that were synced before it are there after a power cut (rename(2), fsync(2))
    draft = path.with_name(f".{path.stem}.{token_hex(4)}.part")
    try:
        with draft.open("xb") as file:
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
        for each in (path.parent, folder):
            _sync(each)
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
