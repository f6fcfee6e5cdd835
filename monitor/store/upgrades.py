"""Upgrade the tables of an earlier version.

A new store is made from `tables.py` itself. Two versions left stores behind. Until the next
release, a change of the tables is made in `tables.py` and in all steps here; then a further step
begins. Each step is one transaction: if interrupted it changes nothing, and runs at the next
opening.
"""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, select

from monitor.diff import ChangeKind
from monitor.errors import StoreError
from monitor.store import acts, dialect
from monitor.store.columns import Table
from monitor.store.mutes import TROUBLES
from monitor.store.session import Session
from monitor.store.tables import (
    ActRow,
    AddressRow,
    ChangeRow,
    EventRow,
    HandlingRow,
    ListedRow,
    OutboxRow,
)

NEWEST = "0031"
# the table of an older tool, in stores of earlier versions
RELEASED = {"0001": "0.1.0", "0021": "0.2.0"}


class OlderStore(StoreError):
    """An earlier version's store is read as it is: most readers take a copy."""

    def __init__(self, called: object) -> None:
        super().__init__(
            f"{called}: from an older version; a command that writes, such as `monitor poll`,"
            " brings it up to date"
        )


def find_older_version(called: object, revision: str) -> str | None:
    """Return the version that left the store `called` so; None for this version.

    Raises:
        StoreError: it is of a newer version, or of none that was released.
    """
    if revision > NEWEST:
        known = f"written by a newer version (revision {revision}, this one knows {NEWEST})"
        raise StoreError(f"{called}: {known}; upgrade the monitor")
    if revision != NEWEST and revision not in RELEASED:
        known = f"written by a version that was never released (revision {revision})"
        raise StoreError(
            f"{called}: {known}; put a backup by {' or '.join(RELEASED.values())} back"
        )
    return RELEASED.get(revision)


def load_old_tables(version: str) -> str:
    """Load the SQL of an earlier version's tables, indexes and views, for SQLite."""
    return Path(__file__).with_name(f"tables_{version}.sql").read_text(encoding="utf-8")


def upgrade(connection: Connection) -> None:
    """Bring the tables of an earlier version up to date, within the transaction of this
    connection.
    """
    (revision,) = connection.exec_driver_sql("SELECT version_num FROM alembic_version").one()
    if (version := RELEASED.get(revision)) is None:  # somebody else was first
        return
    for name in re.findall(r"^CREATE VIEW (\w+)", load_old_tables("0.2.0"), re.MULTILINE):
        # a column cannot change while a view uses it
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")
    STEPS[version](connection)
    dialect.make(connection)
    connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{NEWEST}'")  # noqa: S608 - our own


def stamp_newest_revision(connection: Connection) -> None:
    """Mark the new tables as of this version. Earlier versions then know that they can't read
    them.
    """
    key = (
        "version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)"
    )
    connection.exec_driver_sql(f"CREATE TABLE alembic_version ({key})")
    connection.exec_driver_sql(f"INSERT INTO alembic_version (version_num) VALUES ('{NEWEST}')")  # noqa: S608 - our own


# A store of 0.1.0, always a folder: all its rows go into new tables, and fill the columns of later
# versions.

# Rows of registers get their details at the next read, whatever its bytes.
UNREAD_AGAIN = """
UPDATE address SET sha256 = NULL, etag = NULL, last_modified = NULL
WHERE source IN (SELECT source FROM register)
"""
# A change that no page brought had empty words and the time of recording for its evidence.
WITHOUT_PAGE = "UPDATE change SET url = NULL, sha256 = NULL, fetched_at = NULL WHERE kind = 'watch'"
# An act without a message of its own was in the baseline: only message keys showed that.
BASELINES = """
UPDATE act SET baseline = 1
WHERE "key" NOT IN (SELECT substr("key", 1, instr("key" || ':act', ':act') - 1) FROM outbox WHERE kind = 'act')
"""


def _upgrade_0_1_0(connection: Connection) -> None:
    """Bring the tables up to date."""
    known = inspect(connection)
    columns = {
        name: [column["name"] for column in known.get_columns(name)]
        for name in known.get_table_names()
    }
    tables = [table.name for table in Table.metadata.sorted_tables if table.name in columns]
    for name in [index["name"] for table in tables for index in known.get_indexes(table)]:
        connection.exec_driver_sql(f'DROP INDEX "{name}"')
    for table in tables:
        connection.exec_driver_sql(f'ALTER TABLE "{table}" RENAME TO "old_{table}"')
    Table.metadata.create_all(connection)
    for table in tables:
        named = ", ".join(f'"{name}"' for name in columns[table])
        connection.exec_driver_sql(
            f'INSERT INTO "{table}" ({named}) SELECT {named} FROM "old_{table}"'  # noqa: S608
        )
    for table in reversed(tables):
        connection.exec_driver_sql(f'DROP TABLE "old_{table}"')
    connection.exec_driver_sql(WITHOUT_PAGE)
    connection.exec_driver_sql(BASELINES)
    connection.exec_driver_sql(UNREAD_AGAIN)
    with Session(connection) as session:
        _index_recent_events(session, datetime.now(UTC))
        session.flush()


def _index_recent_events(session: Session, now: datetime) -> None:
    """Index recent events by subject; nobody searches older ones."""
    lately = EventRow.opened_at >= now - acts.AHEAD
    for act in session.scalars(select(ActRow).join(EventRow).where(lately)).all():
        acts.index_event(session, act.event or "", acts.decode_act(act.fact), now)
    told = ChangeRow.kind.in_((ChangeKind.REPORTED, ChangeKind.EDITION))
    for change in session.scalars(select(ChangeRow).join(EventRow).where(lately, told)).all():
        acts.index_event(session, change.event or "", acts.decode_found(change), now)


# A store of 0.2.0, in a folder or a database: derived tables go, and mutes move into one table.

LISTED: Any = ListedRow.__table__
# Derived law and the index of names, both rebuilt on first use, and an unused table.
GONE = (
    "stretch",
    "part",
    "clue",
    "law",
    "rules",
    "pack",
    "segment",
    "renamed",
    "naming",
    "courier",
    "mute",
    "silence",
    "sketch",
)
ADDED = (
    AddressRow.__table__.c.sketch,
    ActRow.__table__.c.machine,
    HandlingRow.__table__.c.proposal,
    OutboxRow.__table__.c.said,
    *(LISTED.c[name] for name in ("details", "starts", "ends")),
)
MUTED = f"""
CREATE TABLE muted AS
SELECT id, '{TROUBLES}' AS about, source AS name, until, CAST(NULL AS BIGINT) AS person, "by", reason, at,
       CAST(NULL AS BIGINT) AS withdrawn_person, withdrawn_by, withdrawn_at FROM mute
UNION ALL SELECT id, about, name, until, person, '', reason, at, withdrawn_by, NULL, withdrawn_at FROM silence
"""  # noqa: S608 - our own
COLUMNS = (
    'about, name, until, person, "by", reason, at, withdrawn_person, withdrawn_by, withdrawn_at'
)
MUTES = f"INSERT INTO mute ({COLUMNS}) SELECT {COLUMNS} FROM muted ORDER BY about, id"  # noqa: S608 - our own


def _upgrade_0_2_0(connection: Connection) -> None:
    """Bring the tables up to date."""
    connection.exec_driver_sql(MUTED)
    _add_columns(connection)  # sketches are dropped: they are valid for a day
    for table in GONE:
        connection.exec_driver_sql(f"DROP TABLE {table}")
    Table.metadata.create_all(connection)
    connection.exec_driver_sql(MUTES)
    connection.exec_driver_sql("DROP TABLE muted")
    for index in LISTED.indexes:
        index.create(connection, checkfirst=True)
    connection.exec_driver_sql(UNREAD_AGAIN)


def _add_columns(connection: Connection) -> None:
    for column in ADDED:
        kind = column.type.compile(connection.dialect)
        empty = "" if column.nullable else " DEFAULT '' NOT NULL"
        connection.exec_driver_sql(
            f"ALTER TABLE {column.table.name} ADD COLUMN {column.name} {kind}{empty}"
        )


STEPS = {"0.1.0": _upgrade_0_1_0, "0.2.0": _upgrade_0_2_0}
