import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from command import ROOT
from consoles import HERE, HOSTILE, LOCAL, LOOKED_AT, NOW, Opened, living
from sqlalchemy import func, update
from tampering import tamper

from monitor.config import Config
from monitor.console.desk import ConsoleDesk
from monitor.console.guard import Door
from monitor.console.pages import Order
from monitor.console.serve import make_console
from monitor.source.registry import Registry
from monitor.store import History, names, page_words
from monitor.store.tables import (
    ActRow,
    AddressRow,
    ChangeRow,
    ListedRow,
    TroubleRow,
    WatchedRow,
)

HURT = ("title", "quote", "number", "name", "what", "owner", "note")  # fields of facts


@pytest.fixture(scope="session")
def kept_store(tmp_path_factory) -> Path:
    """A store with acts, registers, a watch list and messages, for tests that change nothing but
    its record of screenings.
    """
    store = shutil.copytree(
        ROOT / "tests/stores/0.2.0/store", tmp_path_factory.mktemp("console") / "store"
    )
    with History(store) as history:  # brings the tables up to date
        while history(names.make_some):
            """Nobody who asks waits for names."""
        lacking = history(page_words.list_pages_without_words)
        history(
            page_words.keep_words,
            {sha256: (f"用于军事用途的出口申请 {HOSTILE}",) for sha256, _ in lacking},
        )
    shutil.copytree(store, store.with_name("untouched"))
    return store


@pytest.fixture
def store(kept_store: Path, tmp_path: Path) -> Path:
    """A copy that a test may change, of it as it was before anybody's screenings were recorded
    there.
    """
    return shutil.copytree(kept_store.with_name("untouched"), tmp_path / "store")


@pytest.fixture(scope="session")
def every_source():
    return Registry(Config()).sources


@pytest.fixture
def open_console(kept_store: Path, every_source) -> Opened:
    @asynccontextmanager
    async def opened(
        store: Path = kept_store,
        door: Door = LOCAL,
        config: Config | None = None,
        now: datetime = NOW,
        base: str = HERE,
        order: Order | None = None,
    ) -> AsyncIterator[httpx.AsyncClient]:
        app = make_console(
            ConsoleDesk(store, config or Config(), every_source, lambda: now), door, order
        )
        transport = httpx.ASGITransport(app, client=("127.0.0.1", 50_000))
        async with living(app), httpx.AsyncClient(transport=transport, base_url=base) as client:
            yield client

    return opened


@pytest.fixture
async def client(open_console: Opened) -> AsyncIterator[httpx.AsyncClient]:
    async with open_console() as asked:
        yield asked


@pytest.fixture(scope="session")
def _seen() -> dict[str, httpx.Response]:
    return {}


@pytest.fixture
async def seen(open_console: Opened, _seen: dict[str, httpx.Response]) -> dict[str, httpx.Response]:
    """What every page shows, looked at once."""
    if not _seen:
        async with open_console() as client:
            _seen.update({path: await client.get(path) for path in LOOKED_AT})
    return _seen


@pytest.fixture
def hostile_store(store: Path) -> Path:
    """A store in which every text that came from elsewhere was made to do something."""
    text = HOSTILE.replace('"', '\\"')
    statements = []
    for table, column in (
        (ActRow, ActRow.fact),
        (ChangeRow, ChangeRow.fact),
        (ListedRow, ListedRow.subject),
        (WatchedRow, WatchedRow.entry),
    ):
        statements += [
            update(table)
            .where(func.json_extract(column, path).is_not(None))
            .values({column: func.json_set(column, path, HOSTILE)})
            for path in map("$.{}".format, HURT)
        ]
        statements += [
            update(table).values({column: func.replace(column, *exchange)})
            for exchange in (("稀土", text), ("https://", "javascript:alert(1)//"))
        ]
    tamper(
        store,
        *statements,
        update(ListedRow).values(name=HOSTILE, row=ListedRow.row + HOSTILE),
        update(AddressRow).values(title=HOSTILE, failure=HOSTILE),
        update(TroubleRow).values(problem=func.json_set(TroubleRow.problem, "$.text", HOSTILE)),
        update(ChangeRow).where(ChangeRow.url.is_not(None)).values(url="javascript:alert(1)"),
    )
    return store
