"""What SQLite and PostgreSQL are asked for in words of their own: JSON, texts that hold others, rows that may be there already,
whether anything was written, tables of a connection alone.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Insert, String
from sqlalchemy import Table as Made
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlmodel import Session

from monitor.history.tables import Table
from monitor.lazy import lazy

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql
else:  # SQLite needs none of it
    postgresql = lazy("sqlalchemy.dialects.postgresql")

POSTGRES = "postgresql"
NUL, ESCAPED, UNKNOWN = "\x00", "\\u0000", "\ufffd"
BOUND = re.compile(r":(\w+)")


def is_postgres(session: Session) -> bool:
    """Whether it is a database of PostgreSQL."""
    return session.get_bind().dialect.name == POSTGRES


class json_text(GenericFunction[str]):  # noqa: N801 - a function of SQL
    """What stands under a key of a column's JSON, as text: `json_text(column, "key")`."""

    type = String()
    inherit_cache = True


@compiles(json_text, "sqlite")
def _extracted(element: json_text, compiler: SQLCompiler, **options: Any) -> str:
    column, key = (compiler.process(clause, **options) for clause in element.clauses)
    return f"json_extract({column}, '$.' || {key})"


@compiles(json_text, POSTGRES)
def _looked_up(element: json_text, compiler: SQLCompiler, **options: Any) -> str:
    column, key = (compiler.process(clause, **options) for clause in element.clauses)
    return f'(({column})::json ->> {key}) COLLATE "C"'


class holds(GenericFunction[bool]):  # noqa: N801 - ditto
    """Whether a text holds another, each letter as it is."""

    inherit_cache = True


@compiles(holds, "sqlite")
def _instr(element: holds, compiler: SQLCompiler, **options: Any) -> str:
    return f"(instr({compiler.process(element.clauses, **options)}) > 0)"


@compiles(holds, POSTGRES)
def _strpos(element: holds, compiler: SQLCompiler, **options: Any) -> str:
    return f"(strpos({compiler.process(element.clauses, **options)}) > 0)"


def unless_there(session: Session, table: type[Table]) -> Insert:
    """An INSERT into a table that leaves rows as they are which are there already."""
    kind: Any = postgresql if is_postgres(session) else sqlite
    made: Insert = kind.insert(Table.metadata.tables[str(table.__tablename__)]).on_conflict_do_nothing()
    return made


def insert_unless_there(session: Session, table: type[Table], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows as SQL alone takes them: there may be a million. One that is there already stays as it is."""
    if rows:
        session.connection().execute(unless_there(session, table), rows)


def storable(value: Any) -> Any:
    """A value as PostgreSQL takes it, which has no text with a NUL, bare or as JSON writes it: a sign for what can't be shown."""
    if not isinstance(value, str) or (NUL not in value and ESCAPED not in value):
        return value
    return type(value)(value.replace(NUL, UNKNOWN).replace(ESCAPED, UNKNOWN))


def spoken_to(session: Session, query: str) -> str:
    """A question in SQLite's words, for the driver itself, in the words of the session's engine."""
    if not is_postgres(session):
        return query
    return BOUND.sub(r"%(\1)s", query).replace("json_group_object(", "json_object_agg(")


def moves(session: Session) -> object:
    """What differs once somebody else has written anything; PostgreSQL also lets it differ without."""
    asked = "SELECT pg_current_snapshot()::text" if is_postgres(session) else "PRAGMA data_version"
    ((state,),) = of_driver(session.connection(), [(asked, ())])
    return state


def of_driver(connection: Connection, asked: Iterable[tuple[str, Any]]) -> list[tuple[Any, ...]]:
    """The rows that the driver itself gives for some queries and their values: SQLAlchemy takes several times as long for a row.

    Raises:
        DBAPIError: as SQLAlchemy does.
    """
    dialect, driver = connection.dialect, connection.connection.driver_connection
    assert dialect.dbapi is not None
    assert driver is not None
    try:
        return [row for words, values in asked for row in driver.execute(words, values).fetchall()]
    except dialect.dbapi.Error as error:
        raise DBAPIError("", None, error) from error


def shadowed(session: Session, tables: Sequence[Made], copied: Callable[[], bool]) -> None:
    """Where nothing may be written: have tables of this connection alone for the store's, with its rows if they are `copied`.

    They are there for as long as the connection; asked for again, they stay as they are.
    """
    if _are_shadowed(session.connection(), tables[0].name):
        return
    copy = copied()
    if is_postgres(session):
        with _tables_allowed(session):
            _shadow(session.connection(), tables, "pg_temp", copy=copy)
    else:
        _shadow(session.connection(), tables, "temp", copy=copy)


def _are_shadowed(connection: Connection, name: str) -> bool:
    if connection.dialect.name == POSTGRES:
        return bool(connection.exec_driver_sql(f"SELECT to_regclass('pg_temp.{name}') IS NOT NULL").scalar())
    return connection.exec_driver_sql("SELECT 1 FROM sqlite_temp_master WHERE name = ?", (name,)).first() is not None


@contextmanager
def _tables_allowed(session: Session) -> Iterator[None]:
    """PostgreSQL makes no table where nothing may be written, not even a connection's own: for once in a transaction that may."""
    session.rollback()
    _allow_writing(session, allowed=True)
    try:
        yield
        session.commit()
    finally:
        session.rollback()
        _allow_writing(session, allowed=False)


def _allow_writing(session: Session, *, allowed: bool) -> None:
    driver: Any = session.connection().connection.driver_connection
    driver.read_only = not allowed


def _shadow(connection: Connection, tables: Sequence[Made], own: str, *, copy: bool) -> None:
    kept = connection.exec_driver_sql("SELECT current_schema()").scalar() if connection.dialect.name == POSTGRES else "main"
    for table in tables:
        connection.exec_driver_sql(str(CreateTable(table).compile(connection)).replace("CREATE TABLE", "CREATE TEMP TABLE", 1))
        for index in table.indexes:
            made = str(CreateIndex(index).compile(connection))
            connection.exec_driver_sql(made.replace("INDEX ", "INDEX temp.", 1) if own == "temp" else made)
        if copy:
            columns = ", ".join(f'"{column.name}"' for column in table.columns)
            rows = f'INSERT INTO {own}.{table.name} ({columns}) SELECT {columns} FROM "{kept}".{table.name}'  # noqa: S608 - these are ours
            connection.exec_driver_sql(rows)
