import asyncio
import ssl
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from socket import SO_KEEPALIVE, SOL_SOCKET

import httpcore
import pytest

from monitor.fetch.dialled import MOST_AHEAD, Dialled, Dialler

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
        assert await stream.read(100, timeout=10) == b"announcement"


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


class Held(asyncio.Transport):
    """What asyncio would do to a connection: whether it reads on."""

    def __init__(self) -> None:
        super().__init__()
        self.reads = True
        self.closing = False

    def pause_reading(self) -> None:
        self.reads = False

    def resume_reading(self) -> None:
        assert not self.closing, "one that is closed has nothing to read any more"
        self.reads = True

    def is_closing(self) -> bool:
        return self.closing


def held() -> tuple[Dialled, Held]:
    stream, transport = Dialled(), Held()
    stream.connection_made(transport)
    return stream, transport


async def test_no_more_is_held_than_may_be_and_reading_goes_on_once_there_is_room() -> None:
    stream, transport = held()
    stream.data_received(bytes(MOST_AHEAD - 1))
    stream.data_received(b"x")
    assert transport.reads
    stream.data_received(b"yz")
    assert not transport.reads
    await stream.read(1)
    assert not transport.reads
    await stream.read(1)
    assert transport.reads
    stream.data_received(b"!!")
    assert not transport.reads


async def test_what_came_before_a_connection_closed_is_still_read() -> None:
    stream, transport = held()
    stream.data_received(bytes(MOST_AHEAD + 1))
    transport.closing = True
    stream.connection_lost(None)

    assert [len(await stream.read(MOST_AHEAD)), len(await stream.read(1)), await stream.read(1)] == [MOST_AHEAD, 1, b""]


async def test_pieces_that_come_while_one_waits_are_all_read_in_order() -> None:
    stream, _ = held()
    waiting = asyncio.ensure_future(stream.read(100))
    await asyncio.sleep(0)
    stream.data_received(b"first")
    stream.data_received(b"second")

    assert await waiting == b"first"
    assert await stream.read(6, timeout=10) == b"second"
    stream.data_received(b"third")
    assert await stream.read(100, timeout=10) == b"third"


async def test_an_answer_that_is_over_before_all_was_asked_is_known_to_be() -> None:
    async def turns_away(reader: StreamReader, writer: StreamWriter) -> None:
        writer.write(b"413")
        writer.write_eof()
        await refused.wait()
        await silent(reader, writer)

    refused = asyncio.Event()
    async with dialled(turns_away) as stream:
        with pytest.raises(httpcore.WriteTimeout):
            await stream.write(bytes(64 * MOST_AHEAD), timeout=0.01)
        assert await stream.read(3, timeout=10) == b"413"
        assert await stream.read(1, timeout=10) == b""
        refused.set()


async def test_whoever_reads_after_a_connection_broke_is_told_so() -> None:
    stream, _ = held()
    stream.data_received(b"half")
    stream.connection_lost(ConnectionResetError("reset by peer"))

    assert await stream.read(100) == b"half"
    for _ in range(2):
        with pytest.raises(httpcore.ReadError, match="reset by peer"):
            await stream.read(1, timeout=10)


async def test_an_idle_connection_on_which_something_came_unasked_is_no_more_idle() -> None:
    stream, _ = held()
    stream.data_received(b"HTTP/1.1 408 Request Timeout")

    assert stream.get_extra_info("is_readable") is True


async def test_nothing_to_write_is_no_error_even_on_a_closed_connection() -> None:
    async with dialled(silent) as stream:
        await stream.aclose()
        await stream.write(b"")
        with pytest.raises(httpcore.WriteError):
            await stream.write(b"GET")
