import asyncio
import logging
from datetime import timedelta

import pytest
from fetching import LIMIT, PAGE, Hands, SimulatedClock, failure, fetcher, page
from pytest_httpserver import HTTPServer
from raw_server import Exchange, answer, raw_server
from werkzeug import Response

from monitor.clock import SystemClock
from monitor.config import Config
from monitor.fetch import Fetched, Fetcher
from monitor.source.page import Request


def site(httpserver: HTTPServer, rules: str | Response, *paths: str) -> list[str]:
    """A host with rules and pages; the addresses of the pages."""
    served = rules if isinstance(rules, Response) else Response(rules, content_type="text/plain")
    httpserver.expect_request("/robots.txt").respond_with_response(served)
    for path in paths:
        httpserver.expect_request(path).respond_with_data(PAGE)
    return [httpserver.url_for(path) for path in paths]


def asked(httpserver: HTTPServer) -> list[str]:
    return [request.path for request, _ in httpserver.log]


@pytest.fixture
async def polite():
    clock = SimulatedClock()
    it = fetcher(robots=True, clock=clock, user_agent="regulatory-monitor/0.1 (+contact)")
    yield it, clock
    await it.aclose()


async def test_a_page_that_is_forbidden_is_not_asked_for(polite, httpserver: HTTPServer) -> None:
    allowed, forbidden = site(
        httpserver, "User-agent: *\nDisallow: /api/\nDisallow: /api/v2", "/list", "/api/v2/list"
    )

    await page(polite[0], allowed)
    refusal = await failure(polite[0], forbidden)

    assert refusal.kind == "robots"
    assert "its robots.txt forbids this address to " in str(refusal)
    assert "robots = false under [fetch]" in str(refusal)
    assert asked(httpserver) == ["/robots.txt", "/list"]


async def test_who_forbids_nothing_to_us_is_asked_for_all(polite, httpserver: HTTPServer) -> None:
    for text in (
        "User-agent: *\nDisallow:",
        "",
        "\ufeffUser-agent: *\nAllow: /",
        "User-agent: other\nDisallow: /",
    ):
        httpserver.clear()
        polite[1].moment += timedelta(days=1)
        (address,) = site(httpserver, text, "/list")
        await page(polite[0], address)
        assert asked(httpserver) == ["/robots.txt", "/list"]


async def test_a_mark_of_the_order_of_bytes_hides_no_rule(polite, httpserver: HTTPServer) -> None:
    (forbidden,) = site(httpserver, "\ufeffUser-agent: *\nDisallow: /list", "/list")
    assert (await failure(polite[0], forbidden)).kind == "robots"


async def test_robots_is_asked_once_a_day_however_many_pages_are(
    polite, httpserver: HTTPServer
) -> None:
    web, clock = polite
    addresses = site(httpserver, "User-agent: *\nDisallow: /x", "/a", "/b", "/c")

    await asyncio.gather(*(page(web, address) for address in addresses))
    clock.moment += timedelta(hours=23)
    await page(web, addresses[0])
    assert asked(httpserver).count("/robots.txt") == 1
    clock.moment += timedelta(hours=2)
    await page(web, addresses[0])

    assert asked(httpserver).count("/robots.txt") == 2


@pytest.mark.parametrize("status", [401, 403, 404, 410, 500, 503])
async def test_without_readable_rules_all_is_allowed_until_the_next_day(
    polite, httpserver: HTTPServer, status: int
) -> None:
    web, clock = polite
    (address,) = site(httpserver, Response("User-agent: *\nDisallow: /", status), "/list")

    await page(web, address)
    await page(web, address)
    assert asked(httpserver) == ["/robots.txt", "/list", "/list"]
    clock.moment += timedelta(days=1)
    await page(web, address)

    assert asked(httpserver).count("/robots.txt") == 2


async def test_that_rules_do_not_come_is_logged_once_as_long_as_it_lasts(
    polite, httpserver: HTTPServer, caplog
) -> None:
    web, clock = polite
    logged = []
    for status in (404, 500, 503, 403, 500):
        httpserver.clear()
        (address,) = site(httpserver, Response("", status), "/list")
        await page(web, address)
        clock.moment += timedelta(days=1)
        logged.append([record.getMessage() for record in caplog.records])
        caplog.clear()

    assert [len(lines) for lines in logged] == [0, 1, 0, 0, 1]
    assert "500" in logged[1][0]
    assert "nothing is taken for forbidden" in logged[1][0]


async def test_rules_that_can_t_be_fetched_are_tried_again_in_an_hour_and_that_is_no_warning(
    polite, caplog
) -> None:
    web, clock = polite
    caplog.set_level(logging.INFO)

    async def script(exchange: Exchange) -> None:
        await exchange.send(b"nonsense" if b"/robots.txt" in exchange.request else answer(PAGE))

    async with raw_server(script) as server:
        await page(web, server.url)
        await page(web, server.url)
        clock.moment += timedelta(hours=1)
        await page(web, server.url)

        assert [b"robots" in request for request in server.requests] == [
            True,
            False,
            False,
            True,
            False,
        ]
    said = [record for record in caplog.records if "no robots.txt" in record.getMessage()]
    assert [record.levelname for record in said] == ["INFO"]


async def test_rules_that_never_come_cost_a_part_of_the_time_not_the_page(hands: Hands) -> None:
    web, asked_for_rules = fetcher(robots=True, deadline=3600.0), asyncio.Event()

    async def script(exchange: Exchange) -> None:
        if b"/robots.txt" in exchange.request:
            asked_for_rules.set()
            await asyncio.Event().wait()
        await exchange.send(answer(PAGE))

    async with raw_server(script) as server:
        fetching = asyncio.ensure_future(page(web, server.url))
        await asked_for_rules.wait()
        await hands.move(0.3 * 3600)
        assert (await fetching).body.whole == PAGE
    await web.aclose()


async def test_an_absurd_crawl_delay_is_a_minute(polite, httpserver: HTTPServer) -> None:
    web, clock = polite
    (address,) = site(httpserver, "User-agent: *\nCrawl-delay: 86400", "/list")

    await page(web, address)
    await page(web, address)

    assert clock.slept == [60.0]


async def test_a_redirect_to_a_forbidden_page_is_not_followed(
    polite, httpserver: HTTPServer
) -> None:
    start, target = site(httpserver, "User-agent: *\nDisallow: /hidden", "/start", "/hidden")
    httpserver.clear_all_handlers()
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /hidden")
    httpserver.expect_request("/start").respond_with_data("", 302, {"Location": target})

    assert (await failure(polite[0], start)).kind == "robots"
    assert "/hidden" not in asked(httpserver)


async def test_an_unchanged_poll_stays_one_request(polite, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data("", 404)
    httpserver.expect_request("/list").respond_with_data(PAGE, headers={"ETag": '"1"'})
    first = await polite[0].fetch(Request(httpserver.url_for("/list")), size_limit=LIMIT)
    assert isinstance(first, Fetched)
    before = len(httpserver.log)

    await polite[0].fetch(
        Request(httpserver.url_for("/list")), validators=first.validators, size_limit=LIMIT
    )

    assert len(httpserver.log) == before + 1


async def test_rules_are_not_asked_for_where_they_are_switched_off(httpserver: HTTPServer) -> None:
    (address,) = site(httpserver, "User-agent: *\nDisallow: /", "/list")
    web = Fetcher(user_agent="m", clock=SystemClock(), allow_private=True, gap=0.0)

    await page(web, address)
    await web.aclose()

    assert asked(httpserver) == ["/list"]
    assert Config().fetch.robots


async def test_whoever_watches_sees_every_answer_with_its_status_and_date(
    polite, httpserver: HTTPServer
) -> None:
    (target,) = site(httpserver, Response("", 404), "/list")
    httpserver.expect_request("/start").respond_with_data("", 302, {"Location": target})
    answers = []

    await polite[0].fetch(
        Request(httpserver.url_for("/start")), size_limit=LIMIT, watch=answers.append
    )

    assert [answer.status for answer in answers] == [302, 200]
    assert all(answer.date for answer in answers)
    assert answers[0].address in ("127.0.0.1", "::1")
