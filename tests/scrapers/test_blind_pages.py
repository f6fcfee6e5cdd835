"""Pages that look well and make a source blind: each is named at the first poll that gets it,
and none is taken for quiet.
"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from local_transport import LocalTransport
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from monitor.config import Config, FetchSettings
from monitor.config.times import Duration
from monitor.poll.assembly import open_pipeline
from monitor.poll.replay import StoryClock
from monitor.store import OPS, notices, outbox

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
NEW_YEAR = datetime(2027, 1, 1, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Blind:
    """A source, what it served while all was well, if that was seen, what it serves now, and
    what may name that.
    """

    source: str
    now: str
    before: str = ""
    named: tuple[str, ...] = ()
    at: datetime = NOW
    age: int = 0
    beside: str = ""  # what its interface answers, by a script


def feed(*days: datetime) -> str:
    items = "".join(
        "<item><title>Export controls, round"
        f" {number}</title><link>https://policy.trade.ec.europa.eu/news/n{number}_en</link><pubDate>{day:%a, %d %b %Y %H:%M:%S}"
        " +0000</pubDate></item>"
        for number, day in enumerate(days)
    )
    return (
        '<?xml version="1.0"?><rss'
        f' version="2.0"><channel><title>News</title>{items}</channel></rss>'
    )


def column(*days: str, script: str = "") -> str:
    rows = "".join(
        f'<li><a href="/zcfb/blgg/art/2026/art_{number:032x}.html"'
        f' title="商务部公告2026年第{number}号">公告</a>'
        f"{f'<span>[{day}]</span>' if day else ''}</li>"
        for number, day in enumerate(days, 1)
    )
    head = '<meta name="SiteName" content="中华人民共和国商务部"><title>政策发布_商务部</title>'
    return (
        f'<html><head>{head}</head><body><ul class="policy-list'
        f' f-mt20">{rows}</ul>{script}</body></html>'
    )


def back(*ago: int, of: datetime = NOW) -> list[str]:
    """Days so many days before."""
    return [f"{of - timedelta(days=days):%Y-%m-%d}" for days in ago]


def searched(*days: str) -> str:
    rows = [
        {
            "groupData": [],
            "data": {
                "title": f"关于第{n}批目录的公告",
                "url": f"/art/2026/art_{n:032x}.html",
                "jsearch_date": day,
            },
        }
        for n, day in enumerate(days, 1)
    ]
    return json.dumps(
        {"success": True, "data": {"searchResult": {"total": 272000, "dataResults": rows}}}
    )


def releases(*days: datetime) -> str:
    rows = "".join(
        f'<li><div class="left txt_box"><p>{day.year}年{day.month}月{day.day}日</p><a'
        ' class="cut_txt"'
        f' href="/press/{day:%Y/%m/%Y%m%d}00{number}.html">会合を開催しました</a></div></li>'
        for number, day in enumerate(days)
    )
    return (
        '<html lang="ja"><head><meta'
        f' charset="UTF-8"><title>METI</title></head><body><ul>{rows}</ul></body></html>'
    )


def register(generated: str) -> str:
    person = "<INDIVIDUAL><DATAID>6908555</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>ALI</FIRST_NAME></INDIVIDUAL>"
    return (
        '<?xml version="1.0"?><CONSOLIDATED_LIST'
        f' dateGenerated="{generated}"><INDIVIDUALS>{person}</INDIVIDUALS>'
        "<ENTITIES></ENTITIES></CONSOLIDATED_LIST>"
    )


def inspected(day: str) -> str:
    document = {
        "document_number": "2026-20001", "title": "Additions to the Entity List", "type": "Rule",
        "agencies": [{"name": "Industry and Security Bureau", "slug": "industry-and-security-bureau"}],
        "filed_at": f"{day}T08:45:00.000-05:00", "publication_date": day, "filing_type": "regular",
        "html_url": "https://www.federalregister.gov/public-inspection/2026-20001/additions", "pdf_url": "https://example.org/a.pdf",
    }  # fmt: skip
    return json.dumps(
        {
            "count": 1,
            "special_filings_updated_at": f"{day}T08:45:00.000-05:00",
            "results": [document],
        }
    )


def news(*days: str) -> str:
    rows = [
        {
            "contentId": str(n),
            "title": f"商务部公告 {n}",
            "publishUrl": f"/fortune/20261125/{n:032x}/c.html",
        }
        | ({"publishTime": day} if day else {})
        for n, day in enumerate(days)
    ]
    return json.dumps({"datasource": rows})


MONTHS = [NOW - timedelta(days=150 + 5 * number) for number in range(10)]
YEAR_AGO = [NOW - timedelta(days=365 + number) for number in range(10)]
ARTICLE = (
    '<html><body><main><div class="art-con"><p>展览会 a fair opens</p></div></main></body></html>'
)
IDS = (
    "<script>var"
    " queryData={'webId':'8f43','tplSetId':'5255','pageId':'fc8b','tagId':'分页列表'};</script>"
)
MIXED = back(2200, 40, 900, 3, 4000, 75, 2, 1300, 5, 800, 60, 11, 2900, 33, 700)
LISTED = back(1, 3, 8, 15, 30, 44, 58, 70)
BLIND: dict[str, Blind] = {
    "a feed that died in summer": Blind("eu_trade.news", feed(*MONTHS), named=("zombie", "older")),
    "a feed without an entry": Blind("eu_trade.news", feed(), named=("not-the-page",)),
    "a search without an order": Blind("cn_miit.documents", searched(*MIXED), named=("unordered",)),
    "a shell that names no ids": Blind(
        "cn_mofcom.orders", column(script="<script></script>"), named=("layout",)
    ),
    "a shell whose script gets no rows": Blind(
        "cn_mofcom.orders",
        column(script=IDS),
        named=("layout", "empty"),
        beside=json.dumps({"success": True, "data": {"html": "<ul></ul>"}}),
    ),
    "an empty list of policies at New Year": Blind(
        "cn_gov.policies", "[]", named=("layout", "empty"), at=NEW_YEAR
    ),
    "an empty list of publications in November": Blind(
        "us_ofac.changes", "[]", named=("layout", "empty")
    ),
    "an answer that has lain a year in a cache": Blind(
        "us_federal_register.inspection",
        inspected("2026-11-25"),
        named=("cached",),
        age=365 * 86400,
    ),
    "a list of a year ago": Blind(
        "jp_meti.releases", releases(*YEAR_AGO), named=("zombie", "older")
    ),
    "last year's index at this year's address": Blind(
        "cn_mofcom.announcements", column(*back(*range(330, 400, 7))), named=("zombie", "older")
    ),
    "a list that lost its days": Blind(
        "cn_mofcom.orders", column(*[""] * 8), before=column(*LISTED), named=("undated", "layout")
    ),
    "a register generated a year ago": Blind(
        "un_sc.consolidated", register("2025-11-20T00:00:00"), named=("zombie", "older")
    ),
    "news that lost its times": Blind(
        "cn_xinhua.news",
        news(*[""] * 10),
        before=news(*[f"{day} 09:00:00" for day in back(*range(10))]),
        named=("undated", "layout"),
    ),
}


@pytest.mark.parametrize("case", BLIND)
async def test_a_blind_source_is_named_within_one_cadence(
    case: str, httpserver: HTTPServer, tmp_path
) -> None:
    blind = BLIND[case]
    served = {"body": blind.before or blind.now}

    def answer(request: Request) -> Response:
        of_list = request.path in paths or "build/unit" in request.path
        body = (
            blind.beside
            if blind.beside and "build/unit" in request.path
            else served["body"]
            if of_list
            else ARTICLE
        )
        kind = {"<": "text/html", "{": "application/json", "[": "application/json"}[body[0]]
        response = Response(body, content_type=f"{kind}; charset=utf-8")
        if blind.age:
            response.headers["Age"] = str(blind.age)
        return response

    httpserver.expect_request(re.compile(".*")).respond_with_handler(answer)
    clock = StoryClock(blind.at)
    config = Config(
        packages=("scrapers",), fetch=FetchSettings(gap=Duration(milliseconds=1), robots=False)
    )
    async with open_pipeline(
        config, tmp_path / "store", clock, transport=lambda _host: LocalTransport(httpserver.port)
    ) as pipeline:
        source = pipeline.registry.source(blind.source)
        paths = {urlsplit(request.url).path for request in source.requests(clock.now())}
        await pipeline.poll(source)
        if blind.before:
            assert not await pipeline.history(outbox.list_pending, OPS)
            served["body"] = blind.now
        for _ in range(2):  # a failure is told to people once it has lasted
            clock.move_to(clock.now() + timedelta(minutes=31))
            await pipeline.poll(source)
        waiting = await pipeline.history(outbox.list_pending, OPS)
        told = [await pipeline.history(notices.compose_notice, owed.id) for owed in waiting]

    assert {str(notice.problem.kind) for notice in told if notice.problem} & set(blind.named)
