"""What events are about, so that those that can match are found without reading all recent ones."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

RECENT = timedelta(days=30)  # older ones are found by nobody


def upgrade() -> None:
    """Apply."""
    table = op.create_table(
        "mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["event.key"], name=op.f("fk_mark_event_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark")),
    )
    with op.batch_alter_table("mark", schema=None) as batch_op:
        batch_op.create_index("ix_mark_about", ["about", "name", "kind", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_mark_event"), ["event"], unique=False)
    if rows := list(_recent()):
        op.bulk_insert(table, rows)


def _recent() -> Iterator[dict[str, Any]]:
    """The marks of the events that were opened lately."""
    since = datetime.now(UTC).replace(tzinfo=None) - RECENT
    event = sa.table("event", sa.column("key"), sa.column("opened_at", sa.DateTime()))
    act = sa.table("act", sa.column("event"), sa.column("fact"))
    change = sa.table("change", sa.column("event"), sa.column("fact"), sa.column("kind"))
    acts = sa.select(event.c.key, event.c.opened_at, sa.literal("act"), act.c.fact).join_from(
        event, act, act.c.event == event.c.key
    )
    seen = sa.select(event.c.key, event.c.opened_at, change.c.kind, change.c.fact).join_from(
        event, change, change.c.event == event.c.key
    )
    seen = seen.where(change.c.kind.in_(("reported", "edition")))
    kinds = {"act": "act", "reported": "report", "edition": "edition"}
    for query in (acts, seen):
        for key, at, kind, text in op.get_bind().execute(query.where(event.c.opened_at >= since)).all():
            for register, name in sorted(set(_marks(kinds[kind], json.loads(text)))):
                yield {"event": key, "kind": kinds[kind], "about": register, "name": name, "at": at}


def _marks(kind: str, fact: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if kind == "edition":
        yield from ((fact["register"], _plain(change["name"])) for change in fact.get("changes", ()))
        return
    mentions = fact.get("mentions", {})
    yield from ((key, "") for key in mentions.get("keys", ()))
    for part in fact.get("measures", [{**mentions, "register": register} for register in mentions.get("registers", ())]):
        if part.get("register"):
            names = [_plain(name) for entity in part.get("entities", ()) for name in entity["names"].values()]
            yield from ((part["register"], name) for name in ("", *names))


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("mark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mark_event"))
        batch_op.drop_index("ix_mark_about")

    op.drop_table("mark")
