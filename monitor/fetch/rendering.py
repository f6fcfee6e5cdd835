"""One page as a browser shows it once its scripts have run: whatever it asks for is fetched by us, and its tree becomes the body.

So all that holds for a fetch holds here: robots.txt, the gap, private addresses, the proxy, limits of size. Scripts may run as
long as a fetch may take, beside what is on its way; and the page is taken when it has asked for nothing for a second.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

import httpx
from playwright import async_api

from monitor.errors import ErrorKind, FetchError, SourceError
from monitor.fetch.kinds import MARK
from monitor.fetch.parts import ASKED, MOST, STYLE, FetchedPart, PartRequest
from monitor.source.body import Body
from monitor.source.hosts import domain
from monitor.source.page import Page

REST = 1.0  # seconds
LONGEST = 300.0  # seconds for all of it, its turns at hosts included
TICK = 0.05  # seconds between two looks at whether its scripts rest
ROOT = "document.documentElement.outerHTML"

Load = Callable[[PartRequest, str], Awaitable[FetchedPart]]  # what a page asks for, and the cookies it has for that


class Rendering:
    """Renders one page. Its scripts may run for `seconds`, and `load` fetches what they ask for; `came` is what did at earlier
    looks, by name, to which this one's is added.
    """

    def __init__(self, page: Page, load: Load, came: set[str], *, seconds: float, size_limit: int) -> None:
        self._page = page
        self._host = httpx.URL(page.url).host
        self._load = load
        self._came = came
        self._seconds = seconds
        self._left = size_limit
        self._asked = 0
        self._first = True
        self._moved = asyncio.get_running_loop().time()
        self._loading: set[asyncio.Task[None]] = set()
        self._failed: dict[str, SourceError] = {}

    async def run(self, context: "async_api.BrowserContext", cookies: httpx.Cookies) -> Page:
        """The page, rendered.

        Raises:
            FetchError: its scripts came to no rest ("render"); what they asked for of the same publisher, or got at an earlier
                look, did not come (as that failed); the tree is larger than the page may be ("too-large").
        """
        with suppress(async_api.Error):  # a cookie that no browser takes
            await context.add_cookies(
                [{"name": one.name, "value": one.value or "", "url": self._page.url} for one in cookies.jar]
            )
        self._tab = await context.new_page()
        await context.route("**/*", self._asks)
        opening = asyncio.ensure_future(self._tab.goto(self._page.url, wait_until="load", timeout=0))
        try:
            async with asyncio.timeout(LONGEST):
                await self._come_to_rest(opening)
                return await self._taken()
        except TimeoutError as error:
            raise self._failure(f"its scripts came to no rest within {self._seconds:.0f} s", ErrorKind.RENDER) from error
        finally:
            for task in (opening, *self._loading):
                task.cancel()
            await asyncio.gather(opening, *self._loading, return_exceptions=True)

    async def _come_to_rest(self, opening: "asyncio.Task[async_api.Response | None]") -> None:
        """Wait until the page has loaded and asks for nothing. TimeoutError where its scripts take longer than they may."""
        loop, left = asyncio.get_running_loop(), self._seconds
        while left > 0:
            before = loop.time()
            await asyncio.sleep(TICK)
            if self._loading:
                continue
            if opening.done() and loop.time() - self._moved >= REST:
                opening.result()
                moved = self._moved
                async with asyncio.timeout(left):
                    await self._tab.evaluate("1")  # a script that still runs answers when it has ended
                if self._moved == moved:  # nothing was asked for, or came, meanwhile
                    return
            left -= loop.time() - before
        raise TimeoutError

    async def _taken(self) -> Page:
        for error in self._failed.values():
            text = f"what its scripts ask for did not come: {error}"
            raise self._failure(text, error.kind, getattr(error, "retry_after", None))
        async with asyncio.timeout(self._seconds):
            if await self._tab.evaluate(f"{ROOT}.length") > self._left:
                raise self._failure("the rendered page is larger than it may be", ErrorKind.TOO_LARGE)
            tree = await self._tab.content()
        url = httpx.URL(self._tab.url)
        if url.scheme not in ("http", "https"):
            raise self._failure("its scripts lead to no page", ErrorKind.RENDER)
        body, address = Body(MARK + tree.encode("utf-8", errors="replace")), str(url.copy_with(fragment=None))
        return replace(self._page, url=address, body=body, content_type="text/html; charset=utf-8", charset="utf-8")

    def _failure(self, text: str, kind: ErrorKind, retry_after: float | None = None) -> FetchError:
        return FetchError(f"{self._host}: {text}", kind=kind, retry_after=retry_after)

    def _asks(self, route: "async_api.Route") -> None:
        """Called for each request that a page, a frame or a window in this context makes."""
        self._moved = asyncio.get_running_loop().time()
        task = asyncio.ensure_future(self._answer(route))
        self._loading.add(task)
        task.add_done_callback(self._answered)

    def _answered(self, task: asyncio.Task[None]) -> None:
        self._moved = asyncio.get_running_loop().time()
        self._loading.discard(task)

    async def _answer(self, route: "async_api.Route") -> None:
        with suppress(async_api.Error):  # the page has gone on without it
            request = route.request
            if request.resource_type == STYLE:
                await route.fulfill(status=200, content_type="text/css", body="")
            elif request.resource_type not in ASKED or not self._is_own(request):
                await route.abort("blockedbyclient")
            elif request.is_navigation_request() and self._first:
                self._first = False
                await route.fulfill(status=200, content_type=self._declared, body=self._page.body.whole)
            else:
                await self._fetch(route)

    def _is_own(self, request: "async_api.Request") -> bool:
        """Whether it is the page itself that asks: a frame or window that opens within it says none of its words."""
        return request.frame == self._tab.main_frame

    @property
    def _declared(self) -> str:
        return f"text/html; charset={self._page.charset}" if self._page.charset else self._page.content_type or "text/html"

    async def _fetch(self, route: "async_api.Route") -> None:
        request = route.request
        asked = PartRequest(
            request.url, request.resource_type, request.method, await request.all_headers(), request.post_data_buffer
        )
        try:
            part = await self._part(asked)
        except SourceError as error:
            own = domain(httpx.URL(asked.url).host) == domain(self._host)
            if own or asked.name in self._came or request.is_navigation_request():
                self._failed[asked.name] = error
            await route.abort("failed")
            return
        self._failed.pop(asked.name, None)
        self._came.add(asked.name)
        await route.fulfill(status=part.status, headers=part.told, body=part.body)

    async def _part(self, asked: PartRequest) -> FetchedPart:
        self._asked += 1
        if self._asked > MOST:
            raise self._failure(f"asks for more than {MOST} things", ErrorKind.RENDER)
        cookies = await self._tab.context.cookies(asked.url)
        part = await self._load(asked, "; ".join(f"{one['name']}={one['value']}" for one in cookies))
        self._left -= len(part.body)
        if self._left < 0:
            raise self._failure("what its scripts ask for is larger than the page may be", ErrorKind.TOO_LARGE)
        return part
