"""Bytes of any kind → `Document`: the words of a page in reading order, without its layout.

Pure, but for files that may be bombs: those are read in a process of their own.
"""

from monitor.document.apart import from_binary
from monitor.document.charset import decode
from monitor.document.html import from_html
from monitor.document.model import Block, BlockKind, Document
from monitor.document.text import from_text
from monitor.document.weight import weigh

__all__ = ["Block", "BlockKind", "Document", "decode", "from_binary", "from_html", "from_text", "weigh"]
