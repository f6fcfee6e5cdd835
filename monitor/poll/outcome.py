"""The results of a poll and of its pages, as values: failed, unchanged, or allowed to be
missing.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.config.events import Happened, log_event
from monitor.errors import ErrorKind, FetchError, SourceError, StoreAway, StoreFull
from monitor.fetch import Fetched
from monitor.model import Problem
from monitor.source.scraper import Source
from monitor.store import Look, Stamp

MAY_BE_MISSING = (ErrorKind.GONE, ErrorKind.LAYOUT)

# of a page: unchanged, to be saved; failed; or its content is saved
Settled = Look | SourceError | None


@dataclass(frozen=True)
class Outcome:
    """The result of a poll: its failure (empty: none), and whether it was the first good one, a
    baseline. `recorded` is false if even its end could not be saved; `full` tells a full disk, or
    since when the database is away. Rows first missing now are checked `again` shortly.
    `failed_since` is the start of the failures that end with it, `kind_before` the kind of the last
    one. `took` is the type of a page handed in.
    """

    source: Source
    failures: tuple[SourceError, ...] = ()
    baseline: bool = False
    recorded: bool = True
    full: StoreFull | StoreAway | None = None
    again: bool = False
    failed_since: datetime | None = None
    kind_before: str = ""
    took: str = ""

    @property
    def hold(self) -> timedelta:
        """Return how long its servers ask for a delay."""
        return hold_of(self.failures)


def log_outcome(outcome: Outcome, took: float, now: datetime) -> None:
    """Log the start, new cause and end of an outage, and a first read; other polls have no line."""
    source = outcome.source.id
    # the first one counts
    goes_on = outcome.failures and outcome.failures[0].kind == outcome.kind_before
    for failure in () if goes_on else outcome.failures:
        log_event(
            Happened.FAILURE,
            logging.WARNING,
            source=source,
            kind=failure.kind,
            text=str(failure),
            duration=took,
        )
    if since := outcome.failed_since:
        log_event(Happened.RECOVERY, source=source, duration=(now - since).total_seconds())
    if outcome.baseline:
        log_event(Happened.BASELINE, source=source, duration=took)


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
    return Problem(kind=error.kind, text=str(error))


def make_own_mistake(place: str, error: Exception) -> SourceError:
    """Turn an unforeseen error into the failure of one page or source."""
    return SourceError(
        f"{place}: a mistake of the monitor's own: {type(error).__name__}: {error}",
        kind=ErrorKind.MONITOR,
    )


def forgive_turn_of_year(settled: Sequence[Settled]) -> list[Settled]:
    """In January the source has two years' pages; the new one may be missing or empty until its
    first act.
    """
    failed = sum(isinstance(way, SourceError) for way in settled)
    expected = failed < len(settled)
    return [
        way
        for way in settled
        if not (expected and isinstance(way, SourceError) and way.kind in MAY_BE_MISSING)
    ]
