"""Hong Kong: South China Morning Post (SCMP): its feed on China's economy, and the articles that
could concern trade controls.
"""

from collections.abc import Iterator
from dataclasses import replace

from monitor import Announcement, Link, Page, Report, source
from monitor.extract import en
from scrapers._hours import PRESS_HOURS
from scrapers._subjects import feed_links


@source(
    name="SCMP China economy",
    authority="hk-scmp",
    url="https://www.scmp.com/rss/318421/feed/",  # without the last slash it is another page
    every="15 minutes",
    busy=PRESS_HOURS,
    kind="press",
    language="en",
    attribution="South China Morning Post",
)
def news(page: Page) -> Iterator[Link]:
    """The entries of the feed that could concern trade controls."""
    yield from feed_links(page, article)


def article(page: Page) -> Iterator[Announcement | Report]:
    """One article, or the part of it that stands before the paywall: which acts, registers and
    entities it speaks of.
    """
    published = str(page.select('meta[property="article:published_time"]')[0]["content"])[:10]
    document = page.document('[data-qa="ContentBody-ContentBodyContainer"]')
    yield from en.report(replace(document, published=published), url=page.url, publisher="SCMP")
