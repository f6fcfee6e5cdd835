import asyncio
import ssl
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from cases import read_cases
from fetching import LIMIT, PAGE, failure, failure_of, fetcher, page
from proxy_server import proxy_server
from pytest_httpserver import HTTPServer
from raw_server import Exchange, answer, raw_server

from monitor.errors import FetchError, NotThePage
from monitor.fetch import Fetched, Fetcher, Seen, Unchanged, Validators
from monitor.fetch.answer import Certificate, inspect_answer, retry_after, translate_errors
from monitor.fetch.connect import CheckedTransport, Connector
from monitor.source.page import Request


async def test_304_that_was_not_asked_for_is_a_failure(web: Fetcher) -> None:
    assert (await failure_of(web, answer(status="304 Not Modified"))).kind == "protocol"


async def test_a_304_leaves_its_connection_to_the_next_request(web: Fetcher) -> None:
    async with raw_server(b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n', keep=True) as server:
        for _ in range(3):
            answered = await web.fetch(
                Request(server.url), validators=Validators(etag='"a"'), size_limit=LIMIT
            )

    assert answered == Unchanged(server.url)
    assert server.connections == 1


@pytest.mark.parametrize("value", ['"\xff"', '"a\tb"', '"' + "a" * 998 + '"', ""])
@pytest.mark.parametrize("name", ["ETag", "Last-Modified"])
async def test_validators_that_could_not_be_sent_back_are_dropped(
    web: Fetcher, name: str, value: str
) -> None:
    async with raw_server(answer(PAGE, f"{name}: {value}")) as server:
        result = await web.fetch(Request(server.url), size_limit=LIMIT)

    assert isinstance(result, Fetched)
    assert result.validators == Validators(None, None)


@pytest.mark.parametrize(
    ("status", "kind"),
    read_cases(
        """
        400 | refused
        403 | refused
        404 | gone
        410 | gone
        500 | server
        503 | server
        """
    ),
)
async def test_a_status_has_its_kind(
    web: Fetcher, httpserver: HTTPServer, status: int, kind: str
) -> None:
    httpserver.expect_request("/").respond_with_data(b"<p>no</p>", status=status)

    error = await failure(web, httpserver.url_for("/") + "?token=secret")

    assert (error.kind, error.retry_after) == (kind, None)
    assert str(error).startswith(f"localhost: answered {status} ")


async def test_a_challenge_to_browsers_is_a_wall(web: Fetcher, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data(
        b"<p>no</p>", status=403, headers={"cf-mitigated": "challenge"}
    )

    assert (await failure(web, httpserver.url_for("/"))).kind == "bot-wall"


@pytest.mark.parametrize(
    ("status", "header", "seconds"),
    [(429, "30", 30.0), (503, "120", 120.0), (429, "soon", None), (429, "", None)],
)
async def test_a_busy_server_says_how_long(
    web: Fetcher, httpserver: HTTPServer, status: int, header: str, seconds: float | None
) -> None:
    httpserver.expect_request("/").respond_with_data(
        b"", status=status, headers={"Retry-After": header}
    )

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


@pytest.mark.parametrize(
    "content",
    [answer(), answer(b" \r\n"), answer(status="202 Accepted"), answer(b"x", status="206 Part")],
)
async def test_a_success_without_a_page_is_not_the_page(web: Fetcher, content: bytes) -> None:
    async with raw_server(content) as server:
        with pytest.raises(NotThePage, match=r"^127\.0\.0\.1: "):
            await page(web, server.url)


async def test_a_reason_full_of_controls_is_not_repeated(web: Fetcher) -> None:
    error = await failure_of(web, answer(status="418 \x9b31m secret"))

    assert str(error) == "127.0.0.1: answered 418 I'm a Teapot"


async def test_a_reset_in_the_body_is_a_failure(web: Fetcher) -> None:
    async def half(exchange: Exchange) -> None:
        await exchange.send(answer(PAGE, length=len(PAGE) * 2))
        await asyncio.sleep(0.05)
        exchange.reset()

    async with raw_server(half) as server:
        assert (await failure(web, server.url)).kind == "reset"


async def test_a_connection_closed_without_an_answer_is_a_reset(web: Fetcher) -> None:
    assert (await failure_of(web, b"")).kind == "reset"


@pytest.mark.parametrize(
    "content", [b"SSH-2.0-secret\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: " + b"secret" * 50_000]
)
async def test_what_is_not_http_is_a_failure(web: Fetcher, content: bytes) -> None:
    assert (await failure_of(web, content)).kind == "protocol"


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


async def test_a_header_that_can_not_be_sent_is_a_failure_without_its_value(
    web: Fetcher, httpserver: HTTPServer
) -> None:
    for value in ("secret\nX: 1", "secret商"):
        assert (
            await failure(web, Request(httpserver.url_for("/"), headers={"X-Key": value}))
        ).kind == "request"


def caused(by: BaseException | None, *, within: BaseException | None = None) -> httpx.ConnectError:
    """A failure of httpx with what was raised before it: what it was raised from, or while what
    was handled.
    """
    error = httpx.ConnectError("https://x.gov/?token=secret")
    error.__cause__, error.__context__ = by, within
    return error


def of_tls(reason: str | None) -> ssl.SSLError:
    error = ssl.SSLError(1, f"[SSL: {reason}] secret (_ssl.c:1006)")
    error.reason = reason  # type: ignore[assignment]  # None where OpenSSL gave none
    return error


UNREACHABLE = OSError(101, "Network is unreachable")


@pytest.mark.parametrize(
    ("error", "kind", "said"),
    [
        (caused(UNREACHABLE), "connect", "no connection: Network is unreachable"),
        (caused(None, within=UNREACHABLE), "connect", "no connection: Network is unreachable"),
        (
            caused(caused(None, within=UNREACHABLE)),
            "connect",
            "no connection: Network is unreachable",
        ),
        (
            caused(RuntimeError("no route\x1b[31m\nto it")),
            "connect",
            "no connection: no route [31m to it",
        ),
        (caused(TimeoutError()), "connect", "no connection: no reason given"),
        (
            caused(ConnectionRefusedError(111, "Connection refused")),
            "connect",
            "the connection was refused",
        ),
        (caused(caused(of_tls(None), within=UNREACHABLE)), "tls", "TLS failed: no reason given"),
        (caused(of_tls("WRONG_VERSION_NUMBER")), "tls", "TLS failed: wrong version number"),
        (of_tls("WRONG_VERSION_NUMBER"), "tls", "TLS failed: wrong version number"),
        (httpx.PoolTimeout("secret"), "connect", "PoolTimeout"),
        (httpx.ReadError("secret"), "reset", "the connection was reset"),
        (httpx.WriteError("secret"), "reset", "the connection was reset"),
        (
            httpx.RemoteProtocolError("Server disconnected: secret"),
            "reset",
            "the connection was closed without an answer",
        ),
        (
            httpx.RemoteProtocolError("illegal status line secret"),
            "protocol",
            "the answer is not HTTP",
        ),
        (BrokenPipeError("secret"), "reset", "the connection failed"),
        (TimeoutError(), "deadline", "no whole answer within the deadline"),
    ],
)
def test_what_the_network_raises_is_said_in_one_line_with_its_reason(
    error: Exception, kind: str, said: str
) -> None:
    with pytest.raises(FetchError) as caught, translate_errors("x.gov"):
        raise error

    assert (caught.value.kind, str(caught.value)) == (kind, f"x.gov: {said}")


NOW = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)


class Line:
    """A connection as httpx shows it: who is at its other end, and its certificate."""

    def __init__(
        self,
        certificate: dict[str, object] | None,
        address: tuple[str, int] | None = ("93.184.215.14", 443),
    ) -> None:
        self.certificate, self.address = certificate, address

    def get_extra_info(self, name: str) -> object:
        return {"server_addr": self.address, "ssl_object": self}[name]

    def getpeercert(self) -> dict[str, object] | None:
        return self.certificate


def answered(line: Line | None = None, **headers: str) -> httpx.Response:
    extensions = {"network_stream": line} if line else {}
    return httpx.Response(
        200,
        headers=headers,
        request=httpx.Request("GET", "https://www.ministry.example/list?page=2"),
        extensions=extensions,
    )


def issued(*names: tuple[str, str], until: str = "Jun  1 12:00:00 2027 GMT") -> dict[str, object]:
    return {"issuer": tuple((name,) for name in names), "notAfter": until}


ORGANISATION, NAME = ("organizationName", "Let's Encrypt"), ("commonName", "R11")


@pytest.mark.parametrize(
    ("certificate", "issuer", "expires"),
    [
        (issued(("countryName", "US"), ORGANISATION, NAME), "Let's Encrypt", "2027-06-01"),
        (issued(NAME), "R11", "2027-06-01"),
        (issued(("countryName", "US")), "unknown", "2027-06-01"),
        (issued(ORGANISATION, until="one day"), "Let's Encrypt", "unknown"),
        ({}, "unknown", "unknown"),
        (None, "unknown", "unknown"),
    ],
)
def test_who_vouches_for_a_host_and_until_when_is_told_as_far_as_it_is_known(
    certificate: dict[str, object] | None, issuer: str, expires: str
) -> None:
    assert inspect_answer(answered(Line(certificate)), NOW).certificate == Certificate(
        issuer, expires
    )


async def test_the_certificate_of_a_real_server_is_told_with_its_address(
    web: Fetcher,
    server_side: ssl.SSLContext,
    certificate: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    answers: list[Seen] = []
    async with raw_server(answer(PAGE), tls=server_side) as server:
        await web.fetch(
            Request(f"https://localhost:{server.port}/"), size_limit=LIMIT, watch=answers.append
        )

    (told,) = answers
    assert told.certificate is not None
    assert told.certificate.issuer == "localhost"
    assert datetime.fromisoformat(told.certificate.expires).year >= 2024
    assert told.address == "127.0.0.1"


async def test_of_a_server_behind_a_proxy_the_proxy_is_told_and_no_address() -> None:
    answers: list[Seen] = []
    web = fetcher(allow_private=False)
    async with (
        raw_server(answer(PAGE)) as server,
        proxy_server({"ministry.example": server.port}) as proxy,
    ):
        asked = Request("http://ministry.example/")
        await web.fetch(
            asked, size_limit=LIMIT, watch=answers.append, proxy=f"http://{proxy.place}"
        )
        await web.aclose()

    assert [told.address for told in answers] == [f"through {proxy.place}"]
    assert answers[0].certificate is None


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("Thu, 09 Oct 2025 01:00:30 GMT", datetime(2025, 10, 9, 1, 0, 30, tzinfo=UTC)),
        ("Thu, 09 Oct 2025 09:00:30 +0800", datetime(2025, 10, 9, 1, 0, 30, tzinfo=UTC)),
        ("Thu, 09 Oct 2025 01:00:30 -0000", datetime(2025, 10, 9, 1, 0, 30, tzinfo=UTC)),
        ("today", None),
        ("", None),
    ],
)
def test_the_clock_of_a_server_is_told_where_it_says_one(
    date: str, moment: datetime | None
) -> None:
    assert inspect_answer(answered(date=date), NOW).date == moment


def test_what_an_answer_gives_to_us_alone_is_not_told() -> None:
    headers = {
        "Content-Type": "text/html\x1b[31m",
        "Set-Cookie": "session=s3cret",
        "Authorization": "s3cret",
        "Server": "nginx",
    }
    told = inspect_answer(answered(**headers), NOW)

    assert (told.url, told.status, told.at) == (
        "https://www.ministry.example/list?page=2",
        200,
        NOW,
    )
    assert told.content_type == "text/html [31m"
    assert told.headers == {"content-type": "text/html [31m", "server": "nginx"}
