"""The forms in which registers are published, read as streams of records: XML, rows of a table.

`pairs` reads a table of paths and fields; `key` and `folded` make an id for a record that its publisher gives none.
"""

from monitor.source.page import key
from monitor.vocabulary.letters import folded

__all__ = ["folded", "key", "pairs"]


def pairs(table: str) -> dict[str, str]:
    """What stands in a table of two columns, a pair a line; the second column has no blanks."""
    return {first: second for first, _, second in (line.rpartition(" ") for line in table.strip().splitlines())}
