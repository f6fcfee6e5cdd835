"""The socket beside the store: there is one writer, so other commands send it orders. One JSON line
each way.
"""

import asyncio
import logging
import socket
import stat
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from monitor.config import files
from monitor.errors import ConfigError, MonitorError, StoreError, StoreHeld
from monitor.model import Problem
from monitor.run.life.pulse import Working
from monitor.run.orders import Order, StateQuestion

if TYPE_CHECKING:
    from monitor.poll.outcome import Outcome

log = logging.getLogger(__name__)

SOCKET = "socket"  # what it is called in the folder of the store
PATIENCE = 10.0  # seconds for a question to come, and for its asker to take the answer
LONGEST = 64 * files.MEGABYTE  # of a question: a screening of as many rows as a file may have
LONGEST_PATH = 100  # sockaddr_un holds 108 bytes on Linux, 104 on macOS (unix(7))


class Polled(msgspec.Struct, frozen=True, omit_defaults=True):
    """The result of a poll of one source."""

    source: str
    baseline: bool = False
    problems: tuple[Problem, ...] = ()
    took: str = ""
    withheld: str = ""

    @classmethod
    def of(cls, outcome: "Outcome") -> "Polled":
        """The outcome as a value."""
        return cls(
            outcome.source.id,
            outcome.baseline,
            tuple(Problem(failure.kind, str(failure)) for failure in outcome.failures),
            outcome.took,
            outcome.withheld,
        )


class Reply(msgspec.Struct, frozen=True):
    """The daemon's answer: the outcomes, or its refusal; to a `StateQuestion` its state."""

    polled: tuple[Polled, ...] = ()
    refused: str | None = None
    misused: bool = False
    working: Working | None = None


# An array of one: 0.3 and before take any object for an order to poll what is due.
Request = tuple[Order | StateQuestion]
Answer = Callable[[Order | StateQuestion], Awaitable[Reply]]


def _remove_socket(path: Path) -> None:
    """Remove a killed process's socket.

    Raises:
        StoreError: it is another kind of file.
    """
    try:
        if not stat.S_ISSOCK(path.lstat().st_mode):
            raise StoreError(f"{path}: is no socket, and the monitor needs its place; move it away")
        path.unlink()
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError(f"{path}: can't be removed: {error.strerror}") from error


def _bind_socket(path: Path) -> socket.socket:
    """Make a socket at `path` for its owner only; it accepts no caller before it is closed to
    others.
    """
    if len(bytes(path)) > LONGEST_PATH:
        raise StoreError(
            f"{path}: too long for a socket ({LONGEST_PATH} bytes); choose a shorter --store"
        )
    _remove_socket(path)
    bound = socket.socket(socket.AF_UNIX)
    try:
        bound.bind(str(path))
        path.chmod(files.FILE)
    except OSError as error:
        bound.close()
        raise StoreError(f"{path}: no socket can be made here: {error.strerror}") from error
    return bound


async def _read_request(reader: asyncio.StreamReader, patience: float) -> Request | None:
    """Read a request; None if the caller left in silence.

    Raises:
        ConfigError: it is no request, too long, or does not come.
    """
    try:
        # not wait_for(), which loses a cancellation on Python 3.11
        async with asyncio.timeout(patience):
            line = await reader.readline()
        return msgspec.json.decode(line, type=Request) if line else None
    except TimeoutError as error:
        raise ConfigError(f"no request came within {patience:g} seconds; ask again") from error
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        # ValueError: a line that is longer than any question
        raise ConfigError(
            f"another version of monitor asks; use the daemon's own: {error}"
        ) from error


async def _make_reply(
    reader: asyncio.StreamReader, answer: Answer, patience: float
) -> Reply | None:
    try:
        request = await _read_request(reader, patience)
        return await answer(*request) if request else None
    except asyncio.CancelledError:
        # the daemon is stopping, and with it the polls that were waited for
        return Reply(refused="the monitor was stopped before it was done")
    except MonitorError as error:
        log.warning("the socket: %s", error)
        return Reply(refused=str(error), misused=isinstance(error, ConfigError))


@asynccontextmanager
async def serve_control(
    path: Path, answer: Answer, *, patience: float = PATIENCE
) -> AsyncIterator[None]:
    """Serve the socket `path` while the block runs. Anybody who can open the store's folder can ask,
    and has `patience` seconds.

    Raises:
        StoreError: the socket cannot be made.
    """

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if reply := await _make_reply(reader, answer, patience):
                writer.write(msgspec.json.encode(reply) + b"\n")
                async with asyncio.timeout(patience):
                    await writer.drain()
        except OSError as error:  # TimeoutError too: the caller does not read
            log.warning("the socket: the caller is gone: %s", error.strerror or "they do not read")
        finally:
            writer.close()

    server = await asyncio.start_unix_server(serve, sock=_bind_socket(path), limit=LONGEST)
    try:
        yield
    finally:
        server.close()
        with suppress(StoreError):  # another process put a file there: it stays
            _remove_socket(path)


async def ask(path: Path, order: Order) -> Sequence[Polled]:
    """Send an order to the daemon behind `path`.

    Raises:
        StoreHeld: nothing answers there.
        ConfigError: the order names something unknown.
        MonitorError: the daemon refused.
    """
    reply = await _send_question(path, order)
    if reply.refused:
        raise ConfigError(reply.refused) if reply.misused else MonitorError(reply.refused)
    return reply.polled


async def ask_what_now(path: Path, patience: float) -> Working | None:
    """Ask the daemon behind `path` for its state; None from a version that does not report it.

    Raises:
        StoreHeld: nothing answers there within `patience` seconds.
    """
    try:
        async with asyncio.timeout(patience):
            return (await _send_question(path, StateQuestion())).working
    except TimeoutError as error:
        raise StoreHeld(
            f"{path.parent}: the monitor that holds it does not answer within {patience:g} seconds"
        ) from error


async def _send_question(path: Path, question: Order | StateQuestion) -> Reply:
    try:
        reader, writer = await asyncio.open_unix_connection(path)
        try:
            writer.write(msgspec.json.encode((question,)) + b"\n")
            line = await reader.read()  # to the end: readline() takes no more than 64 KiB
        finally:
            writer.close()
    except TimeoutError:
        raise
    except OSError as error:
        why = error.strerror or error
        raise StoreHeld(
            f"{path.parent}: held by another monitor that can't be reached: {why}"
        ) from error
    if not line:
        raise StoreHeld(f"{path.parent}: the monitor that holds it stopped before it answered")
    try:
        return msgspec.json.decode(line, type=Reply)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise StoreHeld(
            f"{path.parent}: what holds it answers as no monitor of this version does"
        ) from error
