"""Compares the schema of a database that may be anybody's with what this version makes, or a version that it can upgrade."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from monitor.errors import StoreError
from monitor.history import upgrades
from monitor.history.disk_errors import BROKEN_CODES
from monitor.history.engine import make_tables

STATISTICS = re.compile(r"CREATE TABLE sqlite_stat[1-4]\([a-z,]+\)")  # what ANALYZE makes: numbers for the planner of queries
LITERAL_DEFAULT = re.compile(r"DEFAULT \(('[^']*')\)")  # only a column that was added later has the brackets

Schema = dict[tuple[str, str, str], tuple[str, ...]]
"""By kind, name and table what each part of a schema is made by; where several say they are the same part, by all of it."""


@contextmanager
def open_untrusted(path: Path, called: str, way: str) -> Iterator[sqlite3.Connection]:
    """A database that may hold anything, once it is seen to be a whole history; nothing is written, or left beside it.

    An error names it as it is `called`, and the `way` out.

    Raises:
        StoreError: it is damaged, or has more, less or others than a history has.
    """
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "query_only=ON"):
                connection.execute(f"PRAGMA {pragma}")
            _refuse_foreign(connection, called, way)
            _refuse_damaged(connection, called, way)  # last: a check runs what stands in the schema
            yield connection
    except sqlite3.Error as error:
        verdict = "damaged" if getattr(error, "sqlite_errorcode", 0) & 0xFF in BROKEN_CODES else "can't be read"
        raise StoreError(f"{called}: {path.name} is {verdict} ({error}); {way}") from error


def _refuse_damaged(connection: sqlite3.Connection, called: str, way: str) -> None:
    """Let SQLite look at every page.

    Raises:
        StoreError: it finds a fault.
    """
    (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok":
        raise StoreError(f"{called}: damaged ({verdict}); {way}")


def _refuse_foreign(connection: sqlite3.Connection, called: str, way: str) -> None:
    """See that a history has exactly the tables, indexes and views of its version, and no triggers.

    Raises:
        StoreError: it has more, less or others, or is of a version that we don't know.
    """
    found = _schema(connection)
    revision = _revision(connection, found)
    if revision <= upgrades.NEWEST and revision not in {upgrades.NEWEST, *upgrades.RELEASED}:
        raise StoreError(f"{called}: holds no history of this monitor; {way}")
    ours = _made(upgrades.older_version(called, revision))
    for part in sorted(found.keys() | ours.keys()):
        kind, name, _ = part
        if part not in ours:
            raise StoreError(f"{called}: has {_article(kind)} that is not the monitor's own ({name[:60]!r}); {way}")
        if part not in found:
            raise StoreError(f"{called}: lacks the {kind} {name}; {way}")
        if found[part] != ours[part]:
            raise StoreError(f"{called}: its {kind} {name} is not as the monitor makes it; {way}")


def _article(kind: str) -> str:
    return f"{'an' if kind == 'index' else 'a'} {kind[:60]}"


def _revision(connection: sqlite3.Connection, found: Schema) -> str:
    """The revision that a history says it has; empty where it says none, or more than one."""
    if found.get(("table", "alembic_version", "alembic_version"), ("",))[0] != "CREATE TABLE alembic_version":
        return ""
    rows = connection.execute("SELECT version_num FROM alembic_version LIMIT 2").fetchall()
    return str(rows[0][0]) if len(rows) == 1 else ""


def _made(older: str | None) -> Schema:
    """The schema of an older version, else of this one, made in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    with closing(connection):
        if older:
            connection.executescript(upgrades.made_by(older))
        else:
            make_tables(create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool))
        return _schema(connection)


def _schema(connection: sqlite3.Connection) -> Schema:
    schema: Schema = {}
    for kind, name, table, made in connection.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master"):
        if not STATISTICS.fullmatch(str(made)):  # SQLite goes by these words alone, whatever kind and name stand beside them
            part = str(kind), str(name), str(table)
            schema[part] = (*schema.get(part, ()), *_normalized(part[0], part[1], str(made)))
    return schema


def _normalized(kind: str, name: str, made: str) -> tuple[str, ...]:
    """What makes a part, without what differs by how it was made: of a table the order of its columns and constraints."""
    if kind != "table":
        return (" ".join(made.split()),)
    head, _, rest = made.partition("(")
    inside, _, tail = rest.rpartition(")")
    pieces, depth = [""], 0
    for sign in inside:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth:
            pieces.append("")
        else:
            pieces[-1] += sign
    pieces = [LITERAL_DEFAULT.sub(r"DEFAULT \1", " ".join(piece.split())) for piece in pieces]
    return (" ".join(head.replace(f'"{name}"', name).split()), *sorted(pieces), tail.strip())
