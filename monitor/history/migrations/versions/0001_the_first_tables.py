"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.Column("start", sa.Boolean(), nullable=False),
        sa.Column("baseline", sa.Boolean(), nullable=False),
        sa.Column("owed", sa.Boolean(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("first_read", sa.DateTime(), nullable=True),
        sa.Column("due_at", sa.DateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("etag", sa.String(), nullable=True),
        sa.Column("last_modified", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["parent"], ["address.id"], name=op.f("fk_address_parent_address")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address")),
        sa.UniqueConstraint("identity", "reader", name=op.f("uq_address_identity")),
    )
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.create_index("ix_address_due", ["source", "due_at"], unique=False)

    op.create_table(
        "dismissal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("entry_name", sa.String(), nullable=False),
        sa.Column("subject_name", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_by", sa.String(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dismissal")),
    )
    with op.batch_alter_table("dismissal", schema=None) as batch_op:
        batch_op.create_index("ix_dismissal_now", ["entry", "subject"], unique=True, sqlite_where=sa.text("withdrawn_at IS NULL"))

    op.create_table(
        "event",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_authority"), ["authority"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_opened_at"), ["opened_at"], unique=False)

    op.create_table(
        "listed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("row", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("first_seen", sa.DateTime(), nullable=False),
        sa.Column("last_seen", sa.DateTime(), nullable=True),
        sa.Column("gone", sa.DateTime(), nullable=True),
        sa.Column("held_since", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listed")),
        sa.UniqueConstraint("reader", "row", "first_seen", name=op.f("uq_listed_reader")),
    )
    with op.batch_alter_table("listed", schema=None) as batch_op:
        batch_op.create_index("ix_listed_now", ["reader", "row"], unique=True, sqlite_where=sa.text("gone IS NULL"))

    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
        sa.UniqueConstraint("key", "url", name=op.f("uq_reading_key")),
    )
    op.create_table(
        "register",
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("published", sa.String(), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("held_sha256", sa.String(), nullable=True),
        sa.Column("asks", sa.Boolean(), nullable=False),
        sa.Column("remarks", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("reader", name=op.f("pk_register")),
    )
    op.create_table(
        "screened",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_screened")),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("first_ok", sa.DateTime(), nullable=True),
        sa.Column("last_poll", sa.DateTime(), nullable=True),
        sa.Column("last_ok", sa.DateTime(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(), nullable=True),
        sa.Column("since", sa.DateTime(), nullable=True),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("hold", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
    )
    op.create_table(
        "touch",
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("by", "target", name=op.f("pk_touch")),
    )
    with op.batch_alter_table("touch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_touch_target"), ["target"], unique=False)

    op.create_table(
        "watched",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_watched")),
    )
    op.create_table(
        "act",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=True),
        sa.Column("first_seen", sa.DateTime(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["event.key"], name=op.f("fk_act_event_event")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_act")),
    )
    with op.batch_alter_table("act", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_act_event"), ["event"], unique=False)

    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=True),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("touches", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["event.key"], name=op.f("fk_change_event_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_change_event"), ["event"], unique=False)
        batch_op.create_index(batch_op.f("ix_change_key"), ["key"], unique=False)

    op.create_table(
        "alteration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("row", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("before", sa.LargeBinary(), nullable=True),
        sa.Column("after", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["change"], ["change.id"], name=op.f("fk_alteration_change_change")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alteration")),
    )
    with op.batch_alter_table("alteration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alteration_change"), ["change"], unique=False)
        batch_op.create_index("ix_alteration_row", ["reader", "row", "at"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("destination", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=True),
        sa.Column("change", sa.Integer(), nullable=True),
        sa.Column("in_thread", sa.Boolean(), nullable=False),
        sa.Column("mentions", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("detour", sa.String(), nullable=True),
        sa.Column("digest", sa.Integer(), nullable=True),
        sa.Column("ahead_of", sa.Integer(), nullable=True),
        sa.Column("problem", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("doubtful", sa.Boolean(), nullable=False),
        sa.Column("not_before", sa.DateTime(), nullable=True),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("receipt", sa.String(), nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["change"], ["change.id"], name=op.f("fk_outbox_change_change")),
        sa.ForeignKeyConstraint(["digest"], ["outbox.id"], name=op.f("fk_outbox_digest_outbox")),
        sa.ForeignKeyConstraint(["event"], ["event.key"], name=op.f("fk_outbox_event_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_event"), ["event"], unique=False)
        batch_op.create_index("ix_outbox_state", ["destination", "state"], unique=False)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_state")
        batch_op.drop_index(batch_op.f("ix_outbox_event"))

    op.drop_table("outbox")
    with op.batch_alter_table("alteration", schema=None) as batch_op:
        batch_op.drop_index("ix_alteration_row")
        batch_op.drop_index(batch_op.f("ix_alteration_change"))

    op.drop_table("alteration")
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_change_key"))
        batch_op.drop_index(batch_op.f("ix_change_event"))
        batch_op.drop_index(batch_op.f("ix_change_at"))

    op.drop_table("change")
    with op.batch_alter_table("act", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_act_event"))

    op.drop_table("act")
    op.drop_table("watched")
    with op.batch_alter_table("touch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_touch_target"))

    op.drop_table("touch")
    op.drop_table("source")
    op.drop_table("screened")
    op.drop_table("register")
    op.drop_table("reading")
    with op.batch_alter_table("listed", schema=None) as batch_op:
        batch_op.drop_index("ix_listed_now", sqlite_where=sa.text("gone IS NULL"))

    op.drop_table("listed")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_opened_at"))
        batch_op.drop_index(batch_op.f("ix_event_authority"))

    op.drop_table("event")
    with op.batch_alter_table("dismissal", schema=None) as batch_op:
        batch_op.drop_index("ix_dismissal_now", sqlite_where=sa.text("withdrawn_at IS NULL"))

    op.drop_table("dismissal")
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.drop_index("ix_address_due")

    op.drop_table("address")
