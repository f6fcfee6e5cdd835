"""China: State Council (国务院), www.gov.cn: newest policies and documents of ministries, a second way
to acts of them all.

Joint notices of the customs administration (海关总署) are read here and at the Ministry of Commerce:
the administration's own site admits only browsers that run its script.
"""

from collections.abc import Iterator
from dataclasses import replace

from monitor import Announcement, Link, Page, Report, source
from monitor.extract import zh
from scrapers._hours import OFFICE_HOURS
from scrapers._subjects import concerns_trade_control


@source(
    name="State Council newest policies",
    authority="cn-gov",
    url="https://www.gov.cn/zhengce/zuixin/ZUIXINZHENGCE.json",
    hosts=("*.gov.cn",),
    every="5 minutes",
    busy=OFFICE_HOURS,
)
def policies(page: Page) -> Iterator[Link]:
    """The newest policies of the State Council and its ministries that could concern trade
    control.
    """
    yield from _links(page)


@source(
    name="State Council documents of ministries",
    authority="cn-gov",
    url="https://www.gov.cn/zhengce/zhengceku/bmwj/TONGYONGGAILAN.json",
    hosts=("*.gov.cn",),
    every="5 minutes",
    busy=OFFICE_HOURS,
)
def ministries(page: Page) -> Iterator[Link]:
    """The collection of documents of ministries (部门文件), those that could concern trade control."""
    yield from _links(page)


@source(
    name="State Council decrees and documents",
    authority="cn-gov",
    url="https://www.gov.cn/zhengce/zhengceku/gwywj/TONGYONGGAILAN.json",
    hosts=("*.gov.cn",),
    every="15 minutes",
    busy=OFFICE_HOURS,
)
def decrees(page: Page) -> Iterator[Link]:
    """The State Council's own documents (国务院文件), decrees among them, those that could concern
    trade control.
    """
    yield from _links(page)


def policy(page: Page) -> Iterator[Announcement | Report]:
    """One document, whoever issued it: its text says who."""
    document = page.document("#UCAP-CONTENT")
    day = str(page.select('meta[name="firstpublishedtime"]')[0]["content"])[:10]
    # Where a page has no heading, its title ends with the names of the column and the site:
    # …_部门文件_中国政府网.
    yield from zh.facts(
        replace(document, title=document.title.partition("_")[0], published=day), url=page.url
    )


def _links(page: Page) -> Iterator[Link]:
    for row in page.rows(day="DOCRELPUBTIME"):
        if concerns_trade_control(row["TITLE"]):
            yield Link(page.absolute(row["URL"]), read=policy, title=row["TITLE"])
