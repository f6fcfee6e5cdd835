"""A page is a value: what was asked for and what came, with the ways to look into it; a link says who reads what it points to.

No I/O, but for a body that is too large to be held and lies in a file.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from io import BytesIO
from typing import Any, Literal
from urllib.parse import urljoin

import bs4
import msgspec

from monitor import document
from monitor.document import Document
from monitor.errors import LayoutChanged, NotThePage
from monitor.model import Excerpt, Fact, HandedIn
from monitor.source.body import Body
from monitor.source.register import Register


class Request(msgspec.Struct, frozen=True):
    """How to ask for a page. `charset` overrides what the server says; a form or JSON body makes it a POST.

    In a header `{user_agent}` stands for the name that config.toml gives us, for servers that want more words around it, and
    `{env:NAME}` for what that variable of the environment holds: a secret is never a part of the request itself.
    """

    url: str
    method: Literal["GET", "POST"] = "GET"
    form: Mapping[str, str] = {}
    json: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = {}
    charset: str | None = None

    def __post_init__(self) -> None:
        if self.form or self.json is not None:
            msgspec.structs.force_setattr(self, "method", "POST")

    @property
    def identity(self) -> str:
        """What makes two requests the same address: method, URL and body."""
        body = json.dumps([dict(self.form), self.json], sort_keys=True) if self.form or self.json else ""
        return f"{self.method} {self.url} {body}".rstrip()


@dataclass(frozen=True)
class Entry:
    """One entry of a feed: an address and what is said about it."""

    url: str
    title: str
    summary: str = ""


class ResponseRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """One answer on the way to a page: whose, when it came (UTC, ISO), its status and headers, but for what is secret."""

    url: str
    at: str
    status: int
    headers: Mapping[str, str] = {}


@dataclass(frozen=True)
class Page:
    """A body as a value. `url` is where it finally came from, `fetched_at` (UTC) when; None of bytes that lay in a file.

    `of` is the key of the act whose annex it is, where it was fetched as one; `companions` are the pages that its source names
    as belonging to it, by the names given there. `handed` says who gave it to us, where a person had saved it; `responses` are
    the answers by which it came, redirects first.
    """

    url: str
    body: Body
    fetched_at: datetime | None = None
    content_type: str = ""
    charset: str | None = None
    of: str | None = None
    companions: "Mapping[str, Page]" = field(default_factory=dict)
    handed: HandedIn | None = None
    responses: tuple[ResponseRecord, ...] = ()

    @property
    def came_at(self) -> datetime:
        """When it was fetched; to be asked only of a page that was."""
        assert self.fetched_at is not None, f"{self.url} was not fetched"
        return self.fetched_at

    @cached_property
    def identity(self) -> str:
        """What tells whether the page has moved: its own hash, and those of its companions."""
        if not self.companions:
            return self.body.sha256
        every = [self.body.sha256, *(page.body.sha256 for _, page in sorted(self.companions.items()))]
        return hashlib.sha256(" ".join(every).encode()).hexdigest()

    @cached_property
    def text(self) -> str:
        """The body as text: strict UTF-8, else the declared charset, else a guess.

        Raises:
            Unreadable: the bytes are not text in any charset we know.
        """
        return document.decode(self.body.whole, declared=self.charset or self.content_type)

    @cached_property
    def soup(self) -> bs4.BeautifulSoup:
        """The body as a parsed HTML tree.

        Raises:
            Unreadable: it is built to be too large or too deep for a tree.
        """
        document.weigh(self.text)
        return bs4.BeautifulSoup(self.text, "lxml")

    def json(self) -> Any:
        """The body as JSON.

        Raises:
            NotThePage: it is not JSON.
        """
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError) as error:
            raise NotThePage(f"expected JSON, got {self.text[:60]!r}") from error

    def rows(self, *keys: str, at_least: int = 1) -> list[dict[str, Any]]:
        """The objects in the list that the body's JSON has under these keys, one within another.

        Raises:
            NotThePage: it is not JSON.
            LayoutChanged: there is no such list, or fewer than `at_least` objects in it.
        """
        value = self.json()
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        if len(rows) < at_least:
            raise LayoutChanged(f"{len(rows)} rows under {'.'.join(keys) or 'the root'!r}, expected at least {at_least}")
        return rows

    def feed(self) -> list[Entry]:
        """The entries of the body as RSS, Atom or JSON Feed, those without an address left out.

        Raises:
            NotThePage: it is no feed, or one without entries.
        """
        import feedparser  # noqa: PLC0415 - a large library

        if self.body.whole.lstrip()[:1] == b"{":
            return _json_feed(self)
        # A stream, since feedparser takes bytes for the name of a file first: a body must never choose one.
        items = feedparser.parse(BytesIO(self.body.whole)).entries
        entries = [Entry(item.link, item.get("title", ""), item.get("summary", "")) for item in items if item.get("link")]
        if not entries:
            raise NotThePage(f"expected a feed with entries, got {self.text[:60]!r}")
        return entries

    def part(self, html: str, *, url: str | None = None) -> "Page":
        """HTML found within this page, such as in its JSON, as a page of its own; its links stand relative to `url`."""
        return replace(self, url=url or self.url, body=Body(html.encode()), charset="utf-8", content_type="text/html")

    def select(self, css: str, *, at_least: int = 1) -> list[bs4.Tag]:
        """All nodes that match `css`.

        Raises:
            LayoutChanged: fewer than `at_least` match.
        """
        nodes = self.soup.select(css)
        if len(nodes) < at_least:
            raise LayoutChanged(f"{len(nodes)} nodes match {css!r}, expected at least {at_least}")
        return list(nodes)

    def links(self, css: str, *, read: "Reader", at_least: int = 1) -> "Iterator[Link]":
        """The addresses of the matching `<a>`, absolute, each once, in page order, each to be read by `read`; what leads to a
        place on this very page, or nowhere, is none.
        """
        seen: set[str] = set()
        for anchor in self.select(css, at_least=at_least):
            href = str(anchor.get("href", "")).strip()
            url = self.absolute(href) if href.partition("#")[0] else ""
            if url.startswith(("http://", "https://")) and url not in seen:
                seen.add(url)
                yield Link(url=url, read=read, title=str(anchor.get("title") or anchor.get_text(" ", strip=True)))

    def absolute(self, href: str) -> str:
        """An address that stands on this page, whole; "" for one that is none (`http://[`)."""
        try:
            return urljoin(self.url, href)
        except ValueError:
            return ""

    def binary(self) -> Document | None:
        """The words and tables of a PDF, office file or workbook; None where the body is none of these.

        Raises:
            Unreadable: the file is scanned, encrypted, broken or a bomb.
        """
        return document.from_binary(self.body.whole)

    def document(self, css: str | None = None) -> Document:
        """The words of the first node that matches `css` (of the whole page without it); of a PDF or office file all words.

        Raises:
            LayoutChanged: nothing matches.
            Unreadable: the file is scanned, encrypted, broken or a bomb; the page is nested or filled beyond all use.
        """
        if words := self.binary():
            return words
        document.weigh(self.text)
        root = self.select(css)[0] if css else None
        return document.from_html(self.soup, root=root, url=self.url)


def _json_feed(page: Page) -> list[Entry]:
    """The entries of a JSON Feed (https://www.jsonfeed.org/version/1.1/)."""
    entries = [
        Entry(
            page.absolute(str(item.get("url") or item.get("external_url"))),
            str(item.get("title") or ""),
            str(item.get("summary") or item.get("content_text") or item.get("content_html") or ""),
        )
        for item in page.rows("items")
        if item.get("url") or item.get("external_url")
    ]
    if not entries:
        raise NotThePage("expected a feed with entries, and none of its items has an address")
    return entries


@dataclass(frozen=True)
class Link:
    """A page owed a read, and the reader that reads it. `request` where a plain GET of `url` is not enough.

    `of` is the key of the act whose annex it is: it is read together with that act, and what it lists becomes the act's.
    """

    url: str
    read: "Reader"
    title: str = ""
    of: str | None = None
    request: Request | None = None

    @property
    def asks(self) -> Request:
        """The request that fetches it."""
        return self.request or Request(self.url)


Found = Fact | Excerpt | Link
Reader = Callable[[Page], Iterable[Found] | Register]
