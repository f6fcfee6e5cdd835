"""The log of what runs in this process, as programs read it."""

import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr

from command import _logging_of_its_own

from monitor.config import logs
from monitor.config.logs import Level, LogFormat, Logging

Record = dict[str, object]


@contextmanager
def recorded(level: Level = Level.INFO) -> Iterator[Callable[[], list[Record]]]:
    """What was logged since it was asked for last, from a level on."""
    with _logging_of_its_own(), redirect_stderr(io.StringIO()) as err:
        logs.set_up_log(Logging(level, LogFormat.JSON, command=False))

        def since_last() -> list[Record]:
            lines = [json.loads(line) for line in err.getvalue().splitlines()]
            err.seek(0)
            err.truncate()
            return lines

        yield since_last


def told(records: list[Record]) -> list[Record]:
    """Without when, and how long it took."""
    return [
        {name: value for name, value in record.items() if name not in {"at", "duration"}}
        for record in records
    ]
