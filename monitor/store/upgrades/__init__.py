"""How the tables of an earlier version become those of this one. A new store is made from `tables.py` itself.

Two versions left stores behind. Until the next is released, a change of the tables is made in `tables.py` and in the two modules
here; then what it left is a third. Each runs in one transaction: cut short it leaves all as it was, and is made when the store is
opened next.
"""

import re
from importlib import import_module
from importlib.resources import files

from sqlalchemy import Connection

from monitor.errors import StoreError
from monitor.store import views

NEWEST = "0030"
RELEASED = {"0001": "0.1.0", "0021": "0.2.0"}  # what stands in the stores of the versions before, in a table of a tool of theirs


class OlderStore(StoreError):
    """What an earlier version left is to be read as it is: most who only read take a copy."""

    def __init__(self, called: object) -> None:
        super().__init__(f"{called}: from an older version; a command that writes, such as `monitor poll`, brings it up to date")


def find_older_version(called: object, revision: str) -> str | None:
    """Which version left what is `called` so; None where it is of this one.

    Raises:
        StoreError: it is of a newer one, or of none that was released.
    """
    if revision > NEWEST:
        known = f"written by a newer version (revision {revision}, this one knows {NEWEST})"
        raise StoreError(f"{called}: {known}; upgrade the monitor")
    if revision != NEWEST and revision not in RELEASED:
        known = f"written by a version that was never released (revision {revision})"
        raise StoreError(f"{called}: {known}; put a backup by {' or '.join(RELEASED.values())} back")
    return RELEASED.get(revision)


def load_old_tables(version: str) -> str:
    """What made the tables, indexes and views of an earlier version, in the words of SQLite."""
    return files(__name__).joinpath(f"{version}.sql").read_text(encoding="utf-8")


def upgrade(connection: Connection) -> None:
    """Bring the tables of an earlier version up to date, within the transaction of this connection."""
    (revision,) = connection.exec_driver_sql("SELECT version_num FROM alembic_version").one()
    if (version := RELEASED.get(revision)) is None:  # somebody else was first
        return
    for name in re.findall(r"^CREATE VIEW (\w+)", load_old_tables("0.2.0"), re.MULTILINE):
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")  # no column changes for as long as a view speaks of it
    import_module(f"{__name__}.from_{version.replace('.', '_')}").upgrade(connection)
    views.make(connection)
    connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{NEWEST}'")  # noqa: S608 - our own


def stamp_newest_revision(connection: Connection) -> None:
    """Say that the tables, which were just made, are of this version. Earlier ones know by this that they can't read them."""
    key = "version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)"
    connection.exec_driver_sql(f"CREATE TABLE alembic_version ({key})")
    connection.exec_driver_sql(f"INSERT INTO alembic_version (version_num) VALUES ('{NEWEST}')")  # noqa: S608 - our own
