"""China: Ministry of Commerce (商务部): announcements, orders and other releases, and the
spokesperson's replies.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from monitor import Announcement, Link, NotThePage, Page, Report, Request, source
from monitor.extract import zh
from scrapers._hours import OFFICE_HOURS
from scrapers._platforms import jpaas

HELD = re.compile(r"swbzklxxwfbh(\d{4})n(\d{1,2})y(\d{1,2})r")
RELEASES = "https://www.mofcom.gov.cn/zwgk/zcfb/index.html"


@source(
    name="MOFCOM announcements",
    authority="cn-mofcom",
    url="https://www.mofcom.gov.cn/zcfb/blgg/gg/{year}/index.html",
    every="5 minutes",
    absence="60 days",
    busy=OFFICE_HOURS,
)
def announcements(page: Page) -> Iterator[Link]:
    """The index of this year's announcements (公告)."""
    yield from jpaas.entries(page, read=announcement, own=announcements)


def announcement(page: Page) -> Iterator[Announcement | Report | Link]:
    """One announcement with everything it lists, delists, controls or suspends; nothing for one
    on another subject.
    """
    yield from jpaas.act(page)


@source(
    name="MOFCOM orders",
    authority="cn-mofcom",
    url="https://www.mofcom.gov.cn/zcfb/index.html",
    every="5 minutes",
    busy=OFFICE_HOURS,
)
def orders(page: Page) -> Iterator[Link]:
    """The newest orders (商务部令) and announcements, without the interpretations that stand beside
    them.
    """
    css = f'{jpaas.ROWS}:not(:-soup-contains("解读"))'
    yield from jpaas.entries(page, read=announcement, own=orders, css=css)


def _releases(number: int = 1) -> Request:
    return jpaas.unit(
        RELEASES,
        web="8f43c7ad3afc411fb56f281724b73708",
        template="52551ea0e2c14bca8c84792f7aa37ead",
        page="fc8bdff48fa345a48b651c1285b70b8f",
        tag="分页列表",
        number=number,
    )


@source(
    name="MOFCOM policy releases",
    authority="cn-mofcom",
    url=_releases(),
    every="5 minutes",
    busy=OFFICE_HOURS,
)
def releases(page: Page) -> Iterator[Link]:
    """The ministry's policy releases of all kinds, as its list asks for them; the first page
    also leads to the second.
    """
    yield from jpaas.listing(page, column=RELEASES).links(jpaas.ROWS, read=announcement)
    if jpaas.number(page) == 1:
        second = _releases(2)
        yield Link(second.url, read=releases, title="page 2", request=second)


@source(
    name="MOFCOM spokesperson",
    authority="cn-mofcom",
    url="https://www.mofcom.gov.cn/xwfb/xwfyrth/index.html",
    every="5 minutes",
    absence="60 days",
    busy=OFFICE_HOURS,
)
def replies(page: Page) -> Iterator[Link]:
    """The spokesperson's replies to the press (答记者问), newest first."""
    yield from jpaas.entries(page, read=reply, own=replies)


def reply(page: Page) -> Iterator[Announcement | Report | Link]:
    """One reply: mostly a restatement of an act, but some suspensions are made known nowhere
    else.
    """
    yield from jpaas.act(page)


@source(
    name="MOFCOM press conferences",
    authority="cn-mofcom",
    url="https://www.mofcom.gov.cn/xwfb/lxxwfbh/index.html",
    every="5 minutes",
    absence="30 days",
    busy=OFFICE_HOURS,
)
def conferences(page: Page) -> Iterator[Link]:
    """The weekly press conferences (例行新闻发布会), each under the day on which it was held."""
    yield from jpaas.entries(page, read=conference, own=conferences, css='a[href*="/swbzklxxwfbh"]')


def conference(page: Page) -> Iterator[Announcement | Report]:
    """Read a press conference: mostly restatements, sometimes news that stands nowhere else."""
    held = HELD.search(page.url)
    if not held:
        raise NotThePage(f"{page.url}: not the address of a press conference")
    year, month, day = map(int, held.groups())
    document = page.document()
    yield from zh.facts(
        replace(document, published=f"{year}-{month:02}-{day:02}"),
        url=page.url,
        authority="cn-mofcom",
    )
