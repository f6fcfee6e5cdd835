"""`[[page]]` → the source `page:NAME`, its reader, and that of the pages it links to."""

from collections.abc import Iterable
from datetime import timedelta

from monitor.config import Config
from monitor.config.pages import PageSettings
from monitor.source.configured.reader import PREFIX, PageReader
from monitor.source.health.signs import Expected
from monitor.source.hours import Busy
from monitor.source.page import Request
from monitor.source.scraper import Source

NEVER = timedelta(days=3650)  # for how long a text may stay as it is: some law stands for decades
KINDS = {"text": "page", "official": "acts", "press": "press"}


def sources_of(config: Config) -> list[Source]:
    """A source for each page that config.toml names.

    Raises:
        ConfigError: a selector or a path can't be read.
    """
    return [source_of(page) for page in config.page]


def readers_of(sources: Iterable[Source]) -> tuple[PageReader, ...]:
    """The readers of those sources that are pages of config.toml, with those of the pages they link to."""
    own = [source.read for source in sources if isinstance(source.read, PageReader)]
    return (*own, *(read.linked_reader for read in own if read.way in ("links", "feed")))


def source_of(page: PageSettings) -> Source:
    """The source that a page of config.toml is.

    Raises:
        ConfigError: a selector or a path can't be read.
    """
    read = PageReader(
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
    read.refuse_unreadable()
    busy = Busy(page.busy.days, page.busy.hours, page.busy.zone, page.busy.every) if page.busy else None
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
        expected=_expected(page),
        proxy=page.proxy or "",
        render=bool(page.render),
    )


def _expected(page: PageSettings) -> Expected:
    """What is normal of it: of a text that it stays as it is, unless it is said for how long."""
    if page.kind == "text":
        return Expected(absence=page.absence or NEVER, unmoved=NEVER)
    return Expected(absence=page.absence)
