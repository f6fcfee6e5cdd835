"""A cycle over the sources beside its polls, for `monitor poll`, the daemon and a replay: what is
due, and what to enqueue.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from monitor.deliver.sending import reroute_orphans
from monitor.poll.outcome import Outcome
from monitor.poll.poll import Pipeline
from monitor.poll.work_calendar import load_desks
from monitor.source.schedule import compute_longest_silence, compute_next_poll
from monitor.source.scraper import Source
from monitor.store import addresses, owing, polls, reminders

BEHIND = timedelta(minutes=10)


async def enqueue_due(
    pipeline: Pipeline,
    sources: Sequence[Source],
    destinations: Collection[str],
    *,
    outcomes: Sequence[Outcome] = (),
    awake: datetime | None = None,
    just_due: Collection[str] = (),
) -> None:
    """Enqueue what falls due by the clock, after the polls of `sources` that ended with `outcomes`
    and before the delivery. A silent source is reported only by a process `awake` all the while,
    and not while one that is `just_due` may answer.

    Raises:
        StoreError: the history can't be used.
    """
    if any(outcome.baseline for outcome in outcomes):
        # a baseline is compared with the list like all on record
        await pipeline.watching.refresh(pipeline.history, pipeline.now)
    if awake:
        await tell_stale(pipeline, awake, just_due)
    if await has_caught_up(pipeline, sources):
        await remind(pipeline)
    await summarize_day(pipeline, sources)
    await call(pipeline)
    await reroute_orphans(pipeline.history, destinations)


async def _list_with_time(
    pipeline: Pipeline, sources: Sequence[Source], now: datetime
) -> list[tuple[datetime, Source]]:
    """List the sources, each with the time of its next poll."""
    tried = await pipeline.history(addresses.load_last_polls)
    return [(compute_next_poll(source, tried.get(source.id), now), source) for source in sources]


async def list_due_sources(pipeline: Pipeline, sources: Sequence[Source]) -> list[Source]:
    """List the sources that are due now."""
    now = pipeline.now
    timed = await _list_with_time(pipeline, sources, now)
    return [source for due, source in timed if due <= now]


async def find_next_due(pipeline: Pipeline, sources: Sequence[Source]) -> datetime:
    """Return when the next of `sources` is due."""
    return min(due for due, _ in await _list_with_time(pipeline, sources, pipeline.now))


async def select_sources(pipeline: Pipeline, names: Sequence[str], *, every: bool) -> list[Source]:
    """The sources called `names`; without names every one, or those that are due."""
    if names:
        return pipeline.registry.named(names)
    if not every:
        return await list_due_sources(pipeline, pipeline.registry.sources)
    return [source for source in pipeline.registry.sources if not source.by_hand]


async def tell_stale(pipeline: Pipeline, awake: datetime, just_due: Collection[str] = ()) -> None:
    """Report every source silent for too long, even if no poll ends: since we are `awake`."""
    now, patience = pipeline.now, pipeline.config.health.patience
    if now - awake <= patience:
        return  # no bound is shorter
    since, heard = await pipeline.history(polls.list_unheard_sources, now - patience)
    unheard = [
        (source, compute_longest_silence(source, patience, now))
        for source in pipeline.registry.sources
        if source.id not in heard and source.id not in just_due
    ]
    silent = [
        (source, bound)
        for source, bound in unheard
        if now - max(since.get(source.id) or awake, awake) > bound
    ]
    if silent:
        bounds = {source.id: bound for source, bound in silent}
        paths = {source.id: pipeline.registry.paths(source) for source, _ in silent}
        texts = {source.id: _word_reminder(source, now) for source, _ in silent if source.by_hand}
        await pipeline.history(polls.tell_stale, bounds, awake, now, paths, texts)


def _word_reminder(source: Source, now: datetime) -> str:
    """Write the operator's task for a source that no machine can poll."""
    url = source.requests(now)[0].url
    return (
        f"a person feeds it: save {url} in a browser, then `monitor hand-in FILE --source"
        f" {source.id} --by NAME`"
    )


async def has_caught_up(pipeline: Pipeline, sources: Sequence[Source]) -> bool:
    """Return whether each source was polled when due, so that nothing rests on knowledge from
    before a long sleep.
    """
    now = pipeline.now
    return all(due > now - BEHIND for due, _ in await _list_with_time(pipeline, sources, now))


async def remind(pipeline: Pipeline) -> None:
    """Enqueue the reminders that are due. Call it after the polls, which may overtake a
    reminder.
    """
    sources, patience = pipeline.registry.sources, pipeline.config.health.patience
    address = pipeline.router.addressed
    await pipeline.history(reminders.remind, pipeline.now, address, sources, patience)


async def summarize_day(pipeline: Pipeline, sources: Sequence[Source]) -> None:
    """Enqueue the daily digest from the hour in config.toml; the first waits until each source
    was polled.
    """
    now, daily = pipeline.now, pipeline.config.daily
    if daily.at and (day := daily.at.day_due(now)):
        await pipeline.history(owing.enqueue_daily, day.isoformat(), daily.to, now, len(sources))


async def call(pipeline: Pipeline) -> None:
    """Owe what calls people, and the word of the week, where it has fallen due."""
    now, settings = pipeline.now, pipeline.config.triage.desks
    await pipeline.history(reminders.call_people, load_desks(pipeline.config), now)
    for name, desk in settings.items():
        if desk.weekly and (day := desk.weekly.day_due(now)):
            await pipeline.history(owing.enqueue_weekly, day.isoformat(), name, now)
