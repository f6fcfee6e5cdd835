"""Where the bodies of an archive lie that is in the database, as it is where many machines share it."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "body",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("put_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_body"),
    )
    op.create_index("ix_body_put_at", "body", ["put_at"])
    op.create_table(
        "piece",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["body.sha256"], name="fk_piece_sha256_body"),
        sa.PrimaryKeyConstraint("sha256", "number", name="pk_piece"),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("piece")
    op.drop_table("body")
