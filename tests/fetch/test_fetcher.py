import asyncio
import gzip
import json
import shutil
import ssl
import subprocess
import sys
import time
import zlib
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpcore
import httpx
import pytest
from pytest_httpserver import HTTPServer
from raw_server import Exchange, answer, raw_server
from werkzeug import Request as Asked
from werkzeug import Response as Given

from monitor.clock import SystemClock
from monitor.errors import FetchError, NotThePage
from monitor.fetch import Fetched, Fetcher, Unchanged, Validators
from monitor.fetch.answer import retry_after
from monitor.fetch.body import shows_its_end
from monitor.fetch.connect import CheckedTransport, Connector, is_public
from monitor.fetch.host import MOST_HOSTS
from monitor.fetch.request_step import first_step
from monitor.source.page import Page, Request

PAGE = "<html><body><li>商务部公告2025年第70号</li></body></html>".encode()
LIMIT = 1_000_000


def fetcher(**options: object) -> Fetcher:
    settings = {"user_agent": "monitor-test", "clock": SystemClock(), "deadline": 5.0, "allow_private": True, "gap": 0.0}
    return Fetcher(**(settings | options))  # type: ignore[arg-type]


@pytest.fixture
async def web() -> AsyncIterator[Fetcher]:
    it = fetcher()
    yield it
    await it.aclose()


async def page(web: Fetcher, request: Request | str, *, validators: Validators | None = None, limit: int = LIMIT) -> Page:
    asked = Request(request) if isinstance(request, str) else request
    result = await web.fetch(asked, validators=validators, size_limit=limit)
    assert isinstance(result, Fetched)
    return result.page


async def failure(web: Fetcher, request: Request | str, *, limit: int = LIMIT) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await page(web, request, limit=limit)
    text = str(caught.value)
    assert text.isprintable()
    assert "secret" not in text
    return caught.value


async def failure_of(web: Fetcher, content: bytes, *, limit: int = LIMIT) -> FetchError:
    async with raw_server(content) as server:
        return await failure(web, server.url, limit=limit)


class SimulatedClock:
    def __init__(self) -> None:
        self.moment = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.moment

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.moment += timedelta(seconds=seconds)


class Dial(httpcore.AsyncNetworkBackend):
    """Connects every address to one local port, and remembers which addresses it was given."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.dialled: list[str] = []

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  the signature of the class
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        self.dialled.append(host)
        if host.startswith("2001:"):
            raise httpcore.ConnectError("unreachable")
        return await httpcore.AnyIOBackend().connect_tcp("127.0.0.1", self.port, timeout)


def on_the_internet(dial: Dial, *answers: list[str]) -> Fetcher:
    """A fetcher whose resolver gives `answers` one after the other (the last for ever), and whose network is `dial`."""
    waiting = list(answers)

    async def resolve(host: str, port: int) -> list[str]:
        if not waiting:
            return [str(address[0]) for *_, address in await asyncio.get_running_loop().getaddrinfo(host, port)]
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    def transport(host: str) -> httpx.AsyncBaseTransport:
        return CheckedTransport(ssl.create_default_context(), Connector(allow_private=False, resolve=resolve, dial=dial))

    return fetcher(transport=transport)


# normal answers


async def test_a_page_is_a_value_with_its_address_time_and_type(web: Fetcher, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/gg").respond_with_data(PAGE, content_type="text/html; charset=gb2312")
    before = datetime.now(UTC)

    got = await page(web, Request(httpserver.url_for("/gg"), charset="utf-8"))

    assert (got.body.whole, got.url, got.charset) == (PAGE, httpserver.url_for("/gg"), "utf-8")
    assert got.content_type == "text/html; charset=gb2312"
    assert before <= got.fetched_at <= datetime.now(UTC)
    assert "商务部公告" in got.text


async def test_the_charset_a_server_states_is_passed_on(web: Fetcher, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("公告".encode("gbk") * 20, content_type="text/html; charset=gbk")

    assert (await page(web, httpserver.url_for("/"))).text == "公告" * 20


async def test_headers_are_honest_and_the_request_s_own_are_added(web: Fetcher, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data(PAGE)

    await page(web, Request(httpserver.url_for("/"), headers={"Referer": "https://x.gov/", "accept-encoding": "br"}))

    sent = httpserver.log[0][0].headers
    assert (sent["User-Agent"], sent["Accept"], sent["Accept-Encoding"]) == ("monitor-test", "*/*", "gzip")
    assert sent["Referer"] == "https://x.gov/"
    assert "Cookie" not in sent


async def test_a_request_may_put_words_around_our_name(web: Fetcher, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data(PAGE)

    await page(web, Request(httpserver.url_for("/"), headers={"User-Agent": "Mozilla/5.0 (compatible; {user_agent})"}))

    assert httpserver.log[0][0].headers["User-Agent"] == "Mozilla/5.0 (compatible; monitor-test)"


async def test_validators_of_one_answer_make_the_next_a_304(web: Fetcher, httpserver: HTTPServer) -> None:
    def respond(asked: Asked) -> Given:
        known = asked.headers.get("If-None-Match") == '"v1"' and "If-Modified-Since" in asked.headers
        headers = {"ETag": '"v1"', "Last-Modified": "Thu, 09 Oct 2025 01:00:00 GMT"}
        return Given(b"" if known else PAGE, status=304 if known else 200, headers=headers)

    httpserver.expect_request("/").respond_with_handler(respond)
    request = Request(httpserver.url_for("/"))

    first = await web.fetch(request, size_limit=LIMIT)
    assert isinstance(first, Fetched)
    assert first.validators == Validators('"v1"', "Thu, 09 Oct 2025 01:00:00 GMT")
    assert await web.fetch(request, validators=first.validators, size_limit=LIMIT) == Unchanged()


async def test_304_that_was_not_asked_for_is_a_failure(web: Fetcher) -> None:
    assert (await failure_of(web, answer(status="304 Not Modified"))).kind == "protocol"


async def test_validators_that_could_not_be_sent_back_are_dropped(web: Fetcher) -> None:
    async with raw_server(answer(PAGE, "ETag: \xff")) as server:
        result = await web.fetch(Request(server.url), size_limit=LIMIT)

    assert isinstance(result, Fetched)
    assert result.validators == Validators(None, None)


async def test_a_form_is_posted_without_conditions(web: Fetcher, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/api", method="POST").respond_with_json({"rows": []})
    request = Request(
        httpserver.url_for("/api"), form={"page": "1", "词": "管制"}, headers={"X-Requested-With": "XMLHttpRequest"}
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
    httpserver.expect_request("/").respond_with_data(PAGE, headers={"Set-Cookie": "session=1; Path=/"})

    for _ in range(2):
        await page(web, httpserver.url_for("/"))

    assert ["Cookie" in asked.headers for asked, _ in httpserver.log] == [False, False]


# status


@pytest.mark.parametrize(
    ("status", "kind"), [(400, "refused"), (403, "refused"), (404, "gone"), (410, "gone"), (500, "server"), (503, "server")]
)
async def test_a_status_has_its_kind(web: Fetcher, httpserver: HTTPServer, status: int, kind: str) -> None:
    httpserver.expect_request("/").respond_with_data(b"<p>no</p>", status=status)

    error = await failure(web, httpserver.url_for("/") + "?token=secret")

    assert (error.kind, error.retry_after) == (kind, None)
    assert str(error).startswith(f"localhost: answered {status} ")


@pytest.mark.parametrize(("status", "header", "seconds"), [(429, "30", 30.0), (503, "120", 120.0), (429, "soon", None)])
async def test_a_busy_server_says_how_long(
    web: Fetcher, httpserver: HTTPServer, status: int, header: str, seconds: float | None
) -> None:
    httpserver.expect_request("/").respond_with_data(b"", status=status, headers={"Retry-After": header})

    error = await failure(web, httpserver.url_for("/"))

    assert (error.kind, error.retry_after) == ("busy", seconds)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("Thu, 09 Oct 2025 01:00:30 GMT", 30.0),
        ("Thu, 09 Oct 2025 09:00:30 +0800", 30.0),
        ("Thu, 09 Oct 2025 01:00:30 -0000", 30.0),
        ("Wed, 08 Oct 2025 01:00:00 GMT", 0.0),
        ("9" * 5000, 3600.0),
        ("Fri, 31 Feb 2025 00:00:00 GMT", None),
        ("-1", None),
        ("", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str, seconds: float | None) -> None:
    assert retry_after(header, now=datetime(2025, 10, 9, 1, 0, tzinfo=UTC)) == seconds


@pytest.mark.parametrize("content", [answer(), answer(b" \r\n"), answer(status="202 Accepted"), answer(b"x", status="206 Part")])
async def test_a_success_without_a_page_is_not_the_page(web: Fetcher, content: bytes) -> None:
    async with raw_server(content) as server:
        with pytest.raises(NotThePage, match=r"^127\.0\.0\.1: "):
            await page(web, server.url)


async def test_a_reason_full_of_controls_is_not_repeated(web: Fetcher) -> None:
    error = await failure_of(web, answer(status="418 \x9b31m secret"))

    assert str(error) == "127.0.0.1: answered 418 I'm a Teapot"


# wholeness


async def test_gzip_is_unpacked_member_after_member(web: Fetcher) -> None:
    packed = gzip.compress(PAGE) + gzip.compress(b"<!-- more -->") + b"\0" * 8
    async with raw_server(answer(packed, "Content-Encoding: gzip")) as server:
        assert (await page(web, server.url)).body.whole == PAGE + b"<!-- more -->"


async def test_zlib_called_deflate_is_unpacked(web: Fetcher) -> None:
    async with raw_server(answer(zlib.compress(PAGE), "Content-Encoding: deflate")) as server:
        assert (await page(web, server.url)).body.whole == PAGE


@pytest.mark.parametrize("cut", [1, 8, 9, 40])
@pytest.mark.parametrize("length", [-1, None])
async def test_truncated_gzip_is_refused(web: Fetcher, cut: int, length: int | None) -> None:
    packed = gzip.compress(PAGE)[:-cut]

    assert (await failure_of(web, answer(packed, "Content-Encoding: gzip", length=length))).kind == "truncated"


@pytest.mark.parametrize("name", ["gzip", "br", "zstd, gzip"])
async def test_a_body_that_is_not_packed_as_we_asked_is_refused(web: Fetcher, name: str) -> None:
    assert (await failure_of(web, answer(PAGE, f"Content-Encoding: {name}"))).kind == "encoding"


async def test_a_coding_that_is_none_is_ignored(web: Fetcher) -> None:
    async with raw_server(answer(PAGE, "Content-Encoding: UTF-8")) as server:
        assert (await page(web, server.url)).body.whole == PAGE


@pytest.mark.parametrize("surplus", [b"", b"\r\n"])
async def test_a_body_as_long_as_declared_is_whole(web: Fetcher, surplus: bytes) -> None:
    async with raw_server(answer(PAGE + surplus, length=len(PAGE))) as server:
        assert (await page(web, server.url)).body.whole == PAGE


@pytest.mark.parametrize("off", [100, 1, -1, -20])
async def test_a_body_shorter_or_longer_than_declared_is_refused(web: Fetcher, off: int) -> None:
    assert (await failure_of(web, answer(PAGE, length=len(PAGE) + off))).kind == "truncated"


CHUNKED = "Transfer-Encoding: chunked"


@pytest.mark.parametrize("tail", [b"", b"40\r\n<li>", b"zz\r\nabc\r\n0\r\n\r\n", b"0\r\n"])
async def test_a_cut_or_broken_chunked_body_is_refused(web: Fetcher, tail: bytes) -> None:
    head = answer(b"", CHUNKED, length=None) + b"%x\r\n%s\r\n" % (len(PAGE), PAGE)

    assert (await failure_of(web, head + tail)).kind == "truncated"


async def test_a_whole_chunked_body_is_taken(web: Fetcher) -> None:
    async with raw_server(answer(b"", CHUNKED, length=None) + b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n") as server:
        assert (await page(web, server.url)).body.whole == b"abcde"


@pytest.mark.parametrize(
    "body",
    [
        PAGE,
        PAGE.upper() + b"\n<!-- served by node 7 -->\r\n",
        b'\xef\xbb\xbf{"rows": [1, 2]}\n',
        b'<?xml version="1.0"?><!-- <x> --><sdn:list a="1"><e/></sdn:list>\n',
        b"%PDF-1.7 ... %%EOF\n",
    ],
)
async def test_without_length_a_body_that_shows_its_end_is_taken(web: Fetcher, body: bytes) -> None:
    async with raw_server(answer(body, length=None)) as server:
        assert (await page(web, server.url)).body.whole == body


async def test_without_length_gzip_proves_its_end(web: Fetcher) -> None:
    async with raw_server(answer(gzip.compress(b"a,b\n"), "Content-Encoding: gzip", length=None)) as server:
        assert (await page(web, server.url)).body.whole == b"a,b\n"


@pytest.mark.parametrize("body", [PAGE[:-8], b'{"rows": [1, 2', b"[1]]", b"<a><a></a>x", b"a,b\n1,2\n", b"%PDF-1.7", b"PK\3\4.."])
async def test_without_length_anything_else_is_refused(web: Fetcher, body: bytes) -> None:
    assert (await failure_of(web, answer(body, length=None))).kind == "truncated"


def test_json_nested_too_deep_proves_nothing() -> None:
    assert not shows_its_end(b"[" * 100_000 + b"]" * 100_000)


async def test_a_reset_in_the_body_is_a_failure(web: Fetcher) -> None:
    async def half(exchange: Exchange) -> None:
        await exchange.send(answer(PAGE, length=len(PAGE) * 2))
        await asyncio.sleep(0.05)
        exchange.reset()

    async with raw_server(half) as server:
        assert (await failure(web, server.url)).kind == "reset"


async def test_a_connection_closed_without_an_answer_is_a_reset(web: Fetcher) -> None:
    assert (await failure_of(web, b"")).kind == "reset"


@pytest.mark.parametrize("content", [b"SSH-2.0-secret\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: " + b"secret" * 50_000])
async def test_what_is_not_http_is_a_failure(web: Fetcher, content: bytes) -> None:
    assert (await failure_of(web, content)).kind == "protocol"


# size


async def test_a_body_of_the_limit_is_taken_and_one_byte_more_refused(web: Fetcher, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data(PAGE)

    assert (await page(web, httpserver.url_for("/"), limit=len(PAGE))).body.whole == PAGE
    assert (await failure(web, httpserver.url_for("/"), limit=len(PAGE) - 1)).kind == "too-large"


async def test_ten_declared_gigabytes_are_refused_at_the_headers(web: Fetcher) -> None:
    async def forever(exchange: Exchange) -> None:
        await exchange.send(answer(length=10**10))
        await asyncio.sleep(60)

    async with raw_server(forever) as server:
        assert (await failure(web, server.url)).kind == "too-large"


async def test_an_endless_chunked_body_stops_at_the_limit(web: Fetcher) -> None:
    async def forever(exchange: Exchange) -> None:
        await exchange.send(answer(b"", CHUNKED, length=None))
        while True:
            await exchange.send(b"10000\r\n" + b"x" * 65536 + b"\r\n")

    async with raw_server(forever) as server:
        assert (await failure(web, server.url)).kind == "too-large"


BOMB_DISPOSAL = """
import asyncio, sys, time
from pathlib import Path
from monitor.clock import SystemClock
from monitor.fetch import Fetcher
from monitor.source.page import Request

def peak():
    return next(int(line.split()[1]) for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)

async def main(url):
    web = Fetcher(user_agent="x", clock=SystemClock(), allow_private=True, gap=0)
    await web.fetch(Request(url + "small"), size_limit=1000)
    before, started = peak(), time.monotonic()
    try:
        await web.fetch(Request(url + "bomb"), size_limit=20 * 1024 * 1024)
    except Exception as error:
        print(error.kind, peak() - before, time.monotonic() - started)
    await web.aclose()

asyncio.run(main(sys.argv[1]))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc")
async def test_a_gzip_bomb_is_refused_with_little_memory() -> None:
    packer = zlib.compressobj(wbits=31)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(300)) + packer.flush()

    async def serve(exchange: Exchange) -> None:
        is_small = b"/small" in exchange.request
        await exchange.send(answer(PAGE) if is_small else answer(bomb, "Content-Encoding: gzip"))

    async with raw_server(serve) as server:
        child = await asyncio.create_subprocess_exec(sys.executable, "-c", BOMB_DISPOSAL, server.url, stdout=subprocess.PIPE)
        output, _ = await child.communicate()

    kind, kilobytes, seconds = output.decode().split()
    assert kind == "too-large"
    assert int(kilobytes) < 80_000
    assert float(seconds) < 2.0


# deadline


async def drip(exchange: Exchange, head: bytes, drop: bytes) -> None:
    await exchange.send(head)
    while True:
        await exchange.send(drop)
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
async def test_a_slow_answer_ends_at_the_deadline(head: bytes, drop: bytes) -> None:
    web = fetcher(deadline=0.5)
    started = time.monotonic()

    async with raw_server(lambda exchange: drip(exchange, head, drop)) as server:
        assert (await failure(web, server.url)).kind == "deadline"

    assert 0.4 < time.monotonic() - started < 1.5
    await web.aclose()


async def test_a_source_may_have_a_deadline_of_its_own() -> None:
    web = fetcher(deadline=60.0)

    async with raw_server(lambda exchange: drip(exchange, b"", b"")) as server:
        with pytest.raises(FetchError) as raised:
            await web.fetch(Request(server.url), size_limit=1_000, deadline=timedelta(seconds=0.3))

    assert raised.value.kind == "deadline"
    await web.aclose()


async def test_the_deadline_covers_all_redirects() -> None:
    async def slow(exchange: Exchange) -> None:
        await asyncio.sleep(0.2)
        await exchange.send(answer(b"", f"Location: /{time.monotonic()}", status="302 Found"))

    web = fetcher(deadline=0.5)
    async with raw_server(slow) as server:
        assert (await failure(web, server.url)).kind == "deadline"
    await web.aclose()


async def test_a_hanging_host_does_not_hold_the_others(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data(PAGE)
    web = fetcher(deadline=0.6)

    async with raw_server(lambda exchange: drip(exchange, b"", b"")) as server:
        hanging = [asyncio.create_task(failure(web, server.url)) for _ in range(3)]
        await asyncio.sleep(0.05)
        started = time.monotonic()
        await page(web, httpserver.url_for("/"))  # localhost, another host than 127.0.0.1
        assert time.monotonic() - started < 0.5
        assert {error.kind for error in await asyncio.gather(*hanging)} == {"deadline"}
    await web.aclose()


# redirects


async def test_a_redirect_is_followed_and_the_page_bears_its_last_address(web: Fetcher, httpserver: HTTPServer) -> None:
    location = {"Location": httpserver.url_for("/2025/").replace("localhost", "127.0.0.1") + "#top"}
    httpserver.expect_request("/").respond_with_data(status=301, headers=location)
    httpserver.expect_request("/2025/").respond_with_data(PAGE)
    secret = {"X-Api-Key": "secret", "X-Requested-With": "XMLHttpRequest"}

    got = await page(web, Request(httpserver.url_for("/"), headers=secret))

    first, second = (asked.headers for asked, _ in httpserver.log)
    assert got.url == location["Location"].removesuffix("#top")
    assert (first["X-Api-Key"], second.get("X-Api-Key")) == ("secret", None)
    assert second["X-Requested-With"] == "XMLHttpRequest"


@pytest.mark.parametrize(("status", "method"), [(302, "GET"), (303, "GET"), (307, "POST"), (308, "POST")])
async def test_a_redirected_form_is_posted_again_only_where_the_status_says_so(
    web: Fetcher, httpserver: HTTPServer, status: int, method: str
) -> None:
    httpserver.expect_request("/a").respond_with_data(status=status, headers={"Location": "/b"})
    httpserver.expect_request("/b", method=method).respond_with_data(PAGE)

    await page(web, Request(httpserver.url_for("/a"), form={"page": "1"}))

    assert httpserver.log[1][0].form.to_dict() == ({"page": "1"} if method == "POST" else {})


async def test_behind_a_redirect_only_a_strong_etag_is_a_validator(web: Fetcher, httpserver: HTTPServer) -> None:
    """The redirect may lead to another, older page next time, which is "not modified since" though it is news to us."""
    headers = {"ETag": '"v1"', "Last-Modified": "Thu, 09 Oct 2025 01:00:00 GMT"}
    httpserver.expect_request("/latest").respond_with_data(status=302, headers={"Location": "/9"})
    httpserver.expect_request("/9").respond_with_data(PAGE, headers=headers)

    result = await web.fetch(Request(httpserver.url_for("/latest")), size_limit=LIMIT, validators=Validators('"v0"', "x"))

    assert isinstance(result, Fetched)
    assert result.validators == Validators('"v1"', None)
    assert httpserver.log[1][0].headers["If-None-Match"] == '"v0"'
    assert "If-Modified-Since" not in httpserver.log[1][0].headers


async def test_a_redirect_to_itself_with_a_cookie_is_followed(web: Fetcher, httpserver: HTTPServer) -> None:
    def respond(asked: Asked) -> Given:
        if asked.cookies.get("pass") == "1":
            return Given(PAGE)
        return Given(status=302, headers={"Location": "/", "Set-Cookie": "pass=1; Path=/"})

    httpserver.expect_request("/").respond_with_handler(respond)

    assert (await page(web, httpserver.url_for("/"))).body.whole == PAGE


async def test_a_redirect_loop_is_named(web: Fetcher, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a").respond_with_data(status=302, headers={"Location": "/b?token=secret"})
    httpserver.expect_request("/b").respond_with_data(status=302, headers={"Location": "/a"})

    error = await failure(web, httpserver.url_for("/a"))

    assert (error.kind, str(error)) == ("redirect", "localhost: redirects in a loop")
    assert len(httpserver.log) == 2


async def test_more_than_five_redirects_are_refused(web: Fetcher, httpserver: HTTPServer) -> None:
    for step in range(7):
        httpserver.expect_request(f"/{step}").respond_with_data(status=302, headers={"Location": f"/{step + 1}"})

    assert str(await failure(web, httpserver.url_for("/0"))) == "localhost: more than 5 redirects"
    assert len(httpserver.log) == 6


@pytest.mark.parametrize(
    "location",
    ["file:///etc/secret", "ftp://127.0.0.1/", "javascript:secret", "http://", "http://u:secret@127.0.0.1/", "http://x:y/", "//"],
)
async def test_a_redirect_out_of_the_web_is_refused(web: Fetcher, location: str) -> None:
    async with raw_server(answer(b"", f"Location: {location}", status="302 Found")) as server:
        assert (await failure(web, server.url)).kind == "redirect"
        assert server.connections == 1


def test_a_redirect_from_https_to_http_is_refused() -> None:
    with pytest.raises(FetchError, match=r"^x\.gov: redirects from https to http$"):
        first_step(Request("https://x.gov/a"), None).follow(301, "http://x.gov/a?token=secret")


@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/latest/meta-data/", "http://127.0.0.1/", "http://[::1]/", "http://2130706433/"]
)
async def test_a_redirect_into_the_private_network_is_refused(target: str) -> None:
    async with raw_server(answer(b"", f"Location: {target}", status="302 Found")) as server:
        dial = Dial(server.port)
        web = on_the_internet(dial, ["93.184.215.14"], [target.split("/")[2].strip("[]").replace("2130706433", "127.0.0.1")])
        error = await failure(web, "http://www.x.gov/")
        await web.aclose()

    assert error.kind == "private-address"
    assert str(error).endswith("is a private address (redirected from www.x.gov)")
    assert dial.dialled == ["93.184.215.14"]


# private addresses

HOSTILE = [
    "http://127.0.0.1",
    "http://127.0.0.53",
    "http://localhost",
    "http://2130706433",
    "http://0x7f000001",
    "http://017700000001",
    "http://127.1",
    "http://0x7f.1",
    "http://0.0.0.0",
    "http://0",
    "http://[::1]",
    "http://[::]",
    "http://[::ffff:127.0.0.1]",
    "http://[::ffff:7f00:1]",
    "http://[::127.0.0.1]",
    "http://[64:ff9b::7f00:1]",
    "http://[2002:7f00:1::]",
    "http://[fe80::1]",
    "http://[fd00::1]",
    "http://[fec0::1]",
    "http://[ff02::1]",
    "http://169.254.169.254",
    "http://10.0.0.1",
    "http://172.16.0.1",
    "http://192.168.1.1",
    "http://100.64.0.1",
    "http://224.0.0.1",
    "http://255.255.255.255",
    "https://127.0.0.1",
]


@pytest.mark.parametrize("url", HOSTILE)
async def test_a_private_address_is_never_dialled(url: str) -> None:
    async with raw_server(answer(PAGE)) as server:
        dial = Dial(server.port)
        web = on_the_internet(dial)
        error = await failure(web, f"{url}:{server.port}/?token=secret")
        await web.aclose()

    assert (error.kind, dial.dialled, server.connections) == ("private-address", [], 0)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "gopher://127.0.0.1",
        "",
        "//x",
        "/a",
        "http://",
        "http://x:y:z",
        "http://x.gov@127.0.0.1/",
        "http://0177.0.0.1/",
        "http://①②⑦.⓪.⓪.①/",
    ],
)
async def test_what_is_not_a_web_address_is_never_asked(web: Fetcher, url: str) -> None:
    assert (await failure(web, url)).kind == "request"


@pytest.mark.parametrize("address", ["10.1.2.3", "127.0.0.1", "169.254.169.254", "::1", "fe80::1%eth0", "::ffff:10.0.0.1"])
async def test_a_name_of_a_private_address_is_never_dialled(address: str) -> None:
    dial = Dial(1)
    web = on_the_internet(dial, [address])

    error = await failure(web, "http://intranet.example/")

    assert (error.kind, dial.dialled) == ("private-address", [])
    assert str(error) == f"intranet.example: {address} is a private address"


async def test_the_default_transport_checks_addresses() -> None:
    web = fetcher(allow_private=False)
    async with raw_server(answer(PAGE)) as server:
        assert (await failure(web, server.url)).kind == "private-address"
        assert server.connections == 0
    await web.aclose()


async def test_a_name_that_changes_its_answer_reaches_only_what_was_checked() -> None:
    async with raw_server(answer(PAGE)) as server:
        dial = Dial(server.port)
        web = on_the_internet(dial, ["93.184.215.14"], ["127.0.0.1"])
        assert (await page(web, "http://rebind.example/")).body.whole == PAGE
        assert (await failure(web, "http://rebind.example/")).kind == "private-address"
        await web.aclose()

    assert dial.dialled == ["93.184.215.14"]
    assert server.connections == 1


async def test_of_several_addresses_the_public_ones_are_tried_in_order() -> None:
    async with raw_server(answer(PAGE)) as server:
        dial = Dial(server.port)
        web = on_the_internet(dial, ["127.0.0.1", "2001:4860:4860::8888", "93.184.215.14"])
        assert (await page(web, "http://www.x.gov/")).body.whole == PAGE
        await web.aclose()

    assert dial.dialled == ["2001:4860:4860::8888", "93.184.215.14"]


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


async def test_a_name_without_address_is_a_dns_failure() -> None:
    async def resolve(host: str, port: int) -> list[str]:
        raise OSError(-2, "Name or service not known")

    connector = Connector(allow_private=False, resolve=resolve)
    web = fetcher(transport=lambda host: CheckedTransport(ssl.create_default_context(), connector))

    error = await failure(web, "http://nowhere.example/?token=secret")

    assert (error.kind, str(error)) == ("dns", "nowhere.example: the name does not resolve")


async def test_a_closed_port_is_a_connect_failure(web: Fetcher) -> None:
    async with raw_server(b"") as server:
        url = server.url

    assert str(await failure(web, url)) == "127.0.0.1: the connection was refused"


async def test_a_header_that_can_not_be_sent_is_a_failure_without_its_value(web: Fetcher, httpserver: HTTPServer) -> None:
    for value in ("secret\nX: 1", "secret商"):
        assert (await failure(web, Request(httpserver.url_for("/"), headers={"X-Key": value}))).kind == "request"


# TLS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A self-signed certificate for localhost, and its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl makes the certificate")
    folder = tmp_path_factory.mktemp("tls")
    command = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    names = ["-addext", "subjectAltName=DNS:localhost", "-keyout", "key.pem", "-out", "cert.pem"]
    subprocess.run([openssl, *command.split(), *names], cwd=folder, check=True, capture_output=True)
    return folder / "cert.pem", folder / "key.pem"


@pytest.fixture
def server_side(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    return context


async def test_a_self_signed_certificate_is_refused(web: Fetcher, server_side: ssl.SSLContext) -> None:
    async with raw_server(answer(PAGE), tls=server_side) as server:
        error = await failure(web, f"https://localhost:{server.port}/")

    assert (error.kind, server.requests) == ("tls", [])
    assert str(error) == "localhost: the certificate is not accepted: self-signed certificate"


async def test_a_trusted_certificate_is_accepted_for_its_own_name_only(
    web: Fetcher, server_side: ssl.SSLContext, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    async with raw_server(answer(PAGE), tls=server_side) as server:
        assert (await page(web, f"https://localhost:{server.port}/")).body.whole == PAGE
        error = await failure(web, f"https://127.0.0.1:{server.port}/")

    assert error.kind == "tls"
    assert "not valid for '127.0.0.1'" in str(error)


async def test_a_longer_body_is_refused_behind_tls_too(
    web: Fetcher, server_side: ssl.SSLContext, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    async with raw_server(answer(PAGE, length=9), tls=server_side) as server:
        assert (await failure(web, f"https://localhost:{server.port}/")).kind == "truncated"


async def test_garbage_inside_a_tls_connection_is_a_tls_failure(
    web: Fetcher, server_side: ssl.SSLContext, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def spoil(exchange: Exchange) -> None:
        await exchange.send(answer(PAGE, length=10_000))
        exchange.send_beneath_tls(b"\x17\x03\x03\x00\x20" + b"secret" * 6)
        await asyncio.sleep(0.1)

    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    async with raw_server(spoil, tls=server_side) as server:
        assert (await failure(web, f"https://localhost:{server.port}/")).kind == "tls"


async def test_a_server_that_speaks_no_tls_is_a_tls_failure(web: Fetcher) -> None:
    async def talk(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 secret\r\n")
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        assert (await failure(web, f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/")).kind == "tls"


# politeness


async def test_a_host_keeps_its_connection(web: Fetcher) -> None:
    async with raw_server(answer(PAGE), keep=True) as server:
        for _ in range(5):
            await page(web, server.url)
        assert (server.connections, len(server.requests)) == (1, 5)


async def test_each_host_has_one_transport_and_the_least_used_are_closed() -> None:
    made: list[str] = []

    def transport(host: str) -> httpx.AsyncBaseTransport:
        made.append(host)
        return httpx.MockTransport(lambda request: httpx.Response(200, stream=httpx.ByteStream(PAGE)))

    web = fetcher(transport=transport)
    for _ in range(2):
        for number in range(20):
            await page(web, f"http://{number}.example/")
    assert len(made) == 20

    for number in range(MOST_HOSTS):
        await page(web, f"http://other-{number}.example/")
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


async def test_a_clock_set_back_does_not_close_the_door(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data(PAGE)
    clock = SimulatedClock()
    web = fetcher(clock=clock, gap=0.5)
    await page(web, httpserver.url_for("/"))

    clock.moment -= timedelta(hours=1)
    await page(web, httpserver.url_for("/"))

    assert clock.slept == [0.5]
    await web.aclose()


async def test_waiting_for_a_turn_does_not_count_as_slowness(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data(PAGE)
    web = fetcher(gap=0.15, deadline=0.3)

    pages = await asyncio.gather(*(page(web, httpserver.url_for("/")) for _ in range(5)))
    assert [each.body.whole for each in pages] == [PAGE] * 5  # the last of them after more than the deadline
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


async def test_the_network_can_be_replaced() -> None:
    """The replay answers for the hosts of its recorded pages."""

    def reply(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"host": request.url.host}, headers={"x-replayed": "1"})

    web = fetcher(transport=lambda host: httpx.MockTransport(reply), allow_private=False)

    assert json.loads((await page(web, "https://www.mofcom.gov.cn/")).body.whole)["host"] == "www.mofcom.gov.cn"
    await web.aclose()
