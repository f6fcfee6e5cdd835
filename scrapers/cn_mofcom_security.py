"""China: Ministry of Commerce, Bureau of Security and Control (安全与管制局): its list of control
lists and listed entities.
"""

from collections.abc import Iterator

from monitor import Announcement, Link, Page, Report, source
from scrapers._hours import OFFICE_HOURS
from scrapers._platforms import jpaas

COLUMN = "https://aqygzj.mofcom.gov.cn/flzc/gzjgfxwj/index.html"


@source(
    name="MOFCOM security and control bureau",
    authority="cn-mofcom",
    url=jpaas.unit(
        COLUMN,
        web="b28941ad4e064442856787562c9a4961",
        template="DDBav9QvwJVbs9iznQVmO",
        page="79d6d2c4e44d458180d37dd4f0996645",
        tag="信息列表",
        size=99999,  # as the page itself asks: all rows at once
    ),
    every="5 minutes",
    busy=OFFICE_HOURS,
)
def notices(page: Page) -> Iterator[Link]:
    """All the bureau's rules and notices in one list, newest first."""
    yield from jpaas.listing(page, column=COLUMN).links(f"ul.txtList_01 {jpaas.ROWS}", read=notice)


def notice(page: Page) -> Iterator[Announcement | Report | Link]:
    """One notice: an announcement of the ministry at the bureau's own address."""
    yield from jpaas.act(page)


@source(
    name="MOFCOM security and control bureau, home page",
    authority="cn-mofcom",
    url="https://aqygzj.mofcom.gov.cn/",
    every="10 minutes",
    busy=OFFICE_HOURS,
)
def home(page: Page) -> Iterator[Link]:
    """The newest notices as the server itself prints them: a way that needs none of the ids of
    the publishing system.
    """
    yield from jpaas.entries(page, read=notice, own=home, at_least=3)
