"""What is normal for a source, which acts it shows, and what is wrong with it for how long."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.add_column(sa.Column("habits", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("examined_at", sa.DateTime(), nullable=True))
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.add_column(sa.Column("entries", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("same_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("lies", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "sight",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("baseline", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("source", "key"),
    )
    op.create_index("ix_sight_series", "sight", ["series", "seen_at"])
    op.create_table(
        "trouble",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("sign", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("paths", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("over", sa.DateTime(), nullable=True),
        sa.Column("brought", sa.Integer(), nullable=False),
        sa.Column("edits", sa.Integer(), nullable=False),
        sa.Column("says", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_trouble_open", "trouble", ["about", "sign", "subject"], unique=True, sqlite_where=sa.text("over IS NULL"))
    op.create_index("ix_trouble_about", "trouble", ["about", "sign"])
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("trouble", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("fk_outbox_trouble", "trouble", ["trouble"], ["id"])
        batch_op.create_index("ix_outbox_trouble", ["trouble"])


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_trouble")
        batch_op.drop_constraint("fk_outbox_trouble", type_="foreignkey")
        batch_op.drop_column("trouble")
    op.drop_table("trouble")
    op.drop_table("sight")
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.drop_column("lies")
        batch_op.drop_column("same_at")
        batch_op.drop_column("entries")
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.drop_column("examined_at")
        batch_op.drop_column("habits")
