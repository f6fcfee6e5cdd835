"""The console as an application: its pages and its JSON behind the guard. It listens until it is
stopped.

It logs to stderr, and never logs who asked for what.
"""

import asyncio
import socket
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager, suppress
from datetime import datetime

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from monitor.config import Config
from monitor.config.outward import note
from monitor.config.stores import Store
from monitor.console import api, pages
from monitor.console.desk import (
    HTML,
    JSON,
    ConsoleDesk,
    Turns,
    choose_language,
    choose_status,
    encode_json,
    render_page,
    word_error,
)
from monitor.console.guard import LET_IN, Door, Guard, find_address, make_door
from monitor.console.pages import Order, make_deed_routes
from monitor.errors import ConfigError, MonitorError
from monitor.source.scraper import Source

AT_ONCE = 64  # connections
KEPT_OPEN = 15  # seconds that a connection may be silent
LONGEST_HEAD = 16_384  # bytes
PATIENCE = 15.0  # seconds for a question to come once somebody is connected
NOT_HERE = "nothing is here"
FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 5\r\nContent-Length:"
    b" 0\r\n\r\n"
)


def serve_console(
    store: Store,
    config: Config,
    sources: list[Source],
    now: Callable[[], datetime],
    host: str,
    port: int,
    order: Order,
) -> None:
    """Answer at a host and a port until SIGTERM or Ctrl-C; `order` carries out what deciders ask
    for.

    Raises:
        ConfigError: others could reach it and no rule says who may, or the port can't be used.
    """
    entrance = make_door(config.console, host)
    with _open_listener(host, port) as listener:
        place = listener.getsockname()
        note(
            "monitor: look at"
            f" http://{f'[{place[0]}]' if ':' in place[0] else place[0]}:{place[1]}/ ; Ctrl-C"
            " ends it"
        )
        app = make_console(ConsoleDesk(store, config, sources, now), entrance, order)
        asyncio.run(uvicorn.Server(make_settings(app)).serve(sockets=[listener]))


def _open_listener(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        with ExitStack() as opened:
            listener = opened.enter_context(socket.socket(family, kind, protocol))
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            opened.pop_all()
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise ConfigError(
            f"--host {host} --port {port}: nobody can listen there: {why}; name another"
        ) from error
    return listener


class Impatient(H11Protocol):
    """Limits how long a connection may be idle, because their number is limited.

    If all are taken, one makes room for a newcomer. First go those without proof of permission,
    then those with an incomplete request. Among these goes the oldest of the address with the most.
    An answer on its way is never cut.
    """

    patience = PATIENCE
    is_let_in = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        app, self.began = self.app, self.loop.time()

        async def asked(scope: Scope, receive: Receive, send: Send) -> None:
            await app({**scope, LET_IN: self._let_in}, receive, send)

        self.app = asked
        if len(self.connections) >= AT_ONCE:
            self._make_room()
        self.loop.call_later(self.patience, self._leave, None)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.cycle and self.cycle.response_complete and not self.transport.is_closing():
            # the next question has begun, and is to end
            self.loop.call_later(self.patience, self._leave, self.cycle)

    @property
    def is_answered(self) -> bool:
        """Return whether a complete request is being answered."""
        return (
            self.cycle is not None and not self.cycle.response_complete and not self.cycle.more_body
        )

    def _let_in(self) -> None:
        self.is_let_in = True

    def _leave(self, last: RequestResponseCycle | None) -> None:
        if self.cycle is last and not self.transport.is_closing():
            self.transport.close()

    def _make_room(self) -> None:
        others = [
            each for each in self.connections if isinstance(each, Impatient) and each is not self
        ]
        waiting = [
            each
            for each in others
            if not (each.is_let_in and each.is_answered) and not each.transport.is_closing()
        ]
        strange = [each for each in waiting if not each.is_let_in] or waiting
        if not strange:
            self.transport.write(FULL)
            self.transport.close()
        else:
            of_one = Counter(find_address(each.client) for each in strange)
            leaves = min(strange, key=lambda each: (-of_one[find_address(each.client)], each.began))
            leaves.transport.abort()
            self.connections.discard(leaves)  # as it will be in a moment: until then it would count


def make_settings(app: ASGIApp) -> uvicorn.Config:
    """Make the settings of the server."""
    return uvicorn.Config(
        app,
        http=Impatient,
        ws="none",
        log_config=None,
        access_log=False,
        # who asks is who is connected: what a header says of that anybody can write
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=KEPT_OPEN,
        h11_max_incomplete_event_size=LONGEST_HEAD,
    )


def make_console(desk: ConsoleDesk, door: Door, order: Order | None = None) -> ASGIApp:
    """Make the application with all questions, for those who may ask."""
    turns = Turns(desk)

    @asynccontextmanager
    async def living(_: Starlette) -> AsyncIterator[None]:
        with suppress(MonitorError, HTTPException):  # a question will report it
            await turns.once(lambda _: None)  # opens the store, so that nobody waits for that
        yield
        turns.close()

    handlers = {MonitorError: _answer_error, HTTPException: _answer_error}
    app = Starlette(
        routes=[
            *pages.make_page_routes(turns),
            *make_deed_routes(turns, order),
            *api.make_api_routes(turns),
        ],
        exception_handlers=handlers,
        lifespan=living,
    )
    app.router.redirect_slashes = False
    return Guard(app, door)


async def _answer_error(request: Request, error: Exception) -> Response:
    """Answer with an error, for a person or for a program."""
    if isinstance(error, HTTPException):
        words, status = NOT_HERE if error.status_code == 404 else error.detail, error.status_code
    else:
        assert isinstance(error, MonitorError)
        words, status = word_error(error), choose_status(error)
    if request.url.path.startswith(api.ROOT):
        return Response(encode_json({"problem": words}), status, media_type=JSON)
    shown = {"title": "No answer", "wrong": words}
    page = render_page("error.html", "", shown, choose_language(request))
    return Response(page, status, media_type=HTML)
