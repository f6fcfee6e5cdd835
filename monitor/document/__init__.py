"""Bytes of any kind → `Document`: the words of a page in reading order, without its layout. Pure."""

from monitor.document.charset import decode
from monitor.document.html import from_html
from monitor.document.model import Block, BlockKind, Document
from monitor.document.text import from_text

__all__ = ["Block", "BlockKind", "Document", "decode", "from_html", "from_text"]
