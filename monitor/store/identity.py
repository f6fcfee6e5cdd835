"""The identity of a store: one name in the database and in a file beside it, so that a missing one
shows.

The file also counts started deliveries. A database with a lower count was restored from a backup,
or lost its last writes. Its pending messages may have been sent.
"""

import os
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from secrets import token_hex

from monitor.errors import StoreError
from monitor.model import frozen
from monitor.store.archive import open_whole, sync_folder
from monitor.store.disk_errors import wrap_disk_error
from monitor.store.session import Session
from monitor.store.tables import StoreRow

FILE = "identity"
# beside it, where an earlier version took all of the store elsewhere: where that is
MOVED = "moved"
# by then every source was read again, and its lost messages are pending again
DOUBT = timedelta(days=2)
ONE = 1  # the only row of its table


@frozen
class Mark:
    """The content of the identity file."""

    identity: str
    sendings: int = 0


def refuse_if_lost(store: Path, called: str) -> None:
    """Check a folder without a history (named `called`) for signs of an earlier one.

    Raises:
        StoreError: parts of a history are still there; a new one would take all news for known.
    """
    archived = any((store / "archive").glob("??/*.zst"))
    left = FILE if (store / FILE).exists() else "archive" if archived else ""
    if left:
        raise StoreError(
            f"{called}: the history is gone, but not the {left} {_get_path_beside(store, called)};"
            f" put a backup of it back, or move {store} away (or choose another --store) to begin"
            " anew: what is on the pages by then is not reported"
        )


def _get_path_beside(store: Path, called: str) -> str:
    return "beside it" if Path(called).parent == store else f"in {store}"


def ensure_mark(session: Session, claimed: Mark | None) -> Mark:
    """Return the name of the store in the database, and its count of deliveries; without a name it
    gets `claimed`.
    """
    row = session.get(StoreRow, ONE)
    if row is None:
        row = StoreRow(one=ONE, identity=claimed.identity if claimed else token_hex(16))
        session.add(row)
    if claimed:
        session.remember(claimed)
    return Mark(row.identity, row.sendings)


def settle(store: Path, called: str, mark: Mark) -> None:
    """Check that the file and the database (`called`) name one store; write a missing file. The
    database comes first: an interrupted start leaves no file without a store.

    Raises:
        StoreError: they name two stores.
    """
    refuse_another(store, called, mark.identity)
    if not (store / FILE).exists():
        _write_first(store / FILE, _make_line(mark))


def refuse_another(store: Path, called: str, identity: str) -> None:
    """Check that the file in this folder names the store `identity` of the database `called`.

    Raises:
        StoreError: it does not.
    """
    claimed = read(store)
    if claimed is not None and claimed.identity != identity:
        raise StoreError(
            f"{called}: the history of another store than the {FILE}"
            f" {_get_path_beside(store, called)} names; put this store's own back, or delete"
            f" {store / FILE} if the other is meant"
        )


def refuse_if_moved(store: Path, called: str) -> None:
    """Check before writing that this store was not moved elsewhere.

    Raises:
        StoreError: it was; two writers with one history send every message twice.
    """
    try:
        where = (store / MOVED).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return
    except OSError as error:
        raise wrap_disk_error(error, f"{store / MOVED}: can't be read") from error
    raise StoreError(
        f"{called}: was moved to {where}, and goes on there; delete {store / MOVED} if this one is"
        " to go on instead"
    )


def allow_writing_again(store: Path) -> None:
    """Let a store be written again that was taken elsewhere: a history was put back into it."""
    (store / MOVED).unlink(missing_ok=True)


def read(store: Path) -> Mark | None:
    """Read the identity file; None if there is none.

    Raises:
        StoreError: it can't be read, or is damaged.
    """
    path = store / FILE
    try:
        identity, sendings = path.read_text(encoding="ascii").split()
        return Mark(identity, int(sendings))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise wrap_disk_error(error, f"{path}: can't be read") from error
    except ValueError as error:
        raise StoreError(
            f"{path}: damaged; delete it if the history that it belongs to is this store's own"
        ) from error


def _write_first(path: Path, line: bytes) -> None:
    """Write the file, whole or not at all, and for good."""
    try:
        with open_whole(path) as file:
            file.write(line)
        sync_folder(path.parent)
    except OSError as error:
        raise wrap_disk_error(error, f"{path}: can't be written") from error


def is_behind(session: Session) -> bool:
    """Return whether the database counts fewer deliveries than the store's file."""
    claimed = session.recall(Mark)
    return claimed is not None and claimed.sendings > session.get_one(StoreRow, ONE).sendings


def doubt(session: Session, now: datetime) -> None:
    """Mark that more messages may have left than the database has."""
    row, claimed = session.get_one(StoreRow, ONE), session.recall(Mark)
    row.doubted_at, row.sendings = now, max(row.sendings, claimed.sendings if claimed else 0)


def is_doubted(session: Session, now: datetime) -> bool:
    """Return whether pending messages may have been sent before."""
    since = doubt_of(session)
    return since is not None and now < since + DOUBT


def doubt_of(session: Session) -> datetime | None:
    """Return when the last missing record of a delivery was noticed."""
    row = session.get(StoreRow, ONE)
    return row.doubted_at if row else None


def count(session: Session) -> None:
    """Count a started delivery in the database; the file follows after the commit."""
    row = session.get_one(StoreRow, ONE)
    row.sendings += 1
    session.after.append(
        partial(save_count_to_file, session.folder, Mark(row.identity, row.sendings))
    )


def save_count_to_file(store: Path, mark: Mark) -> None:
    """Write the count to the file after the commit. Without a sync: a lost write only makes the
    count lower.
    """
    path = store / FILE
    try:
        handle = os.open(path, os.O_WRONLY)
        try:
            os.pwrite(handle, _make_line(mark), 0)
        finally:
            os.close(handle)
    except FileNotFoundError:  # somebody tidied up
        _write_first(path, _make_line(mark))
    except OSError as error:
        raise wrap_disk_error(error, f"{path}: can't be written") from error


def _make_line(mark: Mark) -> bytes:
    """Always as long, so that it is written over in one piece."""
    return f"{mark.identity} {mark.sendings:020}\n".encode("ascii")
