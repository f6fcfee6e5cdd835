"""What several processes that work on one history hold between them."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Apply."""
    op.create_table("courier", sa.Column("destination", sa.String(), primary_key=True))
    op.create_table("host", sa.Column("name", sa.String(), primary_key=True), sa.Column("opens", sa.Float(), nullable=False))
    op.create_table(
        "worker",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("began", sa.DateTime(), nullable=False),
        sa.Column("seen", sa.DateTime(), nullable=False),
        sa.Column("queues", sa.String(), nullable=False),
        sa.Column("doing", sa.String(), nullable=False),
        sa.Column("schedules", sa.Boolean(), nullable=False),
    )


def downgrade() -> None:
    """Undo."""
    for table in ("worker", "host", "courier"):
        op.drop_table(table)
