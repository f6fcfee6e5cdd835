"""Sources that people have muted: who, until when and why. Bodies that prove something and that no other row names."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "mute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_by", sa.String(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_mute_source", "mute", ["source"])
    op.create_table("proof", sa.Column("sha256", sa.String(), nullable=False), sa.PrimaryKeyConstraint("sha256"))
    for table in ("change", "reading"):
        op.create_index(f"ix_{table}_sha256", table, ["sha256"])
    with op.batch_alter_table("store", schema=None) as batch_op:
        batch_op.add_column(sa.Column("proofs_since", sa.DateTime(), nullable=True))


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("store", schema=None) as batch_op:
        batch_op.drop_column("proofs_since")
    for table in ("change", "reading"):
        op.drop_index(f"ix_{table}_sha256", table_name=table)
    op.drop_table("proof")
    op.drop_index("ix_mute_source", table_name="mute")
    op.drop_table("mute")
