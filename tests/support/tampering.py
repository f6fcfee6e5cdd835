"""A store whose rows somebody has changed behind the program's back, or years have."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Executable, insert, select

from monitor.store import History
from monitor.store.columns import Numbered


def tamper(store: Path, *statements: Executable) -> None:
    """Carry out statements in one transaction."""
    with History(store) as history, history.tables() as connection:
        for statement in statements:
            connection.execute(statement)


def repeat_row(
    store: Path,
    kind: type[Numbered],
    where: ColumnElement[bool],
    changes: Iterable[Mapping[str, Any]],
) -> None:
    """Put the first such row there once more with each of these changes."""
    table = Numbered.metadata.tables[str(kind.__tablename__)]
    with History(store) as history, history.tables() as connection:
        first = select(table).where(where).order_by(table.c.id).limit(1)
        row = dict(connection.execute(first).mappings().one())
        del row["id"]
        connection.execute(insert(table), [row | change for change in changes])
