"""Find the article on an unknown page, in one pass over the tree."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from bs4 import BeautifulSoup, Tag
from bs4.element import CData, NavigableString, PageElement

BODIES = (
    "div.art-con",
    "[ergodic=article]",
    "div.art-con-gonggao",
    "#News_Body_Txt_A",
    "div.content_text",
    "div.news-main",
    "#UCAP-CONTENT",
    "div.TRS_Editor",
    "div.bd",
    "#zoom",
    "div.pages_content",
    "div.article-content",
    "div.article",
    "article",
    "main",
)
HOLDERS = frozenset({"div", "td", "section", "body"})
LINES = frozenset({"p", "br", "li", "span", "h1", "h2"})
WORDS = (NavigableString, CData)
LEAST = 60
TOKEN = re.compile(r"\[[^\[\]]+\]|[.#]?[\w-]+")


def find_article(soup: BeautifulSoup) -> Tag | None:
    """Find the part of a page with its article: a body with a known name, or else dense words with
    few links.
    """
    present = _list_names(soup)
    for selector in BODIES:
        if not present.issuperset(TOKEN.findall(selector)):
            continue  # a select walks the whole tree
        candidates = [node for node in soup.select(selector) if len(node.get_text()) > LEAST]
        if candidates:
            return max(candidates, key=lambda node: len(node.get_text()))
    return _find_densest(soup)


def _list_names(soup: BeautifulSoup) -> set[str]:
    """Return a selector's names on this page: tags, `.classes`, `#ids`, `[attribute=value]`."""
    names: set[str] = set()
    for node in soup.find_all():
        names.add(node.name)
        for key, value in node.attrs.items():
            if key == "class":
                names.update(f".{name}" for name in value)
            else:
                names.add(f"#{value}" if key == "id" else f"[{key}={value}]")
    return names


@dataclass
class _Counted:
    """A node in progress: its letters, those in links, and those in lines of its own."""

    node: Tag
    place: int
    children: Iterator[PageElement]
    letters: int = 0
    linked: int = 0
    in_lines: int = 0

    def add(self, child: "_Counted") -> None:
        self.letters += child.letters
        self.linked += child.linked + (child.letters if child.node.name == "a" else 0)
        self.in_lines += child.letters if child.node.name in LINES else 0

    @property
    def density(self) -> int:
        """Score its own lines; a linked word counts against it three times."""
        return self.in_lines - 3 * self.linked


def _find_densest(soup: BeautifulSoup) -> Tag | None:
    """Return the node with the best score; of equal ones the first."""
    holders = (
        counted
        for counted in _count_nodes(soup)
        if counted.node.name in HOLDERS and counted.density > 0
    )
    best = max(holders, key=lambda counted: (counted.density, -counted.place), default=None)
    return best.node if best else None


def _count_nodes(soup: BeautifulSoup) -> Iterator[_Counted]:
    """Every node, after its children; without recursion, since a page may be nested deeply."""
    places = count()
    open_nodes = [_Counted(soup, next(places), iter(soup.children))]
    while open_nodes:
        inner = open_nodes[-1]
        child = next(inner.children, None)
        if child is None:
            yield open_nodes.pop()
            if open_nodes:
                open_nodes[-1].add(inner)
        elif isinstance(child, Tag):
            open_nodes.append(_Counted(child, next(places), iter(child.children)))
        else:
            inner.letters += (
                len(child.strip())
                if isinstance(child, NavigableString) and type(child) in WORDS
                else 0
            )
