"""What tells the store of a replay from a real one. Its questions are asked at its own end: all it has would be stale today."""

from datetime import datetime
from pathlib import Path

import msgspec

from monitor.config import files
from monitor.errors import ConfigError

FILE = "replay.json"  # in the store's folder


class Mark(msgspec.Struct, frozen=True, omit_defaults=True):
    """Which scenario is played, whether it came to the end, when by its own clock, and of which sources it tells."""

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
        return msgspec.json.decode(files.read_file_bytes(path, most=files.MEGABYTE, error=ConfigError), type=Mark)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ConfigError(f"{files.shorten_path(path)}: is damaged; remove the folder, or use another --store") from error


def end_of(store: Path) -> datetime | None:
    """The moment at which a store is asked that was made by a replay; None for a real one."""
    mark = mark_of(store)
    return mark.ended if mark else None
