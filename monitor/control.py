"""The socket beside the store: there is one writer, so other commands ask the daemon. One JSON line each way."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec

from monitor.errors import ConfigError, MonitorError, StoreError, StoreHeld
from monitor.model import Problem
from monitor.poll import Outcome

LONGEST_PATH = 100  # sockaddr_un holds 108 bytes on Linux, 104 on macOS (unix(7))


class Poll(msgspec.Struct, frozen=True):
    """Please poll these sources (or what is due, or all) now; with `release` believe what is held of these readers' registers."""

    sources: tuple[str, ...] = ()
    all: bool = False
    since: str | None = None
    release: bool = False


class Polled(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a poll of one source went."""

    source: str
    baseline: bool = False
    problems: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, outcome: Outcome) -> "Polled":
        """The outcome as a value."""
        problems = tuple(Problem(kind=failure.kind, text=str(failure)) for failure in outcome.failures)
        return cls(outcome.source.id, outcome.baseline, problems)


class Reply(msgspec.Struct, frozen=True):
    """What the daemon answers: the outcomes, or why it would not."""

    polled: tuple[Polled, ...] = ()
    refused: str | None = None
    misused: bool = False


Answer = Callable[[Poll], Awaitable[Sequence[Polled]]]


def _clear(path: Path) -> None:
    """Remove what a killed process left behind."""
    path.unlink(missing_ok=True)


@asynccontextmanager
async def listening(path: Path, answer: Answer) -> AsyncIterator[None]:
    """Answer at the socket `path` while the block runs. Who may open the store's folder may ask."""
    if len(bytes(path)) > LONGEST_PATH:
        raise StoreError(f"{path}: too long for a socket ({LONGEST_PATH} bytes); choose a shorter --store")

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            asked = msgspec.json.decode(await reader.readline(), type=Poll)
            reply = Reply(polled=tuple(await answer(asked)))
        except asyncio.CancelledError:  # the daemon is stopping, and with it the polls that were waited for
            reply = Reply(refused="the monitor was stopped before it was done")
        except (msgspec.MsgspecError, MonitorError) as error:
            reply = Reply(refused=str(error), misused=isinstance(error, ConfigError))
        writer.write(msgspec.json.encode(reply) + b"\n")
        await writer.drain()
        writer.close()

    _clear(path)
    server = await asyncio.start_unix_server(serve, path)
    try:
        yield
    finally:
        server.close()
        _clear(path)


async def ask(path: Path, poll: Poll) -> Sequence[Polled]:
    """Have the daemon behind `path` do it.

    Raises:
        StoreHeld: nobody answers there.
        ConfigError: it was asked for something that does not exist.
        MonitorError: the daemon refused.
    """
    try:
        reader, writer = await asyncio.open_unix_connection(path)
        writer.write(msgspec.json.encode(poll) + b"\n")
        line = await reader.read()  # to the end: readline() takes no more than 64 KiB
        writer.close()
    except OSError as error:
        raise StoreHeld(f"{path.parent}: held by another monitor that can't be reached: {error.strerror}") from error
    if not line:
        raise StoreHeld(f"{path.parent}: the monitor that holds it stopped before it answered")
    reply = msgspec.json.decode(line, type=Reply)
    if reply.refused:
        raise ConfigError(reply.refused) if reply.misused else MonitorError(reply.refused)
    return reply.polled
