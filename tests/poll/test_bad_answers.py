"""Whatever comes in place of a page moves nothing: it is a failure of its source with a name, told once, and what was published
meanwhile is told once when the page is back. Through polls of servers that do what no honest one does.
"""

import asyncio
import gzip
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from acts import control
from command import FAR
from conftest import Desk
from editions import board, changes, roll
from examples import long
from raw_server import Exchange, raw_server

from monitor.alert.event import NoticeKind
from monitor.config import Config, FetchSettings, SourceSettings
from monitor.config.times import Duration
from monitor.model import to_json
from monitor.poll.assembly import open_pipeline, poll
from monitor.poll.round import tell_stale
from monitor.store import OPS

MINUTE = timedelta(minutes=1)
DEADLINE = 5.0
ACT = to_json(control(61, "1C909"))
BEFORE = b"<html><body><ul><li><a href='/about'>about</a></li></ul></body></html>"
AFTER = (
    b"<html><body><ul><li><a href='/about'>about</a></li><li><a"
    b" href='/61'>61</a></li></ul></body></html>"
)


def whole(body: bytes, *heads: str, status: str = "200 OK", length: int | None = None) -> bytes:
    size = len(body) if length is None else length
    lines = "".join(
        f"{head}\r\n"
        for head in (
            f"Content-Length: {size}",
            "Content-Type: text/html",
            "Connection: close",
            *heads,
        )
    )
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


async def hang(exchange: Exchange) -> None:
    await asyncio.Event().wait()


async def drip_headers(exchange: Exchange) -> None:
    await exchange.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        await exchange.send(b"x")
        await asyncio.sleep(0.05)


async def drip_body(exchange: Exchange) -> None:
    await exchange.send(whole(b"", length=10_000))
    while True:
        await exchange.send(b"x")
        await asyncio.sleep(0.05)


async def reset(exchange: Exchange) -> None:
    await exchange.send(whole(AFTER[:60], length=len(AFTER)))
    await asyncio.sleep(0.05)
    exchange.reset()


NO_LENGTH = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n"
CHUNKED = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\nConnection:"
    b" close\r\n\r\n"
)
CUT = {
    "hangs": (hang, "deadline"),
    "slow headers": (drip_headers, "deadline"),
    "slow body": (drip_body, "deadline"),
    "reset in the body": (reset, "reset"),
    "less than declared": (whole(AFTER[:-40], length=len(AFTER)), "truncated"),
    "a chunk that is cut": (CHUNKED + b"70\r\n" + AFTER[:60], "truncated"),
    "gzip that is cut": (whole(gzip.compress(AFTER)[:-12], "Content-Encoding: gzip"), "truncated"),
    "no length and no end": (NO_LENGTH + AFTER[:-20], "truncated"),
}


class Site:
    """A ministry on a raw server: its index is whole, or what a test puts in its place."""

    def __init__(self) -> None:
        self.index: object = whole(BEFORE)

    async def serve(self, exchange: Exchange) -> None:
        path = exchange.request.split(b" ")[1].decode()
        answer = {"/61": whole(ACT), "/about": whole(b"nothing")}.get(path, self.index)
        if isinstance(answer, bytes):
            await exchange.send(answer)
        else:
            await answer(exchange)  # type: ignore[operator]


@pytest.fixture
def reading(toy_config: Config, tmp_path: Path, clock):
    """A desk that reads its notices at an address, with a deadline of five seconds."""

    @asynccontextmanager
    async def opened(url: str) -> AsyncIterator[Desk]:
        fetch = FetchSettings(
            allow_private=True,
            gap=Duration(milliseconds=1),
            deadline=Duration(seconds=DEADLINE),
            robots=False,
        )
        sources = toy_config.sources | {"toy.notices": SourceSettings(url=url)}
        config = msgspec.structs.replace(toy_config, fetch=fetch, sources=sources)
        async with open_pipeline(config, tmp_path / "store", clock) as pipeline:
            yield Desk(pipeline, clock)

    return opened


@pytest.mark.parametrize("fault", CUT)
async def test_an_answer_that_is_cut_or_never_ends_moves_nothing_and_ends_a_second_after_its_deadline(
    reading, fault
):
    site, (answer, kind) = Site(), CUT[fault]
    async with raw_server(site.serve) as server, reading(server.url) as desk:
        await desk.poll()
        site.index = answer
        begun = time.monotonic()
        failures = await desk.poll()
        took = time.monotonic() - begun
        meanwhile = await desk.owed()
        site.index = whole(AFTER)
        again = await desk.poll()

        assert ([str(failure.kind) for failure in failures], meanwhile, again) == ([kind], [], [])
        assert took <= DEADLINE + 10
        assert [key for _, key in await desk.owed()] == ["mofcom-2025-61:act"]


STRANGE = {
    "forbidden": (
        "<html><head><title>403 Forbidden</title></head><body><h1>403"
        " Forbidden</h1>nginx</body></html>"
    ),
    "failed": "<html><TITLE>Error 500--Internal Server Error</TITLE><h2>Error 500</h2></html>",
    "no such page": "<html><body><p>您访问的页面不存在或已删除</p></body></html>",
    "an error in JSON": '{"timestamp":"2030-01-01","status":502,"error":"Bad Gateway"}',
    "an error in XML": (
        '<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>none</Message></Error>'
    ),
    "a pointer": "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n",
    "maintenance": "<html><title>系统维护</title><body>请稍后</body></html>",
    "a redirect in words": (
        "<html><head></head><body>It may be found <a"
        ' HREF="https://maintenance.a.example/">here</a></body></html>'
    ),
    "a wall": "<html><title>Just a moment...</title><script>wait()</script></html>",
    "a puzzle": "<html><body>请完成安全验证后继续访问</body></html>",
    "question marks": f"<html><body><ul>{'<li>????????</li>' * 40}</ul></body></html>",
    "empty": "",
}


async def test_of_twelve_pages_that_are_not_the_page_none_moves_anything(reading):
    site, told = Site(), {}
    async with raw_server(site.serve) as server, reading(server.url) as desk:
        await desk.poll()
        for name, text in STRANGE.items():
            site.index = whole(text.encode())
            told[name] = [str(failure.kind) for failure in await desk.poll()]
        meanwhile = await desk.owed()
        site.index = whole(AFTER)
        await desk.poll()

        assert {name: len(kinds) for name, kinds in told.items()} == dict.fromkeys(STRANGE, 1)
        assert meanwhile == []
        assert [key for _, key in await desk.owed()] == ["mofcom-2025-61:act"]
        assert (await desk.troubles()).count(NoticeKind.PROBLEM) == 1


SIGN_IN = whole(
    b"<html><head><title>Ministry</title></head><body><h1>Log in</h1><form><input name=user><input"
    b" type=password></form><ul><li><a href='/forgot'>Forgot your password?</a></li></ul></html>"
)


async def lead_to_sign_in(exchange: Exchange) -> None:
    if b"GET /login" in exchange.request:
        await exchange.send(SIGN_IN)
    else:
        await exchange.send(whole(b"", "Location: /login?next=/news", status="302 Found"))


@pytest.mark.parametrize("wall", [SIGN_IN, lead_to_sign_in])
async def test_a_page_that_asks_to_sign_in_is_no_baseline_no_news_and_ends_no_failure(
    reading, wall
):
    site = Site()
    async with raw_server(site.serve) as server, reading(server.url) as desk:
        failed = []
        for index in (wall, whole(BEFORE), wall, wall, whole(AFTER)):
            site.index = index
            failed += [[failure.kind for failure in await desk.poll()]]

        assert failed == [["sign-in"], [], ["sign-in"], ["sign-in"], []]
        assert not any("/forgot" in exchange for exchange in map(str, server.requests))
        assert [key for _, key in await desk.owed()] == ["mofcom-2025-61:act"]


@pytest.mark.parametrize(
    "text",
    [
        "<html><body><ul></ul></body></html>",
        "<html><body><table><tr><td>61</td></tr></table></body></html>",
    ],
)
async def test_a_list_that_is_empty_or_somewhere_else_moves_nothing_and_is_one_message(
    reading, text
):
    site = Site()
    async with raw_server(site.serve) as server, reading(server.url) as desk:
        await desk.poll()
        site.index = whole(f"<html><body>{text}</body></html>".encode())
        for _ in range(20):
            await desk.poll()

        (owed,) = await desk.waiting(OPS)
        assert (await desk.notice(owed)).problem.kind == "layout"
        assert await desk.owed() == []


@pytest.mark.parametrize(
    ("before", "left"),
    [(300, 0), (300, 1), (300, 150), (300, 239), (300, 284), (300, 225), *long((20_000, 14_999))],
)
async def test_a_list_that_is_cut_takes_nobody_off_at_once_nor_does_a_cut_that_stays_past_a_quarter(
    desk, ministry, before, left
):
    names = [f"Firm {number}" for number in range(before)]
    ministry.publish("board", board(names))
    await desk.poll(source="rolls.board")
    ministry.publish("board", board(names[:left]))
    await desk.poll(source="rolls.board")
    at_once = await changes(desk)
    await desk.poll(source="rolls.board", after=11 * MINUTE)
    stays = await changes(desk)

    assert at_once == []
    assert (stays == []) == (before - left > before / 4)


@pytest.mark.parametrize("left", [299, 240, 1])
async def test_a_register_that_has_fewer_records_than_it_declares_moves_nothing(
    desk, ministry, left
):
    people = {str(number): f"Firm {number}" for number in range(300)}
    ministry.publish("roll", roll(people))
    await desk.poll(source="rolls.roll")
    cut = roll(dict(list(people.items())[:left])).replace(f'count="{left}"', 'count="300"')
    ministry.publish("roll", cut)
    failures = await desk.poll(source="rolls.roll", after=31 * MINUTE)

    assert [str(failure.kind) for failure in failures] == ["incomplete"]
    assert await changes(desk) == []


FIFTY = '''"""Fifty publishers, of which one raises and one hangs."""

from monitor import Link, source

SOURCES = {}


def declared(number):
    def read(page):
        if number == 7:
            raise RuntimeError("of its own")
        yield from page.links("ul a", read=one)

    read.__name__ = read.__qualname__ = f"number_{number}"
    read.__module__ = __name__
    return source(name=f"Number {number}", authority="cn-mofcom", url=f"http://127.0.0.1:1/{number}", every="5 minutes")(read)


def one(page):
    yield from ()


for number in range(50):
    globals()[f"number_{number}"] = declared(number)
'''


async def test_of_fifty_sources_one_that_raises_and_one_that_hangs_hold_up_none_of_the_other_48(
    tmp_path: Path, clock, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "fifty").mkdir()
    (tmp_path / "fifty" / "__init__.py").write_text("")
    (tmp_path / "fifty" / "many.py").write_text(FIFTY)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    ended: dict[str, bool] = {}
    enough = asyncio.Event()

    async def serve(exchange: Exchange) -> None:
        if b"GET /13 " in exchange.request:
            await hang(exchange)
        await exchange.send(whole(BEFORE))

    async with raw_server(serve) as server:
        sources = {
            f"many.number_{number}": SourceSettings(url=f"{server.url}{number}")
            for number in range(50)
        }
        fetch = FetchSettings(
            allow_private=True,
            gap=Duration(milliseconds=1),
            deadline=Duration(hours=1),
            robots=False,
        )
        config = Config(packages=("fifty",), fetch=fetch, sources=sources)
        async with open_pipeline(config, tmp_path / "store", clock) as pipeline:

            async def timed(name: str) -> None:
                outcome = await poll(pipeline, pipeline.registry.source(name))
                ended[name] = not outcome.failures
                if len(ended) == 49:
                    enough.set()

            polls = [asyncio.ensure_future(timed(name)) for name in sources]
            await asyncio.wait_for(enough.wait(), FAR)
            well = [name for name, is_well in ended.items() if is_well]
            for task in polls:
                task.cancel()
            await asyncio.gather(*polls, return_exceptions=True)
    sys.modules.pop("fifty.many", None)

    assert len(well) == 48
    assert {*sources} - {*well} == {"many.number_7", "many.number_13"}


async def test_a_source_that_nobody_polls_is_told_within_three_intervals_and_half_an_hour(
    desk, ministry
):
    """The loop stands still for this source alone: ticks go on, no poll of it ends."""
    await desk.poll()
    last = awake = desk.clock.now()
    while not await desk.waiting(OPS):
        desk.clock.move_to(desk.clock.now() + MINUTE)
        await tell_stale(desk.pipeline, awake)

    assert desk.clock.now() - last <= 31 * MINUTE
