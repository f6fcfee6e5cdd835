"""Compare one page's reading with what is known, and record it: acts with annexes, or a register's
new edition.
"""

import asyncio
import logging
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from zlib import crc32

from monitor import extract, vocabulary
from monitor.alert.event import (
    Decision,
    Event,
    Known,
    NoticeKind,
    Post,
    judge,
    place_edition,
    place_listed,
    place_page,
    place_withdrawn,
)
from monitor.clock import format_instant
from monitor.config.events import Happened, log_event
from monitor.diff.acts import keep_keys
from monitor.diff.annex import AnnexReading, complete_with_annexes
from monitor.errors import ConfigError, ErrorKind, EvidenceLost, SourceError
from monitor.fetch import Fetched
from monitor.model import (
    Announcement,
    Edition,
    Entity,
    Evidence,
    Excerpt,
    Fact,
    Item,
    Mentions,
    Problem,
    Report,
    RowAction,
    Severity,
    Unread,
)
from monitor.poll.context import Context
from monitor.poll.outcome import Content, Held, Outcome, make_stamp
from monitor.poll.register_delta import Reading, compute_delta
from monitor.poll.watched_pages import Again, PageWatch
from monitor.poll.watchlist import Results
from monitor.render import dates
from monitor.source.habits import LinkBeside
from monitor.source.page import Body, Link, LinksBeside, Page, Register
from monitor.source.scraper import Source, get_host, make_reader_name
from monitor.store import (
    OPS,
    Address,
    Annexed,
    Delta,
    ListedPage,
    PageRead,
    PageSeen,
    Retrieval,
    acts,
    facts,
    proofs,
    registers,
)
from monitor.watch import match
from monitor.watch.match import ALONE, Beside
from monitor.watch.values import ScreeningResult

CAUSE = re.compile(r"^\S+: ")  # the address before the cause of a failure
QUOTED = 80  # characters of a link's words
# what a listed page may be, by whether its title is on our subjects
LISTED = {True: "act", False: "page"}
Decide = Callable[[Edition, Sequence[Event]], Decision]


@dataclass(frozen=True)
class Screened:
    """The watch list's matches with a page's facts. They rest on the known acts that these change,
    and on what others on record add; a fact that is more than its page is screened with both again.
    """

    results: Results = ()
    earlier: Mapping[str, Announcement] = field(default_factory=dict)
    beside: Beside = ALONE

    def find(self, sought: Fact | Edition) -> ScreeningResult | None:
        """Find the match of this very fact: one page may have two equal ones."""
        return next((result for fact, result in self.results if fact is sought), None)


@dataclass(frozen=True, kw_only=True)
class Recorder(Context):
    """Saves readings, and chooses the destinations."""

    async def record_acts(
        self,
        source: Source,
        tracked_page: Address,
        fetched: Fetched,
        content: Content,
        annexes: Sequence[Annexed],
        parts: Mapping[str, Sequence[AnnexReading]],
        began: float,
        again: Again | None,
    ) -> None:
        """Record a page's acts and reports with annexes and links. `began` is the time of its first
        request, on the monotonic clock; `again` fetches it once more, unless it was handed in.
        """
        page = fetched.page
        watched = [
            await self._read_watched_page(source, tracked_page, page, part, again)
            for part in content.found
            if isinstance(part, Excerpt)
        ]
        read = _describe_page(source, tracked_page, fetched, content, parts)
        read = replace(read, annexes=tuple(annexes), watched=tuple(watched))
        if read.facts or any(seen.is_evidence for seen in watched):
            await asyncio.to_thread(self.keep, page)
            await self._prove(annexed.stamp.sha256 for annexed in annexes if annexed.stamp)
            read = replace(read, retrievals=list_retrievals_of_page(page))
        for fact, decision in await self._record_and_decide(source, tracked_page, read):
            _log_fact(fact, decision, page.url, time.monotonic() - began)
        for seen in watched:
            _log_page(source, seen, page.url, time.monotonic() - began)

    async def _record_and_decide(
        self, source: Source, tracked_page: Address, page_read: PageRead
    ) -> Sequence[tuple[Fact, Decision]]:
        """Record a read page; return each recorded fact with its decision."""
        last = await self._load_last(tracked_page) if page_read.facts else ()
        page_read = replace(page_read, facts=tuple(keep_keys(page_read.facts, last)))
        found = page_read.facts
        then = await self._reread_last(source, tracked_page, last) if found else {}
        screened = await self._screen_facts(found, await self._load_earlier(found))
        decide = partial(
            self._judge, source=source, tracked_page=tracked_page, then=then, screened=screened
        )
        return await self.history(
            facts.record_page, tracked_page, page_read, decide, self.now, self.config.events
        )

    async def _read_watched_page(
        self,
        source: Source,
        tracked_page: Address,
        page: Page,
        excerpt: Excerpt,
        again: Again | None,
    ) -> PageSeen:
        """Record the text of a page of config.toml, and report its changes."""
        reader = self.registry.page_readers_named[tracked_page.reader]
        seen = await PageWatch(self, source, tracked_page, reader, again).seen(page, excerpt)
        if seen.change is None:
            return seen
        result = None
        if self.watching.has_anything:
            result = await asyncio.to_thread(self.watching.screen, seen.change, {})
        return replace(seen, decision=self.router.addressed(place_page(), seen.change, result))

    async def record_edition(
        self,
        source: Source,
        tracked_page: Address,
        fetched: Fetched,
        register: Register,
        began: float,
    ) -> None:
        """Record the changes of a register's new edition; its bytes are saved for a baseline or
        a change.
        """
        # two sources may read one register: the nightly whole and its news
        async with self.turns[tracked_page.reader]:
            reading = Reading(register, fetched.page, tracked_page.reader, source.authority)
            delta, evidence, decide = await self._compare_edition(reading, tracked_page.request.url)
            came = list_retrievals_of_page(fetched.page) if _has_result(delta) else ()
            await self.history(
                facts.record_register,
                tracked_page,
                delta,
                evidence,
                make_stamp(fetched),
                decide,
                self.now,
                came,
            )
            _log_edition(source, delta, time.monotonic() - began)
        if delta.again:
            self.findings[source.id].again = True
        if delta.held and not delta.alternates:
            self.findings[source.id].held = Held(len(delta.held), delta.asks)

    async def release(self, reader: str) -> Outcome:
        """Confirm the withheld removals of this reader's register, and report them.

        Raises:
            ConfigError: no such reader, or nothing is withheld.
            EvidenceLost: the archive lacks the body as it was read.
        """
        self.registry.reader(reader)
        reader = self.registry.only_source(reader)
        began = time.monotonic()
        async with self.turns[reader]:
            known = await self.history(registers.load_register_state, reader)
            if known is None or known.held_sha256 is None:
                raise ConfigError(
                    f"{reader}: nothing is held of it; `monitor status` shows what is"
                )
            source = self.registry.source(known.source)
            page = Page(
                known.url,
                Body(await self._load_held(reader, source, known.held_sha256)),
                self.now,
            )
            register = await self.readers.read(reader, page)
            assert isinstance(register, Register), "what is held was read as a register"
            reading = Reading(register, page, reader, source.authority, released=True)
            delta, evidence, decide = await self._compare_edition(reading, known.url)
            await self.history(facts.record_delta, delta, evidence, source.id, decide, self.now)
            _log_edition(source, delta, time.monotonic() - began)
        return Outcome(source)

    async def _compare_edition(self, reading: Reading, url: str) -> tuple[Delta, Evidence, Decide]:
        """Compare a register with its last read; return the changes, the evidence, and the rules
        for destinations.
        """
        delta = await compute_delta(reading, self.history, self.readers)
        if _has_result(delta):
            await asyncio.to_thread(self.keep, reading.page)
            await self._prove(page.body.sha256 for page in reading.page.companions.values())
        screened = await self._screen_facts([delta.edition] if delta.edition else [])

        def decide(edition: Edition, events: Sequence[Event]) -> Decision:
            return self.router.addressed(
                place_edition(edition, events), edition, screened.find(edition)
            )

        return delta, _make_evidence(url, reading.page), decide

    async def _load_held(self, reader: str, source: Source, sha256: str) -> bytes:
        try:
            return await asyncio.to_thread(self.archive.get, sha256)
        except EvidenceLost as lost:
            way_out = f"`monitor poll {source.id}` reads it again, then release it"
            raise EvidenceLost(f"{reader}: what is held of it is {lost}: {way_out}") from lost

    async def _prove(self, beside: Iterable[str]) -> None:
        """See that what proves something beside a page stays in the archive: no row of what is
        recorded names it.
        """
        if bodies := frozenset(beside):
            await self.history(proofs.prove, bodies)

    def keep(self, page: Page) -> None:
        """Put a page's bytes, and those of its companions, into the archive."""
        for kept in (page, *page.companions.values()):
            with kept.body.stream() as body:
                self.archive.put_stream(body)

    def make_listed_page(
        self, source: Source, tracked_page: Address, problem: Problem
    ) -> ListedPage:
        """Write the message on an unreadable page. Its title's subject decides the destinations. A
        press list, or a title on another subject, goes to the operators only.
        """
        key, number = extract.own_number(tracked_page.title, source.authority) or (
            tracked_page.page_key,
            None,
        )
        is_news = source.kind != "press" and extract.may_concern(tracked_page.title)
        cause = CAUSE.sub("", problem.text).removeprefix("answered ")
        seen = tracked_page.seen_at
        since = dates.format_local_date(format_instant(seen), source.authority) if seen else ""
        act = Announcement(
            key=key,
            authority=source.authority,
            title=tracked_page.title,
            number=number,
            url=tracked_page.request.url,
            understood="none",
            not_read=(
                Unread(
                    what=LISTED[is_news],
                    why=f"listed; its page can't be read: {cause} since {since}",
                ),
            ),
        )
        if is_news:
            (post,) = self.router.addressed(place_listed(), act).posts
        else:
            post = Post(NoticeKind.LISTED, "", to=(OPS,), severity=Severity.LOW)
        return ListedPage(act, post, self.config.events.package)

    def decide_withdrawn(self, act: Announcement, event: Event) -> Decision:
        """Choose the destinations of the report that an act is no longer published."""
        return self.router.addressed(place_withdrawn(event), act, self._screen(act, Screened()))

    def _judge(
        self,
        fact: Fact,
        known: Known,
        *,
        source: Source,
        tracked_page: Address,
        then: Mapping[str, Announcement],
        screened: Screened,
    ) -> Decision | None:
        told_anyway = bool(
            self.since and fact.published and fact.published[:10] >= self.since.isoformat()
        )
        decision = judge(
            fact,
            known,
            authority=source.authority,
            now=self.now,
            silent=tracked_page.silent and not told_anyway,
            windows=self.config.events,
            then=then.get(fact.key) if isinstance(fact, Announcement) else None,
            ours=(
                self._find_new_matches(fact, known, screened)
                if isinstance(fact, Announcement)
                else ()
            ),
        )
        if decision is None:
            return None
        told = decision.act or fact
        result = screened.find(fact) if told is fact else self._screen(told, screened)
        return self.router.addressed(decision, told, result)

    def _find_new_matches(
        self, found: Announcement, known: Known, screened: Screened
    ) -> Sequence[Entity | Item]:
        """Return a known act's matches at a new address that its known readings lack."""
        result = screened.find(found)
        if known.act is None or known.last is not None or result is None or not result.found:
            return ()
        before = self._screen(known.act, screened)
        touched = {hit.key for hit in before.found} if before else set[str]()
        names = {
            hit.subject for hit in result.found if hit.key not in touched and not hit.dismissed_by
        }
        listed: Iterable[Sequence[Entity | Item]] = (
            (*measure.entities, *measure.items) for measure in found.measures
        )
        return [
            thing for things in listed for thing in things if match.name_subject(thing) in names
        ]

    def _screen(self, told: Fact, by: Screened) -> ScreeningResult | None:
        """Screen an act that is more than its page: other addresses' readings match too."""
        if not self.watching.has_anything:
            return None
        return self.watching.screen(told, by.earlier, by.beside)

    async def _load_earlier(self, facts: Sequence[Fact]) -> Mapping[str, Announcement]:
        """Load the known acts that these change: their items and names match too."""
        keys = {key for fact in facts for key in match.list_acts_changed(fact)}
        return await self.history(acts.load_acts, keys) if keys else {}

    async def _screen_facts(
        self, facts: Sequence[Fact | Edition], earlier: Mapping[str, Announcement] | None = None
    ) -> Screened:
        """Add each one's matches with the watch list; empty without a list."""
        if not self.watching.has_anything:
            return Screened()
        known = earlier or {}

        def screen(beside: Beside) -> Screened:
            results = tuple((fact, self.watching.screen(fact, known, beside)) for fact in facts)
            return Screened(results, known, beside)

        alone = await asyncio.to_thread(screen, ALONE)
        beside = await self.watching.find_beside(self.history, alone.results, known)
        return alone if beside == ALONE else await asyncio.to_thread(screen, beside)

    async def _load_last(self, tracked_page: Address) -> Sequence[Announcement]:
        """Load the acts of a page as they were read last."""
        url = tracked_page.request.url
        return await self.history(acts.load_acts_of_page, url, tracked_page.sha256)

    async def _reread_last(
        self, source: Source, tracked_page: Address, last: Sequence[Announcement]
    ) -> dict[str, Announcement]:
        """Read the last bytes here with today's reader: a better reader must not look like a new
        law. If the bytes are lost, or no longer read, all is reported as new.
        """
        if tracked_page.sha256 is None:
            return {}
        try:
            body = Body(await asyncio.to_thread(self.archive.get, tracked_page.sha256))
            content = await self.readers.read(
                tracked_page.reader,
                Page(tracked_page.request.url, body, charset=tracked_page.request.charset),
            )
        except EvidenceLost as lost:
            problem = Problem(ErrorKind.EVIDENCE, f"is {lost}")
            await self._report_unread(source, tracked_page, problem)
            return {}
        except SourceError as error:
            problem = Problem(error.kind, f"can't be read any more ({error})")
            await self._report_unread(source, tracked_page, problem)
            return {}
        assert not isinstance(content, Register), "a register is compared row by row"
        read = [_give_own_key(fact) for fact in content if isinstance(fact, Announcement)]
        kept = keep_keys(read, last)
        return {act.key: act for act in kept if isinstance(act, Announcement)}

    async def _report_unread(self, source: Source, tracked_page: Address, why: Problem) -> None:
        """A page without content was never archived; a missing body of any other is reported to the
        operators.
        """
        if await self.history(proofs.is_evidence, tracked_page.sha256 or ""):
            text = (
                f"{tracked_page.request.url}: the page as it was read last {why.text}. As it is now"
                " it was read as new"
            )
            await self.remark(source, why.kind, text)


def _describe_page(
    source: Source,
    tracked_page: Address,
    fetched: Fetched,
    content: Content,
    parts: Mapping[str, Sequence[AnnexReading]],
) -> PageRead:
    """Describe a page that was read: its facts, its links, its bytes, its words."""
    links = [link for link in content.found if isinstance(link, Link) and not link.of]
    page, is_list = fetched.page, tracked_page.reader == make_reader_name(source.read)
    found = tuple(
        _complete_act(fact, parts) if isinstance(fact, Announcement) else fact
        for fact in content.found
        if not isinstance(fact, Link | Excerpt)
    )
    is_foreign = not (tracked_page.start or source.owns(page.url)) and any(
        isinstance(fact, Announcement) for fact in found
    )
    return PageRead(
        facts=_turn_into_report(found, page.url) if is_foreign else found,
        foreign=_make_host_remark(page.url) if is_foreign else None,
        links=tuple((link, make_reader_name(link.read)) for link in links),
        evidence=_make_evidence(tracked_page.request.url, page),
        stamp=make_stamp(fetched),
        shown=tuple(_list_named_acts(source, links)) if source.language == "zh" and is_list else (),
        beside=_count_beside(source, content.beside) if content.beside else None,
        days=content.days,
        words=content.words,
    )


def _has_result(delta: Delta) -> bool:
    """Return whether a register's read has any result, so that its bytes are archived."""
    return bool(delta.moved or delta.gone) or not delta.settled


def list_retrievals_of_page(page: Page) -> tuple[Retrieval, ...]:
    """Return the retrieval of a page and its companions, without parts from outside the network."""
    return tuple(
        Retrieval(part.body.sha256, part.came_at, part.responses)
        for part in (page, *page.companions.values())
        if part.responses
    )


def _log_fact(fact: Fact, decision: Decision, url: str, took: float) -> None:
    """Log a recorded fact in one line; a baseline of hundreds only for debugging."""
    act = isinstance(fact, Announcement)
    key = fact.key if isinstance(fact, Announcement) else fact.url or fact.title
    level = logging.DEBUG if decision.baseline or decision.held else logging.INFO
    what = Happened.ACT if act else Happened.REPORT
    log_event(what, level, key=key, change=decision.kind, url=url if act else None, duration=took)


def _log_page(source: Source, seen: PageSeen, url: str, took: float) -> None:
    """Log one line on a page with a changed text."""
    if seen.change:
        log_event(Happened.PAGE, source=source.id, key=seen.excerpt.page, url=url, duration=took)


def _log_edition(source: Source, delta: Delta, took: float) -> None:
    """One line of the log for an edition that changed something."""
    if edition := delta.edition:
        counts = Counter(change.action for change in edition.changes)
        log_event(
            Happened.EDITION,
            source=source.id,
            key=edition.key,
            reader=delta.reader,
            added=counts[RowAction.ADD],
            removed=counts[RowAction.REMOVE],
            amended=counts[RowAction.AMEND],
            held=len(delta.held),
            duration=took,
        )


def _count_beside(
    source: Source, beside: LinksBeside
) -> tuple[Mapping[int, int], tuple[LinkBeside, ...]]:
    """Count a list's other links, and those on its publisher's hosts that may be entries."""
    own = [link for link in beside.links if source.owns(link[0])]
    return beside.counts, tuple(
        LinkBeside(
            id=crc32(url.encode()),
            place=place,
            words=words[:QUOTED],
            is_of_act=bool(extract.own_number(words, source.authority))
            or extract.may_concern(words),
        )
        for url, words, place in own
    )


def _list_named_acts(source: Source, links: Sequence[Link]) -> Iterator[str]:
    """List the keys of acts with their own number at the beginning of their titles."""
    for link in links:
        if own := extract.own_number(link.title, source.authority):
            yield own[0]


def _complete_act(act: Announcement, parts: Mapping[str, Sequence[AnnexReading]]) -> Announcement:
    """Add the annexes that go by the act's key, then give it the key of its own."""
    return _give_own_key(complete_with_annexes(act, parts[act.key]) if act.key in parts else act)


def _give_own_key(act: Announcement) -> Announcement:
    """Put its authority before an act's key that is a number of another country's: else two acts
    would be recorded as one.
    """
    if not act.authority:
        return act
    country = vocabulary.country_of(vocabulary.issuer(act.key))
    own = country in ("", vocabulary.country_of(act.authority))
    return act if own else act.replace(key=f"{act.authority}-{act.key}")


def _make_evidence(url: str, page: Page) -> Evidence:
    return Evidence(
        url=url,
        sha256=page.body.sha256,
        fetched_at=format_instant(page.came_at),
        handed=page.handed,
    )


def _turn_into_report(facts: Sequence[Fact], url: str) -> tuple[Fact, ...]:
    """Turn a foreign host's facts into one report: only the issuer can confirm its acts."""
    acts = [fact for fact in facts if isinstance(fact, Announcement)]
    return (
        *(fact for fact in facts if isinstance(fact, Report)),
        *([_make_report(acts, url)] if acts else []),
    )


def _make_report(acts: Sequence[Announcement], url: str) -> Report:
    measures = [measure for act in acts for measure in act.measures]
    mentions = Mentions(
        keys=tuple(dict.fromkeys(act.key for act in acts)),
        registers=tuple(
            dict.fromkeys(measure.register for measure in measures if measure.register)
        ),
        entities=tuple(entity for measure in measures for entity in measure.entities),
    )
    first = acts[0]
    return Report(
        kind="press",
        title=first.title,
        url=url,
        publisher=get_host(url),
        published=first.published,
        mentions=mentions,
    )


def _make_host_remark(url: str) -> Problem:
    """Report a foreign host to the operators, once a host."""
    text = (
        f"It links to acts on {get_host(url)}, which is not a site of the publisher: what they say"
        " is reported as unconfirmed"
    )
    return Problem(
        ErrorKind.FOREIGN_HOST,
        f"{text}. If it is the publisher's, add it to hosts=(…) of the source",
    )
