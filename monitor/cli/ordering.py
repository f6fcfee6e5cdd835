"""Carries out what a person orders of the outbox: by the daemon that holds the store, else here and at once."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

from monitor.clock import SystemClock
from monitor.config import Config
from monitor.deliver import Channel, deliver
from monitor.deliver.destinations import channels, policies
from monitor.deliver.terminal import Terminal
from monitor.errors import MonitorError, StoreHeld
from monitor.history import Deed, History, there
from monitor.history.lock import Lock
from monitor.history.threaded import HistoryThread
from monitor.pipeline.control import SOCKET, Poll, ask
from monitor.pipeline.outbox import Order, carry_out


def carried_out(config: Config, store: Path, order: Order) -> Sequence[str] | None:
    """Do it, and deliver what is owed then; what was not delivered, or None where the running monitor has it in hand.

    Raises:
        MonitorError: no such message, or none of which this can be done.
        StoreHeld: another process holds the store and can't be asked.
    """
    if not there(store):
        raise MonitorError(f"{store}: there is no history here, so nothing is owed; choose another with --store")
    try:
        with Lock(store):
            configured = {} if order.deed is Deed.DROP else channels(config, Terminal())
            return asyncio.run(_here(config, store, order, configured))
    except StoreHeld:
        asyncio.run(ask(store / SOCKET, Poll(order=order)))
        return None


async def _here(config: Config, store: Path, order: Order, channels: Mapping[str, Channel]) -> list[str]:
    clock = SystemClock()
    history = HistoryThread(History(store))
    try:
        await carry_out(history, order, clock.now())
        return [str(error) for error in await deliver(history, channels, clock, policies(config))]
    finally:
        history.close()
