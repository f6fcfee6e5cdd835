"""European Union: Directorate-General for Trade: its news, those that could concern trade
controls.
"""

from collections.abc import Iterator

from monitor import Announcement, Link, Page, Report, source
from monitor.extract import en
from scrapers._subjects import feed_links


@source(
    name="European Commission trade news",
    authority="eu-commission",
    url="https://policy.trade.ec.europa.eu/node/2/rss_en",
    hosts=("*.europa.eu",),
    every="30 minutes",
    kind="press",
    language="en",
)
def news(page: Page) -> Iterator[Link]:
    """The entries of the feed that could concern trade controls."""
    yield from feed_links(page, article)


def article(page: Page) -> Iterator[Announcement | Report]:
    """One article: which acts, registers and entities it speaks of."""
    yield from en.report(page.document("main"), url=page.url, publisher="European Commission")
