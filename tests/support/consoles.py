"""What the tests of the console share: when it is, where it is asked, what is looked at, and
text that is made to do harm.
"""

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from datetime import UTC, datetime

import httpx
import uvicorn
from command import eventually

from monitor.console.guard import Door
from monitor.console.pages import make_token
from monitor.console.serve import make_settings

HOSTILE = (
    "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"' onfocus=alert(1) autofocus"
    " {{7*7}} javascript:alert(1)</title></textarea></style><svg/onload=alert(1)><a"
    " href=javascript:alert(1)>a</a><iframe"
    " srcdoc=x></iframe>]]><!--<style>*{background:url(//e.example)}</style><base"
    " href=//e.example><meta http-equiv=refresh content=0>&lt;b&gt;\u202e"
)
LOOKED_AT = (
    "/", "/asof", "/asof?day=2025-11-15", "/asof?day=2025-11-15&register=cn-unreliable-entities", "/act/mofcom-2025-61",
    "/act/uel-2025-10", "/event/uel-2025-10", "/readings?of=mofcom-2025-80",
    "/search", "/search?q=dysprosium", "/search?q=cn-dual-use-items", "/timeline", "/timeline?about=1C909",
    "/registers", "/register/rolls.roll", "/name?of=TechInsights", "/us", "/sources", "/feeds",
)  # fmt: skip
NOW = datetime(2025, 11, 8, 9, 0, tzinfo=UTC)
LOCAL = Door("127.0.0.1")
HERE = "http://127.0.0.1:8080"
Opened = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]


@asynccontextmanager
async def living(app) -> AsyncIterator[None]:
    """The application from its start to its end, as a server has it."""
    told: asyncio.Queue[dict] = asyncio.Queue()
    said: asyncio.Queue[dict] = asyncio.Queue()
    life = asyncio.create_task(
        app({"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}, told.get, said.put)
    )
    await told.put({"type": "lifespan.startup"})
    assert (await said.get())["type"] == "lifespan.startup.complete"
    yield
    await told.put({"type": "lifespan.shutdown"})
    await life


@contextmanager
def serving(app) -> Iterator[int]:
    """The port at which a real server answers."""
    server = uvicorn.Server(make_settings(app))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        eventually(lambda: server.started)
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()


async def post_screening(
    client: httpx.AsyncClient, user: str = "", files=None, headers=None, **fields: str
) -> httpx.Response:
    """What the form on Us sends, with the token that it was made with for this user."""
    return await client.post(
        "/screen", data={"token": make_token(user), **fields}, files=files, headers=headers
    )
