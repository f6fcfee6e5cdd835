"""The way through a proxy: only the proxy is dialled, and what it does wrong is told as the proxy's, never as the publisher's.

A proxy resolves the names that it is given, so that here an address is checked only where it stands in the URL itself; with it
names that lie within a network by their form. What else a proxy may reach is for whoever runs it to say.
"""

import asyncio
import ipaddress
import re
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpcore
import httpx
import socksio

from monitor.config.proxies import Proxy
from monitor.errors import ErrorKind, FetchError
from monitor.fetch.connect import PATIENCE, CheckedTransport, Connector, Dial, Wire, is_public

SILENT = 20.0  # seconds in which a proxy says whether it lets through; it has to reach the publisher meanwhile
FOR_THE_PROXY = (b"CONNECT ", b"\x05", b"\x01")  # how what is written to the proxy itself begins, over HTTP and SOCKS5
WITHIN = re.compile(r"[^.]*|.*\.(?:localhost|local|localdomain|internal|intranet|corp|home|lan|home\.arpa)", re.IGNORECASE)
UNREACHED = re.compile("(?:unreachable|refused|expired|server failure)", re.IGNORECASE)  # as SOCKS5 says it (RFC 1928, 6)


class ProxyFailed(Exception):
    """What a proxy did wrong, in words that go on from its name."""


class ProxyWire(Wire):
    """A connection to a proxy, which knows to whom it speaks: a proxy that breaks off while it is spoken to is at fault."""

    def __init__(self, stream: httpcore.AsyncNetworkStream, proxy: Proxy) -> None:
        super().__init__(stream)
        self._proxy = proxy
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

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> httpcore.AsyncNetworkStream:
        if self._to_the_proxy:  # it was spoken to already, so that a tunnel stands: TLS is the publisher's
            return await super().start_tls(ssl_context, server_hostname, timeout)
        try:
            return ProxyWire(await self._stream.start_tls(ssl_context, server_hostname, timeout), self._proxy)
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            raise ProxyFailed("makes no TLS connection that can be trusted") from error


class ProxyConnector(Connector):
    """Dials the proxy, wherever it stands: whoever named it may have it in their own network."""

    def __init__(self, proxy: Proxy) -> None:
        super().__init__(allow_private=True)
        self._proxy = proxy
        self._begun: dict[asyncio.Task[Any] | None, ProxyWire] = {}

    async def reach(self, host: str, port: int, dial: Dial, seconds: float | None) -> Wire:
        """Dial it.

        Raises:
            ProxyFailed: its name does not resolve, or nobody answers there.
        """
        try:
            stream = await super().reach(host, port, dial, seconds or PATIENCE)
        except FetchError as error:
            raise ProxyFailed("has a name that does not resolve") from error
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            raise ProxyFailed("can't be reached") from error
        wire = self._begun[asyncio.current_task()] = ProxyWire(stream, self._proxy)
        return wire

    @asynccontextmanager
    async def closing(self) -> AsyncIterator[None]:
        """Close what was dialled within the block for nothing: httpcore leaves a connection open whose SOCKS5 greeting failed."""
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
        self._connector = ProxyConnector(proxy)
        super().__init__(context, self._connector, _spoken_to(proxy, context))
        self._proxy = proxy
        self._allow_private = allow_private

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer.

        Raises:
            FetchError: the proxy failed ("proxy") or can't reach the publisher ("connect"), or an address within a network.
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
            raise self._refusal(host, str(error)) from None  # its text is the proxy's own, and may hold anything
        except (socksio.SOCKSError, AssertionError) as error:
            if self._proxy.scheme != "socks5":
                raise
            raise self._failure(host, "does not speak SOCKS5") from error  # httpcore asserts what kind of reply comes
        if answer.status_code == httpx.codes.PROXY_AUTHENTICATION_REQUIRED:
            await answer.aclose()
            raise self._refusal(host, "407")
        return answer

    def _failure(self, host: str, words: str, kind: ErrorKind = ErrorKind.PROXY) -> FetchError:
        return FetchError(f"{host}: the proxy {self._proxy.place} {words}", kind=kind)

    def _refusal(self, host: str, told: str) -> FetchError:
        """What a proxy's refusal means: the status of an answer to CONNECT, or httpcore's words of a SOCKS5 reply."""
        status = told[:3]
        if status == "407" or "USERNAME" in told.upper() or "AUTHENTICATION" in told:
            asks = "does not take our name and password" if self._proxy.user else "asks for a name and password"
            return self._failure(host, asks)
        if status.startswith("5") or UNREACHED.search(told):
            return self._failure(host, "reached nobody there", ErrorKind.CONNECT)
        return self._failure(host, f"does not let us through{f' ({status})' if status.isdigit() else ''}")


def refuse_private(host: str) -> None:
    """Let a host pass that may be on the Internet, as far as its name says.

    Raises:
        FetchError: it is an address within a network, however it is written, or a name within one ("private-address").
    """
    address = _address(host.rstrip("."))
    if address and not is_public(address):
        raise FetchError(f"{host}: {address} is a private address", kind=ErrorKind.PRIVATE_ADDRESS)
    if not address and WITHIN.fullmatch(host.rstrip(".")):
        raise FetchError(f"{host}: the name is one within a private network", kind=ErrorKind.PRIVATE_ADDRESS)


def _address(host: str) -> str:
    """The address that a host is, as whoever dials it would take it: 127.1 and 0x7f000001 too. "" for a name."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except (OSError, UnicodeError, ValueError):
        return ""


def _spoken_to(proxy: Proxy, context: ssl.SSLContext) -> httpcore.Proxy:
    """The same in httpcore's words."""
    url = httpcore.URL(scheme=proxy.scheme.encode(), host=proxy.host.encode("idna"), port=proxy.port, target=b"/")
    auth = (proxy.user.encode(), proxy.password.encode()) if proxy.user or proxy.password else None
    return httpcore.Proxy(url, auth=auth, ssl_context=context)
