"""A column of the ministry's sites whose rows come only when a script asks for them."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from each import for_each

from monitor.errors import LayoutChanged
from monitor.source.page import Body, Link, Page
from monitor.source.scraper import Source
from scrapers import cn_licences, cn_mofcom, cn_mofcom_english, cn_mofcom_security

COLUMN = "https://www.mofcom.gov.cn/xwfb/rcxwfb/index.html"
IDS = {"webId": "8f43c7ad", "tplSetId": "525e", "tagId": "分页列表", "pageId": "fc8b"}
PAGED = {"paramJson": {"pageNo": 1}} | IDS
AS_ATTRIBUTE = (
    "{'parseType':'bulidstatic','webId':'8f43c7ad','tplSetId':'525e','tagId':'分页列表',"
    "'editType':'null','pageId':'fc8b'}"
)
MENU = "{'webId':'8f43c7ad','tplSetId':'525e','tagId':'导航','pageId':'0001'}"
SHELLS = {
    "an attribute": (
        f'<script url="/front/page/build/unit" queryData="{AS_ATTRIBUTE}"'
        ' src="/unitbuild.js"></script>'
    ),
    "an attribute in JSON": (
        f"<div class=unit querydata='{json.dumps(PAGED, ensure_ascii=False)}'></div>"
    ),
    "an escaped attribute": (
        f'<div queryData="{json.dumps(IDS, ensure_ascii=False).replace(chr(34), "&quot;")}"></div>'
    ),
    "a script": (
        f"<script>var queryData = {json.dumps(IDS, ensure_ascii=False)}; load(queryData);</script>"
    ),
    "beside a menu": f'<div queryData="{MENU}"></div><div queryData="{AS_ATTRIBUTE}"></div>',
}
SOURCES = (
    cn_mofcom.announcements,
    cn_mofcom.orders,
    cn_mofcom.replies,
    cn_mofcom_security.home,
    cn_licences.notices,
    cn_mofcom_english.announcements,
)


def read(source: Source, body: str, url: str = COLUMN) -> list[Link]:
    return [
        link
        for link in source.read(Page(url=url, body=Body(body.encode())))
        if isinstance(link, Link)
    ]  # type: ignore[union-attr]


@for_each("source", SOURCES, ids=lambda source: source.id)
@for_each("shell", SHELLS.values(), ids=SHELLS)
def test_rows_that_a_script_asks_for_are_asked_for_by_the_ids_on_the_page(
    source: Source, shell: str
) -> None:
    (unit,) = read(source, f"<html><head></head><body>{shell}</body></html>")
    answer = {
        "data": {
            "html": (
                '<ul><li><a href="art/2026/art_0a1b.html">t</a><span>2026-09-01</span></li></ul>'
            )
        }
    }

    (row,) = read(source, json.dumps(answer), unit.url)

    asked = parse_qs(urlsplit(unit.url).query)
    assert {name: asked[name][0] for name in IDS} == IDS
    assert unit.asks.headers == {"Referer": COLUMN}
    assert unit.read is source
    assert row.url == "https://www.mofcom.gov.cn/xwfb/rcxwfb/art/2026/art_0a1b.html"


@pytest.mark.parametrize(
    "body",
    [
        "<html></html>",
        '<div queryData="{}"></div>',
        '{"data":{"html":""}}',
        '{"data":{"html":"<p>"}}',
    ],
)
def test_a_column_without_rows_and_without_a_script_that_asks_is_a_layout_that_changed(
    body: str,
) -> None:
    with pytest.raises(LayoutChanged):
        read(cn_mofcom.replies, body)
