"""Watched pages by the words at their places, so that one which moved only beside what it says need not be read."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "sketch",
        sa.Column("address", sa.Integer(), nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["address"], ["address.id"], name="fk_sketch_address_address"),
        sa.PrimaryKeyConstraint("address"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("sketch")
