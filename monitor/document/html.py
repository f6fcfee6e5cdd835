"""HTML → `Document`: one walk over the tree without recursion, so that hostile nesting costs time and nothing else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString, ResultSet

from monitor.document import model
from monitor.document.model import Block, BlockKind, Document

SILENT = frozenset({"script", "style", "noscript", "template", "head", "svg", "iframe", "button", "select", "textarea"})
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
LONG, ENDLESS = 400, 2_000  # characters of a cell: most rows of a list have none, and no row one that is endless
FEWEST = 4  # rows of a list of which one may have a long cell
WIDEST, LONGEST_SPAN = 64, 6  # columns that spans are counted to, and digits of a span that is believed


def from_html(soup: BeautifulSoup, *, root: Tag | None = None, url: str = "") -> Document:
    """The words below `root` (of the whole page without it), with what the page says of itself."""
    top = root or soup.body or soup
    links = tuple(_links(top, url))
    return Document(title=_title(soup), blocks=tuple(_blocks(top)), links=links, published=_published(soup))


def _title(soup: BeautifulSoup) -> str:
    if told := _meta(soup, "ArticleTitle"):
        return told
    for node in (soup.find("h1"), soup.select_one("div.art-title"), soup.title):
        if node and model.names(words := _clean(node.get_text(" "))):
            return words
    return ""


def _published(soup: BeautifulSoup) -> str | None:
    day = DAY.search(_meta(soup, "PubDate"))
    return f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}" if day else None


def _meta(soup: BeautifulSoup, name: str) -> str:
    node = soup.find("meta", attrs={"name": re.compile(f"^{name}$", re.IGNORECASE)})
    return _clean(str(node.get("content") or "")) if node else ""


def _links(top: Tag, url: str) -> Iterator[tuple[str, str]]:
    for anchor in top.find_all("a", href=True):
        address = _absolute(url, str(anchor["href"]).strip())
        if address.startswith(("http://", "https://")):
            yield _clean(anchor.get_text(" ") or str(anchor.get("title") or "")), address


def _absolute(url: str, href: str) -> str:
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
        text = _clean("".join(self.words))
        self.words.clear()
        if text:
            self.blocks.append(Block(self.kind, text))


def _blocks(top: Tag) -> list[Block]:
    page = _Page()
    stack: list[PageElement | None] = [top]
    while stack:
        node = stack.pop()
        if node is None:  # a block ends here
            page.end_block()
            page.kind = BlockKind.PARAGRAPH
        elif isinstance(node, Tag):
            _enter(page, stack, node)
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            page.words.append(str(node))
    page.end_block()
    return page.blocks


def _enter(page: _Page, stack: list[PageElement | None], node: Tag) -> None:
    if node.name in SILENT:
        return
    if node.name in BREAKS:
        page.end_block()
        stack.append(None)
        page.kind = KINDS.get(node.name, page.kind)
    if node.name == "table" and (rows := _rows(node)):
        page.blocks += [
            Block(BlockKind.PARAGRAPH, words) for caption in node("caption") if (words := _clean(caption.get_text(" ")))
        ]
        page.blocks.append(Block(BlockKind.TABLE, "\n".join("\t".join(row) for row in rows), rows))
        return
    stack.extend(reversed(node.contents))


def _rows(table: Tag) -> tuple[tuple[str, ...], ...]:
    """The cells of a table that holds rows of mostly short cells; nothing for one that only arranges the page."""
    if table.find("table"):
        return ()
    lines = table.find_all("tr")
    if any(line.find("tr") for line in lines):
        return ()
    rows = tuple(row for row in _spread([line.find_all(["td", "th"]) for line in lines]) if row)
    narrow = sum(len(row) > 1 for row in rows) * 2 <= len(rows)
    return () if narrow or _arranges(rows) else rows


def _arranges(rows: tuple[tuple[str, ...], ...]) -> bool:
    """Whether cells are so long that they hold the page rather than an entry of a list."""
    longest = [max(map(len, row)) for row in rows]
    long = sum(length > LONG for length in longest)
    return max(longest, default=0) > ENDLESS or (long > 0 and (len(rows) < FEWEST or long * 2 > len(rows)))


def _spread(lines: list[ResultSet[Tag]]) -> Iterator[tuple[str, ...]]:
    """The words of each row in their columns: where a cell spans further ones or further rows, those are empty."""
    below: dict[int, int] = {}  # in which columns a cell above still stands, and for how many rows
    for line in lines:
        row: list[str] = []
        for cell in line:
            _pass_over(below, row)
            wide = _span(cell, "colspan", WIDEST - len(row)) if len(line) > 1 else 1
            high = _span(cell, "rowspan", len(lines))
            below.update((len(row) + shift, high - 1) for shift in range(wide) if high > 1)
            row += [_clean(cell.get_text(" ")), *[""] * (wide - 1)]
        if line:
            _pass_over(below, row)
        yield tuple(row)


def _pass_over(below: dict[int, int], row: list[str]) -> None:
    while below.get(len(row)):
        below[len(row)] -= 1
        row.append("")


def _span(cell: Tag, name: str, most: int) -> int:
    told = str(cell.get(name) or "")
    return max(min(int(told), most), 1) if told.isdecimal() and len(told) < LONGEST_SPAN else 1


def _clean(text: str) -> str:
    return " ".join(text.split())
