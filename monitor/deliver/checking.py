"""Before anything is to be said: whether each destination lets us in, as far as it can be asked. Nothing waits for the answer."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Mapping

from monitor.clock import Clock
from monitor.config.redact import redacted
from monitor.deliver.channel import Channel, Checkable, aside
from monitor.errors import DeliveryError
from monitor.history import OPS, dealings, owing
from monitor.history.threaded import HistoryThread

log = logging.getLogger(__name__)


async def check(history: HistoryThread, channels: Mapping[str, Channel], clock: Clock) -> None:
    """Ask every way out that can be asked, and say at once which takes nothing: in the log, by `monitor status`, and to others.

    The ops channel hears of it; where that is closed itself, all that are open do.
    """
    asked = {name: channel for name, channel in channels.items() if isinstance(channel, Checkable)}
    answers = await asyncio.gather(*(_answer(channel) for channel in asked.values()))
    closed = {each.destination for each in await history(dealings.closed)}
    for name in closed - asked.keys():  # its settings are others now, or it is gone; one that is still closed says so itself
        await history(dealings.close, name, None, clock.now())
    refused: dict[str, list[str]] = defaultdict(list)
    for name, answer in zip(asked, answers, strict=True):
        if answer is not None and not answer.closed:
            log.warning("%s: can't be asked whether it lets us in: %s", name, answer)
            continue
        why = redacted(str(answer)) if answer else None
        await history(dealings.close, name, why, clock.now())
        if why:
            refused[why].append(name)
    still_open = channels.keys() - {name for names in refused.values() for name in names}
    for why, names in refused.items():
        log.error("nothing can be told to %s: %s. Polls go on; what is owed waits, and is not lost", " and ".join(names), why)
        await history(owing.owe_closed, names, why, still_open & {OPS} or still_open, clock.now())


async def _answer(channel: Checkable) -> DeliveryError | None:
    try:
        await aside(channel.check)
    except DeliveryError as error:
        return error
    return None
