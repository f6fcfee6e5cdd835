"""What the disk or the database refuses → the error that says how it goes on: later, or not at all."""

import errno
import sqlite3

from monitor.errors import StoreBroken, StoreError, StoreFull

FULL = {errno.ENOSPC, errno.EDQUOT}
BROKEN = {errno.EIO, errno.EROFS, errno.ENODEV, errno.ESTALE}
FULL_CODES = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE}  # the second: no room for the index of the log
BROKEN_CODES = {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
RESTART = "the monitor ends, so that it starts from what is surely on the disk"


def of_disk(error: OSError, what: str, where: object = "") -> StoreError:
    """A StoreError for what the system refused."""
    text = f"{what}: {error.strerror}" + (f" ({where})" if where else "")
    if error.errno in FULL:
        return StoreFull(text)
    return StoreBroken(f"{text}; {RESTART}") if error.errno in BROKEN else StoreError(text)


def of_database(error: BaseException | None, what: str) -> StoreError:
    """A StoreError for what SQLite refused."""
    code, text = getattr(error, "sqlite_errorcode", 0), f"{what}: {error}"
    if code in FULL_CODES:
        return StoreFull(text)
    return StoreBroken(f"{text}; {RESTART}") if code & 0xFF in BROKEN_CODES else StoreError(text)
