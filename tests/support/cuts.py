"""A power cut in the middle of what is written to a database."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine


@contextmanager
def power_cut(statement: str, engine: str = "") -> Iterator[None]:
    """Cut the block off before the first statement that begins so, on this engine if it is named."""

    def cut(connection: Connection, _cursor: object, sql: str, *_: object) -> None:
        if sql.lstrip().startswith(statement) and engine in ("", connection.dialect.name):
            raise KeyboardInterrupt

    event.listen(Engine, "before_cursor_execute", cut)
    try:
        with pytest.raises(KeyboardInterrupt):
            yield
    finally:
        event.remove(Engine, "before_cursor_execute", cut)
