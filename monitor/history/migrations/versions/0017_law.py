"""How the law stands, as it follows from the changes: it is made of them when the store is next opened to be written."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Apply."""
    op.create_index("ix_change_kind", "change", ["kind"])
    op.create_table(
        "rules",
        sa.Column("one", sa.Integer(), nullable=False),
        sa.Column("rules", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("one"),
    )
    op.create_table(
        "law",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("knot", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=True),
        sa.Column("latest", sa.Integer(), nullable=True),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("seen", sa.String(), nullable=True),
        sa.Column("known", sa.String(), nullable=True),
        sa.Column("published", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key", name="uq_law_key"),
    )
    op.create_table(
        "clue",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("law", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "word", "law"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("knot", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("begins", sa.String(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.Column("measure", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("published", sa.String(), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("anywhere", sa.Boolean(), nullable=False),
        sa.Column("since", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "stretch",
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("since", sa.String(), nullable=False),
        sa.Column("until", sa.String(), nullable=False),
        sa.Column("last", sa.String(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("part", "since"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_part_rank", "part", ["begins", "told", "key", "measure", "number"])
    op.create_index("ix_part_code", "part", ["code", "own"])
    for table, columns in {
        "law": ("knot", "first", "latest", "published"),
        "part": ("knot", "key", "authority", "since"),
        "stretch": ("last", "since"),
    }.items():
        for column in columns:
            op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    """Undo."""
    for table in ("stretch", "part", "clue", "law", "rules"):
        op.drop_table(table, if_exists=True)  # a later revision drops them
    op.drop_index("ix_change_kind", table_name="change")
