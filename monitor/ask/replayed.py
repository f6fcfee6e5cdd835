"""Tell a replay's store from a real one. Its "now" is its own end: measured by today, all its data
would be stale.
"""

from datetime import datetime
from pathlib import Path

import msgspec

from monitor.config import files
from monitor.errors import ConfigError

FILE = "replay.json"  # in the store's folder


class Mark(msgspec.Struct, frozen=True, omit_defaults=True):
    """The replay's scenario, whether it ended, when by its own clock, and its sources."""

    scenario: str
    finished: bool
    ended: datetime | None = None
    sources: tuple[str, ...] = ()


def mark_of(store: Path) -> Mark | None:
    """The mark of a replay's store; None where it is no replay's.

    Raises:
        ConfigError: the mark can't be read.
    """
    path = store / FILE
    if not path.exists():
        return None
    try:
        return msgspec.json.decode(
            files.read_file_bytes(path, most=files.MEGABYTE, error=ConfigError), type=Mark
        )
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ConfigError(
            f"{files.shorten_path(path)}: is damaged; remove the folder, or use another --store"
        ) from error


def write_mark(store: Path, mark: Mark) -> None:
    """Put a mark in a replay's store."""
    path = store / FILE
    with open(path.with_suffix(".new"), "wb", opener=files.open_private) as file:
        file.write(msgspec.json.encode(mark))
    path.with_suffix(".new").replace(path)


def leave_story(store: Path) -> None:
    """Let a replay's store be of today: it is polled."""
    if (mark := mark_of(store)) and mark.ended:
        write_mark(store, msgspec.structs.replace(mark, ended=None))


def end_of(store: Path) -> datetime | None:
    """Return the end of a replay's store as its "now"; None for a real store."""
    mark = mark_of(store)
    return mark.ended if mark else None
