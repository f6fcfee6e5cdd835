"""A fetcher, and servers that misbehave towards it, as the tests of `monitor.fetch` use them."""

import asyncio
import ssl
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import httpcore
import httpx
import pytest
from raw_server import raw_server

from monitor.clock import SystemClock
from monitor.errors import FetchError
from monitor.fetch import Fetched, Fetcher, Validators
from monitor.fetch.connect import CheckedTransport, Connector
from monitor.source.page import Page, Request

PAGE = "<html><body><li>商务部公告2025年第70号</li></body></html>".encode()
LIMIT = 1_000_000


def fetcher(**options: object) -> Fetcher:
    settings = {
        "user_agent": "monitor-test",
        "clock": SystemClock(),
        "deadline": 60.0,
        "allow_private": True,
        "gap": 0.0,
    }
    return Fetcher(**(settings | options))  # type: ignore[arg-type]


async def page(
    web: Fetcher,
    request: Request | str,
    *,
    validators: Validators | None = None,
    limit: int = LIMIT,
) -> Page:
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
    """A fetcher whose resolver gives `answers` one after the other (the last for ever), and
    whose network is `dial`.
    """
    waiting = list(answers)

    async def resolve(host: str, port: int) -> list[str]:
        if not waiting:
            return [
                str(address[0])
                for *_, address in await asyncio.get_running_loop().getaddrinfo(host, port)
            ]
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    def transport(host: str) -> httpx.AsyncBaseTransport:
        return CheckedTransport(
            ssl.create_default_context(), Connector(allow_private=False, resolve=resolve, dial=dial)
        )

    return fetcher(transport=transport)


CHUNKED = "Transfer-Encoding: chunked"


class Hands:
    """The hands of the running loop's clock, to be moved on; deadlines fall due without anybody
    waiting for them.
    """

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        real = loop.time
        self._ahead = 0.0
        loop.time = lambda: real() + self._ahead  # type: ignore[method-assign]

    async def move(self, seconds: float) -> None:
        """Later; what fell due by then has begun."""
        self._ahead += seconds
        for _ in range(10):
            await asyncio.sleep(0)
