"""Answer GET /healthz and /metrics."""

import asyncio
import logging
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

import h11
import msgspec

from monitor.clock import format_instant
from monitor.config import VERSION
from monitor.config.times import Place
from monitor.errors import StoreError
from monitor.model import frozen
from monitor.run.life import metrics
from monitor.run.life.proof import Proof
from monitor.run.life.pulse import Complaint
from monitor.store import looks

# Answers GET /healthz and /metrics over HTTP, within the daemon's loop. A slow, large or wrong
# request blocks nobody.

log = logging.getLogger(__name__)

PATIENCE = 5.0  # seconds for a question to come, and again for its asker to take the answer
AT_ONCE = 32  # callers at a time; further ones are refused
LONGEST_HEAD = 8_192  # bytes
FRESH = 1.0  # seconds for which an answer is given again
AGAIN = 60.0  # seconds until a place that is taken is tried again


@frozen
class Answer:
    """A whole answer."""

    status: int
    body: bytes
    kind: str = "text/plain; charset=utf-8"
    more: tuple[tuple[str, str], ...] = ()


Ask = Callable[[], Awaitable[Answer]]


@dataclass
class CachedAnswer:
    """A costly answer, shared by all callers for a moment."""

    ask: Ask
    _answer: Answer | None = None
    _at: float = 0.0
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def now(self) -> Answer:
        """Return the answer, or the last one of a moment ago."""
        async with self._turn:
            if self._answer is None or time.monotonic() - self._at > FRESH:
                self._answer = await self.ask()
                self._at = time.monotonic()
            return self._answer


class Listener:
    """Gives the answers of `answers`, by path."""

    def __init__(
        self, answers: Mapping[str, Ask], *, patience: float = PATIENCE, at_once: int = AT_ONCE
    ) -> None:
        self._answers = {path: CachedAnswer(ask) for path, ask in answers.items()}
        self._patience = patience
        self._at_once = at_once
        self._askers: set[asyncio.Task[None]] = set()

    async def keep_listening(self, place: Place) -> None:
        """Listen for ever; if the port is in use, report it and retry: alerts matter more than
        liveness.
        """
        said = ""
        while True:
            try:
                async with self.listening(place):
                    log.info("answering at http://%s/healthz and /metrics", place)
                    await asyncio.Event().wait()
            except OSError as error:
                why = (
                    os.strerror(error.errno)
                    if error.errno and error.errno > 0
                    else str(error.strerror)
                )
                if why != said:
                    log.error("life.listen: can't listen at %s: %s; next try soon", place, why)  # noqa: TRY400
                said = why
            await asyncio.sleep(AGAIN)

    @asynccontextmanager
    async def listening(self, place: Place) -> AsyncIterator[None]:
        """Listen while the block runs.

        Raises:
            OSError: the address can't be used.
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
        except (TimeoutError, OSError, h11.ProtocolError, asyncio.CancelledError):
            # the last: we end, and with us this task
            writer.transport.abort()
        finally:
            self._askers.discard(asker)
            writer.close()

    async def _answered(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = h11.Connection(h11.SERVER, max_incomplete_event_size=LONGEST_HEAD)
        async with asyncio.timeout(self._patience):
            request = await _read_request(connection, reader)
        if request is None:
            return
        if isinstance(request, h11.Request):
            writer.write(
                _write_answer(
                    connection, await self._answer(request), bare=request.method == b"HEAD"
                )
            )
        else:
            writer.write(_write_answer(connection, request))
        async with asyncio.timeout(self._patience):
            await writer.drain()

    async def _answer(self, request: h11.Request) -> Answer:
        path = request.target.decode("ascii", "replace").partition("?")[0]
        if path not in self._answers:
            return Answer(404, b"only /healthz and /metrics are here\n")
        if request.method != b"GET":
            return Answer(405, b"only GET\n", more=(("Allow", "GET"),))
        return await self._answers[path].now()


async def _read_request(
    connection: h11.Connection, reader: asyncio.StreamReader
) -> h11.Request | Answer | None:
    """Read a request; return an answer for a bad one, None if the caller left in silence."""
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


def _write_answer(connection: h11.Connection, answer: Answer, *, bare: bool = False) -> bytes:
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


ASIDE = 8.0  # seconds for a query of the store; callers give up after ten
JSON = "application/json"
EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"


class Healthz(msgspec.Struct, frozen=True, kw_only=True):
    """Whether all is well, and all problems; instants are UTC, ISO. Sources `muted` until then do
    not count.
    """

    healthy: bool
    since: str
    last_tick: str | None
    last_good_cycle: str | None
    wrong: tuple[Complaint, ...]
    muted: Mapping[str, str]


@dataclass
class Answers:
    """The answers of one daemon."""

    proof: Proof
    _metrics: metrics.Metrics | None = None
    _told_until: datetime = field(init=False)

    def __post_init__(self) -> None:
        self._told_until = self.proof.pulse.began

    @property
    def by_path(self) -> dict[str, Ask]:
        """The answers by path."""
        return {"/healthz": self.healthz, "/metrics": self.figures}

    async def healthz(self) -> Answer:
        """Answer 200 if all is well, or else 503; the body lists the problems."""
        (wrong, muted), pulse = await self.proof.find_wrong(ASIDE), self.proof.pulse
        healthz = Healthz(
            healthy=not wrong,
            since=format_instant(pulse.began),
            last_tick=format_instant(pulse.ticked) if pulse.ticked else None,
            last_good_cycle=format_instant(pulse.through) if pulse.through else None,
            wrong=tuple(wrong),
            muted={source: format_instant(until) for source, until in muted.items()},
        )
        return Answer(503 if wrong else 200, msgspec.json.encode(healthz) + b"\n", JSON)

    async def figures(self) -> Answer:
        """Answer all figures; 503 if the store can't be read."""
        try:
            async with asyncio.timeout(ASIDE):
                measured = await self._measured()
        except (TimeoutError, StoreError) as error:
            return Answer(503, f"the store can't be read: {error}\n".encode())
        self._metrics = self._metrics or metrics.Metrics()
        return Answer(200, await asyncio.to_thread(self._metrics.exposition, measured), EXPOSITION)

    async def _measured(self) -> metrics.Measured:
        pipeline, state = self.proof.pipeline, await self.proof.vitals()
        newest = await pipeline.history(looks.load_newest_news)
        polling = set(self.proof.polling())
        waiting = set((await self.proof.timetable()).owed) - polling
        told = await pipeline.history(looks.list_told_after, self._told_until)
        self._told_until = max((alert.at for alert in told), default=self._told_until)
        return metrics.Measured(
            pulse=self.proof.pulse,
            vitals=state,
            newest=newest,
            told=told,
            sources=len(pipeline.registry.sources),
            polling=len(polling),
            due=len(waiting),
            complaints=len(self.proof.of(state)),
        )
