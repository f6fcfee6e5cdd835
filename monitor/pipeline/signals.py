"""What people tell the process of a daemon, heard within its event loop."""

import asyncio
import os
import signal
from dataclasses import dataclass, field

STDIN = 0


@dataclass
class Signals:
    """What people tell the process: to stop (SIGTERM, SIGINT), or to read its settings again (SIGHUP).

    The SIGHUP of a terminal that closes means to stop, as for every command that runs in it.
    """

    stop: bool = False
    renew: bool = False
    _told: asyncio.Event = field(default_factory=asyncio.Event)

    @classmethod
    def heard(cls) -> "Signals":
        """Those of this process, from now on, in the running loop."""
        signals, loop, in_terminal = cls(), asyncio.get_running_loop(), os.isatty(STDIN)

        def hangup() -> None:
            (signals.end if in_terminal and not os.isatty(STDIN) else signals.begin_anew)()

        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, signals.end)
        loop.add_signal_handler(signal.SIGHUP, hangup)
        return signals

    def end(self) -> None:
        """Be told to stop."""
        self.stop = True
        self._told.set()

    def begin_anew(self) -> None:
        """Be told to read the settings again."""
        self.renew = True
        self._told.set()

    async def next(self) -> None:
        """Wait until something is told that nobody has heard yet."""
        await self._told.wait()
        self._told.clear()
