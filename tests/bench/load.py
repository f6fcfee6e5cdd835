"""`python -m tests.bench.load`: ten thousand sources in one process over a history of five years: start, idle, a day, memory."""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import httpx
from sqlalchemy import insert

from monitor.config import Config, FetchSettings, SourceSettings
from monitor.config.times import Duration
from monitor.deliver import Channel, deliver
from monitor.deliver.terminal import Terminal
from monitor.history import History
from monitor.history.tables import (
    ActRow,
    AddressRow,
    ChangeRow,
    EventRow,
    ListedRow,
    MarkRow,
    OutboxRow,
    ReadingRow,
    RegisterRow,
    SourceRow,
    Table,
)
from monitor.history.threaded import HistoryThread, have_names_ready
from monitor.model import Action, Announcement, Edition, Entity, Item, Measure, RowChange, Start, Target, to_json
from monitor.pipeline.assembly import open_pipeline
from monitor.pipeline.daemon import Daemon
from monitor.pipeline.replay import StoryClock
from monitor.source.page import Request
from monitor.source.registry import Registry

TESTS = Path(__file__).parents[1]
YEARS = timedelta(days=5 * 365)
ACTS, EDITIONS, AGAIN, ROWS = 5_000, 35_000, 60_000, 40_000
MANY = 10_000
IDLE = 30.0  # seconds that an idle daemon is watched
AT_ONCE = 5_000
KINDS = {".html": "text/html; charset=utf-8", ".json": "application/json", ".xml": "application/xml", ".csv": "text/csv"}
PAGE = b"<html><body><ul><li><a href='/act'>No. 1</a></li></ul></body></html>"


def act(number: int, day: datetime) -> Announcement:
    """An act that lists firms, or controls goods, or changes an earlier one, with the names and quotes of a real one."""
    starts = Start(on=f"{day:%Y-%m-%d}", basis="publication", quote="本公告自公布之日起实施")
    measures = {
        0: Measure(action=Action.SUSPEND, amends=(Target(key=f"mofcom-{number - 3}"),), starts=starts),
        1: Measure(
            action=Action.ADD, register="cn-dual-use-items", items=(Item(names={"zh": f"物项{number}"}, codes=("1C909.a",)),)
        ),
    }
    firms = tuple(
        Entity(
            names={"en": f"Firm {number} of {part} Holdings", "zh": f"第{number}号公司{part}"},
            kind="org",
            country="US",
            quote="…",
        )
        for part in range(6)
    )
    listing = Measure(action=Action.ADD, register="cn-unreliable-entities", starts=starts, entities=firms)
    return Announcement(
        key=f"mofcom-{number}",
        number=f"商务部公告第{number}号",
        authority="cn-mofcom",
        title=f"公布将{len(firms)}家实体列入不可靠实体清单的公告 {number}",
        url=f"https://s{number % MANY}.example/act/{number}",
        published=f"{day:%Y-%m-%d}",
        measures=(measures.get(number % 5, listing),),
        understood="full",
    )


def grown(store: Path, sources: int, now: datetime) -> None:
    """A history of five years: acts, editions, the same acts read again elsewhere, rows of registers, states of sources."""
    with History(store) as history, history._engine.begin() as connection:
        for table, rows in _tables(sources, now):
            for first in range(0, len(rows), AT_ONCE):
                connection.execute(insert(table), rows[first : first + AT_ONCE])


async def caught_up(store: Path) -> None:
    """Have done what an upgrade leaves to do, once: how the law stands, and the tables of names."""
    with closing(HistoryThread(History(store))) as history:
        await have_names_ready(history)


def _tables(sources: int, now: datetime) -> Iterator[tuple[type[Table], list[dict[str, object]]]]:
    days = [now - YEARS + YEARS * number / ACTS for number in range(ACTS)]
    acts = [act(number, day) for number, day in enumerate(days)]
    texts = [to_json(each).decode() for each in acts]
    body = sha256(b"").hexdigest()
    yield SourceRow, [_source(number, now) for number in range(sources)]
    yield AddressRow, [_address(f"https://s{number}.example/", number, now, now, start=True) for number in range(sources)]
    pages = [(each.url, number % sources, day) for number, (each, day) in enumerate(zip(acts, days, strict=True))]
    yield AddressRow, [_address(url, number, day, now, start=False) for url, number, day in pages]
    dated = list(zip(acts, texts, days, strict=True))
    yield EventRow, [{"key": each.key, "authority": "cn-mofcom", "opened_at": day, "told": True} for each, _, day in dated]
    yield ActRow, [{"key": each.key, "event": each.key, "first_seen": day, "fact": text} for each, text, day in dated]
    yield (
        ReadingRow,
        [{"key": each.key, "url": each.url, "fact": text, "sha256": body, "fetched_at": day} for each, text, day in dated],
    )
    yield (
        MarkRow,
        [
            {"event": each.key, "kind": "act", "about": "cn-unreliable-entities", "name": f"firm{each.key}", "at": day}
            for each, _, day in dated
        ],
    )
    yield ChangeRow, [_change(each.key, "new", text, day, body, each.key) for each, text, day in dated]
    yield (
        ChangeRow,
        [_change(each.key, "repeated", text, day, body, each.key) for each, text, day in (dated[n % ACTS] for n in range(AGAIN))],
    )
    yield ChangeRow, [_edition(number, now, body) for number in range(EDITIONS)]
    yield OutboxRow, [_sent(number, each.key, day) for number, (each, day) in enumerate(zip(acts, days, strict=True))]
    yield (
        RegisterRow,
        [{"reader": "many.s0", "code": "un-sc", "source": "many.s0", "url": "", "rows": ROWS, "read_at": now, "sha256": body}],
    )
    yield ListedRow, [_listed(number, now) for number in range(ROWS)]


def _source(number: int, now: datetime) -> dict[str, object]:
    at = now - timedelta(minutes=number % 600)
    return {
        "id": f"many.s{number}",
        "first_ok": now - YEARS,
        "last_poll": at,
        "last_ok": at,
        "failures": 0,
        "told": False,
        "hold": 0.0,
    }


def _address(url: str, number: int, seen: datetime, now: datetime, *, start: bool) -> dict[str, object]:
    reader = f"many.s{number}" if start else "many.notice"
    return {
        "source": f"many.s{number}",
        "identity": f"GET {url}",
        "reader": reader,
        "request": to_json(Request(url)).decode(),
        "start": start,
        "owed": False,
        "seen_at": seen,
        "first_read": seen,
        "due_at": None if start else now + timedelta(days=10),
        "etag": '"a"',
        "sha256": sha256(PAGE).hexdigest(),
        "came_at": now,
    }


def _change(key: str, kind: str, text: str, day: datetime, body: str, event: str | None) -> dict[str, object]:
    return {
        "at": day,
        "kind": kind,
        "key": key,
        "source": "many.s0",
        "event": event,
        "fact": text,
        "url": "https://s0.example/",
        "sha256": body,
        "fetched_at": day,
    }


def _edition(number: int, now: datetime, body: str) -> dict[str, object]:
    day = now - YEARS + YEARS * number / EDITIONS
    rows = tuple(
        RowChange(action="amend", id=str(row), name=f"Name {row}", fields={"remark": ("old", "new")}) for row in range(5)
    )
    edition = Edition(key=f"un-sc-{number}", register="un-sc", authority="un-sc", rows=ROWS, before=ROWS, changes=rows)
    return _change(edition.key, "edition", to_json(edition).decode(), day, body, None)


def _sent(number: int, event: str, day: datetime) -> dict[str, object]:
    return {
        "key": f"{event}:act",
        "kind": "act",
        "destination": "alerts",
        "source": "many.s0",
        "event": event,
        "change": number + 1,
        "created_at": day,
        "state": "sent",
        "sent_at": day,
        "receipt": f"C:{number:010}",
    }


def _listed(number: int, now: datetime) -> dict[str, object]:
    subject = to_json(Entity(names={"en": f"Listed {number}"}, kind="org", country="RU")).decode()
    about = {"reader": "many.s0", "row": str(number), "digest": b"0" * 16, "raw": b"0" * 300, "name": f"Listed {number}"}
    return {**about, "subject": subject, "first_seen": now - YEARS, "last_seen": now}


class Same(httpx.AsyncBaseTransport):
    """Every page is what it was."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("if-none-match"):
            return httpx.Response(304, request=request)
        headers = {"content-type": "text/html; charset=utf-8", "etag": '"a"'}
        return httpx.Response(200, headers=headers, content=PAGE, request=request)


def resident(pid: int | str = "self") -> float:
    """MB that a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def busy(pid: int) -> float:
    """CPU seconds that a process has taken so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass
class Idle:
    """A daemon with nothing due: seconds until its first tick was over, MB, and the share of a core that it takes."""

    start: float
    resident: float
    share: float


@contextmanager
def _notified(folder: Path) -> Iterator[socket.socket]:
    """Where the daemon says how it is, as it does to systemd."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(folder / "notify"))
        listener.settimeout(120)
        yield listener


def idle(folder: Path, packages: str, environment: dict[str, str]) -> Idle:
    """Run the daemon over the store in a folder, and watch it while nothing is due."""
    config = folder / "config.toml"
    config.write_text(f'store = "{folder / "store"}"\npackages = ["{packages}"]\n[fetch]\nrobots = false\n')
    command = [str(Path(sys.executable).parent / "monitor"), "--config", str(config), "run"]
    settings = {**os.environ, **environment, "PYTHONPATH": str(TESTS), "NOTIFY_SOCKET": str(folder / "notify")}
    with _notified(folder) as listener:
        began = time.perf_counter()
        process = subprocess.Popen(command, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            while b"READY=1" not in listener.recv(4096):
                pass
            listener.recv(4096)  # what it says when a tick is over
            start = time.perf_counter() - began
            time.sleep(5)
            before = busy(process.pid)
            time.sleep(IDLE)
            return Idle(start, resident(process.pid), (busy(process.pid) - before) / IDLE)
        finally:
            process.terminate()
            process.communicate()


class Saved(httpx.AsyncBaseTransport):
    """The publishers' pages as they are saved, another one each day where there are several; whatever else is asked is gone."""

    def __init__(self, registry: Registry, clock: StoryClock) -> None:
        self._clock = clock
        self._pages = {source.request.url.split("{")[0]: _saved(source.id) for source in registry.sources}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = str(request.url)
        pages = next((pages for start, pages in self._pages.items() if url.startswith(start) and pages), None)
        if not pages:
            return httpx.Response(404, request=request)
        page = pages[self._clock.now().toordinal() % len(pages)]
        tag = f'"{page.name}"'
        if request.headers.get("if-none-match") == tag:
            return httpx.Response(304, request=request)
        kind = KINDS.get(page.suffix, "application/octet-stream")
        return httpx.Response(200, headers={"content-type": kind, "etag": tag}, content=page.read_bytes(), request=request)


def _saved(source: str) -> list[Path]:
    module, _, reader = source.partition(".")
    return sorted(path for path in (TESTS / "pages" / module).glob(f"{reader}-*") if not path.name.endswith(".facts.json"))


def week_of_ours(folder: Path) -> None:
    """A week of all sources that we bring, each polled half-hourly, told to a terminal that nobody reads: memory day by day."""
    clock = StoryClock(datetime(2026, 1, 5, tzinfo=UTC))
    ids = [source.id for source in Registry(Config()).sources]
    pace = SourceSettings(every=Duration(minutes=30), busy_every=Duration(minutes=30))
    config = Config(sources=dict.fromkeys(ids, pace), fetch=FetchSettings(robots=False, gap=Duration(milliseconds=1)))
    with Path(os.devnull).open("w") as nowhere:
        channels = {name: Terminal(nowhere) for name in ("alerts", "ops")}
        asyncio.run(_week_of_ours(config, folder, clock, channels))


async def _week_of_ours(config: Config, folder: Path, clock: StoryClock, channels: Mapping[str, Channel]) -> None:
    saved = Saved(Registry(config), clock)
    async with open_pipeline(config, folder / "ours", clock, transport=lambda _: saved) as pipeline:
        daemon = Daemon(pipeline, channels)
        for day in range(7):
            polls = 0
            for _ in range(24 * 30):
                clock.move_to(clock.now() + timedelta(minutes=2))
                await daemon.tick()
                polls += len(daemon._polling)
                while daemon._polling:
                    await asyncio.gather(*daemon._polling.values())
                await deliver(pipeline.history, channels, clock)
            line(f"our own sources, day {day + 1}: {polls:,} polls", f"{resident():.0f} MB", "at most 120 MB")


def line(what: str, figure: str, target: str = "") -> None:
    """One figure, and what it is to be."""
    sys.stdout.write(f"{what:58} {figure:>14}   {target}\n")
    sys.stdout.flush()


async def week(folder: Path, days: int, each: int) -> None:
    """Let all sources be polled `each` times a day for some days, and print memory and cost."""
    clock = StoryClock(datetime.now(UTC))
    config = Config(packages=("toy_many",), fetch=FetchSettings(robots=False, gap=Duration(milliseconds=1)))
    async with open_pipeline(config, folder / "store", clock, transport=lambda _: Same()) as pipeline:
        daemon = Daemon(pipeline, {})
        for day in range(days):
            polls, began = 0, time.process_time()
            for _ in range(each):
                clock.move_to(clock.now() + timedelta(days=1) / each)
                polls += await _all_due(daemon, clock)
            spent = (time.process_time() - began) / max(polls, 1)
            line(f"day {day + 1}: {polls:,} polls", f"{resident():.0f} MB", f"{spent * 1000:.2f} ms of CPU a poll")


async def _all_due(daemon: Daemon, clock: StoryClock) -> int:
    """Poll all that is due within two minutes."""
    polls = 0
    for _ in range(24):
        await daemon.tick()
        polls += len(daemon._polling)
        while daemon._polling:
            await asyncio.gather(*daemon._polling.values())
        clock.move_to(clock.now() + timedelta(seconds=5))
    return polls


def main() -> None:
    """Measure and print."""
    if sys.argv[1:]:  # in a process of its own, which holds nothing else
        week_of_ours(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory(prefix="load-") as name:
        folder, now = Path(name), datetime.now(UTC)
        os.environ |= {"TOY_MANY": str(MANY), "TOY_MANY_EVERY": "1 day"}
        grown(folder / "store", MANY, now)
        line("the history", f"{(folder / 'store' / 'history.sqlite').stat().st_size / 1e6:.0f} MB", "five years")
        began = time.process_time()
        asyncio.run(caught_up(folder / "store"))
        line(
            "what an upgrade leaves to do",
            f"{time.process_time() - began:.1f} s",
            "once, of which the first start waits for some",
        )
        many = idle(folder, "toy_many", {})
        line("start with it and 10,000 sources", f"{many.start:.1f} s", "under 5 s")
        line("idle, of a core", f"{many.share:.2%}", "at most 1 %")
        line("memory", f"{many.resident:.0f} MB", "at most 400 MB")
        sys.path.insert(0, str(TESTS))
        asyncio.run(week(folder, 2, 1))
        subprocess.run([sys.executable, "-m", "tests.bench.load", name], check=True)


if __name__ == "__main__":
    main()
