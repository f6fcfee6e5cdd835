"""The summary of the day: what was told, what changes in the days to come, and which sources give nothing."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from monitor import vocabulary
from monitor.alert.event import NoticeKind
from monitor.alert.notice import Freshness, Notice
from monitor.model import Announcement, KeyDate, KeyDateKind
from monitor.render import dates, reminders, words
from monitor.render.text import listed
from monitor.render.words import Line

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
    ahead = (Line(day(date, notice.zone), reminders.happening((date,), notice.known)) for date in notice.ahead[:AHEAD])
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


# Days of law by the reader's own clock: a day that begins in Beijing begins the evening before in Berlin.

OF_DAYS = (NoticeKind.ACT, NoticeKind.AMENDED, NoticeKind.EFFECT, NoticeKind.PARENT, NoticeKind.REMINDER)
MOST = 4  # turns of one message


def lines(notice: Notice) -> tuple[Line, ...]:
    """When that of which a notice tells begins and ends where its reader is; nothing where that is not known, or the same."""
    if not notice.zone or notice.kind not in OF_DAYS:
        return ()
    reader = ZoneInfo(notice.zone)
    turns = list(dict.fromkeys(_turns(notice, reader)))
    return (Line(f"By the clock of {_town(reader)}", "; ".join(turns[:MOST])),) if turns else ()


def day(key: KeyDate, zone: str) -> str:
    """A day of law, and when that is where the reader is: `10 Nov 2026 (Beijing), ends 10 Nov 2026, 17:00 Berlin`."""
    local = dates.local(key.on, key.authority)
    turn = _turn(key, ZoneInfo(zone)) if zone else ""
    return f"{local}, {turn} {_town(ZoneInfo(zone))}" if turn else local


def _turns(notice: Notice, reader: ZoneInfo) -> Iterator[str]:
    if notice.reminder:
        yield from filter(None, (_turn(key, reader) for key in notice.reminder.dates))
        return
    for act in {act.key: act for act in _acts(notice)}.values():
        yield from _of(act, reader)


def _acts(notice: Notice) -> tuple[Announcement, ...]:
    """Those of which it tells: of an effect the later one, whose days they are."""
    others = () if notice.kind is NoticeKind.EFFECT else notice.acts
    return (*([notice.act] if notice.act else []), *others)


def _of(act: Announcement, reader: ZoneInfo) -> Iterator[str]:
    """What begins on the day of its publication has begun: of that nobody needs to know the hour."""
    for measure in act.measures:
        if measure.starts and measure.starts.basis == "explicit":
            yield from _said("from", _moment(measure.starts.on, act.authority, reader))
        if measure.ends:
            yield from _said("until", _moment(measure.ends.on, act.authority, reader, over=True))


def _said(word: str, moment: str) -> Iterator[str]:
    if moment:
        yield f"{word} {moment}"


def _turn(key: KeyDate, reader: ZoneInfo) -> str:
    ends = key.kind is not KeyDateKind.START
    moment = _moment(key.on, key.authority, reader, over=ends)
    return f"{'ends' if ends else 'begins'} {moment}" if moment else ""


def _moment(on: str, authority: str, reader: ZoneInfo, *, over: bool = False) -> str:
    """When that day begins, or is over, by the reader's clock; empty where the clocks agree or the text is no day."""
    theirs = vocabulary.zone(authority)
    try:
        when = datetime.fromisoformat(on) if "T" in on else _midnight(date.fromisoformat(on), theirs, over=over)
    except (ValueError, OverflowError):
        return ""
    if when.tzinfo is None:
        when = when.replace(tzinfo=theirs)
    local = when.astimezone(reader)
    return "" if local.utcoffset() == when.astimezone(theirs).utcoffset() else dates.moment(local)


def _midnight(on: date, zone: tzinfo, *, over: bool) -> datetime:
    return datetime.combine(on + timedelta(days=over), time(), zone)


def _town(zone: ZoneInfo) -> str:
    return zone.key.rpartition("/")[2].replace("_", " ")
