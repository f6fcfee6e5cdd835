"""A browser as Playwright shows one, but played: what a page asks for and what its scripts write is
told by a coroutine.

What a real one does, the tests marked long ask of Chromium.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from urllib.parse import urljoin

from fetching import Hands

Script = Callable[["Tab"], Awaitable[None]]


class Error(Exception):
    """What Playwright raises."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass
class Asking:
    """A request of a page."""

    url: str
    resource_type: str
    frame: object
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    post_data_buffer: bytes | None = None
    navigates: bool = False

    async def all_headers(self) -> Mapping[str, str]:
        return self.headers

    def is_navigation_request(self) -> bool:
        return self.navigates


class Route:
    """Where a request is answered, once."""

    def __init__(self, request: Asking) -> None:
        self.request = request
        self.answer = asyncio.get_running_loop().create_future()

    async def fulfill(self, **given: object) -> None:
        self._say(given)

    async def abort(self, reason: str) -> None:
        self._say({"aborted": reason})

    def _say(self, given: Mapping[str, object]) -> None:
        if self.answer.done():
            raise Error("Request context disposed.")
        self.answer.set_result(given)


class Tab:
    """A page that is looked at; `tree` is what stands in it, `busy` what its scripts do before
    they let anybody ask.
    """

    def __init__(self, context: "Context", script: Script) -> None:
        self.context = context
        self.main_frame = object()
        self.url = "about:blank"
        self.tree = ""
        self.declared = ""
        self.busy: list[Script] = []
        self.tasks: list[asyncio.Task[None]] = []
        self._script = script

    async def asks(
        self,
        url: str,
        kind: str = "fetch",
        *,
        frame: object = None,
        navigates: bool = False,
        **said: object,
    ) -> Mapping[str, object]:
        """What comes of a request: as it is fulfilled, or why it was aborted."""
        asking = Asking(
            urljoin(self.url, url), kind, frame or self.main_frame, navigates=navigates, **said
        )  # type: ignore[arg-type]
        route = Route(asking)
        self.context.answers(route)
        return await route.answer

    def later(self, doing: Awaitable[None]) -> None:
        """What goes on once the page is there."""
        self.tasks.append(asyncio.ensure_future(doing))

    async def goto(self, url: str, *, wait_until: str, timeout: float) -> None:  # noqa: ASYNC109  Playwright's
        assert (wait_until, timeout) == ("load", 0)
        self.url = url
        given = await self.asks(url, "document", navigates=True)
        self.declared, self.tree = str(given["content_type"]), bytes(given["body"]).decode()  # type: ignore[arg-type]
        await self._script(self)

    async def evaluate(self, expression: str) -> int:
        while self.busy:
            await self.busy.pop(0)(self)
        return len(self.tree) if expression.endswith(".length") else 1

    async def content(self) -> str:
        return self.tree


class Context:
    """A browser as one page sees it."""

    def __init__(
        self, script: Script, options: Mapping[str, object], *, takes_cookies: bool = True
    ) -> None:
        self.options, self.script = options, script
        self.held: list[dict[str, str]] = []
        self.hangs = False
        self.closed = False
        self._takes_cookies = takes_cookies

    async def add_cookies(self, cookies: list[dict[str, str]]) -> None:
        if not self._takes_cookies:
            raise Error("Cookie should have a valid domain")
        self.held += cookies

    async def cookies(self, url: str) -> list[dict[str, str]]:
        return self.held

    async def new_page(self) -> Tab:
        self.tab = Tab(self, self.script)
        return self.tab

    async def route(self, pattern: str, answers: Callable[[Route], None]) -> None:
        assert pattern == "**/*"
        self.answers = answers

    async def close(self) -> None:
        if self.hangs:
            await asyncio.Event().wait()
        for task in self.tab.tasks if hasattr(self, "tab") else ():
            task.cancel()
        self.closed = True


class Played:
    """What stands for `playwright.async_api`: it notes which browsers were launched, how, and
    what became of them.
    """

    Error = Error

    def __init__(self, script: Script, *, process: int = 0) -> None:
        self.script, self.process = script, process
        self.launched: list[dict[str, object]] = []
        self.contexts: list[Context] = []
        self.connected = True
        self.hangs = False
        self.ended = 0
        self.failure: Exception | None = None
        self.chromium = SimpleNamespace(launch=self._launch)

    def async_playwright(self) -> "Played":
        return self

    async def start(self) -> "Played":
        return self

    async def stop(self) -> None:
        self.ended += 1

    async def _launch(self, **options: object) -> "Played":
        self.launched.append(options)
        if self.failure:
            raise self.failure
        self.connected = True
        return self

    async def new_browser_cdp_session(self) -> "Played":
        return self

    async def send(self, command: str) -> Mapping[str, object]:
        assert command == "SystemInfo.getProcessInfo"
        return {
            "processInfo": [
                {"type": "GPU", "id": 2**30},
                {"type": "browser", "id": self.process},
                {"type": "renderer", "id": 2**30},
            ]
        }

    async def new_context(self, **options: object) -> Context:
        self.contexts.append(Context(self.script, options))
        return self.contexts[-1]

    def is_connected(self) -> bool:
        return self.connected

    async def close(self) -> None:
        if self.hangs:
            await asyncio.Event().wait()


async def passing(hands: Hands, doing: Awaitable[object], *, seconds: float = 1000.0) -> object:
    """What comes of it, while the hands of the clock move on in small steps; it may take so many
    seconds of theirs.
    """
    task = asyncio.ensure_future(doing)
    for _ in range(int(seconds / 0.05)):
        if task.done():
            break
        await hands.move(0.05)
    assert task.done(), "it never ends"
    return await task
