"""What was made of a list of names to search it, kept in a file for the next command; it is never needed. Does I/O."""

import sys
from functools import cache
from hashlib import blake2b
from pathlib import Path

from monitor.config import files
from monitor.errors import MonitorError
from monitor.watch import candidates
from monitor.watch.candidates import DIGEST

LARGEST = 2048 * files.MEGABYTE


class FileShelf:
    """A shelf with room for what was made of one list: in a file, under what it was made of, and how."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def get(self, names: bytes) -> bytes | None:
        """What was made of the names with this digest, where it lies there undamaged; else None."""
        try:
            kept = files.body(self._place, most=LARGEST)
        except MonitorError:
            return None
        made = kept[2 * DIGEST :]
        return made if kept[: 2 * DIGEST] == _label(names, made) else None

    def put(self, names: bytes, made: bytes) -> None:
        """Keep it in the place of what was there; where nothing can be written it is made anew each time."""
        try:
            files.folder(self._place.parent)
            files.put(self._place, _label(names, made) + made)
        except (MonitorError, OSError):
            return


def _label(names: bytes, made: bytes) -> bytes:
    return _digest(names + rules()) + _digest(made)


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=DIGEST).digest()


@cache
def rules() -> bytes:
    """What tells the rules by which names are read from any others: our code, the libraries, this Python and machine."""
    return _digest(candidates.rules() + f"{sys.version}\n{sys.byteorder}".encode())
