"""The socket beside the store: there is one writer, so other commands send it orders. One JSON line
each way.
"""

import asyncio
import logging
import socket
import stat
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from monitor.ask.outbox import Order, apply_outbox_order
from monitor.clock import format_instant
from monitor.config import files
from monitor.config.events import Happened, log_event
from monitor.errors import ConfigError, MonitorError, StoreError, StoreHeld
from monitor.model import Problem
from monitor.run import triage
from monitor.run.life.pulse import Working
from monitor.source.health import end_of
from monitor.source.registry import Registry
from monitor.store import mutes, screenings
from monitor.store.screenings import ScreeningOrder
from monitor.store.threaded import HistoryThread
from monitor.triage.values import TriageRequest

if TYPE_CHECKING:
    from monitor.poll.outcome import Outcome

# A person's order to mute a source's failures, or to unmute them.


class Muting(msgspec.Struct, frozen=True):
    """Mute `source`, or all of a module, until then; without `until` take it back."""

    source: str
    by: str
    until: str = ""
    reason: str = ""


async def apply_mute_order(
    history: HistoryThread, registry: Registry, order: Muting, now: datetime
) -> None:
    """Run the order and record it.

    Raises:
        ConfigError: no such source (with the nearest), or no such time.
        MonitorError: there is no mute to end.
    """
    names = [source.id for source in registry.named([order.source])]
    until = end_of(order.until, now) if order.until else None
    if until:
        await history(mutes.mute_sources, names, until, order.by, order.reason, now)
    else:
        names = await history(mutes.unmute_sources, names, order.by, now)
        if not names:
            raise MonitorError(f"{order.source}: is not muted; `monitor mute` lists what is")
    for name in names:
        log_event(
            Happened.MUTE,
            source=name,
            until=until and format_instant(until),
            by=order.by,
            reason=order.reason or None,
        )


log = logging.getLogger(__name__)

SOCKET = "socket"  # what it is called in the folder of the store
PATIENCE = 10.0  # seconds for a question to come, and for its asker to take the answer
# The question "what do you do now?" as an array: an earlier version would take an object for a
# `Poll`, and refuses an array.
WhatNow = tuple[Literal["what now"]]
WHAT_NOW: WhatNow = ("what now",)
LONGEST = 64 * files.MEGABYTE  # of a question: a screening of as many rows as a file may have
LONGEST_PATH = 100  # sockaddr_un holds 108 bytes on Linux, 104 on macOS (unix(7))


class Given(msgspec.Struct, frozen=True):
    """A file handed in: its path, its source (or reader), the person. Without `saved_at`: the
    file's time.
    """

    path: str
    source: str
    by: str
    note: str = ""
    url: str = ""
    saved_at: str = ""

    def saved(self, now: datetime) -> datetime:
        """Return when the page was saved.

        Raises:
            ConfigError: it is no date, or in the future.
        """
        try:
            told = (
                datetime.fromisoformat(self.saved_at)
                if self.saved_at
                else _get_saved_time(Path(self.path))
            )
        except ValueError as error:
            raise ConfigError(
                f"--saved-at: {self.saved_at!r} is no date; write it as 2026-11-20 or"
                " 2026-11-20T10:30"
            ) from error
        moment = told.astimezone(UTC)
        if moment > now:
            raise ConfigError(f"--saved-at: {moment:%Y-%m-%d %H:%M} UTC lies ahead")
        return moment


def _get_saved_time(path: Path) -> datetime:
    return (
        datetime.fromtimestamp(path.stat().st_mtime, UTC)
        if files.path_exists(path)
        else datetime.now(UTC)
    )


class Poll(msgspec.Struct, frozen=True):
    """An order to poll these sources now (or what is due, or all). With `release`: confirm the
    withheld removals of these readers' registers. The others poll nothing. `handed`: read that file
    as if fetched. `order`: an order on messages. `mute`: a mute of a source. `triage`: an action on
    an event. `screening`: a screening to record.
    """

    sources: tuple[str, ...] = ()
    all: bool = False
    since: str | None = None
    release: bool = False
    handed: Given | None = None
    order: Order | None = None
    mute: Muting | None = None
    triage: TriageRequest | None = None
    screening: ScreeningOrder | None = None

    @property
    def first_day(self) -> date | None:
        """Return the first day of a baseline to send messages on, if any.

        Raises:
            ConfigError: it is no date.
        """
        try:
            return date.fromisoformat(self.since) if self.since else None
        except ValueError as error:
            raise ConfigError(
                f"--since: {self.since!r} is not a date; write it as 2025-10-09"
            ) from error


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


async def carry_out(
    history: HistoryThread, registry: Callable[[], Registry], order: Poll, now: datetime
) -> None:
    """Run an order on messages, an event, a mute or a screening.

    Raises:
        MonitorError: it can't be done.
    """
    if order.order:
        await apply_outbox_order(history, order.order, now)
    elif order.triage:
        await triage.apply_or_refuse(history, order.triage, now)
    elif order.mute:
        await apply_mute_order(history, registry(), order.mute, now)
    elif order.screening:
        await history(screenings.record, order.screening, now)


class Reply(msgspec.Struct, frozen=True):
    """The daemon's answer: the outcomes, or its refusal; to `WHAT_NOW` its state."""

    polled: tuple[Polled, ...] = ()
    refused: str | None = None
    misused: bool = False
    working: Working | None = None


Answer = Callable[[Poll], Awaitable[Sequence[Polled]]]
Tell = Callable[[], Awaitable[Working | None]]


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


async def _tell_nothing() -> None:
    """The state of a daemon that does not report it."""


async def _read_request(reader: asyncio.StreamReader, patience: float) -> Poll | WhatNow | None:
    """Read a request; None if the caller left in silence.

    Raises:
        ConfigError: it is no request, too long, or does not come.
    """
    try:
        # not wait_for(), which loses a cancellation on Python 3.11
        async with asyncio.timeout(patience):
            line = await reader.readline()
        return msgspec.json.decode(line, type=Poll | WhatNow) if line else None
    except TimeoutError as error:
        raise ConfigError(f"no request came within {patience:g} seconds; ask again") from error
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        # ValueError: a line that is longer than any question
        raise ConfigError(
            f"another version of monitor asks; use the daemon's own: {error}"
        ) from error


async def _make_reply(
    reader: asyncio.StreamReader, answer: Answer, tell: Tell, patience: float
) -> Reply | None:
    try:
        asked = await _read_request(reader, patience)
        if isinstance(asked, tuple):
            return Reply(working=await tell())
        return Reply(polled=tuple(await answer(asked))) if asked else None
    except asyncio.CancelledError:
        # the daemon is stopping, and with it the polls that were waited for
        return Reply(refused="the monitor was stopped before it was done")
    except MonitorError as error:
        log.warning("the socket: %s", error)
        return Reply(refused=str(error), misused=isinstance(error, ConfigError))


@asynccontextmanager
async def serve_control(
    path: Path, answer: Answer, tell: Tell = _tell_nothing, *, patience: float = PATIENCE
) -> AsyncIterator[None]:
    """Serve the socket `path` while the block runs; `tell` reports the daemon's state. Anybody who
    can open the store's folder can ask, and has `patience` seconds.

    Raises:
        StoreError: the socket cannot be made.
    """

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if reply := await _make_reply(reader, answer, tell, patience):
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


async def ask(path: Path, poll: Poll) -> Sequence[Polled]:
    """Send an order to the daemon behind `path`.

    Raises:
        StoreHeld: nothing answers there.
        ConfigError: the order names something unknown.
        MonitorError: the daemon refused.
    """
    reply = await _send_question(path, poll)
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
            return (await _send_question(path, WHAT_NOW)).working
    except TimeoutError as error:
        raise StoreHeld(
            f"{path.parent}: the monitor that holds it does not answer within {patience:g} seconds"
        ) from error


async def _send_question(path: Path, question: Poll | WhatNow) -> Reply:
    try:
        reader, writer = await asyncio.open_unix_connection(path)
        try:
            writer.write(msgspec.json.encode(question) + b"\n")
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
