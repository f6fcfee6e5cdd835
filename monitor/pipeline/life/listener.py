"""Answers GET /healthz and /metrics over HTTP, within the daemon's loop. Who asks slowly, much or wrongly holds up nobody."""

import asyncio
import logging
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import h11

from monitor.config import VERSION
from monitor.config.times import Place

log = logging.getLogger(__name__)

PATIENCE = 5.0  # seconds for a question to come, and again for its asker to take the answer
AT_ONCE = 32  # askers; who comes on top of them is turned away
LONGEST_HEAD = 8_192  # bytes
FRESH = 1.0  # seconds for which an answer is given again
AGAIN = 60.0  # seconds until a place that is taken is tried again


@dataclass(frozen=True)
class Answer:
    """A whole answer."""

    status: int
    body: bytes
    kind: str = "text/plain; charset=utf-8"
    more: tuple[tuple[str, str], ...] = ()


Ask = Callable[[], Awaitable[Answer]]


@dataclass
class CachedAnswer:
    """An answer that costs something: for a moment the same one for all who ask."""

    ask: Ask
    _answer: Answer | None = None
    _at: float = 0.0
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def now(self) -> Answer:
        """As it is, or was a moment ago."""
        async with self._turn:
            if self._answer is None or time.monotonic() - self._at > FRESH:
                self._answer = await self.ask()
                self._at = time.monotonic()
            return self._answer


class Listener:
    """Gives the answers of `answers`, by path."""

    def __init__(self, answers: Mapping[str, Ask], *, patience: float = PATIENCE, at_once: int = AT_ONCE) -> None:
        self._answers = {path: CachedAnswer(ask) for path, ask in answers.items()}
        self._patience = patience
        self._at_once = at_once
        self._askers: set[asyncio.Task[None]] = set()

    async def keep_listening(self, place: Place) -> None:
        """Listen for ever; where the place is taken, that is said and it is tried again: an alert matters more than its proof."""
        said = ""
        while True:
            try:
                async with self.listening(place):
                    log.info("answering at http://%s/healthz and /metrics", place)
                    await asyncio.Event().wait()
            except OSError as error:
                why = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error.strerror)
                if why != said:
                    log.error("life.listen: nobody can listen at %s: %s; it is tried again", place, why)  # noqa: TRY400
                said = why
            await asyncio.sleep(AGAIN)

    @asynccontextmanager
    async def listening(self, place: Place) -> AsyncIterator[None]:
        """Listen while the block runs.

        Raises:
            OSError: nobody can listen there.
        """
        server = await asyncio.start_server(self._serve, place.host, place.port)
        try:
            yield
        finally:
            server.close()
            for asking in self._askers:
                asking.cancel()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asker = asyncio.current_task()
        if asker is None or len(self._askers) >= self._at_once:
            writer.transport.abort()
            return
        self._askers.add(asker)
        try:
            await self._answered(reader, writer)
        except (TimeoutError, OSError, h11.ProtocolError, asyncio.CancelledError):  # the last: we end, and with us this task
            writer.transport.abort()
        finally:
            self._askers.discard(asker)
            writer.close()

    async def _answered(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = h11.Connection(h11.SERVER, max_incomplete_event_size=LONGEST_HEAD)
        async with asyncio.timeout(self._patience):
            request = await _request(connection, reader)
        if request is None:
            return
        if isinstance(request, h11.Request):
            writer.write(_written(connection, await self._answer(request), bare=request.method == b"HEAD"))
        else:
            writer.write(_written(connection, request))
        async with asyncio.timeout(self._patience):
            await writer.drain()

    async def _answer(self, request: h11.Request) -> Answer:
        path = request.target.decode("ascii", "replace").partition("?")[0]
        if path not in self._answers:
            return Answer(404, b"only /healthz and /metrics are here\n")
        if request.method != b"GET":
            return Answer(405, b"only GET\n", more=(("Allow", "GET"),))
        return await self._answers[path].now()


async def _request(connection: h11.Connection, reader: asyncio.StreamReader) -> h11.Request | Answer | None:
    """What is asked, or the answer to what is no question; nothing where they left without a word."""
    while True:
        try:
            event = connection.next_event()
        except h11.RemoteProtocolError as error:
            return Answer(error.error_status_hint, b"not understood\n")
        if isinstance(event, h11.Request):
            return event
        if event is not h11.NEED_DATA:
            return None
        connection.receive_data(await reader.read(4_096))


def _written(connection: h11.Connection, answer: Answer, *, bare: bool = False) -> bytes:
    """An answer as it is sent; a `bare` one is its head alone."""
    heads = [
        ("Content-Type", answer.kind),
        ("Content-Length", str(len(answer.body))),
        ("Cache-Control", "no-store"),
        ("Connection", "close"),
        ("Server", f"regulatory-monitor/{VERSION}"),
        *answer.more,
    ]
    response = h11.Response(status_code=answer.status, headers=heads)
    body = () if bare else (h11.Data(data=answer.body),)
    return b"".join(connection.send(part) or b"" for part in (response, *body, h11.EndOfMessage()))
