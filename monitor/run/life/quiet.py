"""Proof that a source brought nothing: since when, by how many polls, with which gaps and limits. A
quiet period needs proof. It reaches from the last change to the last good poll, not to this moment,
and names every time without a poll. No I/O.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

import msgspec

from monitor.clock import format_instant
from monitor.render import dates, words
from monitor.render.text import join_first_names
from monitor.store import Looks, Quiet

NAMED = 6  # gaps, and things that are not covered

Gap = Callable[[datetime, datetime], timedelta]


class Span(msgspec.Struct, frozen=True):
    """A time; UTC, ISO."""

    since: str
    until: str


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A source's last change: an act, report or register edition by its key, and the bytes that
    prove it. `handed` is the person who handed them in, if any.
    """

    at: str
    kind: str
    key: str
    url: str
    sha256: str
    handed: str | None = None


class Certificate(msgspec.Struct, frozen=True, kw_only=True):
    """The quiet period of a source; instants are UTC, ISO. Nothing new came from `unchanged_since`
    to `last_look`, the last of `looks` good polls. `gaps` and `not_covered` limit this; `proven`
    means: neither does, and somebody looked. Without a good poll nothing is known.
    """

    source: str
    proven: bool
    unchanged_since: str | None
    last_look: str | None
    looks: int
    change: Change | None
    gaps: tuple[Span, ...]
    not_covered: tuple[str, ...]


def make_certificate(quiet: Quiet, gap: Gap, now: datetime) -> Certificate:
    """Compute the quiet period so far; `gap` is the longest allowed time between polls."""
    since, last = (
        _find_beginning(quiet),
        max((looks.until for looks in quiet.looks), default=quiet.health.last_ok),
    )
    gaps = (
        tuple(
            Span(format_instant(first), format_instant(end))
            for first, end in _list_gaps(quiet, since, gap, now)
        )
        if since
        else ()
    )
    open_points = tuple(_list_uncovered(quiet))
    count = sum(looks.looks for looks in quiet.looks)
    return Certificate(
        source=quiet.source,
        proven=bool(count) and not gaps and not open_points,
        unchanged_since=format_instant(since) if since else None,
        last_look=format_instant(last) if last else None,
        looks=count,
        change=_make_change(quiet),
        gaps=gaps,
        not_covered=open_points,
    )


def _find_beginning(quiet: Quiet) -> datetime | None:
    """Return a source's last change, or its first read if there is none."""
    return quiet.change.at if quiet.change else quiet.health.first_ok


def _list_gaps(
    quiet: Quiet, since: datetime, gap: Gap, now: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """List each time without a poll, in order; the last may reach to this moment."""
    first = Looks(since, since, 0, timedelta())
    spans = [first, *_list_looks(quiet), Looks(now, now, 0, timedelta())]
    for before, after in pairwise(spans):
        if after.since - before.until > gap(before.until, after.since):
            yield before.until, after.since


def _list_looks(quiet: Quiet) -> Sequence[Looks]:
    """Return the polls on record; before they were counted only the last one was stored."""
    last = quiet.health.last_ok
    return quiet.looks or ([Looks(last, last, 0, timedelta())] if last else [])


def _make_change(quiet: Quiet) -> Change | None:
    change = quiet.change
    if change is None:
        return None
    evidence = change.evidence
    return Change(
        at=format_instant(change.at),
        kind=change.kind,
        key=change.key,
        url=evidence.url,
        sha256=evidence.sha256,
        handed=evidence.handed.by if evidence.handed else None,
    )


def _list_uncovered(quiet: Quiet) -> Iterator[str]:
    strange = [trouble for trouble in quiet.troubles if trouble != quiet.health.problem]
    for problem in filter(None, (quiet.health.problem, *strange)):
        yield f"{problem.kind}: {problem.text}"
    yield from (f"not read: {page}" for page in quiet.unread)
    yield from (
        f"{words.format_count(rows, 'row')} of {reader} held back"
        for reader, rows in quiet.held.items()
    )


def format_certificate(known: Certificate) -> str:
    """A certificate in a line."""
    if known.unchanged_since is None or known.last_look is None:
        why = f" ({'; '.join(known.not_covered)})" if known.not_covered else ""
        fed = f"; {_word_change(known.change)}" if known.change else ""
        return f"{known.source}: no good poll yet, so its silence proves nothing{why}{fed}"
    limits = f"not covered: {join_first_names(known.not_covered, NAMED)}" * bool(known.not_covered)
    if not known.looks and not known.gaps:
        last = (
            f"{known.source}: last read at {dates.format_date(known.last_look)}; nothing is known of"
            " the time since"
        )
        return "; ".join(filter(None, (last, limits, _word_change(known.change))))
    head = "nothing new" if known.proven else "nothing new was seen"
    parts = (
        (
            f"{known.source}: {head} from {dates.format_date(known.unchanged_since)} to"
            f" {dates.format_date(known.last_look)}"
        ),
        f"read well {words.format_count(known.looks, 'time')} since",
        (
            "no good look is on record"
            f" {join_first_names([_format_gap(gap) for gap in known.gaps], NAMED)}"
            if known.gaps
            else "without a gap"
        ),
        limits,
        _word_change(known.change),
    )
    return "; ".join(filter(None, parts))


def _word_change(change: Change | None) -> str:
    if change is None:
        return "it never brought anything else"
    fed = f", handed in by {change.handed}" if change.handed else ""
    return (
        f"the last that it brought was {change.key} ({change.kind}, {change.url}, SHA-256"
        f" {change.sha256}{fed})"
    )


def _format_gap(gap: Span) -> str:
    return f"from {dates.format_date(gap.since)} to {dates.format_date(gap.until)}"
