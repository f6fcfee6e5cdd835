"""Word the operators' messages about sources, each as a headline and facts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor import vocabulary
from monitor.alert.event import MONITOR, OF_DAYS, Day, Freshness, Notice, NoticeKind, Trouble, Week
from monitor.errors import ErrorKind
from monitor.model import Announcement, KeyDate, KeyDateKind, Reminder
from monitor.render import dates, reminders, words
from monitor.render.screening import name_listed
from monitor.render.text import capitalize_first, cut, join_alike, join_first_names, join_words
from monitor.render.words import Line
from monitor.source.health import describe_kind, explain_kind, name_kind
from monitor.triage.values import Case, Handled, Stage
from monitor.watch.entries import describe_tie

HEADLINES = {
    NoticeKind.ALTERNATES: "{source} changes back and forth",
    NoticeKind.FOREIGN: "{source} links to an act on a foreign site",
    NoticeKind.HELD: "{source} lacks rows that it had: not proven",
    NoticeKind.LAYOUT: "{source} has new columns or tags",
    NoticeKind.PROBLEM: "{source} gives nothing: {kind}",
    NoticeKind.REMARK: "{source} needs a look: {kind}",
}
# What needs a look where no source is in trouble.
LOOKS: Mapping[str, str] = {
    ErrorKind.ALTERNATES: "figures move at every read",
    ErrorKind.EVIDENCE: "an archived page is damaged",
    ErrorKind.FLOOD: "many new links at once",
    ErrorKind.SECOND_READER: "it gives no answer",
}
NO_CAUSE = "no cause was recorded"
PATHS = 8  # sources that are named
OF_NO_SOURCE: Mapping[str, str] = {
    ErrorKind.WATCH_LIST: "Your watch list can't be read whole",
    ErrorKind.SETTINGS: "New settings are not taken up",
    ErrorKind.RESCREENED: "What was screened has another answer today",
    ErrorKind.CLOSED: "Messages wait: a destination takes none",
}
UNREAD = " No change of them is reported."
ALARMS = (ErrorKind.BLIND, ErrorKind.NETWORK)


def compose_keeper_message(notice: Notice) -> tuple[str, str]:
    """Headline and summary of a message that is about a source, the watch list or the disk."""
    kind = notice.problem.kind if notice.problem else NO_CAUSE
    if notice.kind is NoticeKind.RECOVERED:
        return _word_recovered(notice)
    if headline := OF_NO_SOURCE.get(kind):
        return headline, f"{format_cause(notice)}."
    if isinstance(notice.body, Trouble):
        return _compose_headline(notice, notice.body), _compose_summary(notice, notice.body)
    named = LOOKS.get(kind) or (name_kind(notice.problem.kind) if notice.problem else kind)
    headline = HEADLINES[notice.kind].format(source=notice.source, kind=named)
    if notice.kind is NoticeKind.LAYOUT:
        news = format_cause(notice).split("; ")
        is_of_ids = all(one.startswith("two records ") for one in news)
        headline = f"{notice.source} has two records with one id" if is_of_ids else headline
        return headline, _word_layout(news, "" if is_of_ids else UNREAD)
    return headline, f"{format_cause(notice)}."


def _word_layout(news: Sequence[str], unread: str) -> str:
    """Name the new columns or tags, or the records, and say what to do about them."""
    named = "; ".join(map(capitalize_first, join_alike(news[:PATHS])))
    more = f" and {len(news) - PATHS:,} more" if len(news) > PATHS else ""
    return f"{named}{more}.{unread} Open the page to see whether they matter."


def _compose_headline(notice: Notice, trouble: Trouble) -> str:
    """Say what is wrong; after the end, what was."""
    kind = notice.problem.kind if notice.problem else ErrorKind.SOURCE
    if kind in ALARMS:
        seen = "could be seen" if trouble.over else "can be seen"
        until = (
            f"for {trouble.lasted}" if trouble.over else f"since {dates.format_date(trouble.since)}"
        )
        return f"Nothing {seen} {_word_whose(notice)} {until}"
    if trouble.sign:
        if not trouble.over:
            return HEADLINES[NoticeKind.REMARK].format(source=notice.source, kind=name_kind(kind))
        return f"{notice.source} needed a look for {trouble.lasted}: {name_kind(kind)}"
    gave = f"gave nothing for {trouble.lasted}" if trouble.over else "gives nothing"
    return f"{notice.source} {gave}: {describe_kind(kind)}"


def _word_whose(notice: Notice) -> str:
    return "at all" if notice.source == MONITOR else f"of {vocabulary.authority(notice.source)}"


def _name_seen(notice: Notice) -> str:
    return "some source" if notice.source == MONITOR else vocabulary.authority(notice.source)


def _compose_summary(notice: Notice, trouble: Trouble) -> str:
    """Cause, what it means, since when, who else looks there, how long it lasts and what to do about it; once
    it is over, when.
    """
    kind = notice.problem.kind if notice.problem else ErrorKind.SOURCE
    cause = f"{format_cause(notice)}."
    if trouble.over:
        return f"It was over at {dates.format_date(trouble.over)}. The last cause was: {cause}"
    lasts = f"For {trouble.lasted} so far." if notice.kind is NoticeKind.UPDATED else ""
    others = "" if trouble.sign else _word_others(notice, trouble)
    is_alarm = kind in ALARMS
    since = "" if is_alarm or trouble.sign else _word_since(notice, trouble)
    command = "monitor doctor" if is_alarm else f"monitor doctor {notice.source}"
    way_out = f"`{command}` says what to do." if is_alarm or not trouble.sign else ""
    return " ".join(filter(None, (cause, explain_kind(kind), since, others, lasts, way_out)))


def _word_since(notice: Notice, trouble: Trouble) -> str:
    """Say since when it fails, which may have been for another cause, and when it was last read."""
    now = ", now for this cause" if notice.kind is NoticeKind.UPDATED else ""
    last = (
        f"last read well at {dates.format_date(trouble.last_ok)}"
        if trouble.last_ok
        else "never read well"
    )
    return f"It has given nothing since {dates.format_date(trouble.since)}{now}; it was {last}."


def _word_others(notice: Notice, trouble: Trouble) -> str:
    """Say whether other sources of the authority are read meanwhile."""
    read = [path.source for path in trouble.paths if path.last_ok and not path.problem]
    if not read:
        return (
            "It is the only source of its authority that is read."
            if notice.severity.rank > 1
            else ""
        )
    more = f" and {len(read) - PATHS} more" if len(read) > PATHS else ""
    sources = f"other source{'' if len(read) == 1 else 's'} of its authority"
    count = f"{words.spell_number(len(read)).capitalize()} {sources}"
    count += " is read" if len(read) == 1 else " are read"
    return f"{count}: {', '.join(read[:PATHS])}{more}."


STORED_AGAIN = {
    ErrorKind.DISK_FULL: "There is room on the disk again",
    ErrorKind.DATABASE_AWAY: "The database answers again",
}


def _word_recovered(notice: Notice) -> tuple[str, str]:
    if notice.problem and notice.problem.kind in STORED_AGAIN:
        return STORED_AGAIN[notice.problem.kind], dates.format_dates_in(notice.problem.text)
    trouble = notice.body
    if not isinstance(trouble, Trouble) or notice.problem is None:
        return f"{notice.source} is back", ""
    kind = notice.problem.kind
    if kind in ALARMS:
        return (
            f"Back after {trouble.lasted}: {_name_seen(notice)} can be read again",
            _word_brought(trouble),
        )
    if not trouble.sign:
        return f"{notice.source} is back after {trouble.lasted}", _word_brought(trouble)
    if trouble.subject:
        came = "has come" if trouble.brought else "is not waited for any more"
        return (
            f"{notice.source}: what was missing {came} after {trouble.lasted}",
            f"{format_cause(notice)}.",
        )
    return f"{notice.source} is well again after {trouble.lasted}: {name_kind(kind)}", ""


def _word_brought(trouble: Trouble) -> str:
    if not trouble.brought:
        return "Nothing new was found."
    if trouble.brought == 1:
        return "1 new page or change was found: what it announces is reported now."
    return (
        f"{trouble.brought:,} new pages or changes were found: what they announce is reported now."
    )


def format_cause(notice: Notice) -> str:
    """Return the recorded cause without its full stop."""
    return dates.format_dates_in(notice.problem.text.rstrip(".")) if notice.problem else NO_CAUSE


# What calls people to an event, and the word of the week on how they deal with them.

NOBODY = "Not taken yet"
YOURS = "To decide"
SAID = 89  # characters of the headline that it is about


def compose_untaken_headline(notice: Notice, about: str) -> str:
    """`Not taken yet: China adds 24 names …`."""
    return f"{NOBODY if notice.kind is NoticeKind.UNTAKEN else YOURS}: {cut(about, SAID)}"


def summarize_untaken(notice: Notice) -> str:
    """Say what the reader should do."""
    if notice.kind is NoticeKind.UNTAKEN:
        return "Nobody has it: take it."
    return "Nothing is decided: decide it, or snooze it again."


def compose_week_headline(week: Week) -> str:
    """Count the week: `This week 7 new alerts were told: 4 decided, 1 taken, 2 not taken; 13 wait
    in all`.
    """
    waits = (
        f"{week.open:,} {'waits' if week.open == 1 else 'wait'} in all"
        if week.open
        else "none waits"
    )
    left = week.told - week.decided - week.taken
    if not week.told:
        return f"This week no new alert was sent; {waits}"
    told = f"{words.format_count(week.told, 'new alert')} {_conjugate_was(week.told)} told"
    return (
        f"This week {told}: {week.decided:,} decided, {week.taken:,} taken, {left:,} not taken;"
        f" {waits}"
    )


def summarize_week(week: Week) -> str:
    """Say how many messages were muted."""
    if not week.kept_back:
        return "Nothing was kept back for being muted."
    count = words.format_count(week.kept_back, "message")
    return f"{count} {_conjugate_was(week.kept_back)} not told, being muted."


def list_muted_lines(week: Week, zone: str) -> Iterator[Line]:
    """List what is muted, and until when."""
    for subject, until in week.muted:
        yield Line("Muted", f"{subject} until {format_moment(until, zone)}")


def describe_waiting(handled: Handled, zone: str) -> str:
    """Describe the state of a waiting event."""
    rests = f", snoozed until {format_moment(handled.until, zone)}" if handled.until else ""
    if handled.stage is Stage.TAKEN:
        return f"{handled.by} has it since {format_moment(handled.since, zone)}{rests}"
    return f"nobody has it{rests}"


# Who has an event, and what was decided: the lines that stand in its messages; and why it was told.

SPOKEN = 200  # characters of what somebody wrote


def list_handling_lines(handled: Handled | None, zone: str = "") -> Iterator[str]:
    """`Taken by Li Wei, 9 Oct 2025, 09:05 Berlin`; moments by the clock of `zone`, else UTC."""
    if handled is None:
        return
    at = format_moment(handled.since, zone)
    if handled.stage is Stage.TAKEN:
        yield f"Taken by {handled.by}, {at}"
    elif handled.stage is Stage.DONE:
        text = f": {cut(handled.text, SPOKEN)}" if handled.text else ""
        yield f"{capitalize_first(handled.decision)}{text} (decided by {handled.by}, {at})"
    if handled.until:
        yield f"Snoozed until {format_moment(handled.until, zone)} (the whole thread)"


def format_moment(at: str, zone: str = "") -> str:
    """Format a moment (UTC, ISO) by the clock of a zone, with its place."""
    if not at:
        return ""
    place = ZoneInfo(zone or "UTC")
    return f"{dates.format_local_time(datetime.fromisoformat(at).astimezone(place))} {_name_town(place)}"


def explain_event(case: Case, headline: str) -> Iterator[str]:
    """Explain an event in lines: its rule, match, evidence, first sight and recipients."""
    yield headline
    yield (
        f"First seen {case.opened_at:%Y-%m-%d %H:%M} UTC, event {case.event}; it matters:"
        f" {case.severity}."
    )
    for name, at in case.told.items():
        when = f"{at:%Y-%m-%d %H:%M} UTC" if at else "not yet"
        yield (
            f"Told to {name}, {when}:"
            f" {case.why.get(name) or 'all goes there that no rule sends elsewhere'}."
        )
    for name, reason in case.untold.items():
        yield f"Not sent to {name}: {reason}."
    if case.evidence:
        yield f"Evidence: {case.evidence.url}, SHA-256 {case.evidence.sha256[:12]}."
    for match in case.matches:
        tie = describe_tie(match.known_tie, name_listed(match))
        yield f"Touches {match.entry}, which {tie} ({match.score:.2f}, {match.reason})."
    if not case.matches:
        # of what could not be read nobody knows
        yield "No match with your watch list was recorded with it."


# The summary of the day: what was told, what changes in the days to come, and which sources give
# nothing.

AHEAD = 8  # days to come that are named
GAPPED = 5  # sources that were not read all the while and have a line of their own


def compose_daily_headline(day: Day) -> str:
    """Sum up a day: `No change told in the last day: all 34 sources are well`, or how many are not,
    or had gaps.
    """
    alerts = (
        f"{words.format_count(day.told, 'change') if day.told else 'No change'} told in the"
        " last day"
    )
    count, unwell = len(day.sources), len(list_unwell_sources(day))
    if not count:
        return f"{alerts}: no source is polled"
    if unwell:
        return (
            f"{alerts}: {unwell:,} of {words.format_count(count, 'source')}"
            f" {'gives' if unwell == 1 else 'give'} nothing"
        )
    if gaps := sum(map(_has_gaps, day.sources)):
        which = (
            "the one source" if count == 1 else f"{gaps:,} of {words.format_count(count, 'source')}"
        )
        return f"{alerts}: {which} {_conjugate_was(gaps)} not read all the while"
    return f"{alerts}: {'the one source is' if count == 1 else f'all {count:,} sources are'} well"


def summarize_daily(day: Day) -> str:
    """Say how old the knowledge of the sources may be."""
    oldest = min((source.last_ok for source in day.sources if source.last_ok), default="")
    never = sum(source.last_ok is None for source in day.sources)
    read = (
        f"Every source that was ever read was read at {dates.format_date(oldest)} or later."
        if oldest
        else ""
    )
    unread = (
        f"{words.format_count(never, 'source')} {_conjugate_was(never)} never read."
        if never
        else ""
    )
    return " ".join(filter(None, (read, unread, _count_quiet(day.sources))))


def _count_quiet(sources: Sequence[Freshness]) -> str:
    """Count the sources without news and how often they were read; leave out those with gaps."""
    quiet = [source for source in sources if source.quiet and not source.problem]
    if not quiet:
        return ""
    paces = [source.pace for source in quiet if source.pace]
    pace = f", every {_format_span(min(paces), max(paces))}" if paces else ""
    return (
        f"{words.format_count(len(quiet), 'source')} brought nothing new and {_conjugate_was(len(quiet))}"
        f" read without a gap{pace}."
    )


def _conjugate_was(number: int) -> str:
    return "was" if number == 1 else "were"


def _format_span(least: float, most: float) -> str:
    shortest, longest = words.format_rough_duration(least), words.format_rough_duration(most)
    return shortest if shortest == longest else f"{shortest} to {longest}"


def list_daily_facts(day: Day, zone: str) -> tuple[Line, ...]:
    """List the sources that fail, since when and why, and the changes of the coming days."""
    silent = (
        Line(f"{source.source} gives nothing", _word_cause(source))
        for source in list_unwell_sources(day)
    )
    unseen = _list_gaps([source for source in day.sources if _has_gaps(source)])
    muted = (
        Line(
            f"{source.source} is muted",
            f"nobody is warned of its troubles until {dates.format_date(source.muted_until)}",
        )
        for source in day.sources
        if source.muted_until
    )
    ahead = (
        Line(format_law_day(date, zone), reminders.describe_day((date,), day.known))
        for date in day.ahead[:AHEAD]
    )
    more = (
        [Line("", f"… and {words.format_count(len(day.ahead) - AHEAD, 'more day')}")]
        if len(day.ahead) > AHEAD
        else []
    )
    return (*silent, *unseen, *muted, *ahead, *more)


def list_unwell_sources(day: Day) -> list[Freshness]:
    """The sources that give nothing: in trouble, or never read."""
    return [source for source in day.sources if source.problem or not source.last_ok]


def _has_gaps(source: Freshness) -> bool:
    return bool(source.gaps and source.last_ok and not source.problem)


def _list_gaps(sources: Sequence[Freshness]) -> Iterator[Line]:
    """List the gaps of these sources, a line each; of many one line with their number
    and period.
    """
    if len(sources) <= GAPPED:
        yield from (
            Line(f"{source.source} was not read well", _word_gaps(source)) for source in sources
        )
        return
    gaps = [gap for source in sources for gap in source.gaps]
    first, last = min(since for since, _ in gaps), max(until for _, until in gaps)
    names = join_first_names([source.source for source in sources], GAPPED)
    when = f"at times between {dates.format_date(first)} and {dates.format_date(last)}"
    yield Line(
        f"{words.format_count(len(sources), 'source')} were not read well", f"{when}: {names}"
    )


def _word_gaps(source: Freshness) -> str:
    shown = [
        f"from {dates.format_date(since)} to {dates.format_date(until)}"
        for since, until in source.gaps[:AHEAD]
    ]
    more = (
        [f"{words.format_count(len(source.gaps) - AHEAD, 'time')} more"]
        if len(source.gaps) > AHEAD
        else []
    )
    return join_words([*shown, *more])


def _word_cause(source: Freshness) -> str:
    last = f"last read {dates.format_date(source.last_ok)}" if source.last_ok else "never read"
    if source.problem is None:
        return last
    return f"{last}; {describe_kind(source.problem.kind)}: {source.problem.text}"


# Days of law by the reader's own clock: a day that begins in Beijing begins the evening before in
# Berlin.

MOST = 4  # turns of one message


def list_local_times(notice: Notice) -> tuple[Line, ...]:
    """List when the notice's days begin and end by the reader's clock; none if unknown
    or the same.
    """
    if not notice.zone or notice.kind not in OF_DAYS:
        return ()
    reader = ZoneInfo(notice.zone)
    turns = list(dict.fromkeys(_list_turns(notice, reader)))
    return (
        (Line(f"By the clock of {_name_town(reader)}", "; ".join(turns[:MOST])),) if turns else ()
    )


def format_law_day(key: KeyDate, zone: str) -> str:
    """A day of law, and when that is where the reader is: `10 Nov 2026 (Beijing), ends 10 Nov
    2026, 17:00 Berlin`.
    """
    local = dates.format_local_date(key.on, key.authority)
    turn = _word_turn(key, ZoneInfo(zone)) if zone else ""
    return f"{local}, {turn} {_name_town(ZoneInfo(zone))}" if turn else local


def _list_turns(notice: Notice, reader: ZoneInfo) -> Iterator[str]:
    if isinstance(notice.fact, Reminder):
        yield from filter(None, (_word_turn(key, reader) for key in notice.fact.dates))
        return
    for act in {act.key: act for act in _list_acts(notice)}.values():
        for measure in act.measures:
            if measure.starts and measure.starts.basis == "explicit":
                yield from _join_moment(
                    "from", _word_moment(measure.starts.on, act.authority, reader)
                )
            if measure.ends:
                yield from _join_moment(
                    "until", _word_moment(measure.ends.on, act.authority, reader, over=True)
                )


def _list_acts(notice: Notice) -> tuple[Announcement, ...]:
    """Return the acts of a notice; of an effect only the later one, which has the days."""
    return notice.told_acts[: 1 if notice.kind is NoticeKind.EFFECT else None]


def _join_moment(word: str, moment: str) -> Iterator[str]:
    if moment:
        yield f"{word} {moment}"


def _word_turn(key: KeyDate, reader: ZoneInfo) -> str:
    ends = key.kind is not KeyDateKind.START
    moment = _word_moment(key.on, key.authority, reader, over=ends)
    return f"{'ends' if ends else 'begins'} {moment}" if moment else ""


def _word_moment(on: str, authority: str, reader: ZoneInfo, *, over: bool = False) -> str:
    """Return when a day begins, or ends, by the reader's clock; "" if the clocks agree or it is no
    day.
    """
    theirs = vocabulary.zone(authority)
    try:
        when = datetime.fromisoformat(on)
        if "T" not in on:
            when = datetime.combine(when + timedelta(days=over), time(), theirs)
    except (ValueError, OverflowError):
        return ""
    if when.tzinfo is None:
        when = when.replace(tzinfo=theirs)
    local = when.astimezone(reader)
    return (
        ""
        if local.utcoffset() == when.astimezone(theirs).utcoffset()
        else dates.format_local_time(local)
    )


def _name_town(zone: ZoneInfo) -> str:
    return zone.key.rpartition("/")[2].replace("_", " ")
