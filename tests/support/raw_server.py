"""A server that writes bytes as they are told, for answers no honest server gives."""

import asyncio
import os
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Protocol

Script = Callable[["Exchange"], Awaitable[None]]


class Exchange:
    """One request that came, and what may be done to its connection."""

    def __init__(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        self.request = request
        self._writer = writer

    async def send(self, content: bytes) -> None:
        self._writer.write(content)
        await self._writer.drain()

    def send_beneath_tls(self, content: bytes) -> None:
        os.write(self._writer.get_extra_info("socket").fileno(), content)

    def reset(self) -> None:
        """Close with RST instead of FIN."""
        sock = self._writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()


class RawServer:
    """Runs `script` for each request, closes the connection after it unless `keep`, and counts."""

    def __init__(self, script: Script, *, keep: bool = False) -> None:
        self._script = script
        self._keep = keep
        self._serving: set[asyncio.Task[None]] = set()
        self.requests: list[bytes] = []
        self.connections = 0
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.create_task(self._serve(reader, writer))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                request = await reader.readuntil(b"\r\n\r\n")
                self.requests.append(request)
                await self._script(Exchange(request, writer))
                if not self._keep:
                    break
            writer.close()
            await writer.wait_closed()
            return
        writer.transport.abort()

    async def stop(self) -> None:
        for task in list(self._serving):
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)
        await asyncio.sleep(0)  # aborted transports close in the next turn of the loop


class Served(Protocol):
    """A server that answers connections at a port, until it is stopped."""

    port: int

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one."""

    async def stop(self) -> None:
        """Break off what is under way."""


@asynccontextmanager
async def listening(server: Served, tls: ssl.SSLContext | None) -> AsyncIterator[None]:
    """Have it answer at a port of its own for the length of a block."""
    listener = await asyncio.start_server(server.connected, "127.0.0.1", 0, ssl=tls)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield
    finally:
        listener.close()
        await server.stop()
        await listener.wait_closed()


@asynccontextmanager
async def raw_server(
    script: Script | bytes, *, keep: bool = False, tls: ssl.SSLContext | None = None
) -> AsyncIterator[RawServer]:
    """A running RawServer; bytes are a script that sends them."""

    async def send_them(exchange: Exchange) -> None:
        assert isinstance(script, bytes)
        await exchange.send(script)

    server = RawServer(send_them if isinstance(script, bytes) else script, keep=keep)
    async with listening(server, tls):
        yield server


def answer(
    body: bytes = b"", *headers: str, status: str = "200 OK", length: int | None = -1
) -> bytes:
    """An HTTP/1.1 answer; `length` -1 is the true one, None none at all."""
    lines = [f"HTTP/1.1 {status}", *headers]
    if length is not None:
        lines.append(f"Content-Length: {len(body) if length < 0 else length}")
    return "\r\n".join([*lines, "", ""]).encode() + body
