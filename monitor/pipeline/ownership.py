"""Who owns whom, from files that a person brings; read as a stream, since GLEIF's are of gigabytes. Reads files."""

from collections.abc import Sequence
from pathlib import Path

from monitor.config import files
from monitor.errors import ConfigError, MonitorError
from monitor.watch import theirs
from monitor.watch.entries import Entry

LARGEST = 16 * 1024 * files.MEGABYTE


def with_owners(entries: Sequence[Entry], paths: Sequence[str]) -> list[Entry]:
    """The entries with the owners that files of GLEIF know of them; relationships first, then the names of those alone.

    Raises:
        ConfigError: a file can't be read, or is none of GLEIF's.
    """
    if not paths:
        return list(entries)
    known = theirs.nothing()
    for path in sorted(map(Path, paths), key=_of_names):
        wanted = theirs.leis(entries, known) if _of_names(path) else None
        _add(path, known, wanted)
    return theirs.with_owners(entries, known)


def _of_names(path: Path) -> bool:
    """Whether a file is GLEIF's level 1, which only names; by its first line."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            return theirs.NAME in file.readline(100_000)
    except (OSError, ValueError):
        return False  # it is said when it is read


def _add(path: Path, known: theirs.Ownership, wanted: frozenset[str] | None) -> None:
    try:
        files.refuse(path, most=LARGEST)
        with path.open(encoding="utf-8-sig", newline="") as file:
            theirs.add(files.shown_path(path), file, known, wanted)
    except ConfigError:
        raise
    except MonitorError as error:
        raise ConfigError(str(error)) from error
    except (OSError, ValueError) as error:
        raise ConfigError(f"{files.shown_path(path)}: can't be read: {files.reason(error)}") from error
