"""The SQL that differs between SQLite and PostgreSQL: insert-if-missing, and "did anything
change".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from monitor.store.columns import chunk_values
from monitor.store.session import Session

POSTGRES = "postgresql"


def is_postgres(session: Session) -> bool:
    """Return whether the session uses PostgreSQL."""
    return session.get_bind().dialect.name == POSTGRES


def insert_tuples(
    session: Session, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert many rows through the driver; existing rows stay as they are."""
    values = ", ".join("?" * len(columns))
    words = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values}) ON CONFLICT DO NOTHING"  # noqa: S608 - these are ours
    if rows:
        session.connection().exec_driver_sql(translate_query(session, words), list(rows))


def delete_tuples(
    session: Session, table: str, which: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Delete the rows `which` compare so with these values: `("place >=", "place <")`."""
    words = f"DELETE FROM {table} WHERE {' ? AND '.join(which)} ?"  # noqa: S608 - these are ours
    if rows:
        session.connection().exec_driver_sql(translate_query(session, words), list(rows))


def translate_query(session: Session, query: str) -> str:
    """A question in SQLite's words, for the driver itself, in the words of the session's engine."""
    return query.replace("?", "%s") if is_postgres(session) else query


def read_change_mark(session: Session) -> object:
    """Return a stamp that differs after any write by others; on PostgreSQL it may also differ
    without one.
    """
    asked = "SELECT pg_current_snapshot()::text" if is_postgres(session) else "PRAGMA data_version"
    ((state,),) = query_driver(session.connection(), [(asked, ())])
    return state


def query_driver(connection: Connection, asked: Iterable[tuple[str, Any]]) -> list[tuple[Any, ...]]:
    """Run a query through the driver itself: SQLAlchemy takes several times as long for a row.

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


def select_by_values(
    session: Session, query: str, values: Iterable[int | str], column: str = "id"
) -> Iterator[tuple[Any, ...]]:
    """The rows of a query that have one of these values in a column."""
    if is_postgres(session):
        for some in chunk_values(values):
            yield from query_driver(
                session.connection(), [(f"{query} WHERE {column} = ANY(%s)", (some,))]
            )
    else:  # one after the other it finds them sooner than together
        yield from query_driver(
            session.connection(), ((f"{query} WHERE {column} = ?", (value,)) for value in values)
        )


# The words of archived pages (`page_words`): a table of SQLite's FTS5, in PostgreSQL one with an
# index of its own.

LINES = {
    "sqlite": [
        (
            "CREATE VIRTUAL TABLE IF NOT EXISTS page_line USING fts5(sha256 UNINDEXED, words,"
            " tokenize='unicode61 remove_diacritics 0')"
        )
    ],
    "postgresql": [
        (
            "CREATE TABLE IF NOT EXISTS page_line (rowid BIGINT PRIMARY KEY, sha256 VARCHAR NOT"
            " NULL, words VARCHAR NOT NULL, vector TSVECTOR)"
        ),
        "CREATE INDEX IF NOT EXISTS ix_page_line_vector ON page_line USING gin (vector)",
    ],
}


# Views for datasette, DuckDB and other SQL users: made with the tables.

MADE = {
    "sqlite": Path(__file__).with_name("views.sql"),
    "postgresql": Path(__file__).with_name("views_postgres.sql"),
}
VIEW = re.compile(r"^CREATE VIEW (\w+) AS$[^;]+", re.MULTILINE)


def make_view_definitions(dialect: str = "sqlite") -> dict[str, str]:
    """Return the SQL of each view for an engine, by name."""
    return {made[1]: made[0] for made in VIEW.finditer(MADE[dialect].read_text(encoding="utf-8"))}


def make(connection: Connection) -> None:
    """Create the views, and the table of page words."""
    for made in (
        *LINES[connection.dialect.name],
        *make_view_definitions(connection.dialect.name).values(),
    ):
        connection.exec_driver_sql(made)
