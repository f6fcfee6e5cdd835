"""The contract of a scraper: a page is a value, a reader a pure function from a page to facts and links, a source a reader
with an address and a schedule. No I/O here and none in a scraper.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from io import BufferedIOBase, BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from monitor.clock import duration
from monitor.errors import LayoutChanged, NotThePage, SourceError, Unreadable
from monitor.model import Fact
from monitor.register import Register

# The parsers are imported by the methods that use them: a poll that finds its page unchanged never waits for them.
if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

    from monitor.document import Document

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Request:
    """How to ask for a page. `charset` overrides what the server says; a form or JSON body makes it a POST.

    In a header `{user_agent}` stands for the name that config.toml gives us, for servers that want more words around it.
    """

    url: str
    method: Literal["GET", "POST"] = "GET"
    form: Mapping[str, str] = field(default_factory=dict)
    json: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    charset: str | None = None

    def __post_init__(self) -> None:
        if self.form or self.json is not None:
            object.__setattr__(self, "method", "POST")

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


@dataclass(frozen=True)
class Page:
    """A fetched body as a value. `url` is where it finally came from; `fetched_at` is UTC.

    `of` is the key of the act whose annex it is, where it was fetched as one; `companions` are the pages that its source names
    as belonging to it, by the names given there.
    """

    url: str
    body: bytes
    fetched_at: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    content_type: str = ""
    charset: str | None = None
    of: str | None = None
    companions: "Mapping[str, Page]" = field(default_factory=dict)
    digest: str | None = None

    def stream(self) -> BufferedIOBase:
        """The body as a stream from its start, for registers that are too large to be held at once."""
        return BytesIO(self.body)

    @cached_property
    def sha256(self) -> str:
        """The body's name in the archive: the `digest` taken when it was fetched, if one was."""
        if self.digest:
            return self.digest
        with self.stream() as body:
            return hashlib.file_digest(body, "sha256").hexdigest()

    @cached_property
    def identity(self) -> str:
        """What tells whether the page has moved: its own hash, and those of its companions."""
        if not self.companions:
            return self.sha256
        every = [self.sha256, *(page.sha256 for _, page in sorted(self.companions.items()))]
        return hashlib.sha256(" ".join(every).encode()).hexdigest()

    @cached_property
    def text(self) -> str:
        """The body as text: strict UTF-8, else the declared charset, else a guess.

        Raises:
            Unreadable: the bytes are not text in any charset we know.
        """
        from monitor.document import decode  # noqa: PLC0415

        return decode(self.body, declared=self.charset or self.content_type)

    @cached_property
    def soup(self) -> "BeautifulSoup":
        """The body as a parsed HTML tree.

        Raises:
            Unreadable: it is built to be too large or too deep for a tree.
        """
        from bs4 import BeautifulSoup  # noqa: PLC0415

        from monitor.document import weigh  # noqa: PLC0415

        weigh(self.text)
        return BeautifulSoup(self.text, "lxml")

    def json(self) -> Any:
        """The body as JSON.

        Raises:
            NotThePage: it is not JSON.
        """
        try:
            return json.loads(self.text)
        except ValueError as error:
            raise NotThePage(f"expected JSON, got {self.text[:60]!r}") from error

    def rows(self, *keys: str, at_least: int = 1) -> list[dict[str, Any]]:
        """The objects in the list that the body's JSON has under these keys, one within another.

        Raises:
            NotThePage: it is not JSON.
            LayoutChanged: there is no such list, or fewer than `at_least` objects in it.
        """
        found = self.json()
        for key in keys:
            found = found.get(key) if isinstance(found, dict) else None
        rows = [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
        if len(rows) < at_least:
            raise LayoutChanged(f"{len(rows)} rows under {'.'.join(keys) or 'the root'!r}, expected at least {at_least}")
        return rows

    def feed(self) -> list[Entry]:
        """The entries of the body as RSS or Atom, those without an address left out.

        Raises:
            NotThePage: it is no feed, or one without entries.
        """
        import feedparser  # noqa: PLC0415

        # A stream, since feedparser takes bytes for the name of a file first: a body must never choose one.
        found = feedparser.parse(BytesIO(self.body)).entries
        entries = [Entry(each.link, each.get("title", ""), each.get("summary", "")) for each in found if each.get("link")]
        if not entries:
            raise NotThePage(f"expected a feed with entries, got {self.text[:60]!r}")
        return entries

    def part(self, html: str, *, url: str | None = None) -> "Page":
        """HTML found within this page, such as in its JSON, as a page of its own; its links stand relative to `url`."""
        return replace(self, url=url or self.url, body=html.encode(), charset="utf-8", content_type="text/html", digest=None)

    def select(self, css: str, *, at_least: int = 1) -> "list[Tag]":
        """All nodes that match `css`.

        Raises:
            LayoutChanged: fewer than `at_least` match.
        """
        found = self.soup.select(css)
        if len(found) < at_least:
            raise LayoutChanged(f"{len(found)} nodes match {css!r}, expected at least {at_least}")
        return list(found)

    def links(self, css: str, *, read: "Reader", at_least: int = 1) -> "Iterator[Link]":
        """The addresses of the matching `<a>`, absolute, each once, in page order, each to be read by `read`."""
        seen: set[str] = set()
        for anchor in self.select(css, at_least=at_least):
            url = self.absolute(str(anchor.get("href", "")).strip())
            if url.startswith(("http://", "https://")) and url not in seen:
                seen.add(url)
                yield Link(url=url, read=read, title=str(anchor.get("title") or anchor.get_text(" ", strip=True)))

    def absolute(self, href: str) -> str:
        """An address that stands on this page, whole; "" for one that is none (`http://[`)."""
        try:
            return urljoin(self.url, href)
        except ValueError:
            return ""

    def document(self, css: str | None = None) -> "Document":
        """The words of the first node that matches `css` (of the whole page without it); of a PDF or office file all words.

        Raises:
            LayoutChanged: nothing matches.
            Unreadable: the file is scanned, encrypted, broken or a bomb; the page is nested or filled beyond all use.
        """
        from monitor.document import from_binary, from_html, weigh  # noqa: PLC0415

        if words := from_binary(self.body):
            return words
        weigh(self.text)
        root = self.select(css)[0] if css else None
        return from_html(self.soup, root=root, url=self.url)


class FilePage(Page):
    """A page whose body lies in a file: read as a stream by what is made for large registers, whole by all else.

    `held` is what keeps a temporary file from being deleted while the page is in use.
    """

    def __init__(self, url: str, file: Path, held: object = None, **said: Any) -> None:
        super().__init__(url, b"", **said)
        del self.__dict__["body"]  # so that it is read when it is asked for
        self.__dict__.update(_file=file, _held=held)

    @cached_property
    def body(self) -> bytes:
        path: Path = self.__dict__["_file"]
        return path.read_bytes()

    def stream(self) -> BufferedIOBase:
        path: Path = self.__dict__["_file"]
        return path.open("rb")


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


Found = Fact | Link
Reader = Callable[[Page], Iterable[Found] | Register]


def reader_name(read: Reader) -> str:
    """A reader's name in the history, in pages/ and on the command line: `cn_mofcom.announcement`."""
    function = read.read if isinstance(read, Source) else read
    name = getattr(function, "__qualname__", "?")
    return f"{function.__module__.rpartition('.')[2]}.{name}"


def read_all(read: Reader, page: Page) -> list[Found] | Register:
    """Everything a reader finds on a page; of a register the stream of its records.

    Raises:
        SourceError: it refuses the page; or it fell over it, which must not take its siblings along.
    """
    with blamed(read, page.url):
        found = read(page)
        return found if isinstance(found, Register) else list(found)


def tally(read: Reader, page: Page) -> tuple[int, int]:
    """How many links, and how many facts or records, a reader finds on a page; a register is walked to its end.

    Raises:
        SourceError: it refuses the page, or fell over it.
    """
    found = read_all(read, page)
    if isinstance(found, Register):
        with blamed(read, page.url):
            count = sum(1 for _ in found.records)
            found.refuse_short(count)
        return 0, count
    links = sum(isinstance(each, Link) for each in found)
    return links, len(found) - links


@contextmanager
def blamed(read: Reader, url: str) -> Iterator[None]:
    """The edge where a scraper's mistake becomes a value: scrapers are others' code, pages hostile.

    Raises:
        SourceError: whatever went wrong.
    """
    try:
        yield
    except SourceError:
        raise
    except Exception as error:
        raise Unreadable(f"{url}: {reader_name(read)} failed: {type(error).__name__}: {error}", kind="reader") from error


DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class Busy:
    """The hours in which a publisher publishes, in its own zone, how often to look then: `Busy("Mon-Fri", "08:30-17:30", …)`."""

    days: str
    hours: str
    zone: str
    every: str

    def covers(self, moment: datetime) -> bool:
        """Whether `moment` (aware) lies in these hours, the last minute excluded."""
        local = moment.astimezone(ZoneInfo(self.zone))
        first, last = (DAYS.index(day) for day in self.days.split("-"))
        opens, closes = (time.fromisoformat(hour) for hour in self.hours.split("-"))
        return first <= local.weekday() <= last and opens <= local.time() < closes


@dataclass(frozen=True)
class Source:
    """A reader with an address and a schedule. `kind` tells whether its pages are acts or only speak of them."""

    id: str
    name: str
    authority: str
    request: Request
    read: Reader
    every: timedelta
    busy: Busy | None = None
    kind: Literal["acts", "press"] = "acts"
    size_limit: int = 20 * MEGABYTE
    deadline: timedelta | None = None
    zone: str = "UTC"
    language: str = "zh"
    attribution: str = ""
    companions: Mapping[str, Request] = field(default_factory=dict)
    enabled: bool = True

    def __call__(self, page: Page) -> Iterable[Found] | Register:
        return self.read(page)

    def requests(self, now: datetime) -> list[Request]:
        """What to ask for now: `{year}` is the year in the source's zone; in January last year's page is asked for too."""
        if "{year}" not in self.request.url:
            return [self.request]
        local = now.astimezone(ZoneInfo(self.zone))
        years = [local.year, local.year - 1] if local.month == 1 else [local.year]
        return [replace(self.request, url=self.request.url.replace("{year}", str(year))) for year in years]


def source(
    *,
    name: str,
    authority: str,
    url: str | Request,
    every: str,
    busy: Busy | None = None,
    kind: Literal["acts", "press"] = "acts",
    size_limit: int = 20 * MEGABYTE,
    deadline: str | None = None,
    zone: str | None = None,
    language: str = "zh",
    attribution: str = "",
    companions: Mapping[str, str | Request] | None = None,
    enabled: bool = True,
) -> Callable[[Reader], Source]:
    """Make a reader a source, with the address it reads and how often. `zone` defaults to that of `busy`, else UTC.

    `deadline` is for a page that takes longer than `fetch.deadline` allows, large or slow as it is. `companions` are addresses
    whose pages belong to this one, each under a name by which the reader finds it. One that is not `enabled` is read where
    config.toml says so.
    """

    def declare(read: Reader) -> Source:
        return Source(
            id=reader_name(read),
            name=name,
            authority=authority,
            request=url if isinstance(url, Request) else Request(url),
            read=read,
            every=duration(every),
            busy=busy,
            kind=kind,
            size_limit=size_limit,
            deadline=duration(deadline) if deadline else None,
            zone=zone or (busy.zone if busy else "UTC"),
            language=language,
            attribution=attribution,
            companions={
                name: asked if isinstance(asked, Request) else Request(asked) for name, asked in (companions or {}).items()
            },
            enabled=enabled,
        )

    return declare
