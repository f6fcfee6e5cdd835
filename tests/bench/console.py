"""`python -m tests.bench.console`: the pages of the console over 100,000 measures and a register of 1,000,000 rows.

For each page the first answer, one after something was written, the 95th of a hundred later ones and that of a bare route which
gives the same bytes; then questions that nobody asked before, each once: names, looked up, asked for on a day and screened,
beside a bare route as well; at the end the memory of the process that answers, which is none that wrote the store.
"""

import asyncio
import random
import resource
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

import httpx
from sqlalchemy import insert, text
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from monitor.config import Config
from monitor.console import guard
from monitor.console.app import console
from monitor.console.desk import ConsoleDesk
from monitor.console.guard import Door
from monitor.diff import ChangeKind
from monitor.history import History
from monitor.history import names as kept_names
from monitor.history.tables import ActRow, ChangeRow, ListedRow, RegisterRow, SourceRow
from monitor.model import Entity, to_json
from monitor.source.registry import Registry
from tests.bench import timeline

ROWS = 1_000_000
AT_ONCE = 10_000
ASKED = 100
READER = "un_sc.consolidated"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
PAGES = (
    "/",
    "/asof",
    "/asof?day=2020-11-15&item=8D108",
    "/act/mofcom-2010-90",
    "/search?q=mofcom-2010-90",
    "/timeline",
    "/registers",
    f"/register/{READER}",
    f"/register/{READER}?q=firm+999999",
    "/us",
    "/sources",
    "/api/v1/events?after=99000",
    "/api/v1/measures?limit=100",
    "/asof?day=2020-11-15",
    "/api/v1/asof?day=2020-11-15&limit=100",
    "/api/v1/acts?limit=100",
    "/api/v1/dates?since=2020-11-15&until=2020-12-15",
)
NEW = {
    "/asof?day=": lambda dice: f"/asof?day={_day(dice)}",
    "/asof?day=&known=": lambda dice: f"/asof?day={_day(dice)}&known=2025-06-01&item={_code(dice)}",
    "/asof?day=&item=": lambda dice: f"/asof?day={_day(dice)}&item={_code(dice)}",
    "/act/": lambda dice: f"/act/{_key(dice)}",
    "/search?q=": lambda dice: f"/search?q={_key(dice)}",
}
NAMED = {
    "/search?q=name": lambda dice: ("GET", f"/search?q={_firm(dice)}", None),
    "/asof?entity=": lambda dice: ("GET", f"/asof?day=2025-01-02&entity={_firm(dice)}", None),
    "/screen a name": lambda dice: ("POST", "/screen", {"data": {"names": _firm(dice)}}),
    "/api/v1/screen a name": lambda dice: ("POST", "/api/v1/screen", {"json": {"names": [_firm(dice)]}}),
    "/api/v1/screen 100 names": lambda dice: ("POST", "/api/v1/screen", {"json": {"names": [_firm(dice) for _ in range(100)]}}),
}
ONCE = 40  # questions of each kind that nobody asked before


def _day(dice: random.Random) -> str:
    return (timeline.FIRST + timedelta(days=dice.randrange(5800))).isoformat()


def _code(dice: random.Random) -> str:
    number = dice.randrange(0, timeline.MEASURES, 2)
    return f"{number % 10}{'ABCDE'[number % 5]}{number % 900 + 100}"


def _key(dice: random.Random) -> str:
    number = dice.randrange(timeline.MEASURES // 10)
    return f"mofcom-{(timeline.FIRST + timedelta(days=number * 5800 // timeline.MEASURES)).year}-{number}"


def _firm(dice: random.Random) -> str:
    return f"Firm {dice.randrange(ROWS)}"


def fill(store: Path, measures: int, rows: int) -> None:
    """Acts and rows, as they would lie in a store after years."""
    history, dice = History(store), random.Random(0)
    acts = (timeline.act(number, dice) for number in range(measures))
    _insert(history, rows=((ActRow, _act(act)) for act in acts))
    dice = random.Random(0)
    _insert(history, rows=((ChangeRow, _change(timeline.act(number, dice))) for number in range(measures)))
    _insert(history, rows=((ListedRow, _row(number)) for number in range(rows)))
    register = {"reader": READER, "code": "un-sc", "source": READER, "url": "https://example.org/", "rows": rows}
    _insert(history, rows=[(RegisterRow, {**register, "read_at": NOW, "sha256": "0" * 64})])
    _insert(history, rows=[(SourceRow, {"id": READER, "first_ok": NOW, "last_ok": NOW, "last_poll": NOW})])
    history.close()


def fill_with_names(store: Path, measures: int, rows: int) -> None:
    """The same with its tables of names, as a daemon makes them between questions."""
    fill(store, measures, rows)
    history = History(store)
    began, portions, left = time.perf_counter(), list[float](), 1
    while left:
        since = time.perf_counter()
        left = kept_names.make_some(history)
        portions.append(time.perf_counter() - since)
    took = f"{time.perf_counter() - began:.0f} s, {len(portions)} portions of {median(portions):.1f} s at the median"
    sys.stdout.write(f"the names made in {took}, at most {max(portions):.1f} s\n")
    history.close()


def _insert(history: History, rows: Any) -> None:
    waiting: list[dict[str, Any]] = []
    with history._engine.begin() as connection:
        for table, row in rows:
            waiting.append(row)
            if len(waiting) == AT_ONCE:
                connection.execute(insert(table), waiting)
                waiting.clear()
        if waiting:
            connection.execute(insert(table), waiting)


def _act(act: Any) -> dict[str, Any]:
    return {"key": act.key, "first_seen": timeline.SEEN, "fact": to_json(act).decode(), "baseline": True}


def _change(act: Any) -> dict[str, Any]:
    evidence = {
        "url": f"https://example.org/{act.key}",
        "sha256": f"{hash(act.key) & (2**256 - 1):064x}",
        "fetched_at": timeline.SEEN,
    }
    fact = to_json(act).decode()
    return {
        "at": timeline.SEEN,
        "kind": ChangeKind.NEW,
        "key": act.key,
        "source": "cn_mofcom.announcements",
        "fact": fact,
        **evidence,
    }


def _row(number: int) -> dict[str, Any]:
    subject = to_json(Entity(names={"en": f"Firm {number}"}, kind="org")).decode()
    about = {"reader": READER, "row": f"{number:07}", "digest": b"0" * 16, "raw": b"0" * 300, "name": f"Firm {number}"}
    return {**about, "subject": subject, "first_seen": timeline.SEEN}


@asynccontextmanager
async def asked_of(app: Any) -> AsyncIterator[httpx.AsyncClient]:
    """Whoever asks an application in this process."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
        yield client


async def asked(client: httpx.AsyncClient, path: str) -> float:
    """Milliseconds that an answer takes."""
    began = time.perf_counter()
    (await client.get(path, timeout=None)).raise_for_status()
    return (time.perf_counter() - began) * 1_000


def p95(took: list[float]) -> float:
    """What 95 of 100 answers take at most."""
    return sorted(took)[int(len(took) * 0.95)]


def bare(bodies: dict[str, bytes]) -> Starlette:
    """An application that only gives these bytes."""

    def route(number: int, body: bytes) -> Route:
        async def given(_: Request) -> Response:
            return Response(body)

        return Route(f"/{number}", given)

    return Starlette(routes=[route(number, body) for number, body in enumerate(bodies.values())])


async def measure(store: Path) -> None:
    """Every page, one after the other."""
    guard.SCREENINGS = 1_000_000  # of one asker in a minute: here one asks for all
    app = console(ConsoleDesk(store, Config(), Registry(Config()).sources, lambda: NOW), Door("127.0.0.1"))
    writer = History(store)

    def write() -> None:
        with writer._engine.begin() as connection:
            connection.execute(text("UPDATE source SET failures = failures + 1"))

    bodies: dict[str, bytes] = {}
    async with asked_of(app) as client:
        first = {path: await asked(client, path) for path in PAGES}
        bodies = {path: (await client.get(path)).content for path in PAGES}
        async with asked_of(bare(bodies)) as floor:
            for number, path in enumerate(PAGES):
                # in turn, so that whatever else the machine does falls on both
                pairs = [(await asked(client, path), await asked(floor, f"/{number}")) for _ in range(ASKED)]
                page, least = (p95([pair[side] for pair in pairs]) for side in (0, 1))
                usual = median(pair[0] for pair in pairs) / median(pair[1] for pair in pairs)
                moved = []
                for _ in range(3):
                    write()
                    moved.append(await asked(client, path))
                size = f"{len(bodies[path]) // 1024} KB, first {first[path]:.0f} ms, after a write {min(moved):.0f} ms"
                sys.stdout.write(
                    f"{path}: {size}; then {page:.2f} ms, bare {least:.2f} ms ({page / least:.1f}, median {usual:.1f})\n"
                )
                sys.stdout.flush()
        dice = random.Random(1)
        for kind, question in NEW.items():
            took = sorted([await asked(client, question(dice)) for _ in range(ONCE)])
            sys.stdout.write(f"{kind} asked for the first time: median {took[ONCE // 2]:.0f} ms, 95 of 100 {p95(took):.0f} ms\n")
            sys.stdout.flush()
        for kind, question in NAMED.items():
            await _named(client, kind, [question(dice) for _ in range(ONCE)])
    writer.close()


async def _named(client: httpx.AsyncClient, kind: str, questions: Sequence[tuple[str, str, Any]]) -> None:
    """Questions about names that nobody asked before, each beside a bare route that gives the same bytes."""
    await client.request(*questions[0][:2], **(questions[0][2] or {}))  # tables of letters and places are made once
    took, floors = list[float](), list[float]()
    for method, path, body in questions[1:]:
        began = time.perf_counter()
        answer = await client.request(method, path, timeout=None, **(body or {}))
        took.append((time.perf_counter() - began) * 1_000)
        answer.raise_for_status()
        async with asked_of(bare({path: answer.content})) as floor:
            await asked(floor, "/0")
            floors.append(await asked(floor, "/0"))
    told = f"median {median(took):.1f} ms, 95 of 100 {p95(took):.1f} ms, bare {median(floors):.2f} and {p95(floors):.2f} ms"
    sys.stdout.write(f"{kind} asked for the first time: {told}\n")
    sys.stdout.flush()


def main() -> None:
    measures, rows = (int(number) for number in sys.argv[1:3]) if len(sys.argv) > 2 else (timeline.MEASURES, ROWS)
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder)
        filling = get_context("spawn").Process(target=fill_with_names, args=(store, measures, rows))
        began = time.perf_counter()
        filling.start()
        filling.join()
        sys.stdout.write(f"written in {time.perf_counter() - began:.0f} s\n")
        asyncio.run(measure(store))
    sys.stdout.write(f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB\n")


if __name__ == "__main__":
    main()
