"""Saved pages in the repository: where they lie, which is the newest that is read, and what a reader finds there and here."""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from bs4 import Tag

from monitor.clock import iso
from monitor.errors import MonitorError, SourceError
from monitor.model import Problem
from monitor.source.page import Body, Found, Link, Page, Register
from monitor.source.scraper import Source, read_all, reader_name, tally

FACTS = ".facts.json"
VARYING = re.compile(r"[0-9a-f]{8,}|\d+", re.IGNORECASE)
LIVE = re.compile(r"-live-(\d{8})\.")
KINDS = (
    (re.compile(rb"^\s*(?:\xef\xbb\xbf)?(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.DOTALL), "xml"),
    (re.compile(rb"^\s*(?:\xef\xbb\xbf)?<\?xml(?!.{0,300}<!doctype html)", re.DOTALL | re.IGNORECASE), "xml"),
    (re.compile(rb"^%PDF"), "pdf"),
    (re.compile(rb"^\s*(?:\xef\xbb\xbf)?[\[{]"), "json"),
    (re.compile(rb"^PK\x03\x04"), "zip"),
)


@dataclass(frozen=True)
class WatchedPage(Page):
    """A page that remembers how many nodes each selector matched."""

    matched: dict[str, int] = field(default_factory=dict, compare=False)

    def select(self, css: str, *, at_least: int = 1) -> list[Tag]:
        self.matched[css] = len(self.soup.select(css))
        return super().select(css, at_least=at_least)


@dataclass(frozen=True)
class Reading:
    """What a reader found on a page, or why it refused it."""

    links: int = 0
    facts: int = 0
    matched: Mapping[str, int] = field(default_factory=dict)
    problem: Problem | None = None
    shapes: frozenset[str] = frozenset()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """A live page beside the newest saved page of the same reader; `file` is "" where none is saved."""

    live: Reading
    saved: Reading = field(default_factory=Reading)
    file: str = ""

    @property
    def strange_links(self) -> bool:
        """Whether all links here have another form than those of the saved page."""
        return bool(self.live.shapes and self.saved.shapes and not self.live.shapes & self.saved.shapes)

    @property
    def ratio(self) -> float | None:
        """Links (or facts, on a page without links) here to those in the saved page."""
        there = self.saved.links or self.saved.facts
        here = self.live.links if self.saved.links else self.live.facts
        return round(here / there, 2) if there else None


def compare(source: Source, page: Page | None) -> Comparison | None:
    """What the reader makes of a page, beside what it makes of the newest saved one."""
    if page is None:
        return None
    live = _reading(source, page)
    saved = newest(source)
    if saved is None:
        return Comparison(live)
    return Comparison(live, _reading(source, Page(url=page.url, body=Body(saved.read_bytes()), charset=page.charset)), saved.name)


def _reading(source: Source, page: Page) -> Reading:
    watched = WatchedPage(page.url, page.body, page.fetched_at, page.content_type, page.charset)
    try:
        content = read_all(source.read, watched)
        if isinstance(content, Register):
            links, facts = tally(source.read, watched)
            return Reading(links, facts, watched.matched, remarks=content.remarks)
    except SourceError as error:
        return Reading(matched=watched.matched, problem=Problem(kind=error.kind, text=str(error)))
    links, facts = _counted(content)
    shapes = frozenset(shape(link.url) for link in content if isinstance(link, Link))
    return Reading(links, facts, watched.matched, shapes=shapes)


def _counted(content: "Sequence[Found]") -> tuple[int, int]:
    links = sum(isinstance(link, Link) for link in content)
    return links, len(content) - links


def shape(url: str) -> str:
    """The form of an address, its numbers and hashes aside: `/zcfb/art/#/art_#.html`."""
    parts = urlsplit(url)
    return f"{parts.netloc}{VARYING.sub('#', parts.path)}"


def proven(source: Source, reader: str) -> bool:
    """Whether a saved page shows that this reader finds facts."""
    pages = folder(source)
    scraper, _, name = reader.partition(".")
    saved = pages.glob(f"{scraper}/{name}-*") if pages else ()
    return any(_is_read(path) for path in saved if not path.name.endswith(FACTS))


def folder(source: Source) -> Path | None:
    """Where the saved pages of a source's package lie; None where it is installed without its repository."""
    module = sys.modules[source.read.__module__]
    return pages_beside(Path(module.__file__ or "").parent)


def pages_beside(package: Path) -> Path | None:
    """The folder of saved pages that belongs to a package of scrapers."""
    tests = package.parent / "tests"
    return tests / "pages" if tests.is_dir() else None


def newest(source: Source) -> Path | None:
    """The newest saved page that the source's reader reads; live ones by their date, before all others."""
    pages = folder(source)
    scraper, _, reader = reader_name(source).partition(".")
    saved = pages.glob(f"{scraper}/{reader}-*") if pages else ()
    read = [path for path in saved if not path.name.endswith(FACTS) and _is_read(path)]
    return max(read, key=_age, default=None)


def _is_read(path: Path) -> bool:
    facts = path.with_suffix(FACTS)
    return facts.exists() and bool(json.loads(facts.read_text(encoding="utf-8"))["facts"])


def _age(path: Path) -> tuple[str, float, str]:
    live = LIVE.search(path.name)
    return live[1] if live else "", path.stat().st_mtime, path.name


def save(source: Source, page: Page) -> Path:
    """Keep a live page among the saved ones; where it lies.

    Raises:
        MonitorError: the package has no tests beside it, or the folder can't be written.
    """
    pages = folder(source)
    if pages is None:
        raise MonitorError(f"no tests folder beside the package of {source.id}; run it in the repository")
    scraper, _, reader = reader_name(source).partition(".")
    day = iso(page.came_at)[:10].replace("-", "")
    return write_page(pages / scraper / f"{reader}-live-{day}.{extension(page.body.whole)}", page.body.whole)


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


def extension(body: bytes) -> str:
    """The file name's end for a body, by the body itself: servers call everything text/html."""
    return next((name for shape, name in KINDS if shape.match(body)), "html")
