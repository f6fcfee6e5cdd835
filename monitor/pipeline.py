"""Puts a pipeline together over a store, and says which of its sources are to be polled now."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path

from monitor.archive import Archive
from monitor.clock import Clock, duration
from monitor.config import Config
from monitor.fetch import Fetcher, Transport
from monitor.history import History
from monitor.history.threaded import HistoryThread
from monitor.poll import Pipeline
from monitor.registry import Registry
from monitor.schedule import next_poll
from monitor.scraper import Source


@asynccontextmanager
async def open_pipeline(
    config: Config,
    store: Path,
    clock: Clock,
    *,
    since: date | None = None,
    transport: Callable[[str], Transport] | None = None,
) -> AsyncIterator[Pipeline]:
    """A pipeline that works in `store`, whose lock the caller holds."""
    registry = Registry(config)
    history = HistoryThread(History(store))
    fetcher = Fetcher(
        user_agent=config.fetch.user_agent,
        clock=clock,
        deadline=duration(config.fetch.deadline).total_seconds(),
        allow_private=config.fetch.allow_private,
        gap=duration(config.fetch.gap).total_seconds(),
        robots=config.fetch.robots,
        transport=transport,
    )
    try:
        yield Pipeline(config, registry, fetcher, Archive(store / "archive"), history, clock, since)
    finally:
        await fetcher.aclose()
        history.close()


async def due(pipeline: Pipeline, sources: Sequence[Source]) -> list[Source]:
    """Those of `sources` that are to be polled now."""
    now, tried = pipeline.clock.now(), await pipeline.history(History.tried)
    return [source for source in sources if next_poll(source, tried.get(source.id), now) <= now]


async def next_due(pipeline: Pipeline, sources: Sequence[Source]) -> datetime:
    """When the next of `sources` is due."""
    now, tried = pipeline.clock.now(), await pipeline.history(History.tried)
    return min(next_poll(source, tried.get(source.id), now) for source in sources)


async def asked_for(pipeline: Pipeline, names: Sequence[str], *, every: bool) -> list[Source]:
    """The sources called `names`; without names every one, or those that are due."""
    if names:
        return pipeline.registry.named(names)
    return pipeline.registry.sources if every else await due(pipeline, pipeline.registry.sources)
