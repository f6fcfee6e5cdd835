"""As many sources as the environment asks for, each on a host of its own."""

import os
from collections.abc import Iterator

from monitor import Link, Page, source
from monitor.source.scraper import Source

COUNT = int(os.environ.get("TOY_MANY", "20"))
EVERY = os.environ.get("TOY_MANY_EVERY", "10 minutes")


def notice(page: Page) -> Iterator[Link]:
    """An act of no importance."""
    yield from ()


def _office(name: str) -> Source:
    def read(page: Page) -> Iterator[Link]:
        yield from page.links("ul a", read=notice)

    read.__name__ = read.__qualname__ = name
    return source(name=f"Office {name}", authority="cn-mofcom", url=f"https://{name}.example/", every=EVERY)(read)


globals().update({name: _office(name) for name in (f"s{number}" for number in range(COUNT))})
