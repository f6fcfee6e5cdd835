"""Days of law by the reader's own clock: a day that begins in Beijing begins the evening before in Berlin."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from monitor import vocabulary
from monitor.alert.event import NoticeKind
from monitor.alert.notice import Notice
from monitor.model import Announcement, KeyDate, KeyDateKind
from monitor.render import dates
from monitor.render.parts import Line

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
