"""The database of a store, opened: each use of it is one transaction, and what it refuses is one line."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from monitor.errors import StoreBroken, StoreError
from monitor.history import identity
from monitor.history.disk_errors import of_database
from monitor.history.engine import is_copy, open_engine
from monitor.history.guard import Guard, Unmoved

DATABASE = "history.sqlite"


class Transactions:
    """One connection: use it from one thread at a time.

    Raises:
        StoreError: from the constructor if the database can't be used, from a method if it can't be read or written.
    """

    def __init__(self, store: Path, *, read_only: bool = False) -> None:
        self._path = store / DATABASE
        self.is_copy = read_only and is_copy(self._path)  # which nobody writes
        self._engine = open_engine(self._path, read_only=read_only, as_copy=self.is_copy)
        self._guard: Guard | Unmoved | None = self._guarded(read_only=read_only)
        self._broken: StoreBroken | None = None
        self._lags = not read_only and self._named()

    def _guarded(self, *, read_only: bool) -> Guard | Unmoved | None:
        if self.is_copy:
            return Unmoved(self._path)
        return None if read_only else Guard(self._path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def _named(self) -> bool:
        """See that this is the store's own database; whether it lags behind what has left."""
        try:
            with self._transaction() as session:
                return identity.settle(session, self._path)
        except StoreError:
            self.close()
            raise

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        """A session that commits at its end; what the database refuses becomes one line.

        What could not be synced is never tried again: the system may have forgotten it, and say that all is well (fsync(2)).
        """
        if self._broken:
            raise StoreBroken(str(self._broken))
        try:
            if self._guard:
                self._guard.check()
            with Session(self._engine, expire_on_commit=False) as session:
                yield session
                session.commit()
            if self._guard:
                self._guard.remember()
        except DBAPIError as error:
            failure = of_database(error.orig, str(self._path))
            self._broken = failure if isinstance(failure, StoreBroken) else None
            raise failure from error
        except StoreBroken as error:
            self._broken = error
            raise
