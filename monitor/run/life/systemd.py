"""Notify systemd as a service of `Type=notify`: ready, reloading, alive, stopping (sd_notify(3)).
Does I/O.

We have twenty lines of our own: existing packages had no release in years, and none knows
RELOADING's clock. Without systemd this does nothing. A datagram without room is dropped: the next
one comes five seconds later.
"""

import asyncio
import logging
import math
import os
import socket
import time
from collections.abc import Callable

log = logging.getLogger(__name__)

PLACE = "NOTIFY_SOCKET"


def notify_ready(status: str) -> None:
    """Report that the service is ready: it holds its store."""
    _send_words("READY=1", f"STATUS={status}")


def notify_reloading() -> None:
    """Report a reload of the settings; `ready` ends it."""
    _send_words(
        "RELOADING=1",
        f"MONOTONIC_USEC={time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000}",
        "STATUS=reading settings again",
    )


async def keep_beating(tick: float, is_well: Callable[[], bool]) -> None:
    """Report life more often than each `tick` (seconds) if the watchdog is set to less than two,
    while ticks succeed.
    """
    pause = _read_patience() / 2
    while pause < tick:
        await asyncio.sleep(pause)
        if is_well():
            _send_words("WATCHDOG=1")


def _read_patience() -> float:
    """Return the watchdog's interval in seconds; infinite without one."""
    ours = os.environ.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
    text = os.environ.get("WATCHDOG_USEC", "")
    return int(text) / 1_000_000 if ours and text.isdecimal() and int(text) else math.inf


def notify_working(status: str) -> None:
    """The loop goes round, and a tick has just come to a good end: do not kill us yet."""
    _send_words("WATCHDOG=1", f"STATUS={status}")


def notify_stopping() -> None:
    """The service is ending."""
    _send_words("STOPPING=1", "STATUS=stopping")


def _send_words(*words: str) -> None:
    place = os.environ.get(PLACE, "")
    if not place.startswith(("/", "@")):
        return
    address = f"\0{place[1:]}" if place.startswith("@") else place
    try:
        with socket.socket(
            socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC
        ) as channel:
            channel.sendto("\n".join(words).encode(), address)
    except OSError as error:
        log.debug("can't notify systemd: %s", error.strerror)
