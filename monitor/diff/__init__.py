"""Known + found → what changed: of an act (`acts`), of a register's rows (`rows`). Pure."""

from monitor.diff.acts import (
    ChangeKind,
    Compared,
    compare,
    extract_substance,
    find_lost,
    hash_substance,
    loses_or_moves,
)

__all__ = [
    "ChangeKind",
    "Compared",
    "compare",
    "extract_substance",
    "find_lost",
    "hash_substance",
    "loses_or_moves",
]
