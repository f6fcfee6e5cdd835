"""Which store a database belongs to, and how far it has come."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "store",
        sa.Column("one", sa.Integer(), nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("sendings", sa.Integer(), nullable=False),
        sa.Column("doubted_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("one", name=op.f("pk_store")),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("store")
