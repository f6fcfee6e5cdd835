"""Lists that answer no machine, or whose form nobody has seen: a person saves them and hands
them in, and is reminded to.
"""

from collections.abc import Iterator
from typing import Any

from monitor import Announcement, Page, Report, Unread, extract, source


def _declare(
    reader: str, name: str, authority: str, url: str, *, every: str, language: str = "en"
) -> Any:
    def read(page: Page) -> Iterator[Announcement | Report]:
        """Read what the page announces in known words, else that it came."""
        document = page.document()
        title = document.title or name
        came = Announcement(
            key=f"{authority}-{page.body.sha256[:12]}",
            authority=authority,
            title=title,
            url=page.url,
            language=language,
            understood="none",
            not_read=(Unread(what="list", why="its form is not known: read it", quote=title),),
        )
        yield from extract.understand(document, url=page.url, authority=authority) or [came]

    read.__qualname__ = reader
    return source(
        name=name, authority=authority, url=url, every=every, by_hand=every, language=language
    )(read)


us_institutions = _declare(
    "us_institutions",
    "Section 1286 institutions",
    "us-dod",
    "https://basicresearch.defense.gov/Programs/Academic-Research-Security/",
    every="90 days",
)
kr_strategic_items = _declare(
    "kr_strategic_items",
    "Korea's notice on strategic items",
    "kr-motie",
    "https://www.law.go.kr/LSW/admRulInfoP.do?admRulSeq=2100000270104&chrClsCd=010201",
    every="30 days",
    language="ko",
)
hk_controls = _declare(
    "hk_controls",
    "Hong Kong strategic trade controls",
    "hk-government",
    "https://www.stc.tid.gov.hk/",
    every="30 days",
)
sg_circulars = _declare(
    "sg_circulars",
    "Singapore Customs circulars",
    "sg-customs",
    "https://www.customs.gov.sg/news-and-media/circulars",
    every="30 days",
)
