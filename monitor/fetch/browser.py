"""The browser that renders pages whose words are written by script: one process, begun when it is needed, ended when it rests.

It has no network: each request of a page is answered by us (`rendering`), and what gets past that meets a proxy that is not
there. It runs without our environment, in a home of its own that goes with it, and is killed where it does not end by itself.
"""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from tempfile import TemporaryDirectory

from playwright import async_api

from monitor.errors import ErrorKind, FetchError
from monitor.fetch.failure import clean

NO_SANDBOX = "it may not make the namespaces of its sandbox (docs/operate.md, A browser in the service)"
AT_A_TIME = 2  # pages: each may take some hundred megabytes
IDLE = 60.0  # seconds after which it is ended
PATIENCE = 20.0  # seconds for its start
ENDING = 5.0  # seconds for its end, after which it is killed
NOWHERE = "http://127.0.0.1:9"  # the port of `discard`: nobody listens there, and nothing is sent where nobody does
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


@dataclass(frozen=True)
class _Running:
    """A browser that runs, the driver that speaks to it, its process and its home."""

    driver: "async_api.Playwright"
    browser: "async_api.Browser"
    process: int
    home: "TemporaryDirectory[str]"


class Browser:
    """One browser for all pages; each gets a context of its own, which nothing outlives. `path` is the program."""

    def __init__(self, path: str, user_agent: str) -> None:
        self._path = path
        self._user_agent = user_agent
        self._door = asyncio.Lock()
        self._slots = asyncio.Semaphore(AT_A_TIME)
        self._running: _Running | None = None
        self._used = 0
        self._rest: asyncio.TimerHandle | None = None
        self._ending: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def context(self, host: str) -> AsyncIterator["async_api.BrowserContext"]:
        """A browser as one page sees it, with no past; `host` is whose page it is, for what goes wrong.

        Raises:
            FetchError: it does not start, or broke down ("render").
        """
        async with self._slots:
            self._used += 1
            try:
                async with self._speaking(host):
                    running = await self._run()
                    context = await running.browser.new_context(
                        user_agent=self._user_agent, service_workers="block", accept_downloads=False, timezone_id="UTC"
                    )
                    try:
                        yield context
                    finally:
                        await self._close(running, context)
            finally:
                self._used -= 1
                self._end_later()

    @asynccontextmanager
    async def _speaking(self, host: str) -> AsyncIterator[None]:
        try:
            yield
        except async_api.Error as error:
            why = NO_SANDBOX if "No usable sandbox" in error.message else clean(error.message.partition("\n")[0])
            raise FetchError(f"{host}: the browser failed: {why}", kind=ErrorKind.RENDER) from error

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
                env={"HOME": home.name, "PATH": os.defpath, "LANG": "C.UTF-8"},  # no secret of ours
                chromium_sandbox=os.geteuid() != 0,  # it refuses to have one as root
                timeout=PATIENCE * 1000,
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
            )
            session = await browser.new_browser_cdp_session()
            processes = (await session.send("SystemInfo.getProcessInfo"))["processInfo"]
            process = next(each["id"] for each in processes if each["type"] == "browser")
        except BaseException:
            await driver.stop()
            home.cleanup()
            raise
        return _Running(driver, browser, process, home)

    async def _close(self, running: _Running, context: "async_api.BrowserContext") -> None:
        """Close a context; where that hangs, the process is killed, and the next page gets another."""
        try:
            async with asyncio.timeout(ENDING):
                await context.close()
        except (TimeoutError, async_api.Error):
            _kill(running)

    def _end_later(self) -> None:
        if self._rest:
            self._rest.cancel()
        self._rest = asyncio.get_running_loop().call_later(IDLE, self._rested)

    def _rested(self) -> None:
        self._ending = asyncio.ensure_future(self._end_if_idle())

    async def _end_if_idle(self) -> None:
        async with self._door:
            if not self._used:
                await self._end()

    async def aclose(self) -> None:
        """End the process, if there is one."""
        if self._rest:
            self._rest.cancel()
        async with self._door:
            await self._end()

    async def _end(self) -> None:
        running, self._running = self._running, None
        if running is None:
            return
        try:
            async with asyncio.timeout(ENDING):
                await running.browser.close()
        except (TimeoutError, async_api.Error):
            _kill(running)
        await running.driver.stop()
        running.home.cleanup()


def _kill(running: _Running) -> None:
    if running.browser.is_connected():  # else the number may be another process's by now
        with suppress(ProcessLookupError):
            os.kill(running.process, signal.SIGKILL)
