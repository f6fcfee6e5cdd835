import asyncio
import hashlib
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from fetching import CHUNKED, LIMIT, PAGE, Hands, SimulatedClock, failure, failure_of, fetcher, page
from pytest_httpserver import HTTPServer
from raw_server import Exchange, answer, raw_server
from werkzeug import Request as Asked
from werkzeug import Response as Given

from monitor.errors import FetchError
from monitor.fetch import Fetched, Fetcher, Unchanged, Validators
from monitor.fetch.browser import Browser
from monitor.fetch.host import MOST_HOSTS
from monitor.source.page import Request


async def test_a_page_is_a_value_with_its_address_time_and_type(
    web: Fetcher, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/gg").respond_with_data(
        PAGE, content_type="text/html; charset=gb2312"
    )
    before = datetime.now(UTC)

    got = await page(web, Request(httpserver.url_for("/gg"), charset="utf-8"))

    assert (got.body.whole, got.url, got.charset) == (PAGE, httpserver.url_for("/gg"), "utf-8")
    assert got.content_type == "text/html; charset=gb2312"
    assert before <= got.fetched_at <= datetime.now(UTC)
    assert "商务部公告" in got.text


async def test_the_charset_a_server_states_is_passed_on(
    web: Fetcher, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/").respond_with_data(
        "公告".encode("gbk") * 20, content_type="text/html; charset=gbk"
    )

    assert (await page(web, httpserver.url_for("/"))).text == "公告" * 20


async def test_headers_are_honest_and_the_request_s_own_are_added(
    web: Fetcher, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/").respond_with_data(PAGE)

    await page(
        web,
        Request(
            httpserver.url_for("/"), headers={"Referer": "https://x.gov/", "accept-encoding": "br"}
        ),
    )

    sent = httpserver.log[0][0].headers
    assert (sent["User-Agent"], sent["Accept"], sent["Accept-Encoding"]) == (
        "monitor-test",
        "*/*",
        "gzip",
    )
    assert sent["Referer"] == "https://x.gov/"
    assert "Cookie" not in sent


async def test_a_request_may_put_words_around_our_name(
    web: Fetcher, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/").respond_with_data(PAGE)

    await page(
        web,
        Request(
            httpserver.url_for("/"),
            headers={"User-Agent": "Mozilla/5.0 (compatible; {user_agent})"},
        ),
    )

    assert httpserver.log[0][0].headers["User-Agent"] == "Mozilla/5.0 (compatible; monitor-test)"


async def test_validators_of_one_answer_make_the_next_a_304(
    web: Fetcher, httpserver: HTTPServer
) -> None:
    def respond(asked: Asked) -> Given:
        known = (
            asked.headers.get("If-None-Match") == '"v1"' and "If-Modified-Since" in asked.headers
        )
        headers = {"ETag": '"v1"', "Last-Modified": "Thu, 09 Oct 2025 01:00:00 GMT"}
        return Given(b"" if known else PAGE, status=304 if known else 200, headers=headers)

    httpserver.expect_request("/").respond_with_handler(respond)
    request = Request(httpserver.url_for("/"))

    first = await web.fetch(request, size_limit=LIMIT)
    assert isinstance(first, Fetched)
    assert first.validators == Validators('"v1"', "Thu, 09 Oct 2025 01:00:00 GMT")
    assert await web.fetch(request, validators=first.validators, size_limit=LIMIT) == Unchanged(
        request.url
    )


async def test_a_form_is_posted_without_conditions(web: Fetcher, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/api", method="POST").respond_with_json({"rows": []})
    request = Request(
        httpserver.url_for("/api"),
        form={"page": "1", "词": "管制"},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )

    got = await page(web, request, validators=Validators('"v1"', None))

    sent = httpserver.log[0][0]
    assert got.json() == {"rows": []}
    assert sent.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert sent.form.to_dict() == {"page": "1", "词": "管制"}
    assert sent.headers["X-Requested-With"] == "XMLHttpRequest"
    assert "If-None-Match" not in sent.headers


async def test_json_is_posted_as_json(web: Fetcher, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/api", method="POST", json={"page": 2}).respond_with_json([1])

    assert (await page(web, Request(httpserver.url_for("/api"), json={"page": 2}))).json() == [1]
    assert httpserver.log[0][0].headers["Content-Type"] == "application/json"


async def test_a_fetch_leaves_no_cookie_for_the_next(web: Fetcher, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data(
        PAGE, headers={"Set-Cookie": "session=1; Path=/"}
    )

    for _ in range(2):
        await page(web, httpserver.url_for("/"))

    assert ["Cookie" in asked.headers for asked, _ in httpserver.log] == [False, False]


HOUR = 3600.0


async def drip(exchange: Exchange, head: bytes, drop: bytes, begun: asyncio.Event) -> None:
    await exchange.send(head)
    while True:
        await exchange.send(drop)
        begun.set()
        await asyncio.sleep(0.05)


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (b"", b""),
        (b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x"),
        (answer(length=10_000), b"x"),
        (answer(b"", CHUNKED, length=None), b"1\r\nx\r\n"),
        (answer(b"", status="100 Continue", length=None), b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["nothing", "headers", "body", "chunks", "informational"],
)
async def test_a_slow_answer_ends_at_the_deadline_and_not_before(
    head: bytes, drop: bytes, hands: Hands
) -> None:
    web, begun = fetcher(deadline=HOUR), asyncio.Event()

    async with raw_server(lambda exchange: drip(exchange, head, drop, begun)) as server:
        fetching = asyncio.ensure_future(failure(web, server.url))
        await begun.wait()
        await hands.move(HOUR / 2)
        assert not fetching.done()
        await hands.move(HOUR / 2)
        assert (await fetching).kind == "deadline"
    await web.aclose()


async def test_a_source_may_have_a_deadline_of_its_own(hands: Hands) -> None:
    web, begun = fetcher(deadline=10 * HOUR), asyncio.Event()

    async with raw_server(lambda exchange: drip(exchange, b"", b"", begun)) as server:
        fetching = asyncio.ensure_future(
            web.fetch(Request(server.url), size_limit=1_000, deadline=timedelta(hours=1))
        )
        await begun.wait()
        await hands.move(HOUR)
        with pytest.raises(FetchError) as raised:
            await fetching

    assert raised.value.kind == "deadline"
    await web.aclose()


async def test_the_deadline_covers_all_redirects(hands: Hands) -> None:
    async def slow(exchange: Exchange) -> None:
        await hands.move(0.4 * HOUR)
        await exchange.send(answer(b"", f"Location: /{len(server.requests)}", status="302 Found"))

    web = fetcher(deadline=HOUR)
    async with raw_server(slow) as server:
        assert (await failure(web, server.url)).kind == "deadline"
        assert len(server.requests) == 3
    await web.aclose()


async def test_the_deadline_covers_the_second_try_after_a_reset(hands: Hands) -> None:
    async def slow(exchange: Exchange) -> None:
        await hands.move(0.6 * HOUR)
        if len(server.requests) == 1:
            exchange.reset()
        else:
            await exchange.send(answer(PAGE, "Content-Type: text/html"))

    web = fetcher(deadline=HOUR)
    async with raw_server(slow) as server:
        assert (await failure(web, server.url)).kind == "deadline"
        assert len(server.requests) == 2
    await web.aclose()


async def test_a_hanging_host_does_not_hold_the_others(
    httpserver: HTTPServer, hands: Hands
) -> None:
    httpserver.expect_request("/").respond_with_data(PAGE)
    web, begun = fetcher(deadline=HOUR), asyncio.Event()

    async with raw_server(lambda exchange: drip(exchange, b"", b"", begun)) as server:
        hanging = [asyncio.create_task(failure(web, server.url)) for _ in range(3)]
        await begun.wait()
        await page(web, httpserver.url_for("/"))  # localhost, another host than 127.0.0.1
        assert not any(task.done() for task in hanging)
        while not all(task.done() for task in hanging):
            await hands.move(HOUR)
        assert {task.result().kind for task in hanging} == {"deadline"}
    await web.aclose()


@pytest.mark.parametrize(
    ("browser", "render"),
    [(None, True), (Browser("/no/such/browser", "monitor-test"), False), (None, False)],
)
async def test_only_what_is_to_be_rendered_is_and_only_where_a_browser_is(
    httpserver: HTTPServer, browser: Browser | None, *, render: bool
) -> None:
    httpserver.expect_request("/").respond_with_data(PAGE, content_type="text/html; charset=utf-8")
    web = fetcher(browser=browser)
    answered = await web.fetch(Request(httpserver.url_for("/")), size_limit=LIMIT, render=render)
    await web.aclose()

    assert isinstance(answered, Fetched)
    assert answered.page.body.whole == PAGE


async def test_a_page_to_render_is_asked_for_without_conditions(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data(PAGE, content_type="text/html; charset=utf-8")
    web = fetcher()
    await web.fetch(
        Request(httpserver.url_for("/")),
        validators=Validators('"v1"', None),
        size_limit=LIMIT,
        render=True,
    )
    await web.aclose()

    assert "If-None-Match" not in httpserver.log[0][0].headers


async def test_nobody_is_asked_twice_who_answered_badly(web: Fetcher) -> None:
    async with raw_server(b"nonsense\r\n\r\n") as server:
        assert (await failure(web, server.url)).kind == "protocol"
        assert server.connections == 1


async def test_a_form_whose_connection_was_reset_is_not_posted_again(web: Fetcher) -> None:
    async def reset(exchange: Exchange) -> None:
        exchange.reset()

    async with raw_server(reset) as server:
        assert (await failure(web, Request(server.url, form={"page": "1"}))).kind == "reset"
        assert server.connections == 1


async def test_rules_whose_connection_was_reset_are_not_asked_for_again_and_cost_no_page() -> None:
    async def without_rules(exchange: Exchange) -> None:
        if b"/robots.txt" in exchange.request:
            exchange.reset()
        else:
            await exchange.send(answer(PAGE))

    web = fetcher(robots=True)
    async with raw_server(without_rules) as server:
        assert (await page(web, server.url)).body.whole == PAGE
        assert [b"/robots.txt" in request for request in server.requests] == [True, False]
    await web.aclose()


async def test_of_a_failure_behind_a_redirect_both_hosts_are_named(
    web: Fetcher, httpserver: HTTPServer
) -> None:
    there = httpserver.url_for("/gone").replace("localhost", "127.0.0.1")
    httpserver.expect_request("/").respond_with_data(status=302, headers={"Location": there})
    httpserver.expect_request("/gone").respond_with_data(status=410)
    httpserver.expect_request("/here").respond_with_data(status=302, headers={"Location": "/gone"})

    assert (
        str(await failure(web, httpserver.url_for("/")))
        == "127.0.0.1: answered 410 Gone (redirected from localhost)"
    )
    assert str(await failure(web, httpserver.url_for("/here"))) == "localhost: answered 410 Gone"


async def test_each_answer_on_the_way_is_kept_with_the_page(
    web: Fetcher, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/").respond_with_data(status=302, headers={"Location": "/act"})
    httpserver.expect_request("/act").respond_with_data(PAGE, headers={"ETag": '"v1"'})

    got = await page(web, httpserver.url_for("/"))

    assert [(each.url, each.status) for each in got.responses] == [
        (httpserver.url_for("/"), 302),
        (httpserver.url_for("/act"), 200),
    ]
    assert got.responses[1].headers["etag"] == '"v1"'


async def test_a_success_that_names_another_place_is_the_page_itself(
    web: Fetcher, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/").respond_with_data(PAGE, headers={"Location": "/elsewhere"})

    assert (await page(web, httpserver.url_for("/"))).body.whole == PAGE
    assert len(httpserver.log) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_to_nowhere_is_a_failure(web: Fetcher, status: int) -> None:
    assert (await failure_of(web, answer(PAGE, status=f"{status} x"))).kind == "protocol"


async def test_a_page_that_was_not_redirected_bears_the_address_as_it_was_asked(
    web: Fetcher, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/list").respond_with_data(PAGE)

    for asked in (httpserver.url_for("/list#2025"), httpserver.url_for("/list?sig=x#2025")):
        assert (await page(web, asked)).url == asked
    assert all("#" not in request.url for request, _ in httpserver.log)


def whole(body: bytes) -> httpx.Response:
    return httpx.Response(
        200, headers={"content-length": str(len(body))}, stream=httpx.ByteStream(body)
    )


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


async def test_a_host_that_was_left_for_others_keeps_the_gap_it_asked_for() -> None:
    def reply(request: httpx.Request) -> httpx.Response:
        return whole(
            b"User-agent: *\nCrawl-delay: 7" if request.url.path == "/robots.txt" else PAGE
        )

    clock = SimulatedClock()
    web = fetcher(
        clock=clock, transport=lambda _: httpx.MockTransport(reply), robots=True, gap=0.25
    )
    for name in ("slow", *range(MOST_HOSTS + 1), "slow", "slow"):
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
async def test_an_urgent_one_goes_before_all_that_queue_and_as_many_are_asked_at_a_time_as_is_set(
    at_a_time: int,
) -> None:
    began: list[str] = []
    at_once: list[int] = []

    async def slowly(request: httpx.Request) -> httpx.Response:
        began.append(request.url.path)
        at_once.append(len(began) - len(ended))
        await all_queue.wait()
        ended.append(request.url.path)
        return httpx.Response(200, stream=httpx.ByteStream(PAGE))

    ended: list[str] = []
    all_queue = asyncio.Event()
    web = fetcher(transport=lambda _: httpx.MockTransport(slowly), at_a_time=at_a_time)
    queue = [
        asyncio.create_task(page(web, f"http://ministry.example/{number}"))
        for number in range(4 * at_a_time)
    ]
    await asyncio.sleep(0.01)
    urgent = Request("http://ministry.example/urgent")
    queue.append(asyncio.create_task(web.fetch(urgent, size_limit=LIMIT, urgent=True)))
    await asyncio.sleep(0.01)
    all_queue.set()
    await asyncio.gather(*queue)

    assert at_a_time <= began.index("/urgent") < 2 * at_a_time
    assert max(at_once) == at_a_time
    await web.aclose()


async def test_the_rules_that_an_urgent_page_needs_are_as_urgent() -> None:
    began: list[str] = []

    async def slowly(request: httpx.Request) -> httpx.Response:
        began.append(request.url.path)
        await asyncio.sleep(0.01)
        return whole(
            b"User-agent: *\nDisallow: /secret" if request.url.path == "/robots.txt" else PAGE
        )

    clock = SimulatedClock()
    web = fetcher(
        transport=lambda _: httpx.MockTransport(slowly), clock=clock, robots=True, at_a_time=1
    )
    await page(web, "http://ministry.example/first")
    queue = [
        asyncio.create_task(page(web, f"http://ministry.example/{number}")) for number in range(6)
    ]
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


async def test_waiting_for_a_turn_does_not_count_as_slowness(
    httpserver: HTTPServer, hands: Hands
) -> None:
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


SECRET = "Bearer aB3+x/9&z'Q=="
GIVEN_BACK = [
    SECRET,
    SECRET.removeprefix("Bearer "),
    "Bearer aB3+x/9&amp;z&#39;Q==",
    "Bearer aB3+x/9&amp;z&apos;Q==",
    "Bearer%20aB3%2Bx%2f9%26z%27Q%3D%3D",
    "Bearer+aB3%2Bx%2F9%26z%27Q%3d%3d",
    "Bearer aB3\\u002bx\\/9\\u0026z'Q\\u003d=",
    "Bearer&#32;aB3&#x2b;x&#x2F;9&amp;z&#x27;Q&#61;&#61;",
]


@pytest.mark.parametrize("echo", GIVEN_BACK)
async def test_a_secret_that_a_page_gives_back_is_taken_out_and_the_hash_of_what_came_kept(
    web: Fetcher, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch, echo: str
) -> None:
    monkeypatch.setenv("MINISTRY_KEY", SECRET)
    body = f"<html><p>before</p><p title='{echo}'>{echo}</p><p>after</p></html>"
    httpserver.expect_request("/").respond_with_data(body, headers={"X-Echo": echo})

    got = await page(
        web, Request(httpserver.url_for("/"), headers={"Authorization": "{env:MINISTRY_KEY}"})
    )

    assert httpserver.log[0][0].headers["Authorization"] == SECRET
    assert got.body.whole.count(b"[redacted]") == 2
    assert got.body.whole.startswith(b"<html><p>before</p><p title='")
    assert got.body.whole.endswith(b"</p><p>after</p></html>")
    assert all(
        part not in str(got.body.whole) + str(got.responses) for part in ("aB3", "x/9", "z'Q")
    )
    assert got.body.sha256 == hashlib.sha256(got.body.whole).hexdigest()
    assert got.responses[-1].sha256 == hashlib.sha256(body.encode()).hexdigest()


async def test_a_page_that_gives_no_secret_back_is_kept_as_it_came(
    web: Fetcher, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINISTRY_KEY", "abc9")
    httpserver.expect_request("/").respond_with_data("<html>abc90 xabc9 ABC9</html>")

    got = await page(web, Request(httpserver.url_for("/"), headers={"X-Key": "{env:MINISTRY_KEY}"}))

    assert (got.body.whole, got.responses[-1].sha256) == (b"<html>abc90 xabc9 ABC9</html>", "")


async def test_a_secret_that_a_redirect_puts_into_its_address_is_not_kept(
    web: Fetcher, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINISTRY_KEY", "canary-5417")
    httpserver.expect_request("/").respond_with_data(
        "", 302, headers={"Location": "/in?key=canary%2D5417"}
    )
    httpserver.expect_request("/in").respond_with_data(PAGE)

    got = await page(web, Request(httpserver.url_for("/"), headers={"X-Key": "{env:MINISTRY_KEY}"}))

    assert got.url == httpserver.url_for("/in?key=[redacted]")
    assert "5417" not in str(got.responses)
