"""Questions and answers over the connections of one host: h11 speaks, one exchange at a time on each, which is kept for the next.

httpx would lead each of them through a pool and three locks that yield to all that goes on beside; how many go on at a time
is said in `host.py`.
"""

import ssl
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import h11
import httpcore
import httpx

from monitor.fetch.connect import Connector

KEPT = 5.0  # seconds that an idle connection is kept: few servers close it earlier
PIECE = 64 * 1024
LONGEST_HEAD = 100 * 1024
PORTS = {"http": 80, "https": 443}

Origin = tuple[str, str, int]


@contextmanager
def _in_words_of_httpx() -> Iterator[None]:
    """What goes wrong in an exchange, as whoever asks by httpx expects it.

    Raises:
        httpx.TransportError: it did.
    """
    try:
        yield
    except (h11.RemoteProtocolError, httpcore.RemoteProtocolError) as error:
        raise httpx.RemoteProtocolError(str(error)) from error
    except h11.LocalProtocolError as error:
        raise httpx.LocalProtocolError(str(error)) from error
    except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
        raise httpx.ConnectError(str(error)) from error
    except (httpcore.ReadError, httpcore.WriteError) as error:
        raise httpx.ReadError(str(error)) from error


class Line:
    """One connection, and how far the exchange on it is."""

    def __init__(self, wire: httpcore.AsyncNetworkStream) -> None:
        self.wire = wire
        self._spoken = h11.Connection(h11.CLIENT, max_incomplete_event_size=LONGEST_HEAD)
        self._idle_since = 0.0

    async def ask(self, request: httpx.Request) -> h11.Response | h11.InformationalResponse:
        """Send a request; the head of its answer."""
        asked = h11.Request(method=request.method, target=request.url.raw_path, headers=request.headers.raw)
        try:
            await self._send(asked)
            assert isinstance(request.stream, httpx.AsyncByteStream)
            async for piece in request.stream:
                await self._send(h11.Data(data=piece))
            await self._send(h11.EndOfMessage())
        except httpcore.WriteError:
            pass  # some answer before they have heard all, and hang up
        return await self._head()

    async def _send(self, event: h11.Event) -> None:
        if said := self._spoken.send(event):
            await self.wire.write(said)

    async def _head(self) -> h11.Response | h11.InformationalResponse:
        while True:
            event = await self._next()
            is_word_before = isinstance(event, h11.InformationalResponse) and event.status_code != httpx.codes.SWITCHING_PROTOCOLS
            if isinstance(event, h11.Response | h11.InformationalResponse) and not is_word_before:
                return event

    async def body(self) -> AsyncIterator[bytes]:
        """The body of its answer, piece by piece."""
        while isinstance(event := await self._next(), h11.Data):
            yield bytes(event.data)

    async def _next(self) -> object:
        while (event := self._spoken.next_event()) is h11.NEED_DATA:
            received = await self.wire.read(PIECE)
            if not received and self._spoken.their_state is h11.SEND_RESPONSE:
                raise httpcore.RemoteProtocolError("disconnected without an answer")
            self._spoken.receive_data(received)
        return event

    async def rest(self) -> bool:
        """An exchange is over; whether another may follow. If not, the connection is closed."""
        over = self._spoken.our_state is h11.DONE and self._spoken.their_state is h11.DONE
        if not over or self._spoken.trailing_data[0]:
            await self.wire.aclose()
            return False
        self._spoken.start_next_cycle()
        self._idle_since = time.monotonic()
        return True

    @property
    def is_ready(self) -> bool:
        """Whether an idle connection may be asked: nothing came on it since, as the word that its server has closed it would."""
        return time.monotonic() - self._idle_since < KEPT and not self.wire.get_extra_info("is_readable")


class Answered(httpx.AsyncByteStream):
    """The body of an answer; what it came by is free for the next question once it is closed."""

    def __init__(self, line: Line, idle: list[Line]) -> None:
        self._line, self._idle = line, idle
        self._closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _in_words_of_httpx():
            async for piece in self._line.body():
                yield piece

    async def aclose(self) -> None:
        if not self._closed:
            self._closed = True
            if await self._line.rest():
                self._idle.append(self._line)


class CheckedTransport(httpx.AsyncBaseTransport):
    """The way to one host, over a Connector."""

    def __init__(self, context: ssl.SSLContext, connector: Connector) -> None:
        context.set_alpn_protocols(["http/1.1"])
        self._context, self._connector = context, connector
        self._idle: dict[Origin, list[Line]] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, its body still to come.

        Raises:
            FetchError: the name is unknown ("dns") or none of its addresses is allowed ("private-address").
            httpx.TransportError: anything else went wrong.
        """
        url = request.url
        origin = (url.scheme, url.raw_host.decode("ascii"), url.port or PORTS[url.scheme])
        idle = self._idle.setdefault(origin, [])
        with _in_words_of_httpx():
            line = await self._ready(idle) or Line(await self._connected(*origin))
            try:
                head = await line.ask(request)
            except BaseException:
                await line.wire.aclose()
                raise
        extensions = {"network_stream": line.wire}
        return httpx.Response(
            head.status_code, headers=head.headers.raw_items(), stream=Answered(line, idle), extensions=extensions
        )

    @staticmethod
    async def _ready(idle: list[Line]) -> Line | None:
        """The one that was used last of those that may be asked; those that may not any more are closed."""
        while idle:
            if (line := idle.pop()).is_ready:
                return line
            await line.wire.aclose()
        return None

    async def _connected(self, scheme: str, host: str, port: int) -> httpcore.AsyncNetworkStream:
        wire = await self._connector.connect_tcp(host, port)
        return await wire.start_tls(self._context, host) if scheme == "https" else wire

    async def aclose(self) -> None:
        """Close all that is idle."""
        for idle in self._idle.values():
            while idle:
                await idle.pop().wire.aclose()
