"""China: Ministry of Foreign Affairs (外交部): countermeasures under the Anti-Foreign Sanctions
Law.
"""

from collections.abc import Iterator

from monitor import Announcement, Link, Page, Report, source
from monitor.extract import zh
from scrapers._hours import OFFICE_HOURS

# The menu of every page leads to articles too, those on embassies, and to more of them than the
# list has.
ROWS = 'li a[href*="/t20"][href$=".shtml"]:not(.sub a)'


@source(
    name="MFA countermeasures",
    authority="cn-mfa",
    url="https://www.mfa.gov.cn/web/wjb_673085/zfxxgk_674865/gknrlb/fzcqdcs/",
    hosts=("*.fmprc.gov.cn",),
    every="5 minutes",
    busy=OFFICE_HOURS,
)
def countermeasures(page: Page) -> Iterator[Link]:
    """The list of all decisions (反制裁措施). It never had fewer than ten, so a shorter one is not
    the whole.
    """
    yield from page.links(ROWS, read=decision, at_least=10)


def decision(page: Page) -> Iterator[Announcement | Report]:
    """One decision with the persons and organisations it names, which may stand in a list after
    the signature.
    """
    yield from zh.facts(page.document("div.news-main"), url=page.url, authority="cn-mfa")
