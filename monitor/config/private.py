"""Folders and files that nobody but their owner may look into, whatever the umask; older ones are mended. Does I/O."""

import os
import stat
from contextlib import suppress
from pathlib import Path

FOLDER, FILE = 0o700, 0o600


def folder(path: Path) -> None:
    """Make a folder, and those above it as the umask says; one that is there is closed to others, unless it is not ours to close.

    Raises:
        OSError: it can't be made.
    """
    path.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    if not path.stat().st_mode & stat.S_ISVTX:  # /tmp and its like belong to everybody
        close(path, FOLDER)


def file(path: Path) -> None:
    """Make an empty file where there is none; one that is there keeps its content.

    Raises:
        OSError: it can't be made.
    """
    os.close(opener(path, os.O_RDWR | os.O_CREAT))


def close(path: Path, mode: int = FILE) -> None:
    """Take from others what they may do with a file or folder, if it is there and ours."""
    with suppress(FileNotFoundError, PermissionError):
        if stat.S_IMODE(path.stat().st_mode) & ~mode:
            path.chmod(mode)


def opener(path: str | Path, flags: int) -> int:
    """For `open`: what it makes, or finds, is its owner's alone."""
    handle = os.open(path, flags, FILE)
    with suppress(PermissionError):
        if stat.S_IMODE(os.fstat(handle).st_mode) & ~FILE:
            os.fchmod(handle, FILE)
    return handle
