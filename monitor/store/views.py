"""Views of what is known, for datasette, DuckDB and whoever speaks SQL: made with the tables, dropped before these change."""

import re
from pathlib import Path

from sqlalchemy import Connection

MADE = {"sqlite": Path(__file__).with_suffix(".sql"), "postgresql": Path(__file__).with_name("views_postgres.sql")}
VIEW = re.compile(r"^CREATE VIEW (\w+) AS$[^;]+", re.MULTILINE)


def make_view_definitions(dialect: str = "sqlite") -> dict[str, str]:
    """What makes each view in the words of an engine, by its name."""
    return {made[1]: made[0] for made in VIEW.finditer(MADE[dialect].read_text(encoding="utf-8"))}


def drop(connection: Connection) -> None:
    """Take the views away: no column changes for as long as a view speaks of it."""
    for name in make_view_definitions():
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")


def make(connection: Connection) -> None:
    """Make them as they are by now."""
    for made in make_view_definitions(connection.dialect.name).values():
        connection.exec_driver_sql(made)
