"""United Kingdom: Export Control Joint Unit: notices to exporters, through the content API of GOV.UK."""

import re
from collections.abc import Iterator

from monitor import Announcement, Authority, LayoutChanged, Link, NotThePage, Page, Unread, source

OFFICE = Authority("gb-ecju", "UK ECJU")
NUMBER = re.compile(r"\bNTE\s*(\d{4})\s*/\s*(\d{1,3})\b|\b(?:notice to exporters)\s+(\d{4})\s*/\s*(\d{1,3})\b", re.IGNORECASE)
SITE = "https://www.gov.uk"


@source(
    name="UK notices to exporters",
    authority="gb-ecju",
    url=f"{SITE}/api/content/government/collections/notices-to-exporters",
    every="30 minutes",
    language="en",
)
def notices(page: Page) -> Iterator[Link]:
    """All notices of the collection, the newest first, each by the address of its own content."""
    for row in sorted(page.rows("links", "documents"), key=lambda row: str(row.get("public_updated_at")), reverse=True):
        if path := str(row.get("base_path") or ""):
            yield Link(f"{SITE}/api/content{path}", read=notice, title=str(row.get("title")))


def notice(page: Page) -> Iterator[Announcement]:
    """One notice. What it changes stands in prose that no grammar of ours reads: it is told as not understood."""
    told = page.json()
    if not isinstance(told, dict) or "title" not in told:
        raise NotThePage(f"{page.url}: expected a notice, got {page.text[:60]!r}")
    title, path = str(told["title"]), str(told.get("base_path") or "")
    number = NUMBER.search(title)
    if not path:
        raise LayoutChanged(f"{page.url}: a notice without its address")
    year, count = (number[1] or number[3], number[2] or number[4]) if number else ("", "")
    yield Announcement(
        key=f"gb-nte-{year}-{int(count)}" if number else f"gb-nte-{path.rpartition('/')[2]}",
        number=f"NTE {year}/{count}" if number else None,
        authority="gb-ecju",
        title=title,
        url=f"{SITE}{path}",
        published=str(told.get("first_published_at") or told.get("public_updated_at") or "")[:10] or None,
        language="en",
        understood="part",
        not_read=(
            Unread(what="notice", why="what it changes is told in prose", quote=str(told.get("description") or title)[:300]),
        ),
    )
