"""`[[page]]` of config.toml: a page that needs no code. Errors name the key and the way out. No
I/O.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from monitor.config import proxies
from monitor.config.times import DayHours, Duration, Weekdays
from monitor.config.variables import Variable

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
WAYS = ("links", "rows", "feed", "text", "json")


class BusySettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The hours in which a page's publisher publishes, in its own zone, and the interval between
    polls in them.
    """

    days: Weekdays
    hours: DayHours
    zone: ZoneInfo
    every: Duration


class PageSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[[page]]`: a page to watch (pages.md), by exactly one of `links`, `rows`, `feed`, `text`,
    `json`.
    """

    # Shown as `page:NAME`.
    name: str
    # The page.
    url: str
    # CSS: each page that is linked to.
    links: str | None = None
    # CSS: each row of a table, or of what else is repeated.
    rows: str | None = None
    # What identifies a row: a column, CSS within the row, a member of the JSON value.
    key: str | None = None
    # Each entry of an RSS, Atom or JSON Feed.
    feed: bool = False
    # `true`: the main text. CSS: all words of what it finds.
    text: bool | str | None = None
    # Each value that this JSONPath (RFC 9535) finds.
    json: str | None = None
    # `text`: a change of the page. `official`: acts of `authority`. `press`: reports of acts.
    kind: Literal["text", "official", "press"] = "text"
    # The authority of an official page, such as `us-bis`.
    authority: str | None = None
    # The interval between polls.
    every: Duration = Duration(minutes=10)
    # When its publisher publishes: `{ days = "Mon-Fri", hours = "08:30-17:30", zone =
    # "Asia/Shanghai", every = "1 minute" }`.
    busy: BusySettings | None = None
    # The fewest parts it has; with fewer it is another page.
    floor: int = 1
    # How long it may bring nothing new before a message.
    absence: Duration | None = None
    # Variables of the environment that hold the values: `{ X-Key = "CUSTOMS_KEY" }`.
    headers: dict[str, Variable] = {}
    # Its character set, if the server names none or a wrong one.
    charset: str | None = None
    # As `fetch.proxy`, for this page.
    proxy: str | None = None
    # Open it in a browser, once its scripts have run; needs the extra browser, and Chromium.
    render: bool | None = None

    @property
    def ways(self) -> list[str]:
        """Return the keys that name its parts."""
        return [way for way in WAYS if getattr(self, way)]


def find_page_mistakes(pages: Sequence[PageSettings]) -> Iterator[str]:
    """Find errors in the pages by their own keys."""
    for name, times in Counter(page.name for page in pages).items():
        if times > 1:
            yield f"page: {times} pages are called {name!r}; each needs a name of its own"
    for page in pages:
        for complaint in _find_complaints(page):
            yield f"page {page.name!r}: {complaint}"


def _find_complaints(page: PageSettings) -> Iterator[str]:
    if not NAME.fullmatch(page.name):
        yield "name: write small letters, digits, - and _, such as bis-press"
    if not page.url.startswith(("http://", "https://")):
        yield f"url: {page.url!r} is no address; it begins with https://"
    if len(page.ways) != 1:
        there = f"it has {' and '.join(page.ways)}" if page.ways else "it has none"
        yield (
            f"needs exactly one of {', '.join(WAYS)}, and {there}; `monitor try URL` shows what"
            " each would watch"
        )
    yield from _find_wrong_kind(page)
    yield from _find_wrong_request(page)


def _find_wrong_kind(page: PageSettings) -> Iterator[str]:
    if page.key and not (page.rows or page.json):
        yield "key: goes with rows or json alone"
    if page.kind == "official" and not page.authority:
        yield (
            'authority: is needed where kind = "official": whose acts they are, such as us-bis;'
            " `monitor sources` lists them"
        )
    if page.kind != "text" and (page.rows or page.json):
        yield (
            f"kind: {page.kind!r} reads pages as acts: it goes with links, feed and text; rows and"
            ' json are kind = "text"'
        )
    if page.floor < 1:
        yield (
            f"floor: {page.floor} is no number of entries; leave it out, or give the fewest"
            " there are"
        )


def _find_wrong_request(page: PageSettings) -> Iterator[str]:
    if page.render and (page.feed or page.json):
        yield "render: goes with links, rows and text: no browser shows a feed or JSON as a page"
    if page.proxy and (wrong := proxies.find_proxy_mistake(page.proxy)):
        yield f"proxy: {wrong}"
    for header in page.headers:
        if not HEADER.fullmatch(header):
            yield f"headers: {header!r} can't be the name of a header"
    for header, variable in page.headers.items():
        if not variable.isidentifier():
            yield (
                f"headers.{header}: names the variable of the environment that holds the value,"
                " such as MINISTRY_TOKEN"
            )
    if page.charset and not _is_charset(page.charset):
        yield f"charset: {page.charset!r} is no character set; write for example gb18030"


def _is_charset(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True
