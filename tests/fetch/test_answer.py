from datetime import UTC, datetime

import pytest
from fetching import LIMIT, PAGE, failure, failure_of, page
from pytest_httpserver import HTTPServer
from raw_server import answer, raw_server

from monitor.errors import NotThePage
from monitor.fetch import Fetched, Fetcher, Unchanged, Validators
from monitor.fetch.answer import retry_after
from monitor.source.page import Request


async def test_304_that_was_not_asked_for_is_a_failure(web: Fetcher) -> None:
    assert (await failure_of(web, answer(status="304 Not Modified"))).kind == "protocol"


async def test_a_304_leaves_its_connection_to_the_next_request(web: Fetcher) -> None:
    async with raw_server(b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n', keep=True) as server:
        for _ in range(3):
            answered = await web.fetch(Request(server.url), validators=Validators(etag='"a"'), size_limit=LIMIT)

    assert answered == Unchanged()
    assert server.connections == 1


@pytest.mark.parametrize("value", ['"\xff"', '"a\tb"', '"' + "a" * 998 + '"', ""])
@pytest.mark.parametrize("name", ["ETag", "Last-Modified"])
async def test_validators_that_could_not_be_sent_back_are_dropped(web: Fetcher, name: str, value: str) -> None:
    async with raw_server(answer(PAGE, f"{name}: {value}")) as server:
        result = await web.fetch(Request(server.url), size_limit=LIMIT)

    assert isinstance(result, Fetched)
    assert result.validators == Validators(None, None)


@pytest.mark.parametrize(
    ("status", "kind"), [(400, "refused"), (403, "refused"), (404, "gone"), (410, "gone"), (500, "server"), (503, "server")]
)
async def test_a_status_has_its_kind(web: Fetcher, httpserver: HTTPServer, status: int, kind: str) -> None:
    httpserver.expect_request("/").respond_with_data(b"<p>no</p>", status=status)

    error = await failure(web, httpserver.url_for("/") + "?token=secret")

    assert (error.kind, error.retry_after) == (kind, None)
    assert str(error).startswith(f"localhost: answered {status} ")


@pytest.mark.parametrize(
    ("status", "header", "seconds"), [(429, "30", 30.0), (503, "120", 120.0), (429, "soon", None), (429, "", None)]
)
async def test_a_busy_server_says_how_long(
    web: Fetcher, httpserver: HTTPServer, status: int, header: str, seconds: float | None
) -> None:
    httpserver.expect_request("/").respond_with_data(b"", status=status, headers={"Retry-After": header})

    error = await failure(web, httpserver.url_for("/"))

    assert (error.kind, error.retry_after) == ("busy", seconds)


async def test_a_status_that_nobody_has_a_word_for_is_told_by_its_number(web: Fetcher) -> None:
    assert str(await failure_of(web, answer(status="599 secret"))) == "127.0.0.1: answered 599"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (" 45 ", 45.0),
        ("3601", 3600.0),
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
