"""Compare a watched page of config.toml with its last text: separate noise, confirm a change before
its report.
"""

import asyncio
import dataclasses
import hashlib
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

import msgspec
from msgspec.structs import replace

from monitor.diff.noise import Noise, Weighed, learn_noise, weigh_change
from monitor.diff.parts import Move
from monitor.document import places
from monitor.errors import ErrorKind, EvidenceLost, NotThePage, SourceError
from monitor.fetch import Fetched, is_rendered
from monitor.model import Excerpt, PageChange, Problem, Rewording, Value, frozen
from monitor.poll.context import Context
from monitor.poll.outcome import refuse_newly_open
from monitor.source.configured import PageReader
from monitor.source.page import Body, Page, Register
from monitor.source.scraper import Source
from monitor.store import Address, PageKnown, PageSeen, sightings
from monitor.vocabulary import letters

SHOWN = 40  # rewordings stored in a change
LONGEST = 3_000  # characters of each side of one
TWICE, OFTEN = 2, 5  # readings before a change is reported
BEGINNING = 3  # parts of a new page in a report

Again = Callable[[], Awaitable[Fetched]]


@frozen
class PageWatch:
    """Compares a watched page's text with its last one; `again` fetches it once more, to find what
    differs each time.
    """

    context: Context
    source: Source
    tracked_page: Address
    reader: PageReader
    again: Again | None

    async def seen(self, page: Page, excerpt: Excerpt) -> PageSeen:
        """Find what to report, without destinations yet.

        Raises:
            NotThePage: it is truncated.
        """
        known = await self.context.history(
            sightings.load_watched_page, excerpt.page, self.tracked_page.request.url
        )
        if known is None:
            # a page that was never read: a new one is reported by its beginning
            first = tuple(
                Rewording(after=part.text[:LONGEST]) for part in excerpt.parts[:BEGINNING]
            )
            is_known = self.tracked_page.start or self.tracked_page.silent
            change = None if is_known else _make_change(self.source, excerpt, first, new=True)
            return PageSeen(
                excerpt, Noise(reader=self.reader.fingerprint), change, is_evidence=True
            )
        await refuse_newly_open(page, known.evidence.sha256, self.context.archive)
        seen, now = await self._compare_with_known(known, excerpt), self.context.now
        sketch = find_sketch(self.tracked_page, self.reader, known.excerpt, excerpt, page, now)
        return dataclasses.replace(seen, sketch=sketch)

    async def _compare_with_known(self, known: PageKnown, excerpt: Excerpt) -> PageSeen:
        last = await self._reread_known(known)
        noise = replace(known.noise, reader=self.reader.fingerprint)
        if last is None:  # the known noise starts again
            return PageSeen(excerpt, noise, is_evidence=True)
        outcome = await self._weigh_moves(noise, last, excerpt)
        moves = tuple(map(_make_rewording, outcome.told[:SHOWN]))
        more = max(len(outcome.told) - SHOWN, 0)
        return PageSeen(
            outcome.now,
            outcome.noise,
            _make_change(self.source, excerpt, moves, more=more) if moves else None,
            is_evidence=bool(moves),
            settled=not outcome.held,
            remarks=_list_restless_remarks(self.source, outcome.begun),
        )

    async def _reread_known(self, known: PageKnown) -> Excerpt | None:
        """Read the last bytes with today's reader: new settings or a better reader must not look
        like a change. None if that fails; the operators get a message, because changes of that time
        are unknown.
        """
        reader, request = self.reader, self.tracked_page.request
        if known.noise.reader == reader.fingerprint:
            return known.excerpt
        try:
            body = Body(await asyncio.to_thread(self.context.archive.get, known.evidence.sha256))
            # a PDF is never rendered
            if is_rendered(body) != reader.rendered and body.whole.lstrip()[:1] == b"<":
                raise NotThePage(
                    f"it was kept {'as it came' if reader.rendered else 'as a browser had it'}"
                )
            return await self._read_excerpt(Page(request.url, body, charset=request.charset))
        except EvidenceLost as lost:
            kind, why = ErrorKind.EVIDENCE, f"the page as it was read last is {lost}"
        except SourceError as error:
            kind = error.kind
            why = f"as it is set now, the page as it was read last can't be read ({error})"
        text = f"{request.url}: {why}. It begins anew: what changed since then was not told"
        await self.context.remark(self.source, kind, text)
        return None

    async def _read_excerpt(self, page: Page) -> Excerpt | None:
        content = await self.context.readers.read(self.tracked_page.reader, page)
        found = [] if isinstance(content, Register) else content
        return next((part for part in found if isinstance(part, Excerpt)), None)

    async def _weigh_moves(self, noise: Noise, last: Excerpt, excerpt: Excerpt) -> Weighed:
        now, was = self.context.now, self.tracked_page.came_at
        judge = partial(weigh_change, now=now, was=was, every=self.source.every)
        outcome = judge(last, excerpt, noise)
        if not outcome.told or self.again is None:
            return outcome

        def differs(reading: Excerpt) -> bool:
            return bool(judge(excerpt, reading, noise).told)

        wanted = OFTEN if any(move.is_exchange for move in outcome.told) else TWICE
        try:
            readings = await self._fetch_readings(excerpt, self.again, differs, wanted)
        except SourceError:
            return outcome  # it was there a moment ago
        if len(readings) == 1:
            return outcome
        taught, doubted = learn_noise(noise, last, readings, now)
        return judge(last, excerpt, taught, doubted=doubted)

    async def _fetch_readings(
        self, excerpt: Excerpt, again: Again, differs: Callable[[Excerpt], bool], wanted: int
    ) -> Sequence[Excerpt]:
        """Fetch the page again at once, more often if texts alternate in one place, as banners do.
        Return only the first reading if all are the same.
        """
        readings, moves = [excerpt], False
        while len(readings) < wanted:
            reading = await self._read_excerpt((await again()).page)
            if reading is None:
                break
            readings.append(reading)
            if differs(reading) and not moves:
                moves, wanted = True, max(wanted, len(readings) + 1)
        return readings if moves else (excerpt,)


def _make_change(
    source: Source,
    excerpt: Excerpt,
    moves: tuple[Rewording, ...],
    *,
    new: bool = False,
    more: int = 0,
) -> PageChange:
    return PageChange(
        page=excerpt.page,
        title=excerpt.title,
        url=excerpt.url,
        authority=source.authority,
        new=new,
        rewordings=moves,
        more=more,
    )


def _make_rewording(move: Move) -> Rewording:
    part = move.after or move.before
    assert part is not None, "a move has a side"
    return Rewording(
        before=move.before.text[:LONGEST] if move.before else "",
        after=move.after.text[:LONGEST] if move.after else "",
        id=part.id,
        url=part.url,
    )


def _list_restless_remarks(source: Source, begun: Sequence[Move]) -> tuple[Problem, ...]:
    """Write the note that constantly changing figures are no longer reported: one note for all that
    start together.
    """
    if not begun:
        return ()
    said = begun[0].texts[1][:80]
    others = f" and {len(begun) - 1:,} more" if begun[1:] else ""
    text = f"{source.id}: figures of “{said}”{others} change at every look, and are not reported any more"
    return (
        Problem(ErrorKind.ALTERNATES, f"{text}; `monitor show {source.id} --ignored` has them"),
    )


# A quick check of a watched page with other bytes: if only words outside its text moved, no reader
# is needed. The page's sketch has the words at each place of the last reading. A place is outside
# the text if its words moved while the text did not. A sketch is valid for a day; then the page is
# read.

BELIEVED = timedelta(days=1)
IN_PASSING = 1_000_000  # bytes of a page that is looked at where nobody could stop that
# characters of the text that all words beside it are looked for in: some hundredths of a second
MOST_SOUGHT = 100_000_000

Words = Mapping[int, Sequence[str]]  # by place


class Sketch(Value, kw_only=True):
    """A page as `reader` last read it, `at` that time: the digest of its words by place, and the
    places `beside` its text.
    """

    reader: str
    at: datetime
    words: dict[int, int]
    beside: frozenset[int] = frozenset()

    def is_believed(self, reader: str, now: datetime) -> bool:
        """Return whether it was made with this reader, and lately."""
        return self.reader == reader and timedelta() <= now - self.at < BELIEVED

    def says(self, said: Words) -> bool:
        """Return whether a page with these words differs only outside its text."""
        return _find_moved(self.words, _hash_places(said)) <= self.beside


def has_same_words(tracked_page: Address, reader: PageReader, page: Page, now: datetime) -> bool:
    """Return whether the page looks the same as at its last read."""
    sketch = _decode_sketch(tracked_page)
    if sketch is None or not sketch.is_believed(reader.fingerprint, now):
        return False
    words = _list_words(page)
    return words is not None and sketch.says(words)


def find_sketch(
    tracked_page: Address,
    reader: PageReader,
    last: Excerpt | None,
    excerpt: Excerpt,
    page: Page,
    now: datetime,
) -> bytes | None:
    """Make the page's new sketch, if it has words; `last` is its earlier text."""
    words = _list_words(page) if reader.goes_by_words else None
    if words is None:
        return None
    return msgspec.msgpack.encode(
        make_sketch(_decode_sketch(tracked_page), last, words, excerpt, reader.fingerprint, now)
    )


def make_sketch(
    before: Sketch | None,
    last: Excerpt | None,
    said: Words,
    excerpt: Excerpt,
    reader: str,
    now: datetime,
) -> Sketch:
    """Update the sketch with this reading; `last` is the text of the page `before`."""
    words, beside = _hash_places(said), frozenset[int]()
    if before and before.reader == reader:
        moved = (
            _find_moved(before.words, words)
            if last and _count_parts(last) == _count_parts(excerpt)
            else set()
        )
        text = "".join(letters.bare(part.text) for part in excerpt.parts)
        beside = _find_places_beside(
            {place: said.get(place, ()) for place in before.beside | moved}, text
        )
    return Sketch(reader=reader, at=now, words=words, beside=beside)


def _decode_sketch(tracked_page: Address) -> Sketch | None:
    return msgspec.msgpack.decode(tracked_page.sketch, type=Sketch) if tracked_page.sketch else None


def _list_words(page: Page) -> Words | None:
    body = page.body.whole if page.body.size <= IN_PASSING else b""
    if body[:200].lstrip()[:1] != b"<":
        return None
    try:
        try:
            text = body.decode()  # of most pages without asking what it is a text of
        except UnicodeDecodeError:
            text = page.text
        return places.find_words_by_place(text)
    except SourceError:  # the reader will report it
        return None


def _count_parts(excerpt: Excerpt) -> Counter[tuple[str, str]]:
    return Counter((part.id, part.text) for part in excerpt.parts)


def _find_moved(before: Mapping[int, int], after: Mapping[int, int]) -> set[int]:
    return {
        place for place in before.keys() | after.keys() if before.get(place) != after.get(place)
    }


def _find_places_beside(said: Words, text: str) -> frozenset[int]:
    """List the places outside the text; none if that would take too long, so that the reader is
    used.
    """
    if len(text) * sum(map(len, said.values())) > MOST_SOUGHT:
        return frozenset()
    # A page without words shows nothing.
    return frozenset(
        place
        for place, words in said.items()
        if words and not any(letters.bare(run) in text for run in words)
    )


def _hash_places(said: Words) -> dict[int, int]:
    return {
        place: int.from_bytes(
            hashlib.blake2b("\n".join(words).encode(errors="replace"), digest_size=7).digest()
        )
        for place, words in said.items()
    }
