"""The reader of a page of config.toml: it finds the parts that its keys name. No I/O."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from monitor import document, extract
from monitor.config import VERSION
from monitor.config.pages import PageSettings
from monitor.document import Document, error_pages, main_text
from monitor.errors import ConfigError, LayoutChanged, NotThePage
from monitor.model import Excerpt, Fact, Part, Report, frozen
from monitor.source.habits import Expected
from monitor.source.page import Found, Link, Page, Request
from monitor.source.scraper import Busy, Source, get_host
from monitor.vocabulary.letters import SPACELESS_RANGE

if TYPE_CHECKING:
    import bs4

PREFIX = "page:"
LINKED = "linked"
WHOLE = "True"  # `text = true`
# CSS that needs no parser to be seen to be some
PLAIN = re.compile(r"[a-z]+|(?:[a-z]+)?[#.][A-Za-z_][\w-]*")
# of CSS: without attributes, and without places among others
BY_NAMES = re.compile(r"[\w\s#.>,-]+")


@frozen
class PageReader:
    """Reads a page by config.toml: by `way` (links, rows, feed, text, json) and `where` on it. It
    has its source's name.
    """

    name: str
    way: str
    where: str
    key: str = ""
    kind: str = "text"
    authority: str = ""
    floor: int = 1
    headers: Mapping[str, str] = field(default_factory=dict)
    charset: str | None = None
    rendered: bool = False

    def __call__(self, page: Page) -> Iterator[Found]:
        """Find the page's parts, or its links.

        Raises:
            SourceError: it is another page, or has no such part.
        """
        if self.way != "feed" and not page.body.whole.startswith((b"%PDF", b"PK")):
            # an error, a wall or word of maintenance is no change of the text
            error_pages.refuse(page.text)
        if self.way == "links" or (self.way == "feed" and self.kind != "text"):
            yield from self._links(page)
        elif self.kind == "text":
            yield self._excerpt(page)
        else:
            yield from self._facts(page)

    @property
    def linked_reader(self) -> "PageReader":
        """The reader of the pages it links to: their whole main text."""
        return replace(self, name=f"{self.name}.{LINKED}", way="text", where=WHOLE, key="", floor=1)

    @property
    def source(self) -> str:
        """The source it belongs to."""
        return self.name.removesuffix(f".{LINKED}")

    @property
    def fingerprint(self) -> str:
        """Return a stamp that changes when the same bytes may be read otherwise: its settings, and
        the main-text finder.
        """
        by = main_text.release() if self.way == "text" and self.where == WHOLE else ""
        said = repr((VERSION, by, self.way, self.where, self.key, self.charset, self.rendered))
        return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()

    @property
    def goes_by_words(self) -> bool:
        """Return whether its result depends only on words, tags, ids and classes, so that equal
        ones mean no change. The main-text finder also uses other attributes, such as `style`; a
        change of only these is found within a day.
        """
        return (
            self.kind == "text"
            and self.way == "text"
            and BY_NAMES.fullmatch(self.where) is not None
        )

    def refuse_unreadable(self) -> None:
        """Check a page's selectors and path.

        Raises:
            ConfigError: one can't be parsed.
        """
        called = f"page {self.source.removeprefix(PREFIX)!r}: {self.way}"
        if self.way == "json":
            compile_path(self.where, called)
        if (
            self.way in ("links", "rows", "text")
            and self.where != WHOLE
            and not PLAIN.fullmatch(self.where)
        ):
            import soupsieve  # noqa: PLC0415 - a large library

            try:
                soupsieve.compile(self.where)
            except Exception as error:
                first = str(error).partition("\n")[0]
                raise ConfigError(f"{called}: {self.where!r} is no CSS: {first}") from error

    def _links(self, page: Page) -> Iterator[Link]:
        found = page.feed() if self.way == "feed" else None
        read = self.linked_reader
        links = (
            [Link(entry.url, read, entry.title) for entry in found]
            if found
            else page.links(self.where, read=read)
        )
        addressed = {normalize_url(link.url): link for link in links}
        if len(addressed) < self.floor:
            raise LayoutChanged(
                f"{len(addressed)} links match {self.where!r}, expected at least {self.floor}"
            )
        for url, link in addressed.items():
            own = self.headers if get_host(url) == get_host(page.url) else {}
            yield replace(
                link,
                url=url,
                request=(
                    Request(url, headers=own, charset=self.charset) if own or self.charset else None
                ),
            )

    def _excerpt(self, page: Page) -> Excerpt:
        found = tuple(self._select_parts(page))
        if len(found) < self.floor:
            what = {"rows": "rows", "feed": "entries", "json": "values"}.get(self.way, "paragraphs")
            at = "" if self.where in (WHOLE, "") else f" at {self.where!r}"
            raise LayoutChanged(f"{len(found)} {what}{at} found, expected at least {self.floor}")
        return Excerpt(
            page=self.source,
            title=get_title(page),
            url=page.url,
            parts=found,
            window=self.way == "feed",
        )

    def _select_parts(self, page: Page) -> Iterator[Part]:
        if self.way == "rows":
            return select_rows(page, self.where, self.key)
        if self.way == "feed":
            return read_feed_entries(page)
        if self.way == "json":
            return select_values(page, self.where, self.key)
        return split_paragraphs(self._document(page))

    def _document(self, page: Page) -> Document:
        """The words to be watched, or to be read as an act."""
        if self.where != WHOLE:
            return read_found(page, self.where)
        if packed := page.binary():
            return packed
        return read_main_text(page) if self.kind == "text" else read_article(page)

    def _facts(self, page: Page) -> list[Fact]:
        document = self._document(page)
        if not document.text.strip():
            raise NotThePage(f"{page.url}: there are no words on it")
        if self.kind == "official":
            return extract.understand(document, url=page.url, authority=self.authority)
        publisher = get_host(page.url)
        said = [
            fact for fact in extract.understand(document, url=page.url) if isinstance(fact, Report)
        ]
        if not said:
            return extract.en.report(document, url=page.url, publisher=publisher)
        return [report.replace(publisher=report.publisher or publisher) for report in said]


# Split a page into recognizable parts: paragraphs, table rows, feed entries, JSON values. No I/O.

T = TypeVar("T")

MOST = 20_000  # parts of a page; what has more is a register, and wants a scraper
LONGEST = 20_000  # characters of a part
LONGEST_NAME = 300  # characters of what one is known by
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
LOOSE_SPACE = re.compile(rf"(?<=[{SPACELESS_RANGE}]) +(?=[{SPACELESS_RANGE}])")


def normalize_words(text: str) -> str:
    """The words as they are compared: one width, one space between them, nothing that is not
    seen.
    """
    if text.isascii():
        return " ".join(text.split())
    words = " ".join(UNSEEN.sub("", unicodedata.normalize("NFKC", text)).split())
    return LOOSE_SPACE.sub("", words)


def _split_parts(text: str, name: str = "", url: str = "") -> Iterator[Part]:
    """Make the words a part, or several if too long for one; none without words."""
    words, called = normalize_words(text), normalize_words(name)[:LONGEST_NAME]
    for begins in range(0, len(words), LONGEST):
        yield Part(text=words[begins : begins + LONGEST], id=called, url=url)


def get_title(page: Page) -> str:
    """Return an HTML page's own title; "" for others."""
    if page.body.whole.lstrip()[:1] != b"<" or page.body.whole.lstrip()[:5] == b"<?xml":
        return ""
    title = page.soup.title
    return normalize_words(title.get_text(" ")) if title else ""


def read_found(page: Page, css: str) -> Document:
    """Return the words of all that `css` finds, of nodes in one another once; of a PDF or office
    file all words.
    """
    first = page.document(css)
    if page.binary():
        return first
    nodes = page.select(css)
    found = {id(node) for node in nodes}
    others = [node for node in nodes[1:] if found.isdisjoint(map(id, node.parents))]
    more = (document.read_html(page.soup, root=node).blocks for node in others)
    return replace(first, blocks=(*first.blocks, *chain.from_iterable(more)))


def read_main_text(page: Page) -> Document:
    """Return the words of a page's main text, or else of the whole page."""
    document.weigh(page.text)
    lines = main_text.extract_main_text(page.text, page.url)
    if not lines:
        return page.document()
    return document.Document(
        title=get_title(page),
        blocks=tuple(document.Block(document.BlockKind.PARAGRAPH, line) for line in lines),
    )


def read_article(page: Page) -> Document:
    """Return the words of a page's article, or else of the whole page."""
    return document.read_html(page.soup, root=document.find_article(page.soup), url=page.url)


def split_paragraphs(said: Document) -> Iterator[Part]:
    """A part for each paragraph, heading and item, and for each row of a table."""
    for block in _refuse_many(said.blocks):
        if block.rows:
            for row in block.rows:
                yield from _split_parts(" | ".join(filter(None, row)))
        else:
            yield from _split_parts(block.text)


def select_rows(page: Page, css: str, key: str) -> Iterator[Part]:
    """A part for each element that matches; of a row of a table its cells. `key` is a column's
    heading, or CSS within the row.

    Raises:
        LayoutChanged: nothing matches, or no row has the key.
    """
    nodes = _refuse_many(page.select(css))
    table = nodes[0].find_parent("table")
    head = table.find("tr") if table else None
    called = (
        [normalize_words(cell.get_text(" ")).casefold() for cell in head.find_all(["th", "td"])]
        if head and key
        else []
    )
    wanted = normalize_words(key).casefold()
    column = called.index(wanted) if wanted in called else None  # else it is CSS
    held = [
        part
        for node in nodes
        if column is None or node.find("td")
        for part in _read_row(page, node, key, column)
    ]
    if key and not any(part.id for part in held):
        raise LayoutChanged(
            f"no row of {css!r} has the key {key!r}: neither a column is called so, nor does it"
            " match within one"
        )
    yield from held


def _read_row(page: Page, node: "bs4.Tag", key: str, column: int | None) -> Iterator[Part]:
    cells = node.find_all(["td", "th"], recursive=False)
    text = " | ".join(cell.get_text(" ") for cell in cells) if cells else node.get_text(" ")
    anchor = node if node.name == "a" else node.find("a", href=True)
    url = page.absolute(str(anchor.get("href") or "")) if anchor else ""
    if column is not None:
        known_by = cells[column].get_text(" ") if column < len(cells) else ""
    else:
        held = node.select_one(key) if key else None
        known_by = held.get_text(" ", strip=True) or str(held.get("href") or "") if held else ""
    yield from _split_parts(text, known_by, normalize_url(url) if url.startswith("http") else "")


def read_feed_entries(page: Page) -> Iterator[Part]:
    """A part for each entry of a feed (RSS, Atom, JSON Feed), known by its address.

    Raises:
        NotThePage: it is no feed, or one without entries.
    """
    for entry in _refuse_many(page.feed()):
        summary = document.read_html(page.part(entry.summary).soup).text if entry.summary else ""
        yield from _split_parts(
            f"{entry.title}: {summary}" if summary and entry.title else entry.title or summary,
            normalize_url(entry.url),
            entry.url,
        )


def select_values(page: Page, path: str, key: str) -> Iterator[Part]:
    """Make a part of each value that a JSONPath finds; of an object all its words, with its member
    `key` as id.

    Raises:
        NotThePage: it is not JSON.
        LayoutChanged: no value has the key.
    """
    values = _refuse_many(node.value for node in compile_path(path, "json").find(page.json()))
    held = [
        part
        for value in values
        for part in _split_parts(
            _format_value(value),
            _get_text(value.get(key)) if isinstance(value, dict) and key else "",
        )
    ]
    if key and held and not any(part.id for part in held):
        raise LayoutChanged(f"no value at {path!r} has the key {key!r}")
    yield from held


def compile_path(path: str, called: str) -> Any:
    """A JSONPath, ready to be used; `called` is the setting that holds it.

    Raises:
        ConfigError: it is none.
    """
    import jsonpath_rfc9535 as jsonpath  # noqa: PLC0415 - a large library

    try:
        return jsonpath.compile(path)
    except Exception as error:
        raise ConfigError(f"{called}: {path!r} is no JSONPath (RFC 9535): {error}") from error


def _format_value(value: Any) -> str:
    """Write a value in words: an object's members sorted by name, because their order in JSON means
    nothing.
    """
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_get_text(value[name])}" for name in sorted(value))
    return _get_text(value)


def _get_text(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + _format_value(value) + "}"
    if isinstance(value, list):
        return ", ".join(map(_get_text, value))
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _refuse_many(things: Iterable[T]) -> Sequence[T]:
    """All of them, where they are no more than a page to watch may have."""
    held = list(things)
    if len(held) > MOST:
        raise NotThePage(
            f"{len(held):,} parts are more than a page to watch may have ({MOST:,}); write a"
            " scraper for a register"
        )
    return held


# Addresses without what names only a visit: session ids, marks of campaigns, moments. Pure.

IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[\w.!~-]*", re.IGNORECASE)
OF_A_VISIT = re.compile(
    r"utm_\w+|fbclid|gclid|msclkid|_ga|jsessionid|phpsessid|aspsessionid\w*|session_?id|cftoken|cfid|csrf\w*|nonce",
    re.IGNORECASE,
)
MAYBE = re.compile(
    r"sid|s|sess|session|token|_|t|ts|timestamp|time|rand|rnd|r|v|cb|cachebuster", re.IGNORECASE
)
# a Unix time in seconds or milliseconds, or a number by chance
MOMENT = re.compile(r"1\d{9}(?:\d{3})?|0\.\d{6,20}")
BY_CHANCE = re.compile(r"(?=\w{0,63}\d)(?=\w{0,63}[a-fA-F])[0-9a-fA-F]{24,64}")


def normalize_url(url: str) -> str:
    """The address by which a page is known again."""
    parts = urlsplit(url)
    path = IN_PATH.sub("", parts.path)
    query = parse_qsl(parts.query, keep_blank_values=True)
    kept = [
        (name, value)
        for name, value in query
        if not OF_A_VISIT.fullmatch(name)
        and not (MAYBE.fullmatch(name) and (MOMENT.fullmatch(value) or BY_CHANCE.fullmatch(value)))
    ]
    if path == parts.path and len(kept) == len(query):
        return urlunsplit(parts._replace(fragment=""))
    return urlunsplit(parts._replace(path=path, query=urlencode(kept), fragment=""))


# `[[page]]` → the source `page:NAME`, its reader, and that of the pages it links to.

NEVER = timedelta(days=3650)  # how long a text may stay the same: some law is unchanged for decades
KINDS = {"text": "page", "official": "acts", "press": "press"}


def collect_readers(sources: Iterable[Source]) -> tuple[PageReader, ...]:
    """The readers of those sources that are pages of config.toml, with those of the pages they
    link to.
    """
    own = [source.read for source in sources if isinstance(source.read, PageReader)]
    return (*own, *(read.linked_reader for read in own if read.way in ("links", "feed")))


def make_source(page: PageSettings) -> Source:
    """The source that a page of config.toml is.

    Raises:
        ConfigError: a selector or a path can't be read.
    """
    read = _make_reader(page)
    read.refuse_unreadable()
    busy = (
        Busy(str(page.busy.days), str(page.busy.hours), str(page.busy.zone), page.busy.every)
        if page.busy
        else None
    )
    return Source(
        id=read.name,
        name=page.name,
        authority=read.authority,
        request=Request(page.url, headers=read.headers, charset=page.charset),
        read=read,
        every=page.every,
        busy=busy,
        kind=KINDS[page.kind],  # type: ignore[arg-type]  # its values are the kinds
        language="",
        # a text stays as it is, unless its length is limited
        expected=(
            Expected(page.absence or NEVER, NEVER)
            if page.kind == "text"
            else Expected(page.absence)
        ),
        proxy=page.proxy or "",
        render=bool(page.render),
    )


def _make_reader(page: PageSettings) -> PageReader:
    return PageReader(
        name=f"{PREFIX}{page.name}",
        way=page.ways[0],
        where=str(getattr(page, page.ways[0])),
        key=page.key or "",
        kind=page.kind,
        authority=page.authority or "",
        floor=page.floor,
        headers={name: f"{{env:{variable}}}" for name, variable in page.headers.items()},
        charset=page.charset,
        rendered=bool(page.render),
    )
