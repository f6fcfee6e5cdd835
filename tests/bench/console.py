"""Pages of the console, beside a bare route that answers the same bytes."""

import asyncio
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from monitor.config import Config
from monitor.console.desk import ConsoleDesk
from monitor.console.guard import Door
from monitor.console.serve import make_console
from monitor.source.registry import Registry
from monitor.store import History, names
from tests.bench.harness import Row, compare

STORE = Path(__file__).parent.parent / "stores/0.2.0/store"
NOW = datetime(2025, 11, 8, 9, 0, tzinfo=UTC)
TIMES = 40
LOOKED_AT = ("/", "/act/mofcom-2025-61")


async def ask(app: ASGIApp) -> dict[str, tuple[bytes, float]]:
    """What each page has, and the median of its seconds of a processor."""
    transport = httpx.ASGITransport(app, client=("127.0.0.1", 50_000))
    found = {}
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080") as client:
        for path in LOOKED_AT:
            page, took = (await client.get(path)).raise_for_status().content, []
            for _ in range(TIMES):
                began = time.process_time()
                await client.get(path)
                took.append(time.process_time() - began)
            found[path] = page, median(took)
    return found


def measure() -> Iterator[Row]:
    """The store of a version before ours, with acts and registers."""
    with tempfile.TemporaryDirectory() as folder:
        store = shutil.copytree(STORE, Path(folder) / "store")
        with History(store) as history:  # brings its tables up to date
            while history(names.make_some):
                pass
        desk = ConsoleDesk(store, Config(), Registry(Config()).sources, lambda: NOW)
        ours = asyncio.run(ask(make_console(desk, Door("127.0.0.1"))))

    async def answer(request: Request) -> Response:
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return Response(ours[path][0], media_type="text/html; charset=utf-8")

    bare = asyncio.run(ask(Starlette(routes=[Route("/{path:path}", answer)])))
    for path, (_, seconds) in ours.items():
        yield compare(f"console `{path}`", seconds, "bare route", bare[path][1])
