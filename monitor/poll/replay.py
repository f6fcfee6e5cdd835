"""Run the same pipeline over recorded pages in their own time: a real store, a set clock."""

import asyncio
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from monitor.ask.replayed import Mark, mark_of, write_mark
from monitor.config import CalendarSettings, Config, FetchSettings, SourceSettings
from monitor.config.stores import Store
from monitor.config.times import Duration
from monitor.deliver.channel import Channel
from monitor.deliver.sending import deliver
from monitor.errors import ConfigError
from monitor.fetch.connect import RecordedTransport
from monitor.model import frozen
from monitor.poll.assembly import open_pipeline, poll
from monitor.poll.calendar_file import open_calendar_file
from monitor.poll.outcome import Outcome
from monitor.poll.poll import Pipeline
from monitor.poll.round import enqueue_due, find_next_due, list_due_sources
from monitor.poll.scenarios import Scenario
from monitor.source.registry import Registry
from monitor.source.scraper import Source
from monitor.store import DATABASE, IDENTITY, addresses, outbox
from monitor.store.lock import Lock


class StoryClock:
    """A clock that only moves when set."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def move_to(self, moment: datetime) -> None:
        """Let time pass, never backwards."""
        self._now = max(self._now, moment.astimezone(UTC))

    async def sleep(self, seconds: float) -> None:  # noqa: ARG002 - a story has no waiting
        await asyncio.sleep(0)


@frozen
class Played:
    """A finished replay. `failures` are part of the story: each page without content and the
    reason, once for each poll. `unread` are the pages and `unsent` the messages still pending at
    the end. It `ended` then by its own clock, and covers these `sources`.
    """

    polls: int
    failures: tuple[tuple[str, str], ...]
    unread: tuple[str, ...] = ()
    unsent: int = 0
    ended: datetime | None = None
    sources: tuple[str, ...] = ()


def replay(
    scenario: Scenario, config: Config, store: Path, channels: Mapping[str, Channel]
) -> Played:
    """Play `scenario` into `store` and send its messages through `channels`. An interrupted replay
    continues; a finished one starts again.

    Raises:
        ConfigError: `store` is no replay's, or of another scenario.
        StoreHeld: another process plays there.
    """
    with Lock(store):
        _prepare_folder(store, scenario)
        played = asyncio.run(_play_scenario(scenario, config, store, channels))
        write_mark(
            store,
            Mark(str(scenario.folder), finished=True, ended=played.ended, sources=played.sources),
        )
    return played


def _prepare_folder(store: Path, scenario: Scenario) -> None:
    mark = mark_of(store)
    if mark is None and (store / DATABASE).exists():
        raise ConfigError(
            f"{store}: holds a real history; a replay needs a store of its own (--store)"
        )
    if mark and mark.scenario != str(scenario.folder) and not mark.finished:
        raise ConfigError(
            f"{store}: another scenario is being played here ({mark.scenario}); use another --store"
        )
    if mark and mark.finished:
        (store / IDENTITY).unlink(missing_ok=True)
        for path in store.glob(f"{DATABASE}*"):
            path.unlink()
        shutil.rmtree(store / "archive", ignore_errors=True)
    write_mark(store, Mark(str(scenario.folder), finished=False))


async def _play_scenario(
    scenario: Scenario, config: Config, store: Path, channels: Mapping[str, Channel]
) -> Played:
    clock = StoryClock(scenario.awake[0].begins)
    # The story's own sources at their real addresses and pace, whatever config.toml switches off.
    config = replace(
        config,
        packages=("scrapers",),
        only=(),
        sources={},
        fetch=FetchSettings(gap=Duration(milliseconds=1), robots=False),
        # the calendar that people subscribe to is none of the story's
        calendar=CalendarSettings(
            file=str(store / "calendar.ics") if config.calendar.file else None
        ),
    )
    registry = Registry(config)
    others = {source.id for source in registry.sources} - {
        source.id for source in registry.named(scenario.sources)
    }
    # Sources outside the story are switched off, so that no message reports them as unread.
    config = replace(config, sources=dict.fromkeys(others, SourceSettings(enabled=False)))
    recorded = RecordedTransport(lambda url, headers: scenario.respond(url, headers, clock.now()))
    async with open_pipeline(
        config, Store(store), clock, transport=lambda _host: recorded
    ) as pipeline:
        return await _live_through(pipeline, scenario, channels, clock)


async def _live_through(
    pipeline: Pipeline, scenario: Scenario, channels: Mapping[str, Channel], clock: StoryClock
) -> Played:
    sources = pipeline.registry.named(scenario.sources)
    clock.move_to(
        max(
            (tried.at for tried in (await pipeline.history(addresses.load_last_polls)).values()),
            default=clock.now(),
        )
    )
    outcomes = list[Outcome]()
    for stretch in scenario.awake:
        clock.move_to(stretch.begins)
        while clock.now() < stretch.ends:
            outcomes += await _make_round(pipeline, sources, channels, clock)
            clock.move_to(min(await find_next_due(pipeline, sources), stretch.ends))
    unsent = await _say_the_rest(pipeline, channels, clock)
    unread = [
        page
        for source in sources
        for page in await pipeline.history(addresses.list_unread_pages_of_source, source.id)
    ]
    return Played(
        len(outcomes),
        tuple((one.source.id, str(failure)) for one in outcomes for failure in one.failures),
        tuple(unread),
        unsent,
        clock.now(),
        tuple(source.id for source in sources),
    )


async def _make_round(
    pipeline: Pipeline,
    sources: Sequence[Source],
    channels: Mapping[str, Channel],
    clock: StoryClock,
) -> Sequence[Outcome]:
    """Run one cycle over what is due, one poll after the other."""
    await pipeline.watching.refresh(pipeline.history, clock.now())
    due = await list_due_sources(pipeline, sources)
    outcomes = [await poll(pipeline, source) for source in due]
    await enqueue_due(pipeline, sources, channels, outcomes=outcomes)
    await deliver(pipeline.history, channels, clock)
    if calendar := open_calendar_file(pipeline.config):
        await calendar.refresh(pipeline.history, clock.now())
    return outcomes


async def _say_the_rest(
    pipeline: Pipeline, channels: Mapping[str, Channel], clock: StoryClock
) -> int:
    """Advance the clock until nothing is pending, a day at most; return how much is pending
    then.
    """
    unsent = 0
    for _ in range(24 * 60):
        await deliver(pipeline.history, channels, clock)
        unsent = sum(
            [len(list(await pipeline.history(outbox.list_pending, name))) for name in channels]
        )
        if not unsent:
            break
        clock.move_to(clock.now() + timedelta(minutes=1))
    return unsent
