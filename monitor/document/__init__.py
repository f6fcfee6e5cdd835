"""Turn bytes of any kind into a `Document`: the words of a page in reading order, without its
layout.

Pure, except that files that may be bombs are read in a process of their own. Each part is loaded on
first use: a poll of an unchanged page never waits for a parser.
"""

from monitor.document.html import read_html, weigh
from monitor.document.model import Block, BlockKind, Document
from monitor.document.sandbox import read_binary
from monitor.document.text import decode, has_markup, read_text

__all__ = [
    "Block",
    "BlockKind",
    "Document",
    "decode",
    "has_markup",
    "read_binary",
    "read_html",
    "read_text",
    "weigh",
]
