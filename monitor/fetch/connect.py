"""Who may be connected to: a name is resolved once, and only a checked address of it is dialled."""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpcore
import httpx

from monitor.errors import ErrorKind, FetchError

Resolve = Callable[[str, int], Awaitable[list[str]]]
Dial = Callable[[str, float | None], Awaitable[httpcore.AsyncNetworkStream]]  # an address, within so many seconds

MOST_CONNECTIONS = 16  # to one host; how many are used is for `Host` to say
PATIENCE = 8.0  # seconds for one address, so that a dead IPv6 route leaves time for IPv4
NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


async def resolve(host: str, port: int) -> list[str]:
    """The system's answer: addresses of a host, best first."""
    addresses = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in addresses))


def is_public(address: str) -> bool:
    """Whether an address belongs to the Internet, also where it wraps an IPv4 address (mapped, 6to4, NAT64)."""
    ip = ip_address(address)
    inner = _wrapped(ip)
    if inner is not None:
        return is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or _is_site_local(ip))


def _wrapped(ip: IPv4Address | IPv6Address) -> IPv4Address | None:
    if isinstance(ip, IPv4Address):
        return None
    if ip in NAT64:
        return IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip.ipv4_mapped or ip.sixtofour


def _is_site_local(ip: IPv4Address | IPv6Address) -> bool:
    return isinstance(ip, IPv6Address) and ip.is_site_local


class Connector(httpcore.AsyncNetworkBackend):
    """Resolves, checks and dials in one step, so that a name which changes its answer (DNS rebinding) gains nothing."""

    def __init__(
        self, *, allow_private: bool, resolve: Resolve = resolve, dial: httpcore.AsyncNetworkBackend | None = None
    ) -> None:
        self._allow_private = allow_private
        self._resolve = resolve
        self._dial = dial or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """The connection.

        Raises:
            FetchError: the name is unknown ("dns") or none of its addresses is allowed ("private-address").
        """

        async def dial(address: str, seconds: float | None) -> httpcore.AsyncNetworkStream:
            return await self._dial.connect_tcp(address, port, seconds, local_address, socket_options)

        return await self.reach(host, port, dial, timeout)

    async def reach(self, host: str, port: int, dial: Dial, seconds: float | None) -> "Wire":
        """Dial the allowed addresses of `host` one after the other, the last of them within so many seconds.

        Raises:
            FetchError: the name is unknown ("dns") or none of its addresses is allowed ("private-address").
        """
        addresses = await self._allowed(host, port)
        for address in addresses[:-1]:
            try:
                return Wire(await dial(address, PATIENCE))
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return Wire(await dial(addresses[-1], seconds))

    async def _allowed(self, host: str, port: int) -> list[str]:
        try:
            addresses = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise FetchError(f"{host}: the name does not resolve", kind=ErrorKind.DNS) from error
        allowed = [address for address in addresses if self._allow_private or is_public(address)]
        if addresses and not allowed:
            raise FetchError(f"{host}: {addresses[0]} is a private address", kind=ErrorKind.PRIVATE_ADDRESS)
        if not allowed:
            raise FetchError(f"{host}: the name has no address", kind=ErrorKind.DNS)
        return allowed


class Wire(httpcore.AsyncNetworkStream):
    """A connection that remembers the end of what it read last: the only trace of bytes beyond Content-Length."""

    TAIL = 64

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self._tail = b""

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        received = await self._stream.read(max_bytes, timeout)
        self._tail = received[-2 * self.TAIL :]
        return received

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> httpcore.AsyncNetworkStream:
        return Wire(await self._stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def ended_with(self, chunk: bytes) -> bool:
        """Whether nothing but line ends came after `chunk`."""
        return self._tail.rstrip(b"\r\n").endswith(chunk[-self.TAIL :].rstrip(b"\r\n"))


class CheckedTransport(httpx.AsyncHTTPTransport):
    """httpx's transport over a Connector. httpx 0.28 has no parameter for it (encode/httpx#3749), so the pool is replaced."""

    def __init__(self, context: ssl.SSLContext, connector: Connector, proxy: httpcore.Proxy | None = None) -> None:
        super().__init__(verify=context)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=MOST_CONNECTIONS,
            keepalive_expiry=httpx.Limits().keepalive_expiry,
            network_backend=connector,
            proxy=proxy,
        )
