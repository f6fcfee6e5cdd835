"""Poll one source: fetch → read → understand → diff → record. `deliver` sends the pending
messages.
"""

import asyncio
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property, partial

from msgspec.structs import replace as replace_value

from monitor import extract
from monitor import store as histories
from monitor.diff.annex import AnnexReading
from monitor.errors import ConfigError, ErrorKind, NotThePage, ReaderKilled, SourceError, StoreError
from monitor.fetch import Fetched, Unchanged, Validators
from monitor.model import Announcement, Problem
from monitor.poll.context import Findings
from monitor.poll.outcome import (
    Content,
    Outcome,
    Settled,
    fetch_whole_page,
    find_refusal,
    forgive_turn_of_year,
    hold_of,
    make_own_mistake,
    make_problem,
    make_stamp,
    refuse_replaced,
)
from monitor.poll.recording import Recorder, list_retrievals_of_page
from monitor.poll.watched_pages import has_same_words
from monitor.source.habits import get_path
from monitor.source.page import Link, Page, Register, Request, make_secure
from monitor.source.schedule import compute_longest_gap, find_old_answer, should_ask_for_all
from monitor.source.scraper import Source, get_host, make_reader_name
from monitor.store import (
    Address,
    Ended,
    Look,
    PollBegins,
    PollEnds,
    Standing,
    addresses,
    polls,
    proofs,
)
from monitor.store.threaded import Together

log = logging.getLogger(__name__)

MOST_NEWS, FEW_NEWS = 200, 20  # new pages that one poll reads; so few are read as they were issued
LOOKS = 3  # at a list of which an old copy comes now and then
WALKS = 4  # through the pages of a list that moves meanwhile
MOST_VISITS = 200  # sources polled at a time
AT_ONCE = 16  # pages of one source in memory together; the fetcher limits the requests in flight
# of a known act's page; a block or maintenance page does not count
SAYS_GONE = (ErrorKind.GONE, ErrorKind.ERROR_PAGE)
HTTP_ONLY = timedelta(days=1)  # how long a host with failed https is asked by http only
HTTPS_DEADLINE = timedelta(seconds=10)
PATIENCE = 0.2  # seconds that an ended poll waits for others, to share one transaction with them


@dataclass(frozen=True, kw_only=True)
class Pipeline(Recorder):
    """A poll: it fetches pages, and has their content decided on and saved."""

    @cached_property
    def _visits(self) -> asyncio.Semaphore:
        """Each page on its way holds its lock."""
        return asyncio.Semaphore(MOST_VISITS)

    @cached_property
    def _begin(self) -> Together[PollBegins, Standing]:
        """Make the queue that records the beginnings of polls together."""
        return Together(lambda asked: self.history(polls.begin, asked), patience=0.0)

    @cached_property
    def _end(self) -> Together[PollEnds, Ended]:
        """Make the queue that records the ends of polls together."""
        return Together(lambda asked: self.history(polls.end, asked), patience=PATIENCE)

    async def poll(self, source: Source) -> Outcome:
        """Read the source's own pages, then every pending page. Return the failures; all else is
        recorded.

        If a list has further pages, its first page is read once more at the end. An entry may have
        moved between pages during the read. Repeat until it stands still, or leave it to the next
        poll.
        """
        self.findings.pop(source.id, None)
        with self._end.expected():
            began = self.now
            settled, due, baselines = await self._read_starts(source)
            read = dict[int, Address]()
            for _ in range(WALKS):
                places = [
                    place
                    for place in due
                    if place.id not in read or _is_to_be_read_again(source, place)
                ]
                most = MOST_NEWS - sum(is_news(source, place) for place in read.values())
                places = await self._choose(source, places, most, began)
                settled += await self._visit(source, places)
                read |= {place.id: place for place in places}
                lists = [place for place in places if _is_list(source, place)]
                if any(place.owed for place in lists):
                    again, due, _ = await self._read_starts(source, baselines)
                    settled += again
                elif any(place.annex for place in places) or lists:
                    due = await self.history(polls.list_due_pages, source.id, self.now)
                else:
                    break
            return await self._conclude_poll(source, settled)

    async def _conclude_poll(self, source: Source, settled: Sequence[Settled]) -> Outcome:
        """Record how a poll ended, by what became of each page."""
        failures = [one.failure for one in settled if one.failure]
        looks = [one.unchanged for one in settled if one.unchanged]
        problem = make_problem(failures[0]) if failures else None
        found = self.findings[source.id]
        kept = await self.end_poll(source, problem, hold_of(failures), looks)
        return Outcome(
            source,
            tuple(failures),
            kept.baseline,
            again=found.again,
            held=found.held,
            failed_since=kept.failed_since,
            kind_before=kept.kind_before,
        )

    async def _read_starts(
        self, source: Source, baselines: frozenset[int] = frozenset()
    ) -> tuple[list[Settled], Sequence[Address], frozenset[int]]:
        """Read the source's own pages; those of a baseline count as such. Return their results, the
        source's pending pages, and its own pages that were read for the first time.
        """
        now = self.now
        known = await self._begin(
            PollBegins(source.id, source.requests(now), make_reader_name(source.read), now)
        )
        places = [
            replace(place, silent=place.silent or place.id in baselines) for place in known.starts
        ]
        settled = await self._visit(source, places)
        due = (
            known.due
            if all(one.unchanged or one.failure for one in settled)
            else await self.history(polls.list_due_pages, source.id, self.now)
        )
        return (
            forgive_turn_of_year(settled),
            due,
            frozenset(place.id for place in places if place.silent),
        )

    async def _choose(
        self, source: Source, places: Sequence[Address], most: int, began: datetime
    ) -> list[Address]:
        """Choose the pages to read now: further pages of the list, then at `most` so many new ones,
        then known ones. A few new ones are read in their order of issue. Of many, those with a
        match in the title come first, then those on our subjects, the newest first.
        """
        lists = [place for place in places if _is_list(source, place)]
        news = [place for place in places if is_news(source, place)]
        if len(news) > FEW_NEWS:
            ranks = await asyncio.to_thread(
                lambda: {place.id: self._rank(source, place) for place in news}
            )
            news.sort(key=lambda place: (ranks[place.id], place.attempts > 0, -place.id))
        if most == MOST_NEWS and any(
            place.seen_at and place.seen_at >= began for place in news[most:]
        ):
            text = (
                f"{source.id}: {len(news):,} new links at once: {most} are read now, what may"
                " concern us and the newest first"
            )
            text = f"{text}; the others at the next looks, {MOST_NEWS} at each"
            await self.remark(source, ErrorKind.FLOOD, text)
        known = [
            place for place in places if not (is_news(source, place) or _is_list(source, place))
        ]
        return [*lists, *news[:most], *known]

    def _rank(self, source: Source, tracked_page: Address) -> int:
        """Rank a page by its title: 0 is first."""
        if self.watching.names_entry(tracked_page.title, source.authority):
            return 0
        return (
            1
            if extract.own_number(tracked_page.title, source.authority)
            or extract.may_concern(tracked_page.title)
            else 2
        )

    async def _visit(self, source: Source, places: Sequence[Address]) -> list[Settled]:
        """Fetch side by side, settle one after another in the order given."""
        settled: list[Settled] = []
        self.progress(source.id, len(places))
        async with self._visits:
            for first in range(0, len(places), AT_ONCE):
                settled += await self._visit_some(source, places[first : first + AT_ONCE])
        return settled

    async def _visit_some(self, source: Source, places: Sequence[Address]) -> list[Settled]:
        answers = [asyncio.ensure_future(self._fetch(source, place)) for place in places]
        try:
            return [
                await self._settle(source, place, answer)
                for place, answer in zip(places, answers, strict=True)
            ]
        finally:
            for answer in answers:
                answer.cancel()  # only where we were stopped half-way: the others are done

    async def _fetch(self, source: Source, tracked_page: Address) -> Fetched | Unchanged:
        if tracked_page.start and source.companions:
            return await self._fetch_with_companions(source, tracked_page)
        known = (
            None
            if should_ask_for_all(tracked_page.came_at, self.now, lies=tracked_page.lies)
            else Validators(tracked_page.etag, tracked_page.last_modified)
        )
        request = tracked_page.request
        if known is None and tracked_page.start:  # the "unchanged" may come from a cache between us
            request = replace_value(
                request, headers={"Cache-Control": "no-cache", **request.headers}
            )
        if not tracked_page.flickers:
            return await self._ask(source, request, known)
        # to meet another server
        request = replace_value(request, headers={**request.headers, "Connection": "close"})
        for _ in range(LOOKS):
            answer = await self._ask(source, request, known)
            if isinstance(answer, Fetched) and answer.page.identity != tracked_page.sha256:
                break
        return answer

    async def _ask(
        self,
        source: Source,
        request: Request,
        validators: Validators | None = None,
        *,
        urgent: bool = False,
    ) -> Fetched | Unchanged:
        """Fetch a request; try https first for an http address, and the listed address if that
        fails.
        """
        host, now = get_host(request.url), self.now
        fetch = partial(
            self.fetcher.fetch,
            validators=validators,
            size_limit=source.size_limit,
            proxy=source.proxy,
            render=source.render,
            urgent=urgent,
        )
        secure = make_secure(request)
        if secure and (host not in self.http_only or now - self.http_only[host] > HTTP_ONLY):
            try:
                return await fetch(secure, deadline=HTTPS_DEADLINE)
            except SourceError as error:
                if error.kind in (
                    ErrorKind.ROBOTS,
                    ErrorKind.BUSY,
                    ErrorKind.PROXY,
                    ErrorKind.PRIVATE_ADDRESS,
                ):
                    raise
                self.http_only[host] = now
        return await fetch(request, deadline=source.deadline)

    async def _ask_page(self, source: Source, request: Request, *, urgent: bool = False) -> Fetched:
        """Fetch the page as it is at this moment."""
        answer = await self._ask(source, request, urgent=urgent)
        assert isinstance(answer, Fetched), "without validators no server can say it is unchanged"
        return answer

    async def _fetch_with_companions(self, source: Source, tracked_page: Address) -> Fetched:
        """Fetch the page with its companions; if one has changed, fetch all twice, in case the
        change is in progress.

        Raises:
            NotThePage: they changed during the read, so they may be of different editions.
        """
        fetched = await self._fetch_together(source, tracked_page)
        moved = tracked_page.sha256 not in (None, fetched.page.identity)
        if (
            moved
            and (await self._fetch_together(source, tracked_page)).page.identity
            != fetched.page.identity
        ):
            raise NotThePage(
                f"{tracked_page.request.url}: its parts were replaced while they were read",
                ErrorKind.INCOMPLETE,
            )
        return fetched

    async def _fetch_together(self, source: Source, tracked_page: Address) -> Fetched:
        """Fetch the page and its companions now: if one is unchanged, the others may still
        differ.
        """
        main = await self._ask_page(source, tracked_page.request)
        others = {
            name: await self._ask_page(source, request)
            for name, request in source.companions.items()
        }
        pages = {name: fetched.page for name, fetched in others.items()}
        took = sum(fetched.took for fetched in (main, *others.values()))
        return Fetched(replace(main.page, companions=pages), Validators(), took)

    async def _settle(
        self, source: Source, tracked_page: Address, answer: asyncio.Future[Fetched | Unchanged]
    ) -> Settled:
        """Read one page and return its result; any error is this page's failure, and the others
        are read.
        """
        try:
            look = await self._take(source, tracked_page, await answer)
        except StoreError:
            raise  # no fault of this page: nothing can be recorded of any
        except SourceError as error:
            failure = await self._record_page_failure(source, tracked_page, error)
            return Settled(failure=failure)
        except Exception as error:
            log.exception("%s", tracked_page.request.url)
            mistake = make_own_mistake(tracked_page.request.url, error)
            failure = await self._record_page_failure(source, tracked_page, mistake)
            return Settled(failure=failure)
        else:
            return Settled(look)
        finally:
            self.progress(source.id, -1)

    async def _take(
        self, source: Source, tracked_page: Address, fetched: Fetched | Unchanged
    ) -> Look | None:
        if tracked_page.start:
            self._note_answer(source, tracked_page, fetched)
        if isinstance(fetched, Unchanged) or fetched.page.identity == tracked_page.sha256:
            look = Look(tracked_page, self.now, came=isinstance(fetched, Fetched))
            if tracked_page.start or not _is_list(source, tracked_page):
                return look
            await self._mark_unchanged(look)
            return None
        if fetched.page.identity == tracked_page.quarantine:
            text = (
                f"{tracked_page.request.url}: its reader had to be stopped twice; the page is left"
                " alone for a day"
            )
            raise SourceError(text, ErrorKind.QUARANTINED)
        reader = self.registry.page_readers_named.get(tracked_page.reader)
        if reader and has_same_words(tracked_page, reader, fetched.page, self.now):
            return Look(tracked_page, self.now, came=True, stamp=make_stamp(fetched))
        if reader is None:  # a watched page is fetched twice anyway
            fetched = await fetch_whole_page(
                fetched,
                tracked_page.sha256,
                self.archive,
                partial(self._ask_page, source, tracked_page.request),
            )
        await self.take_in(source, tracked_page, fetched)
        if not tracked_page.silent or self.since:
            self.owed.set()
        return None

    def _note_answer(
        self, source: Source, tracked_page: Address, fetched: Fetched | Unchanged
    ) -> None:
        """Note how old an answer is, and where a redirect led."""
        age = fetched.page.age if isinstance(fetched, Fetched) else fetched.age
        found = self.findings[source.id]
        found.age = find_old_answer(source, age, self.now)
        url = fetched.url if isinstance(fetched, Unchanged) else fetched.page.url
        moved = get_path(url) != get_path(tracked_page.request.url)
        found.landings.add(url if moved else "")

    async def take_in(self, source: Source, tracked_page: Address, fetched: Fetched) -> None:
        """Read a page that came, or was given to us, and record what it brings.

        Raises:
            SourceError: it is not the page, or an older one; nothing is recorded.
        """
        began = time.monotonic() - fetched.took
        try:
            content = await self._read_or_refuse(tracked_page, fetched.page)
            if isinstance(content, Register):
                await self.record_edition(source, tracked_page, fetched, content, began)
            elif tracked_page.annex:
                refuse_replaced(tracked_page.request.url, content, fetched.page)
                await self.history(
                    addresses.mark_annex_changed,
                    tracked_page,
                    make_stamp(fetched),
                    self.now,
                )
            else:
                await self._record(source, tracked_page, fetched, content, began)
        except ReaderKilled as error:
            problem, now = make_problem(error), self.now
            listed = self._describe_listed(source, tracked_page, problem)
            await self.history(
                polls.record_reader_stop,
                tracked_page,
                fetched.page.identity,
                problem,
                now,
                listed=listed,
            )
            if listed:
                self.owed.set()
            raise

    async def _record_page_failure(
        self, source: Source, tracked_page: Address, error: SourceError
    ) -> SourceError | None:
        """Record that a page failed, unless that is normal; return what fails its source."""
        if error.kind is ErrorKind.OLDER and not tracked_page.start:
            # an edition that was overtaken before we read it
            await self._mark_unchanged(Look(tracked_page, self.now))
            return None
        if error.kind is not ErrorKind.KILLED:  # recorded with the bytes that caused it
            problem, now, patience = make_problem(error), self.now, self._patience(source)
            listed = self._describe_listed(source, tracked_page, problem)
            decide = self.decide_withdrawn if tracked_page.first_read else None
            gone = await self.history(
                polls.record_page_failure,
                tracked_page,
                problem,
                now,
                patience=patience,
                listed=listed,
                decide=decide,
            )
            if listed or gone:
                self.owed.set()
        # A known act was already sent: if a check of its page fails, only a pending read is a
        # failure. Its alert named any annex that could not be read.
        return (
            error if tracked_page.start or (tracked_page.owed and not tracked_page.annex) else None
        )

    def _describe_listed(
        self, source: Source, tracked_page: Address, problem: Problem
    ) -> "histories.ListedPage | None":
        """Write the message on a page listed `patience` ago and never read; None for others. The
        page's age counts, not its source's failures: polls between two tries end well.
        """
        is_act = (
            tracked_page.owed
            and tracked_page.first_read is None
            and not (tracked_page.start or tracked_page.annex or tracked_page.silent)
        )
        is_old = (
            tracked_page.seen_at is not None
            and self.now - tracked_page.seen_at >= self._patience(source)
        )
        return self.make_listed_page(source, tracked_page, problem) if is_act and is_old else None

    def _patience(self, source: Source) -> timedelta:
        return max(self.config.health.patience, source.patience or timedelta())

    async def _mark_unchanged(self, look: Look) -> None:
        """Save at once that a page is unchanged: the next page may trigger another check of it,
        or none.
        """
        await self.history(addresses.mark_page_unchanged, look.place.id, look.at, came=look.came)

    async def _record(
        self,
        source: Source,
        tracked_page: Address,
        fetched: Fetched,
        content: Content,
        began: float,
    ) -> None:
        if not content.found:
            refusal = (
                None if tracked_page.start else find_refusal(tracked_page.request.url, fetched.page)
            )
            is_gone = refusal is None or refusal.kind in SAYS_GONE
            if is_gone and await self.history(proofs.is_evidence, tracked_page.sha256 or ""):
                text = f"{fetched.page.url}: what was read here before is no longer on the page"
                raise NotThePage(text, ErrorKind.VANISHED)
            if refusal:
                raise refusal
        annexes, parts = await self._read_annexes(
            source, [link for link in content.found if isinstance(link, Link) and link.of]
        )
        again = (
            None
            if fetched.page.handed
            else partial(self._ask_page, source, tracked_page.request, urgent=True)
        )
        await self.record_acts(source, tracked_page, fetched, content, annexes, parts, began, again)

    async def _read_annexes(
        self, source: Source, links: Sequence[Link]
    ) -> "tuple[list[histories.Annexed], dict[str, list[AnnexReading]]]":
        """Fetch and read an act's annexes, so that one message has all; an unreadable one stays
        pending, and the message names it.
        """
        annexes: list[histories.Annexed] = []
        parts: dict[str, list[AnnexReading]] = {}
        for link in links:
            annexed, part = await self._read_annex(source, link)
            annexes.append(annexed)
            parts.setdefault(link.of or "", []).append(part)
        return annexes, parts

    async def _read_annex(
        self, source: Source, link: Link
    ) -> "tuple[histories.Annexed, AnnexReading]":
        reader = make_reader_name(link.read)
        try:
            answer = await self._ask_page(source, link.asks)
            content = await self.readers.read_page(reader, replace(answer.page, of=link.of))
            refuse_replaced(link.asks.url, content, answer.page)
            read = Content() if isinstance(content, Register) else content
            acts = tuple(fact for fact in read.found if isinstance(fact, Announcement))
            await asyncio.to_thread(self.keep, answer.page)
        except StoreError:
            raise
        except SourceError as error:
            return _make_unread_annex(link, error)
        except Exception as error:
            # the act is sent all the same, with a line on its unreadable part
            log.exception("%s", link.url)
            return _make_unread_annex(link, make_own_mistake(link.url, error))
        came = list_retrievals_of_page(answer.page)
        annexed = histories.Annexed(
            link, reader, stamp=make_stamp(answer), retrievals=came, words=read.words
        )
        return annexed, AnnexReading(link.title, acts)

    async def _read_or_refuse(self, tracked_page: Address, page: Page) -> Content | Register:
        """Read a page as `_read_page` does. Read nothing from another page in its place, which
        lacks its layout.
        """
        try:
            return await self._read_page(tracked_page, page)
        except SourceError as error:
            if (
                tracked_page.start
                or error.kind is not ErrorKind.LAYOUT
                or find_refusal(tracked_page.request.url, page) is None
            ):
                raise
            return Content()

    async def _read_page(self, tracked_page: Address, page: Page) -> Content | Register:
        """Read a page with its reader; if the reader was renamed or removed, the other pages are
        still read.
        """
        try:
            self.registry.reader(tracked_page.reader)
        except ConfigError as error:
            raise SourceError(f"{tracked_page.request.url}: {error}", ErrorKind.READER) from error
        return await self.readers.read_page(
            tracked_page.reader, page, with_links=tracked_page.start
        )

    async def end_poll(
        self,
        source: Source,
        problem: Problem | None,
        hold: timedelta = timedelta(),
        looks: Sequence[Look] = (),
        saved: datetime | None = None,
    ) -> Ended:
        """Record how a poll ended, or when a person `saved` what was handed in; enqueue a report if
        worth one.
        """
        found = self.findings.pop(source.id, Findings())
        return await self._end(
            PollEnds(
                source.id,
                problem,
                saved or self.now,
                self._patience(source),
                hold=hold,
                gap=partial(compute_longest_gap, source),
                paths=self.registry.paths(source),
                expected=source.expected,
                looks=looks,
                age=found.age,
                landing=min(found.landings, default=None),
                awake=self.awake(),
            )
        )


def _is_list(source: Source, tracked_page: Address) -> bool:
    """Return whether it is a further page of the source's own list."""
    return tracked_page.reader == make_reader_name(source.read)


def _is_to_be_read_again(source: Source, tracked_page: Address) -> bool:
    """Return whether a page read in this poll is due once more: a moved list, or an act's annex."""
    return (tracked_page.owed and _is_list(source, tracked_page)) or (
        tracked_page.first_read is not None and tracked_page.sha256 is None
    )


def is_news(source: Source, tracked_page: Address) -> bool:
    """Return whether a page was listed lately, is no further page of the list, and its content is
    reported.
    """
    return (
        tracked_page.owed
        and tracked_page.first_read is None
        and not (tracked_page.annex or tracked_page.silent or _is_list(source, tracked_page))
    )


def _make_unread_annex(link: Link, error: SourceError) -> "tuple[histories.Annexed, AnnexReading]":
    return histories.Annexed(
        link, make_reader_name(link.read), failure=make_problem(error)
    ), AnnexReading(link.title, failure=str(error))
