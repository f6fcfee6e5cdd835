"""Who handed in the page that brought a change."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Apply."""
    op.add_column("change", sa.Column("handed", sa.String(), nullable=True))


def downgrade() -> None:
    """Undo."""
    op.drop_column("change", "handed")
