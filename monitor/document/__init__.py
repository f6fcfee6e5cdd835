"""Turn bytes of any kind into a `Document`: the words of a page in reading order, without its
layout.

Pure, except that files that may be bombs are read in a process of their own. What parses HTML is
loaded on first use: a poll of an unchanged page and a query of the store never wait for it.
"""

from typing import TYPE_CHECKING

from monitor.document.model import Block, BlockKind, Document
from monitor.document.sandbox import read_binary
from monitor.document.text import decode, has_markup, read_text
from monitor.document.weight import weigh

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

__all__ = [
    "Block",
    "BlockKind",
    "Document",
    "decode",
    "find_article",
    "has_markup",
    "parse_html",
    "read_binary",
    "read_html",
    "read_text",
    "weigh",
]


def parse_html(text: str) -> "BeautifulSoup":
    """Parse a page into its tree.

    Raises:
        Unreadable: it is built to be too large or too deep for a tree.
    """
    from bs4 import BeautifulSoup  # noqa: PLC0415 - a large library

    weigh(text)
    return BeautifulSoup(text, "lxml")


def read_html(soup: "BeautifulSoup", *, root: "Tag | None" = None, url: str = "") -> Document:
    """Return the words below `root` (of the whole page without it), with the page's own title
    and date.
    """
    from monitor.document import html  # noqa: PLC0415 - loads bs4

    return html.read_html(soup, root=root, url=url)


def find_article(soup: "BeautifulSoup") -> "Tag | None":
    """Find the part of a page with its article, if it has one."""
    from monitor.document import article  # noqa: PLC0415 - loads bs4

    return article.find_article(soup)
