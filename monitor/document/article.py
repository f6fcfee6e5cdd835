"""Where on an unknown page its article stands, found in one pass over the tree."""

import re

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


def article(soup: BeautifulSoup) -> Tag | None:
    """The part of a page that holds its article: a body known by name, else where words are dense and links are few."""
    present = _names(soup)
    for selector in BODIES:
        if not present.issuperset(TOKEN.findall(selector)):
            continue  # a select walks the whole tree
        found = [node for node in soup.select(selector) if len(node.get_text()) > LEAST]
        if found:
            return max(found, key=lambda node: len(node.get_text()))
    return _densest(soup)


def _names(soup: BeautifulSoup) -> set[str]:
    """What a selector can name on this page: tags, `.classes`, `#ids`, `[attribute=value]`."""
    names: set[str] = set()
    for node in soup.find_all():
        names.add(node.name)
        for key, value in node.attrs.items():
            if key == "class":
                names.update(f".{each}" for each in value)
            else:
                names.add(f"#{value}" if key == "id" else f"[{key}={value}]")
    return names


def _densest(soup: BeautifulSoup) -> Tag | None:
    """The holder whose own lines say most, a linked word counting against it three times."""
    sizes, linked = _sizes(soup)
    best, most = None, 0
    for node in soup.find_all(list(HOLDERS)):
        own = sum(sizes.get(id(child), 0) for child in node.children if isinstance(child, Tag) and child.name in LINES)
        score = own - 3 * linked.get(id(node), 0)
        if score > most:
            best, most = node, score
    return best


def _sizes(soup: BeautifulSoup) -> tuple[dict[int, int], dict[int, int]]:
    """By node: how many letters stand in it, and how many of them in links. Children come before their parents, backwards."""
    sizes: dict[int, int] = {}
    linked: dict[int, int] = {}
    for node in reversed(list(soup.descendants)):
        own = sizes.get(id(node), 0) if isinstance(node, Tag) else _letters(node)
        above = id(node.parent)
        sizes[above] = sizes.get(above, 0) + own
        of_links = linked.get(id(node), 0) + (own if isinstance(node, Tag) and node.name == "a" else 0)
        linked[above] = linked.get(above, 0) + of_links
    return sizes, linked


def _letters(node: PageElement) -> int:
    return len(node.strip()) if isinstance(node, NavigableString) and type(node) in WORDS else 0
