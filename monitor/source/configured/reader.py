"""The reader of a page of config.toml: what it finds there, by the keys that say where to look. Pure."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import msgspec
import soupsieve

from monitor import extract
from monitor.config import VERSION
from monitor.document import Document, error_pages, main_text
from monitor.errors import ConfigError, LayoutChanged, NotThePage
from monitor.model import Excerpt, Fact, Part, Report
from monitor.source.configured import parts
from monitor.source.configured.addresses import canonical
from monitor.source.hosts import host_of
from monitor.source.page import Found, Link, Page, Request

PREFIX = "page:"
LINKED = "linked"
WHOLE = "True"  # `text = true`
PLAIN = re.compile(r"[a-z]+|(?:[a-z]+)?[#.][A-Za-z_][\w-]*")  # CSS that needs no parser to be seen to be some
BY_NAMES = re.compile(r"[\w\s#.>,-]+")  # of CSS: without attributes, and without places among others


@dataclass(frozen=True)
class PageReader:
    """Reads a page as config.toml says: by `way` (links, rows, feed, text, json) and `where` on it. Called like its source."""

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
        """What the page says there, or where it leads.

        Raises:
            SourceError: it is not the page, or nothing stands there.
        """
        self._refuse_errors(page)
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
        """What tells whether the same bytes may be read otherwise than before: its settings, and who finds the main text."""
        by = main_text.release() if self.way == "text" and self.where == WHOLE else ""
        said = repr((VERSION, by, self.way, self.where, self.key, self.charset, self.rendered))
        return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()

    @property
    def goes_by_words(self) -> bool:
        """Whether what it finds depends on words, tags, ids and classes: where these are the same, so is what it says. Who finds
        the main text looks at some other attributes too, such as `style`; what moves with these alone is seen within a day.
        """
        return self.kind == "text" and self.way == "text" and BY_NAMES.fullmatch(self.where) is not None

    def refuse_unreadable(self) -> None:
        """Pass a page whose selectors and path can be read.

        Raises:
            ConfigError: one can't.
        """
        if self.way == "json":
            parts.path_of(self.where, f"page {self.source.removeprefix(PREFIX)!r}: json")
        selectors = {self.way: self.where} if self.way in ("links", "rows", "text") and self.where != WHOLE else {}
        for key, css in selectors.items():
            if PLAIN.fullmatch(css):
                continue
            try:
                soupsieve.compile(css)
            except Exception as error:
                first = str(error).partition("\n")[0]
                raise ConfigError(f"page {self.source.removeprefix(PREFIX)!r}: {key}: {css!r} is no CSS: {first}") from error

    def _refuse_errors(self, page: Page) -> None:
        """A page that is an error, a wall or word of maintenance is no change of the text."""
        if self.way != "feed" and not page.body.whole.startswith((b"%PDF", b"PK")):
            error_pages.refuse(page.text)

    def _links(self, page: Page) -> Iterator[Link]:
        found = page.feed() if self.way == "feed" else None
        read = self.linked_reader
        links = [Link(entry.url, read, entry.title) for entry in found] if found else page.links(self.where, read=read)
        addressed = {canonical(link.url): link for link in links}
        if len(addressed) < self.floor:
            raise LayoutChanged(f"{len(addressed)} links match {self.where!r}, expected at least {self.floor}")
        for url, link in addressed.items():
            own = self.headers if host_of(url) == host_of(page.url) else {}
            yield replace(link, url=url, request=Request(url, headers=own, charset=self.charset) if own or self.charset else None)

    def _excerpt(self, page: Page) -> Excerpt:
        found = tuple(self._parts(page))
        if len(found) < self.floor:
            raise LayoutChanged(f"{len(found)} {self._called} found, expected at least {self.floor}")
        return Excerpt(page=self.source, title=parts.title_of(page), url=page.url, parts=found, window=self.way == "feed")

    @property
    def _called(self) -> str:
        where = "" if self.where in (WHOLE, "") else f" at {self.where!r}"
        return {"rows": "rows", "feed": "entries", "json": "values"}.get(self.way, "paragraphs") + where

    def _parts(self, page: Page) -> Iterator[Part]:
        if self.way == "rows":
            return parts.rows(page, self.where, self.key)
        if self.way == "feed":
            return parts.entries(page)
        if self.way == "json":
            return parts.values(page, self.where, self.key)
        return parts.words(self._document(page))

    def _document(self, page: Page) -> Document:
        """The words to be watched, or to be read as an act."""
        if self.where != WHOLE:
            return page.document(self.where)
        if packed := page.binary():
            return packed
        return parts.main(page) if self.kind == "text" else parts.act(page)

    def _facts(self, page: Page) -> list[Fact]:
        document = self._document(page)
        if not document.text.strip():
            raise NotThePage(f"{page.url}: there are no words on it")
        if self.kind == "official":
            return extract.understand(document, url=page.url, authority=self.authority)
        publisher = host_of(page.url)
        said = [fact for fact in extract.understand(document, url=page.url) if isinstance(fact, Report)]
        reports = [msgspec.structs.replace(report, publisher=report.publisher or publisher) for report in said]
        return [*reports] or extract.en.report(document, url=page.url, publisher=publisher)
