"""An archive in a database that many machines share: each body packed, in pieces, all of them in one transaction.

It is slower than a folder, by some milliseconds for each page that proves something; but it is kept, copied and reached together
with the history that rests on it, and no machine can have the one without the other.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BufferedIOBase
from itertools import chain, count
from typing import IO, cast

import zstandard
from sqlalchemy import ColumnElement, Connection, Engine, delete, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from monitor.errors import EvidenceLost
from monitor.store.archive import MEGABYTE, Archive, is_sha256
from monitor.store.disk_errors import wrap_database_error
from monitor.store.tables import BodyRow, PieceRow, Table

TOGETHER = 4  # pieces that are fetched at a time
BODY, PIECE = (Table.metadata.tables[str(row.__tablename__)] for row in (BodyRow, PieceRow))


class DatabaseArchive(Archive):
    """Bodies in the tables `body` and `piece`."""

    def __init__(self, engine: Engine, beneath: Archive | None = None) -> None:
        super().__init__(beneath)
        self._engine = engine

    def put_stream(self, body: BufferedIOBase) -> str:
        body.seek(0)
        sha256 = hashlib.file_digest(body, "sha256").hexdigest()
        known = self._renewed(sha256)
        if not (known and self.is_whole(sha256)):
            body.seek(0)
            try:
                self._write(sha256, body, instead=known)
            except IntegrityError as error:
                if not self.is_whole(sha256):  # as it is where somebody put the same at the same time
                    raise wrap_database_error(error.orig, "can't write to the archive") from error
        return sha256

    def _write(self, sha256: str, body: BufferedIOBase, *, instead: bool) -> None:
        packed = zstandard.ZstdCompressor().read_to_iter(cast("IO[bytes]", body), write_size=MEGABYTE)
        first = next(packed)
        size = len(first)
        with self._transaction() as connection:
            if instead:
                _delete(connection, sha256)
            connection.execute(insert(BODY).values(sha256=sha256, size=size, put_at=_get_now()))
            for number, piece in enumerate(chain((first,), packed)):
                connection.execute(insert(PIECE).values(sha256=sha256, number=number, packed=piece))
                size += len(piece) if number else 0
            if size > len(first):
                connection.execute(update(BODY).where(BODY.c.sha256 == sha256).values(size=size))

    def get(self, sha256: str) -> bytes:
        try:
            content = b"".join(self._unpacked(sha256))
        except zstandard.ZstdError as error:
            raise EvidenceLost(f"damaged in the archive: {sha256}") from error
        if not content and not self._is_here(sha256):
            if self._beneath:
                return self._beneath.get(sha256)
            raise EvidenceLost(f"not in the archive: {sha256}")
        if hashlib.sha256(content).hexdigest() != sha256:
            raise EvidenceLost(f"damaged in the archive: {sha256}")
        return content

    def pieces(self, sha256: str) -> Iterator[bytes]:
        if self._beneath and not self._is_here(sha256):
            return self._beneath.pieces(sha256)
        if not self.is_whole(sha256):
            raise EvidenceLost(f"not in the archive, or damaged there: {sha256}")
        return self._unpacked(sha256)

    def is_whole(self, sha256: str) -> bool:
        try:
            return is_sha256(self._unpacked(sha256), sha256)
        except zstandard.ZstdError:
            return False

    def _is_here(self, sha256: str) -> bool:
        with self._transaction() as connection:
            return connection.execute(select(BODY.c.size).where(BODY.c.sha256 == sha256)).first() is not None

    def takes(self, sha256: str) -> int:
        with self._transaction() as connection:
            return connection.execute(select(BODY.c.size).where(BODY.c.sha256 == sha256)).scalar() or 0

    def bodies(self) -> Iterator[str]:
        last = ""
        while some := self._names(BODY.c.sha256 > last, most=MEGABYTE // 64):
            yield from some
            last = some[-1]

    def older(self, before: datetime) -> list[str]:
        return self._names(BODY.c.put_at < before)

    def _names(self, which: ColumnElement[bool], most: int | None = None) -> list[str]:
        with self._transaction() as connection:
            query = select(BODY.c.sha256).where(which).order_by(BODY.c.sha256).limit(most)
            return list(connection.execute(query).scalars())

    def remove(self, sha256: str, before: datetime) -> int | None:
        with self._transaction() as connection:
            old = (BODY.c.sha256 == sha256) & (BODY.c.put_at < before)
            size: int | None = connection.execute(select(BODY.c.size).where(old).with_for_update()).scalar()
            if size is not None:
                _delete(connection, sha256)
        return size

    def sweep(self, before: datetime) -> int:  # noqa: ARG002 - what was not finished was never there
        return 0

    def _renewed(self, sha256: str) -> bool:
        """Whether the body is still here; from now on it is young."""
        with self._transaction() as connection:
            return connection.execute(update(BODY).where(BODY.c.sha256 == sha256).values(put_at=_get_now())).rowcount > 0

    def _unpacked(self, sha256: str) -> Iterator[bytes]:
        """The body as it comes out of its pieces, of which few are fetched at a time; nothing where it is not here."""
        unpacking = zstandard.ZstdDecompressor().decompressobj()
        for piece in self._packed(sha256):
            if unpacked := unpacking.decompress(piece):
                yield unpacked

    def _packed(self, sha256: str) -> Iterator[bytes]:
        for first in count(step=TOGETHER):
            with self._transaction() as connection:
                some = (PIECE.c.sha256 == sha256) & (PIECE.c.number >= first) & (PIECE.c.number < first + TOGETHER)
                pieces = connection.execute(select(PIECE.c.packed).where(some).order_by(PIECE.c.number)).scalars().all()
            yield from pieces
            if len(pieces) < TOGETHER:
                return

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except IntegrityError:
            raise
        except DBAPIError as error:
            raise wrap_database_error(error.orig, "the archive can't be used") from error


def _delete(connection: Connection, sha256: str) -> None:
    for table in (PIECE, BODY):
        connection.execute(delete(table).where(table.c.sha256 == sha256))


def _get_now() -> datetime:
    return datetime.now(UTC)
