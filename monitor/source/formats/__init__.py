"""The published forms of registers, read as streams of records: XML, table rows. `pairs` reads a
table of paths and fields; `gather_fields` tells a record's fields; `key` and `folded` make an id for
a record without one.
"""

from collections.abc import Iterable, Mapping

from monitor.model import FieldValue
from monitor.source.page import key
from monitor.vocabulary.letters import folded

__all__ = ["folded", "gather_fields", "key", "pairs"]


def pairs(table: str) -> dict[str, str]:
    """Parse a table of two columns, a pair a line; the second column has no blanks."""
    return {
        first: second
        for first, _, second in (line.rpartition(" ") for line in table.strip().splitlines())
    }


def gather_fields(told: Mapping[str, Iterable[str]]) -> dict[str, FieldValue]:
    """Return each field's values, each once: a single value as it is, several as a tuple; a field
    without any is left out.
    """
    found = {name: tuple(dict.fromkeys(filter(None, values))) for name, values in told.items()}
    return {
        name: values[0] if len(values) == 1 else values for name, values in found.items() if values
    }
