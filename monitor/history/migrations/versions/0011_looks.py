"""For how long each source was looked at without a gap, so that it can be said of a quiet one what its quiet rests on."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0009"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("bound", sa.Float(), nullable=False),
        sa.Column("newest", sa.Integer(), nullable=True),
        sa.Column("gap_from", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_look_source", "look", ["source"])
    op.create_index("ix_change_source", "change", ["source"])


def downgrade() -> None:
    """Undo."""
    op.drop_index("ix_change_source", table_name="change")
    op.drop_index("ix_look_source", table_name="look")
    op.drop_table("look")
