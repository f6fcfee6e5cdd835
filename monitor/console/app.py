"""The console as an application: its pages and its JSON behind the guard."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from monitor.console import api, feeds, look, pages
from monitor.console.answering import status_of, wrong
from monitor.console.desk import ConsoleDesk
from monitor.console.guard import Door, Guard, TooLarge, TooSlow
from monitor.console.turns import Mistake, TooMany, Turns
from monitor.errors import MonitorError

Handler = Callable[[Request, Exception], Awaitable[Response]]
NOT_HERE = "nothing is here"
BUSY = "too many questions wait; ask again in a moment"
MISTAKE = "a mistake of the monitor's own; what `monitor serve` prints says which"
TOO_SLOW = "what was sent took too long to come"
TOO_LARGE = "more than can be taken here; `monitor screen FILE` takes files of any size"


def console(desk: ConsoleDesk, door: Door) -> ASGIApp:
    """All that can be asked, for those who may."""
    turns = Turns(desk)

    @asynccontextmanager
    async def living(_: Starlette) -> AsyncIterator[None]:
        turns.begin()
        yield
        turns.close()

    app = Starlette(
        routes=[*pages.routes(turns), *feeds.routes(turns), *api.routes(turns)], exception_handlers=_handlers(), lifespan=living
    )
    app.router.redirect_slashes = False
    return Guard(app, door)


def _handlers() -> dict[type[Exception] | int, Handler]:
    async def failed(request: Request, error: Exception) -> Response:
        assert isinstance(error, MonitorError)
        return _said(request, wrong(error), status_of(error))

    async def strange(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        words = NOT_HERE if error.status_code == 404 else error.detail
        return _said(request, words, error.status_code)

    async def busy(request: Request, _: Exception) -> Response:
        return _said(request, BUSY, 503)

    async def too_large(request: Request, _: Exception) -> Response:
        return _said(request, TOO_LARGE, 413)

    async def too_slow(request: Request, _: Exception) -> Response:
        return _said(request, TOO_SLOW, 408)

    async def mistaken(request: Request, _: Exception) -> Response:
        return _said(request, MISTAKE, 500)

    ours: dict[type[Exception] | int, Handler] = {TooMany: busy, TooLarge: too_large, TooSlow: too_slow, Mistake: mistaken}
    return {MonitorError: failed, HTTPException: strange, **ours}


def _said(request: Request, words: str, status: int) -> Response:
    """What is wrong, for a person or for a program."""
    if request.url.path.startswith(api.ROOT):
        return Response(look.json_of({"problem": words}), status, media_type="application/json")
    return Response(look.page("error.html", "", {"title": "No answer", "wrong": words}), status, media_type="text/html")
