"""The browser for pages with words from scripts: one process, started on demand, ended when idle.
It has no network: we answer each request of a page (`rendering`), and any other meets a proxy that
does not exist. It runs without our environment, in a temporary home, and is killed if it does not
end.
"""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from tempfile import TemporaryDirectory

import httpx
from playwright import async_api

from monitor.errors import ErrorKind, FetchError, SourceError
from monitor.fetch.answer import MARK, clean
from monitor.fetch.parts import ASKED, MOST, STYLE, FetchedPart, PartRequest
from monitor.model import frozen
from monitor.source.page import Body, Page
from monitor.source.scraper import get_domain

NO_SANDBOX = (
    "it may not make the namespaces of its sandbox (docs/operate.md, A browser in the service)"
)
AT_A_TIME = 2  # pages: each may take some hundred megabytes
IDLE = 60.0  # seconds after which it is ended
PATIENCE = 20.0  # seconds for its start
READY = 20.0  # seconds for an empty page: a browser that died meanwhile may never answer
ENDING = 5.0  # seconds for its end, after which it is killed
# the port of `discard`: nobody listens there, and nothing is sent where nobody does
NOWHERE = "http://127.0.0.1:9"
SWITCHES = (
    f"--proxy-server={NOWHERE}",
    "--proxy-bypass-list=<-loopback>",  # not even this machine's own addresses
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-crash-reporter",
    "--no-first-run",
    "--disable-gpu",
    "--js-flags=--max-old-space-size=512",  # megabytes
)


@frozen
class _Running:
    """A running browser: its driver, its process and its home."""

    driver: "async_api.Playwright"
    browser: "async_api.Browser"
    process: int
    home: "TemporaryDirectory[str]"


class Browser:
    """One browser for all pages; each gets a context of its own, which nothing outlives. `path`
    is the program.
    """

    def __init__(self, path: str, user_agent: str) -> None:
        self._path = path
        self._user_agent = user_agent
        self._door = asyncio.Lock()
        self._slots = asyncio.Semaphore(AT_A_TIME)
        self._running: _Running | None = None
        self._used = 0
        self._rest: asyncio.TimerHandle | None = None
        self._ending: asyncio.Task[None] | None = None

    async def render(
        self,
        page: Page,
        load: "Load",
        came: set[str],
        cookies: httpx.Cookies,
        *,
        seconds: float,
        left: int,
    ) -> Page:
        """Render a page in a browser of its own, as `Rendering` says.

        Raises:
            FetchError: as `context` and `Rendering.run`.
        """
        rendering = Rendering(page, load, came, seconds=seconds, left=left)
        async with self.context(httpx.URL(page.url).host) as context:
            return await rendering.run(context, cookies)

    @asynccontextmanager
    async def context(self, host: str) -> AsyncIterator["async_api.BrowserContext"]:
        """A fresh browser for one page; `host` is the page's, for errors.

        Raises:
            FetchError: it does not start, or breaks down ("render").
        """
        async with self._slots:
            self._used += 1
            try:
                async with self._speaking(host):
                    running = await self._run()
                    context = await self._make_context(running, host)
                    try:
                        yield context
                    finally:
                        await self._close(running, context)
            finally:
                self._used -= 1
                if self._rest:
                    self._rest.cancel()
                self._rest = asyncio.get_running_loop().call_later(IDLE, self._rested)

    @asynccontextmanager
    async def _speaking(self, host: str) -> AsyncIterator[None]:
        try:
            yield
        except async_api.Error as error:
            why = (
                NO_SANDBOX
                if "No usable sandbox" in error.message
                else clean(error.message.partition("\n")[0])
            )
            raise FetchError(f"{host}: the browser failed: {why}", ErrorKind.RENDER) from error

    async def _make_context(self, running: _Running, host: str) -> "async_api.BrowserContext":
        try:
            async with asyncio.timeout(READY):
                return await running.browser.new_context(
                    user_agent=self._user_agent,
                    service_workers="block",
                    accept_downloads=False,
                    timezone_id="UTC",
                )
        except TimeoutError as error:
            await self._discard(running)
            raise FetchError(
                f"{host}: the browser gave no page within {READY:.0f} s", ErrorKind.RENDER
            ) from error

    async def _run(self) -> _Running:
        async with self._door:
            if self._running and not self._running.browser.is_connected():
                await self._end()
            if self._running is None:
                self._running = await self._start()
            return self._running

    async def _start(self) -> _Running:
        home = TemporaryDirectory(prefix="monitor-browser-", ignore_cleanup_errors=True)
        driver = await async_api.async_playwright().start()
        try:
            browser = await driver.chromium.launch(
                executable_path=self._path,
                args=list(SWITCHES),
                # without our secrets
                env={"HOME": home.name, "PATH": os.defpath, "LANG": "C.UTF-8"},
                chromium_sandbox=os.geteuid() != 0,  # it refuses to have one as root
                timeout=PATIENCE * 1000,
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
            )
            process = await _find_process(browser)
        except BaseException:
            await _stop_driver(driver)
            home.cleanup()
            raise
        return _Running(driver, browser, process, home)

    async def _close(self, running: _Running, context: "async_api.BrowserContext") -> None:
        """Close a context; where that hangs, the process is killed, and the next page gets
        another.
        """
        try:
            async with asyncio.timeout(ENDING):
                await context.close()
        except (TimeoutError, async_api.Error):
            await self._discard(running)

    async def _discard(self, running: _Running) -> None:
        _kill_process(running)
        async with self._door:
            if self._running is running:
                await self._end()

    def _rested(self) -> None:
        self._ending = asyncio.ensure_future(self.aclose(only_idle=True))

    async def aclose(self, *, only_idle: bool = False) -> None:
        """End the process, if there is one."""
        if self._rest and not only_idle:
            self._rest.cancel()
        async with self._door:
            if not (only_idle and self._used):
                await self._end()

    async def _end(self) -> None:
        running, self._running = self._running, None
        if running is None:
            return
        try:
            async with asyncio.timeout(ENDING):
                await running.browser.close()
        except (TimeoutError, async_api.Error):
            _kill_process(running)
        await _stop_driver(running.driver)
        running.home.cleanup()


async def _find_process(browser: "async_api.Browser") -> int:
    try:
        async with asyncio.timeout(READY):
            session = await browser.new_browser_cdp_session()
            processes = (await session.send("SystemInfo.getProcessInfo"))["processInfo"]
    except TimeoutError as error:
        raise async_api.Error(f"it told no process within {READY:.0f} s") from error
    return int(next(each["id"] for each in processes if each["type"] == "browser"))


async def _stop_driver(driver: "async_api.Playwright") -> None:
    with suppress(TimeoutError, async_api.Error):
        async with asyncio.timeout(ENDING):
            await driver.stop()


def _kill_process(running: _Running) -> None:
    if running.browser.is_connected():  # otherwise the number may be another process's by now
        with suppress(ProcessLookupError):
            os.kill(running.process, signal.SIGKILL)


# A page as a browser shows it after its scripts: we fetch all its requests, and its tree becomes
# the body. So all rules of a fetch hold: robots.txt, the gap, private addresses, the proxy, limits
# of size. Scripts have as long as a fetch, without the time of their requests; the page is taken
# after a second without requests.

REST = 1.0  # seconds
LONGEST = 300.0  # seconds for all of it, its turns at hosts included
TICK = 0.05  # seconds between two checks whether its scripts are idle
ROOT = "document.documentElement.outerHTML"

Load = Callable[[PartRequest, str], Awaitable[FetchedPart]]  # a page's request, and its cookies


@dataclass
class Rendering:
    """Renders one page. Its scripts have `seconds`, and `load` fetches their requests; `came` has
    earlier answers by name, and gets this poll's.
    """

    page: Page
    load: Load
    came: set[str]
    seconds: float
    left: int
    _asked: int = 0
    _first: bool = True
    _moved: float = field(default_factory=lambda: asyncio.get_running_loop().time())
    _loading: set[asyncio.Task[None]] = field(default_factory=set)
    _failed: dict[str, SourceError] = field(default_factory=dict)

    async def run(self, context: "async_api.BrowserContext", cookies: httpx.Cookies) -> Page:
        """Render the page.

        Raises:
            FetchError: its scripts did not end ("render"); a request to the same publisher, or one
                that worked before, failed (as
                that); the tree is larger than the page may be ("too-large").
        """
        await self._open_tab(context, cookies)
        opening = asyncio.ensure_future(self._tab.goto(self.page.url, wait_until="load", timeout=0))
        try:
            async with asyncio.timeout(LONGEST):
                await self._come_to_rest(opening)
                return await self._taken()
        except TimeoutError as error:
            raise self._failure(
                f"its scripts did not end within {self.seconds:.0f} s", ErrorKind.RENDER
            ) from error
        finally:
            for task in (opening, *self._loading):
                task.cancel()
            await asyncio.gather(opening, *self._loading, return_exceptions=True)

    async def _open_tab(self, context: "async_api.BrowserContext", cookies: httpx.Cookies) -> None:
        try:
            async with asyncio.timeout(READY):
                with suppress(async_api.Error):  # a cookie that no browser takes
                    await context.add_cookies(
                        [
                            {"name": one.name, "value": one.value or "", "url": self.page.url}
                            for one in cookies.jar
                        ]
                    )
                self._tab = await context.new_page()
                await context.route("**/*", self._asks)
        except TimeoutError as error:
            raise self._failure(f"no tab opened within {READY:.0f} s", ErrorKind.RENDER) from error

    async def _come_to_rest(self, opening: "asyncio.Task[async_api.Response | None]") -> None:
        """Wait until the page is loaded and has no requests. TimeoutError if its scripts take
        too long.
        """
        loop, left = asyncio.get_running_loop(), self.seconds
        while left > 0:
            before = loop.time()
            await asyncio.sleep(TICK)
            if self._loading:
                continue
            if opening.done() and loop.time() - self._moved >= REST:
                opening.result()
                moved = self._moved
                async with asyncio.timeout(left):
                    # a script that still runs answers when it has ended
                    await self._tab.evaluate("1")
                if self._moved == moved:  # no request began or ended meanwhile
                    return
            left -= loop.time() - before
        raise TimeoutError

    async def _taken(self) -> Page:
        for error in self._failed.values():
            text = f"what its scripts ask for did not come: {error}"
            raise self._failure(text, error.kind, getattr(error, "retry_after", None))
        async with asyncio.timeout(self.seconds):
            if await self._tab.evaluate(f"{ROOT}.length") > self.left:
                raise self._failure(
                    "the rendered page is larger than it may be", ErrorKind.TOO_LARGE
                )
            tree = await self._tab.content()
        url = httpx.URL(self._tab.url)
        if url.scheme not in ("http", "https"):
            raise self._failure("its scripts lead to no page", ErrorKind.RENDER)
        body, address = (
            Body(MARK + tree.encode("utf-8", errors="replace")),
            str(url.copy_with(fragment=None)),
        )
        return replace(
            self.page,
            url=address,
            body=body,
            content_type="text/html; charset=utf-8",
            charset="utf-8",
        )

    def _failure(self, text: str, kind: ErrorKind, retry_after: float | None = None) -> FetchError:
        return FetchError(f"{httpx.URL(self.page.url).host}: {text}", kind, retry_after=retry_after)

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
            # Only requests of the page itself count: a frame or window within it has none of its
            # words.
            elif request.resource_type not in ASKED or request.frame != self._tab.main_frame:
                await route.abort("blockedbyclient")
            elif request.is_navigation_request() and self._first:
                self._first = False
                page = self.page
                declared = (
                    f"text/html; charset={page.charset}"
                    if page.charset
                    else page.content_type or "text/html"
                )
                await route.fulfill(status=200, content_type=declared, body=page.body.whole)
            else:
                await self._fetch(route)

    async def _fetch(self, route: "async_api.Route") -> None:
        request = route.request
        asked = PartRequest(
            request.url,
            request.resource_type,
            request.method,
            await request.all_headers(),
            request.post_data_buffer,
        )
        try:
            part = await self._part(asked)
        except SourceError as error:
            own = get_domain(httpx.URL(asked.url).host) == get_domain(httpx.URL(self.page.url).host)
            if own or asked.name in self.came or request.is_navigation_request():
                self._failed[asked.name] = error
            await route.abort("failed")
            return
        self._failed.pop(asked.name, None)
        self.came.add(asked.name)
        await route.fulfill(status=part.status, headers=part.told, body=part.body)

    async def _part(self, request: PartRequest) -> FetchedPart:
        self._asked += 1
        if self._asked > MOST:
            raise self._failure(f"asks for more than {MOST} things", ErrorKind.RENDER)
        cookies = await self._tab.context.cookies(request.url)
        part = await self.load(
            request, "; ".join(f"{one['name']}={one['value']}" for one in cookies)
        )
        self.left -= len(part.body)
        if self.left < 0:
            raise self._failure(
                "what its scripts ask for is larger than the page may be", ErrorKind.TOO_LARGE
            )
        return part
