"""Which store this is: the same name in the database and in a file beside it, so that one without the other is noticed.

The file also counts the messages that were about to leave. A database that has counted fewer was put back from a backup, or
lost its last writes: what it takes for unsaid may have been said.
"""

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from secrets import token_hex

from monitor.errors import StoreError
from monitor.store.archive import sync_folder
from monitor.store.disk_errors import wrap_disk_error
from monitor.store.session import Session
from monitor.store.tables import StoreRow

FILE = "identity"
MOVED = "moved"  # beside it, where an earlier version took all of the store elsewhere: where that is
DOUBT = timedelta(days=2)  # by then every source was read again, and what it had told before is owed once more
ONE = 1  # the only row of its table


@dataclass(frozen=True, slots=True)
class Mark:
    """What the file says."""

    identity: str
    sendings: int = 0


def refuse_if_lost(store: Path, called: str) -> None:
    """To be asked where there is no history, whose file or database is `called` so: whether this folder had one.

    Raises:
        StoreError: what belongs to a history is still there; a new one would take all news for known.
    """
    archived = any((store / "archive").glob("??/*.zst"))
    left = FILE if (store / FILE).exists() else "archive" if archived else ""
    if left:
        raise StoreError(
            f"{called}: the history is gone, but not the {left} {_get_path_beside(store, called)}; put a backup of it back,"
            f" or move {store} away (or choose another --store) to begin anew: what is on the pages by then is not told"
        )


def _get_path_beside(store: Path, called: str) -> str:
    return "beside it" if Path(called).parent == store else f"in {store}"


def load_mark(session: Session, claimed: Mark | None) -> Mark:
    """Which store the database names, and how many messages left by it; where it has no name yet it has the one `claimed`."""
    row = session.get(StoreRow, ONE)
    if row is None:
        row = StoreRow(one=ONE, identity=claimed.identity if claimed else token_hex(16))
        session.add(row)
    if claimed:
        session.remember(claimed)
    return Mark(row.identity, row.sendings)


def settle(store: Path, called: str, mark: Mark) -> None:
    """See that the file names the store that the database names, which is `called` so, and have one where there is none.

    The database comes first: a start that is cut off leaves no file that names nothing.

    Raises:
        StoreError: they name two stores.
    """
    refuse_another(store, called, mark.identity)
    if not (store / FILE).exists():
        _begin(store / FILE, _make_line(mark))


def refuse_another(store: Path, called: str, identity: str) -> None:
    """See that the file in this folder names the store that is named in the database, which is `called` so: `identity`.

    Raises:
        StoreError: it does.
    """
    claimed = read(store)
    if claimed is not None and claimed.identity != identity:
        raise StoreError(
            f"{called}: the history of another store than the {FILE} {_get_path_beside(store, called)} names; put this store's"
            f" own back, or delete {store / FILE} if the other is meant"
        )


def refuse_if_moved(store: Path, called: str) -> None:
    """To be asked by whoever is to write: whether all of this store was taken elsewhere, where it goes on.

    Raises:
        StoreError: it was; two who work on one history tell all of it twice.
    """
    try:
        where = (store / MOVED).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return
    except OSError as error:
        raise wrap_disk_error(error, f"{store / MOVED}: can't be read") from error
    raise StoreError(f"{called}: was moved to {where}, and goes on there; delete {store / MOVED} if this one is to go on instead")


def allow_writing_again(store: Path) -> None:
    """Let a store be written again that was taken elsewhere: a history was put back into it."""
    (store / MOVED).unlink(missing_ok=True)


def read(store: Path) -> Mark | None:
    """What the file says; None where there is none.

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
        raise StoreError(f"{path}: damaged; delete it if the history that it belongs to is this store's own") from error


def _begin(path: Path, line: bytes) -> None:
    """Write the file, whole or not at all, and for good."""
    draft = path.with_name(f".{path.name}.{token_hex(4)}.part")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise wrap_disk_error(error, f"{path}: can't be written") from error


def is_behind(session: Session) -> bool:
    """Whether fewer messages left by this database than by this store."""
    claimed = session.recall(Mark)
    return claimed is not None and claimed.sendings > session.get_one(StoreRow, ONE).sendings


def doubt(session: Session, now: datetime) -> None:
    """From now on it is known that more may have left than is recorded."""
    row, claimed = session.get_one(StoreRow, ONE), session.recall(Mark)
    row.doubted_at, row.sendings = now, max(row.sendings, claimed.sendings if claimed else 0)


def is_doubted(session: Session, now: datetime) -> bool:
    """Whether what is owed now may have been said before."""
    since = doubt_of(session)
    return since is not None and now < since + DOUBT


def doubt_of(session: Session) -> datetime | None:
    """When it was last found that more had left than is recorded."""
    row = session.get(StoreRow, ONE)
    return row.doubted_at if row else None


def count(session: Session) -> None:
    """One more message is about to leave; the file says so too, once the database does."""
    row = session.get_one(StoreRow, ONE)
    row.sendings += 1
    session.after.append(partial(save_count_to_file, session.folder, Mark(row.identity, row.sendings)))


def save_count_to_file(store: Path, mark: Mark) -> None:
    """Let the file say so too, once the database does. Not synced: should that be lost, the file only knows less."""
    path = store / FILE
    try:
        handle = os.open(path, os.O_WRONLY)
        try:
            os.pwrite(handle, _make_line(mark), 0)
        finally:
            os.close(handle)
    except FileNotFoundError:  # somebody tidied up
        _begin(path, _make_line(mark))
    except OSError as error:
        raise wrap_disk_error(error, f"{path}: can't be written") from error


def _make_line(mark: Mark) -> bytes:
    """Always as long, so that it is written over in one piece."""
    return f"{mark.identity} {mark.sendings:020}\n".encode("ascii")
