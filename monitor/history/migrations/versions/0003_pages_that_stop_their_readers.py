"""When a page's bytes last came, and how often its reader had to be stopped."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.add_column(sa.Column("came_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("kills", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("killed_by", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("killed_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("address", schema=None) as batch_op:
        for column in ("killed_at", "killed_by", "kills", "came_at"):
            batch_op.drop_column(column)
