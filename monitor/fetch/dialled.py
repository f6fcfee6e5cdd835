"""A connection of asyncio's own, as httpcore asks for one: through anyio each read and write takes one more turn of the loop."""

import asyncio
import ssl
from collections import deque
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

import httpcore

MOST_AHEAD = 256 * 1024  # bytes that wait to be read, before the sender has to
NAMES = {"ssl_object": "ssl_object", "client_addr": "sockname", "server_addr": "peername", "socket": "socket"}


@asynccontextmanager
async def _connecting(seconds: float | None) -> AsyncIterator[None]:
    """What goes wrong while a connection is made, in httpcore's words.

    Raises:
        httpcore.ConnectTimeout: it took longer than so many seconds.
        httpcore.ConnectError: anything else did.
    """
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as error:
        raise httpcore.ConnectTimeout(str(error)) from error
    except (OSError, TypeError) as error:  # those of TLS, too; in a TypeError where it is within another (python/cpython#113214)
        raise httpcore.ConnectError(str(error)) from error


class Dialler(httpcore.AsyncNetworkBackend):
    """Makes connections over TCP."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """The connection, to an address."""
        local = (local_address, 0) if local_address else None
        async with _connecting(timeout):
            transport, stream = await asyncio.get_running_loop().create_connection(Dialled, host, port, local_addr=local)
            for option in socket_options or ():
                transport.get_extra_info("socket").setsockopt(*option)
        return stream


class Dialled(asyncio.Protocol, httpcore.AsyncNetworkStream):
    """One connection."""

    def __init__(self) -> None:
        self._pieces: deque[bytes] = deque()
        self._ahead = 0
        self._ended = False
        self._failure: Exception | None = None
        self._waiting: asyncio.Future[None] | None = None
        self._has_room = asyncio.Event()  # for what is written
        self._has_room.set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._pieces.append(data)
        self._ahead += len(data)
        if self._ahead > MOST_AHEAD:
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> None:
        self._ended = True
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        self._ended, self._failure = True, exc
        self._wake()
        self.resume_writing()

    def _wake(self) -> None:
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(None)

    def pause_writing(self) -> None:
        self._has_room.clear()

    def resume_writing(self) -> None:
        self._has_room.set()

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        if not self._pieces and not self._ended:
            await self._more(timeout)
        if self._pieces:
            return self._taken(max_bytes)
        if isinstance(self._failure, ssl.SSLError):
            raise self._failure
        if self._failure:
            raise httpcore.ReadError(str(self._failure)) from self._failure
        return b""

    async def _more(self, seconds: float | None) -> None:
        """Wait until something comes, or can't any more."""
        self._waiting = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await self._waiting
        except TimeoutError as error:
            raise httpcore.ReadTimeout(str(error)) from error
        finally:
            self._waiting = None

    def _taken(self, most: int) -> bytes:
        piece = self._pieces.popleft()
        if len(piece) > most:
            self._pieces.appendleft(piece[most:])
            piece = piece[:most]
        was_ahead, self._ahead = self._ahead, self._ahead - len(piece)
        if was_ahead > MOST_AHEAD >= self._ahead and not self._transport.is_closing():
            self._transport.resume_reading()
        return piece

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        if not buffer:
            return
        if self._transport.is_closing():
            raise httpcore.WriteError("the connection is closed")
        self._transport.write(buffer)
        if not self._has_room.is_set():
            try:
                async with asyncio.timeout(timeout):
                    await self._has_room.wait()
            except TimeoutError as error:
                raise httpcore.WriteTimeout(str(error)) from error

    async def aclose(self) -> None:
        """Close it, without the farewell of TLS: some never answer it."""
        self._transport.abort()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> httpcore.AsyncNetworkStream:
        loop = asyncio.get_running_loop()
        try:
            async with _connecting(timeout):
                secured = await loop.start_tls(self._transport, self, ssl_context, server_hostname=server_hostname)
        except BaseException:
            await self.aclose()
            raise
        assert secured, "it stands, or an error said why not"
        self._transport = secured
        return self

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":  # of one that nobody reads from: its end has come, or what nobody asked for
            return self._ended or bool(self._pieces)
        return self._transport.get_extra_info(NAMES[info]) if info in NAMES else None
