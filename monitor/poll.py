"""One pass over one source: fetch → read → understand → diff → record. What is owed to people leaves by `deliver`."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from monitor.archive import Archive
from monitor.clock import Clock, duration, iso
from monitor.config import Config
from monitor.errors import FetchError, LayoutChanged, NotThePage, SourceError
from monitor.event import Decision, Known, Windows, judge
from monitor.fetch import Fetched, Fetcher, Transport, Unchanged, Validators
from monitor.history import Address, Arrival, History
from monitor.history.threaded import HistoryThread
from monitor.model import Announcement, Evidence, Fact, Problem
from monitor.registry import Registry
from monitor.schedule import next_poll
from monitor.scraper import Link, Page, Reader, Source, read_all, reader_name

AT_ONCE = 16  # pages of one source in memory together; how many of them travel is the fetcher's to say


@dataclass(frozen=True)
class Outcome:
    """How a poll ended: what failed (nothing: well), and whether it was the first good one, whose news are a baseline."""

    source: Source
    failures: tuple[SourceError, ...] = ()
    baseline: bool = False


@dataclass(frozen=True)
class Pipeline:
    """What a pass works with. `since`: of a first read, what was published from that day on is told after all."""

    config: Config
    registry: Registry
    fetcher: Fetcher
    archive: Archive
    history: HistoryThread
    clock: Clock
    since: date | None = None

    async def poll(self, source: Source) -> Outcome:
        """Read the source's own pages, then every page it owes us. What failed comes back; all else is done and recorded."""
        now = self.clock.now()
        starts = await self.history(History.start, source.id, source.requests(now), reader_name(source.read), now)
        failures = _at_the_turn_of_the_year(await self._visit(source, starts), of=len(starts))
        failures += await self._visit(source, await self.history(History.due, source.id, self.clock.now()))
        return Outcome(source, tuple(failures), baseline=await self._end(source, failures))

    async def _visit(self, source: Source, places: Sequence[Address]) -> list[SourceError]:
        """Fetch side by side, record one after another in the order given."""
        failures = []
        for first in range(0, len(places), AT_ONCE):
            some = places[first : first + AT_ONCE]
            answers = [asyncio.ensure_future(self._fetch(source, place)) for place in some]
            try:
                settled = [await self._settle(source, place, answer) for place, answer in zip(some, answers, strict=True)]
            finally:
                for answer in answers:
                    answer.cancel()  # only where we were stopped half-way: the others are done
            failures += [failure for failure in settled if failure]
        return failures

    async def _fetch(self, source: Source, place: Address) -> Fetched | Unchanged:
        validators = Validators(place.etag, place.last_modified)
        return await self.fetcher.fetch(place.request, validators=validators, size_limit=source.size_limit)

    async def _settle(self, source: Source, place: Address, answer: asyncio.Future[Fetched | Unchanged]) -> SourceError | None:
        """Record what became of one page; a failure is a value from here on, so that its siblings are read."""
        try:
            fetched = await answer
            if isinstance(fetched, Unchanged) or fetched.page.sha256 == place.sha256:
                await self.history(History.unchanged, place, self.clock.now())
            else:
                await self._record(source, place, fetched)
        except SourceError as error:
            await self.history(History.failed, place, Problem(kind=error.kind, text=str(error)), self.clock.now())
            # A known act whose page fails when it is looked at again has been told; only what is still owed is a failure.
            return error if place.start or place.owed else None
        return None

    async def _record(self, source: Source, place: Address, fetched: Fetched) -> None:
        page, read = fetched.page, self.registry.reader(place.reader)
        found = await asyncio.to_thread(read_all, read, page)
        facts = tuple(fact for fact in found if not isinstance(fact, Link))
        links = tuple((link, reader_name(link.read)) for link in found if isinstance(link, Link))
        if not found and place.sha256 in self.archive:
            raise NotThePage(f"{page.url}: what was read here before is no longer on the page", kind="vanished")
        if facts:
            await asyncio.to_thread(self.archive.put, page.body)
        then = await asyncio.to_thread(self._read_again, place, read) if facts else {}
        evidence = Evidence(url=place.request.url, sha256=page.sha256, fetched_at=iso(page.fetched_at))
        arrival = Arrival(facts, links, evidence, fetched.validators.etag, fetched.validators.last_modified)
        decide = partial(self._judge, source=source, place=place, then=then)
        await self.history(History.arrived, place, arrival, decide, self.clock.now())

    def _judge(
        self, found: Fact, known: Known, *, source: Source, place: Address, then: Mapping[str, Announcement]
    ) -> Decision | None:
        told_anyway = bool(self.since and found.published and found.published[:10] >= self.since.isoformat())
        return judge(
            found,
            known,
            authority=source.authority,
            now=self.clock.now(),
            silent=place.silent and not told_anyway,
            windows=Windows(duration(self.config.events.package), duration(self.config.events.press)),
            then=then.get(found.key) if isinstance(found, Announcement) else None,
        )

    def _read_again(self, place: Address, read: Reader) -> dict[str, Announcement]:
        """What today's reader makes of the bytes that were here last: a better reader must not be taken for a new law."""
        if place.sha256 is None or place.sha256 not in self.archive:
            return {}
        page = Page(url=place.request.url, body=self.archive.get(place.sha256), charset=place.request.charset)
        return {fact.key: fact for fact in read_all(read, page) if isinstance(fact, Announcement)}

    async def _end(self, source: Source, failures: Sequence[SourceError]) -> bool:
        hold = max((failure.retry_after or 0 for failure in failures if isinstance(failure, FetchError)), default=0)
        problem = Problem(kind=failures[0].kind, text=str(failures[0])) if failures else None
        patience = duration(self.config.health.patience)
        return await self.history(
            History.polled, source.id, problem, self.clock.now(), patience=patience, hold=timedelta(seconds=hold)
        )


def _at_the_turn_of_the_year(failures: list[SourceError], *, of: int) -> list[SourceError]:
    """In January two years' pages are asked for, and the new one may be missing or empty until the first act is published."""
    expected = of > 1 and len(failures) < of
    return [failure for failure in failures if not (expected and failure.kind in ("gone", LayoutChanged.kind))]


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
