"""Over real sockets: what is answered, and that nobody who asks badly holds up the others."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from command import FAR

from monitor.config.times import Place
from monitor.run.life import answers as listener
from monitor.run.life.answers import Answer, Listener

PATIENCE = 0.3


@pytest.fixture
def place() -> Place:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return Place(f"127.0.0.1:{free.getsockname()[1]}")


class Counted:
    """An answer, and how often it was worked out."""

    def __init__(self, size: int = 3) -> None:
        self.times = 0
        self._body = b"ok\n" + b"x" * (size - 3)

    async def __call__(self) -> Answer:
        self.times += 1
        return Answer(200, self._body)


@asynccontextmanager
async def listening(
    place: Place, ask: Counted | None = None, at_once: int = 32, patience: float = PATIENCE
) -> AsyncIterator[None]:
    async with Listener(
        {"/healthz": ask or Counted()}, patience=patience, at_once=at_once
    ).listening(place):
        yield


async def said(place: Place, question: bytes) -> bytes:
    """All that is answered to these bytes."""
    reader, writer = await asyncio.open_connection(place.host, place.port)
    answer = b""
    with suppress(ConnectionError):
        writer.write(question)
        await writer.drain()
        answer = await reader.read()
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()
    return answer


def get(path: str = "/healthz", method: str = "GET") -> bytes:
    return f"{method} {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()


async def test_who_asks_gets_an_answer_and_the_connection_is_closed(place: Place):
    async with listening(place):
        head, _, body = (await said(place, get("/healthz?verbose=1"))).partition(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 200 ")
    assert b"connection: close" in head.lower()
    assert body == b"ok\n"


@pytest.mark.parametrize(
    ("question", "status"),
    [
        (get("/"), 404),
        (get("/../etc/passwd"), 404),
        (get("http://elsewhere.example/healthz"), 404),
        (get(method="POST"), 405),
        (get(method="HEAD"), 405),
        (get(method="DELETE"), 405),
        (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 400),
        (b"GET /healthz\r\n\r\n", 400),
        (b"GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400),
        (b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 20_000 + b"\r\n\r\n", 431),
        (b"GET /" + b"a" * 20_000, 431),
    ],
)
async def test_only_get_of_what_is_there_is_answered(place: Place, question: bytes, status: int):
    asked = Counted()
    async with listening(place, asked):
        answer = await said(place, question)

    assert answer.startswith(b"HTTP/1.1 %d " % status)
    assert asked.times == 0


async def test_who_asks_slowly_is_let_go_and_holds_up_nobody(place: Place):
    for patience in (FAR, 0.2):
        async with listening(place, patience=patience), asyncio.timeout(FAR / 2):
            slow = [await asyncio.open_connection(place.host, place.port) for _ in range(20)]
            for _, writer in slow:
                writer.write(b"GET /healthz HTTP/1.1\r\nHost")
            if patience == FAR:
                assert b" 200 " in await said(place, get())
            else:
                assert {await _end(reader) for reader, _ in slow} == {b""}
            for _, writer in slow:
                writer.close()


async def _end(reader: asyncio.StreamReader) -> bytes:
    """What comes before the end of a connection, which may be a reset."""
    with suppress(ConnectionError):
        return await reader.read()
    return b""


async def test_who_never_takes_the_answer_is_let_go(place: Place):
    async with listening(place, Counted(size=20_000_000), at_once=1):
        with socket.socket() as deaf:
            deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            deaf.connect((place.host, place.port))
            deaf.sendall(get())
            deadline = time.monotonic() + PATIENCE + FAR
            # for as long as the only turn is taken nobody is answered
            while b" 404 " not in await said(place, get("/")):
                assert time.monotonic() < deadline


async def test_who_comes_on_top_of_all_that_are_asking_is_turned_away(place: Place):
    async with listening(place, at_once=2, patience=FAR):
        first = [await asyncio.open_connection(place.host, place.port) for _ in range(2)]
        await asyncio.sleep(0.05)
        assert await said(place, get()) == b""
        for _, writer in first:
            writer.close()
        async with asyncio.timeout(FAR):
            while b" 200 " not in await said(place, get()):  # until it is seen that they have left
                pass


async def test_who_is_still_asking_at_the_end_is_let_go_without_a_word_in_the_log(
    place: Place, caplog
):
    async with listening(place):
        reader, writer = await asyncio.open_connection(place.host, place.port)
        writer.write(b"GET /he")
        await writer.drain()
        await asyncio.sleep(0.05)
    with suppress(ConnectionError):
        assert await reader.read() == b""
    writer.close()
    await asyncio.sleep(0.05)

    assert caplog.records == []


async def test_a_hundred_questions_in_one_moment_are_worked_out_once(place: Place, monkeypatch):
    monkeypatch.setattr(listener, "FRESH", FAR)
    asked = Counted()
    async with listening(place, asked, at_once=200, patience=FAR):
        answers = await asyncio.gather(*(said(place, get()) for _ in range(100)))

    assert {answer[:12] for answer in answers} == {b"HTTP/1.1 200"}
    assert asked.times == 1


async def test_a_place_that_is_taken_is_said_once_and_tried_again(
    place: Place, monkeypatch, caplog
):
    monkeypatch.setattr(listener, "AGAIN", 0.02)
    with socket.socket() as taken:
        taken.bind((place.host, place.port))
        taken.listen()
        keeping = asyncio.get_running_loop().create_task(
            Listener({"/healthz": Counted()}).keep_listening(place)
        )
        async with asyncio.timeout(FAR):
            while not caplog.records:  # noqa: ASYNC110 - a log has no event
                await asyncio.sleep(0.02)
        await asyncio.sleep(0.2)  # in which it is tried again, and not said
    async with asyncio.timeout(FAR):
        while True:
            with suppress(ConnectionError):
                if b" 200 " in await said(place, get()):
                    break
            await asyncio.sleep(0.02)
    keeping.cancel()

    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == [
        f"life.listen: can't listen at {place}: Address already in use; next try soon"
    ]
