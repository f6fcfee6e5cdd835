"""The forms in which registers are published, read as streams of records: XML, rows of a table.

`key` and `folded` make an id for a record that its publisher gives none.
"""

from monitor.source.page import key
from monitor.vocabulary.letters import folded

__all__ = ["folded", "key"]
