"""Known + found → what changed: of an act (`acts`), of a register's rows (`rows`). Pure."""

from monitor.diff.acts import ChangeKind, Compared, compare, extract_substance, hash_substance

__all__ = ["ChangeKind", "Compared", "compare", "extract_substance", "hash_substance"]
