"""Indexes of some rows that have all of them in a database into which a folder was moved: what went could not come back."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

INDEXES = [
    ("ix_dismissal_now", "dismissal", ["entry", "subject"], "withdrawn_at IS NULL"),
    ("ix_listed_now", "listed", ["reader", "row"], "gone IS NULL"),
    ("ix_trouble_open", "trouble", ["about", "sign", "subject"], "over IS NULL"),
]


def upgrade() -> None:
    """Apply."""
    if op.get_context().dialect.name != "postgresql":
        return
    for name, table, columns, rows in INDEXES:
        op.drop_index(name, table)
        op.create_index(name, table, columns, unique=True, postgresql_where=sa.text(rows))


def downgrade() -> None:
    """Undo."""
