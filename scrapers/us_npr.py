"""United States: National Public Radio (NPR): its news feed, and the articles in it that could concern trade controls."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import feedparser

from monitor import Announcement, Link, NotThePage, Page, Report, source
from monitor.extract import en

# An entry is read if its title or summary has one of these; what the article says is decided there, so they may be generous.
SUBJECTS = (
    r"export (?:ban|control|curb|licen[cs]|restriction)",
    r"rare[- ]earth",
    r"critical mineral",
    r"dual[- ]use",
    r"entity list",
    r"unreliable entit",
    r"blacklist",
    r"sanction",
    r"trade (?:ban|curb|restriction)",
)
CONCERNS_TRADE_CONTROLS = re.compile("|".join(SUBJECTS), re.IGNORECASE)


@source(
    name="NPR news",
    authority="us-npr",
    url="https://feeds.npr.org/1001/rss.xml",
    every="10 minutes",
    kind="press",
    zone="America/New_York",
    language="en",
    attribution="NPR",
)
def news(page: Page) -> Iterator[Link]:
    """The entries of the feed that could concern trade controls."""
    # A stream, since feedparser takes bytes for the name of a file first: a body must never choose one.
    feed = feedparser.parse(BytesIO(page.body))
    entries = [entry for entry in feed.entries if entry.get("link")]
    if not entries:
        raise NotThePage(f"expected a feed with entries, got {page.text[:60]!r}")
    for entry in entries:
        title = entry.get("title", "")
        if CONCERNS_TRADE_CONTROLS.search(f"{title} {entry.get('summary', '')}"):
            yield Link(url=entry.link, read=article, title=title)


def article(page: Page) -> Iterator[Announcement | Report]:
    """One article: which acts, registers and entities it speaks of."""
    published = str(page.select('meta[name="date"]')[0]["content"])
    yield from en.report(replace(page.document("#storytext"), published=published), url=page.url, publisher="NPR")
