"""Raw bytes as evidence, kept under their SHA-256: what a place for them has to do, wherever it is.

Two places are ours: a folder (`archive_folder.py`) and a database that many machines share (`archive_database.py`). Another, an
object store say, is a class with these methods and a line in `of_store`. It has to be safe to use from several threads.
"""

import hashlib
import weakref
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BufferedIOBase
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from monitor.config.stores import Store
from monitor.lazy import lazy

if TYPE_CHECKING:
    from monitor.history import archive_database, archive_folder, server
else:
    archive_database, server = lazy("monitor.history.archive_database"), lazy("monitor.history.server")
    archive_folder = lazy("monitor.history.archive_folder")

ARCHIVE = "archive"  # the folder of a store that it lies in
MEGABYTE = 1024 * 1024


class Archive(Protocol):
    """Bodies by their SHA-256, in hex. What it gives back is what was put, or an error.

    Raises:
        StoreFull: there is no room.
        StoreBroken: the place failed; whether a body is there, nobody knows.
        StoreError: it can't be read or written for another reason.
    """

    def put(self, body: bytes) -> str:
        """Keep a body; its SHA-256. When this returns it survives a power cut. What lies here damaged is put anew."""

    def put_stream(self, body: BufferedIOBase) -> str:
        """Keep a body that is too large to be held at once; as `put`. It is read from its start, twice where it is new.

        One that lies here whole is as young as if it were new.
        """

    def get(self, sha256: str) -> bytes:
        """The body that was put, checked against its hash.

        Raises:
            EvidenceLost: it is missing, damaged or unreadable.
        """

    def pieces(self, sha256: str) -> Iterator[bytes]:
        """The same body a megabyte at a time, for one that may be too large to be held. It is read twice.

        Raises:
            EvidenceLost: it is missing or damaged; said before the first piece.
        """

    def is_whole(self, sha256: str) -> bool:
        """Whether the body is here, and is what its name says."""

    def __contains__(self, sha256: str | None) -> bool:
        """Whether the body is here, whole or not."""

    def takes(self, sha256: str) -> int:
        """How many bytes a body takes as it lies here; 0 where it does not."""

    def bodies(self) -> Iterator[str]:
        """The SHA-256 of each body that is here, whole or not, in that order."""

    def older(self, before: datetime) -> list[str]:
        """The bodies here that nobody has put since a moment."""

    def remove(self, sha256: str, before: datetime) -> int | None:
        """Let a body go that nobody has put since a moment: how many bytes it took. None where it stays, or is gone already.

        Whoever wanted it after all finds it lost. A crash leaves it, or takes it; a power cut may bring it back.
        """

    def sweep(self, before: datetime) -> int:
        """Remove the drafts that whoever wrote them never finished; how many there were."""


def of_store(place: Store | Path, beneath: Archive | None = None) -> Archive:
    """The archive of a store; what is not in it is looked for in the one `beneath`, which is never written."""
    store = Store.of(place)
    if store.database:
        engine = server.pool(store.database)
        archive = archive_database.DatabaseArchive(engine, beneath)
        weakref.finalize(archive, engine.dispose)
        return archive
    return archive_folder.FolderArchive(store / ARCHIVE, beneath)


def is_sha256(pieces: Iterable[bytes], sha256: str) -> bool:
    """Whether a body in pieces is what its name says."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest() == sha256
