"""What goes on until a person says otherwise: SIGTERM ends it, SIGHUP has it go on by other settings."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from monitor.errors import MonitorError
from monitor.pipeline.life import systemd
from monitor.pipeline.signals import Signals

Renewed = TypeVar("Renewed")

log = logging.getLogger(__name__)


async def until_told(signals: Signals, settings: Callable[[], Renewed], status: Callable[[], str]) -> Renewed | None:
    """The settings to go on with; nothing when it is to stop. Where they are wrong, the present ones stay."""
    while not signals.stop:
        await signals.next()
        if signals.renew and not signals.stop:
            signals.renew = False
            systemd.reloading()
            try:
                return await asyncio.to_thread(settings)
            except MonitorError as error:
                log.warning("SIGHUP: %s; nothing is taken up, all goes on as before", error)
            except Exception:  # whatever is amiss with what is new, what goes on is no worse for it
                log.exception("SIGHUP: a mistake of the monitor's own, please report it; all goes on as before")
            systemd.ready(status())
    return None


async def cut_off(tasks: Sequence[asyncio.Task[Any]]) -> None:
    """End what runs; all that counts of it is in the history."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
