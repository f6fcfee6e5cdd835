import asyncio
from datetime import timedelta

import httpx
import pytest
from fetching import LIMIT, PAGE, Hands, SimulatedClock, fetcher, page
from pytest_httpserver import HTTPServer
from raw_server import Exchange, answer, raw_server

from monitor.fetch import Fetcher
from monitor.fetch import host as hosts
from monitor.fetch.host import MOST_HOSTS
from monitor.source.page import Request


def whole(body: bytes) -> httpx.Response:
    return httpx.Response(200, headers={"content-length": str(len(body))}, stream=httpx.ByteStream(body))


async def test_a_host_keeps_its_connection(web: Fetcher) -> None:
    async with raw_server(answer(PAGE), keep=True) as server:
        for _ in range(5):
            await page(web, server.url)
        assert (server.connections, len(server.requests)) == (1, 5)


async def test_each_host_has_one_transport_and_the_least_used_are_closed() -> None:
    made: list[str] = []
    closed: list[str] = []

    class Way(httpx.MockTransport):
        def __init__(self, host: str) -> None:
            super().__init__(lambda request: httpx.Response(200, stream=httpx.ByteStream(PAGE)))
            self.host = host
            made.append(host)

        async def aclose(self) -> None:
            closed.append(self.host)

    web = fetcher(transport=Way)
    for _ in range(2):
        for number in range(20):
            await page(web, f"http://{number}.example/")
    assert len(made) == 20

    for number in range(MOST_HOSTS):
        await page(web, f"http://other-{number}.example/")
    assert closed == [f"{number}.example" for number in range(20)]
    await page(web, "http://0.example/")
    await page(web, f"http://other-{MOST_HOSTS - 1}.example/")
    assert len(made) == 20 + MOST_HOSTS + 1
    await web.aclose()


async def test_requests_to_one_host_start_a_gap_apart(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data(PAGE)
    clock = SimulatedClock()
    web = fetcher(clock=clock, gap=0.5)

    await asyncio.gather(*(page(web, httpserver.url_for("/")) for _ in range(4)))
    await page(web, httpserver.url_for("/").replace("localhost", "127.0.0.1"))

    assert clock.slept == [0.5, 0.5, 0.5]
    await web.aclose()


async def test_a_host_that_was_left_for_others_keeps_the_gap_it_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def reply(request: httpx.Request) -> httpx.Response:
        return whole(b"User-agent: *\nCrawl-delay: 7" if request.url.path == "/robots.txt" else PAGE)

    monkeypatch.setattr(hosts, "MOST_HOSTS", 2)
    clock = SimulatedClock()
    web = fetcher(clock=clock, transport=lambda _: httpx.MockTransport(reply), robots=True, gap=0.25)
    for name in ("slow", "a", "b", "c", "slow", "slow"):
        await page(web, f"http://{name}.example/")

    assert clock.slept == [7.0]
    await web.aclose()


async def test_who_asks_from_other_processes_goes_through_the_same_gate_before_each_start() -> None:
    passed: list[tuple[str, timedelta]] = []
    asked: list[str] = []

    def reply(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return whole(PAGE)

    async def gate(host: str, gap: timedelta) -> None:
        assert len(asked) == len(passed)
        passed.append((host, gap))

    web = fetcher(gap=0.01, gate=gate, transport=lambda _: httpx.MockTransport(reply))
    await asyncio.gather(*(page(web, "http://ministry.example/") for _ in range(2)))

    assert passed == [("ministry.example", timedelta(seconds=0.01))] * 2
    await web.aclose()


@pytest.mark.parametrize("at_a_time", [2, 5])
async def test_an_urgent_one_goes_before_all_that_queue_and_as_many_are_asked_at_a_time_as_is_set(at_a_time: int) -> None:
    began: list[str] = []
    at_once: list[int] = []

    async def slowly(request: httpx.Request) -> httpx.Response:
        began.append(request.url.path)
        at_once.append(len(began) - len(ended))
        await asyncio.sleep(0.01)
        ended.append(request.url.path)
        return httpx.Response(200, stream=httpx.ByteStream(PAGE))

    ended: list[str] = []
    web = fetcher(transport=lambda _: httpx.MockTransport(slowly), at_a_time=at_a_time)
    queue = [asyncio.create_task(page(web, f"http://ministry.example/{number}")) for number in range(4 * at_a_time)]
    await asyncio.sleep(0.001)
    await web.fetch(Request("http://ministry.example/urgent"), size_limit=LIMIT, urgent=True)
    await asyncio.gather(*queue)

    assert at_a_time <= began.index("/urgent") < 2 * at_a_time
    assert max(at_once) == at_a_time
    await web.aclose()


async def test_the_rules_that_an_urgent_page_needs_are_as_urgent() -> None:
    began: list[str] = []

    async def slowly(request: httpx.Request) -> httpx.Response:
        began.append(request.url.path)
        await asyncio.sleep(0.01)
        return whole(b"User-agent: *\nDisallow: /secret" if request.url.path == "/robots.txt" else PAGE)

    clock = SimulatedClock()
    web = fetcher(transport=lambda _: httpx.MockTransport(slowly), clock=clock, robots=True, at_a_time=1)
    await page(web, "http://ministry.example/first")
    queue = [asyncio.create_task(page(web, f"http://ministry.example/{number}")) for number in range(6)]
    await asyncio.sleep(0.001)
    clock.moment += timedelta(days=1)
    await web.fetch(Request("http://ministry.example/urgent"), size_limit=LIMIT, urgent=True)
    await asyncio.gather(*queue)

    assert began.count("/robots.txt") == 2
    assert began.index("/urgent") < began.index("/3")
    await web.aclose()


async def test_a_clock_set_back_does_not_close_the_door(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data(PAGE)
    clock = SimulatedClock()
    web = fetcher(clock=clock, gap=0.5)
    await page(web, httpserver.url_for("/"))

    clock.moment -= timedelta(hours=1)
    await page(web, httpserver.url_for("/"))

    assert clock.slept == [0.5]
    await web.aclose()


async def test_waiting_for_a_turn_does_not_count_as_slowness(httpserver: HTTPServer, hands: Hands) -> None:
    class Passing(SimulatedClock):
        async def sleep(self, seconds: float) -> None:
            await super().sleep(seconds)
            await hands.move(seconds)

    httpserver.expect_request("/").respond_with_data(PAGE)
    clock = Passing()
    web = fetcher(clock=clock, gap=7200.0, deadline=3600.0)

    for _ in range(3):
        assert (await page(web, httpserver.url_for("/"))).body.whole == PAGE
    assert clock.slept == [7200.0, 7200.0]  # each longer than the deadline
    await web.aclose()


async def test_at_most_two_requests_run_at_one_host(web: Fetcher) -> None:
    running: list[int] = [0]
    most: list[int] = []

    async def serve(exchange: Exchange) -> None:
        running[0] += 1
        most.append(running[0])
        await asyncio.sleep(0.05)
        running[0] -= 1
        await exchange.send(answer(PAGE))

    async with raw_server(serve, keep=True) as server:
        await asyncio.gather(*(page(web, server.url) for _ in range(6)))

    assert max(most) == 2
