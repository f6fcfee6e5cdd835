"""Bytes of any kind → `Document`: the words of a page in reading order, without its layout.

Pure, but for files that may be bombs: those are read in a process of their own. Each part is loaded
when it is used: a poll that finds its page unchanged never waits for a parser.
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
