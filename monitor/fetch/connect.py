"""Limit connections: a name is resolved once, and only a checked address of it is dialled."""

import asyncio
import re
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

import httpcore
import httpx
import socksio

from monitor.config.proxies import Proxy
from monitor.errors import ErrorKind, FetchError

Resolve = Callable[[str, int], Awaitable[list[str]]]

MOST_CONNECTIONS = 16  # to one host; `Host` limits how many are used
PATIENCE = 8.0  # seconds for one address, so that a dead IPv6 route leaves time for IPv4
# reserved by IANA, although Python takes them for public
SPECIAL = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20")))
NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


async def resolve(host: str, port: int) -> list[str]:
    """Resolve a host by the system: its addresses, the best first."""
    addresses = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in addresses))


def is_public(address: str) -> bool:
    """Return whether an address is on the Internet, also if it wraps an IPv4 address (mapped, 6to4,
    NAT64).
    """
    ip = ip_address(address)
    if isinstance(ip, IPv6Address):
        # of NAT64 the last 32 bits are an IPv4 address
        inner = (
            IPv4Address(int(ip) & 0xFFFF_FFFF) if ip in NAT64 else ip.ipv4_mapped or ip.sixtofour
        )
        if inner or ip.is_site_local:
            return inner is not None and is_public(str(inner))
    if any(ip in network for network in SPECIAL if network.version == ip.version):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


class Connector(httpcore.AsyncNetworkBackend):
    """Resolves, checks and dials in one step, so that a name which changes its answer (DNS
    rebinding) gains nothing.
    """

    def __init__(
        self,
        *,
        allow_private: bool,
        resolve: Resolve = resolve,
        dial: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        self._allow_private = allow_private
        self._resolve = resolve
        self._dial = dial or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  httpcore's signature
        *further: Any,
        **options: Any,
    ) -> "Wire":
        """The connection: the allowed addresses of `host` are dialled one after the other, the last
        within `timeout` seconds.

        Raises:
            FetchError: the name is unknown ("dns") or none of its addresses is allowed
                ("private-address").
        """
        *others, last = await self._allowed(host, port)
        for address in others:
            with suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return Wire(
                    await self._dial.connect_tcp(address, port, PATIENCE, *further, **options)
                )
        return Wire(await self._dial.connect_tcp(last, port, timeout, *further, **options))

    async def _allowed(self, host: str, port: int) -> list[str]:
        try:
            addresses = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise FetchError(f"{host}: the name does not resolve", ErrorKind.DNS) from error
        allowed = [address for address in addresses if self._allow_private or is_public(address)]
        if addresses and not allowed:
            raise FetchError(
                f"{host}: {addresses[0]} is a private address; see allow_private under [fetch]",
                ErrorKind.PRIVATE_ADDRESS,
            )
        if not allowed:
            raise FetchError(f"{host}: the name has no address", ErrorKind.DNS)
        return allowed


class Wire(httpcore.AsyncNetworkStream):
    """A connection that remembers the end of what it read last: the only trace of bytes beyond
    Content-Length.
    """

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

    async def start_tls(self, *asked: Any, **options: Any) -> httpcore.AsyncNetworkStream:
        return Wire(await self._stream.start_tls(*asked, **options))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def ended_with(self, chunk: bytes) -> bool:
        """Return whether only line ends came after `chunk`."""
        return self._tail.rstrip(b"\r\n").endswith(chunk[-self.TAIL :].rstrip(b"\r\n"))


class CheckedTransport(httpx.AsyncHTTPTransport):
    """httpx's transport over a Connector. httpx 0.28 has no parameter for it
    (encode/httpx#3749), so the pool is replaced.
    """

    def __init__(
        self, context: ssl.SSLContext, connector: Connector, proxy: httpcore.Proxy | None = None
    ) -> None:
        super().__init__(verify=context)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=MOST_CONNECTIONS,
            keepalive_expiry=httpx.Limits().keepalive_expiry,
            network_backend=connector,
            proxy=proxy,
        )


# The way through a proxy: only the proxy is dialled, and its errors name it, never the publisher. A
# proxy resolves names itself. So only an address in the URL can be checked here, and names with the
# form of an internal one. The proxy's operator limits the rest.

SILENT = 20.0  # seconds for a proxy's answer, within which it must reach the publisher
# how what is written to the proxy itself begins, over HTTP and SOCKS5
FOR_THE_PROXY = (b"CONNECT ", b"\x05", b"\x01")
WITHIN = re.compile(
    r"[^.]*|.*\.(?:localhost|local|localdomain|internal|intranet|corp|home|lan|home\.arpa)",
    re.IGNORECASE,
)
# SOCKS5 codes (RFC 1928, 6)
UNREACHED = re.compile("(?:unreachable|refused|expired|server failure)", re.IGNORECASE)


class ProxyFailed(Exception):
    """A proxy's error, in words that continue after its name."""


class ProxyWire(Wire):
    """A connection to a proxy: if the proxy breaks off, the error is the proxy's."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        super().__init__(stream)
        self._to_the_proxy = False

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        if buffer:
            self._to_the_proxy = buffer.startswith(FOR_THE_PROXY)
        await super().write(buffer, timeout)

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        if not self._to_the_proxy:
            return await super().read(max_bytes, timeout)
        try:
            async with asyncio.timeout(SILENT):
                received = await super().read(max_bytes, timeout)
        except TimeoutError as error:
            raise ProxyFailed("gives no answer") from error
        except httpcore.ReadError as error:
            raise ProxyFailed("broke off the connection") from error
        if not received:
            raise ProxyFailed("closed the connection without an answer")
        return received

    async def start_tls(self, *asked: Any, **options: Any) -> httpcore.AsyncNetworkStream:
        # it has answered before, so there is a tunnel: TLS is the publisher's
        if self._to_the_proxy:
            return await super().start_tls(*asked, **options)
        try:
            return ProxyWire(await self._stream.start_tls(*asked, **options))
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            raise ProxyFailed("makes no TLS connection that can be trusted") from error


class ProxyConnector(Connector):
    """Dials the proxy, at any address: the operator may have it in a private network."""

    def __init__(self) -> None:
        super().__init__(allow_private=True)
        self._begun: dict[asyncio.Task[Any] | None, ProxyWire] = {}

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  httpcore's signature
        *further: Any,
        **options: Any,
    ) -> Wire:
        """Connect to the proxy.

        Raises:
            ProxyFailed: its name does not resolve, or it does not answer.
        """
        try:
            stream = await super().connect_tcp(host, port, timeout or PATIENCE, *further, **options)
        except FetchError as error:
            raise ProxyFailed("has a name that does not resolve") from error
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            raise ProxyFailed("can't be reached") from error
        wire = self._begun[asyncio.current_task()] = ProxyWire(stream)
        return wire

    @asynccontextmanager
    async def closing(self) -> AsyncIterator[None]:
        """Close connections that fail within the block: httpcore leaves one open after a failed
        SOCKS5 greeting.
        """
        try:
            yield
        except BaseException:
            if wire := self._begun.pop(asyncio.current_task(), None):
                await wire.aclose()
            raise
        self._begun.pop(asyncio.current_task(), None)


class ProxiedTransport(CheckedTransport):
    """The way to one publisher through a proxy."""

    def __init__(self, context: ssl.SSLContext, proxy: Proxy, *, allow_private: bool) -> None:
        self._connector = ProxyConnector()
        url = httpcore.URL(
            scheme=proxy.scheme.encode(),
            host=proxy.host.encode("idna"),
            port=proxy.port,
            target=b"/",
        )
        auth = (
            (proxy.user.encode(), proxy.password.encode()) if proxy.user or proxy.password else None
        )
        super().__init__(
            context, self._connector, httpcore.Proxy(url, auth=auth, ssl_context=context)
        )
        self._proxy = proxy
        self._allow_private = allow_private

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer.

        Raises:
            FetchError: the proxy failed ("proxy") or can't reach the publisher ("connect"), or an
                address within a network.
            httpx.HTTPError: the publisher failed.
        """
        host = request.url.host
        if not self._allow_private:
            refuse_private(host)
        try:
            async with self._connector.closing():
                answer = await super().handle_async_request(request)
        except ProxyFailed as failed:
            raise self._failure(host, str(failed)) from failed
        except httpx.ProxyError as error:
            # its text is the proxy's own, and may be anything
            raise self._refusal(host, str(error)) from None
        except (socksio.SOCKSError, AssertionError) as error:
            if self._proxy.scheme != "socks5":
                raise
            # httpcore asserts what kind of reply comes
            raise self._failure(host, "is no SOCKS5 proxy") from error
        if answer.status_code == httpx.codes.PROXY_AUTHENTICATION_REQUIRED:
            await answer.aclose()
            raise self._refusal(host, "407")
        return answer

    def _failure(self, host: str, words: str, kind: ErrorKind = ErrorKind.PROXY) -> FetchError:
        return FetchError(f"{host}: the proxy {self._proxy.place} {words}", kind)

    def _refusal(self, host: str, told: str) -> FetchError:
        """Interpret a proxy's refusal: the status for CONNECT, or httpcore's text of a SOCKS5
        reply.
        """
        status = told[:3]
        if status == "407" or "USERNAME" in told.upper() or "AUTHENTICATION" in told:
            asks = (
                "does not take our name and password"
                if self._proxy.user
                else "asks for a name and password"
            )
            return self._failure(host, asks)
        if status.startswith("5") or UNREACHED.search(told):
            return self._failure(host, "reached nobody there", ErrorKind.CONNECT)
        return self._failure(
            host, f"does not let us through{f' ({status})' if status.isdigit() else ''}"
        )


def refuse_private(host: str) -> None:
    """Accept a host that may be on the Internet, by its name.

    Raises:
        FetchError: it is an address within a network, in any notation, or a name within one
            ("private-address").
    """
    name, address = host.rstrip("."), ""
    # Addresses in all notations of a dialler: 127.1 and 0x7f000001 too.
    with suppress(OSError, UnicodeError, ValueError):
        address = socket.inet_ntoa(socket.inet_aton(name))
    with suppress(ValueError):
        address = str(ip_address(name))
    if address and not is_public(address):
        raise FetchError(
            f"{host}: {address} is a private address; see allow_private under [fetch]",
            ErrorKind.PRIVATE_ADDRESS,
        )
    if not address and WITHIN.fullmatch(name):
        raise FetchError(
            f"{host}: the name is one within a private network; see allow_private under [fetch]",
            ErrorKind.PRIVATE_ADDRESS,
        )


# The network of a replay: what was recorded answers in place of every host.

Recorded = Callable[[str, Mapping[str, str]], tuple[int, Mapping[str, str], bytes]]
"""The status, headers and body for an address and the headers of a request."""


@dataclass
class RecordedTransport(httpx.AsyncBaseTransport):
    """Answers each request from a record, without a network."""

    recorded: Recorded

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        status, headers, body = self.recorded(str(request.url), request.headers)
        return httpx.Response(status, headers=dict(headers), content=body, request=request)
