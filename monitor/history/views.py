"""Views of what is known, for datasette, DuckDB and whoever speaks SQL: made with the tables, dropped before these change."""

import re
from pathlib import Path

from sqlalchemy import Connection

MADE = Path(__file__).with_suffix(".sql")
VIEW = re.compile(r"^CREATE VIEW (\w+) AS$[^;]+", re.MULTILINE)


def named() -> dict[str, str]:
    """What makes each view, by its name."""
    return {made[1]: made[0] for made in VIEW.finditer(MADE.read_text(encoding="utf-8"))}


def drop(connection: Connection) -> None:
    """Take the views away: SQLite renames no table for as long as a view speaks of one that is not there."""
    for name in named():
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")


def make(connection: Connection) -> None:
    """Make them as they are by now."""
    for made in named().values():
        connection.exec_driver_sql(made)
