"""China: Ministry of Industry and Information Technology (工业和信息化部): joint acts on rare earths,
drones, cryptography.
"""

from collections.abc import Iterator
from urllib.parse import urlencode, urljoin

from monitor import Announcement, Link, Page, Report, source
from monitor.extract import zh
from scrapers._hours import OFFICE_HOURS
from scrapers._subjects import concerns_trade_control

SITE = "https://www.miit.gov.cn"

# What the site's search is asked for: the documents released (文件发布). Without a column and an order
# any 15 documents come.
NEWEST = {
    "websiteid": "110000000000000",
    "cateid": "58",
    "category": "51",
    "sortFields": '[{"name":"deploytime","type":"desc"}]',
    "pg": "15",
    "p": "1",
    "q": "",
}


@source(
    name="MIIT documents",
    authority="cn-miit",
    url=f"{SITE}/search-front-server/api/search/info?{urlencode(NEWEST)}",
    every="10 minutes",
    busy=OFFICE_HOURS,
)
def documents(page: Page) -> Iterator[Link]:
    """The newest documents, those that could concern trade control."""
    for row in page.rows("data", "searchResult", "dataResults", day="data.jsearch_date"):
        paper = row["data"]
        if concerns_trade_control(paper["title"]):
            yield Link(urljoin(SITE, paper["url"]), read=document, title=paper["title"])


def document(page: Page) -> Iterator[Announcement | Report]:
    """One document, whoever issued it jointly: its text says who."""
    yield from zh.facts(page.document("#con_con"), url=page.url)
