"""China: Ministry of Commerce, English site: translations of announcements and orders, days to
weeks after the Chinese text.
"""

from collections.abc import Iterator

from monitor import Announcement, Link, Page, Report, source
from monitor.extract import en
from scrapers._platforms import jpaas


@source(
    name="MOFCOM in English",
    authority="cn-mofcom",
    url="https://english.mofcom.gov.cn/Policies/AnnouncementsOrders/",
    every="1 hour",
    language="en",
)
def announcements(page: Page) -> Iterator[Link]:
    """The translated announcements and orders. Not all are translated: a second address of an
    act, never its only one.
    """
    yield from jpaas.entries(page, read=announcement, own=announcements)


def announcement(page: Page) -> Iterator[Announcement | Report]:
    """One translation; by its number it is the act that the Chinese text has told."""
    yield from en.facts(page.document("div.art-con"), url=page.url, authority="cn-mofcom")
