"""One pass over one source: fetch → read → understand → diff → record. What is owed to people leaves by `deliver`."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property, partial

from monitor.annex import Part, completed
from monitor.archive import Archive
from monitor.clock import Clock, duration, iso
from monitor.config import Config
from monitor.edition import Reading, delta_of
from monitor.errors import ConfigError, FetchError, LayoutChanged, NotThePage, SourceError
from monitor.event import Decision, Event, Known, Windows, judge, place_edition
from monitor.fetch import Fetched, Fetcher, Unchanged, Validators
from monitor.history import Address, Annexed, Arrival, Body, Delta, History
from monitor.history.threaded import HistoryThread
from monitor.model import Announcement, Edition, Evidence, Fact, Problem, Touches
from monitor.page import Found, Link, Page, Reader, Request
from monitor.register import Register
from monitor.registry import Registry
from monitor.route import Router
from monitor.scraper import Source, read_all, reader_name
from monitor.watching import Watching

Progress = Callable[[str, int], None]  # a source's id, and how many more pages it owes us: -1 when one of them is settled
AT_ONCE = 16  # pages of one source in memory together; how many of them travel is the fetcher's to say


@dataclass(frozen=True)
class Outcome:
    """How a poll ended: what failed (nothing: well), and whether it was the first good one, whose news are a baseline."""

    source: Source
    failures: tuple[SourceError, ...] = ()
    baseline: bool = False


def _unwatched(source: str, owed: int) -> None:
    """Nobody looks on."""


@dataclass(frozen=True)
class Pipeline:
    """What a pass works with. `since`: of a first read, what was published from that day on is told after all.

    `progress` is told how far it is; it may show that, and changes nothing.
    """

    config: Config
    registry: Registry
    fetcher: Fetcher
    archive: Archive
    history: HistoryThread
    clock: Clock
    since: date | None = None
    progress: Progress = _unwatched
    watching: Watching | None = None
    _turns: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    @cached_property
    def router(self) -> Router:
        """Who is told what, as config.toml says."""
        return Router(self.config.routes, self.config.topics)

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
        self.progress(source.id, len(places))
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
        if place.start and source.companions:
            return await self._with_companions(source, place)
        validators = Validators(place.etag, place.last_modified)
        return await self._ask(source, place.request, validators)

    async def _ask(self, source: Source, request: Request, validators: Validators | None = None) -> Fetched | Unchanged:
        return await self.fetcher.fetch(request, validators=validators, size_limit=source.size_limit, deadline=source.deadline)

    async def _with_companions(self, source: Source, place: Address) -> Fetched:
        """The page with those that belong to it, all as they are now: that one of them is unchanged says nothing of the rest."""
        asked = [place.request, *source.companions.values()]
        main, *others = [await self._ask(source, request) for request in asked]
        pages = {name: _fetched(answer).page for name, answer in zip(source.companions, others, strict=True)}
        return Fetched(replace(_fetched(main).page, companions=pages), Validators())

    async def _settle(self, source: Source, place: Address, answer: asyncio.Future[Fetched | Unchanged]) -> SourceError | None:
        """Record what became of one page; a failure is a value from here on, so that its siblings are read."""
        try:
            fetched = await answer
            if isinstance(fetched, Unchanged) or fetched.page.identity == place.sha256:
                await self.history(History.unchanged, place, self.clock.now())
            elif place.annex:
                await self._read(self.registry.reader(place.reader), fetched.page)
                await self.history(History.annex_moved, place, _body(fetched), self.clock.now())
            else:
                await self._record(source, place, fetched)
        except SourceError as error:
            await self.history(History.failed, place, _problem(error), self.clock.now())
            # A known act whose page fails when it is looked at again has been told; only what is still owed is a failure.
            # An annex that can't be read was named in its act's alert.
            return error if place.start or (place.owed and not place.annex) else None
        finally:
            self.progress(source.id, -1)
        return None

    async def _record(self, source: Source, place: Address, fetched: Fetched) -> None:
        page, read = fetched.page, self.registry.reader(place.reader)
        found = await self._read(read, page)
        if isinstance(found, Register):
            await self._edition(source, place, fetched, found)
            return
        if not found and place.sha256 in self.archive:
            raise NotThePage(f"{page.url}: what was read here before is no longer on the page", kind="vanished")
        links = [link for link in found if isinstance(link, Link)]
        annexes, parts = await self._annexes(source, [link for link in links if link.of])
        facts = tuple(_whole(fact, parts) for fact in found if not isinstance(fact, Link))
        if facts:
            await asyncio.to_thread(self.archive.put, page.body)
        then = await asyncio.to_thread(self._read_again, place, read) if facts else {}
        arrival = Arrival(
            facts=facts,
            links=tuple((link, reader_name(link.read)) for link in links if not link.of),
            evidence=_evidence(place.request.url, page),
            body=_body(fetched),
            annexes=tuple(annexes),
        )
        touched = await self._touched(facts)
        decide = partial(self._judge, source=source, place=place, then=then, touched=touched)
        await self.history(History.arrived, place, arrival, decide, self.clock.now())

    async def _edition(self, source: Source, place: Address, fetched: Fetched, register: Register) -> None:
        """Record what a register's new edition changes; its bytes are kept where it is a baseline or changes something."""
        async with self._turns[place.reader]:  # two sources may read one register: the nightly whole and its news
            reading = Reading(register, fetched.page, self.registry.reader(place.reader), place.reader, source.authority)
            delta = await self._delta(reading)
            evidence = _evidence(place.request.url, fetched.page)
            decide = partial(self._place, touched=await self._touched([delta.edition] if delta.edition else []))
            await self.history(History.edition, place, delta, evidence, _body(fetched), decide, self.clock.now())

    async def release(self, reader: str) -> Outcome:
        """Believe what is held of the register that this reader reads: its rows are gone, and that is told.

        Raises:
            ConfigError: no such reader, or nothing is held of what it reads.
        """
        read = self.registry.reader(reader)
        async with self._turns[reader]:
            known = await self.history(History.register, reader)
            if known is None or known.held_sha256 is None:
                raise ConfigError(f"{reader}: nothing is held of it; `monitor status` shows what is")
            source = self.registry.source(known.source)
            page = Page(known.url, self.archive.get(known.held_sha256), self.clock.now())
            register = await self._read(read, page)
            assert isinstance(register, Register), "what is held was read as a register"
            delta = await self._delta(Reading(register, page, read, reader, source.authority, released=True))
            evidence = _evidence(known.url, page)
            decide = partial(self._place, touched=await self._touched([delta.edition] if delta.edition else []))
            await self.history(History.released, source.id, delta, evidence, decide, self.clock.now())
        return Outcome(source)

    async def _delta(self, reading: Reading) -> Delta:
        delta = await delta_of(reading, self.history)
        if delta.moved or delta.gone or delta.held:
            await asyncio.to_thread(self._keep, reading.page)
        return delta

    def _keep(self, page: Page) -> None:
        for each in (page, *page.companions.values()):
            with each.stream() as body:
                self.archive.put_stream(body)

    async def _annexes(self, source: Source, links: Sequence[Link]) -> tuple[list[Annexed], dict[str, list[Part]]]:
        """Fetch and read what belongs to an act, so that it is told with it; what can't be read now is owed, and said."""
        annexes: list[Annexed] = []
        parts: dict[str, list[Part]] = {}
        for link in links:
            annexed, part = await self._annex(source, link)
            annexes.append(annexed)
            parts.setdefault(link.of or "", []).append(part)
        return annexes, parts

    async def _annex(self, source: Source, link: Link) -> tuple[Annexed, Part]:
        try:
            answer = _fetched(await self._ask(source, link.asks))
            found = await self._facts(link.read, replace(answer.page, of=link.of))
            acts = tuple(fact for fact in found if isinstance(fact, Announcement))
            await asyncio.to_thread(self.archive.put, answer.page.body)
        except SourceError as error:
            return Annexed(link, reader_name(link.read), failure=_problem(error)), Part(link.title, failure=str(error))
        return Annexed(link, reader_name(link.read), body=_body(answer)), Part(link.title, acts)

    async def _read(self, read: Reader, page: Page) -> list[Found] | Register:
        return await asyncio.to_thread(read_all, read, page)

    async def _facts(self, read: Reader, page: Page) -> list[Found]:
        return [] if isinstance(found := await self._read(read, page), Register) else found

    def _judge(
        self,
        found: Fact,
        known: Known,
        *,
        source: Source,
        place: Address,
        then: Mapping[str, Announcement],
        touched: Mapping[int, Touches],
    ) -> Decision | None:
        told_anyway = bool(self.since and found.published and found.published[:10] >= self.since.isoformat())
        decision = judge(
            found,
            known,
            authority=source.authority,
            now=self.clock.now(),
            silent=place.silent and not told_anyway,
            windows=Windows(duration(self.config.events.package), duration(self.config.events.press)),
            then=then.get(found.key) if isinstance(found, Announcement) else None,
        )
        return self.router.addressed(decision, found, touched.get(id(found))) if decision else None

    def _place(self, edition: Edition, events: Sequence[Event], *, touched: Mapping[int, Touches]) -> Decision:
        return self.router.addressed(place_edition(edition, events), edition, touched.get(id(edition)))

    async def _touched(self, found: Sequence[Fact | Edition]) -> dict[int, Touches]:
        """How each of these was held against the watch list, by its identity; empty where there is no list."""
        if self.watching is None or not self.watching.list.entries:
            return {}
        return await asyncio.to_thread(self.watching.touches, found)

    def _read_again(self, place: Address, read: Reader) -> dict[str, Announcement]:
        """What today's reader makes of the bytes that were here last: a better reader must not be taken for a new law."""
        if place.sha256 is None or place.sha256 not in self.archive:
            return {}
        page = Page(url=place.request.url, body=self.archive.get(place.sha256), charset=place.request.charset)
        found = read_all(read, page)
        assert not isinstance(found, Register), "a register is compared row by row"
        return {fact.key: fact for fact in found if isinstance(fact, Announcement)}

    async def _end(self, source: Source, failures: Sequence[SourceError]) -> bool:
        hold = max((failure.retry_after or 0 for failure in failures if isinstance(failure, FetchError)), default=0)
        problem = _problem(failures[0]) if failures else None
        patience = duration(self.config.health.patience)
        return await self.history(
            History.polled, source.id, problem, self.clock.now(), patience=patience, hold=timedelta(seconds=hold)
        )


def _whole(fact: Fact, parts: Mapping[str, Sequence[Part]]) -> Fact:
    return completed(fact, parts[fact.key]) if isinstance(fact, Announcement) and fact.key in parts else fact


def _evidence(url: str, page: Page) -> Evidence:
    return Evidence(url=url, sha256=page.sha256, fetched_at=iso(page.fetched_at))


def _fetched(answer: Fetched | Unchanged) -> Fetched:
    assert isinstance(answer, Fetched), "asked without validators, a server can't say that nothing changed"
    return answer


def _body(fetched: Fetched) -> Body:
    return Body(fetched.page.identity, fetched.validators.etag, fetched.validators.last_modified)


def _problem(error: SourceError) -> Problem:
    return Problem(kind=error.kind, text=str(error))


def _at_the_turn_of_the_year(failures: list[SourceError], *, of: int) -> list[SourceError]:
    """In January two years' pages are asked for, and the new one may be missing or empty until the first act is published."""
    expected = of > 1 and len(failures) < of
    return [failure for failure in failures if not (expected and failure.kind in ("gone", LayoutChanged.kind))]
