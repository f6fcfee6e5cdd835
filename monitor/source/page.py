"""A page is a value: the request and the answer, with ways to look into it; a link names its
reader. No I/O, except for a body in a file that is too large for memory.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from io import BufferedIOBase, BytesIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast, get_args
from urllib.parse import urljoin
from zipfile import ZipFile

import msgspec

from monitor import document
from monitor.document import Document
from monitor.errors import ErrorKind, LayoutChanged, NotThePage, SourceError
from monitor.model import EntityKind, Excerpt, Fact, FieldValue, HandedIn, Listing, frozen
from monitor.source.lists import find_day
from monitor.vocabulary import letters

if TYPE_CHECKING:
    import bs4

# The bytes of a page: in memory, or in a file if too large. Registers read them as a stream.


@dataclass(frozen=True)
class Body:
    """The body of a page: bytes, or their file; for a ZIP one `member`, unpacked as it is read.
    `digest` is the SHA-256 in hex, if it was computed on arrival. `holder` keeps a temporary file
    while the body is in use.
    """

    content: bytes | Path
    member: str | None = None
    digest: str | None = None
    holder: object = field(default=None, compare=False, repr=False)

    @property
    def whole(self) -> bytes:
        """Read all bytes of the body."""
        if isinstance(self.content, bytes) and self.member is None:
            return self.content
        with self.stream() as body:
            return body.read()

    def stream(self) -> BufferedIOBase:
        """Open the body at its start; a body in a file is never all in memory."""
        if self.member is not None:
            packed = self.content if isinstance(self.content, Path) else BytesIO(self.content)
            # the archive closes with its last member
            return cast("BufferedIOBase", ZipFile(packed).open(self.member))
        return self.content.open("rb") if isinstance(self.content, Path) else BytesIO(self.content)

    @property
    def size(self) -> int:
        """Return the number of bytes received; for a ZIP the packed ones."""
        return self.content.stat().st_size if isinstance(self.content, Path) else len(self.content)

    @cached_property
    def sha256(self) -> str:
        """Its name in the archive."""
        if self.digest:
            return self.digest
        with self.stream() as body:
            return hashlib.file_digest(body, "sha256").hexdigest()


# A register that an authority publishes whole, as a stream of records: hashed first, understood
# only when one has moved.


@frozen
class Record:
    """One record: the id it is known by, and bytes of its own from which alone it can be
    understood.
    """

    id: str
    raw: bytes


@frozen
class Shape:
    """How a record's bytes are made: this tells a publisher's change of form from a change of
    content. `parts` maps their columns or tag paths to words; `reshaped` gives the bytes with parts
    renamed, or (None) left out. `exact`: a part in no record is not in the publication either, as
    with a column. A tag is only left out if it is empty.
    """

    parts: Callable[[bytes], Mapping[str, tuple[str, ...]]]
    reshaped: Callable[[bytes, Mapping[str, str | None]], bytes]
    exact: bool = False


@dataclass(frozen=True)
class Register:
    """The result of a register's reader.

    `records` can be iterated once, and raises a `SourceError` at its end if the body is incomplete:
    until then no record counts. `read` parses one record's raw bytes, of today or of years ago.
    `proven`: the format proves its own end (an end tag, an end mark, a count). `official_ids`: the
    ids are the publisher's, not derived from names. `published` is an ISO date or date-time; others
    are reported and left out. `declared` is the publisher's own count, `remarks` are layout
    problems for the reader's maintainer. `shape` describes how the bytes are made, if they can be
    taken apart.
    """

    register: str
    records: Iterable[Record]
    read: Callable[[bytes], Listing]
    proven: bool = False
    official_ids: bool = False
    published: str | None = None
    declared: int | None = None
    remarks: tuple[str, ...] = ()
    shape: Shape | None = None

    def __post_init__(self) -> None:
        if self.published and parse_publication(self.published) is None:
            object.__setattr__(
                self, "remarks", (*self.remarks, "a day of publication that is no ISO date")
            )
            object.__setattr__(self, "published", None)

    def read_checked(self, record_id: str, raw: bytes) -> Listing:
        """Read a record, and check that each value is of a kind that can be recorded.

        Raises:
            SourceError: the reader gives something else.
        """
        listing = self.read(raw)
        parts = (listing.subject, type(listing.subject)), (listing.fields, dict[str, FieldValue])
        try:
            for part, kind in parts:
                msgspec.json.decode(msgspec.json.encode(part), type=kind)
        except msgspec.ValidationError as error:
            kinds = f"; a kind is one of {', '.join(get_args(EntityKind))}"
            raise SourceError(
                f"its reader gives for the record {record_id!r} what can't be recorded:"
                f" {error}{kinds if '$.kind' in str(error) else ''}",
                ErrorKind.READER,
            ) from error
        return listing

    def refuse_short(self, count: int) -> None:
        """Take `count` records for the whole register.

        Raises:
            LayoutChanged: there is not one.
            NotThePage: the register declares another number.
        """
        if not count:
            raise LayoutChanged(f"{self.register}: not one record where the register should be")
        if self.declared is not None and self.declared != count:
            raise NotThePage(
                f"{self.register}: declares {self.declared:,} records and has {count:,}",
                ErrorKind.INCOMPLETE,
            )


def parse_publication(published: str) -> datetime | None:
    """Return a publication's instant, for a day its start in UTC; None if the words are no ISO
    date.
    """
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def key(*parts: str) -> str:
    """Derive an id for registers without one: the parts folded, whatever their width, case and
    white space.
    """
    return "|".join(letters.folded(part) for part in parts)


class Request(msgspec.Struct, frozen=True):
    """How to request a page. `charset` overrides the server's; a form or JSON body makes it a POST.
    In a header `{user_agent}` stands for our name in config.toml, for servers that want more words
    around it, and `{env:NAME}` for an environment variable: a secret is never in the request
    itself. In a URL `{epoch}` stands for the second of the request, to bypass caches.
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
        """Return what identifies an address: method, URL and body."""
        body = (
            json.dumps([dict(self.form), self.json], sort_keys=True)
            if self.form or self.json
            else ""
        )
        return f"{self.method} {self.url} {body}".rstrip()


def make_secure(request: Request) -> Request | None:
    """Return the same request with https; None if it has https, is no GET, or names a port."""
    scheme, _, rest = request.url.partition("://")
    if scheme.lower() != "http" or request.method != "GET" or ":" in rest.partition("/")[0]:
        return None
    return msgspec.structs.replace(request, url=f"https://{rest}")


@frozen
class Entry:
    """One entry of a feed: its address, its words, and its printed day (ISO)."""

    url: str
    title: str
    summary: str = ""
    day: str = ""


class ResponseRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """One answer on the way to a page: the server, the time (UTC, ISO), status and headers without
    secrets. `sha256` is that of the original body, if a secret was removed from the saved one.
    """

    url: str
    at: str
    status: int
    headers: Mapping[str, str] = {}
    sha256: str = ""


@dataclass(frozen=True)
class Page:
    """A body as a value.

    `url` is its final address, `fetched_at` (UTC) its time; None for bytes from a file. `of` is the
    key of the act with this annex; `companions` are the pages that its source declares for it, by
    name. `handed` is the person who handed it in; `responses` are the answers on the way, redirects
    first.
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
        """Return when it was fetched; only for a fetched page."""
        assert self.fetched_at is not None, f"{self.url} was not fetched"
        return self.fetched_at

    @property
    def age(self) -> str:
        """Return a cache's statement of its age (seconds); "" without one."""
        return self.responses[-1].headers.get("age", "") if self.responses else ""

    @cached_property
    def identity(self) -> str:
        """Return a stamp of the page: its own hash, and those of its companions."""
        if not self.companions:
            return self.body.sha256
        every = [
            self.body.sha256,
            *(page.body.sha256 for _, page in sorted(self.companions.items())),
        ]
        return hashlib.sha256(" ".join(every).encode()).hexdigest()

    @cached_property
    def text(self) -> str:
        """The body as text: strict UTF-8, else the declared charset, else a guess.

        Raises:
            Unreadable: the bytes are not text in any charset we know.
        """
        return document.decode(self.body.whole, declared=self.charset or self.content_type)

    @cached_property
    def soup(self) -> "bs4.BeautifulSoup":
        """The body as a parsed HTML tree.

        Raises:
            Unreadable: it is built to be too large or too deep for a tree.
        """
        return document.parse_html(self.text)

    def json(self) -> Any:
        """The body as JSON.

        Raises:
            NotThePage: it is not JSON.
        """
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError) as error:
            raise NotThePage(f"expected JSON, got {self.text[:60]!r}") from error

    @property
    def is_turn_of_year(self) -> bool:
        """Return whether it was fetched in January, when a new year's list may still be empty."""
        return self.fetched_at is not None and self.fetched_at.month == 1

    def rows(self, *keys: str, at_least: int = 1, day: str = "") -> list[dict[str, Any]]:
        """The objects in the list that the body's JSON has under these keys, one within another.
        `day` is the path of an object's day (`data.date`).

        Raises:
            NotThePage: it is not JSON.
            LayoutChanged: there is no such list, or fewer than `at_least` objects in it.
        """
        value = self.json()
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        if len(rows) < at_least:
            raise LayoutChanged(
                f"{len(rows)} rows under {'.'.join(keys) or 'the root'!r}, expected at least"
                f" {at_least}"
            )
        if day:
            _note_days("", *(find_day(str(_get_member(row, day.split(".")))) for row in rows))
        return rows

    def feed(self) -> list[Entry]:
        """The entries of the body as RSS, Atom or JSON Feed, those without an address left out.

        Raises:
            NotThePage: it is no feed, or one without entries.
        """
        if self.body.whole.lstrip()[:1] == b"{":
            entries, why = self._parse_json_feed(), "and none of its items has an address"
        else:
            entries, why = self._parse_xml_feed(), f"got {self.text[:60]!r}"
        if not entries:
            raise NotThePage(f"expected a feed with entries, {why}")
        _note_days("", *(entry.day for entry in entries))
        return entries

    def _parse_json_feed(self) -> list[Entry]:
        """Parse a JSON Feed (https://www.jsonfeed.org/version/1.1/)."""

        def first(item: Mapping[str, Any], *names: str) -> str:
            return str(next(filter(None, map(item.get, names)), ""))

        return [
            Entry(
                self.absolute(url),
                first(item, "title"),
                first(item, "summary", "content_text", "content_html"),
                find_day(first(item, "date_published", "date_modified")),
            )
            for item in self.rows("items")
            if (url := first(item, "url", "external_url"))
        ]

    def _parse_xml_feed(self) -> list[Entry]:
        """Parse RSS or Atom."""
        import feedparser  # noqa: PLC0415 - a large library

        # A stream, since feedparser takes bytes for the name of a file first: a body must never
        # choose one.
        return [
            Entry(item.link, item.get("title", ""), item.get("summary", ""), _get_feed_day(item))
            for item in feedparser.parse(BytesIO(self.body.whole)).entries
            if item.get("link")
        ]

    def part(self, html: str, *, url: str | None = None) -> "Page":
        """Make a page of HTML within this page, such as in its JSON; its links are relative to
        `url`.
        """
        return replace(
            self,
            url=url or self.url,
            body=Body(html.encode()),
            charset="utf-8",
            content_type="text/html",
        )

    def select(self, css: str, *, at_least: int = 1) -> "list[bs4.Tag]":
        """All nodes that match `css`.

        Raises:
            LayoutChanged: fewer than `at_least` match.
        """
        nodes = self.soup.select(css)
        if len(nodes) < at_least:
            raise LayoutChanged(f"{len(nodes)} nodes match {css!r}, expected at least {at_least}")
        return list(nodes)

    def links(self, css: str, *, read: "Reader", at_least: int = 1) -> "Iterator[Link]":
        """List the addresses of the matching `<a>`, absolute, each once, in page order, each for
        the reader `read`; without links to this very page, or to nowhere.
        """
        seen: set[str] = set()
        anchors = self.select(css, at_least=at_least)
        _note_days(*list_days_beside(anchors))
        for anchor in anchors:
            href = str(anchor.get("href", "")).strip()
            url = self.absolute(href) if href.partition("#")[0] else ""
            if url.startswith(("http://", "https://")) and url not in seen:
                seen.add(url)
                yield Link(
                    url=url,
                    read=read,
                    title=str(anchor.get("title") or anchor.get_text(" ", strip=True)),
                )

    def absolute(self, href: str) -> str:
        """Return an address on this page as an absolute one; "" for an invalid one (`http://[`)."""
        try:
            return urljoin(self.url, href)
        except ValueError:
            return ""

    def binary(self) -> Document | None:
        """The words and tables of a PDF, office file or workbook; None where the body is none of
        these.

        Raises:
            Unreadable: the file is scanned, encrypted, broken or a bomb.
        """
        return document.read_binary(self.body.whole)

    def document(self, css: str | None = None) -> Document:
        """Return the words of the first node that matches `css` (of the whole page without it); for
        a PDF or office file all words.

        Raises:
            LayoutChanged: nothing matches.
            Unreadable: the file is scanned, encrypted, broken or a bomb; the page is nested or
                filled beyond all use.
        """
        if words := self.binary():
            return words
        root = self.select(css)[0] if css else None
        return document.read_html(self.soup, root=root, url=self.url)

    def article(self) -> Document:
        """Return the words of the page's article, or else all; for JSON those of its texts, HTML or
        plain.

        Raises:
            SourceError: as `document`, or it is no JSON.
        """
        if words := self.binary():
            return words
        if self.text.lstrip()[:1] in {"{", "["}:
            return self.part("<p>".join(_list_texts(self.json()))).document()
        whole = self.document()
        root = document.find_article(self.soup)
        return document.read_html(self.soup, root=root, url=self.url) if root is not None else whole

    def list_words(self) -> list[str]:
        """List the lines of its article; of a page that can't be shown as words one without any."""
        try:
            return [line for line in self.article().text.splitlines() if line.strip()] or [""]
        except SourceError:
            return [""]


# A reader looks for entries; whoever judges a list by the days that it prints collects those beside.
_DAYS: ContextVar[list[str]] = ContextVar("days")


@contextmanager
def collect_days() -> Iterator[list[str]]:
    """Collect the days of the lists that are looked into meanwhile; "" stands before each list."""
    days: list[str] = []
    token = _DAYS.set(days)
    try:
        yield days
    finally:
        _DAYS.reset(token)


def _note_days(*days: str) -> None:
    _DAYS.get([]).extend(days)


def _list_texts(value: Any) -> Iterator[str]:
    """Every text in a JSON value, in its order."""
    left = [value]
    while left:
        member = left.pop()
        if isinstance(member, str):
            yield member
        left += reversed(
            [*member.values()]
            if isinstance(member, dict)
            else member
            if isinstance(member, list)
            else []
        )


def _get_member(value: Any, path: Iterable[str]) -> Any:
    """The value at a path of keys within a JSON object; "" where there is none."""
    for key in path:
        value = value.get(key, "") if isinstance(value, dict) else ""
    return value


def _get_feed_day(item: Mapping[str, Any]) -> str:
    """The day of an RSS or Atom entry, in UTC; "" where it prints none."""
    moment = item.get("published_parsed") or item.get("updated_parsed")
    return date(*moment[:3]).isoformat() if moment else ""


MOST_STEPS = 4  # from an anchor up to the row of a list that holds it
MOST_ANCHORS = 3  # of one row
ROWS = ("li", "tr", "dd", "article")


def list_days_beside(anchors: "Sequence[bs4.Tag]") -> list[str]:
    """List the day in each anchor's row, or right before the row; "" before each list."""
    held = Counter(
        id(element) for anchor in anchors for element in islice(anchor.parents, MOST_STEPS)
    )
    days, above = [], None
    for anchor in anchors:
        row = _find_row(anchor, held)
        if row.parent is not above:
            days.append("")
        above = row.parent
        own = anchor.get_text(" ", strip=True)
        before = row.find_previous_sibling()
        beside = row.get_text(" ", strip=True).replace(own, " ")
        heading = before.get_text(" ") if before and not before.find("a") else ""
        days.append(find_day(beside) or find_day(own) or find_day(heading))
    return days


def _find_row(anchor: "bs4.Tag", held: Mapping[int, int]) -> "bs4.Tag":
    """The row that holds an anchor: an element for rows with few anchors, else the widest with
    this one alone.
    """
    row = anchor
    for element in islice(anchor.parents, MOST_STEPS):
        if element.name in ROWS and held[id(element)] <= MOST_ANCHORS:
            return element
        if held[id(element)] == 1 and element.name not in ("body", "[document]"):
            row = element
    return row


@frozen
class Link:
    """A page to read, and its reader. `request` if a plain GET of `url` is not enough. `of` is the
    key of the act with this annex: both are read together, and the annex's list becomes the act's.
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


@frozen
class LinksBeside:
    """The links on a list's page that its reader ignores: their number in each place of its tree,
    and the address, words and place of those worded like entries.
    """

    counts: Mapping[int, int]
    links: tuple[tuple[str, str, int], ...] = ()


Found = Fact | Excerpt | Link
Reader = Callable[[Page], Iterable[Found] | Register]
