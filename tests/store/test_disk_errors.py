"""What is said of what a disk or a database refuses: whether it passes, wants room, or ends the
monitor.
"""

import errno
import os
import sqlite3

import pytest

from monitor.errors import StoreAway, StoreBroken, StoreError, StoreFull
from monitor.store.disk_errors import wrap_database_error, wrap_disk_error

pytestmark = pytest.mark.files


class OperationalError(Exception):
    """As psycopg's, where PostgreSQL had no time to say which it is."""

    sqlstate: str | None = None


class ProgrammingError(OperationalError):
    """As psycopg's, which nothing but another program mends."""


def of_sqlite(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("no")
    error.sqlite_errorcode = code
    return error


def of_postgres(
    state: str | None, kind: type[OperationalError] = ProgrammingError
) -> OperationalError:
    error = kind("no\nLINE 1: of no use")
    error.sqlstate = state
    return error


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, StoreFull),
        (errno.EDQUOT, StoreFull),
        (errno.EIO, StoreBroken),
        (errno.EROFS, StoreBroken),
        (errno.EACCES, StoreError),
    ],
)
def test_what_a_disk_refuses_is_full_broken_or_neither_and_says_where(
    number: int, kind: type[StoreError]
):
    said = wrap_disk_error(
        OSError(number, os.strerror(number)), "the archive can't be written", "/srv/store"
    )

    assert type(said) is kind
    assert f"the archive can't be written: {os.strerror(number)} (/srv/store)" in str(said)
    assert "()" not in str(
        wrap_disk_error(OSError(number, os.strerror(number)), "the archive can't be written")
    )


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (of_sqlite(sqlite3.SQLITE_FULL), StoreFull),
        (of_sqlite(sqlite3.SQLITE_IOERR_SHMSIZE), StoreFull),
        (of_sqlite(sqlite3.SQLITE_IOERR_WRITE), StoreBroken),
        (of_sqlite(sqlite3.SQLITE_NOTADB), StoreBroken),
        (of_sqlite(sqlite3.SQLITE_BUSY), StoreError),
        (ValueError("no"), StoreError),
        (None, StoreError),
        (of_postgres("53100"), StoreFull),
        (of_postgres("53200"), StoreFull),
        (of_postgres("58030"), StoreBroken),
        (of_postgres("XX001"), StoreBroken),
        (of_postgres("57P01"), StoreAway),
        (of_postgres("40001"), StoreAway),
        (of_postgres(None, OperationalError), StoreAway),
        (of_postgres("42P01", OperationalError), StoreError),
        (of_postgres(None), StoreError),
        (of_postgres("42P01"), StoreError),
    ],
)
def test_what_a_database_refuses_passes_wants_room_or_ends_the_monitor(
    error: BaseException | None, kind: type[StoreError]
):
    said = wrap_database_error(error, "the history can't be written")

    assert type(said) is kind
    assert str(said).startswith("the history can't be written: ")
    assert "LINE 1" not in str(said)
    assert ("the monitor ends" in str(said)) == (kind is StoreBroken)


@pytest.mark.parametrize(
    ("error", "way"),
    [
        (of_sqlite(sqlite3.SQLITE_NOTADB), "bring a backup back with `monitor restore FILE`"),
        (of_sqlite(sqlite3.SQLITE_CORRUPT), "bring a backup back with `monitor restore FILE`"),
        (
            of_postgres(None, OperationalError),
            "see that the database runs, and that `store` names it",
        ),
    ],
)
def test_what_people_have_to_mend_is_said_with_the_way_out(error: Exception, way: str):
    assert way in str(wrap_database_error(error, "the history"))
