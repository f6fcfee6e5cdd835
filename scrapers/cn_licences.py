"""China: what needs a licence: the dual-use control list (两用物项出口管制清单), the Licensing Bureau's
notices (许可证局).
"""

from collections.abc import Iterator

from monitor import Announcement, Busy, Link, Page, Report, source
from scrapers._platforms import export_portal, jpaas


@source(
    name="Dual-use control list",
    authority="cn-mofcom",
    url=f"{export_portal.SITE}/article/hgfw/lywxcx/gzqd/202411/1067.html",
    every="6 hours",
)
def control_list(page: Page) -> Iterator[Announcement | Report | Link]:
    """The page that carries the list in force. The list is a PDF whose address holds a token: it
    is right only as read here.
    """
    yield from export_portal.article(page)


@source(
    name="Licensing Bureau notices",
    authority="cn-mofcom",
    url="https://xkzj.mofcom.gov.cn/tzgg/",
    every="30 minutes",
    busy=Busy("Mon-Fri", "08:30-17:30", "Asia/Shanghai", every="5 minutes"),
)
def notices(page: Page) -> Iterator[Link]:
    """The bureau's notices, among them each year's licence catalogue."""
    yield from jpaas.entries(page, read=notice, own=notices)


def notice(page: Page) -> Iterator[Announcement | Report | Link]:
    """One notice: mostly an announcement of the ministry, whose catalogue is attached."""
    yield from jpaas.act(page)
