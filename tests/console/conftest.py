"""The console in this process: the store that a user of 0.2.0 had, asked over ASGI."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from command import ROOT

from monitor.config import Config
from monitor.console.app import console
from monitor.console.desk import Desk
from monitor.console.guard import Door
from monitor.history import History
from monitor.source.registry import Registry

NOW = datetime(2025, 11, 8, 9, 0, tzinfo=UTC)
LOCAL = Door("127.0.0.1")
HERE = "http://127.0.0.1:8080"
Opened = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]


@asynccontextmanager
async def living(app) -> AsyncIterator[None]:
    """The application from its start to its end, as a server has it."""
    told: asyncio.Queue[dict] = asyncio.Queue()
    said: asyncio.Queue[dict] = asyncio.Queue()
    life = asyncio.create_task(app({"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}, told.get, said.put))
    await told.put({"type": "lifespan.startup"})
    assert (await said.get())["type"] == "lifespan.startup.complete"
    yield
    await told.put({"type": "lifespan.shutdown"})
    await life


@pytest.fixture(scope="session")
def kept_store(tmp_path_factory) -> Path:
    """A store with acts, registers, a watch list and messages; nobody may change it."""
    store = shutil.copytree(ROOT / "tests/stores/0.2.0/store", tmp_path_factory.mktemp("console") / "store")
    History(store).close()  # brings the tables up to date
    return store


@pytest.fixture
def store(kept_store: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return shutil.copytree(kept_store, tmp_path / "store")


@pytest.fixture(scope="session")
def every_source():
    return Registry(Config()).sources


@pytest.fixture
def open_console(kept_store: Path, every_source) -> Opened:
    @asynccontextmanager
    async def opened(
        store: Path = kept_store, door: Door = LOCAL, config: Config | None = None, now: datetime = NOW, base: str = HERE
    ) -> AsyncIterator[httpx.AsyncClient]:
        app = console(Desk(store, config or Config(), every_source, lambda: now), door, fresh=0.0)
        transport = httpx.ASGITransport(app, client=("127.0.0.1", 50_000))
        async with living(app), httpx.AsyncClient(transport=transport, base_url=base) as client:
            yield client

    return opened


@pytest.fixture
async def client(open_console: Opened) -> AsyncIterator[httpx.AsyncClient]:
    async with open_console() as asked:
        yield asked
