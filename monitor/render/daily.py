"""The summary of the day: what was told, what changes in the days to come, and which sources give nothing."""

from monitor.alert.notice import Freshness, Notice
from monitor.render import clocks, dates, reminders, words
from monitor.render.parts import Line

AHEAD = 8  # days to come that are named


def headline(notice: Notice) -> str:
    """`No alert in the last day: all 34 sources are well`, or how many are not."""
    alerts = f"{words.things(notice.told, 'alert') if notice.told else 'No alert'} in the last day"
    count, unwell = len(notice.sources), len(unwell_sources(notice))
    if not count:
        return f"{alerts}: no source is polled"
    if unwell:
        return f"{alerts}: {unwell:,} of {words.things(count, 'source')} {'gives' if unwell == 1 else 'give'} nothing"
    return f"{alerts}: {'the one source is' if count == 1 else f'all {count:,} sources are'} well"


def summary(notice: Notice) -> str:
    """How old what is known may be."""
    oldest = min((source.last_ok for source in notice.sources if source.last_ok), default="")
    never = sum(source.last_ok is None for source in notice.sources)
    unread = f" {words.things(never, 'source')} {'was' if never == 1 else 'were'} never read." if never else ""
    return f"Every source that was ever read was read at {dates.day(oldest)} or later.{unread}" if oldest else unread.strip()


def facts(notice: Notice) -> tuple[Line, ...]:
    """Which sources give nothing, since when and why; what changes in the days to come."""
    silent = (Line(f"{source.source} gives nothing", _cause(source)) for source in unwell_sources(notice))
    ahead = (Line(clocks.day(date, notice.zone), reminders.happening((date,), notice.known)) for date in notice.ahead[:AHEAD])
    more = [Line("", f"… and {len(notice.ahead) - AHEAD:,} more days")] if len(notice.ahead) > AHEAD else []
    return (*silent, *ahead, *more)


def unwell_sources(notice: Notice) -> list[Freshness]:
    """The sources that give nothing: in trouble, or never read."""
    return [source for source in notice.sources if source.problem or not source.last_ok]


def _cause(source: Freshness) -> str:
    last = f"last read {dates.day(source.last_ok)}" if source.last_ok else "never read"
    return f"{last}; {source.problem.kind}: {source.problem.text}" if source.problem else last
