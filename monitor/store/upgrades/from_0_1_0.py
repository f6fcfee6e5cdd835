"""A store of 0.1.0, always a folder: all its rows go into tables made anew, and tell what later versions kept beside them."""

from datetime import UTC, datetime

from sqlalchemy import Connection, inspect, select

from monitor.diff import ChangeKind
from monitor.model import edition_from_json, fact_from_json
from monitor.store import marks
from monitor.store.session import Session
from monitor.store.tables import ActRow, ChangeRow, EventRow, Table

# A change that no page brought had empty words and the time of recording for its evidence.
WITHOUT_PAGE = "UPDATE change SET url = NULL, sha256 = NULL, fetched_at = NULL WHERE kind = 'watch'"
# What was never owed to anybody as an act was there when its source was first read: that stood only in the keys of messages.
BASELINES = """
UPDATE act SET baseline = 1
WHERE "key" NOT IN (SELECT substr("key", 1, instr("key" || ':act', ':act') - 1) FROM outbox WHERE kind = 'act')
"""


def upgrade(connection: Connection) -> None:
    """Bring the tables up to date."""
    known = inspect(connection)
    columns = {name: [column["name"] for column in known.get_columns(name)] for name in known.get_table_names()}
    tables = [table.name for table in Table.metadata.sorted_tables if table.name in columns]
    for name in [index["name"] for table in tables for index in known.get_indexes(table)]:
        connection.exec_driver_sql(f'DROP INDEX "{name}"')
    for table in tables:
        connection.exec_driver_sql(f'ALTER TABLE "{table}" RENAME TO "old_{table}"')
    Table.metadata.create_all(connection)
    for table in tables:
        named = ", ".join(f'"{name}"' for name in columns[table])
        connection.exec_driver_sql(f'INSERT INTO "{table}" ({named}) SELECT {named} FROM "old_{table}"')  # noqa: S608 - names of ours
    for table in reversed(tables):
        connection.exec_driver_sql(f'DROP TABLE "old_{table}"')
    connection.exec_driver_sql(WITHOUT_PAGE)
    connection.exec_driver_sql(BASELINES)
    with Session(connection) as session:
        _mark(session, datetime.now(UTC))
        session.flush()


def _mark(session: Session, now: datetime) -> None:
    """Let the events that were opened lately be found by what they are about; older ones are looked for by nobody."""
    lately = EventRow.opened_at >= now - marks.AHEAD
    for act in session.scalars(select(ActRow).join(EventRow).where(lately)).all():
        marks.keep(session, act.event or "", fact_from_json(act.fact), now)
    told = ChangeRow.kind.in_((ChangeKind.REPORTED, ChangeKind.EDITION))
    for change in session.scalars(select(ChangeRow).join(EventRow).where(lately, told)).all():
        read = edition_from_json if change.kind is ChangeKind.EDITION else fact_from_json
        marks.keep(session, change.event or "", read(change.fact), now)
