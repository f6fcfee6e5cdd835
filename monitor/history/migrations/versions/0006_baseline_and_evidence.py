"""Which acts were there when their source was first read; and a change that no page brought has no page's evidence."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

TEXT, INSTANT = sa.String(), sa.DateTime()
EVIDENCE: dict[str, sa.types.TypeEngine[Any]] = {"url": TEXT, "sha256": TEXT, "fetched_at": INSTANT}
WITHOUT_PAGE = "watch"  # the kind of the only changes that had empty words and the time of recording for their evidence


def upgrade() -> None:
    """Apply."""
    op.add_column("act", sa.Column("baseline", sa.Boolean(), server_default="0", nullable=False))
    _mark_baselines()
    for name, kind in EVIDENCE.items():
        _replace("change", name, sa.Column("new", kind, nullable=True))
    change = sa.table("change", sa.column("kind"), *map(sa.column, EVIDENCE))
    op.execute(sa.update(change).where(change.c.kind == WITHOUT_PAGE).values(dict.fromkeys(EVIDENCE)))


def _mark_baselines() -> None:
    """What was never owed to anybody as an act was a baseline: until now that was read from the keys of messages."""
    act = sa.table("act", sa.column("key"), sa.column("baseline", sa.Boolean()))
    outbox = sa.table("outbox", sa.column("key"), sa.column("kind"))
    told = {key.partition(":act")[0] for key in _column(sa.select(outbox.c.key).where(outbox.c.kind == "act"))}
    silent = [{"act": key} for key in _column(sa.select(act.c.key)) if key not in told]
    if silent:
        op.get_bind().execute(sa.update(act).where(act.c.key == sa.bindparam("act")).values(baseline=True), silent)


def _column(query: sa.Select[Any]) -> Iterable[str]:
    return [key for (key,) in op.get_bind().execute(query)]


def _replace(table: str, name: str, column: sa.Column[Any]) -> None:
    """Let a column be as `column` is, by a copy of it: to make the table anew would break what points to its rows."""
    op.add_column(table, column)
    op.execute(f'UPDATE "{table}" SET "new" = "{name}"')  # noqa: S608 - names of ours
    op.drop_column(table, name)
    op.alter_column(table, "new", new_column_name=name)


def downgrade() -> None:
    """Take it back."""
    for name, kind in EVIDENCE.items():
        empty = "CURRENT_TIMESTAMP" if kind is INSTANT else "''"
        op.execute(f'UPDATE "change" SET "{name}" = {empty} WHERE "{name}" IS NULL')  # noqa: S608 - names of ours
        default = "1970-01-01" if kind is INSTANT else ""
        _replace("change", name, sa.Column("new", kind, server_default=default, nullable=False))
    op.drop_column("act", "baseline")
