"""China: Xinhua News Agency (新华社), www.news.cn: its economic news, the articles that could
concern trade controls.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urljoin

from monitor import Announcement, LayoutChanged, Link, NotThePage, Page, Report, source
from monitor.extract import zh
from scrapers._hours import PRESS_HOURS
from scrapers._subjects import concerns_trade_control

TAG = re.compile("<[^<>]+>")
DAY = re.compile(r"/(20\d\d)(\d\d)(\d\d)/")


@source(
    name="Xinhua economic news",
    authority="cn-xinhua",
    url="https://www.news.cn/fortune/ds_b53aac3e4e6342f699a9e2acdd0ee8fd.json",
    hosts=("*.xinhuanet.com",),
    every="15 minutes",
    busy=PRESS_HOURS,
    kind="press",
    attribution="新华社",
)
def news(page: Page) -> Iterator[Link]:
    """The newest articles, up to a thousand, those that could concern trade controls.

    Raises:
        LayoutChanged: an article has no field for its title or its address, or none has an address
            of today's layout.
    """
    rows = page.rows("datasource", day="publishTime")
    if not all("title" in row and "publishUrl" in row for row in rows):
        raise LayoutChanged(f"{page.url}: an article without its title or its address")
    if not any(DAY.search(row["publishUrl"] or "") for row in rows):
        raise LayoutChanged(f"{page.url}: no article whose address has its day")
    for row in rows:
        # Some rows wrap their title in a link. Those of years ago lead to another layout, without a
        # day in the address.
        title = TAG.sub("", row["title"] or "").strip()
        if DAY.search(row["publishUrl"] or "") and concerns_trade_control(
            title, row.get("summary") or ""
        ):
            yield Link(
                urljoin("https://www.news.cn/", row["publishUrl"]), read=article, title=title
            )


def article(page: Page) -> Iterator[Announcement | Report]:
    """One article: which acts, registers and entities it speaks of. Its day stands in its
    address.
    """
    day = DAY.search(page.url)
    if not day:
        raise NotThePage(f"{page.url} is not the address of an article")
    title = page.select("span.title")[0].get_text(" ", strip=True)
    document = replace(
        page.document("#detailContent, #detail"), title=title, published="-".join(day.groups())
    )
    yield from zh.facts(document, url=page.url)
