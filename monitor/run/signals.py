"""Signals to a daemon's process, received within its event loop."""

import asyncio
import faulthandler
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import NoReturn

STDIN = 0


@dataclass
class Signals:
    """Signals to stop (SIGTERM, SIGINT), or to reload the settings (SIGHUP). The SIGHUP of a
    closing terminal stops it, as every command there.
    """

    stop: bool = False
    renew: bool = False
    _told: asyncio.Event = field(default_factory=asyncio.Event)

    @classmethod
    def heard(cls) -> "Signals":
        """Handle the signals of this process from now on, in the running loop."""
        signals, loop, in_terminal = cls(), asyncio.get_running_loop(), os.isatty(STDIN)

        def hangup() -> None:
            (signals.end if in_terminal and not os.isatty(STDIN) else signals.begin_anew)()

        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, signals.end)
        loop.add_signal_handler(signal.SIGHUP, hangup)
        return signals

    def end(self) -> None:
        """Ask for a stop."""
        self.stop = True
        self._told.set()

    def begin_anew(self) -> None:
        """Ask for a reload."""
        self.renew = True
        self._told.set()

    async def next(self) -> None:
        """Wait for an unhandled signal."""
        await self._told.wait()
        self._told.clear()


# Ends the process when its event loop stands still, so that its supervisor restarts it: all that
# counts is stored. // Code that holds the interpreter's lock stops all our threads. Then only the
# kernel can end us, which counts the processor time. A loop that waits for ever uses none; then a
# thread sees that its beat has stopped.

log = logging.getLogger(__name__)

BEAT = 5.0  # seconds
PATIENCE = 120.0  # seconds, of work or of waiting, that the loop may take for one step


@asynccontextmanager
async def watch_loop(*, beat: float = BEAT, patience: float = PATIENCE) -> AsyncIterator[None]:
    """Watch over the running event loop while the block lasts."""
    beaten, over = Event(), Event()
    # logs where it stood still, then the signal ends the process
    faulthandler.register(signal.SIGPROF, chain=True)
    thread = Thread(
        target=_listen_for_beat, args=(beaten, over, beat, patience), daemon=True, name="watchdog"
    )
    thread.start()
    heart = asyncio.get_running_loop().create_task(_beat_on(beaten, beat, patience))
    try:
        yield
    finally:
        heart.cancel()
        over.set()
        signal.setitimer(signal.ITIMER_PROF, 0)
        faulthandler.unregister(signal.SIGPROF)
        thread.join()


async def _beat_on(beaten: Event, beat: float, patience: float) -> NoReturn:
    while True:
        beaten.set()
        signal.setitimer(signal.ITIMER_PROF, patience)
        await asyncio.sleep(beat)


def _listen_for_beat(beaten: Event, over: Event, beat: float, patience: float) -> None:
    """Count turns without a beat instead of seconds: a sleeping machine neither beats
    nor counts.
    """
    silent = 0
    while not over.wait(beat):
        silent = 0 if beaten.is_set() else silent + 1
        beaten.clear()
        if silent * beat > patience:
            log.critical(
                "the event loop has stood still for %.0f s: the process ends, so that its"
                " supervisor restarts it",
                patience,
            )
            faulthandler.dump_traceback(sys.stderr)
            os._exit(1)
