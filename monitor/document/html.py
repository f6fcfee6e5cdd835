"""HTML → `Document`: one walk over the tree without recursion, so that hostile nesting costs
time and nothing else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString, ResultSet

from monitor.document import model
from monitor.document.model import Block, BlockKind, Document, Rows

SILENT = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "svg",
        "iframe",
        "button",
        "select",
        "textarea",
    }
)
KINDS = {f"h{level}": BlockKind.HEADING for level in range(1, 7)} | {
    "li": BlockKind.ITEM,
    "dt": BlockKind.ITEM,
    "dd": BlockKind.ITEM,
}
BREAKS = frozenset(
    """p div br hr ul ol dl dt dd li table thead tbody tfoot tr td th caption section article header footer nav aside main
    form fieldset blockquote pre address figure figcaption center body html h1 h2 h3 h4 h5 h6""".split()  # noqa: SIM905 -- in rows
)
DAY = re.compile(r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})")
# characters of a cell: most list rows are shorter, and no cell is endless
LONG_CELL, ENDLESS = 400, 2_000
FEWEST = 4  # rows of a list of which one may have a long cell
# the most columns that spans count for, and the most digits of a valid span
WIDEST, LONGEST_SPAN = 64, 6


def read_html(soup: BeautifulSoup, *, root: Tag | None = None, url: str = "") -> Document:
    """Return the words below `root` (of the whole page without it), with the page's own title
    and date.
    """
    top = root or soup.body or soup
    links = tuple(_iterate_links(top, url))
    return Document(
        title=_find_title(soup),
        blocks=tuple(_list_blocks(top)),
        links=links,
        published=_find_published(soup),
    )


def _find_title(soup: BeautifulSoup) -> str:
    if told := _find_meta(soup, "articletitle"):
        return told
    for node in _iterate_headings(soup):
        if node and model.is_page_name(words := _clean_text(node.get_text(" "))):
            return words
    return ""


def _iterate_headings(soup: BeautifulSoup) -> Iterator[Tag | None]:
    """Iterate over possible titles, the best first; each is computed only if those before it
    fail.
    """
    yield soup.find("h1")
    yield soup.find("div", class_="art-title")
    yield soup.title


def _find_published(soup: BeautifulSoup) -> str | None:
    day = DAY.search(_find_meta(soup, "pubdate"))
    return f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}" if day else None


def _find_meta(soup: BeautifulSoup, name: str) -> str:
    told = (
        node.get("content")
        for node in soup.find_all("meta")
        if str(node.get("name") or "").lower() == name
    )
    return _clean_text(str(next(told, None) or ""))


def _iterate_links(top: Tag, url: str) -> Iterator[tuple[str, str]]:
    for anchor in top.find_all("a", href=True):
        address = _make_absolute(url, str(anchor["href"]).strip())
        if address.startswith(("http://", "https://")):
            yield _clean_text(anchor.get_text(" ") or str(anchor.get("title") or "")), address


def _make_absolute(url: str, href: str) -> str:
    try:
        return urljoin(url, href)
    except ValueError:  # an address such as http://[
        return ""


@dataclass
class _Page:
    """Words gathered since the last break, and the blocks made of them."""

    blocks: list[Block] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    kind: BlockKind = BlockKind.PARAGRAPH

    def end_block(self) -> None:
        text = _clean_text("".join(self.words))
        self.words.clear()
        if text:
            self.blocks.append(Block(self.kind, text))


def _list_blocks(top: Tag) -> list[Block]:
    page = _Page()
    stack: list[PageElement | None] = [top]
    while stack:
        node = stack.pop()
        if node is None:  # a block ends here
            page.end_block()
            page.kind = BlockKind.PARAGRAPH
        elif isinstance(node, Tag):
            _enter_node(page, stack, node)
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            page.words.append(str(node))
    page.end_block()
    return page.blocks


def _enter_node(page: _Page, stack: list[PageElement | None], node: Tag) -> None:
    if node.name in SILENT:
        return
    if node.name in BREAKS:
        page.end_block()
        stack.append(None)
        page.kind = KINDS.get(node.name, page.kind)
    if node.name == "table" and (rows := _list_rows(node)):
        page.blocks += [
            Block(BlockKind.PARAGRAPH, words)
            for caption in node("caption")
            if (words := _clean_text(caption.get_text(" ")))
        ]
        page.blocks.append(Block.table(rows))
        return
    stack.extend(reversed(node.contents))


def _list_rows(table: Tag) -> Rows:
    """Return the cells of a table with mostly short cells; nothing for a layout table."""
    if table.find("table"):
        return ()
    lines = table.find_all("tr")
    if any(line.find("tr") for line in lines):
        return ()
    rows = tuple(
        row for row in _spread_cells([line.find_all(["td", "th"]) for line in lines]) if row
    )
    narrow = sum(len(row) > 1 for row in rows) * 2 <= len(rows)
    return () if narrow or _is_layout(rows) else rows


def _is_layout(rows: Rows) -> bool:
    """Return whether cells are long enough for the page itself rather than an entry of a list."""
    longest = [max(map(len, row)) for row in rows]
    long = sum(length > LONG_CELL for length in longest)
    return max(longest, default=0) > ENDLESS or (
        long > 0 and (len(rows) < FEWEST or long * 2 > len(rows))
    )


def _spread_cells(lines: list[ResultSet[Tag]]) -> Iterator[tuple[str, ...]]:
    """The words of each row in their columns: a cell that spans further rows stands in each of
    them, further columns are empty.
    """
    below: dict[int, tuple[str, int]] = {}  # what a cell above still covers, and for how many rows
    for line in lines:
        row: list[str] = []
        for cell in line:
            _pass_over(below, row)
            wide = _parse_span(cell, "colspan", WIDEST - len(row)) if len(line) > 1 else 1
            high = _parse_span(cell, "rowspan", len(lines))
            words = [_clean_text(cell.get_text(" ")), *[""] * (wide - 1)]
            below.update((len(row) + place, (word, high - 1)) for place, word in enumerate(words))
            row += words
        if line:
            _pass_over(below, row)
        yield tuple(row)


def _pass_over(below: dict[int, tuple[str, int]], row: list[str]) -> None:
    while (above := below.get(len(row))) and above[1]:
        below[len(row)] = above[0], above[1] - 1
        row.append(above[0])


def _parse_span(cell: Tag, name: str, most: int) -> int:
    told = str(cell.get(name) or "")
    return max(min(int(told), most), 1) if told.isdecimal() and len(told) < LONGEST_SPAN else 1


def _clean_text(text: str) -> str:
    return " ".join(text.split())
