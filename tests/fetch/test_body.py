import asyncio
import gzip
import hashlib
import subprocess
import sys
import threading
import zlib
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from fetching import CHUNKED, LIMIT, PAGE, failure, failure_of, page
from pytest_httpserver import HTTPServer
from raw_server import Exchange, answer, raw_server

from monitor.fetch import Fetcher
from monitor.fetch.body import IN_MEMORY, Spool, has_end


async def test_other_pages_go_on_while_a_body_is_parsed_for_its_end(
    web: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = threading.Event()

    def parse(_: bytes) -> None:
        asyncio.run_coroutine_threadsafe(go_on(), loop)
        assert others.wait(2)

    async def go_on() -> None:
        others.set()

    loop = asyncio.get_running_loop()
    monkeypatch.setattr("monitor.fetch.body.json.loads", parse)
    async with raw_server(answer(b"{}", length=None)) as server:
        assert (await page(web, server.url)).body.whole == b"{}"


async def test_gzip_is_unpacked_member_after_member(web: Fetcher) -> None:
    packed = gzip.compress(PAGE) + gzip.compress(b"<!-- more -->") + b"\0" * 8
    async with raw_server(answer(packed, "Content-Encoding: gzip")) as server:
        assert (await page(web, server.url)).body.whole == PAGE + b"<!-- more -->"


async def test_padding_between_and_after_members_of_gzip_is_no_part_of_the_page(
    web: Fetcher,
) -> None:
    padded = gzip.compress(PAGE) + b"\0" * 3 + gzip.compress(b"<!-- more -->") + b"\0" * 8

    async def in_parts(exchange: Exchange) -> None:
        await exchange.send(answer(padded[:-8], "Content-Encoding: gzip", length=len(padded)))
        await asyncio.sleep(0.01)
        await exchange.send(padded[-8:])

    async with raw_server(in_parts) as server:
        assert (await page(web, server.url)).body.whole == PAGE + b"<!-- more -->"


@pytest.mark.parametrize(
    "sizes",
    [
        [IN_MEMORY - 1, 1],
        [IN_MEMORY // 2, IN_MEMORY // 2, 1],
        [IN_MEMORY + 1],
        [IN_MEMORY // 3] * 5,
        [2 * IN_MEMORY, 1, IN_MEMORY],
    ],
)
def test_a_body_is_whole_however_much_comes_and_in_memory_only_while_it_is_small(
    sizes: list[int],
) -> None:
    spool, pieces = Spool(), [bytes([65 + at]) * size for at, size in enumerate(sizes)]
    for piece in pieces:
        spool.write(piece)
    body = spool.body

    assert (body.whole, body.size, spool.size) == (b"".join(pieces), sum(sizes), sum(sizes))
    assert body.sha256 == hashlib.sha256(b"".join(pieces)).hexdigest()
    assert isinstance(body.content, bytes) == (sum(sizes) <= IN_MEMORY)


@pytest.mark.parametrize(
    ("pieces", "blank"),
    [([], True), ([b" \r", b"\n\t"], True), ([b" ", b"x", b" "], False), ([b"x"], False)],
)
def test_white_space_alone_is_no_page(pieces: list[bytes], *, blank: bool) -> None:
    spool = Spool()
    for piece in pieces:
        spool.write(piece)

    assert spool.is_blank is blank


async def test_zlib_called_deflate_is_unpacked(web: Fetcher) -> None:
    async with raw_server(answer(zlib.compress(PAGE), "Content-Encoding: deflate")) as server:
        assert (await page(web, server.url)).body.whole == PAGE


@pytest.mark.parametrize("cut", [1, 8, 9, 40])
@pytest.mark.parametrize("length", [-1, None])
async def test_truncated_gzip_is_refused(web: Fetcher, cut: int, length: int | None) -> None:
    packed = gzip.compress(PAGE)[:-cut]

    assert (
        await failure_of(web, answer(packed, "Content-Encoding: gzip", length=length))
    ).kind == "truncated"


@pytest.mark.parametrize(
    "name", ["gzip", "GZIP", "x-gzip", "br", "zstd, gzip", "gzip, gzip", "compress"]
)
async def test_a_body_that_is_not_packed_as_we_asked_is_refused(web: Fetcher, name: str) -> None:
    assert (await failure_of(web, answer(PAGE, f"Content-Encoding: {name}"))).kind == "encoding"


async def test_a_coding_that_is_none_is_ignored(web: Fetcher) -> None:
    for name in ("UTF-8", "none", ""):
        async with raw_server(answer(b"a,b\n", f"Content-Encoding: {name}")) as server:
            assert (await page(web, server.url)).body.whole == b"a,b\n"


@pytest.mark.parametrize("off", [100, 1, -1, -20])
async def test_a_body_shorter_or_longer_than_declared_is_refused(web: Fetcher, off: int) -> None:
    assert (await failure_of(web, answer(PAGE, length=len(PAGE) + off))).kind == "truncated"


@pytest.mark.parametrize("tail", [b"", b"40\r\n<li>", b"zz\r\nabc\r\n0\r\n\r\n", b"0\r\n"])
async def test_a_cut_or_broken_chunked_body_is_refused(web: Fetcher, tail: bytes) -> None:
    head = answer(b"", CHUNKED, length=None) + b"%x\r\n%s\r\n" % (len(PAGE), PAGE)

    assert (await failure_of(web, head + tail)).kind == "truncated"


@pytest.mark.parametrize(
    "body",
    [
        PAGE,
        PAGE.upper() + b"\n<!-- served by node 7 -->\r\n",
        b'\xef\xbb\xbf{"rows": [1, 2]}\n',
        b'<?xml version="1.0"?><!-- <x> --><sdn:list a="1"><e/></sdn:list>\n',
        b"%PDF-1.7 ... %%EOF\n",
        b"PK\3\4 word/document.xml PK\5\6" + bytes(18),
        b" [1]",
    ],
)
async def test_without_length_a_body_that_shows_its_end_is_taken(web: Fetcher, body: bytes) -> None:
    async with raw_server(answer(body, length=None)) as server:
        assert (await page(web, server.url)).body.whole == body


async def test_without_length_gzip_proves_its_end(web: Fetcher) -> None:
    async with raw_server(
        answer(gzip.compress(b"a,b\n"), "Content-Encoding: gzip", length=None)
    ) as server:
        assert (await page(web, server.url)).body.whole == b"a,b\n"


@pytest.mark.parametrize(
    "body",
    [
        PAGE[:-8],
        b'{"rows": [1, 2',
        b"[1]]",
        b"<a><a></a>x",
        b"a,b\n1,2",
        b"a %%EOF",
        b"%PDF-1.7",
        b"PK\3\4..",
        b"</a>",
    ],
)
async def test_without_length_anything_else_is_refused(web: Fetcher, body: bytes) -> None:
    assert (await failure_of(web, answer(body, length=None))).kind == "truncated"


async def test_lines_without_length_are_taken_if_they_come_twice_alike(web: Fetcher) -> None:
    def tell(*bodies: bytes) -> Callable[[Exchange], Awaitable[None]]:
        coming = iter(bodies)
        return lambda exchange: exchange.send(answer(next(coming), length=None))

    async with raw_server(tell(b"a,b\n1,2\n", b"a,b\n1,2\n")) as server:
        assert (await page(web, server.url)).body.whole == b"a,b\n1,2\n"
    for second in (b"a,b\n1,2\n3,4\n", b"a,b\n1,2", b"<a>\n"):
        async with raw_server(tell(b"a,b\n1,2\n", second)) as server:
            assert (await failure(web, server.url)).kind == "truncated"
            assert len(server.requests) == 2


def test_json_nested_too_deep_proves_nothing() -> None:
    assert not has_end(b"[" * 100_000 + b"]" * 100_000)


async def test_a_body_of_the_limit_is_taken_and_one_byte_more_refused(
    web: Fetcher, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/").respond_with_data(PAGE)

    assert (await page(web, httpserver.url_for("/"), limit=len(PAGE))).body.whole == PAGE
    assert (await failure(web, httpserver.url_for("/"), limit=len(PAGE) - 1)).kind == "too-large"


async def test_ten_declared_gigabytes_are_refused_at_the_headers(web: Fetcher) -> None:
    async def forever(exchange: Exchange) -> None:
        await exchange.send(answer(length=10**10))
        await asyncio.sleep(60)

    async with raw_server(forever) as server:
        assert (await failure(web, server.url)).kind == "too-large"


async def test_an_endless_chunked_body_stops_at_the_limit(web: Fetcher) -> None:
    async def forever(exchange: Exchange) -> None:
        await exchange.send(answer(b"", CHUNKED, length=None))
        while True:
            await exchange.send(b"10000\r\n" + b"x" * 65536 + b"\r\n")

    async with raw_server(forever) as server:
        assert (await failure(web, server.url)).kind == "too-large"


async def test_what_is_too_large_once_unpacked_is_said_to_have_been_packed(web: Fetcher) -> None:
    bomb = gzip.compress(bytes(LIMIT + 1))

    assert "what was packed in the body is larger" in str(
        await failure_of(web, answer(bomb, "Content-Encoding: gzip"))
    )


BOMB_DISPOSAL = """
import asyncio, sys
from pathlib import Path
from monitor.clock import SystemClock
from monitor.fetch import Fetcher
from monitor.source.page import Request

def peak():
    return next(int(line.split()[1]) for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)

async def main(url):
    web = Fetcher(user_agent="x", clock=SystemClock(), allow_private=True, gap=0)
    await web.fetch(Request(url + "small"), size_limit=1000)
    before = peak()
    try:
        await web.fetch(Request(url + "bomb"), size_limit=20 * 1024 * 1024)
    except Exception as error:
        print(error.kind, peak() - before)
    await web.aclose()

asyncio.run(main(sys.argv[1]))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc")
async def test_a_gzip_bomb_is_refused_with_little_memory() -> None:
    packer = zlib.compressobj(wbits=31)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(300)) + packer.flush()

    async def serve(exchange: Exchange) -> None:
        is_small = b"/small" in exchange.request
        await exchange.send(answer(PAGE) if is_small else answer(bomb, "Content-Encoding: gzip"))

    async with raw_server(serve) as server:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-c", BOMB_DISPOSAL, server.url, stdout=subprocess.PIPE
        )
        output, _ = await child.communicate()

    kind, kilobytes = output.decode().split()
    assert kind == "too-large"
    assert int(kilobytes) < 80_000
