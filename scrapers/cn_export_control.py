"""China: Export Control Information Network (中国出口管制信息网) of the Ministry of Commerce: control
lists and domestic news.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from monitor import Announcement, Link, NotThePage, Page, Report, Request, source
from monitor.vocabulary.letters import HAN
from scrapers._hours import OFFICE_HOURS
from scrapers._platforms import export_portal


def _column(number: int) -> Request:
    """How the site's own script asks for the newest rows of a column."""
    return Request(
        f"{export_portal.SITE}/edi_ecms_web_front/front/column/getColumnList",
        form={"pageNumber": "1", "columnID": str(number), "title": ""},
        # without it every Chinese character comes as a question mark
        headers={"X-Requested-With": "XMLHttpRequest"},
    )


@source(
    name="Export control lists",
    authority="cn-mofcom",
    url=_column(9),
    every="5 minutes",
    busy=OFFICE_HOURS,
)
def control_lists(page: Page) -> Iterator[Announcement | Report | Link]:
    """The column of control lists, catalogues and notices that suspend them."""
    yield from _rows(page)


@source(
    name="Export control news",
    authority="cn-mofcom",
    url=_column(1),
    every="5 minutes",
    busy=OFFICE_HOURS,
)
def news(page: Page) -> Iterator[Announcement | Report | Link]:
    """The column of domestic news, in which acts are mirrored, sometimes before the ministry's
    own list has them.
    """
    yield from _rows(page)


def article(page: Page) -> Iterator[Announcement | Report]:
    """One article of either column."""
    yield from export_portal.article(page)


def _rows(page: Page) -> Iterator[Announcement | Report | Link]:
    rows = page.rows("pageInfo", "rows", day="publishTimeStr")
    if not any(HAN.search(row["title"]) for row in rows):
        raise NotThePage(f"titles without a Chinese character, such as {rows[0]['title']!r}")
    for row in rows:
        yield from _row(page, row)


def _row(page: Page, row: dict[str, Any]) -> Iterator[Announcement | Report | Link]:
    """Some rows hold the whole text, others only its address."""
    url, title = urljoin(export_portal.SITE, row["url"]), row["title"].strip()
    if row.get("content"):
        text = page.part(row["content"], url=url)
        yield from export_portal.words(
            text, None, title=title, published=row.get("publishTimeStr") or ""
        )
    else:
        yield Link(url, read=article, title=title)
