"""The layout of sites on JPaaS, the publishing system of the Ministry of Commerce: lists by an interface, articles by class."""

import json
from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

from monitor import Announcement, LayoutChanged, Link, Page, Report, Request
from monitor.extract import zh

# Only articles have such addresses; menus and footers do not.
ROWS = 'li a[href*="/art_"]'
INTERFACE = "/api-gateway/jpaas-publish-server/front/page/build/unit"


def unit(column: str, *, web: str, template: str, page: str, tag: str, number: int = 1, size: int = 15) -> Request:
    """How the script of the page at `column` asks for its rows. The ids change when a site is redesigned."""
    host = urlsplit(column)
    query = {
        "parseType": "bulidstatic",  # the misspelling is the interface's
        "webId": web,
        "tplSetId": template,
        "pageType": "column",
        "tagId": tag,
        "editType": "null",
        "pageId": page,
        "paramJson": json.dumps({"pageNo": number, "pageSize": size}, separators=(",", ":")),
    }
    return Request(f"{host.scheme}://{host.netloc}{INTERFACE}?{urlencode(query)}", headers={"Referer": column})


def number(page: Page) -> int:
    """Which page of the list this is, by its own address."""
    asked = parse_qs(urlsplit(page.url).query).get("paramJson", ["{}"])[0]
    return int(json.loads(asked).get("pageNo", 1))


def listing(page: Page, *, column: str) -> Page:
    """The rows that the interface wraps in JSON, as a page of their own.

    Raises:
        NotThePage: it is not JSON.
        LayoutChanged: the JSON has no rows to give, as after a redesign.
    """
    answer = page.json()
    part = answer.get("data") if isinstance(answer, dict) else None
    html = part.get("html") if isinstance(part, dict) else None
    if not html:
        raise LayoutChanged(f"no data.html in {page.text[:60]!r}")
    return page.part(html, url=column)


def act(page: Page) -> Iterator[Announcement | Report | Link]:
    """What an article of the Ministry of Commerce announces or repeats, with its annexes; nothing on another subject."""
    for fact in zh.facts(page.document("div.art-con"), url=page.url, authority="cn-mofcom"):
        yield fact
        if isinstance(fact, Announcement):
            for attachment in fact.attachments:
                if attachment.url and zh.may_list(attachment.title):
                    yield Link(attachment.url, read=annex, title=attachment.title, of=fact.key)


def annex(page: Page) -> Iterator[Announcement | Report]:
    """A file that belongs to an act: the entities or items it lists, nothing for a form or a guide."""
    yield from zh.annex(page.document(), of=page.of or "", url=page.url)
