"""A store of 0.2.0, in a folder or a database: what followed from other tables goes, and what was muted is in one table."""

from sqlalchemy import Connection

from monitor.store.mutes import TROUBLES
from monitor.store.tables import AddressRow, Table

# What was kept of the law, an index of names, which are read again when somebody asks for one, and a table that nobody used.
GONE = ("stretch", "part", "clue", "law", "rules", "pack", "segment", "renamed", "naming", "courier", "mute", "silence", "sketch")
MUTED = f"""
CREATE TABLE muted AS
SELECT id, '{TROUBLES}' AS about, source AS name, until, CAST(NULL AS BIGINT) AS person, "by", reason, at,
       CAST(NULL AS BIGINT) AS withdrawn_person, withdrawn_by, withdrawn_at FROM mute
UNION ALL SELECT id, about, name, until, person, '', reason, at, withdrawn_by, NULL, withdrawn_at FROM silence
"""  # noqa: S608 - our own
COLUMNS = 'about, name, until, person, "by", reason, at, withdrawn_person, withdrawn_by, withdrawn_at'
MUTES = f"INSERT INTO mute ({COLUMNS}) SELECT {COLUMNS} FROM muted ORDER BY about, id"  # noqa: S608 - our own


def upgrade(connection: Connection) -> None:
    """Bring the tables up to date."""
    connection.exec_driver_sql(MUTED)
    kind = AddressRow.__table__.c.sketch.type.compile(connection.dialect)
    connection.exec_driver_sql(f"ALTER TABLE address ADD COLUMN sketch {kind}")  # a page is read again: its sketch held for a day
    for table in GONE:
        connection.exec_driver_sql(f"DROP TABLE {table}")
    Table.metadata.create_all(connection)
    connection.exec_driver_sql(MUTES)
    connection.exec_driver_sql("DROP TABLE muted")
