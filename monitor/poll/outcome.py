"""The results of a poll and of its pages, as values: failed, unchanged, or allowed to be
missing; and the checks of a page that came.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.clock import format_instant
from monitor.config.events import Happened, log_event
from monitor.diff.held import APART
from monitor.document import error_pages
from monitor.errors import (
    ErrorKind,
    EvidenceLost,
    FetchError,
    NotThePage,
    SourceError,
    StoreAway,
    StoreFull,
)
from monitor.fetch import Fetched
from monitor.model import Problem, frozen
from monitor.source.habits import get_path
from monitor.source.page import Found, LinksBeside, Page, Register
from monitor.source.scraper import Source
from monitor.store import Look, Stamp
from monitor.store.archive import Archive

log = logging.getLogger(__name__)

DAY = timedelta(days=1)
# of one source a day: where ten fail on and off, the log of a day can still be read
MOST_SAID = 10
AGAIN = timedelta(minutes=1)  # until a first absence is checked again
MAY_BE_MISSING = (ErrorKind.GONE, ErrorKind.LAYOUT)


@frozen
class Settled:
    """The result of a page: unchanged, which is still to be saved; failed; without both, saved."""

    unchanged: Look | None = None
    failure: SourceError | None = None


@frozen
class Held:
    """How many rows a register seems to have lost, with no removal told yet; `asks` if only a
    person can confirm.
    """

    rows: int
    asks: bool


@frozen
class Outcome:
    """The result of a poll: its failure (empty: none), and whether it was the first good one, a
    baseline. `recorded` is false if even its end could not be saved; `full` tells a full disk, or
    since when the database is away. Rows that seem gone are `held`; those first missing now are
    checked `again` shortly. `failed_since` is the start of the failures that end with it,
    `kind_before` the kind of the last one. `took` is the type of a page handed in.
    """

    source: Source
    failures: tuple[SourceError, ...] = ()
    baseline: bool = False
    recorded: bool = True
    full: StoreFull | StoreAway | None = None
    again: bool = False
    held: Held | None = None
    failed_since: datetime | None = None
    kind_before: str = ""
    took: str = ""

    @property
    def wait(self) -> timedelta | None:
        """Return how soon another read may settle what is withheld; None if none can."""
        if self.again:
            return AGAIN
        return APART if self.held and not self.held.asks else None

    @property
    def withheld(self) -> str:
        """Say what is withheld; empty if nothing is."""
        if self.held is None:
            return ""
        rows = f"{self.held.rows:,} row{'s' * (self.held.rows != 1)} missing, no removal told yet"
        if self.wait is None:
            return f"{rows}: if they were removed, `monitor poll --release {self.source.id}`"
        minutes = self.wait // timedelta(minutes=1)
        return f"{rows}: a read {minutes} minute{'s' * (minutes != 1)} later may confirm it"

    @property
    def hold(self) -> timedelta:
        """Return how long its servers ask for a delay."""
        return hold_of(self.failures)


@dataclass
class OutcomeLog:
    """Logs the start, new cause and end of an outage, and a first read; other polls have no line.
    Where a source fails on and off, what is more than so many a day has level DEBUG.
    """

    _said: dict[str, tuple[datetime, int]] = field(default_factory=dict)
    # since when the end of no poll could be saved, as on a full disk: the history has no failure
    _unsaved: dict[str, datetime] = field(default_factory=dict)

    def log(self, outcome: Outcome, took: float, now: datetime) -> None:
        """Log what a poll came to."""
        source = outcome.source.id
        unsaved = self._unsaved.pop(source, None)
        if not outcome.recorded:
            self._unsaved[source] = unsaved or now
        since = outcome.failed_since or (None if outcome.failures else unsaved)
        # the first one counts
        before = ErrorKind.STORE if unsaved else outcome.kind_before
        goes_on = outcome.failures and outcome.failures[0].kind == before
        begins = () if goes_on else outcome.failures
        hidden = bool(begins or since or outcome.wait) and self._is_too_often(source, now)
        info, warning = (logging.DEBUG,) * 2 if hidden else (logging.INFO, logging.WARNING)
        for failure in begins:
            told = {"source": source, "kind": failure.kind, "text": str(failure)}
            log_event(Happened.FAILURE, warning, **told, duration=took)
        if since:
            log_event(
                Happened.RECOVERY, info, source=source, duration=(now - since).total_seconds()
            )
        if outcome.wait:
            log.log(info, "%s: %s", source, outcome.withheld)
        if outcome.baseline:
            log_event(Happened.BASELINE, source=source, duration=took)

    def _is_too_often(self, source: str, now: datetime) -> bool:
        """Count what is said of a source a day; the first that is too often is remarked on."""
        begun, times = self._said.get(source, (now, 0))
        if not timedelta() <= now - begun < DAY:
            begun, times = now, 0
        self._said[source] = begun, times + 1
        if times == MOST_SAID:
            until = format_instant(begun + DAY)
            log.warning("%s fails on and off: until %s its lines have level DEBUG", source, until)
        return times >= MOST_SAID


def hold_of(failures: Iterable[SourceError]) -> timedelta:
    """Return the longest delay that the failed servers ask for."""
    return timedelta(
        seconds=max(
            (failure.retry_after or 0 for failure in failures if isinstance(failure, FetchError)),
            default=0,
        )
    )


def make_stamp(fetched: Fetched) -> Stamp:
    """Return the stamp that later shows whether the page has changed."""
    return Stamp(fetched.page.identity, fetched.validators.etag, fetched.validators.last_modified)


def make_problem(error: SourceError) -> Problem:
    """Return a failure as stored."""
    return Problem(error.kind, str(error))


def make_own_mistake(place: str, error: Exception) -> SourceError:
    """Turn an unforeseen error into the failure of one page or source."""
    return SourceError(
        f"{place}: a mistake of the monitor's own: {type(error).__name__}: {error}",
        ErrorKind.MONITOR,
    )


def forgive_turn_of_year(settled: Sequence[Settled]) -> list[Settled]:
    """In January the source has two years' pages; the new one may be missing or empty until its
    first act.
    """
    if all(one.failure for one in settled):
        return [*settled]
    return [one for one in settled if not (one.failure and one.failure.kind in MAY_BE_MISSING)]


# Whether a page that came is the one that was asked for, and whether it is whole.


@frozen
class Content:
    """The content of a page: its facts and links, the days in its list, the article's lines (for
    facts or an annex), and on request a list's other links.
    """

    found: Sequence[Found] = ()
    days: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    beside: LinksBeside | None = None


def refuse_replaced(url: str, content: Content | Register, page: Page) -> None:
    """Pass a good read, and an empty one.

    Raises:
        SourceError: another page stands in the place of this one.
    """
    if isinstance(content, Register) or content.found:
        return
    if refusal := find_refusal(url, page):
        raise refusal


def find_refusal(url: str, page: Page) -> SourceError | None:
    """Explain why a page without content is another one in its place; None if it may be the
    right one.
    """
    if get_path(url) and not get_path(page.url):
        return NotThePage(f"{url}: leads to the home page", ErrorKind.GONE)
    try:
        if page.body.whole.lstrip()[:1] in (b"<", b"{"):
            error_pages.refuse(page.text)
    except SourceError as error:
        return error
    return None


# A page that came whole by what carried it, and was cut where it was made: HTML that never closes.

LARGEST = 8 * 1024 * 1024  # what is larger is a register, which proves its end by itself
BEGINNING, END = 1024, 65_536  # bytes that begin HTML, and bytes that close it


async def fetch_whole_page(
    fetched: Fetched, before: str | None, archive: Archive, again: Callable[[], Awaitable[Fetched]]
) -> Fetched:
    """Return the page if its HTML closes, else fetch it `again`. Some publishers close none. So an
    unclosed page passes if it comes twice alike, or if the one `before` (a SHA-256) was unclosed
    too.

    Raises:
        NotThePage: it is truncated.
    """
    page = fetched.page
    if page.handed or page.companions or not _is_open(page):
        return fetched
    if before:
        await refuse_newly_open(page, before, archive)
    second = await again()
    if second.page.identity == page.identity:
        return fetched
    if _is_open(second.page):
        raise NotThePage(
            f"{page.url}: ends without </html>, each time elsewhere: it is cut",
            ErrorKind.TRUNCATED,
        )
    return second


async def refuse_newly_open(page: Page, before: str, archive: Archive) -> None:
    """Pass a page that closes, or whose body `before` (a SHA-256) did not close either.

    Raises:
        NotThePage: it is truncated.
    """
    if page.handed or not _is_open(page):
        return
    if await asyncio.to_thread(_has_closed, archive, before):
        raise NotThePage(
            f"{page.url}: ends without </html>, as it did not before: it is cut",
            ErrorKind.TRUNCATED,
        )


def _is_open(page: Page) -> bool:
    return page.body.size <= LARGEST and _is_unclosed(page.body.whole)


def _has_closed(archive: Archive, sha256: str) -> bool:
    """Return whether the page's earlier body closes; unknown if it was not archived."""
    try:
        return not _is_unclosed(archive.get(sha256))
    except EvidenceLost:
        return False


def _is_unclosed(body: bytes) -> bool:
    """Return whether it begins as HTML and never closes: truncated, or the publisher closes
    none.
    """
    head = body[:BEGINNING].lower()
    return (b"<html" in head or b"<!doctype html" in head) and b"</html" not in body[-END:].lower()
