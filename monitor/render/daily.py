"""The summary of the day: what was told, what changes in the days to come, and which sources give nothing."""

from collections.abc import Iterator, Sequence

from monitor.alert.notice import Freshness, Notice
from monitor.render import clocks, dates, reminders, words
from monitor.render.parts import Line
from monitor.render.text import listed

AHEAD = 8  # days to come that are named
GAPPED = 5  # sources that were not read all the while and have a line of their own


def headline(notice: Notice) -> str:
    """`No alert in the last day: all 34 sources are well`, or how many are not, or were not read all the while."""
    alerts = f"{words.things(notice.told, 'alert') if notice.told else 'No alert'} in the last day"
    count, unwell = len(notice.sources), len(unwell_sources(notice))
    if not count:
        return f"{alerts}: no source is polled"
    if unwell:
        return f"{alerts}: {unwell:,} of {words.things(count, 'source')} {'gives' if unwell == 1 else 'give'} nothing"
    if gaps := sum(map(_had_gaps, notice.sources)):
        which = "the one source" if count == 1 else f"{gaps:,} of {words.things(count, 'source')}"
        return f"{alerts}: {which} {_were(gaps)} not read all the while"
    return f"{alerts}: {'the one source is' if count == 1 else f'all {count:,} sources are'} well"


def summary(notice: Notice) -> str:
    """How old what is known may be."""
    oldest = min((source.last_ok for source in notice.sources if source.last_ok), default="")
    never = sum(source.last_ok is None for source in notice.sources)
    unread = f" {words.things(never, 'source')} {'was' if never == 1 else 'were'} never read." if never else ""
    read = f"Every source that was ever read was read at {dates.day(oldest)} or later.{unread}" if oldest else unread.strip()
    return " ".join(filter(None, (read, _quiet(notice.sources))))


def _quiet(sources: Sequence[Freshness]) -> str:
    """How many brought nothing new, and how often they were read; only of those that were read all the while."""
    quiet = [source for source in sources if source.quiet and not source.problem]
    if not quiet:
        return ""
    paces = [source.pace for source in quiet if source.pace]
    pace = f", every {_span(min(paces), max(paces))}" if paces else ""
    return f"{words.things(len(quiet), 'source')} brought nothing new and {_were(len(quiet))} read without a gap{pace}."


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


def _span(least: float, most: float) -> str:
    shortest, longest = words.about(least), words.about(most)
    return shortest if shortest == longest else f"{shortest} to {longest}"


def facts(notice: Notice) -> tuple[Line, ...]:
    """Which sources give nothing, since when and why; what changes in the days to come."""
    silent = (Line(f"{source.source} gives nothing", _cause(source)) for source in unwell_sources(notice))
    unseen = _unseen([source for source in notice.sources if _had_gaps(source)])
    muted = (Line(f"{source.source} is muted", _until(source)) for source in notice.sources if source.muted_until)
    ahead = (Line(clocks.day(date, notice.zone), reminders.happening((date,), notice.known)) for date in notice.ahead[:AHEAD])
    more = [Line("", f"… and {words.things(len(notice.ahead) - AHEAD, 'more day')}")] if len(notice.ahead) > AHEAD else []
    return (*silent, *unseen, *muted, *ahead, *more)


def unwell_sources(notice: Notice) -> list[Freshness]:
    """The sources that give nothing: in trouble, or never read."""
    return [source for source in notice.sources if source.problem or not source.last_ok]


def _had_gaps(source: Freshness) -> bool:
    return bool(source.gaps and source.last_ok and not source.problem)


def _unseen(sources: Sequence[Freshness]) -> Iterator[Line]:
    """When nobody looked at these: a line each; after a stop of all, say, one of how many and between when."""
    if len(sources) <= GAPPED:
        yield from (Line(f"{source.source} was not read well", _gaps(source)) for source in sources)
        return
    gaps = [gap for source in sources for gap in source.gaps]
    first, last = min(since for since, _ in gaps), max(until for _, until in gaps)
    names = listed([*(source.source for source in sources[:GAPPED]), f"{len(sources) - GAPPED:,} more"])
    when = f"at times between {dates.day(first)} and {dates.day(last)}"
    yield Line(f"{words.things(len(sources), 'source')} were not read well", f"{when}: {names}")


def _gaps(source: Freshness) -> str:
    shown = [f"from {dates.day(since)} to {dates.day(until)}" for since, until in source.gaps[:AHEAD]]
    more = [f"{words.things(len(source.gaps) - AHEAD, 'time')} more"] if len(source.gaps) > AHEAD else []
    return listed([*shown, *more])


def _until(source: Freshness) -> str:
    return f"nobody is told of its troubles until {dates.day(source.muted_until)}"


def _cause(source: Freshness) -> str:
    last = f"last read {dates.day(source.last_ok)}" if source.last_ok else "never read"
    return f"{last}; {source.problem.kind}: {source.problem.text}" if source.problem else last
