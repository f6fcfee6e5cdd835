"""What a person had done with a message owed, messages that are said again on purpose, and how the ways out are doing."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("again_of", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("fk_outbox_again_of", "outbox", ["again_of"], ["id"])
    op.create_table(
        "dealing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["message"], ["outbox.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_dealing_message", "dealing", ["message"])
    op.create_table(
        "closed",
        sa.Column("destination", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("destination"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("closed")
    op.drop_index("ix_dealing_message", table_name="dealing")
    op.drop_table("dealing")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_constraint("fk_outbox_again_of", type_="foreignkey")
        batch_op.drop_column("again_of")
