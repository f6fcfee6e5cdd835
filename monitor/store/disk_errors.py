"""Translate refusals of the disk or database into errors that show whether a retry can help."""

import errno
import re
import sqlite3

from monitor.errors import StoreAway, StoreBroken, StoreError, StoreFull

FULL = {errno.ENOSPC, errno.EDQUOT}
BROKEN = {errno.EIO, errno.EROFS, errno.ENODEV, errno.ESTALE}
# the second: no room for the index of the log
FULL_CODES = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE}
BROKEN_CODES = {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
# Codes of PostgreSQL (Appendix A of its manual). Its disk or memory is full. Its disk or tables are
# damaged. Or the refusal passes: it is gone, starting, stopping or at its limit of connections; it
# is a standby; or another transaction came first.
FULL_STATES = re.compile("53[12]00")
BROKEN_STATES = re.compile("58030|XX00[12]")
AWAY_STATES = re.compile("08...|57P0.|57014|53300|25006|55P03|40001|40P01")
LOST = {"InterfaceError", "OperationalError"}  # of psycopg, where it has no state: nobody answers
RESTART = "the monitor ends, so that it starts from what is surely on the disk"
DAMAGED = (
    "the monitor ends, for the file is damaged: move the store away and bring a backup back with"
    " `monitor restore FILE`"
)


def wrap_disk_error(error: OSError, what: str, where: object = "") -> StoreError:
    """A StoreError for what the system refused."""
    text = f"{what}: {error.strerror}" + (f" ({where})" if where else "")
    if error.errno in FULL:
        return StoreFull(text)
    return StoreBroken(f"{text}; {RESTART}") if error.errno in BROKEN else StoreError(text)


def wrap_database_error(error: BaseException | None, what: str) -> StoreError:
    """A StoreError for what SQLite or PostgreSQL refused."""
    if error is not None and hasattr(error, "sqlstate"):
        return _wrap_server_error(error, error.sqlstate or "", what)
    code, text = getattr(error, "sqlite_errorcode", 0), f"{what}: {error}"
    if code in FULL_CODES:
        return StoreFull(text)
    way = RESTART if code & 0xFF == sqlite3.SQLITE_IOERR else DAMAGED
    return StoreBroken(f"{text}; {way}") if code & 0xFF in BROKEN_CODES else StoreError(text)


def _wrap_server_error(error: BaseException, state: str, what: str) -> StoreError:
    text = f"{what}: {str(error).strip().partition(chr(10))[0]}"
    if FULL_STATES.fullmatch(state):
        return StoreFull(text)
    if BROKEN_STATES.fullmatch(state):
        return StoreBroken(f"{text}; the monitor ends; see to the database first")
    if not state and type(error).__name__ in LOST:
        return StoreAway(f"{text}; see that the database runs, and that `store` names it")
    return StoreAway(text) if AWAY_STATES.fullmatch(state) else StoreError(text)
