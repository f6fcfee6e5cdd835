"""United Kingdom: Export Control Joint Unit: notices to exporters, through the content API of
GOV.UK.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from msgspec import structs

from monitor import Announcement, LayoutChanged, Link, NotThePage, Page, Unread, source
from monitor.extract import en
from monitor.vocabulary.authorities import NOTICES_TO_EXPORTERS

OFFICE = "gb-ecju"
SERIES = NOTICES_TO_EXPORTERS.code
NUMBER = re.compile(
    r"\b(?:NTE|notice to exporters)\s*(?P<year>\d{4})\s*/\s*(?P<count>\d{1,3})\b", re.IGNORECASE
)
SITE = "https://www.gov.uk"


@source(
    name="UK notices to exporters",
    authority=OFFICE,
    url=f"{SITE}/api/content/government/collections/notices-to-exporters",
    every="30 minutes",
    language="en",
)
def notices(page: Page) -> Iterator[Link]:
    """All notices of the collection, the newest first, each by the address of its own content.

    Raises:
        LayoutChanged: one of them has no address.
    """
    for row in sorted(
        page.rows("links", "documents"),
        key=lambda row: str(row.get("public_updated_at")),
        reverse=True,
    ):
        path = str(row.get("base_path") or "")
        if not path:
            raise LayoutChanged(f"{page.url}: a notice without its address: {row.get('title')}")
        yield Link(f"{SITE}/api/content{path}", read=notice, title=str(row.get("title")))


def notice(page: Page) -> Iterator[Announcement]:
    """One notice: what its text does, under its own number, or that this was not understood."""
    told = page.json()
    if not isinstance(told, dict) or "title" not in told:
        raise NotThePage(f"{page.url}: expected a notice, got {page.text[:60]!r}")
    path = str(told.get("base_path") or "")
    if not path:
        raise LayoutChanged(f"{page.url}: a notice without its address")
    act = _understood(page, told, f"{SITE}{path}") or _not_understood(told, f"{SITE}{path}")
    number = NUMBER.search(act.title)
    yield structs.replace(
        act,
        key=f"{SERIES}-{number['year']}-{int(number['count'])}"
        if number
        else f"{SERIES}-{path.rpartition('/')[2]}",
        number=f"NTE {number['year']}/{number['count']}" if number else None,
    )


def _understood(page: Page, told: dict[str, Any], url: str) -> Announcement | None:
    """Read what the text of a notice does; a file beside it is not read."""
    details = told.get("details")
    if not isinstance(details, dict) or not details.get("body"):
        return None
    words = page.part(str(details["body"]), url=url).document()
    document = replace(words, title=str(told["title"]), published=_published(told))
    facts = en.facts(document, url=url, authority=OFFICE)
    act = next((fact for fact in facts if isinstance(fact, Announcement) and fact.measures), None)
    if act is None or not details.get("attachments"):
        return act
    beside = Unread(what="attachment", why="it is a file of its own", quote=act.title)
    return structs.replace(act, understood="part", not_read=(*act.not_read, beside))


def _not_understood(told: dict[str, Any], url: str) -> Announcement:
    title = str(told["title"])
    return Announcement(
        key="",
        authority=OFFICE,
        title=title,
        url=url,
        published=_published(told),
        language="en",
        understood="none",
        not_read=(
            Unread(
                what="notice",
                why="what it changes is told in prose",
                quote=str(told.get("description") or title)[:300],
            ),
        ),
    )


def _published(told: dict[str, Any]) -> str | None:
    return str(told.get("first_published_at") or told.get("public_updated_at") or "")[:10] or None
