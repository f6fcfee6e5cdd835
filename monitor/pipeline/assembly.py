"""Puts a pipeline together over a store, and says which of its sources are to be polled now."""

import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

from monitor.clock import Clock, duration
from monitor.config import Config
from monitor.errors import MonitorError, SourceError, StoreBroken, StoreError, StoreFull
from monitor.fetch import Fetcher, Transport
from monitor.history import History
from monitor.history.archive import Archive
from monitor.history.threaded import HistoryThread
from monitor.pipeline.poll import Outcome, Pipeline, own_mistake, problem_of
from monitor.pipeline.readers import Readers
from monitor.pipeline.watchlist import Watching
from monitor.source.registry import Registry
from monitor.source.schedule import cadence, day_due, next_poll
from monitor.source.scraper import Source

ARCHIVE = "archive"
BEHIND = timedelta(minutes=10)

log = logging.getLogger(__name__)


@asynccontextmanager
async def open_pipeline(
    config: Config,
    store: Path,
    clock: Clock,
    *,
    since: date | None = None,
    transport: Callable[[str], Transport] | None = None,
    copy_of: Path | None = None,
) -> AsyncIterator[Pipeline]:
    """A pipeline that works in `store`, whose lock the caller holds; as a `copy_of` another it reads that one's archive too."""
    registry = Registry(config)
    history = HistoryThread(History(store))
    fetcher = Fetcher(
        user_agent=config.fetch.name,
        clock=clock,
        deadline=duration(config.fetch.deadline).total_seconds(),
        allow_private=config.fetch.allow_private,
        gap=duration(config.fetch.gap).total_seconds(),
        robots=config.fetch.robots,
        transport=transport,
    )
    readers = Readers(registry, seconds=duration(config.fetch.reading).total_seconds())
    try:
        if await history(History.doubt_if_behind, clock.now()):
            log.warning(
                "fewer messages left by this history than by this store (was a backup put back?): each is looked for first"
            )
        watching = Watching(config)
        await watching.refresh(history, clock.now())
        archive = Archive(store / ARCHIVE, Archive(copy_of / ARCHIVE) if copy_of else None)
        yield Pipeline(config, registry, fetcher, archive, history, readers, clock, since, watching=watching)
    finally:
        await readers.aclose()
        await fetcher.aclose()
        history.close()


async def poll(pipeline: Pipeline, source: Source) -> Outcome:
    """Poll a source; whatever ends that, a mistake of ours or a full disk, is a failure of this source, and holds up no other."""
    full = None
    try:
        return await pipeline.poll(source)
    except StoreBroken:
        raise  # nothing may be written any more: the process has to end
    except StoreError as error:
        failure = SourceError(f"{source.id}: {error}", kind="store")
        full = error if isinstance(error, StoreFull) else None
    except Exception as error:
        log.exception("%s: its poll was cut short", source.id)
        failure = own_mistake(source.id, error)
    return Outcome(source, (failure,), recorded=await _recorded(pipeline, source, failure), full=full)


async def _recorded(pipeline: Pipeline, source: Source, failure: SourceError) -> bool:
    """Keep that a poll failed; whether that was possible."""
    now, patience = pipeline.clock.now(), duration(pipeline.config.health.patience)
    try:
        await pipeline.history(History.polled, source.id, problem_of(failure), now, patience=patience, hold=timedelta())
    except StoreBroken:
        raise
    except MonitorError:
        return False
    return True


async def due(pipeline: Pipeline, sources: Sequence[Source]) -> list[Source]:
    """Those of `sources` that are to be polled now."""
    now, tried = pipeline.clock.now(), await pipeline.history(History.tried)
    return [source for source in sources if next_poll(source, tried.get(source.id), now) <= now]


async def next_due(pipeline: Pipeline, sources: Sequence[Source]) -> datetime:
    """When the next of `sources` is due."""
    now, tried = pipeline.clock.now(), await pipeline.history(History.tried)
    return min(next_poll(source, tried.get(source.id), now) for source in sources)


async def remind(pipeline: Pipeline) -> None:
    """Owe the reminders that have fallen due. To be called after a look at what is due: it may bring what overtakes them."""
    await pipeline.history(History.remind, pipeline.clock.now(), pipeline.recorder.router.addressed)


async def tell_stale(pipeline: Pipeline, awake: datetime) -> None:
    """Owe word of every source that has given nothing for too long, also where no poll ends to say so: since we are `awake`."""
    now, patience = pipeline.clock.now(), duration(pipeline.config.health.patience)
    bounds = {source.id: max(patience, 3 * cadence(source, now)) for source in pipeline.registry.sources}
    await pipeline.history(History.tell_stale, bounds, awake, now)


async def caught_up(pipeline: Pipeline, sources: Sequence[Source]) -> bool:
    """Whether each source was looked at about when it was due, so that we don't speak from what we knew before a long sleep."""
    now, tried = pipeline.clock.now(), await pipeline.history(History.tried)
    return all(next_poll(source, tried.get(source.id), now) > now - BEHIND for source in sources)


async def word_of_the_day(pipeline: Pipeline) -> None:
    """Owe how fresh every source is, once a day from the hour that config.toml names."""
    now, daily = pipeline.clock.now(), pipeline.config.daily
    if day := day_due(daily.at, now):
        await pipeline.history(History.daily, day, daily.to, now)


async def asked_for(pipeline: Pipeline, names: Sequence[str], *, every: bool) -> list[Source]:
    """The sources called `names`; without names every one, or those that are due."""
    if names:
        return pipeline.registry.named(names)
    return pipeline.registry.sources if every else await due(pipeline, pipeline.registry.sources)
