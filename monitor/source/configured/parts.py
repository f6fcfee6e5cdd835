"""A page → its parts that can be known again: paragraphs, rows of a table, entries of a feed, values in JSON. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

import bs4
import jsonpath_rfc9535 as jsonpath

from monitor import document
from monitor.document import Document, article, main_text
from monitor.errors import ConfigError, LayoutChanged, NotThePage
from monitor.model import Part
from monitor.source.configured.addresses import canonical
from monitor.source.page import Page
from monitor.vocabulary.letters import SPACELESS_RANGE

T = TypeVar("T")

MOST = 20_000  # parts of a page; what has more is a register, and wants a scraper
LONGEST = 20_000  # characters of a part
LONGEST_NAME = 300  # characters of what one is known by
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
LOOSE_SPACE = re.compile(rf"(?<=[{SPACELESS_RANGE}]) +(?=[{SPACELESS_RANGE}])")


def normal(text: str) -> str:
    """The words as they are compared: one width, one space between them, nothing that is not seen."""
    words = " ".join(UNSEEN.sub("", unicodedata.normalize("NFKC", text)).split())
    return LOOSE_SPACE.sub("", words)


def _parts(text: str, name: str = "", url: str = "") -> Iterator[Part]:
    """The words as a part, as several where they are longer than one may be, so that none goes unseen; none of no words."""
    words, called = normal(text), normal(name)[:LONGEST_NAME]
    for begins in range(0, len(words), LONGEST):
        yield Part(text=words[begins : begins + LONGEST], id=called, url=url)


def title_of(page: Page) -> str:
    """What an HTML page calls itself; "" for any other."""
    if page.body.whole.lstrip()[:1] != b"<" or page.body.whole.lstrip()[:5] == b"<?xml":
        return ""
    title = page.soup.title
    return normal(title.get_text(" ")) if title else ""


def main(page: Page) -> Document:
    """The words of a page's main text; of one that has none, all that it says."""
    document.weigh(page.text)
    lines = main_text.main_text(page.text, page.url)
    if not lines:
        return page.document()
    return document.Document(
        title=title_of(page), blocks=tuple(document.Block(document.BlockKind.PARAGRAPH, line) for line in lines)
    )


def act(page: Page) -> Document:
    """The words of a page's article; of one that has none, all that it says."""
    return document.from_html(page.soup, root=article.article(page.soup), url=page.url)


def words(said: Document) -> Iterator[Part]:
    """A part for each paragraph, heading and item, and for each row of a table."""
    for block in _few(said.blocks):
        if block.rows:
            for row in block.rows:
                yield from _parts(" | ".join(filter(None, row)))
        else:
            yield from _parts(block.text)


def rows(page: Page, css: str, key: str) -> Iterator[Part]:
    """A part for each element that matches; of a row of a table its cells. `key` is a column's heading, or CSS within the row.

    Raises:
        LayoutChanged: nothing matches, or no row has the key.
    """
    nodes = page.select(css)
    column = _column(nodes, key) if key else None
    held = [part for node in _few(nodes) if column is None or node.find("td") for part in _row(page, node, key, column)]
    if key and not any(part.id for part in held):
        raise LayoutChanged(f"no row of {css!r} has the key {key!r}: neither a column is called so, nor does it match within one")
    yield from held


def _row(page: Page, node: bs4.Tag, key: str, column: int | None) -> Iterator[Part]:
    cells = node.find_all(["td", "th"], recursive=False)
    text = " | ".join(cell.get_text(" ") for cell in cells) if cells else node.get_text(" ")
    anchor = node if node.name == "a" else node.find("a", href=True)
    url = page.absolute(str(anchor.get("href") or "")) if anchor else ""
    yield from _parts(text, _key(node, cells, key, column), canonical(url) if url.startswith("http") else "")


def _key(node: bs4.Tag, cells: Sequence[bs4.Tag], key: str, column: int | None) -> str:
    if column is not None:
        return cells[column].get_text(" ") if column < len(cells) else ""
    held = node.select_one(key) if key else None
    return held.get_text(" ", strip=True) or str(held.get("href") or "") if held else ""


def _column(nodes: Sequence[bs4.Tag], key: str) -> int | None:
    """Which column is called so; None where none is: then it is CSS."""
    table = nodes[0].find_parent("table")
    head = table.find("tr") if table else None
    called = [normal(cell.get_text(" ")).casefold() for cell in head.find_all(["th", "td"])] if head else []
    return called.index(normal(key).casefold()) if normal(key).casefold() in called else None


def entries(page: Page) -> Iterator[Part]:
    """A part for each entry of a feed (RSS, Atom, JSON Feed), known by its address.

    Raises:
        NotThePage: it is no feed, or one without entries.
    """
    for entry in _few(page.feed()):
        summary = document.from_html(page.part(entry.summary).soup).text if entry.summary else ""
        yield from _parts(
            f"{entry.title}: {summary}" if summary and entry.title else entry.title or summary, canonical(entry.url), entry.url
        )


def values(page: Page, path: str, key: str) -> Iterator[Part]:
    """A part for each value that a JSONPath finds; of an object all that it says, known by its member `key`.

    Raises:
        NotThePage: it is not JSON.
        LayoutChanged: no value has the key.
    """
    values = _few(node.value for node in path_of(path, "json").find(page.json()))
    held = [
        part
        for value in values
        for part in _parts(_told(value), _text(value.get(key)) if isinstance(value, dict) and key else "")
    ]
    if key and held and not any(part.id for part in held):
        raise LayoutChanged(f"no value at {path!r} has the key {key!r}")
    yield from held


def path_of(path: str, called: str) -> Any:
    """A JSONPath, ready to be used; `called` is the setting that holds it.

    Raises:
        ConfigError: it is none.
    """
    try:
        return jsonpath.compile(path)
    except Exception as error:
        raise ConfigError(f"{called}: {path!r} is no JSONPath (RFC 9535): {error}") from error


def _told(value: Any) -> str:
    """A value in words: the members of an object by name, in the order of their names, since that of JSON means nothing."""
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_text(value[name])}" for name in sorted(value))
    return _text(value)


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + _told(value) + "}"
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _few(things: Iterable[T]) -> Sequence[T]:
    """All of them, where they are no more than a page to watch may have."""
    held = list(things)
    if len(held) > MOST:
        raise NotThePage(f"{len(held):,} parts are more than a page to watch may have ({MOST:,}); write a scraper for a register")
    return held
