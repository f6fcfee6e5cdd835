"""China: Xinhua News Agency (新华社), www.news.cn: its economic news, the articles that could concern trade controls."""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urljoin

from monitor import Announcement, Link, NotThePage, Page, Report, source
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
    """The newest articles, up to a thousand, those that could concern trade controls."""
    for row in page.rows("datasource"):
        # Some rows wrap their title in a link. Those of years ago lead to another layout, without a day in the address.
        title = TAG.sub("", row.get("title") or "").strip()
        if DAY.search(row.get("publishUrl") or "") and concerns_trade_control(title, row.get("summary") or ""):
            yield Link(urljoin("https://www.news.cn/", row["publishUrl"]), read=article, title=title)


def article(page: Page) -> Iterator[Announcement | Report]:
    """One article: which acts, registers and entities it speaks of. Its day stands in its address."""
    day = DAY.search(page.url)
    if not day:
        raise NotThePage(f"{page.url} is not the address of an article")
    title = page.select("span.title")[0].get_text(" ", strip=True)
    document = replace(page.document("#detailContent, #detail"), title=title, published="-".join(day.groups()))
    yield from zh.facts(document, url=page.url)
