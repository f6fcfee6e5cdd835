"""United States: National Public Radio (NPR): its news feed, and the articles in it that could
concern trade controls.
"""

from collections.abc import Iterator
from dataclasses import replace

from monitor import Announcement, Link, Page, Report, source
from monitor.extract import en
from scrapers._subjects import feed_links


@source(
    name="NPR news",
    authority="us-npr",
    url="https://feeds.npr.org/1001/rss.xml",
    every="10 minutes",
    kind="press",
    language="en",
    attribution="NPR",
)
def news(page: Page) -> Iterator[Link]:
    """The entries of the feed that could concern trade controls."""
    yield from feed_links(page, article)


def article(page: Page) -> Iterator[Announcement | Report]:
    """One article: which acts, registers and entities it speaks of."""
    published = str(page.select('meta[name="date"]')[0]["content"])
    yield from en.report(
        replace(page.document("#storytext"), published=published), url=page.url, publisher="NPR"
    )
