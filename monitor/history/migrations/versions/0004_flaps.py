"""How registers and acts came and went, so that what alternates is told once."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Apply."""
    op.add_column("register", sa.Column("flaps", sa.String(), nullable=True))
    op.add_column("reading", sa.Column("flaps", sa.String(), nullable=True))


def downgrade() -> None:
    """Undo."""
    op.drop_column("reading", "flaps")
    op.drop_column("register", "flaps")
