"""A publisher whose pages are written by script, and a fetcher with a browser that looks at
them.
"""

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import pytest
from fetching import LIMIT, fetcher
from raw_server import Exchange, RawServer, answer, raw_server

from monitor.errors import ConfigError
from monitor.fetch import Fetcher
from monitor.fetch.browser import Browser
from monitor.fetch.fetcher import find_browser
from monitor.source.page import Page, Request

AGENT = "regulatory-monitor/1"
KINDS = {"js": "text/javascript", "json": "application/json", "html": "text/html; charset=utf-8"}


class Site:
    """Answers each path with its body, of the kind that its ending names; what is no body is the
    whole answer.
    """

    def __init__(self, bodies: Mapping[str, str | bytes]) -> None:
        self.bodies = dict(bodies)
        self.asked: list[str] = []
        self.heads: dict[str, str] = {}

    async def script(self, exchange: Exchange) -> None:
        method, path, _ = exchange.request.decode().split("\r\n")[0].split(" ")
        self.asked.append(path if method == "GET" else f"{method} {path}")
        self.heads[path] = exchange.request.decode()
        body = self.bodies.get(path, answer(b"none", status="404 Not Found"))
        kind = KINDS.get(path.rpartition(".")[2], KINDS["html"])
        await exchange.send(
            answer(body.encode(), f"Content-Type: {kind}") if isinstance(body, str) else body
        )


@asynccontextmanager
async def site(bodies: Mapping[str, str | bytes]) -> AsyncIterator[tuple[Site, RawServer]]:
    of = Site(bodies)
    async with raw_server(of.script) as server:
        yield of, server


def a_browser() -> Browser:
    """One that is not running yet; without Chromium on this machine a test is passed over, but
    for CI, which has it.
    """
    try:
        return Browser(find_browser(None), AGENT)
    except ConfigError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


@asynccontextmanager
async def looking(**options: object) -> AsyncIterator[Fetcher]:
    """A fetcher with a browser of its own."""
    web = fetcher(
        **(
            {"user_agent": AGENT}
            | (options if "browser" in options else {"browser": a_browser(), **options})
        )
    )
    try:
        yield web
    finally:
        await web.aclose()


async def rendered(web: Fetcher, url: str, *, limit: int = LIMIT, **options: object) -> Page:
    fetched = await web.fetch(Request(url), size_limit=limit, render=True, **options)  # type: ignore[arg-type]
    return fetched.page  # type: ignore[union-attr]
