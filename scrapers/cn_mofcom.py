"""China: Ministry of Commerce (商务部): announcements on export control and listed entities, and the spokesperson's replies."""

from collections.abc import Iterator

from monitor import Announcement, Busy, Link, Page, Report, source
from monitor.extract import zh

OFFICE_HOURS = Busy("Mon-Fri", "08:30-17:30", "Asia/Shanghai", every="1 minute")

# Only articles have such addresses; menus and footers do not.
ROWS = 'li a[href*="/art_"]'


@source(
    name="MOFCOM announcements",
    authority="cn-mofcom",
    url="https://www.mofcom.gov.cn/zcfb/blgg/gg/{year}/index.html",
    every="5 minutes",
    busy=OFFICE_HOURS,
)
def announcements(page: Page) -> Iterator[Link]:
    """The index of this year's announcements (公告)."""
    yield from page.links(ROWS, read=announcement)


def announcement(page: Page) -> Iterator[Announcement | Report]:
    """One announcement with everything it lists, delists, controls or suspends; nothing for one on another subject."""
    yield from zh.facts(page.document("div.art-con"), url=page.url, authority="cn-mofcom")


@source(
    name="MOFCOM spokesperson",
    authority="cn-mofcom",
    url="https://www.mofcom.gov.cn/xwfb/xwfyrth/index.html",
    every="5 minutes",
    busy=OFFICE_HOURS,
)
def replies(page: Page) -> Iterator[Link]:
    """The spokesperson's replies to the press (答记者问), newest first."""
    yield from page.links(ROWS, read=reply)


def reply(page: Page) -> Iterator[Announcement | Report]:
    """One reply: mostly a restatement of an act, but some suspensions are made known nowhere else."""
    yield from zh.facts(page.document("div.art-con"), url=page.url, authority="cn-mofcom")
