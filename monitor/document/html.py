"""HTML → `Document`: one walk over the tree without recursion, so that hostile nesting costs
time and nothing else.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString, ResultSet
from lxml import etree

from monitor.document import model
from monitor.document.model import Block, BlockKind, Document, Rows
from monitor.errors import ErrorKind, Unreadable

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


# The size of a page's tree, counted before it is built: a tree that no browser shows is refused,
# never truncated.

DEEPEST = 512  # as deep as browsers nest; each level below is a chance to make a walk quadratic
MOST_ELEMENTS = 60_000
MOST_ATTRIBUTES = 300_000
ATTRIBUTES_OF_ONE = 10_000
# characters: a shorter page with few tags is not weighed; the parser is fed as much at a time
LONG = 50_000


def weigh(text: str) -> None:
    """Pass a page that is cheap to read.

    Raises:
        Unreadable: it is nested too deeply, or has too many elements or attributes.
    """
    if text.count("<") < DEEPEST and len(text) < LONG:
        return  # most pages of an API and all of the small ones
    refuse_endless_tags(text)
    parser = etree.HTMLParser(target=_Scale(), huge_tree=True)
    try:
        for start in range(0, len(text), LONG):
            parser.feed(text[start : start + LONG])
        parser.close()
    except (etree.XMLSyntaxError, AssertionError):
        # the builder of the tree will judge what is markup and what is not
        return


def refuse_endless_tags(text: str) -> None:
    """A single tag is weighed before any parser holds all its attributes.

    Raises:
        Unreadable: one has more attributes than any page needs.
    """
    for piece in _find_long_pieces(text):
        if len(piece.partition(">")[0].split()) > ATTRIBUTES_OF_ONE:
            raise Unreadable(
                f"an element with more than {ATTRIBUTES_OF_ONE} attributes",
                ErrorKind.TOO_LARGE,
            )


def _find_long_pieces(text: str) -> Iterator[str]:
    """Find texts between two tags, if LONG; most of the text is skipped."""
    start = -1
    while len(text) - start > LONG:
        last = text.rfind("<", start + 1, start + LONG + 1)
        if last < 0:
            last = end if (end := text.find("<", start + LONG)) >= 0 else len(text)
            yield text[start + 1 : last]
        start = last


class _Scale:
    """Counts what a parser meets; refuses at the first excess."""

    def __init__(self) -> None:
        self.depth = self.elements = self.attributes = 0

    def start(self, tag: str | bytes, attrib: Mapping[str | bytes, str | bytes]) -> None:  # noqa: ARG002 -- as lxml calls it
        self.elements += 1
        self.attributes += len(attrib)
        self.depth += 1
        _refuse_many("nested", self.depth, DEEPEST)
        _refuse_many("elements", self.elements, MOST_ELEMENTS)
        _refuse_many("attributes", self.attributes, MOST_ATTRIBUTES)

    def end(self, tag: str | bytes) -> None:  # noqa: ARG002 -- as lxml calls it
        self.depth -= 1

    def data(self, data: str | bytes) -> None:
        """Words weigh nothing."""

    def comment(self, text: str | bytes) -> None:
        """Comments do not count either."""

    def close(self) -> None:
        """There is nothing to hand over."""


def _refuse_many(what: str, count: int, most: int) -> None:
    if count > most:
        told = f"nested more than {most} deep" if what == "nested" else f"more than {most} {what}"
        raise Unreadable(f"HTML that no browser shows: {told}", ErrorKind.TOO_LARGE)


# Which words are at which place of an HTML page: cheap enough for every page, outside the limits of
# a child process. A place is a path of tags with ids and classes: all items of a list are one. It
# has no meaning; it is only recognizable.

LARGEST = 1_000_000  # characters, and
MOST_TAGS = 20_000  # tags of a page that is read in passing: some milliseconds, however it is built
MOST_KNOWN = 20_000  # places that are remembered, since the pages of a publisher are alike
TOP = 0

Name = tuple[object, ...]


def find_words_by_place(html: str) -> Mapping[int, list[str]]:
    """The words at each place, in the order of the page.

    Raises:
        Unreadable: it is no HTML that is cheap to read.
    """
    if len(html) > LARGEST or html.count("<") > MOST_TAGS:
        raise Unreadable("HTML too large to be read in passing", ErrorKind.TOO_LARGE)
    refuse_endless_tags(html)
    try:
        root = etree.fromstring(
            html, etree.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
        )
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("not HTML that can be read in passing") from error
    return _map_words(root) if root is not None else {}


def _map_words(root: "etree._Element") -> Mapping[int, list[str]]:
    """Iterate over each element's words, and those after it in its parent. This loop is the whole
    cost beside the parser.
    """
    said: defaultdict[int, list[str]] = defaultdict(list)
    known: dict[etree._Element | None, int] = {None: TOP}
    for element in root.iter():
        above, named = known[element.getparent()], element.attrib
        name = (
            (above, element.tag, named.get("id"), named.get("class"))
            if named
            else (above, element.tag)
        )
        place = known[element] = _hash_place(name)
        if (text := element.text) and (words := text.strip()):
            said[place].append(words)
        if (text := element.tail) and (words := text.strip()):
            said[above].append(words)
    return said


@lru_cache(MOST_KNOWN)
def _hash_place(name: Name) -> int:
    """A place by the place above and its tag: the same number in every process."""
    return int.from_bytes(
        hashlib.blake2b(repr(name).encode(errors="replace"), digest_size=7).digest()
    )
