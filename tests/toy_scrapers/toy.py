"""A ministry whose acts are JSON."""

import os
import signal
import sys
from collections.abc import Iterator

from monitor import Announcement, Link, Page, source
from monitor.model import Fact, fact_from_json


@source(
    name="Toy notices",
    authority="cn-mofcom",
    url="http://toy.example:1/",
    every="5 minutes",
    zone="Asia/Shanghai",
)
def notices(page: Page) -> Iterator[Link]:
    yield from page.links("ul a", read=notice, at_least=1)


def notice(page: Page) -> Iterator[Fact | Link]:
    if page.text == "stumble":
        raise KeyError("a scraper's mistake")
    if page.text == "nothing" or "<h1>404" in page.text:
        return
    while page.text.startswith("never ends"):
        signal.pause()
    while page.text.startswith("spins"):
        pass
    if page.text == "give up":
        sys.exit("enough")
    if page.text == "show the environment":
        raise KeyError(*os.environ)
    if page.text == "take the process along":
        os.kill(os.getpid(), signal.SIGKILL)
    fact = fact_from_json(page.body.whole)
    yield fact
    for attachment in fact.attachments if isinstance(fact, Announcement) else ():
        yield Link(
            attachment.url, read=annex, title=attachment.title, of=getattr(fact, "key", None)
        )


@source(
    name="Toy bulletin",
    authority="cn-mofcom",
    url="http://toy.example:1/b",
    every="5 minutes",
    enabled=False,
)
def bulletin(page: Page) -> Iterator[Link]:
    """A second way to the same acts."""
    yield from page.links("ul a", read=reprint, at_least=1)


@source(
    name="Toy shelf",
    authority="cn-mofcom",
    url="http://toy.example:1/shelf",
    every="5 minutes",
    enabled=False,
)
def shelf(page: Page) -> Iterator[Link]:
    """A list that goes on on further pages."""
    yield from page.links("ul a", read=notice)
    yield from page.links("a.next", read=shelf, at_least=0)


def reprint(page: Page) -> Iterator[Fact | Link]:
    yield from notice(page)


def annex(page: Page) -> Iterator[Fact]:
    if "<h1>404" in page.text:
        return
    yield fact_from_json(page.body.whole)


@source(
    name="Toy endless",
    authority="cn-mofcom",
    url="http://127.0.0.1:1/endless",
    every="5 minutes",
    enabled=False,
)
def endless(page: Page) -> Iterator[Link]:
    while page.text == "never ends":
        signal.pause()
    yield from ()


@source(
    name="Toy yearbook",
    authority="cn-mofcom",
    url="http://127.0.0.1:1/{year}",
    every="5 minutes",
    zone="Asia/Shanghai",
)
def yearbook(page: Page) -> Iterator[Announcement]:
    fact = fact_from_json(page.body.whole)
    assert isinstance(fact, Announcement)
    yield fact
