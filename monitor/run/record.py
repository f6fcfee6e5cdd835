"""Record screenings, through the monitor that runs on the store or under its lock here; and check
them again.
"""

import asyncio
import logging
from datetime import datetime

from monitor.ask.screenings import (
    Other,
    Past,
    describe_others,
    find_others,
    list_newest_answers,
    take_up_again,
)
from monitor.ask.watchlist import load_stored
from monitor.clock import SystemClock
from monitor.config import Config
from monitor.config.stores import Store
from monitor.errors import ConfigError, MonitorError, StoreHeld
from monitor.run.control import SOCKET, ask
from monitor.store import History, has_store, screenings
from monitor.store.lock import Lock
from monitor.store.screenings import ScreeningOrder
from monitor.store.threaded import HistoryThread, prepare_names

log = logging.getLogger(__name__)

PATIENCE = 30.0  # seconds
AT_ONCE = 100  # answers that are looked at while others wait for the history


def record_screening(store: Store, order: ScreeningOrder) -> int:
    """Save a screening, or run its erasure; return its number, or the number of erased answers.

    Raises:
        MonitorError: there is no history, it can't be written, or its holder does not answer.
    """
    if not has_store(store):
        raise MonitorError(f"{store}: there is no history here")
    try:
        with Lock(store), History(store) as history:
            return history(screenings.record, order, SystemClock().now())
    except StoreHeld:
        before = _find_kept(store, order)
    asyncio.run(_have_recorded(store, order))
    return before if order.erase else _find_kept(store, order)


async def _have_recorded(store: Store, order: ScreeningOrder) -> None:
    try:
        async with asyncio.timeout(PATIENCE):
            await ask(store / SOCKET, order)
    except TimeoutError as error:
        raise StoreHeld(
            f"{store}: the monitor that holds it does not answer within {PATIENCE:g} seconds"
        ) from error


def _find_kept(store: Store, order: ScreeningOrder) -> int:
    with History(store, read_only=True) as history:
        return history(screenings.find_kept, order)


async def rescreen(history: HistoryThread, config: Config, now: datetime) -> None:
    """Delete old screenings; compare the others with changed lists or rules, and enqueue messages
    on new answers.
    """
    await history(screenings.forget_old_screenings, now)
    stamp, kept = await history(screenings.hash_lists), await history(screenings.list_newest)
    answers = [past for past in list_newest_answers(kept) if past.screening.checked != stamp]
    if not answers:
        return
    try:
        others = await _find_others(history, config, answers, now)
    except ConfigError as error:  # of the watch list: its own reader reports that too
        log.warning("recorded screenings were not checked again: %s", error)
        return
    differs: dict[int, tuple[int, ...]] = {}
    for other in others:
        number = other.past.screening.number
        differs[number] = (*differs.get(number, ()), other.past.place)
    new = {
        other.past.screening.number
        for other in others
        if other.past.place not in other.past.screening.differs
    }
    says = (
        describe_others(other for other in others if other.past.screening.number in new)
        if new
        else ""
    )
    looked_at = {past.screening.number for past in answers}
    await history(screenings.record_check, looked_at, stamp, differs, says, now)


async def _find_others(
    history: HistoryThread, config: Config, answers: list[Past], now: datetime
) -> list[Other]:
    await prepare_names(history)
    stored, others = await history.run(load_stored), []
    for some, ours in await asyncio.to_thread(
        lambda: [*take_up_again(config, answers, stored, now)]
    ):
        for begins in range(0, len(some), AT_ONCE):
            others += await history.run(find_others, some[begins : begins + AT_ONCE], ours, now)
    return others
