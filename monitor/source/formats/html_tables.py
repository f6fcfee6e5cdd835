"""Tables in HTML and XML → rows of cells as displayed: a merged cell is in every place that it
covers.
"""

import re
from collections.abc import Iterator, Sequence

# lxml is imported where it is used: a poll that finds its register unchanged never waits for it.
from lxml import etree, html
from lxml.etree import _Element

from monitor import document
from monitor.errors import ErrorKind, LayoutChanged, Unreadable
from monitor.model import frozen
from monitor.source.formats.prose import words
from monitor.source.page import Page

# of HTML, and of the typesetters of the US Government Publishing Office
ROWS = frozenset({"tr", "row", "boxhd"})
CELLS = frozenset({"td", "th", "ent", "ched"})
BREAKS = frozenset({"br", "p", "div", "li", "ul", "ol", "tr", "fp"})
SILENT = frozenset({"script", "style", "template", "head"})
WIDEST = 100
DIGITS = 9  # of a number of cells: what has more is as much too wide
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


@frozen
class MarkupTable:
    """A table's rows; `before` are the words between the table before it and this one."""

    rows: tuple[tuple[str, ...], ...]
    before: str = ""


def tables(page: Page, *, at_least: int = 1) -> tuple[MarkupTable, ...]:
    """Return the tables of an HTML page in order, without layout tables.

    Raises:
        NotThePage: it is a refusal.
        Unreadable: it is truncated, or too large for a tree.
        LayoutChanged: it has fewer than `at_least` tables.
    """
    all_tables = tuple(_iterate_tables(tree(page)))
    if len(all_tables) < at_least:
        raise LayoutChanged(f"{page.url}: {len(all_tables)} tables, expected at least {at_least}")
    return all_tables


def tree(page: Page) -> _Element:
    """The root of an HTML page.

    Raises:
        NotThePage: it is a page of refusal.
        Unreadable: it is cut, or too large for a tree.
    """
    markup = words(page)
    document.weigh(markup)
    # A page that ends before it has closed what it opened: what is missing may be rows.
    tags = markup.lower()
    if any(tags.count(f"<{opened}") > tags.count(f"</{opened}") for opened in ("html", "table")):
        raise Unreadable(f"{page.url}: the page is cut before its end", ErrorKind.TRUNCATED)
    # Nodes without words of the page: a comment within a cell would hide all that follows.
    parser = html.HTMLParser(remove_comments=True, remove_pis=True)
    root: _Element = html.fromstring(DECLARATION.sub("", markup), parser=parser)
    return root


def _iterate_tables(root: _Element) -> Iterator[MarkupTable]:
    before: list[str] = []
    inside: _Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start" and inside is None:
            if name(element) in SILENT or _is_table(element):
                inside = element
            else:
                before.append(element.text or "")
        elif event == "end" and inside in (None, element):
            if inside is not None and _is_table(element):
                yield MarkupTable(grid(element), " ".join(" ".join(before).split()))
                before.clear()
            inside = None
            before.append(element.tail or "")


def _is_table(element: _Element) -> bool:
    return name(element) == "table" and not any(
        name(inner) == "table" for inner in element.iterdescendants()
    )


def grid(table: _Element) -> tuple[tuple[str, ...], ...]:
    """The rows of a table. A row of a single cell is no row: a note below the table, a heading
    across it.
    """
    # column → for how many more rows a cell above reaches down, and its words
    below: dict[int, tuple[int, str]] = {}
    rows = []
    for line in table.iter():
        cells = [cell for cell in line if name(cell) in CELLS] if name(line) in ROWS else []
        if not cells:
            continue
        row = _read_row(cells, below)
        if len(cells) > 1 or len(row) > _get_span(cells[0], "colspan"):
            rows.append(row)
    return tuple(rows)


def _read_row(cells: Sequence[_Element], below: dict[int, tuple[int, str]]) -> tuple[str, ...]:
    row: list[str] = []
    waiting = list(cells)
    while waiting or len(row) in below:
        if len(row) in below:
            left, above = below.pop(len(row))
            if left > 1:
                below[len(row)] = (left - 1, above)
            row.append(above)
            continue
        cell = waiting.pop(0)
        value, down = text(cell), _get_span(cell, "rowspan")
        for _ in range(min(_get_span(cell, "colspan"), WIDEST + 1)):
            if down > 1:
                below[len(row)] = (down - 1, value)
            row.append(value)
        if len(row) > WIDEST:
            raise Unreadable(f"a table of more than {WIDEST} columns", ErrorKind.TOO_LARGE)
    return tuple(row)


def _get_span(cell: _Element, attribute: str) -> int:
    told = cell.get(attribute, "").strip()[:DIGITS]
    return max(int(told), 1) if told.isdecimal() else 1


def text(element: _Element) -> str:
    """The words of an element: a line for each line on the page, white space levelled."""
    pieces = []
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        if name(inner) in BREAKS and inner is not element:
            pieces.append("\n")
        if event == "start" or inner is not element:
            pieces.append(
                ((inner.text if event == "start" else inner.tail) or "").replace("\n", " ")
            )
    return "\n".join(
        words for line in "".join(pieces).split("\n") if (words := " ".join(line.split()))
    )


def name(element: _Element) -> str:
    """An element's name in small letters, without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
