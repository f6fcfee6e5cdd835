"""Sites that reset who knocks first, and addresses that are valid for some minutes only."""

from collections.abc import AsyncIterator

import httpx
import pytest
from pytest_httpserver import HTTPServer
from raw_server import Exchange, answer, raw_server

from monitor.clock import SystemClock
from monitor.errors import FetchError
from monitor.fetch import Fetched, Fetcher
from monitor.fetch.request_step import RequestStep
from monitor.source.page import Page, Request

PAGE = b"<html><body>announcements</body></html>"


@pytest.fixture(name="web")
async def web_() -> AsyncIterator[Fetcher]:
    it = Fetcher(
        user_agent="test",
        clock=SystemClock(),
        deadline=5,
        gap=0.001,
        allow_private=True,
        robots=False,
    )
    yield it
    await it.aclose()


async def page(web: Fetcher, url: str) -> Page:
    result = await web.fetch(Request(url), size_limit=10_000)
    assert isinstance(result, Fetched)
    return result.page


async def test_a_site_that_resets_the_first_connection_is_asked_once_more(web: Fetcher) -> None:
    async def second_time(exchange: Exchange) -> None:
        if len(server.requests) == 1:
            exchange.reset()
        else:
            await exchange.send(answer(PAGE, "Content-Type: text/html"))

    async with raw_server(second_time) as server:
        assert (await page(web, server.url)).body.whole == PAGE
        assert len(server.requests) == 2


async def test_a_site_that_always_resets_is_asked_twice_and_no_more(web: Fetcher) -> None:
    async def never(exchange: Exchange) -> None:
        exchange.reset()

    async with raw_server(never) as server:
        with pytest.raises(FetchError, match="reset"):
            await page(web, server.url)
        assert len(server.requests) == 2


async def test_a_reset_in_an_answer_is_no_reason_to_ask_again(web: Fetcher) -> None:
    async def half(exchange: Exchange) -> None:
        await exchange.send(answer(PAGE, length=len(PAGE) + 100))
        exchange.reset()

    async with raw_server(half) as server:
        with pytest.raises(FetchError):
            await page(web, server.url)
        assert len(server.requests) == 1


async def test_an_address_that_is_valid_for_minutes_is_never_the_page_s_own(
    web: Fetcher, httpserver: HTTPServer
) -> None:
    signed = (
        httpserver.url_for("/store/list.xml") + "?sv=2025&se=2026-11-25T10%3A00%3A00Z&sig=c2VjcmV0"
    )
    httpserver.expect_request("/list.xml").respond_with_data(
        status=302, headers={"Location": signed}
    )
    httpserver.expect_request("/store/list.xml").respond_with_data(PAGE)

    assert (await page(web, httpserver.url_for("/list.xml"))).url == httpserver.url_for("/list.xml")


@pytest.mark.parametrize("name", ["sig", "X-Amz-Signature", "X-Goog-Signature", "Signature"])
def test_a_signed_address_is_known_by_its_query(name: str) -> None:
    assert RequestStep(httpx.URL(f"https://example.org/list?{name}=x")).is_passing
    assert not RequestStep(httpx.URL("https://example.org/list?page=2")).is_passing


async def test_a_secret_of_one_port_is_not_sent_to_another(web: Fetcher) -> None:
    async def take(exchange: Exchange) -> None:
        await exchange.send(answer(PAGE, "Content-Type: text/html"))

    async with raw_server(take) as other:

        async def send_on(exchange: Exchange) -> None:
            place = f"Location: {other.url}" if len(server.requests) == 2 else "Location: /again"
            await exchange.send(answer(b"", place, status="302 Found"))

        async with raw_server(send_on) as server:
            headers = {"Authorization": "Bearer canary"}
            await web.fetch(Request(server.url, headers=headers), size_limit=10_000)
        sent = [b"canary" in request for request in (*server.requests, *other.requests)]

    assert sent == [True, True, False]
