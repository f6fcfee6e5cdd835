"""The revisions of the tables: which is the newest, and how older tables come there."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from monitor.errors import StoreError

if TYPE_CHECKING:
    from alembic import config as alembic_config

MIGRATIONS = Path(__file__).parent / "migrations"
REVISIONS = frozenset(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
NEWEST = max(REVISIONS)


def config(connection: Connection) -> "alembic_config.Config":
    """How revisions are asked for."""
    from alembic import config as alembic_config  # noqa: PLC0415 - few upgrade

    asked = alembic_config.Config()
    asked.set_main_option("script_location", str(MIGRATIONS))
    asked.attributes["connection"] = connection
    return asked


def migrate(connection: Connection, revision: str = "head") -> None:
    """Bring the tables to a revision, within the transaction of this connection or one that begins with it."""
    from alembic import command  # noqa: PLC0415 - few upgrade

    command.upgrade(config(connection), revision)


def stamp(connection: Connection) -> None:
    """Say that the tables, which were just made, are at the newest revision."""
    key = "version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)"
    connection.exec_driver_sql(f"CREATE TABLE alembic_version ({key})")
    connection.exec_driver_sql(f"INSERT INTO alembic_version (version_num) VALUES ('{NEWEST}')")  # noqa: S608 - our own


def of_a_newer(called: object, revision: str) -> StoreError:
    """The tables are of a revision that we don't know."""
    known = f"written by a newer version (revision {revision}, this one knows {NEWEST})"
    return StoreError(f"{called}: {known}; upgrade the monitor")


def of_an_older(called: object) -> StoreError:
    """The tables are of an earlier revision, and may only be read."""
    way = "a command that writes, such as `monitor poll`, brings it up to date, or a copy of it where it may be written"
    return StoreError(f"{called}: from an older version; {way}")
