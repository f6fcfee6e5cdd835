"""The layout of sites on JPaaS, the publishing system of the Ministry of Commerce: lists by an
interface, articles by class.
"""

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

import msgspec

from monitor import Announcement, LayoutChanged, Link, Page, Report, Request
from monitor.extract import zh

Reader = Callable[[Page], Any]

# Only articles have such addresses; menus and footers do not.
ROWS = 'li a[href*="/art_"]'
INTERFACE = "/api-gateway/jpaas-publish-server/front/page/build/unit"
QUERY_DATA = re.compile(r"queryData\b", re.IGNORECASE)
NEAR = 1500  # characters behind that word in which the ids stand
QUERY_ID = re.compile(
    r"""["']?\b(webId|tplSetId|tagId|pageId)["']?\s*:\s*(?:"([^"]*)"|'([^']*)')"""
)


def unit(
    column: str, *, web: str, template: str, page: str, tag: str, number: int = 1, size: int = 15
) -> Request:
    """How the script of the page at `column` asks for its rows. The ids change when a site is
    redesigned.
    """
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
    return Request(
        f"{host.scheme}://{host.netloc}{INTERFACE}?{urlencode(query)}", headers={"Referer": column}
    )


def entries(
    page: Page, *, read: Reader, own: Reader, css: str = ROWS, at_least: int = 1
) -> Iterator[Link]:
    """The rows of a column, each to be read by `read`. Where the page is only a script, `own` reads
    what that asks for.

    Raises:
        LayoutChanged: there are no rows, and no script that would ask for them.
    """
    if page.body.whole.lstrip()[:1] == b"{":
        yield from listing(page, column=unquote(urlsplit(page.url).fragment) or page.url).links(
            css, read=read
        )
    elif page.soup.select(css) or not (units := list(_list_units(page))):
        yield from page.links(css, read=read, at_least=at_least)
    else:
        yield from (Link(request.url, read=own, title="rows", request=request) for request in units)


def _list_units(page: Page) -> Iterator[Request]:
    """Find what a page's scripts request, by the ids in its `queryData`; of several units the
    lists.
    """
    chunks = [chunk[:NEAR] for chunk in QUERY_DATA.split(unescape(page.text))[1:]]
    units = [
        {name: value or more for name, value, more in QUERY_ID.findall(chunk)} for chunk in chunks
    ]
    units = [ids for ids in units if ids.get("webId") and ids.get("pageId")]
    for ids in [ids for ids in units if "列表" in ids.get("tagId", "")] or units:
        request = unit(
            page.url,
            web=ids["webId"],
            template=ids.get("tplSetId", ""),
            page=ids["pageId"],
            tag=ids.get("tagId", ""),
        )
        # The rows stand relative to the column, which only the fragment keeps.
        yield msgspec.structs.replace(request, url=f"{request.url}#{quote(page.url, safe='')}")


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
    """Read what an article of the Ministry of Commerce announces or repeats, with its annexes;
    nothing on another subject.
    """
    for fact in zh.facts(page.document("div.art-con"), url=page.url, authority="cn-mofcom"):
        yield fact
        if isinstance(fact, Announcement):
            for attachment in fact.attachments:
                if attachment.url and zh.may_list(attachment.title):
                    yield Link(attachment.url, read=annex, title=attachment.title, of=fact.key)


def annex(page: Page) -> Iterator[Announcement | Report]:
    """A file that belongs to an act: the entities or items it lists, nothing for a form or a
    guide.
    """
    yield from zh.annex(page.document(), of=page.of or "", url=page.url)
