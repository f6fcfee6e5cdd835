"""China: Taiwan Affairs Office (国台办): persons it calls separatists or accomplices, and
organisations it penalises.
"""

from collections.abc import Iterator

from monitor import Announcement, Link, Page, Report, source
from monitor.extract import zh
from scrapers._hours import OFFICE_HOURS

# Titles follow no form, so an article is known by its address; the hub links it from several boxes,
# once more as `更多>>`.
ARTICLES = 'a[href*="/t20"][href$=".htm"]'
BODY = "div.TRS_Editor, div.trs_editor_view"


@source(
    name="TAO measures",
    authority="cn-tao",
    url="https://www.gwytb.gov.cn/zccs/zccs_61195/cjtdwgfz/",
    every="15 minutes",
    busy=OFFICE_HOURS,
)
def measures(page: Page) -> Iterator[Link]:
    """The hub of all measures (依法惩戒): statements, the lists, the rules they rest on. Its bytes
    are GB18030, called gb2312.
    """
    yield from page.links(ARTICLES, read=statement, at_least=3)


def statement(page: Page) -> Iterator[Announcement | Report]:
    """One statement of the spokesperson: the office publishes no acts but decides so; a list or
    a rule announces nothing.
    """
    yield from zh.facts(page.document(BODY), url=page.url, authority="cn-tao")
