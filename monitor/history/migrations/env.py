"""Runs migrations on the connection that the history opened; there is no alembic.ini at run time."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import AutoString

from monitor.history import views
from monitor.history.columns import Instant
from monitor.history.tables import whole

connection = context.config.attributes["connection"]


def plain(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Write our column types as SQLAlchemy's own: a migration must not change when the code does."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime()"
    return "sa.String()" if kind == "type" and isinstance(item, AutoString) else False


context.configure(
    connection=connection,
    target_metadata=whole(),
    render_as_batch=True,
    render_item=plain,
    transactional_ddl=True,  # SQLite can: a process killed half-way leaves the tables as they were
)
with context.begin_transaction():
    views.drop(connection)
    context.run_migrations()
    views.make(connection)
