"""Since when is exported: a day, or a cursor that an earlier export has printed."""

import re
from dataclasses import astuple
from datetime import UTC, datetime, time

from monitor.errors import ConfigError
from monitor.history import BEGINNING, Cursor, History, taken
from monitor.pipeline.asking import day_in

CURSOR = re.compile(r"(\d{1,18})\.(\d{1,18})\.(\d{1,18})\.(\d{1,18})")


def spelt(cursor: Cursor) -> str:
    """`32.46.5.83`, to be said as `--since` the next time."""
    return f"{cursor.change}.{cursor.row}.{cursor.alteration}.{cursor.message}"


def since(text: str | None, history: History) -> Cursor:
    """What a person says as the beginning; without a word the beginning of all. Days are those of UTC.

    Raises:
        ConfigError: it is neither a day nor a cursor, or the cursor is none of this store.
    """
    if text is None:
        return BEGINNING
    if numbers := CURSOR.fullmatch(text.strip()):
        return _of_this_store(Cursor(*map(int, numbers.groups())), history)
    if day := day_in(text):
        return history(taken.cursor_before, datetime.combine(day, time.min, UTC))
    raise ConfigError(f"--since: {text[:60]!r} is neither a day (2025-10-09) nor the cursor of an earlier export (32.46.5.83)")


def _of_this_store(cursor: Cursor, history: History) -> Cursor:
    last = history(taken.last)
    if any(asked > there for asked, there in zip(astuple(cursor), astuple(last), strict=True)):
        raise ConfigError(
            f"--since: this store has come as far as {spelt(last)}, and not to {spelt(cursor)}, which is of another store, or of "
            "this one before a backup was put back; export the whole once more"
        )
    return cursor
