"""`monitor work`: one of many processes that work on a history in a database; an extra that need not be installed."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, suppress
from typing import TYPE_CHECKING

from monitor.cli.once import Settings
from monitor.clock import SystemClock
from monitor.config import Config, logs
from monitor.config.events import Happened, happened
from monitor.config.stores import Store
from monitor.errors import ConfigError, StoreAway
from monitor.history import History
from monitor.pipeline.assembly import open_pipeline
from monitor.pipeline.poll import Pipeline
from monitor.pipeline.signals import Signals

if TYPE_CHECKING:
    from monitor.pipeline.work import holding

PARTS = frozenset({"pgqueuer", "psycopg", "psycopg_binary"})


def work(
    config: Config, store: Store, queues: str | None, again: Callable[[], Config], logging_of: Callable[[Config], logs.Logging]
) -> None:
    """Work until told to stop; on SIGHUP go on by what `again` reads. `logging_of` says what is logged by these settings.

    Raises:
        ConfigError: the store is no database, there is no such queue, or the extra is not installed.
    """
    if store.database is None:
        raise ConfigError("work: needs a store in a database (store = postgresql://…); on a folder works `monitor run`, alone")
    try:
        from monitor.pipeline.work import worker  # noqa: F401 - what is missing is said before anything begins

        named = _queues(queues)
        logs.install(logging_of(config))
        asyncio.run(_work(Settings.read(config), store, store.database, named, again, logging_of))
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in PARTS:
            raise
        raise ConfigError("work: needs the extra `workers`: pip install 'regulatory-monitor[workers]'") from error


def _queues(written: str | None) -> Sequence[str]:
    """The queues that are named so.

    Raises:
        ConfigError: there is no such queue.
    """
    from monitor.pipeline.work import scheduler

    names = [name.strip() for name in written.split(",")] if written else [*scheduler.QUEUES]
    if strange := [name for name in names if name not in scheduler.QUEUES]:
        raise ConfigError(f"work: --queues: {strange[0]!r} is none of {', '.join(scheduler.QUEUES)}")
    return names


async def _work(
    settings: Settings,
    store: Store,
    database: str,
    queues: Sequence[str],
    again: Callable[[], Config],
    logging_of: Callable[[Config], logs.Logging],
) -> None:
    from monitor.history import shared
    from monitor.pipeline.work import holding, worker

    signals, began, renewed = Signals.heard(), SystemClock().now(), settings.renewal(again, logging_of)
    now: Settings | None = settings
    while now and not signals.stop:
        async with AsyncExitStack() as stack:
            held = holding.Holding(shared.Shared(database))
            stack.callback(held.close)
            pipeline = await _opened(now.config, store, held, signals, stack, reread=now is not settings)
            if pipeline is None:
                return
            process = worker.WorkerProcess(pipeline, now.channels, database, held, queues, signals, began)
            now = await process.run(renewed)


async def _opened(
    config: Config, store: Store, held: "holding.Holding", signals: Signals, stack: AsyncExitStack, *, reread: bool
) -> Pipeline | None:
    """A pipeline, as soon as the database answers; None where we are told to stop before."""
    from monitor.pipeline.work import absence

    away = absence.Absence(SystemClock())
    while not signals.stop:
        try:
            async with AsyncExitStack() as opening:
                opened = open_pipeline(config, store, SystemClock(), gate=held.gate, reread=reread)
                pipeline = await opening.enter_async_context(opened)
                known = await pipeline.history(History.health)
                stack.push_async_exit(opening.pop_all())
        except StoreAway as error:
            with suppress(TimeoutError):
                async with asyncio.timeout(away.noticed(error)):
                    await signals.next()
        else:
            happened(Happened.STARTED, sources=len(pipeline.registry.sources), known=len(known))
            return pipeline
    return None
