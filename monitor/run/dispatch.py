"""Run what another command orders of the process that writes the store, if it concerns only the
history.
"""

from collections.abc import Callable
from datetime import datetime

from monitor.clock import format_instant
from monitor.config.events import Happened, log_event
from monitor.errors import MonitorError
from monitor.run import triage
from monitor.run.orders import HistoryOrder, MuteOrder, OutboxOrder
from monitor.source.health import end_of
from monitor.source.registry import Registry
from monitor.store import Intervention, mutes, outbox, screenings
from monitor.store.screenings import ScreeningOrder
from monitor.store.threaded import HistoryThread
from monitor.triage.values import TriageRequest


async def apply_order(
    history: HistoryThread, registry: Callable[[], Registry], order: HistoryOrder, now: datetime
) -> None:
    """Run an order on messages, an event, a mute or a screening, on record.

    Raises:
        MonitorError: it can't be done; then nothing was.
    """
    match order:
        case OutboxOrder():
            await apply_outbox_order(history, order, now)
        case MuteOrder():
            await apply_mute_order(history, registry(), order, now)
        case TriageRequest():
            await triage.apply_or_refuse(history, order, now)
        case ScreeningOrder():
            await history(screenings.record, order, now)


async def apply_outbox_order(history: HistoryThread, order: OutboxOrder, now: datetime) -> None:
    """Run the order and record it.

    Raises:
        MonitorError: a message is not there, or not one of which this can be done; then nothing
            was.
    """
    match order.intervention:
        case Intervention.RETRY:
            await history(outbox.retry_messages, order.messages, order.by, now)
        case Intervention.DROP:
            await history(outbox.drop_messages, order.messages, order.by, order.reason, now)
        case Intervention.RESEND:
            await history(outbox.resend_messages, order.messages, order.by, order.reason, now)


async def apply_mute_order(
    history: HistoryThread, registry: Registry, order: MuteOrder, now: datetime
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
