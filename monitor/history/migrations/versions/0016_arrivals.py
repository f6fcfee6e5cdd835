"""How each body came that proves something: when, and by which answers. The views for analysis are made after this."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "arrival",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("hops", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "at"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("arrival")
