"""Assemble a pipeline over a store, and contain the errors of one source: the others continue."""

import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing, asynccontextmanager, closing
from datetime import date, datetime

from monitor.ask.replayed import leave_story
from monitor.clock import Clock
from monitor.config import Config
from monitor.config.events import bind_log_fields
from monitor.config.proxies import make_proxy
from monitor.config.stores import Store
from monitor.errors import (
    ErrorKind,
    MonitorError,
    SourceError,
    StoreAway,
    StoreBroken,
    StoreError,
    StoreFull,
)
from monitor.fetch import Fetcher, Gate, Transport, open_fetcher
from monitor.poll.outcome import Outcome, make_own_mistake, make_problem
from monitor.poll.poll import Pipeline
from monitor.poll.readers import Readers
from monitor.poll.watchlist import Watching
from monitor.source.registry import Registry
from monitor.source.scraper import Source
from monitor.store import History, outbox
from monitor.store.archive import open_archive
from monitor.store.threaded import HistoryThread

log = logging.getLogger(__name__)

BEHIND = (
    "the database counts fewer sent messages than the store's file (was a backup put back?): each"
    " pending message is looked for before it is sent"
)


@asynccontextmanager
async def open_pipeline(
    config: Config,
    store: Store,
    clock: Clock,
    *,
    since: date | None = None,
    transport: Callable[[str], Transport] | None = None,
    copy_of: Store | None = None,
    reread: bool = False,
    gate: Gate | None = None,
) -> AsyncIterator[Pipeline]:
    """Assemble a pipeline for `store`; the caller holds its lock. As a `copy_of` another store it
    also reads that archive. `reread`: the scrapers were loaded again since this process began.
    Pipelines for the same hosts share one `gate`.
    """
    registry = Registry(config)
    fetcher = _open_fetcher(config, registry.sources, clock, transport, gate)
    readers = Readers(registry, seconds=config.fetch.reading.total_seconds(), reread=reread)
    opened = History(store)
    if transport is None and copy_of is None:
        leave_story(opened.folder)
    with closing(HistoryThread(opened)) as history:
        async with aclosing(fetcher), aclosing(readers):
            watching = await _begin(config, history, clock.now())
            yield Pipeline(
                fetcher=fetcher,
                config=config,
                registry=registry,
                archive=open_archive(store, open_archive(copy_of) if copy_of else None),
                history=history,
                readers=readers,
                clock=clock,
                watching=watching,
                since=since,
            )


async def _begin(config: Config, history: HistoryThread, now: datetime) -> Watching:
    """Doubt what was sent if the store is behind, and load the watch list."""
    if await history(outbox.doubt_if_behind, now):
        log.warning(BEHIND)
    watching = Watching(config)
    await watching.refresh(history, now)
    return watching


def _open_fetcher(
    config: Config,
    sources: Sequence[Source],
    clock: Clock,
    transport: Callable[[str], Transport] | None,
    gate: Gate | None,
) -> Fetcher:
    """Make the fetcher for these sources, by config.toml.

    Raises:
        ConfigError: a proxy address is wrong, or a source needs a browser and there is none.
    """
    # what is replayed goes through nobody, and has been rendered
    asked = sources if transport is None else ()
    for source in asked:
        make_proxy(source.proxy, f"proxy of {source.id}")
    renders = [f"{source.id}: render" for source in asked if source.render]
    return open_fetcher(config, clock, renders, transport=transport, gate=gate)


async def poll(pipeline: Pipeline, source: Source) -> Outcome:
    """Poll a source. Any error, even a bug or a full disk, is a failure of this source only."""
    with bind_log_fields(source=source.id):
        return await _poll_guarded(pipeline, source)


async def _poll_guarded(pipeline: Pipeline, source: Source) -> Outcome:
    try:
        return await pipeline.poll(source)
    except StoreBroken:
        raise  # nothing may be written any more: the process has to end
    except (StoreFull, StoreAway) as error:
        # no record of it: it is polled again as soon as there is room, or an answer
        return Outcome(source, (_make_store_failure(source, error),), recorded=False, full=error)
    except StoreError as error:
        failure = _make_store_failure(source, error)
    except Exception as error:
        log.exception("its poll was cut short")
        failure = make_own_mistake(source.id, error)
    return Outcome(source, (failure,), recorded=await _record_failure(pipeline, source, failure))


def _make_store_failure(source: Source, error: StoreError) -> SourceError:
    return SourceError(f"{source.id}: {error}", ErrorKind.STORE)


async def _record_failure(pipeline: Pipeline, source: Source, failure: SourceError) -> bool:
    """Keep that a poll failed; whether that was possible."""
    try:
        await pipeline.end_poll(source, make_problem(failure))
    except StoreBroken:
        raise
    except MonitorError:
        return False
    except Exception:
        # its stored state is unreadable, say: the other sources continue all the same
        log.exception("how its poll ended could not be kept")
        return False
    return True
