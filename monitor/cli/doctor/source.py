"""Check one source's address as its reader sees it: the server, the answer, the facts, and the
newest saved page.
"""

import asyncio
import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from bs4 import Tag

from monitor import vocabulary
from monitor.clock import Clock, format_instant
from monitor.config.proxies import DIRECT
from monitor.errors import ErrorKind, MonitorError, SourceError
from monitor.fetch import Fetcher, Seen
from monitor.fetch.connect import resolve
from monitor.model import Problem, frozen
from monitor.source.lists import ListDays, find_list_faults, know_absence, summarize_days
from monitor.source.page import Body, Link, Page, Register, Request
from monitor.source.schedule import find_old_answer
from monitor.source.scraper import Source, count_content, make_reader_name, read_all, read_with_days
from monitor.vocabulary import NamedRegister
from monitor.vocabulary.letters import HAN_RANGE

LOOKUP = 10.0  # seconds for a name
TURN = 45.0  # seconds for everything: sources of one slow host wait for each other
LINK_TURN = 30.0  # seconds for a page that a source links to
MOST_LINKS = 3  # of one source
NAMED = 3  # registers
CALLED_LIST = re.compile(
    rf"[“《]([{HAN_RANGE}“”]{{2,24}}(?:清单|名单|目录|リスト))[”》]|(?<![\w'-])((?:[A-Z][\w'-]*+\s){{1,5}}(?:List|Register|Schedule)\b)"
)
FACTS = ".facts.json"
VARYING = re.compile(r"[0-9a-f]{8,}|\d+", re.IGNORECASE)
LIVE = re.compile(r"-live-(\d{8})\.")
KINDS = (
    (
        re.compile(
            rb"^\s*(?:\xef\xbb\xbf)?(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b",
            re.DOTALL,
        ),
        "xml",
    ),
    (
        re.compile(
            rb"^\s*(?:\xef\xbb\xbf)?<\?xml(?!.{0,300}<!doctype html)", re.DOTALL | re.IGNORECASE
        ),
        "xml",
    ),
    (re.compile(rb"^%PDF"), "pdf"),
    (re.compile(rb"^\s*(?:\xef\xbb\xbf)?[\[{]"), "json"),
    (re.compile(rb"^PK\x03\x04"), "zip"),
)


@frozen
class Followed:
    """A linked page: the number of facts that its reader finds, or the error. `nothing` explains
    why there may be none, if no saved page shows that this reader ever found any.
    """

    url: str
    reader: str
    facts: int = 0
    problem: str = ""
    nothing: str = ""


@frozen
class Examined:
    """A source and what came of asking for its page."""

    source: Source
    url: str
    answers: tuple[Seen, ...] = ()
    page: Page | None = None
    problem: Problem | None = None
    followed: Followed | None = None


async def find_unresolved(sources: Sequence[Source], now: datetime) -> Mapping[str, Problem | None]:
    """List the hosts that don't resolve, each looked up once; for proxied sources it looks up
    the proxy.
    """
    hosts = sorted(
        {
            _get_host(request.url)
            for source in sources
            if _is_direct(source)
            for request in source.requests(now)
        }
        - {""}
    )
    problems = await asyncio.gather(*map(_look_up, hosts))
    return dict(zip(hosts, problems, strict=True))


def _is_direct(source: Source) -> bool:
    return source.proxy in ("", DIRECT)


def _get_host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # an address such as http://[; the fetcher names what is wrong with it
        return ""


async def _look_up(host: str) -> Problem | None:
    try:
        async with asyncio.timeout(LOOKUP):
            await resolve(host, 443)
    except TimeoutError:
        return Problem(
            kind=ErrorKind.DNS, text=f"{host}: no answer from the resolver within {LOOKUP:.0f} s"
        )
    except (OSError, UnicodeError):
        return Problem(kind=ErrorKind.DNS, text=f"{host}: the name does not resolve")
    return None


async def examine_source(
    source: Source, fetcher: Fetcher, clock: Clock, nowhere: Mapping[str, Problem | None]
) -> Examined:
    """Fetch a source's page; in January last year's too, if the new one has not begun. Follow its
    first links.
    """
    examined = Examined(source, source.request.url)
    for request in source.requests(clock.now()):
        if _is_direct(source) and (problem := nowhere.get(_get_host(request.url))):
            return Examined(source, request.url, problem=problem)
        answers: list[Seen] = []
        page, problem = None, None
        try:
            page = await _fetch_page(fetcher, source, request, TURN, answers.append)
        except TimeoutError:
            problem = Problem(
                kind=ErrorKind.TURN,
                text=f"{_get_host(request.url)}: its turn did not come within {TURN:.0f} s",
            )
        except SourceError as error:
            problem = Problem(kind=error.kind, text=str(error))
        examined = Examined(source, request.url, tuple(answers), page, problem)
        if page:
            return replace(examined, followed=await _follow_links(source, page, fetcher))
    return examined


async def _fetch_page(
    fetcher: Fetcher,
    source: Source,
    request: Request,
    seconds: float,
    watch: Callable[[Seen], None] | None = None,
) -> Page:
    """The page of a request.

    Raises:
        SourceError: none came.
        TimeoutError: its turn did not come.
    """
    async with asyncio.timeout(seconds):
        fetched = await fetcher.fetch_page(
            request,
            size_limit=source.size_limit,
            deadline=source.deadline,
            watch=watch,
            proxy=source.proxy,
            render=source.render,
        )
    return fetched.page


async def _follow_links(source: Source, page: Page, fetcher: Fetcher) -> Followed | None:
    """Check the first links on a page, up to one with a fact; None if it has none, or only reports
    on acts. A list with unreadable acts is not well.
    """
    try:
        content = read_all(source.read, page) if source.kind == "acts" else []
    except SourceError:
        return None
    followed = None
    for link in (
        []
        if isinstance(content, Register)
        else [link for link in content if isinstance(link, Link)][:MOST_LINKS]
    ):
        followed = await _read_linked(source, link, fetcher)
        if followed.facts:
            break
    return followed


async def _read_linked(source: Source, link: Link, fetcher: Fetcher) -> Followed:
    reader = make_reader_name(link.read)
    try:
        page = await _fetch_page(fetcher, source, link.asks, LINK_TURN)
        links, facts = await asyncio.to_thread(count_content, link.read, page)
    except TimeoutError:
        return Followed(link.url, reader, problem=f"its turn did not come within {LINK_TURN:.0f} s")
    except SourceError as error:
        return Followed(link.url, reader, problem=f"{error.kind}: {error}")
    if links or facts or any(map(_is_read, _list_saved(source, reader))):
        return Followed(link.url, reader, facts)
    try:
        return Followed(link.url, reader, nothing=explain_nothing(page.document().text))
    except MonitorError as error:
        return Followed(link.url, reader, nothing=str(error))


def explain_nothing(text: str) -> str:
    """Describe an error for the reader's maintainer; a page on another subject is none."""
    known = [
        register.name
        for register in vocabulary.current().registers.values()
        if _is_named(register, text)
    ]
    strange = dict.fromkeys(
        [match[1] or match[2].strip() for match in CALLED_LIST.finditer(text)][: NAMED * 3]
    )
    if known:
        return f"it names {', '.join(known[:NAMED])}, and no verb that is known does anything there"
    if strange:
        return (
            f"it names no register that is known, but perhaps a new one ({', '.join(strange)}):"
            " declare a NamedRegister"
        )
    return "it names no register that is known, and controls no goods in words that are known"


def _is_named(register: NamedRegister, text: str) -> bool:
    return any(word and word in text for word in (register.own, *register.written)) or any(
        re.search(phrase, text) for phrase in register.phrases or (re.escape(register.name),)
    )


@dataclass(frozen=True)
class WatchedPage(Page):
    """A page that remembers how many nodes each selector matched."""

    matched: dict[str, int] = field(default_factory=dict, compare=False)

    def select(self, css: str, *, at_least: int = 1) -> list[Tag]:
        self.matched[css] = len(self.soup.select(css))
        return super().select(css, at_least=at_least)


@frozen
class Reading:
    """The facts that a reader finds on a page, or its refusal; `fault` is what is wrong with a list
    by its days.
    """

    links: int = 0
    facts: int = 0
    matched: Mapping[str, int] = field(default_factory=dict)
    problem: Problem | None = None
    shapes: frozenset[str] = frozenset()
    remarks: tuple[str, ...] = ()
    fault: Problem | None = None


@frozen
class Comparison:
    """A live page beside the newest saved page of the same reader; `file` is "" where none is
    saved.
    """

    live: Reading
    saved: Reading = field(default_factory=Reading)
    file: str = ""

    @property
    def is_proven(self) -> bool:
        """Return whether the newest saved page came from the publisher."""
        return LIVE.search(self.file) is not None

    @property
    def strange_links(self) -> bool:
        """Return whether all links here differ in form from those of the saved page."""
        return bool(
            self.live.shapes and self.saved.shapes and not self.live.shapes & self.saved.shapes
        )

    @property
    def ratio(self) -> float | None:
        """Links (or facts, on a page without links) here to those in the saved page."""
        there = self.saved.links or self.saved.facts
        here = self.live.links if self.saved.links else self.live.facts
        return round(here / there, 2) if there else None


def compare(source: Source, page: Page | None) -> Comparison | None:
    """Compare a reader's result with that on the newest saved page; one from the live site counts
    before all others.
    """
    if page is None:
        return None
    live = _read_page(source, page)
    newest = max(
        filter(_is_read, _list_saved(source, make_reader_name(source))), key=_get_age, default=None
    )
    if newest is None:
        return Comparison(live)
    saved = Page(url=page.url, body=Body(newest.read_bytes()), charset=page.charset)
    return Comparison(live, _read_page(source, saved), newest.name)


def _read_page(source: Source, page: Page) -> Reading:
    watched = WatchedPage(
        page.url,
        page.body,
        page.fetched_at,
        page.content_type,
        page.charset,
        responses=page.responses,
    )
    try:
        content, days = read_with_days(source.read, watched)
        links, facts = count_content(source.read, watched)
    except SourceError as error:
        return Reading(matched=watched.matched, problem=Problem(kind=error.kind, text=str(error)))
    fault = _find_fault(source, page, days)
    if isinstance(content, Register):
        return Reading(links, facts, watched.matched, remarks=content.remarks, fault=fault)
    shapes = frozenset(make_url_shape(link.url) for link in content if isinstance(link, Link))
    return Reading(links, facts, watched.matched, shapes=shapes, fault=fault)


def _find_fault(source: Source, page: Page, days: Sequence[str]) -> Problem | None:
    """Find errors in a list by its days, or in an answer by its age."""
    if page.fetched_at is None:
        return None
    seconds = find_old_answer(source, page.age, page.fetched_at)
    seen = summarize_days(
        days,
        0,
        page.fetched_at,
        ListDays(age=seconds, aged_at=page.fetched_at if seconds else None),
    )
    faults = find_list_faults(
        seen or ListDays(), know_absence(source.expected.absence), page.fetched_at
    )
    return next((Problem(kind=fault.kind, text=fault.text) for fault in faults), None)


def make_url_shape(url: str) -> str:
    """The form of an address, its numbers and hashes aside: `/zcfb/art/#/art_#.html`."""
    parts = urlsplit(url)
    return f"{parts.netloc}{VARYING.sub('#', parts.path)}"


def _find_folder(source: Source) -> Path | None:
    """Find the folder of a source's saved pages; None if it is installed without its repository."""
    tests = Path(sys.modules[source.read.__module__].__file__ or "").parent.parent / "tests"
    return tests / "pages" if tests.is_dir() else None


def _list_saved(source: Source, reader: str) -> list[Path]:
    """The saved pages of a reader."""
    pages, (scraper, _, name) = _find_folder(source), reader.partition(".")
    return (
        [path for path in pages.glob(f"{scraper}/{name}-*") if not path.name.endswith(FACTS)]
        if pages
        else []
    )


def _is_read(path: Path) -> bool:
    facts = path.with_suffix(FACTS)
    return facts.exists() and bool(json.loads(facts.read_text(encoding="utf-8"))["facts"])


def _get_age(path: Path) -> tuple[str, float, str]:
    live = LIVE.search(path.name)
    return live[1] if live else "", path.stat().st_mtime, path.name


def save(source: Source, page: Page) -> Path:
    """Save a live page as a fixture and return its path.

    Raises:
        MonitorError: the package has no tests beside it, or the folder can't be written.
    """
    pages = _find_folder(source)
    if pages is None:
        raise MonitorError(
            f"no tests folder beside the package of {source.id}; run it in the repository"
        )
    scraper, _, reader = make_reader_name(source).partition(".")
    day = format_instant(page.came_at)[:10].replace("-", "")
    return write_page(
        pages / scraper / f"{reader}-live-{day}.{guess_extension(page.body.whole)}", page.body.whole
    )


def write_page(path: Path, body: bytes) -> Path:
    """Write a saved page.

    Raises:
        MonitorError: it can't be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    except OSError as error:
        raise MonitorError(f"{path}: can't be written: {error.strerror}") from error
    return path


def guess_extension(body: bytes) -> str:
    """The file name's end for a body, by the body itself: servers call everything text/html."""
    return next((name for shape, name in KINDS if shape.match(body)), "html")
