"""The layout of articles on the ministry's Export Control Information Network
(exportcontrol.mofcom.gov.cn).
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from monitor import Announcement, NotThePage, Page, Report
from monitor.extract import zh

SITE = "https://exportcontrol.mofcom.gov.cn"
# What an article says of itself stands in its script: var title = '…'.
SAID = re.compile(r"""var\s+(title|publishTime)\s*=\s*(["'])(.*?)\2""")


def article(page: Page) -> Iterator[Announcement | Report]:
    """Read what an article announces before its disclaimer.

    Raises:
        NotThePage: it is the empty shell of a removed article.
    """
    fields = {match[1]: match[3] for match in SAID.finditer(page.text)}
    if not fields.get("title"):
        raise NotThePage(
            f"{page.url}: an article says its title; this is the shell of one that was taken down"
        )
    body = page.part(page.text.partition("u-disclaimer-box")[0])
    yield from words(body, "div.bd", title=fields["title"], published=fields.get("publishTime", ""))


def words(
    page: Page, css: str | None, *, title: str, published: str
) -> Iterator[Announcement | Report]:
    """Read what the text under `css` announces.

    The network mirrors several ministries: the text tells who issued an act.
    """
    document = replace(page.document(css), title=title, published=published[:10] or None)
    yield from zh.facts(document, url=page.url)
