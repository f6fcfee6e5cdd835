import asyncio
import ssl

import httpx
import pytest
from fetching import PAGE, failure, failure_of, fetcher
from pytest_httpserver import HTTPServer
from raw_server import Exchange, answer, raw_server

from monitor.errors import FetchError
from monitor.fetch import Fetcher
from monitor.fetch.answer import foreign
from monitor.fetch.connect import CheckedTransport, Connector
from monitor.source.page import Request


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


@pytest.mark.parametrize("content", [b"SSH-2.0-secret\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: " + b"secret" * 50_000])
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


async def test_a_header_that_can_not_be_sent_is_a_failure_without_its_value(web: Fetcher, httpserver: HTTPServer) -> None:
    for value in ("secret\nX: 1", "secret商"):
        assert (await failure(web, Request(httpserver.url_for("/"), headers={"X-Key": value}))).kind == "request"


def caused(by: BaseException | None, *, within: BaseException | None = None) -> httpx.ConnectError:
    """A failure of httpx with what was raised before it: what it was raised from, or while what was handled."""
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
        (caused(caused(None, within=UNREACHABLE)), "connect", "no connection: Network is unreachable"),
        (caused(RuntimeError("no route\x1b[31m\nto it")), "connect", "no connection: no route [31m to it"),
        (caused(TimeoutError()), "connect", "no connection: no reason given"),
        (caused(ConnectionRefusedError(111, "Connection refused")), "connect", "the connection was refused"),
        (caused(caused(of_tls(None), within=UNREACHABLE)), "tls", "TLS failed: no reason given"),
        (caused(of_tls("WRONG_VERSION_NUMBER")), "tls", "TLS failed: wrong version number"),
        (of_tls("WRONG_VERSION_NUMBER"), "tls", "TLS failed: wrong version number"),
        (httpx.PoolTimeout("secret"), "connect", "PoolTimeout"),
        (httpx.ReadError("secret"), "reset", "the connection was reset"),
        (httpx.WriteError("secret"), "reset", "the connection was reset"),
        (httpx.RemoteProtocolError("Server disconnected: secret"), "reset", "the connection was closed without an answer"),
        (httpx.RemoteProtocolError("illegal status line secret"), "protocol", "the answer is not HTTP"),
        (BrokenPipeError("secret"), "reset", "the connection failed"),
        (TimeoutError(), "deadline", "no whole answer within the deadline"),
    ],
)
def test_what_the_network_raises_is_said_in_one_line_with_its_reason(error: Exception, kind: str, said: str) -> None:
    with pytest.raises(FetchError) as caught, foreign("x.gov"):
        raise error

    assert (caught.value.kind, str(caught.value)) == (kind, f"x.gov: {said}")
