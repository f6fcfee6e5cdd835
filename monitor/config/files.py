"""Files that a person names: whole, no larger than is sensible, and never a device, a pipe or a
folder. Does I/O.
"""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from monitor.config.outward import make_printable
from monitor.errors import MonitorError

MEGABYTE = 1024 * 1024
LONGEST_NAME = 120  # characters of a path that are shown
# characters of a file's name that its draft has, which may be no longer than a name may be
LONGEST_DRAFT = 60


def read_file_bytes(
    path: Path, *, most: int, error: type[MonitorError] = MonitorError, way: str = ""
) -> bytes:
    """Read a file of at most `most` bytes; `way` is the way out if that fails.

    Raises:
        MonitorError (or the given class): it does not exist, can't be opened, is no file, or is too
            large.
    """
    with _open_regular(path, most, error, way) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise error(f"{shorten_path(path)}: {_word_too_large(most)}")
    return content


def refuse(path: Path, *, most: int) -> None:
    """Refuse what `read_file_bytes` would, without reading it.

    Raises:
        MonitorError: as there.
    """
    with _open_regular(path, most, MonitorError):
        return


@contextmanager
def _open_regular(
    path: Path, most: int, error: type[MonitorError], way: str = ""
) -> Iterator[BinaryIO]:
    try:
        with open(path, "rb", opener=_open_unblocked) as file:
            if why := _explain_refusal(os.fstat(file.fileno()), most):
                raise error(f"{shorten_path(path)}: {why}")
            yield file
    except (OSError, ValueError) as failure:  # ValueError: a NUL in its name
        raise error(
            f"{shorten_path(path)}: can't be read:"
            f" {describe_os_error(failure)}{f'; {way}' if way else ''}"
        ) from failure


@contextmanager
def open_atomic(path: Path) -> Iterator[BinaryIO]:
    """Yield a draft that replaces a file at the end of the block: a reader finds the old one or a
    whole new one.

    Raises:
        MonitorError: it can't be written, or the name is no file's; then all stays as it was.
    """
    draft, target, out = _open_draft(path)
    try:
        with out:
            yield out
        draft.replace(target)
    except OSError as failure:
        raise MonitorError(
            f"{shorten_path(path)}: can't be written: {describe_os_error(failure)}"
        ) from failure
    finally:
        draft.unlink(missing_ok=True)


def _open_draft(path: Path) -> tuple[Path, Path, BinaryIO]:
    """Open a draft beside the target file; a link leads to its target."""
    try:
        if path.exists() and not path.is_file():
            raise MonitorError(
                f"{shorten_path(path)}: is no regular file; name a file, or - for stdout"
            )
        target = path.resolve()
        draft = target.with_name(f".{target.name[:LONGEST_DRAFT]}.{token_hex(4)}")
        return draft, target, draft.open("xb")
    except (OSError, ValueError) as failure:  # ValueError: a NUL in its name, or none at all
        raise MonitorError(
            f"{shorten_path(path)}: can't be written: {describe_os_error(failure)}"
        ) from failure


def put(path: Path, content: bytes) -> bool:
    """Let a file have this content, unless it has it already; whether it had not.

    Raises:
        MonitorError: as `whole`.
    """
    with suppress(OSError):
        if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
            return False
    with open_atomic(path) as out:
        out.write(content)
    return True


def make_path_text(path: Path) -> str:
    """Return a path as text that can be stored and sent: a byte that is no UTF-8 becomes a
    question mark.
    """
    return os.fsencode(path).decode("utf-8", "replace")


def is_file(path: Path) -> bool:
    """Return whether there is such a file; false for an impossible name."""
    return _answer_or_false(path.is_file)


def is_folder(path: Path) -> bool:
    """Return whether there is such a folder; false for an impossible name."""
    return _answer_or_false(path.is_dir)


def path_exists(path: Path) -> bool:
    """Return whether anything has this name; false for an impossible one."""
    return _answer_or_false(path.exists)


def _answer_or_false(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except (OSError, ValueError):
        return False


def shorten_path(path: Path | str) -> str:
    """Shorten a long path for display, with its beginning and its end."""
    shown, half = make_printable(path), LONGEST_NAME // 2
    return shown if len(shown) <= LONGEST_NAME else f"{shown[:half]}…{shown[-half:]}"


def describe_os_error(failure: Exception) -> str:
    """Say in a few words why the system refused."""
    return getattr(failure, "strerror", None) or str(failure)


def _open_unblocked(path: str, flags: int) -> int:
    """Open a file without waiting for a writer of a pipe."""
    return os.open(path, flags | os.O_NONBLOCK)


def _explain_refusal(state: os.stat_result, most: int) -> str:
    if stat.S_ISDIR(state.st_mode):
        return "is a folder; name a file"
    if not stat.S_ISREG(state.st_mode):
        return "is no regular file (a device, a pipe); save what comes from it, and name that"
    return _word_too_large(most) if state.st_size > most else ""


def _word_too_large(most: int) -> str:
    return f"is larger than {most // MEGABYTE} MB, which is as much as is read of such a file"


# Folders and files that nobody but their owner may look into, whatever the umask; older ones are
# mended. Does I/O.

FOLDER, FILE = 0o700, 0o600


def make_private_folder(path: Path) -> None:
    """Make a folder, and its parents by the umask; close an existing one to others, if it is ours.

    Raises:
        OSError: it can't be made.
    """
    path.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    if not path.stat().st_mode & stat.S_ISVTX:  # /tmp and its like belong to everybody
        close(path, FOLDER)


def make_private_file(path: Path) -> None:
    """Make an empty file. An existing one is not opened: its database would lose SQLite's locks of
    this process with the handle (fcntl(2)).

    Raises:
        OSError: it can't be made.
    """
    if path.exists():
        close(path)
    else:
        os.close(open_private(path, os.O_RDWR | os.O_CREAT))


def close(path: Path, mode: int = FILE) -> None:
    """Close a file or folder to others, if it exists and is ours."""
    with suppress(FileNotFoundError, PermissionError):
        if stat.S_IMODE(path.stat().st_mode) & ~mode:
            path.chmod(mode)


def open_private(path: str | Path, flags: int) -> int:
    """An opener for `open`: the file is its owner's alone."""
    handle = os.open(path, flags, FILE)
    with suppress(PermissionError):
        if stat.S_IMODE(os.fstat(handle).st_mode) & ~FILE:
            os.fchmod(handle, FILE)
    return handle
