"""A proxy as companies and tunnels have one: forwards HTTP, opens tunnels (CONNECT), speaks
SOCKS5. It alone resolves names.
"""

import asyncio
import base64
import struct
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress

from raw_server import listening

REFUSAL = (
    b"HTTP/1.1 %s\r\nContent-Length: 0\r\nConnection: close\r\nX-Reason:"
    b" s3cret-of-the-proxy\r\n\r\n"
)


class ProxyServer:
    """Reaches the `hosts` it knows, each by a local port, and notes what it was `asked`; with an
    `account` only who says it.
    """

    def __init__(self, hosts: Mapping[str, int], account: str = "", refuse: bytes = b"") -> None:
        self.hosts = hosts
        self.account = account
        self.refuse = refuse
        self.asked: list[str] = []
        self.heads: list[bytes] = []
        self.port = 0
        self._open: set[asyncio.Task[None]] = set()

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._open.add(task)
        task.add_done_callback(self._open.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            first = await reader.readexactly(1)
            await (
                self._socks(reader, writer)
                if first == b"\x05"
                else self._http(first, reader, writer)
            )
        if not writer.is_closing():
            writer.close()

    async def _http(
        self, first: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        head = first + await reader.readuntil(b"\r\n\r\n")
        self.heads.append(head)
        method, target, _ = head.split(b"\r\n")[0].decode().split(" ")
        self.asked.append(f"{method} {target}")
        account = b"Proxy-Authorization: Basic " + base64.b64encode(self.account.encode())
        if self.refuse or (self.account and account not in head):
            writer.write(REFUSAL % (self.refuse or b"407 Proxy Authentication Required"))
            return
        host = (
            target.rpartition(":")[0]
            if method == "CONNECT"
            else target.split("/")[2].rpartition(":")[0] or target.split("/")[2]
        )
        if host not in self.hosts:
            writer.write(REFUSAL % b"502 Bad Gateway")
        elif method == "CONNECT":
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            await self._join(host, reader, writer)
        else:
            path = "/" + target.split("/", 3)[3]
            lines = [
                line
                for line in head.split(b"\r\n")[1:]
                if not line.lower().startswith((b"proxy-", b"connection:"))
            ]
            begin = b"\r\n".join(
                [f"{method} {path} HTTP/1.1".encode(), b"Connection: close", *lines]
            )
            await self._join(host, reader, writer, begin)

    async def _socks(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        methods = await reader.readexactly((await reader.readexactly(1))[0])
        wanted = 2 if self.account else 0
        writer.write(bytes([5, wanted if wanted in methods else 0xFF]))
        if wanted not in methods:
            return
        if self.account:
            parts = [
                (await reader.readexactly((await reader.readexactly(1))[0])).decode()
                for _ in await reader.readexactly(1) * 2
            ]
            writer.write(bytes([1, ":".join(parts) != self.account]))
        _, _, _, kind = await reader.readexactly(4)
        host = (
            (await reader.readexactly((await reader.readexactly(1))[0])).decode()
            if kind == 3
            else str(await reader.readexactly(4))
        )
        (port,) = struct.unpack(">H", await reader.readexactly(2))
        self.asked.append(f"SOCKS {host}:{port}")
        writer.write(bytes([5, 0 if host in self.hosts else 4, 0, 1, 0, 0, 0, 0, 0, 0]))
        if host in self.hosts:
            await self._join(host, reader, writer)

    async def _join(
        self,
        host: str,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        begin: bytes = b"",
    ) -> None:
        inner_reader, inner = await asyncio.open_connection("127.0.0.1", self.hosts[host])
        inner.write(begin)
        both = [
            asyncio.create_task(way) for way in (_pour(reader, inner), _pour(inner_reader, writer))
        ]
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in both:
                way.cancel()
            inner.transport.abort()

    async def stop(self) -> None:
        for task in list(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)
        await asyncio.sleep(0)  # aborted transports close in the next turn of the loop


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while received := await reader.read(65536):
            writer.write(received)
            await writer.drain()


@asynccontextmanager
async def proxy_server(
    hosts: Mapping[str, int] | None = None, account: str = "", refuse: bytes = b"", tls=None
) -> AsyncIterator[ProxyServer]:
    """A running ProxyServer. It lets through who says its `account` (`name:password`), or
    answers all with what to `refuse`.
    """
    server = ProxyServer(hosts or {}, account, refuse)
    async with listening(server, tls):
        yield server
