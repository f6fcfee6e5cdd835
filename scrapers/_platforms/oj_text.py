"""Acts of the Official Journal of the EU, in XHTML and FORMEX alike → their lines and tables in
order.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor import NotThePage, Page
from monitor.source.formats import html_tables, pairs, xml
from monitor.source.formats.prose import words

if TYPE_CHECKING:
    from lxml.etree import _Element

# What FORMEX calls the parts of a text, as HTML calls them.
AS_HTML = pairs(
    """
TBL table
ROW tr
CELL td
P p
TI div
STI div
TXT p
ALINEA div
NO.P p
DATE span
"""
)
FORMEX = re.compile(r"\s*+(?:<\?xml[^>]*+>\s*+)?<(?:ACT|ANNEX|GENERAL)\b")
HEAD = 2000  # characters
LINES = {"p", "h1", "h2", "h3", "h4", "h5", "li"}
BLOCKS = {*LINES, "table", "div", "tr", "td"}
SILENT = {"script", "style", "head", "bib.instance"}
POINT = re.compile(r"[‘'“\"]?\(?(?:\d{1,4}|[a-z]|[ivxlc]{1,5})[.)]?\)?|[—–-]", re.IGNORECASE)


@dataclass(frozen=True)
class Piece:
    """A line of text, or (with `rows`) a table."""

    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def pieces(page: Page) -> list[Piece]:
    """The lines and tables of an act in the order in which they are printed.

    Raises:
        NotThePage: it is a page of refusal, or has no text.
    """
    pieces_there = list(_walk(_root(page)))
    if not pieces_there:
        raise NotThePage(f"{page.url}: an act without text")
    return pieces_there


def _root(page: Page) -> "_Element":
    if not FORMEX.match(words(page)[:HEAD]):
        return html_tables.tree(page)
    root = xml.whole(page)
    for element in root.iter():
        if name := xml.tag(element):
            element.tag = AS_HTML.get(name, name.lower())
    return root


def _walk(element: "_Element") -> Iterator[Piece]:
    name = html_tables.name(element)
    if name in SILENT or not name:
        return
    if name == "table" and not any(
        html_tables.name(inner) == "table" for inner in element.iterdescendants()
    ):
        yield from _table(element)
    elif name in LINES or not any(
        html_tables.name(inner) in BLOCKS for inner in element.iterdescendants()
    ):
        if line := " ".join(html_tables.text(element).split()):
            yield Piece(line)
    else:
        for child in element:
            yield from _walk(child)


def _table(element: "_Element") -> Iterator[Piece]:
    """A table; one that only sets the number of a point before its text is lines."""
    rows = html_tables.grid(element)
    if rows and all(len(row) == 2 and POINT.fullmatch(row[0].strip() or "-") for row in rows):
        yield from (Piece(" ".join(f"{row[0]} {row[1]}".split())) for row in rows)
    elif rows:
        yield Piece(rows=rows)
    else:
        for child in element:
            yield from _walk(child)
