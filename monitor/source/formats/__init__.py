"""The published forms of registers, read as streams of records: XML, table rows. `pairs` reads a
table of paths and fields; `key` and `folded` make an id for a record without one.
"""

from monitor.source.page import key
from monitor.vocabulary.letters import folded

__all__ = ["folded", "key", "pairs"]


def pairs(table: str) -> dict[str, str]:
    """Parse a table of two columns, a pair a line; the second column has no blanks."""
    return {
        first: second
        for first, _, second in (line.rpartition(" ") for line in table.strip().splitlines())
    }
