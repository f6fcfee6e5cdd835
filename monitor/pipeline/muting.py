"""A person's order that a source's troubles be told to nobody for a while, or be told again."""

from datetime import datetime

import msgspec

from monitor.clock import iso
from monitor.config.events import Happened, happened
from monitor.errors import MonitorError
from monitor.history import mutes
from monitor.history.threaded import HistoryThread
from monitor.source.health import end_of
from monitor.source.registry import Registry


class Muting(msgspec.Struct, frozen=True):
    """Mute `source`, or all of a module, until then; without `until` take it back."""

    source: str
    by: str
    until: str = ""
    reason: str = ""


async def carry_out(history: HistoryThread, registry: Registry, order: Muting, now: datetime) -> None:
    """Do it, on record.

    Raises:
        ConfigError: there is no such source, with the nearest, or no such moment.
        MonitorError: what is to be taken back was not said.
    """
    names = [source.id for source in registry.named([order.source])]
    until = end_of(order.until, now) if order.until else None
    if until:
        await history(mutes.mute, names, until, order.by, order.reason, now)
    else:
        names = await history(mutes.withdraw, names, order.by, now)
        if not names:
            raise MonitorError(f"{order.source}: is not muted; `monitor mute` lists what is")
    for name in names:
        happened(Happened.MUTE, source=name, until=until and iso(until), by=order.by, reason=order.reason or None)
