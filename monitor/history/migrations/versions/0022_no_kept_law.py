"""The law is told from all acts: what was kept of it followed from the changes, and goes."""

from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Apply."""
    for table in ("stretch", "part", "clue", "law", "rules"):
        op.drop_table(table, if_exists=True)


def downgrade() -> None:
    """Undo."""
