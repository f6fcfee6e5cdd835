import asyncio
import ssl
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from socket import SO_KEEPALIVE, SOL_SOCKET

import httpcore
import pytest

from monitor.fetch.dialled import MOST_AHEAD, Dialler

Answering = Callable[[StreamReader, StreamWriter], Awaitable[None]]


@asynccontextmanager
async def dialled(answering: Answering, *options: httpcore.SOCKET_OPTION) -> AsyncIterator[httpcore.AsyncNetworkStream]:
    """A connection to somebody who answers so, and then hangs up."""
    ended = asyncio.Event()

    async def answers(reader: StreamReader, writer: StreamWriter) -> None:
        with suppress(OSError):
            await answering(reader, writer)
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
        ended.set()

    async with await asyncio.start_server(answers, "127.0.0.1") as server:
        address = server.sockets[0].getsockname()
        stream = await Dialler().connect_tcp(*address, local_address="127.0.0.2", socket_options=options)
        try:
            yield stream
        finally:
            await stream.aclose()
            await asyncio.wait_for(ended.wait(), 10)


async def silent(reader: StreamReader, writer: StreamWriter) -> None:
    await reader.read()


async def test_what_comes_is_read_in_parts_no_larger_than_asked_for() -> None:
    async def says(reader: StreamReader, writer: StreamWriter) -> None:
        writer.write(b"an announcement")
        await silent(reader, writer)

    async with dialled(says) as stream:
        assert await stream.read(3) == b"an "
        assert await stream.read(100) == b"announcement"


async def test_who_sends_more_than_is_read_has_to_wait() -> None:
    sent = asyncio.Event()

    async def floods(reader: StreamReader, writer: StreamWriter) -> None:
        writer.write(bytes(64 * MOST_AHEAD))
        await writer.drain()
        sent.set()

    async with dialled(floods) as stream:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(sent.wait(), 0.05)
        received = 0
        while piece := await stream.read(MOST_AHEAD):
            received += len(piece)

    assert received == 64 * MOST_AHEAD
    assert sent.is_set()


async def test_who_writes_more_than_is_taken_waits_until_it_is() -> None:
    goes_on = asyncio.Event()

    async def hesitates(reader: StreamReader, writer: StreamWriter) -> None:
        await goes_on.wait()
        await silent(reader, writer)

    async with dialled(hesitates) as stream:
        with pytest.raises(httpcore.WriteTimeout):
            await stream.write(bytes(256 * MOST_AHEAD), timeout=0.01)
        goes_on.set()
        await asyncio.wait_for(stream.write(b"the rest"), 10)


async def test_an_idle_connection_that_its_server_has_closed_is_known_as_such() -> None:
    async def leaves(reader: StreamReader, writer: StreamWriter) -> None:
        await reader.read(1)

    async with dialled(leaves) as stream:
        assert not stream.get_extra_info("is_readable")
        await stream.write(b"?")
        assert await stream.read(1) == b""
        assert stream.get_extra_info("is_readable")


async def test_what_is_written_to_a_closed_connection_is_an_error() -> None:
    async with dialled(silent) as stream:
        await stream.aclose()

        with pytest.raises(httpcore.WriteError):
            await stream.write(b"?")


async def test_a_silence_longer_than_allowed_is_an_error() -> None:
    async with dialled(silent) as stream:
        with pytest.raises(httpcore.ReadTimeout):
            await stream.read(1, timeout=0.01)


async def test_who_does_not_speak_tls_gives_no_connection() -> None:
    async def other_words(reader: StreamReader, writer: StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    async with dialled(other_words) as stream:
        with pytest.raises(httpcore.ConnectError):
            await stream.start_tls(ssl.create_default_context(), "office.example", timeout=5)


async def test_a_connection_says_between_whom_it_is_and_takes_options() -> None:
    async with dialled(silent, (SOL_SOCKET, SO_KEEPALIVE, 1)) as stream:
        assert stream.get_extra_info("client_addr")[0] == "127.0.0.2"
        assert stream.get_extra_info("server_addr")[0] == "127.0.0.1"
        assert stream.get_extra_info("socket").getsockopt(SOL_SOCKET, SO_KEEPALIVE)
        assert stream.get_extra_info("ssl_object") is stream.get_extra_info("anything else") is None
