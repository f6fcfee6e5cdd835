"""A transaction of the history. It also has the process cache, and the actions after a commit.

So a store function looks at no file, and a rollback also drops its cached values and actions.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import sqlmodel
from sqlalchemy import Connection, Engine, Executable, Row, func, select

from monitor.store.columns import Table, chunk_values

T = TypeVar("T")
R = TypeVar("R", bound=Table)


class Session(sqlmodel.Session):
    """One transaction on the store in a `folder`; the `memory` of its process outlives it."""

    def __init__(
        self,
        bind: Engine | Connection,
        folder: Path = Path(),
        memory: dict[type, Any] | None = None,
    ) -> None:
        super().__init__(bind, expire_on_commit=False)
        self.folder = folder
        self.after: list[Callable[[], None]] = []  # actions after its commit
        self._memory = {} if memory is None else memory

    def list_rows(
        self,
        table: type[R],
        *which: Any,
        order: Any = None,
        limit: int | None = None,
        **same: Any,
    ) -> Sequence[R]:
        """List rows in the order in which they came, or of some columns; `same` are values of
        columns.
        """
        by = table.__mapper__.primary_key if order is None else order
        return self.list_values(table, *which, order=by, limit=limit, **same)

    def find_row(self, table: type[R], *which: Any, order: Any = None, **same: Any) -> R | None:
        """Find the first of such rows."""
        return next(iter(self.list_rows(table, *which, order=order, limit=1, **same)), None)

    def list_values(
        self,
        column: Any,
        *which: Any,
        order: Any = (),
        limit: int | None = None,
        distinct: bool = False,
        **same: Any,
    ) -> Sequence[Any]:
        """List the values of a column, each once if `distinct`."""
        query = select(column).where(*which).filter_by(**same).limit(limit)
        by = order if isinstance(order, tuple) else (order,)
        return self.scalars((query.distinct() if distinct else query).order_by(*by)).all()

    def find_greatest(self, column: Any, *which: Any) -> Any:
        """Find the greatest value of a column; None without any."""
        return self.scalar(select(func.max(column)).where(*which))

    def list_among(
        self, table: type[R], column: Any, values: Iterable[Any], *which: Any, **same: Any
    ) -> list[R]:
        """List rows that have one of these values in a column, of which there may be very many."""
        return [
            row
            for some in chunk_values(values)
            for row in self.list_rows(table, column.in_(some), *which, **same)
        ]

    def list_plain(self, table: type[Table], column: Any, values: Iterable[Any]) -> list[Row[Any]]:
        """List such rows as the driver gives them: of ten thousand, objects take three times as
        long.
        """
        asked = select(table.__table__)
        return [
            row
            for some in chunk_values(values)
            for row in self.connection().execute(asked.where(column.in_(some)))
        ]

    def has(self, table: type[Table], *which: Any, **same: Any) -> bool:
        """Return whether there is such a row."""
        return bool(self.scalar(select(select(table).where(*which).filter_by(**same).exists())))

    def count(self, table: type[Table], *which: Any, **same: Any) -> int:
        """Count such rows."""
        return self.scalars(
            select(func.count()).select_from(table).where(*which).filter_by(**same)
        ).one()

    def keep(self, row: R) -> R:
        """Write a row, which has its number then."""
        self.add(row)
        self.flush()
        return row

    def write_many(self, statement: Executable, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run a statement once for each of these rows, which are never in memory together."""
        for some in chunk_values(rows):
            self.connection().execute(statement, some)

    def remember(self, known: object) -> None:
        """Cache a value in place of the last one of its type: here at once, elsewhere after the
        commit.
        """
        self.info[type(known)] = known
        self.after.append(partial(self._memory.__setitem__, type(known), known))

    def recall(self, what: type[T]) -> T | None:
        """Return the cached value of this type."""
        known: T | None = self.info.get(what) or self._memory.get(what)
        return known
