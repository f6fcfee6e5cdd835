"""Use the opened database of a store: each use is one transaction, and an error is one line."""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Concatenate, ParamSpec, Self, TypeVar
from weakref import WeakSet

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from monitor.config import files
from monitor.config.stores import Store
from monitor.errors import StoreBroken, StoreError
from monitor.store import dialect, identity, upgrades
from monitor.store.disk_errors import wrap_database_error, wrap_disk_error
from monitor.store.engine import DATABASE, copy_to, is_copy, open_engine, open_new
from monitor.store.session import Session

P = ParamSpec("P")
T = TypeVar("T")


class History:
    """The history in a store folder: pages, acts, registers, sources, outbox and watch list.

    One connection: use one History from one thread at a time. Its functions take a session and are
    in the modules of this package. `history(outbox.list_pending, destination)` is one transaction.
    `with history.transaction() as session:` joins several calls, and `history.walk(...)` yields.

    Raises:
        StoreError: from the constructor if the database can't be used, from a call if it can't be
            read or written.
    """

    def __init__(self, store: Store | Path, *, read_only: bool = False) -> None:
        self._store = Store.of(store)
        self._folder = self._store.folder
        self._older: TemporaryDirectory[str] | None = None  # a copy of what an earlier version left
        # those that somebody may have left half-way
        self._walks: WeakSet[Generator[Any, None, None]] = WeakSet()
        self._remembered: dict[type, Any] = {}  # this process's cache
        # what a transaction of a server begins with
        self._begin: Callable[[Session], None] = lambda _: None
        if not read_only:
            identity.refuse_if_moved(self._store.folder, str(self._store))
        self.is_copy = False  # which nobody writes
        self._reads_only = read_only
        self._held: Session | None = None  # the transaction that all calls use for now
        self._guard: Guard | Unmoved | None = None
        try:
            self._open(read_only=read_only)
        except upgrades.OlderStore:
            self._open_older()
        self._broken: StoreBroken | None = None
        if not read_only:
            self._settle()

    def _open(self, *, read_only: bool) -> None:
        if self._store.database is None:
            self._open_file(self._store / DATABASE, read_only=read_only)
            return
        self._where = str(self._store)
        if not read_only:
            self._close_to_others()
        from monitor.store import postgres  # noqa: PLC0415 - of an extra

        self._begin = postgres.begin
        self._engine = postgres.open_server(
            self._store.database, self._store.folder, read_only=read_only
        )

    def _open_older(self) -> None:
        """Read an earlier version's store on a copy: a reader upgrades nothing."""
        self._older = TemporaryDirectory(prefix="monitor-older-")
        copy = Store(Path(self._older.name))
        if self._store.database is None:
            copy_to(self._store / DATABASE, copy / DATABASE)
        else:
            from monitor.store import postgres  # noqa: PLC0415 - of an extra

            postgres.copy_to(self._store.database, copy / DATABASE)
        opened = open_new(copy / DATABASE)
        with opened.begin() as connection:
            upgrades.upgrade(connection)
        opened.dispose()
        with History(copy):
            """Which gives it a name."""
        self._store = copy
        where = self._where
        self._open_file(copy / DATABASE, read_only=True)
        self._where = where

    def _open_file(self, path: Path, *, read_only: bool) -> None:
        self._where = str(path)
        self.is_copy = read_only and is_copy(path)
        self._engine = open_engine(path, read_only=read_only, as_copy=self.is_copy)
        if self.is_copy:
            self._guard = Unmoved(path)
        elif not read_only:
            self._guard = Guard(path)

    def _close_to_others(self) -> None:
        """Make a file readable by its owner only."""
        try:
            files.make_private_folder(self._store.folder)
        except OSError as error:
            raise wrap_disk_error(error, f"{self._store.folder}: can't be made") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def folder(self) -> Path:
        """The folder of this machine's part of the store."""
        return self._folder

    def refuse_copy_of_older(self) -> None:
        """Check that the store itself is open.

        Raises:
            OlderStore: it is of an earlier version, and this is the copy made at its opening.
        """
        if self._older is not None:
            raise upgrades.OlderStore(self._where)

    @property
    def is_shared(self) -> bool:
        """Return whether other processes may write it as well."""
        return self._store.database is not None

    def __call__(
        self, function: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a function in one transaction and return its result."""
        with self.transaction() as session:
            return function(session, *args, **kwargs)

    def walk(
        self,
        function: Callable[Concatenate[Session, P], Iterator[T]],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Iterator[T]:
        """Yield a function's results in a transaction that ends with the walk or the history. Until
        then no other call can run.
        """

        def walked() -> Generator[T, None, None]:
            with self.transaction() as session:
                yield from function(session, *args, **kwargs)

        walk = walked()
        self._walks.add(walk)
        return walk

    @contextmanager
    def to_write(self) -> "Iterator[History]":
        """Open the same history for writing, even if this one is read-only; the user of name tables
        makes them.

        Raises:
            StoreError: it can't be written from here.
        """
        if not self._reads_only:
            yield self
            return
        with History(self._store) as history:
            yield history

    def close(self) -> None:
        """Let go of the database."""
        for walk in list(self._walks):
            walk.close()
        self._engine.dispose()
        if self._older is not None:
            self._older.cleanup()

    def _settle(self) -> None:
        """See that this is the store's own database."""
        try:
            claimed = identity.read(self._store.folder)
            identity.settle(self._store.folder, self._where, self(identity.ensure_mark, claimed))
        except StoreError:
            self.close()
            raise

    @contextmanager
    def tables(self) -> Iterator[Connection]:
        """Open one transaction on the tables themselves, for code that moves them."""
        with self.transaction() as session:
            yield session.connection()

    @contextmanager
    def at_one_moment(self) -> Iterator[object]:
        """Give all calls in the block one state of the history; yield a stamp that differs after
        any write. Only for a history opened for reading: nothing is rolled back.
        """
        assert self._reads_only, "what is written is a transaction of its own"
        with self.transaction() as session:
            self._held = session
            try:
                yield dialect.read_change_mark(session)
            finally:
                self._held = None

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Open a session that commits at its end and then runs its follow-ups; a refusal of the
        database becomes one line. A failed sync is never retried: the system may have dropped the
        data, and report success (fsync(2)).
        """
        if self._broken:
            raise StoreBroken(str(self._broken))
        try:
            if self._held is not None:
                yield self._held
            else:
                yield from self._commit_session()
        except DBAPIError as error:
            if self._held is not None:  # later calls in the block see a later state
                self._held.rollback()
                self._held.info.clear()
            failure = wrap_database_error(error.orig, self._where)
            self._broken = failure if isinstance(failure, StoreBroken) else None
            raise failure from error
        except StoreBroken as error:
            self._broken = error
            raise

    def _commit_session(self) -> Iterator[Session]:
        if self._guard:
            self._guard.check()
        with Session(self._engine, self._folder, self._remembered) as session:
            self._begin(session)
            try:
                yield session
            finally:
                session.info.clear()
            session.commit()
        if self._guard:
            self._guard.remember()
        for follow in session.after:
            follow()


# Notices that the files of an open database were replaced: later writes would be lost.

FILES = ("", "-wal", "-shm")  # SQLite keeps the latter two while any process has the database open
WAY_OUT = (
    "put it back and start again; the monitor ends: it could take known facts for news, or news for"
    " known"
)


class Unmoved:
    """Checks that a database that is read as a copy stays unchanged."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = self._see()

    def check(self) -> None:
        """Check before and after a read.

        Raises:
            StoreError: another process writes it after all; the data may mix old and new.
        """
        if self._see() != self._known:
            raise StoreError(f"{self._path}: was written while it was read; ask again")

    remember = check

    def _see(self) -> tuple[int, int, int, bool]:
        status = self._path.stat()
        log = self._path.with_name(f"{self._path.name}-wal")
        return (
            status.st_ino,
            status.st_size,
            status.st_mtime_ns,
            log.exists() and log.stat().st_size > 0,
        )


class Guard:
    """Watch the database at `path`. Compares names only: a second handle, when closed, drops
    SQLite's locks (fcntl(2)).
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, os.stat_result] = {}

    def check(self) -> None:
        """Check before a transaction.

        Raises:
            StoreBroken: a file was deleted, replaced or truncated since.
        """
        for suffix, known in self._known.items():
            now = self._see(suffix)
            if now is None:
                raise StoreBroken(f"{self._path}{suffix}: deleted while it was in use; {WAY_OUT}")
            if not os.path.samestat(now, known):
                raise StoreBroken(
                    f"{self._path}{suffix}: replaced by another file while it was in use; {WAY_OUT}"
                )
            if not suffix and now.st_size < known.st_size:
                raise StoreBroken(f"{self._path}: cut off while it was in use; {WAY_OUT}")

    def remember(self) -> None:
        """Save the state of the files after a transaction."""
        for suffix in FILES:
            if seen := self._see(suffix):
                self._known[suffix] = seen

    def _see(self, suffix: str) -> os.stat_result | None:
        try:
            return os.stat(f"{self._path}{suffix}")  # noqa: PTH116 - asked six times a transaction: a Path costs more than the answer
        except FileNotFoundError:
            return None
