"""All rows of a history, from one database into another: in one transaction, each table counted and compared on both sides."""

import hashlib
from collections.abc import Collection, Generator
from contextlib import closing
from typing import Any

from sqlalchemy import Connection, func, insert, select
from sqlalchemy import Table as Made
from sqlalchemy.schema import AddConstraint, CreateIndex, CreateTable

from monitor.errors import StoreError
from monitor.history import views
from monitor.history.columns import storable
from monitor.history.dialect import POSTGRES
from monitor.history.migrating import stamp
from monitor.history.tables import whole

AT_ONCE = 1_000  # rows
MADE_AGAIN = frozenset({"naming", "name", "name_key", "name_word", "subject_key"})  # of the others, when somebody asks for a name


class Digest:
    """How many rows a table has, and what tells them from others."""

    def __init__(self) -> None:
        self.rows = 0
        self._told = hashlib.blake2b(digest_size=16)

    def add(self, rows: Collection[dict[str, Any]]) -> None:
        """These rows come next."""
        self.rows += len(rows)
        for row in rows:
            self._told.update(repr(tuple(row.values())).encode("utf-8", "surrogatepass"))

    def __str__(self) -> str:
        return f"{self.rows} rows, {self._told.hexdigest()}"


def copy(source: Connection, target: Connection, *, without: Collection[str] = ()) -> dict[str, int]:
    """Make the tables, and copy all rows but those of the tables `without` which it is to be; how many there are, by table.

    The caller commits, and until then there is nothing.

    Raises:
        StoreError: what was written is not what was read.
    """
    tables = whole().sorted_tables
    on_server = target.dialect.name == POSTGRES
    if on_server:
        _make_untied(target, tables)
    else:
        target.exec_driver_sql("PRAGMA defer_foreign_keys = ON")  # a row may name a later one
        whole().create_all(target, checkfirst=False)
    copied = {table.name: _copy(source, target, table) for table in tables if table.name not in {*without, *MADE_AGAIN}}
    if on_server:
        _tie(target, tables)
    views.make(target)
    stamp(target)
    return copied


def _copy(source: Connection, target: Connection, table: Made) -> int:
    read = Digest()
    on_server = target.dialect.name == POSTGRES
    with closing(_rows(source, table)) as parts:
        for some in parts:
            kept = [{name: storable(value) for name, value in row.items()} for row in some] if on_server else some
            target.execute(insert(table), kept)
            read.add(kept)
    if str(read) != str(written := digest(target, table)):
        raise StoreError(f"{table.name}: {read} were read, and {written} written; nothing was moved")
    return read.rows


def digest(connection: Connection, table: Made) -> Digest:
    """The digest of all rows of a table."""
    told = Digest()
    for some in _rows(connection, table):
        told.add(some)
    return told


def _rows(connection: Connection, table: Made) -> Generator[list[dict[str, Any]], None, None]:
    """Rows by name of column, some at a time, those first whose key is first."""
    asked = select(table).order_by(*table.primary_key.columns)
    with connection.execute(asked, execution_options={"yield_per": AT_ONCE}) as result:
        for some in result.mappings().partitions():
            yield [dict(row) for row in some]


def _make_untied(target: Connection, tables: Collection[Made]) -> None:
    """Tables whose rows need not wait for those that they name."""
    for table in tables:
        target.execute(CreateTable(table, include_foreign_key_constraints=[]))


def _tie(target: Connection, tables: Collection[Made]) -> None:
    """What is left of the tables, quicker to make once the rows are there; the next number of each is behind its greatest."""
    for table in tables:
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            target.execute(CreateIndex(index))
        for key in sorted(table.foreign_key_constraints, key=lambda key: str(key.name)):
            target.execute(AddConstraint(key, isolate_from_table=False))
        if (column := table.autoincrement_column) is not None:
            greatest = target.execute(select(func.max(column))).scalar()
            own = func.pg_get_serial_sequence(f'"{table.name}"', column.name)
            target.execute(select(func.setval(own, greatest or 1, greatest is not None)))
    target.exec_driver_sql("ANALYZE")
