"""Carries out what a person orders: by the daemon that holds the store, else here and at once."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any, TypeVar

from monitor.clock import SystemClock
from monitor.config import Config
from monitor.config.stores import Store
from monitor.deliver import Channel, deliver
from monitor.deliver.channel import policies
from monitor.deliver.destinations import channels
from monitor.deliver.terminal import Terminal
from monitor.errors import MonitorError, StoreHeld
from monitor.history import History, Intervention, there
from monitor.history.lock import Lock
from monitor.history.threaded import HistoryThread
from monitor.pipeline import triage
from monitor.pipeline.control import SOCKET, Poll, ask
from monitor.pipeline.outbox import Order, carry_out
from monitor.triage.values import TriageRequest

T = TypeVar("T")


def by_whoever_writes(
    store: Store, here: Callable[[HistoryThread], Coroutine[Any, Any, T]], asked: Poll, *, without: str
) -> T | None:
    """What `here` answers, done under the store's lock; None where the running monitor was `asked` to do it.

    Raises:
        MonitorError: there is no history, so that what stands in `without` is so; or what is ordered can't be done.
        StoreHeld: another process holds the store and can't be asked.
    """
    try:
        return under_lock(store, here, without=without)
    except StoreHeld:
        asyncio.run(ask(store / SOCKET, asked))
        return None


def under_lock(store: Store, here: Callable[[HistoryThread], Coroutine[Any, Any, T]], *, without: str) -> T:
    """What `here` answers, done under the store's lock.

    Raises:
        MonitorError: there is no history, so that what stands in `without` is so; or what is ordered can't be done.
        StoreHeld: another process holds the store.
    """
    if not there(store):
        raise MonitorError(f"{store}: there is no history here, so {without}; choose another with --store")
    with Lock(store):
        return asyncio.run(_done(store, here))


async def _done(store: Store, here: Callable[[HistoryThread], Coroutine[Any, Any, T]]) -> T:
    history = HistoryThread(History(store))
    try:
        return await here(history)
    finally:
        history.close()


def carried_out(config: Config, store: Store, order: Order) -> Sequence[str] | None:
    """Do it with messages, and deliver what is owed then; what was not delivered, or None where the running monitor has it.

    Raises:
        MonitorError: no such message, or none of which this can be done.
        StoreHeld: another process holds the store and can't be asked.
    """

    async def here(history: HistoryThread) -> list[str]:
        configured: Mapping[str, Channel] = {} if order.intervention is Intervention.DROP else channels(config, Terminal())
        await carry_out(history, order, SystemClock().now())
        return await _told(history, configured, config)

    return by_whoever_writes(store, here, Poll(order=order), without="nothing is owed")


def triaged(config: Config, store: Store, asked: TriageRequest) -> Sequence[str] | None:
    """Have something done with an event, and its messages show it; what was not delivered, or None where the monitor has it.

    Raises:
        MonitorError: it can't be done.
        StoreHeld: another process holds the store and can't be asked.
    """

    async def here(history: HistoryThread) -> list[str]:
        await triage.carry_out_or_refuse(history, asked, SystemClock().now())
        return await _told(history, channels(config, Terminal()), config)

    return by_whoever_writes(store, here, Poll(triage=asked), without="nothing was told")


async def _told(history: HistoryThread, configured: Mapping[str, Channel], config: Config) -> list[str]:
    failed = await deliver(history, configured, SystemClock(), policies(config))
    return [*dict.fromkeys(str(error) for error in failed)]
